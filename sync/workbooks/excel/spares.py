"""The names under which new content lies beside a workbook until it takes its place.

While it is being written it is a half, which can only be ours. Once whole it is named
after what it will replace and what it is: should a run be killed then, the next one can
tell from the content whether the file is ours or the version it replaced, and clears it
away, or whether it is what somebody saved at that very moment, and leaves it.
"""

import contextlib
import hashlib
import secrets
from pathlib import Path

_SIGN = ".followup-"
_HALF, _WHOLE = ".part", ".tmp"
_DIGITS = 16


def half_of(target: Path) -> Path:
    """Name a file for new content that is still being written."""
    return target.with_name(f"{_begin(target)}{secrets.token_hex(4)}{_HALF}")


def whole_of(target: Path, old: str, new: str) -> Path:
    """Name the finished file.

    Args:
        target: The workbook.
        old: Fingerprint of what it must hold.
        new: Fingerprint of what it will hold.
    """
    name = f"{_begin(target)}{old[:_DIGITS]}-{new[:_DIGITS]}{_WHOLE}"
    return target.with_name(name)


def clear_leftovers(target: Path) -> None:
    """Remove what a killed run left beside a workbook, but never anybody's work."""
    with contextlib.suppress(OSError):
        for one in list(target.parent.iterdir()):
            if one.name.startswith(_begin(target)) and _is_spent(one):
                one.unlink(missing_ok=True)


def _is_spent(spare: Path) -> bool:
    if spare.suffix == _HALF:
        return True
    known = spare.stem.split("-")[-2:]
    content = hashlib.sha256(spare.read_bytes()).hexdigest()
    return spare.suffix == _WHOLE and content[:_DIGITS] in known


def _begin(target: Path) -> str:
    """What the names of all spare files of one workbook begin with."""
    return f"{_SIGN}{hashlib.sha256(target.name.encode()).hexdigest()[:8]}-"
