"""One run at a time: a lock that the kernel lets go of when its holder dies.

The file also says who holds it and since when. That text decides only where the kernel
cannot: where the folder lies on a share that several machines use and whose locks hold
on one of them only, or on a file system that has no locks at all.

The file is never deleted: between deleting and making it anew two runs could each hold
a lock on a file of the same name.
"""

import errno
import hashlib
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from getpass import getuser
from pathlib import Path
from typing import Literal

from sync.errors import FollowupError
from sync.schedule.kernel import kernel_lock, kernel_unlock, process_lives
from sync.wording import Text

STALE_AFTER = timedelta(hours=12)
"""After so long a holder on another machine is given up, where runs have no limit."""

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_MOST = 4096
_DIGITS = 24

_OWNER = Text(
    "{host} 上的 {user}（进程 {pid}），开始于 {since}",
    "{user} on {host} (process {pid}) since {since}",
)
_SOMEBODY = Text("没有写明是谁", "it does not say whose")
_BUSY = Text("另一次运行正在进行：{owner}", "another run is at work: {owner}")
_WAIT = Text("请等它结束后再运行", "wait until it has finished, then run again")
_WAIT_OR_DELETE = Text(
    "请等它结束后再运行；如果 {host} 上没有在运行，请删除 {path}",
    "wait until it has finished, then run again; if nothing runs on {host}, delete "
    "{path}",
)


class AlreadyRunningError(FollowupError):
    """Another run is at work on the same source; later is soon enough."""

    code = "F303"
    exit_code = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Who holds a lock."""

    user: str
    host: str
    pid: int
    since: datetime
    """Aware."""

    @classmethod
    def here(cls, at: datetime) -> "Owner":
        """Describe this process."""
        try:
            user = getuser()
        except (KeyError, OSError):
            # Containers run under numbers that no password file knows.
            user = "somebody"
        return cls(user=user, host=socket.gethostname(), pid=os.getpid(), since=at)

    @property
    def told(self) -> Text:
        """Say who, and since when in the local time of the reader."""
        return _OWNER.fill(
            user=self.user,
            host=self.host,
            pid=self.pid,
            since=f"{self.since.astimezone():%Y-%m-%d %H:%M:%S}",
        )


@contextmanager
def alone(
    folder: Path, what: str, at: datetime, stale_after: timedelta = STALE_AFTER
) -> Iterator[Owner | None]:
    """Hold the lock of one thing while the block runs.

    Args:
        folder: Where locks are kept; made when missing.
        what: What is worked on: a source's locator, or another name.
        at: The moment, aware.
        stale_after: After so long a holder on another machine, whose process we cannot
            see, is given up.

    Yields:
        Who held it before and ended without letting go; ``None`` as a rule.

    Raises:
        AlreadyRunningError: If somebody else holds it; it says who and since when.
        OSError: If the lock's file cannot be made.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(what.encode()).hexdigest()[:_DIGITS]}.lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o600)
    try:
        locked = kernel_lock(descriptor)
        left = _read(descriptor)
        if _still_held(left, locked, at - stale_after):
            raise _busy(what, left, path)
        _write(descriptor, Owner.here(at))
        try:
            yield left
        finally:
            os.ftruncate(descriptor, 0)
            kernel_unlock(descriptor)
    finally:
        os.close(descriptor)


def _still_held(
    left: Owner | None,
    locked: Literal["ours", "theirs", "unsupported"],
    alive_since: datetime,
) -> bool:
    """Decide whether somebody else is still at work."""
    if locked == "theirs":
        return True
    if left is None:
        return False
    if left.host != socket.gethostname():
        return left.since > alive_since
    return locked == "unsupported" and process_lives(left.pid)


def _busy(what: str, left: Owner | None, path: Path) -> AlreadyRunningError:
    hint = _WAIT
    if left and left.host != socket.gethostname():
        hint = _WAIT_OR_DELETE.fill(host=left.host, path=path)
    return AlreadyRunningError(
        _BUSY.fill(owner=left.told if left else _SOMEBODY), where=what, hint=hint
    )


def _read(descriptor: int) -> Owner | None:
    """Read who wrote the file last; ``None`` when it is empty or torn."""
    try:
        os.lseek(descriptor, 0, os.SEEK_SET)
        told = json.loads(os.read(descriptor, _MOST))
        return Owner(
            user=str(told["user"]),
            host=str(told["host"]),
            pid=int(told["pid"]),
            since=datetime.fromisoformat(told["since"]).astimezone(UTC),
        )
    except OSError as problem:
        if problem.errno == errno.EIO:
            raise
        return None
    except (ValueError, KeyError, TypeError):
        return None


def _write(descriptor: int, owner: Owner) -> None:
    told = asdict(owner) | {"since": owner.since.isoformat()}
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, json.dumps(told, ensure_ascii=False).encode())
