"""How the work on a goal is spread over its days: by months, by milestones, by shape."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from sync.assess.expected import Curve, Window, period_days
from sync.assess.presence import back_from
from sync.assess.words import plain, words
from sync.config.model import Followup
from sync.records.model import Direction, Goal
from sync.records.values.milestones import Milestone
from sync.records.values.planned import PlannedPart
from sync.wording import Text

_S_CURVE = Text("按 S 曲线", "on an S-curve")
_FRONT = Text("按前紧后松", "front-loaded")
_MONTHS = Text("按月度目标", "by monthly targets")
_QUARTERS = Text("按季度目标", "by quarterly targets")
_BY_DAY = Text("按每日目标", "by daily targets")
_LAST_YEAR = Text("按去年同期节奏", "at last year's rhythm")
_SEASON = Text("按季节规律", "by season")
_MILESTONES = Text("按里程碑", "by milestones")

_ISO_DAY = len("2026-07-01")
CLOSING_DAYS = 45
"""A month, and two weeks until its results are in."""
_HALF_WAY = 0.5146
"""log 0.7 / log 0.5: seventy percent is done at half time."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A curve over the share of time alone."""

    name: Text = field(hash=False)
    of: Callable[[float], float]

    def share(self, time: float, *, day: date, window: Window) -> float:  # noqa: ARG002
        """Give the share of the work by the share of time; see `Curve`."""
        return self.of(time)


S_CURVE = Shape(_S_CURVE, lambda t: t * t * (3 - 2 * t))
"""3t² − 2t³: slow, fast, slow, half the work at half the time (Cioffi 2004 has the same
shape with a free steepness)."""
FRONT_LOADED = Shape(_FRONT, lambda t: t**_HALF_WAY)
"""The 50/70 rule of project plans: 70 % of the work at half the time."""


class Part(NamedTuple):
    """What one month, quarter or day is to bring."""

    first: date
    last: date
    """Both inclusive."""
    amount: float


@dataclass(frozen=True, slots=True)
class Parts:
    """Amounts of months, quarters or days, each spread evenly over its days."""

    name: Text = field(hash=False)
    parts: tuple[Part, ...]
    """In order, none beyond the window."""
    sums: tuple[float, ...] = field(init=False, repr=False, hash=False, compare=False)

    def __post_init__(self) -> None:
        sums = tuple(accumulate((it.amount for it in self.parts), initial=0.0))
        object.__setattr__(self, "sums", sums)

    @classmethod
    def over(cls, name: Text, parts: Iterable[Part], window: Window) -> "Parts":
        """Take of each part what belongs to the days on which the owner is there.

        A month half of which is leave brings half of what it was to bring: as on a
        straight line, days of leave count neither way, and the rest of the plan is
        still to lead to the target.

        Args:
            name: What the plan is called.
            parts: In order.
            window: The days; parts may begin before them and end after them.
        """
        assert window.start
        assert window.due
        found = []
        for first, last, amount in parts:
            days = _counting(window, first, last)
            begin, end = max(first, window.start), min(last, window.due)
            there = days.days_there(begin, end) / days.open_days(first, last)
            found.append(Part(begin, end, amount * there))
        return cls(name, tuple(found))

    def share(self, time: float, *, day: date, window: Window) -> float:
        """Give Σ parts that have passed + the days of the one that runs / Σ all parts.

        So by the end of January just January's part is expected, and on the first day
        that day's own.
        """
        whole = self.sums[-1]
        if whole <= 0:
            return time
        n = bisect_right(self.parts, day, key=lambda it: it.last)
        done = self.sums[n]
        for first, last, amount in self.parts[n : n + 1]:
            days = _counting(window, first, last)
            if amount and day >= first:
                done += (
                    amount * days.days_there(first, day) / days.days_there(first, last)
                )
        return done / whole


def _counting(window: Window, first: date, last: date) -> Window:
    """Count every day of a part that consists of days off, as shops' Saturdays are."""
    return window if window.open_days(first, last) else replace(window, working=None)


@dataclass(frozen=True, slots=True)
class Steps:
    """Milestones: their shares, all at once on their days."""

    name: Text = field(hash=False)
    milestones: tuple[Milestone, ...]

    def share(self, time: float, *, day: date, window: Window) -> float:  # noqa: ARG002
        """Give Σ shares of the milestones due by the day; see `Curve`.

        One that is due during leave is expected on the first day back, but not after
        the goal itself is due.

        Source:
            Σ weights of milestones due so far, as in the OKR scoring guides.
        """
        due = window.due or date.max
        return sum(
            one.share
            for one in self.milestones
            if one.due_on <= day
            and (day >= due or back_from(window.away, one.due_on) <= day)
        )


