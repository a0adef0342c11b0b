"""The system's own file locks, and whether a process still lives."""

import errno
import os
import sys
from typing import Literal

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FAR = 1 << 30
"""Windows keeps others from even reading what is locked, so a byte far behind the text
is locked in its place."""

_BUSY = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_WINDOWS_BAD_PARAMETER = 87


def kernel_lock(descriptor: int) -> Literal["ours", "theirs", "unsupported"]:
    """Try to lock an open file for this process alone, without waiting."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            # flock and not lockf: that one is lost when any other part of this process
            # closes the same file (fcntl(2), "Record locks").
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        return "theirs" if problem.errno in _BUSY else "unsupported"
    return "ours"


def kernel_unlock(descriptor: int) -> None:
    """Let go; closing the file would do, but a child process may hold a copy of it."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
    except OSError:
        # It was never locked: the file system has no locks.
        return


def process_lives(pid: int) -> bool:
    """Tell whether a process of this machine is still there; in doubt it is."""
    if sys.platform == "win32":
        return _lives_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _lives_on_windows(pid: int) -> bool:
    """Ask without ``os.kill``, which on Windows ends the process."""
    import ctypes  # noqa: PLC0415 - half of it exists on Windows only

    windows = getattr(ctypes, "windll").kernel32  # noqa: B009 - not known elsewhere
    synchronise, waiting = 0x00100000, 0x00000102
    handle = windows.OpenProcess(synchronise, 0, pid)
    if not handle:
        return bool(windows.GetLastError() != _WINDOWS_BAD_PARAMETER)
    alive = windows.WaitForSingleObject(handle, 0) == waiting
    windows.CloseHandle(handle)
    return bool(alive)
