"""Power cuts: everything a disk may hold after each write, put back and run again.

A run is recorded with all it writes. What was written but not synced may be on the disk
or not, wholly or in part, and so may names in a folder. The model is the weakest that
the usual file systems keep to: syncing a new file also keeps its name (ext4, XFS,
Btrfs); everything else needs a sync of its own or of its folder.
"""

import hashlib
import os
import random
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.faults.crash.forks import Forks
from tests.faults.crash.scene import COMMAND, MODE, Rest, Scene, office
from tests.faults.crash.traced import attached

_CALLS = (
    "openat,write,pwrite64,fsync,fdatasync,rename,renameat2,unlink,ftruncate,mkdir,"
    "lseek,close"
)
_LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_NUMBER = re.compile(r"(-?\d+)")
_SECTOR = 512


class Event(NamedTuple):
    """One thing that a run did to the disk."""

    kind: str
    """``create``, ``write``, ``truncate``, ``sync``, ``rename``, ``exchange``,
    ``unlink`` or ``mkdir``."""
    path: str
    """Below the office."""
    to: str = ""
    at: int = 0
    data: bytes = b""


@dataclass(slots=True)
class _File:
    """What a file holds: surely, and since then perhaps."""

    sure: bytes = b""
    pending: list[Event] = field(default_factory=list)

    def after(self, events: list[Event]) -> bytes:
        """Give its content when just these of the pending events happened."""
        content = bytearray(self.sure)
        for event in events:
            if event.kind == "truncate":
                del content[event.at :]
                content.extend(bytes(event.at - len(content)))
                continue
            content.extend(bytes(max(0, event.at - len(content))))
            content[event.at : event.at + len(event.data)] = event.data
        return bytes(content)


def cuts(
    forks: Forks, rest: Rest, bug: str, every: int
) -> Iterator[tuple[str, list[str]]]:
    """Cut the power after each event, in every way the model allows."""
    with office(forks, bug) as scene:
        before = scene.files()
        events = record(scene)
    seen = set()
    for n in range(0, len(events) + 1, every):
        for how, image in images(before, events[:n]):
            mark = hashlib.sha256(repr(sorted(image.items())).encode()).digest()
            if mark in seen:
                continue
            seen.add(mark)
            with office(forks, bug) as scene:
                restore(scene, image)
                wrong = scene.wrong_now(rest)
                if scene.book.exists():
                    wrong += scene.wrong_after(rest)
            last = f"{events[n - 1].kind} {events[n - 1].path}" if n else "the start"
            yield f"a cut after {last} ({n}/{len(events)}, {how})", wrong


def restore(scene: Scene, image: Mapping[str, bytes]) -> None:
    """Make an office hold what the disk held."""
    scene.book.unlink()
    for name, content in image.items():
        path = scene.folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(content)
    if scene.book.exists():
        scene.book.chmod(MODE)


def images(
    before: Mapping[str, bytes], events: list[Event]
) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Give what the disk may hold: file → content; the same each time."""
    chance = random.Random(len(events))
    now, kept = _play(before, events)

    def some(file: _File) -> bytes:
        left = [event for event in file.pending if chance.random() < 0.6]
        return file.after([_torn(event, chance) for event in left])

    yield "all is kept", {name: file.after(file.pending) for name, file in now.items()}
    yield "only what was synced", {name: file.sure for name, file in kept.items()}
    yield "names first", {name: file.sure for name, file in now.items()}
    yield "data first", {name: file.after(file.pending) for name, file in kept.items()}
    yield "some data", {name: some(file) for name, file in kept.items()}
    yield "some data, all names", {name: some(file) for name, file in now.items()}


def _torn(event: Event, chance: random.Random) -> Event:
    """Keep only the first sectors of a write, now and then."""
    if event.kind != "write" or chance.random() < 0.7:
        return event
    sectors = chance.randrange(len(event.data) // _SECTOR + 1)
    return event._replace(data=event.data[: sectors * _SECTOR])


def _play(
    before: Mapping[str, bytes], events: list[Event]
) -> tuple[dict[str, _File], dict[str, _File]]:
    """Give the files under their names now, and under those that surely stay."""
    now = {name: _File(content) for name, content in before.items()}
    kept = dict(now)
    for event in events:
        path = event.path
        match event.kind:
            case "create":
                now.setdefault(path, _File())
            case "write" | "truncate" if path in now:  # else it has no name any more
                now[path].pending.append(event)
            case "unlink":
                now.pop(path, None)
            case "rename":
                now[event.to] = now.pop(path)
            case "exchange":
                now[path], now[event.to] = now[event.to], now[path]
            case "sync" if path in now:
                file = now[path]
                file.sure, file.pending = file.after(file.pending), []
                if not any(file is other for other in kept.values()):
                    kept[path] = file
            case "sync":
                kept = _folder_synced(path, now, kept)
    return now, kept


def _folder_synced(
    folder: str, now: Mapping[str, _File], kept: Mapping[str, _File]
) -> dict[str, _File]:
    def inside(name: str) -> bool:
        return (os.path.dirname(name) or ".") == folder  # noqa: PTH120

    stay = {name: file for name, file in kept.items() if not inside(name)}
    return stay | {name: file for name, file in now.items() if inside(name)}


def record(scene: Scene) -> list[Event]:
    """Sync once, and list all that it did to the office's files."""
    with tempfile.NamedTemporaryFile("r", encoding="ascii") as log:
        options = ["-y", "-xx", "-s", "100000000", "-o", log.name]
        options += ["-e", f"trace={_CALLS}"]
        with (
            scene.forks.started(scene.folder, COMMAND, scene.bug) as run,
            attached(run, options),
        ):
            code = run.go()
        assert code == 0
        return _Reader(scene.folder).read(log)


