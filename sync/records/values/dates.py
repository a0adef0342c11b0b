"""Date cells: real dates, serials, and what people type instead."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sync.records.values import wording
from sync.records.values.date_grammar import (
    bare_date,
    full_year,
    read_range,
    read_written,
)
from sync.records.values.date_habits import NUMBERS, DateHabits, orders_of
from sync.records.values.date_words import (
    NO_DATE,
    NO_DATE_STARTS,
    RELATIVE,
    RELATIVE_ENDS,
)
from sync.records.values.spans import Span, Written
from sync.records.values.texts import folded, is_missing, number_text, text_of
from sync.workbooks.snapshot import RawValue

_EARLIEST, _LATEST = 1950, 2100
_SERIALS = range(20_000, 75_000)
"""Serials from 1954 to 2105: other numbers in a date column are not dates."""
_YEARS = range(1900, 2101)
_COMPACT = range(19_500_101, 21_001_232)
_MONTH_RANGE = range(195_001, 210_013)

_MONTH_AND_NUMBER = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Around:
    """What the row says about when, for dates written without their year."""

    today: date
    period: Span | None = None
    start: date | None = None
    is_past: bool = False
    """Whether the date tells of something that has happened."""


def read_date(raw: RawValue, habits: DateHabits, around: Around) -> date | None:
    """Read a date as people write it.

    Args:
        raw: A cell's value: a date, a serial number, or text in Chinese or English.
        habits: What the column as a whole tells.
        around: What the row tells, for a date without a year.

    Returns:
        The day, a period's last (or first) day, or ``None`` for an empty cell and
        for words such as ``待定`` or ``TBD``.

    Raises:
        UnreadableCell: If the cell names no day, an impossible one, only a year, or
            one whose day and month cannot be told apart.
    """
    if raw is None:
        return None
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return _checked(raw, habits)
    if isinstance(raw, bool):
        raise wording.NOT_A_DATE.about(text_of(raw))
    if isinstance(raw, int | float):
        return _from_number(raw, habits)
    if is_missing(raw):
        return None
    return _from_text(raw, habits, around)


def _checked(day: date, habits: DateHabits) -> date:
    if _EARLIEST <= day.year <= _LATEST:
        return day
    # A year typed into a cell with a date format shows as a day in 1905 (or 1909).
    year = (day - _epoch(habits)).days
    if year in _YEARS:
        raise wording.ONLY_A_YEAR.about(day.isoformat(), year=year)
    raise wording.IMPOSSIBLE_DATE.about(day.isoformat())


def _epoch(habits: DateHabits) -> date:
    return date(1904, 1, 1) if habits.date_system == 1904 else date(1899, 12, 30)  # noqa: PLR2004


def _from_number(number: float, habits: DateHabits) -> date:
    text = number_text(number)
    if not math.isfinite(number):
        raise wording.NOT_A_DATE.about(text)
    whole = int(number)
    if whole in _SERIALS:
        return _checked(_epoch(habits) + timedelta(whole), habits)
    if whole != number:
        raise wording.NOT_A_DATE.about(text)
    if whole in _YEARS:
        raise wording.ONLY_A_YEAR.about(text, year=whole)
    if whole in _COMPACT or whole in _MONTH_RANGE:
        written = read_written(text)
        if written:
            return _day_of(written, text, habits, Around(date(_EARLIEST, 1, 1)))
    raise wording.NOT_A_DATE.about(text)


def _from_text(text: str, habits: DateHabits, around: Around) -> date | None:
    short = folded(text)
    if short in NO_DATE or short.startswith(NO_DATE_STARTS):
        return None
    bare = bare_date(text)
    if bare in NO_DATE:
        return None
    if re.fullmatch(r"\d{4,5}(\.\d+)?|\d{8}|\d{6}", bare):
        return _from_number(float(bare), habits)
    written = read_written(text)
    if written is None:
        written = _from_numbers(bare, text, habits, around)
    if written is None and bare in {"月底", "月末", "月内", "本月底"}:
        return _month_of_period(text, around)
    if written is None:
        between = read_range(text)
        if between:
            return _day_of(between[habits.edge == "last"], text, habits, around)
        if short.startswith(RELATIVE) or short.endswith(RELATIVE_ENDS):
            raise wording.RELATIVE_DATE.about(text)
        raise wording.NOT_A_DATE.about(text)
    return _day_of(written, text, habits, around)


def _month_of_period(text: str, around: Around) -> date:
    """Read 月底 where the row's period is one month."""
    period = around.period
    if period and (period.last - period.first).days < 31:  # noqa: PLR2004
        return period.last
    raise wording.RELATIVE_DATE.about(text)


