"""How much of a goal should be done by now, and the days it runs."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from sync.records.model import Goal
from sync.records.values.periods import span_of
from sync.records.values.spans import Span
from sync.wording import Text


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


class Curve(Protocol):
    """How the work on a goal is spread over its days."""

    @property
    def name(self) -> Text:
        """What it is called in a sentence, as in ``按月度目标``."""

    def share(self, time: float, *, day: date, window: "Window") -> float:
        """Give the share of the work that should be done.

        Args:
            time: Share of the counted days that has passed, 0–1.
            day: The day asked about, the owner's last one at most.
            window: The days the work is spread over; it has a start and a later end.
        """


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
    away: tuple[Span, ...] = ()
    """Leave of its owner, which counts neither way; see `sync.assess.presence`."""
    until: date | None = None
    """The owner's last day on it, when that is before the due date."""
    from_own_start: bool = False
    """Whether the start is the owner's, who joined or moved after the goal's."""
    curve: Curve | None = None
    """How the work is spread over the days; ``None``: evenly."""

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
        to the last. Days of leave are left out of both. A window without any day left
        is judged by all its days. Nothing is added after the owner's last day.

        Source:
            Linear plan, day 1 = 0 % and last day = 100 %, as Ally does.

        >>> Window(date(2026, 1, 1), date(2026, 1, 11)).expected(date(2026, 1, 4))
        0.3
        """
        start, due, days = self.start, self.due, self.days
        if days is None or start is None or due is None:
            return None
        if days == 0:
            return float(today >= start)
        day = min(today, self.until) if self.until else today
        elapsed, whole = (day - start).days, days
        if self.working or self.away:
            counted = self._counted(start, due)
            if counted > 0:
                elapsed, whole = self._counted(start, day), counted
        share = min(max(elapsed / whole, 0.0), 1.0)
        if self.curve:
            share = self.curve.share(share, day=day, window=self)
        return round(min(max(share, 0.0), 1.0), 9)

    def open_days(self, first: date, last: date) -> int:
        """Count the days from the first to the last, both inclusive, that count at all."""
        return self._between(first - timedelta(days=1), last) if first <= last else 0

    def days_there(self, first: date, last: date) -> int:
        """Count those of them on which the owner is there."""
        return self._counted(first - timedelta(days=1), last)

    def _counted(self, first: date, last: date) -> int:
        """Count the days after ``first`` up to ``last`` on which work could be done."""
        if last <= first:
            return 0
        days = self._between(first, last)
        for span in self.away:
            begin = max(span.first - timedelta(days=1), first)
            end = min(span.last, last)
            if begin < end:
                days -= self._between(begin, end)
        return days

    def _between(self, first: date, last: date) -> int:
        return (
            self.working.between(first, last) if self.working else (last - first).days
        )


NO_DAYS = Window(None, None)
_shared = lru_cache(maxsize=4096)(Window)
"""Most goals of a workbook run the same days."""


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
    return _shared(start, due, by_period, working)


@lru_cache(maxsize=1024)
def period_days(cycle: str, fiscal_year_starts: int = 1) -> tuple[date, date] | None:
    """Give the first and last day of a normalised period; ``None`` for other text.

    Years, halves and quarters are fiscal, months are calendar. A fiscal year is named
    after the calendar year in which it ends, as everywhere else.

    >>> period_days("2026Q3")
    (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))
    """
    # The days before and after must exist as well.
    if not "0001" < cycle[:4] < "9998":
        return None
    span = span_of(cycle, fiscal_year_starts)
    return (span.first, span.last) if span else None
