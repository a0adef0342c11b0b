"""Files of ours in a scheduler's folder, written in one step."""

from contextlib import suppress
from pathlib import Path

from sync.causes import cause
from sync.durable import write_whole
from sync.schedule.scheduler import ScheduleError
from sync.wording import Text

_READABLE = 0o644


def put(path: Path, content: bytes) -> None:
    """Write a file, or put it in the place of the old one.

    Raises:
        ScheduleError: If the folder cannot be made or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content, mode=_READABLE)
    except OSError as problem:
        raise _refused(path, problem) from None


def take(path: Path) -> None:
    """Delete a file; one that is not there is no error.

    Raises:
        ScheduleError: If it cannot be deleted.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as problem:
        raise _refused(path, problem) from None


def content_of(path: Path) -> bytes | None:
    """Read a file; ``None`` when it is not there or not to be read."""
    with suppress(OSError):
        return path.read_bytes()
    return None


def _refused(path: Path, problem: OSError) -> ScheduleError:
    return ScheduleError(
        Text("无法写入：{why}", "it cannot be written: {why}", {"why": cause(problem)}),
        where=str(path),
        hint=Text(
            "请检查所在文件夹的权限，或用 --with 换一种方式",
            "check the rights of its folder, or choose another way with --with",
        ),
    )
