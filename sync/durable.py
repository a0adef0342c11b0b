"""Files that are whole or not there, and still there after a power cut."""

import errno
import os
import secrets
from pathlib import Path

_HALF = ".part"


def write_whole(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Write a file under another name, and give it its own in one step.

    Its content is on the disk then. Its name surely is once `sync_folder` has been
    called, which many files of one folder share.

    Args:
        path: The file; one of that name is replaced.
        data: What it will hold.
        mode: Who may read and write it.

    Raises:
        OSError: If it cannot be written; what was there before still is.
    """
    half = path.with_name(f".{os.getpid()}-{secrets.token_hex(8)}{_HALF}")
    try:
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            half.chmod(mode)
            os.fsync(file.fileno())
        half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last; some network file systems cannot, nor need to.

    Raises:
        OSError: If the disk says that they may not.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError as problem:
        if problem.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:
            raise
    finally:
        os.close(descriptor)


def halves_in(folder: Path) -> dict[Path, int]:
    """Give what `write_whole` has not finished: file → number of the process."""
    found = {}
    for path in folder.glob(f".*{_HALF}"):
        number = path.name[1:].partition("-")[0]
        if number.isdecimal():
            found[path] = int(number)
    return found
