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
from sync.causes import cause
from sync.durable import write_whole
from sync.errors import DeliveryError
from sync.wording import Text

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
            Text(
                "已有同名文件，它不是 Followup 的报告，或者之后有人保存过",
                "there is a file of that name that is not a report of "
                "Followup, or one that somebody saved since",
            ),
            where=str(path),
            hint=Text(
                "请用 --out 换一个文件名，或把原来的文件移走",
                "choose another name with --out, or move the file away",
            ),
        )
    try:
        write_whole(path, content)
    except OSError as error:
        raise DeliveryError(
            Text(
                "报告无法保存：{why}",
                "the report cannot be written: {why}",
                {"why": cause(error)},
            ),
            where=str(path),
            hint=Text(
                "请用 --out 指定一个已有且可以写入的文件夹",
                "choose a folder that exists and may be written to, with --out",
            ),
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
