"""A page onto a disk: whole or not at all, for its owner's eyes, over nothing else."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from reports.audience import AudienceKind
from reports.page.edition import Edition
from reports.page.render import MARK
from sync.errors import DeliveryError

_HEAD = 2000
"""Bytes of a file in which our mark is looked for."""
_PLAIN = re.compile(r"[A-Za-z0-9]{1,20}")


def default_name(shown: Edition) -> str:
    """Name a page: ASCII, the same for the same reader and day, no person's name."""
    who = "" if shown.kind is AudienceKind.HR else f"-{shown.kind}-{_mark(shown.key)}"
    return f"followup-report{who}-{shown.today.isoformat()}.html"


def save(html: str, path: Path) -> None:
    """Put a page where it belongs, readable by its owner only.

    Raises:
        DeliveryError: If the place holds something that is no page of ours, or cannot
            be written.
    """
    if path.exists() and not _is_ours(path):
        raise DeliveryError(
            "there is a file of that name that is not a report of Followup",
            where=str(path),
            hint="choose another name with --out, or move the file away",
        )
    try:
        _replace(path, html.encode())
    except OSError as error:
        raise DeliveryError(
            f"the report cannot be written: {error.strerror or error}",
            where=str(path),
            hint="choose a folder that exists and may be written to, with --out",
        ) from error


def _mark(key: str) -> str:
    if _PLAIN.fullmatch(key):
        return key
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()[:10]


def _is_ours(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return MARK.encode() in file.read(_HEAD)


def _replace(path: Path, raw: bytes) -> None:
    # mkstemp makes the file for its owner only, and the name is not there before.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
