"""Progress cells: numbers, and the words people put instead."""

import math
import re
from datetime import date

from sync.records.model import Status
from sync.records.values import wording
from sync.records.values.numerals import with_digits
from sync.records.values.shares import Scale, bare_number, scaled
from sync.records.values.statuses import read_status
from sync.records.values.texts import folded, is_missing, text_of
from sync.workbooks.snapshot import Percent, RawValue

_PERCENT = re.compile(r"(?<![\d.])([+-]?\d+(?:\.\d+)?)\s?(?:%|percent\b|pct\b)")
_RANGE = re.compile(r"\d\s?%?\s?[-~–至到→]+\s?\d+(?:\.\d+)?\s?%")
_OF_HUNDRED = re.compile(r"百分之([零〇一二两三四五六七八九十百点\d.]+)")
_TENTHS = re.compile(
    r"(?:已|约|大约|完成|了|近)*([一二两三四五六七八九])成(?:左右|多)?"
)
_FRACTION = re.compile(
    r"(?:已?完成)?\s?(\d+(?:\.\d+)?)\s?(?:/|of|out of)\s?(\d+(?:\.\d+)?)\s?"
    r"(?:done|complete|completed|完成|已完成)?"
)
_REMAINING = re.compile(
    r"(?:还[差剩]|剩余?|尚余|未完成)[^\d%,;]{0,4}\d+(?:\.\d+)?\s?%"
    r"|%\s?(?:remaining|left|to go|outstanding|未完成)"
)
_HALF = re.compile(r"一半|过半|半数|\bhalf\b|halfway")


def read_progress(raw: RawValue, scale: Scale) -> float | None:
    """Read how much is done.

    Args:
        raw: A cell's value.
        scale: What the column's bare numbers mean; see `shares.scale_of`.

    Returns:
        The share done, 0–1 and beyond; 0 for ``未开始`` and 1 for ``已完成``;
        ``None`` for an empty cell and for ``N/A`` or ``-``: missing is not zero.

    Raises:
        UnreadableCell: If the words name no share, as in ``完成4套``.
    """
    if raw is None:
        return None
    if isinstance(raw, Percent) and math.isfinite(raw):
        return float(raw)
    if isinstance(raw, date):
        raise wording.PROGRESS_AS_DATE.about(text_of(raw))
    if isinstance(raw, bool):
        # A ticked box is done; an empty one says only that it is not.
        return 1.0 if raw else None
    bare = bare_number(raw)
    if bare is not None:
        return scaled(bare, scale)
    if not isinstance(raw, str):
        raise wording.NOT_A_SHARE.about(text_of(raw))
    if is_missing(raw):
        return None
    share = progress_in_words(raw)
    if share is None:
        raise wording.PROGRESS_WITHOUT_SHARE.about(text_of(raw))
    return share


def progress_in_words(text: str) -> float | None:
    """Find the share done in free text.

    >>> progress_in_words("50% testing completed")
    0.5
    """
    short = folded(text)
    hundred = _OF_HUNDRED.search(short)
    if hundred:
        short = short.replace(hundred[0], f"{with_digits(hundred[1])}%")
    percents = _PERCENT.findall(short)
    if percents:
        return _of_percents(short, percents)
    tenths = _TENTHS.fullmatch(short)
    if tenths:
        return int(with_digits(tenths[1])) / 10
    fraction = _FRACTION.fullmatch(short)
    if fraction:
        done, total = float(fraction[1]), float(fraction[2])
        return done / total if total > 0 and done <= total else None
    if _HALF.search(short) and not re.search(r"未|没|不|\bnot\b|less", short):
        return 0.5
    return _of_status(short)


def _of_percents(text: str, percents: list[str]) -> float | None:
    if len(percents) != 1 or _RANGE.search(text):
        return None
    share = round(float(percents[0]) / 100, 12)
    return round(1 - share, 12) if _REMAINING.search(text) else share


def _of_status(text: str) -> float | None:
    claim = read_status(text)
    if claim is None or claim.status is None:
        return None
    if claim.status is Status.ACHIEVED:
        return 1.0
    if claim.status is Status.NOT_STARTED and not claim.is_weak:
        return 0.0
    return None
