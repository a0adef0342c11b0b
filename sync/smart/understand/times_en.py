"""English time expressions."""

import math
import re
from collections.abc import Callable
from typing import Final

from sync.smart.understand.calendar_words import (
    PLAIN,
    SERVICE,
    YEAR,
    alternative,
    day_of,
    whole,
)
from sync.smart.understand.model import Span, Time
from sync.smart.understand.numerals import number

# Every quantifier is bounded, so a search takes time linear in the text.
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_MONTH = (
    r"(?:january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug"
    r"|september|sept|sep|october|oct|november|nov|december|dec)"
)
_WORDS = (
    r"(?:[0-9]{1,3}|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve"
    r"|eighteen|twenty-four)"
)
_PATTERN: Final = re.compile(
    rf"""
    (?<![a-z0-9])(?:
    (?P<us>(?P<um>1[0-2]|0?[1-9])/(?P<ud>[0-3]?[0-9])/(?P<uy>{YEAR}|[0-9]{{2}}))
  | (?P<iso>(?P<iy>{YEAR})[-/.](?P<im>1[0-2]|0?[1-9])[-/.](?P<id>[0-3]?[0-9]))
  | (?P<named>(?:(?P<nd>[0-3]?[0-9])(?:st|nd|rd|th)?[ ](?:of[ ])?)?(?P<nm>{_MONTH})\b\.?
        (?:[ ](?P<nd2>[0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9%]))?(?:,?[ ](?P<ny>{YEAR}))?)
  | (?P<quarter>(?:(?:fy[ ]?)?(?P<qy>{YEAR})[ -]?)?q[ ]?(?P<qn>[1-4])(?:[ /-]{{0,3}}(?:fy)?(?P<qy2>{YEAR}))?
        |(?P<qw>first|second|third|fourth)[ ]quarter(?:[ ]of[ ](?P<qy3>{YEAR}))?)
  | (?P<half>(?:(?P<hy>{YEAR})[ -]?)?h(?P<hn>[12])(?:[ -]?(?P<hy2>{YEAR}))?
        |(?P<hw>first|second)[ ]half)
  | (?P<rhythm>daily|weekly|bi-?weekly|monthly|quarterly|annually|yearly
        |(?:every|each|per|a)[ ](?:{_WORDS}[ ])?(?:other[ ])?(?:business[ ]|working[ ])?
            (?:day|week|month|quarter|year|sprint|friday|monday)s?
        |every[ ]first[ ]\w{{3,9}}|on[ ]a[ ]regular[ ]basis|regularly)
  | (?P<past>(?:last|past|previous|prior)[ ](?:{_WORDS}[ ])?(?:fiscal[ ])?(?:years?|quarters?|months?|weeks?)
        |year[- ]over[- ]year|year[- ]on[- ]year|yoy|qoq|mom)
  | (?P<rel>(?:(?:the[ ])?end[ ]of[ ](?:the[ ]|this[ ]|next[ ])?|year[- ]?end\b|eoy|eoq|eom
            |this[ ]|current[ ]|next[ ]|coming[ ]|upcoming[ ]|full[ ])
        (?:(?:calendar|fiscal|financial|business)[ ])?(?P<ru>year|quarter|month|week|half|sprint|semester)?s?(?:[ ](?P<ry>{YEAR}))?)
  | (?P<dur>(?P<lead>within|in|over|during|for|after|under|than)[ ](?:(?:the|a|an|its|their)[ ])?
        (?:(?:next|coming|following|first|about|period[ ]of)[ ])?(?:(?P<dn>{_WORDS})[ -])?
        (?:(?:business|working|calendar)[ ])?(?P<du>second|minute|hour|day|week|month|quarter|year)s?)
  | (?P<year>(?:(?P<yw>over|vs\.?|versus|than|against|from|by|in|during|for|through|throughout|until|before|end[ ]of|fy|since)[ ]?)(?:(?:fiscal|financial|calendar)[ ](?:year[ ])?|fy[ ]?)?(?P<yn>{YEAR}))
  | (?P<fy>fy[ ]?'?(?P<fn>[0-9]{{2}}))
  | (?P<event>probation(?:[ ]period)?|mid-?[ ]?year|before[ ](?:christmas|easter|thanksgiving|the[ ]holidays)|black[ ]friday)
  | (?P<vague>asap|as[ ]soon[ ]as[ ]possible|soon|ongoing|continuously|continually|on[ ]an[ ]ongoing[ ]basis
        |in[ ]the[ ](?:near[ ])?future|someday|eventually|tbd|tbc|when[ ]possible)
    )(?![a-z0-9])
    """,
    re.VERBOSE,
)
_DAYS: Final = {
    "day": 1,
    "week": 7,
    "month": 30,
    "quarter": 91,
    "half": 182,
    "year": 365,
}
_SHORT: Final = ("hour", "minute", "second")
_UNITS: Final = {
    "year": Span.YEAR,
    "quarter": Span.QUARTER,
    "month": Span.MONTH,
    "half": Span.HALF,
}
_PAST_LEADS: Final = ("since", "over", "vs", "vs.", "versus", "than", "against", "from")
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_LETTER: Final = re.compile("[a-z]")
_NUMERIC: Final = re.compile(r"[0-9][-/.][0-9]")
_SURE_DAY: Final = 12
"""From 13 on a number in 6/30/2026 can only be the day."""


