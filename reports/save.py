"""A report onto a disk: whole or not at all, for its owner's eyes, over nothing else."""

import hashlib
import re
from pathlib import Path

from reports.audience import AudienceKind
from reports.ours import may_replace
from reports.page.edition import Edition
from reports.page.render import MARK as PAGE
from reports.pdf import MARK as PDF
from reports.sheets.book import MARK as BOOK
from sync.durable import write_whole
from sync.errors import DeliveryError

_NEAR = 2000
"""Bytes at either end of a file in which our mark is looked for."""
_PLAIN = re.compile(r"[A-Za-z0-9]{1,20}")


def default_name(shown: Edition, ending: str) -> str:
    """Name a report: ASCII, the same for the same reader and day, no person's name."""
    who = "" if shown.kind is AudienceKind.HR else f"-{shown.kind}-{_mark(shown.key)}"
    return f"followup-report{who}-{shown.today.isoformat()}{ending}"


def save(content: bytes, path: Path) -> None:
    """Put a report where it belongs, readable by its owner only.

    Raises:
        DeliveryError: If the place holds something that is no report of ours or that
            somebody worked in since, or cannot be written.
    """
    if path.exists() and not _is_ours(path):
        raise DeliveryError(
            "there is a file of that name that is not a report of Followup, or one that "
            "somebody saved since",
            where=str(path),
            hint="choose another name with --out, or move the file away",
        )
    try:
        write_whole(path, content)
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
    if may_replace(path, BOOK):
        return True
    with path.open("rb") as file:
        head = file.read(_NEAR)
        file.seek(max(path.stat().st_size - _NEAR, 0))
        return PAGE.encode() in head or PDF in file.read()
