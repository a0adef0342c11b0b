"""A workbook's bytes put on disk so that no moment can lose or tear them.

The order of steps, and why nothing between any two of them can do harm:

1. The new content is written to a file of our own in the same folder, readable by us
   alone, synced to the disk, and given a name that says what it is. Until here the
   workbook has not been touched; a crash leaves it as it was, and at worst our file
   beside it, which the next run removes.
2. The two files are exchanged in one step of the file system. Before it the name leads
   to the whole old file, after it to the whole new one; there is no third state.
3. What came out is compared with what was planned from. If somebody saved in between,
   their file has come out instead: it is exchanged back, and we say so. Nothing of
   theirs is lost even if we are killed right here, because it lies under our name; a
   later run removes a file of that name only if it is the planned version or our own.
4. The folder is synced, so that the exchange itself survives a power cut; only then is
   the old file, which is known to be the planned one, removed.

Where the file system cannot exchange (some network shares), the file is compared once
more right before it is replaced. Replacing is one step as well, so nothing can tear;
what remains is the instant between looking and replacing, which lock files narrow.
"""

import contextlib
import errno
import hashlib
import os
import stat
from pathlib import Path

from sync.durable import sync_folder
from sync.errors import (
    ChangedSinceReadError,
    FollowupError,
    NotWritableError,
    WorkbookError,
)
from sync.workbooks.excel.exchange import exchange
from sync.workbooks.excel.locks import check_not_open
from sync.workbooks.excel.spares import clear_leftovers, half_of, whole_of


def fingerprint_of(data: bytes) -> str:
    """Name a file's content: its SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_file(path: Path) -> bytes:
    """Read a whole file at once.

    Raises:
        WorkbookError: If it is not there or cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise WorkbookError(
            "there is no such file", where=str(path), hint="check the path"
        ) from None
    except IsADirectoryError:
        raise WorkbookError(
            "this is a folder, not a workbook",
            where=str(path),
            hint="name the workbook in it",
        ) from None
    except OSError as problem:
        raise WorkbookError(
            f"the file cannot be read: {problem.strerror}",
            where=str(path),
            hint="check that you may read it and that the drive is connected",
        ) from None


def replace_file(path: Path, data: bytes, *, expected: str) -> None:
    """Give a file new content, if it is still the one that was planned from.

    A symbolic link keeps leading where it led: the file behind it is replaced. Mode,
    owner and extended attributes (and with them access lists) are kept.

    Args:
        path: The workbook.
        data: Its new content.
        expected: Fingerprint of the content it must still have.

    Raises:
        InUseError: If somebody has it open.
        ChangedSinceReadError: If its content is another one.
        NotWritableError: If the file or its folder cannot be written.
    """
    target = path.resolve()
    check_not_open(target)
    _check_same(target, expected)
    status = target.stat()
    _check_may_write(target, status)
    clear_leftovers(target)
    half, spare = half_of(target), whole_of(target, expected, fingerprint_of(data))
    try:
        _write_spare(half, data, like=target, status=status)
        half.rename(spare)
        swapped = exchange(spare, target)
    except OSError as problem:
        _remove(half)
        _remove(spare)
        raise _cannot_write(target, problem) from None
    if swapped:
        _look_at_what_came_out(target, spare, expected)
    else:
        _replace_at_once(target, spare, expected)
    sync_folder(target.parent)
    _remove(spare)


def _check_same(path: Path, expected: str) -> None:
    if fingerprint_of(read_file(path)) != expected:
        raise _changed(path)


def _changed(path: Path) -> ChangedSinceReadError:
    return ChangedSinceReadError(
        "somebody saved the workbook after it was read, so nothing was written",
        where=str(path),
        hint="run again: the new state is read then",
    )


def _check_may_write(path: Path, status: os.stat_result) -> None:
    # We replace the file, for which the right to the folder would do: whoever took
    # away the right to the file itself meant it to stay.
    if not os.access(path, os.W_OK):
        raise NotWritableError(
            "the file is read-only",
            where=str(path),
            hint="take away its read-only mark, or ask whoever owns it for the right "
            "to write",
        )
    if status.st_nlink > 1:
        raise NotWritableError(
            f"the file has {status.st_nlink} names (hard links), and replacing it "
            "would tear them apart",
            where=str(path),
            hint="copy it to a file of its own and run on that",
        )


def _write_spare(
    spare: Path, data: bytes, *, like: Path, status: os.stat_result
) -> None:
    descriptor = os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        _dress(spare, like, status)
        # A failed sync may have dropped pages for good: never try it twice.
        os.fsync(file.fileno())


def _dress(spare: Path, like: Path, status: os.stat_result) -> None:
    """Give the new file the old one's owner, rights and extended attributes."""
    with contextlib.suppress(OSError, AttributeError):
        if (os.geteuid(), os.getegid()) != (status.st_uid, status.st_gid):
            os.chown(spare, status.st_uid, status.st_gid)
    with contextlib.suppress(OSError, AttributeError):
        for name in os.listxattr(like):
            with contextlib.suppress(OSError):
                os.setxattr(spare, name, os.getxattr(like, name))
    spare.chmod(stat.S_IMODE(status.st_mode))


def _look_at_what_came_out(target: Path, spare: Path, expected: str) -> None:
    """Give back what somebody saved between our look and the exchange."""
    try:
        if fingerprint_of(spare.read_bytes()) == expected:
            return
        exchange(spare, target)
        sync_folder(target.parent)
    except OSError as problem:
        # What came out may be somebody's work: it stays where it is.
        raise ChangedSinceReadError(
            f"the workbook was exchanged and what came out cannot be checked: "
            f"{problem.strerror}",
            where=str(target),
            hint=f"the version before lies beside it as {spare.name!r}",
        ) from None
    _remove(spare)
    raise _changed(target)


def _replace_at_once(target: Path, spare: Path, expected: str) -> None:
    """Replace where the file system cannot exchange, after one more look."""
    try:
        check_not_open(target)
        _check_same(target, expected)
        spare.replace(target)
    except OSError as problem:
        _remove(spare)
        raise _cannot_write(target, problem) from None
    except FollowupError:
        _remove(spare)
        raise


def _remove(spare: Path) -> None:
    with contextlib.suppress(OSError):
        spare.unlink(missing_ok=True)


def _cannot_write(path: Path, problem: OSError) -> NotWritableError:
    hints = {
        errno.ENOSPC: "make room on the drive and run again",
        errno.EDQUOT: "make room in your share of the drive and run again",
        errno.EROFS: "the drive is read-only: copy the workbook to one that is not",
        errno.EACCES: "ask for the right to create files in its folder",
        errno.EPERM: "ask for the right to create files in its folder",
    }
    return NotWritableError(
        f"the workbook cannot be written: {problem.strerror or problem}",
        where=str(path),
        hint=hints.get(problem.errno or 0, "check the drive and run again"),
    )