def english_times(folded: str, original: str) -> list[Time]:
    """Find the English time expressions of a folded text.

    Args:
        folded: The text after `fold`.
        original: The same text as written: "May" is a month, "may" is not.
    """
    if not _LETTER.search(folded) and not _NUMERIC.search(folded):
        return []
    read = (_read(match, original) for match in _PATTERN.finditer(folded))
    return [time for time in read if time is not None]


def _read(match: "re.Match[str]", original: str) -> Time | None:
    kind, (start, end) = alternative(match), match.span()
    if kind in PLAIN:
        return Time(start, end, PLAIN[kind])
    if kind == "iso":
        return day_of(start, end, match["iy"], match["im"], match["id"])
    if kind in _SPECIAL:
        return _SPECIAL[kind](match, original)
    if kind == "fy":
        return Time(start, end, Span.YEAR, 2000 + int(match["fn"]))
    past = match["yw"] in _PAST_LEADS
    return Time(start, end, Span.PAST if past else Span.YEAR, whole(match["yn"]))


def _slashed(match: "re.Match[str]", _original: str) -> Time | None:
    """Read 6/30/2026; of 03/04/2026 only the year is sure, offices differ."""
    start, end = match.span()
    year = match["uy"] if len(match["uy"]) > 2 else "20" + match["uy"]  # noqa: PLR2004
    if int(match["ud"]) > _SURE_DAY:
        return day_of(start, end, year, match["um"], match["ud"])
    return Time(start, end, Span.YEAR, int(year))


def _quarter(match: "re.Match[str]", _original: str) -> Time:
    quarter = _ORDINALS.get(match["qw"] or "") or whole(match["qn"])
    year = match["qy"] or match["qy2"] or match["qy3"]
    return Time(*match.span(), Span.QUARTER, whole(year), quarter)


def _half(match: "re.Match[str]", _original: str) -> Time:
    half = _ORDINALS.get(match["hw"] or "") or whole(match["hn"])
    return Time(*match.span(), Span.HALF, whole(match["hy"] or match["hy2"]), half)


def _named(match: "re.Match[str]", original: str) -> Time | None:
    start, end = match.span()
    name = match["nm"]
    day = whole(match["nd"] or match["nd2"])
    if name in ("may", "march", "mar") and not (day or match["ny"]):
        # "may" and "march" are verbs unless written large and not only as a first word.
        where = match.start("nm")
        if not original[where].isupper() or where == 0:
            return None
    month = _MONTHS.index(name[:3]) + 1
    year = whole(match["ny"])
    if day is None or not 1 <= day <= 31:  # noqa: PLR2004
        return Time(start, end, Span.MONTH, year, month)
    return Time(start, end, Span.DATE, year, month, day)


def _relative(match: "re.Match[str]", _original: str) -> Time | None:
    start, end = match.span()
    text = match[0]
    unit = match["ru"] or {"eoq": "quarter", "eom": "month"}.get(text.strip(), "year")
    if match["ru"] is None and not text.startswith(("eo", "year")):
        return None
    shift = (
        1 if text.startswith(("next", "coming", "upcoming")) or "next " in text else 0
    )
    kind = _UNITS.get(unit, Span.DURATION)
    days = _DAYS.get(unit) if kind is Span.DURATION else None
    return Time(start, end, kind, whole(match["ry"]), shift=shift, days=days)


def _duration(match: "re.Match[str]", original: str) -> Time | None:
    start, end = match.span()
    lead, unit = match["lead"], match["du"]
    if lead in ("than", "under", "after") or (lead == "for" and match["dn"] is None):
        return None
    around = original[max(0, start - 40) : end + 24].lower()
    if unit in _SHORT or (unit == "day" and SERVICE.search(around)):
        return Time(start, end, Span.SLA)
    if match["dn"] is None and " " + unit not in match[0]:
        return None
    count = 1.0 if match["dn"] in (None, "a", "an") else number(match["dn"])
    length = None if math.isnan(count) else int(count * _DAYS[unit])
    return Time(start, end, Span.DURATION, days=length)


_SPECIAL: Final[dict[str, Callable[["re.Match[str]", str], Time | None]]] = {
    "us": _slashed,
    "named": _named,
    "quarter": _quarter,
    "half": _half,
    "rel": _relative,
    "dur": _duration,
}
"""Alternative → its reader."""


def english_time(folded: str, original: str, at: int) -> Time | None:
    """Read the one expression that stands at a place; ``None`` for none."""
    match = _PATTERN.match(folded, at)
    return _read(match, original) if match else None
