"""How sure the owner of a goal is of reaching it."""

import re
from collections.abc import Iterable

from sync.records.values.numerals import with_digits
from sync.records.values.shares import bare_number
from sync.records.values.texts import folded
from sync.workbooks.snapshot import Percent, RawValue

HEADER = re.compile(r"信心|把握|confiden", re.IGNORECASE)
"""A column that tells of it; forecasts have a column of the same field."""

_OF = re.compile(r"(?P<n>\d+(?:\.\d+)?)\s*(?:/|of|out of)\s*(?P<top>\d+)")
_PERCENT = re.compile(r"(?P<n>\d+(?:\.\d+)?)\s*%")
_TENTHS = re.compile(r"(?P<n>\d+(?:\.\d+)?)\s*成")
_POINTS = re.compile(r"(?P<n>\d+(?:\.\d+)?)\s*(?:分|points?)")
_TOP = re.compile(r"[-–~～/至到]\s*(?P<top>5|10|100)\b|(?P<scale>5|10|100)\s*分制")
_WORDS = {
    "高": 0.9, "很高": 0.9, "较高": 0.7, "中": 0.6, "中等": 0.6, "一般": 0.5, "较低": 0.3,
    "低": 0.3, "很低": 0.1, "high": 0.9, "medium": 0.6, "med": 0.6, "low": 0.3,
}  # fmt: skip


def top_of(values: Iterable[RawValue], header: str) -> float:
    """Tell which number means certain: as the header says, else by the column.

    Source:
        0 to 10 is what published goal tools use (puzzle/okr, FlowyTeam); a column of
        nothing beyond one is of shares, one beyond ten of percent.
    """
    if said := _TOP.search(header):
        return float(said["top"] or said["scale"])
    numbers = [n for value in values if (n := bare_number(value)) is not None]
    highest = max(numbers, default=0.0)
    if highest <= 1:
        return 1.0
    return 10.0 if highest <= 10 else 100.0  # noqa: PLR2004 - the scale itself


def read_confidence(raw: RawValue, top: float) -> float | None:
    """Read a confidence as a share, 0–1.

    Args:
        raw: A number, a share, ``7/10``, ``8成`` or a word.
        top: Which bare number means certain.

    Returns:
        ``None`` for an empty cell, and for what says something else: a forecast is
        none of our business here.

    >>> read_confidence("7/10", 10), read_confidence("八成", 10), read_confidence("高", 5)
    (0.7, 0.8, 0.9)
    """
    if isinstance(raw, Percent):
        return _share(float(raw))
    number = bare_number(raw)
    if number is not None:
        return _share(number / top)
    text = with_digits(folded(raw)).strip() if isinstance(raw, str) else ""
    if text in _WORDS:
        return _WORDS[text]
    for form, whole in ((_OF, None), (_PERCENT, 100), (_TENTHS, 10), (_POINTS, top)):
        if found := form.fullmatch(text):
            return _share(float(found["n"]) / (whole or max(float(found["top"]), 1)))
    return None


def _share(value: float) -> float | None:
    return round(value, 9) if 0 <= value <= 1 else None
