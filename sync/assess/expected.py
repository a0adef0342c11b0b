"""How much of a goal should be done by now, and the days it runs."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sync.records.model import Goal

_PERIOD = re.compile(
    r"(?P<year>\d{4})"
    r"(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?"
)


@dataclass(frozen=True, slots=True)
class Working:
    """Counts working days without walking through them."""

    off: tuple[date, ...] = ()
    """Holidays from Monday to Friday, in order."""
    made_up: tuple[date, ...] = ()
    """Saturdays and Sundays on which people work, in order."""

    @classmethod
    def of(cls, holidays: Iterable[date], workdays: Iterable[date]) -> "Working":
        """Sort days into those that change what a week has; a workday outranks."""
        worked = set(workdays)
        off = sorted(d for d in {*holidays} - worked if d.weekday() < _SATURDAY)
        return cls(
            tuple(off), tuple(sorted(d for d in worked if d.weekday() >= _SATURDAY))
        )

    def between(self, first: date, last: date) -> int:
        """Count the working days after ``first``, up to and with ``last``.

        >>> Working().between(date(2026, 7, 3), date(2026, 7, 6))  # Friday to Monday
        1
        """
        return self._up_to(last) - self._up_to(first)

    def _up_to(self, day: date) -> int:
        # 0001-01-01, ordinal 1, is a Monday.
        weeks, rest = divmod(day.toordinal(), 7)
        plain = weeks * _SATURDAY + min(rest, _SATURDAY)
        return plain - bisect_right(self.off, day) + bisect_right(self.made_up, day)


_SATURDAY = 5
"""As `date.weekday` counts; also the days of a working week."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days a goal runs; either end may be unknown."""

    start: date | None
    due: date | None
    """The last day on which it is in time."""
    due_is_period: bool = False
    """Whether the last day is that of the period, for want of a due date."""
    working: Working | None = None
    """Which days count; ``None``: all of them."""

    @property
    def days(self) -> int | None:
        """Days from start to due; ``None`` when one is unknown or they contradict."""
        if self.start is None or self.due is None or self.start > self.due:
            return None
        return (self.due - self.start).days

    def expected(self, today: date) -> float | None:
        """Give the share of the days that has passed: 0 on the first, 1 on the last.

        Returns:
            0–1, rounded to nine decimals, or ``None`` without a usable window. A goal
            of a single day is expected whole from that day on.

        With a working calendar: working days after the first up to today, of those up
        to the last. A window without any is judged by all its days.

        Source:
            Linear plan, day 1 = 0 % and last day = 100 %, as Ally does.

        >>> Window(date(2026, 1, 1), date(2026, 1, 11)).expected(date(2026, 1, 4))
        0.3
        """
        if self.days is None or self.start is None:
            return None
        elapsed = (today - self.start).days
        if self.days == 0:
            return float(elapsed >= 0)
        if self.working and self.due:
            whole = self.working.between(self.start, self.due)
            if whole:
                done = self.working.between(self.start, today)
                return round(min(max(done / whole, 0.0), 1.0), 9)
        return round(min(max(elapsed / self.days, 0.0), 1.0), 9)


def window_of(
    goal: Goal, fiscal_year_starts: int = 1, working: Working | None = None
) -> Window:
    """Tell which days a goal runs: its own dates, else those of its period.

    Args:
        goal: The goal.
        fiscal_year_starts: The month in which Q1 begins, 1–12.
        working: Which days count; ``None``: all of them.

    Returns:
        A window; a period that begins after the due date does not count as a start.
    """
    period = period_days(goal.review_cycle, fiscal_year_starts)
    first, last = period or (None, None)
    # A due cell that could not be read is a finding; the period must not stand in for
    # a date that somebody did write.
    due = goal.due_on if goal.due_on or goal.due_text else last
    start = goal.start_on
    if start is None and first and (due is None or first <= due):
        start = first
    by_period = due is not None and goal.due_on is None
    return Window(start, due, due_is_period=by_period, working=working)


def period_days(cycle: str, fiscal_year_starts: int = 1) -> tuple[date, date] | None:
    """Give the first and last day of a normalised period.

    Years, halves and quarters are fiscal, months are calendar. A fiscal year is named
    after the calendar year in which it begins.

    >>> period_days("2026Q3")
    (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))
    """
    found = _PERIOD.fullmatch(cycle)
    if not found or not 1 <= int(found["year"]) < 9998:  # noqa: PLR2004 - datetime's end
        return None
    year = int(found["year"])
    if found["month"]:
        return _months(year, int(found["month"]) - 1, 1)
    shift = fiscal_year_starts - 1
    if found["quarter"]:
        return _months(year, shift + 3 * (int(found["quarter"]) - 1), 3)
    if found["half"]:
        return _months(year, shift + 6 * (int(found["half"]) - 1), 6)
    return _months(year, shift, 12)


def _months(year: int, after: int, length: int) -> tuple[date, date]:
    """Give the days of ``length`` months, the first ``after`` January of ``year``."""
    end = after + length
    first = date(year + after // 12, after % 12 + 1, 1)
    return first, date(year + end // 12, end % 12 + 1, 1) - timedelta(days=1)
