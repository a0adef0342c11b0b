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

from sync.causes import cause
from sync.durable import sync_folder
from sync.errors import (
    ChangedSinceReadError,
    FollowupError,
    NotWritableError,
    WorkbookError,
)
from sync.wording import Text
from sync.workbooks.excel.exchange import exchange
from sync.workbooks.excel.locks import check_not_open
from sync.workbooks.excel.spares import clear_leftovers, half_of, whole_of

_CHECK_DRIVE = Text("请检查磁盘，再运行一次", "check the drive and run again")
_NO_RIGHT = Text(
    "请申请在它所在的文件夹里新建文件的权限",
    "ask for the right to create files in its folder",
)
_WRITE_HINTS = {
    errno.ENOSPC: Text(
        "请在磁盘上腾出空间，再运行一次", "make room on the drive and run again"
    ),
    errno.EDQUOT: Text(
        "请在您的磁盘配额内腾出空间，再运行一次",
        "make room in your share of the drive and run again",
    ),
    errno.EROFS: Text(
        "磁盘是只读的：请把工作簿复制到可以写入的磁盘",
        "the drive is read-only: copy the workbook to one that is not",
    ),
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
}


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
            Text("没有这个文件", "there is no such file"),
            where=str(path),
            hint=Text("请检查路径", "check the path"),
        ) from None
    except IsADirectoryError:
        raise WorkbookError(
            Text("这是文件夹，不是工作簿", "this is a folder, not a workbook"),
            where=str(path),
            hint=Text("请写明其中的工作簿", "name the workbook in it"),
        ) from None
    except OSError as problem:
        raise WorkbookError(
            Text(
                "文件无法读取：{why}",
                "the file cannot be read: {why}",
                {"why": cause(problem)},
            ),
            where=str(path),
            hint=Text(
                "请确认有读取权限，并且磁盘或网络盘已连接",
                "check that you may read it and that the drive is connected",
            ),
        ) from None


def replace_file(path: Path, data: bytes, *, expected: str) -> str:
    """Give a file new content, if it is still the one that was planned from.

    A symbolic link keeps leading where it led: the file behind it is replaced. Mode,
    owner and extended attributes (and with them access lists) are kept.

    Args:
        path: The workbook.
        data: Its new content.
        expected: Fingerprint of the content it must still have.

    Returns:
        Fingerprint of the new content.

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
    fingerprint = fingerprint_of(data)
    half, spare = half_of(target), whole_of(target, expected, fingerprint)
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
    return fingerprint


def _check_same(path: Path, expected: str) -> None:
    if fingerprint_of(read_file(path)) != expected:
        raise _changed(path)


def _changed(path: Path) -> ChangedSinceReadError:
    return ChangedSinceReadError(
        Text(
            "工作簿在读取之后有人保存过，所以什么也没有写入",
            "somebody saved the workbook after it was read, so nothing was written",
        ),
        where=str(path),
        hint=Text(
            "请再运行一次，届时会读取最新内容", "run again: the new state is read then"
        ),
    )


def _check_may_write(path: Path, status: os.stat_result) -> None:
    # We replace the file, for which the right to the folder would do: whoever took
    # away the right to the file itself meant it to stay.
    if not os.access(path, os.W_OK):
        raise NotWritableError(
            Text("文件是只读的", "the file is read-only"),
            where=str(path),
            hint=Text(
                "请去掉文件的只读属性，或向文件的所有者申请写权限",
                "take away its read-only mark, or ask whoever owns it "
                "for the right to write",
            ),
        )
    if status.st_nlink > 1:
        raise NotWritableError(
            Text(
                "这个文件有 {n} 个名称（硬链接），替换它会使它们不再是同一个文件",
                "the file has {n} names (hard links), and replacing it "
                "would tear them apart",
                {"n": status.st_nlink},
            ),
            where=str(path),
            hint=Text(
                "请复制成一个独立的文件，再对它运行",
                "copy it to a file of its own and run on that",
            ),
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
            Text(
                "工作簿已替换，但无法核对结果：{why}",
                "the workbook was exchanged and what came out cannot be checked: {why}",
                {"why": cause(problem)},
            ),
            where=str(target),
            hint=Text(
                "之前的版本就在旁边，名为“{name}”",
                "the version before lies beside it as {name!r}",
                {"name": spare.name},
            ),
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
    return NotWritableError(
        Text(
            "工作簿无法写入：{why}",
            "the workbook cannot be written: {why}",
            {"why": cause(problem)},
        ),
        where=str(path),
        hint=_WRITE_HINTS.get(problem.errno or 0, _CHECK_DRIVE),
    )