def _from_numbers(
    bare: str, text: str, habits: DateHabits, around: Around
) -> Written | None:
    """Read ``03/04/2025``, ``6.30`` and ``August 26``, or say what is unclear."""
    named = _MONTH_AND_NUMBER.fullmatch(bare)
    if named:
        return _month_and_number(named, text, around)
    match = NUMBERS.fullmatch(bare)
    if not match:
        return None
    orders = orders_of(match, habits, around.today.year)
    if not orders:
        raise wording.IMPOSSIBLE_DATE.about(text)
    if len(orders) == 1:
        return orders[0]
    shown = [_day_of(order, text, habits, around).isoformat() for order in orders[:2]]
    raise wording.DAY_OR_MONTH.about(text, one=shown[0], other=shown[1])


def _month_and_number(
    match: re.Match[str], text: str, around: Around
) -> Written | None:
    """Read ``June 30`` as a day and ``June 31`` not; ``June 26`` may be 2026."""
    month = read_written(match[1])
    if month is None or month.unit != "month":
        return None
    number, year = int(match[2]), full_year(match[2])
    nearby = abs(year - around.today.year) <= 1
    if number > 31:  # noqa: PLR2004
        return month._replace(year=year)
    day = Written("day", None, month.number, number)
    if not nearby:
        return day
    shown = [
        _day_of(it, text, DateHabits(), around).isoformat()
        for it in (day, month._replace(year=year))
    ]
    raise wording.DAY_OR_MONTH.about(text, one=shown[0], other=shown[1])


def _day_of(written: Written, text: str, habits: DateHabits, around: Around) -> date:
    edge = "last" if written.is_end else habits.edge
    try:
        if written.year is not None:
            if not _EARLIEST <= written.year <= _LATEST:
                raise wording.IMPOSSIBLE_DATE.about(text)
            span = written.span(written.year, habits.fiscal_year_starts)
        else:
            span = _nearest(written, habits, around)
    except (ValueError, OverflowError):
        raise wording.IMPOSSIBLE_DATE.about(text) from None
    return span.last if edge == "last" else span.first


def _nearest(written: Written, habits: DateHabits, around: Around) -> Span:
    """Choose the year: within the row's period, else after its start, else today's."""
    middle = (around.period.last if around.period else around.start) or around.today
    spans = []
    for year in range(middle.year - 1, middle.year + 3):
        try:
            spans.append(written.span(year, habits.fiscal_year_starts))
        except ValueError:
            continue  # 29 February exists in one of four years
    if not spans:
        raise ValueError(written)
    if around.period:
        period = around.period
        return min(spans, key=lambda span: _distance(span.last, period))
    if around.start:
        start = around.start
        after = [span for span in spans if span.last >= start]
        return after[0] if after else spans[-1]
    if written.fiscal:
        year_of = Written("year", None, fiscal=True)
        current = next(
            year
            for year in range(around.today.year, around.today.year + 2)
            if around.today <= year_of.span(year, habits.fiscal_year_starts).last
        )
        span = written.span(current, habits.fiscal_year_starts)
    else:
        span = written.span(around.today.year, habits.fiscal_year_starts)
    if around.is_past and span.first > around.today:
        past = [it for it in spans if it.first <= around.today]
        return past[-1] if past else span
    return span


def _distance(day: date, period: Span) -> int:
    if day < period.first:
        return (period.first - day).days
    return max((day - period.last).days, 0)