class _Reader:
    """Makes events of strace's lines."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[int, str] = {}
        """Descriptor → path below the office."""
        self._at: dict[int, int] = {}
        """Descriptor → where the next write goes."""

    def read(self, lines: Iterator[str]) -> list[Event]:
        """Read them all."""
        events = []
        for line in _whole(lines):
            match = _LINE.match(line)
            if match is not None and int(match[3]) >= 0:
                events += self._event(match[1], match[2], int(match[3]))
        return events

    def _event(self, call: str, rest: str, result: int) -> list[Event]:
        if call == "openat":
            return self._opened(rest, result)
        if not _NUMBER.match(rest) or "AT_FDCWD" in rest:
            return self._named(call, rest)
        return self._on_open_file(call, rest, result)

    def _on_open_file(self, call: str, rest: str, result: int) -> list[Event]:
        number = _NUMBER.match(rest)
        descriptor = int(number[1]) if number else -1
        path = self._open.get(descriptor)
        if call == "close":
            self._open.pop(descriptor, None)
        if path is None:
            return []
        match call:
            case "write" | "pwrite64":
                at = self._at[descriptor]
                if call == "pwrite64":
                    at = int(rest.rpartition(", ")[2])
                else:
                    self._at[descriptor] += result
                return [Event("write", path, at=at, data=_bytes(rest)[:result])]
            case "ftruncate":
                return [Event("truncate", path, at=int(rest.rpartition(", ")[2]))]
            case "fsync" | "fdatasync":
                return [Event("sync", path)]
            case "lseek":
                self._at[descriptor] = result
        return []

    def _opened(self, rest: str, descriptor: int) -> list[Event]:
        path = self._below(_names(rest)[0])
        if path is None:
            self._open.pop(descriptor, None)
            return []
        self._open[descriptor], self._at[descriptor] = path, 0
        events = [Event("create", path)] if "O_CREAT" in rest else []
        return events + ([Event("truncate", path)] if "O_TRUNC" in rest else [])

    def _named(self, call: str, rest: str) -> list[Event]:
        paths = [self._below(name) for name in _names(rest)]
        if None in paths or not paths:
            return []
        first, second = paths[0] or "", (paths[1] or "") if len(paths) > 1 else ""
        if call in {"unlink", "mkdir"}:
            return [Event(call, first)]
        if call == "renameat2" and "EXCHANGE" in rest:
            return [Event("exchange", first, second)]
        for descriptor, path in self._open.items():
            if path == first:
                self._open[descriptor] = second
        return [Event("rename", first, second)]

    def _below(self, name: str) -> str | None:
        path = Path(self._folder, name)
        if path == self._folder:
            return "."
        return (
            str(path.relative_to(self._folder))
            if self._folder in path.parents
            else None
        )


def _whole(lines: Iterator[str]) -> Iterator[str]:
    """Put together the calls that another thread's call came into."""
    begun: dict[str, str] = {}
    for line in lines:
        thread, _, said = line.partition(" ")
        said = said.strip()
        if said.endswith("<unfinished ...>"):
            begun[thread] = line.removesuffix("\n").removesuffix("<unfinished ...>")
        elif said.startswith("<... "):
            yield begun.pop(thread, "") + said.partition(" resumed>")[2]
        else:
            yield line


def _names(rest: str) -> list[str]:
    """Give the paths among a call's arguments, those of descriptors left out."""
    without = re.sub(r"<(?:\\x[0-9a-f]{2})*>", "", rest)
    return [_plain(text) for text in _TEXT.findall(without)]


def _bytes(rest: str) -> bytes:
    without = re.sub(r"<(?:\\x[0-9a-f]{2})*>", "", rest[:4096]) + rest[4096:]
    found = _TEXT.search(without)
    return bytes.fromhex(found[1].replace("\\x", "")) if found else b""


def _plain(text: str) -> str:
    return bytes.fromhex(text.replace("\\x", "")).decode("utf-8", "surrogateescape")
