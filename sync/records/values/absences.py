"""Days off somebody takes, written in one cell."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from sync.records.values import wording
from sync.records.values.date_habits import DateHabits
from sync.records.values.dates import Around, read_date
from sync.records.values.spans import Span
from sync.records.values.texts import folded, is_missing, long_text_of
from sync.records.values.unreadable import UnreadableCell
from sync.workbooks.snapshot import RawValue

_BETWEEN_SPANS = re.compile(r"[;；\n、]+|,(?=\s*\d{4})|，")
_FROM_TO = re.compile(
    r"\s*(?:至|到|~|～|—+|–|→|\bto\b|\buntil\b|\bthrough\b|\s-\s|(?<=[日号])-|"
    r"(?<=\d)-(?=\d{4}[-/.年]))\s*",
    re.IGNORECASE,
)
_NOBODY_AWAY = frozenset({"否", "无", "no", "none", "n"})


def read_absences(
    raw: RawValue, habits: DateHabits, around: Around
) -> tuple[Span, ...]:
    """Read spans of days, such as ``2026-08-03至2026-08-21；10月12日``.

    Args:
        raw: A cell's value.
        habits: How the column writes dates.
        around: What a date without a year is near to.

    Returns:
        First and last days, merged and in order; empty for an empty cell.

    Raises:
        UnreadableCell: If a part of it is no day, or a span ends before it begins.
    """
    if raw is None or isinstance(raw, bool):
        return ()
    if not isinstance(raw, str):
        day = read_date(raw, habits, around)
        return (Span(day, day),) if day else ()
    if is_missing(raw) or folded(raw) in _NOBODY_AWAY:
        return ()
    parts = (part.strip() for part in _BETWEEN_SPANS.split(long_text_of(raw)))
    return merged(_span(part, raw, habits, around) for part in parts if part)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Put spans in order, and join those that touch."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1].last + timedelta(days=1):
            found[-1] = Span(found[-1].first, max(found[-1].last, last))
        else:
            found.append(Span(first, last))
    return tuple(found)


def _span(part: str, whole: str, habits: DateHabits, around: Around) -> Span:
    ends = _FROM_TO.split(part)
    if len(ends) > 2:  # noqa: PLR2004 - a span has two ends
        raise wording.NOT_AN_ABSENCE.about(whole)
    try:
        first = read_date(ends[0], replace(habits, edge="first"), around)
        # "8月3日至21日" says the month once.
        text = (
            f"{first.month}月{ends[-1]}" if first and _bare_day(ends[-1]) else ends[-1]
        )
        last = read_date(text, habits, Around(around.today, start=first))
    except UnreadableCell:
        raise wording.NOT_AN_ABSENCE.about(whole) from None
    if first is None or last is None or last < first:
        raise wording.NOT_AN_ABSENCE.about(whole)
    return Span(first, last)


def _bare_day(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,2}[日号]", text))


def overlap(span: Span, first: date, last: date) -> int:
    """Count the days of a span that lie after ``first``, up to and with ``last``."""
    begin = max(span.first, first + timedelta(days=1))
    return max((min(span.last, last) - begin).days + 1, 0)