def curve_of(
    goal: Goal, window: Window, options: Followup, fiscal_year_starts: int = 1
) -> Curve | None:
    """Choose how a goal's work is spread: by its own columns, its word, the office.

    In this order: targets by month or quarter; milestones that have shares, or that are
    all there is to measure; last year's months; the row's word for its curve; the
    office's curve. A row's word outranks last year's months.

    Args:
        goal: The goal.
        window: Its days.
        options: The office's curve and season.
        fiscal_year_starts: The month in which Q1 begins, 1–12.

    Returns:
        ``None`` for a linear plan.
    """
    if window.days is None:
        return None
    word = _kind(goal.curve)
    parts = _by_parts(goal, word, _Days(window, fiscal_year_starts), options)
    if parts or word == "linear":
        return parts
    shapes = {"s-curve": S_CURVE, "front-loaded": FRONT_LOADED}
    return shapes.get(word or options.curve)


def counted_until(
    goal: Goal, window: Window, today: date, fiscal_year_starts: int = 1
) -> date:
    """Tell up to which day a goal's figure counts, which is what it is compared with.

    Results that come by the month are complete up to the last one entered: on the 20th
    nobody has this month's yet. That holds for as long as closing a month may take.

    Args:
        goal: The goal.
        window: Its days.
        today: The day judged.
        fiscal_year_starts: The month in which Q1 begins, 1–12.
    """
    if not goal.results_until or window.days is None:
        return today
    parts = (PlannedPart(goal.results_until, 0.0),)
    placed = _Days(window, fiscal_year_starts).of(parts)
    ends = [it.last for it in placed if it.last <= today]
    if ends and (today - ends[-1]).days <= CLOSING_DAYS:
        return ends[-1]
    return today


def _by_parts(goal: Goal, word: str, days: "_Days", options: Followup) -> Curve | None:
    """Find the months, quarters, days or milestones that the work is spread over."""
    if goal.planned and (parts := days.of(goal.planned)):
        return Parts.over(_name(goal.planned), parts, days.window)
    if goal.milestones and _is_by_milestones(goal):
        return Steps(_MILESTONES, goal.milestones)
    if word not in {"", "seasonal"}:
        return None
    if goal.last_year and (parts := days.of(_every_year(goal.last_year))):
        return Parts.over(_LAST_YEAR, parts, days.window)
    if word and options.season:
        months = [f"{n:02}" for n in range(1, 13)]
        season = tuple(map(PlannedPart, months, options.season))
        return Parts.over(_SEASON, days.of(season), days.window)
    return None


def _name(planned: Sequence[PlannedPart]) -> Text:
    if any("Q" in part.period for part in planned):
        return _QUARTERS
    return _BY_DAY if len(planned[0].period) == _ISO_DAY else _MONTHS


def _is_by_milestones(goal: Goal) -> bool:
    if goal.milestones_are_shares or goal.direction is Direction.MILESTONE:
        return True
    return goal.target is None or goal.target.value is None


@cache
def _words() -> dict[str, str]:
    return {
        word: kind
        for kind in ("linear", "s-curve", "front-loaded", "seasonal")
        for word in words(kind)
    }


def _kind(text: str) -> str:
    """Tell which curve a cell means; empty when it names none."""
    return _words().get(plain(text), "") if text else ""


def _every_year(parts: Sequence[PlannedPart]) -> tuple[PlannedPart, ...]:
    """Take the year off last year's months: they are this year's rhythm."""
    return tuple(
        PlannedPart(part.period.rpartition("-")[2], part.amount) for part in parts
    )


@dataclass(frozen=True, slots=True)
class _Days:
    """Finds the days that months, quarters and days without a year are, in a window."""

    window: Window
    fiscal_year_starts: int

    def of(self, parts: Sequence[PlannedPart]) -> tuple[Part, ...]:
        """Give every part the days it has within the years of the window, in order."""
        start, due = self.window.start, self.window.due
        assert start
        assert due
        found = []
        for part in parts:
            for cycle in _cycles(part.period, start, due):
                days = self._of(cycle)
                if days and days[1] >= start and days[0] <= due:
                    found.append(Part(*days, part.amount))
        return tuple(sorted(found))

    def _of(self, cycle: str) -> tuple[date, date] | None:
        if len(cycle) == _ISO_DAY:
            day = date.fromisoformat(cycle)
            return day, day
        return period_days(cycle, self.fiscal_year_starts)


def _cycles(period: str, start: date, due: date) -> list[str]:
    """Write a month or quarter with each year that it may be of."""
    if period[:4].isdigit() and len(period) > 4:  # noqa: PLR2004 - a year
        return [period]
    join = "" if period[:1] in {"Q", "H"} else "-"
    # A fiscal year may begin in one calendar year and give its name to another.
    return [f"{year}{join}{period}" for year in range(start.year - 1, due.year + 2)]
