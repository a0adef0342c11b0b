"""Due cells as people wrote them."""

import re

from sync.records.values.texts import text_of
from sync.workbooks.snapshot import CellError, RawValue, Uncalculated

_PLAIN_DATE = re.compile(
    r"\s*(?:\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}[日号]?|\d{8})\s*"
)


def due_text_of(raw: RawValue) -> str:
    """Give a due cell's words; empty for a plain date and for what is no text."""
    if not isinstance(raw, str) or isinstance(raw, CellError | Uncalculated):
        return ""
    return "" if _PLAIN_DATE.fullmatch(raw) else text_of(raw)
