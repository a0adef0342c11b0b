"""Two files exchanged in one step, where the system can do it.

``renameat2`` with ``RENAME_EXCHANGE`` swaps two names at once: at no moment is one of
them missing. What was there comes out under the other name and can be looked at, so
nothing that a person saved a moment before is ever lost.

Source:
    Linux ``rename(2)``; since kernel 3.15 on ext4, later on XFS, Btrfs and tmpfs. NFS
    and CIFS refuse it.
"""

import ctypes
import errno
import os
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_REFUSED = {
    errno.ENOSYS,
    errno.EINVAL,
    errno.EOPNOTSUPP,
    errno.ENOTSUP,
    errno.EPERM,
}


def exchange(first: Path, second: Path) -> bool:
    """Swap two files of one folder.

    Returns:
        ``False`` when this system or file system cannot; nothing has happened then.

    Raises:
        OSError: If it can and failed.
    """
    try:
        swap = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    names = (os.fsencode(first), os.fsencode(second))
    if swap(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    problem = ctypes.get_errno()
    if problem in _REFUSED:
        return False
    raise OSError(problem, os.strerror(problem), str(second))
