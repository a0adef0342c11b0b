"""Telling when a workbook has changed, and was left alone since.

Files are looked at every few seconds rather than announced by the system: the system
of this machine does not hear of what somebody else saves on a network drive, and
spreadsheet programs save by writing a new file in the place of the old one. A look asks
for the file's size, times and number only; its content is read once these have changed.

What decides is the content. A round that we wrote ourselves, or that put a file back as
it was, is no change; and what a person saved right after our write is one.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, runtime_checkable

from sync.errors import FollowupError, UnreachableError
from sync.workbooks.excel.locks import check_not_open


@runtime_checkable
class Versioned(Protocol):
    """A workbook that can tell cheaply whether it has changed."""

    def version(self) -> str | None:
        """Give something short that is another one soon after the content is.

        ``None``: it cannot tell.
        """


class Look(Protocol):
    """How one workbook is watched."""

    def sign(self, now: float) -> str | None:
        """Give something cheap that is another one whenever the content may be.

        ``None`` when there is nothing just now, as in the middle of a save.
        """

    def content(self, sign: str) -> str | None:
        """Name the content; ``None`` when it must not or cannot be read just now."""


@dataclass(frozen=True, slots=True)
class FileLook:
    """A file, on a disk of this machine or of another."""

    path: Path

    def sign(self, now: float) -> str | None:  # noqa: ARG002 - a file has its own time
        """Ask for what changes with a save, also with one that replaces the file."""
        try:
            about = self.path.stat()
        except OSError:
            return None
        facts = (about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino)
        return " ".join(map(str, facts))

    def content(self, sign: str) -> str | None:  # noqa: ARG002 - the bytes decide
        """Give the SHA-256 of the file, unless somebody has it open.

        While Excel has it open nothing could be written; when it is closed the lock
        file beside it goes, and the next look finds the way free.
        """
        try:
            check_not_open(self.path)
            return hashlib.sha256(self.path.read_bytes()).hexdigest()
        except (FollowupError, OSError):
            return None


@dataclass(frozen=True, slots=True)
class RemoteLook:
    """A workbook behind a URL: asked for its version, or else simply synced again.

    A version is a hint: Google's follows an edit within minutes. So it decides here
    only, where the next look is not far; a sync that somebody starts always reads. On a
    new day every workbook is read, because a status depends on the day.
    """

    every: float
    """Seconds between two looks."""
    workbook: object
    """The workbook itself; it may be `Versioned`."""
    today: Callable[[], date]

    def sign(self, now: float) -> str | None:
        """Give another sign every so many seconds."""
        return str(int(now // self.every))

    def content(self, sign: str) -> str | None:
        """Ask for the version; without one every look counts as a change."""
        try:
            known = isinstance(self.workbook, Versioned) and self.workbook.version()
        except UnreachableError:
            return None
        except FollowupError:
            # It refuses to tell, or to sign in: the round says what is to be done.
            known = None
        return f"{known} on {self.today()}" if known else sign


@dataclass(slots=True)
class _Watched:
    look: Look
    sign: str | None = None
    since: float = 0
    """When the sign was another one for the last time."""
    pending: bool = True
    known: str | None = None
    """The content after the last round."""
    tried: str | None = None
    """The content that the last round was about."""


class Watcher:
    """Several workbooks, and what was last known of each."""

    def __init__(self, settle: float) -> None:
        """Begin to watch.

        Args:
            settle: Seconds for which a workbook must be left alone. More than two: some
                file systems count in steps of two.
        """
        self._watched: dict[str, _Watched] = {}
        self._settle = settle

    def follow(self, names: Collection[str], look_of: Callable[[str], Look]) -> None:
        """Watch these and no others; what is new counts as changed.

        Args:
            names: Their locators.
            look_of: Gives how a new one is watched.
        """
        known = self._watched
        self._watched = {
            name: known.get(name) or _Watched(look_of(name)) for name in names
        }

    def due(self, now: float) -> bool:
        """Look once; tell whether anything has changed and then been left alone.

        Args:
            now: Seconds on a clock that only goes forward.
        """
        due = False
        for one in self._watched.values():
            # Each is looked at, whatever the others say: a change restarts its wait.
            due = self._due(one, now) or due
        return due

    def rounded(self, left: Mapping[str, str]) -> None:
        """Note that a round is over.

        Args:
            left: Locator → the content that it left behind; of the others it is what
                the round was about.
        """
        for name, one in self._watched.items():
            one.known = left.get(name, one.tried)

    def again(self, names: Collection[str], now: float) -> None:
        """Note that nothing came of a round for some; their wait begins anew.

        Args:
            names: Their locators.
            now: As for `due`.
        """
        for name in self._watched.keys() & set(names):
            one = self._watched[name]
            one.known, one.pending, one.since = None, True, now
            one.sign = one.look.sign(now)

    def _due(self, one: _Watched, now: float) -> bool:
        sign = one.look.sign(now)
        if sign != one.sign:
            one.sign, one.since, one.pending = sign, now, True
        if not one.pending or sign is None or now - one.since < self._settle:
            return False
        content = one.look.content(sign)
        if content is None:
            return False
        one.pending, one.tried = False, content
        return content != one.known
