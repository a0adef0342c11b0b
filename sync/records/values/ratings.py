"""Ratings as numbers, letters, words and stars."""

import math
import re
from typing import NamedTuple

from sync.records.values import wording
from sync.records.values.rating_words import DONT_KNOW, GRADES
from sync.records.values.shares import bare_number
from sync.records.values.texts import folded, is_missing, plain, text_of
from sync.workbooks.snapshot import Percent, RawValue

_STARS = re.compile(r"([★⭐✭]️?)+([☆✩]*)")
_NUMBER_FIRST = re.compile(
    r"(\d+(?:\.\d+)?)\s?(?:分|points?|pts?|stars?|星|级)?"
    r"(?:\s?(?:/|of|out of)\s?\d+(?:\.\d+)?\s?分?)?"
    r"(?:\s?[-–—:.、(]\s?\D.*|\s[a-z]\D*)?"
)
_GRADE_AND_POINTS = re.compile(
    r"(?P<grade>[a-fs]{1,3}[+-]?|[甲乙丙丁戊]等?|\w{1,8}?)\s?"
    r"[(\[]\s?(?P<points>\d+(?:\.\d+)?)\s?(?:分|points?|pts?)?\s?[)\]]"
)
_LETTER = re.compile(r"(?:s{1,3}|[a-f])[+-]?(?:\s?(?:级|等|档|类))?")


class Rated(NamedTuple):
    """One rating cell."""

    value: float | None
    grade: str = ""
    """The letter or word, as written."""


def read_rating(raw: RawValue) -> Rated:
    """Read a rating.

    Returns:
        The number and, when a letter or word is written, the grade; neither for an
        empty cell and for ``不了解`` or ``N/A``. A grade has no number of its own:
        scales differ from office to office.

    Raises:
        UnreadableCell: If it is neither.
    """
    if raw is None or isinstance(raw, bool):
        return Rated(None)
    if isinstance(raw, Percent):
        return Rated(round(float(raw) * 100, 10)) if math.isfinite(raw) else Rated(None)
    number = bare_number(raw)
    if number is not None:
        return Rated(number)
    if isinstance(raw, str):
        if is_missing(raw) or folded(raw) in DONT_KNOW:
            return Rated(None)
        rated = _from_text(raw)
        if rated:
            return rated
    raise wording.NOT_A_RATING.about(text_of(raw))


def _from_text(raw: str) -> Rated | None:
    short, shown = folded(raw), plain(raw)
    if _STARS.fullmatch(short):
        return Rated(float(sum(short.count(star) for star in "★⭐✭")))
    if short in GRADES or _LETTER.fullmatch(short):
        return Rated(None, shown)
    both = _GRADE_AND_POINTS.fullmatch(short)
    if both:
        return Rated(float(both["points"]), shown[: both.end("grade")])
    number = _NUMBER_FIRST.fullmatch(short)
    if number:
        return Rated(float(number[1]))
    # B - Good, 良好：完成较好
    head = re.split(r"\s?[-–—:,、。(]\s?", short, maxsplit=1)[0]
    if head in GRADES or _LETTER.fullmatch(head):
        return Rated(None, shown[: len(head)])
    return None
