"""Which letters a run writes: the week's, the month's, or those at a period's end."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, NamedTuple

from sync.assess.expected import period_days
from sync.assess.model import GoalAssessment
from sync.records.model import Status

Rhythm = Literal["calendar", "weekly", "monthly"]
_A_WEEK = 7


class Variant(StrEnum):
    """What a letter looks back on."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    """The week's, and what moved in a month."""
    CLOSING = "closing"
    """How every goal of a period ended."""


class Cycle(NamedTuple):
    """A period of goals that is over."""

    name: str
    """As `Goal.review_cycle`; empty where the goals name none."""
    last: date


class Turn(NamedTuple):
    """Whose turn it is on a day."""

    variant: Variant
    period: str
    """What a letter's key bears; the same is told once in it."""
    cycle: Cycle | None = None
    """What a closing letter is about."""
    asked: bool = False
    """Whether the user asked for it, so that others of the period do not stand in."""

    @property
    def once(self) -> bool:
        """Whether a reader gets a single letter in the period, whatever happens."""
        return len(self.period) == len("2026-11") and not self.asked


def turn_of(
    goals: Sequence[GoalAssessment],
    rhythm: Rhythm,
    today: date,
    *,
    asked: Variant | None = None,
    fiscal_year_starts: int = 1,
) -> Turn:
    """Decide by the day which letters are written.

    Args:
        goals: All that were judged; they tell when their period is over.
        rhythm: ``weekly`` and ``monthly`` say it themselves. ``calendar``: in the week
            of a month's first Monday, letters look back on the month before. Once the
            period of every goal is over they say how it ended, unless ``weekly``.
        today: The day letters are about.
        asked: What the user asked for instead.
        fiscal_year_starts: The month in which Q1 begins.
    """
    over = _over(goals, today, fiscal_year_starts)
    week = f"{today:%G-W%V}"
    if asked is Variant.CLOSING:
        cycle = over or _latest(goals, today, fiscal_year_starts)
        return Turn(asked, cycle.last.isoformat(), cycle, asked=True)
    if asked:
        return Turn(asked, week, asked=True)
    if over and rhythm != "weekly" and not _goes_on(goals, over, fiscal_year_starts):
        return Turn(Variant.CLOSING, over.last.isoformat(), over)
    if rhythm == "monthly":
        return Turn(Variant.MONTHLY, f"{today:%Y-%m}")
    monday = today - timedelta(days=today.weekday())
    looks_back = any(one.month_ago for one in goals)
    if rhythm == "calendar" and monday.day <= _A_WEEK and looks_back:
        return Turn(Variant.MONTHLY, week)
    return Turn(Variant.WEEKLY, week)


def of_cycle(goal: GoalAssessment, cycle: Cycle) -> bool:
    """Whether a goal is one of a period's; where none is named, all of them are."""
    return not cycle.name or goal.goal.review_cycle == cycle.name


def _over(goals: Iterable[GoalAssessment], today: date, starts: int) -> Cycle | None:
    """Give the latest period that is over."""
    ends = [
        Cycle(name, days[1])
        for name in {one.goal.review_cycle for one in goals}
        if (days := period_days(name, starts)) and days[1] < today
    ]
    return max(ends, key=lambda one: (one.last, one.name), default=None)


def _goes_on(goals: Iterable[GoalAssessment], over: Cycle, starts: int) -> bool:
    """Whether any goal runs longer than the period that is over.

    Only what the sheet says outright closes a period: people whose goals name neither
    a period nor a day go on being written to by the week.
    """
    for one in goals:
        days = period_days(one.goal.review_cycle, starts)
        ends = [day for day in (days and days[1], one.goal.due_on) if day]
        if one.status is not Status.CLOSED and max(ends, default=date.max) > over.last:
            return True
    return False


def _latest(goals: Iterable[GoalAssessment], today: date, starts: int) -> Cycle:
    """Give the period that most goals are of, for one who closes it early."""
    named = Counter(
        one.goal.review_cycle
        for one in goals
        if period_days(one.goal.review_cycle, starts)
    )
    if not named:
        return Cycle("", today)
    ((name, _),) = named.most_common(1)
    days = period_days(name, starts)
    return Cycle(name, days[1] if days else today)
