"""How the work on a goal is spread over its days: by months, by milestones, by shape."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from sync.assess.expected import Curve, Window, period_days
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
_LAST_YEAR = Text("按去年同期节奏", "at last year's rhythm")
_SEASON = Text("按季节规律", "by season")
_MILESTONES = Text("按里程碑", "by milestones")

CLOSING_DAYS = 45
"""A month, and two weeks until its results are in."""
_HALF_WAY = 0.5146
"""log 0.7 / log 0.5: seventy percent is done at half time."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A curve over the share of time alone."""

    name: Text = field(hash=False)
    of: Callable[[float], float]

    def share(self, time: float, *, day: date, start: date, due: date) -> float:  # noqa: ARG002
        """Give the share of the work by the share of time; see `Curve`."""
        return self.of(time)


S_CURVE = Shape(_S_CURVE, lambda t: t * t * (3 - 2 * t))
"""3t² − 2t³: slow, fast, slow, half the work at half the time (Cioffi 2004 has the same
shape with a free steepness)."""
FRONT_LOADED = Shape(_FRONT, lambda t: t**_HALF_WAY)
"""The 50/70 rule of project plans: 70 % of the work at half the time."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Amounts of months or quarters, each spread evenly over its days."""

    name: Text = field(hash=False)
    spans: tuple[tuple[date, date, float], ...]
    """First and last day, and amount, in order."""

    def share(self, time: float, *, day: date, start: date, due: date) -> float:
        """Give (F(day) − F(before the start)) / (F(due) − F(before the start)).

        F is what the parts add up to by the end of a day. So by the end of January just
        January's part is expected, and on the first day that day's own.
        """
        before = self._by(start - timedelta(days=1))
        whole = self._by(due) - before
        return (self._by(day) - before) / whole if whole > 0 else time

    def _by(self, day: date) -> float:
        total = 0.0
        for first, last, amount in self.spans:
            if day >= last:
                total += amount
            elif day >= first:
                total += amount * ((day - first).days + 1) / ((last - first).days + 1)
        return total


@dataclass(frozen=True, slots=True)
class Steps:
    """Milestones: their shares, all at once on their days."""

    name: Text = field(hash=False)
    milestones: tuple[Milestone, ...]

    def share(self, time: float, *, day: date, start: date, due: date) -> float:  # noqa: ARG002
        """Give Σ shares of the milestones due by the day; see `Curve`.

        Source:
            Σ weights of milestones due so far, as in the OKR scoring guides.
        """
        return sum(one.share for one in self.milestones if one.due_on <= day)


def curve_of(goal: Goal, window: Window, options: Followup) -> Curve | None:
    """Choose how a goal's work is spread: by its own columns, its word, the office.

    In this order: targets by month or quarter; milestones that have shares, or that are
    all there is to measure; last year's months; the row's word for its curve; the
    office's curve. A row's word outranks last year's months.

    Returns:
        ``None`` for a linear plan.
    """
    if window.days is None:
        return None
    word = _kind(goal.curve)
    parts = _by_parts(goal, word, window, options)
    if parts or word == "linear":
        return parts
    shapes = {"s-curve": S_CURVE, "front-loaded": FRONT_LOADED}
    return shapes.get(word or options.curve)


def counted_until(goal: Goal, window: Window, today: date) -> date:
    """Tell up to which day a goal's figure counts, which is what it is compared with.

    Results that come by the month are complete up to the last one entered: on the 20th
    nobody has this month's yet. That holds for as long as closing a month may take.

    Args:
        goal: The goal.
        window: Its days.
        today: The day judged.
    """
    if not goal.results_until or window.days is None:
        return today
    parts = (PlannedPart(goal.results_until, 0.0),)
    ends = [last for _, last, _ in _placed(parts, window) if last <= today]
    if ends and (today - ends[-1]).days <= CLOSING_DAYS:
        return ends[-1]
    return today


def _by_parts(goal: Goal, word: str, window: Window, options: Followup) -> Curve | None:
    """Find the months, quarters or milestones that the work is spread over."""
    quarters = any("Q" in part.period for part in goal.planned)
    own = _QUARTERS if quarters else _MONTHS
    if spans := _placed(goal.planned, window):
        return Parts(own, spans)
    if goal.milestones and _is_by_milestones(goal):
        return Steps(_MILESTONES, goal.milestones)
    if word not in {"", "seasonal"}:
        return None
    if spans := _placed(_every_year(goal.last_year), window):
        return Parts(_LAST_YEAR, spans)
    if word and options.season:
        months = [f"{n:02}" for n in range(1, 13)]
        season = tuple(map(PlannedPart, months, options.season))
        return Parts(_SEASON, _placed(season, window))
    return None


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


def _placed(
    parts: Sequence[PlannedPart], window: Window
) -> tuple[tuple[date, date, float], ...]:
    """Give every part the days it has within the years of a window, in order."""
    assert window.start
    assert window.due
    found = []
    for part in parts:
        for cycle in _cycles(part.period, window.start, window.due):
            days = period_days(cycle)
            if days and days[1] >= window.start and days[0] <= window.due:
                found.append((*days, part.amount))
    return tuple(sorted(found))


def _cycles(period: str, start: date, due: date) -> list[str]:
    """Write a month or quarter with each year that it may be of."""
    if period[:4].isdigit() and len(period) > 4:  # noqa: PLR2004 - a year
        return [period]
    join = "" if period.startswith("Q") else "-"
    return [f"{year}{join}{period}" for year in range(start.year, due.year + 1)]
