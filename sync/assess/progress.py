"""How much of a goal is done: from its numbers first, from what is claimed last."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sync.assess.amounts import comparable
from sync.assess.answers import answer, count_done, same_words
from sync.assess.shown import quantity
from sync.records.model import Direction, Goal, Quantity, Status
from sync.wording import Text

How = Literal[
    "baseline", "ratio", "limit", "met", "words", "claimed", "status", "ended", "none"
]
"""Way from the baseline to the target; current / target; distance from a limit or a
band; met or not; the answer in words; the progress column; a status or an end date
that says done; nothing at all."""

NOTHING = Text("", "")
REACHED = 1 - 1e-9
"""From here on a goal is achieved: 0.1 + 0.2 has to reach 0.3."""

_FROM_TO = Text(
    "从 {base} 到 {target}，目前 {current}", "from {base} to {target}, now {current}"
)
_RATIO = Text(
    "没有基线，按当前值 {current} ÷ 目标值 {target} 计算",
    "no baseline: current {current} ÷ target {target}",
)
_BAND = Text("目前 {current}，目标 {target}", "now {current}, target {target}")
_WORDS = Text("当前值写着“{current}”", "the current value says “{current}”")
_STEPS = Text("{of} 个里程碑中完成 {n} 个", "milestones done: {n} of {of}")
_CLAIMED = Text("按填报的进度", "as the progress column claims")
_STATUS = Text(
    "状态填报为已完成，没有数字可核对",
    "the status says done; there is no number to check it",
)
_ENDED = Text("实际完成日期 {day}", "ended on {day}")


@dataclass(frozen=True, slots=True)
class Progress:
    """The share of a goal that is done, and how it was found."""

    raw: float | None
    """0 at the baseline, 1 at the target; below 0 and above 1 are kept. Rounded to nine
    decimals, so that the unit a sheet counts in cannot tip a threshold."""
    how: How
    note: Text = NOTHING

    @property
    def clamped(self) -> float | None:
        """The same within 0–1, for display."""
        return None if self.raw is None else min(max(self.raw, 0.0), 1.0)

    @property
    def is_level(self) -> bool:
        """Whether it says how well a level is held, which no day of the plan changes."""
        return self.how == "limit"


NO_PROGRESS = Progress(None, "none")


def measure(goal: Goal, today: date) -> Progress:
    """Find a goal's progress by the best evidence its row has.

    In this order: baseline, target and current value; current against target when there
    is no baseline; an answer in words; milestones that are ticked off; the progress
    column; for lower-is-better and target-is-best, distance from the target; a status
    or an end date that says done.
    Nothing is ever counted as zero because it is missing.

    Args:
        goal: The goal.
        today: The day judged: an end date after it claims nothing.

    Source:
        Way from baseline to target, the same expression upward and downward: ServiceNow
        and BurningOKR attainment. Two minus the ratio for lower-is-better, and distance
        in units of the target for target-is-best: common KPI scoring without a baseline.
    """
    attempts = (_way, _share_of_target, _in_words, _by_steps, _column, _distance)
    for attempt in attempts:
        if (found := attempt(goal)).raw is not None:
            return found
    if goal.claimed_status is Status.ACHIEVED:
        return Progress(1.0, "status", _STATUS)
    if goal.claimed_status is None and goal.ended_on and goal.ended_on <= today:
        return Progress(1.0, "ended", _ENDED.fill(day=goal.ended_on.isoformat()))
    return NO_PROGRESS


def direction_of(goal: Goal) -> Direction:
    """Tell which way is better: as said, else by ``≤`` in the target, else higher."""
    return _said(goal) or Direction.HIGHER


def _said(goal: Goal) -> Direction | None:
    """Tell which way the sheet says is better, in a column or before the target."""
    if goal.direction is not None or goal.target is None:
        return goal.direction
    if goal.target.comparator in {"<=", "<"}:
        return Direction.LOWER
    return Direction.HIGHER if goal.target.comparator in {">=", ">"} else None


def _way(goal: Goal) -> Progress:
    """Measure (current − baseline) / (target − baseline).

    Not applicable when the baseline already meets the target, as in "keep the defect
    rate below 3 %" from 2 %: nothing has to be travelled, a level has to be held.
    """
    base, target, current = goal.baseline, goal.target, goal.current
    if base is None or target is None or current is None:
        return NO_PROGRESS
    values = comparable((base, target, current))
    if values is None:
        return NO_PROGRESS
    start, wanted, now = values
    low, high = _edges(target, wanted)
    note = _FROM_TO.fill(
        base=quantity(base), target=quantity(target), current=quantity(current)
    )
    said = _said(goal)
    if said is Direction.TARGET_IS_BEST:
        way, left = _outside(start, low, high), _outside(now, low, high)
        return _progress(1 - left / way if way else None, "baseline", note)
    downward = start > wanted if said is None else said is Direction.LOWER
    end = high if downward else low
    held = start <= end if downward else start >= end
    if held:
        return NO_PROGRESS
    return _progress((now - start) / (end - start), "baseline", note)


def _share_of_target(goal: Goal) -> Progress:
    """Measure current / target, where more is better and the target is above zero.

    Against a target of zero or less a ratio means nothing: it is met or not.
    """
    pair = _pair(goal)
    if pair is None or direction_of(goal) in {
        Direction.LOWER,
        Direction.TARGET_IS_BEST,
    }:
        return NO_PROGRESS
    target, current, wanted, now = pair
    plain = goal.baseline is None and direction_of(goal) is Direction.HIGHER
    note = (_RATIO if plain else _BAND).fill(
        target=quantity(target), current=quantity(current)
    )
    if wanted > 0:
        return _progress(now / wanted, "ratio", note)
    return _progress(float(now >= wanted), "met", note)


def _distance(goal: Goal) -> Progress:
    """Measure how far the current value is from a limit or a band, in targets.

    Lower is better: 2 − current / limit, 1 at the limit and 0 at twice the limit.
    Target is best: 1 − distance from the band / target. Zero as the target is met or not.
    """
    pair = _pair(goal)
    if pair is None:
        return NO_PROGRESS
    target, current, wanted, now = pair
    low, high = _edges(target, wanted)
    slots = {"target": quantity(target), "current": quantity(current)}
    if direction_of(goal) is Direction.LOWER:
        if high > 0:
            return _progress(2 - now / high, "limit", _BAND.fill(**slots))
        return _progress(float(now <= high), "limit", _BAND.fill(**slots))
    if direction_of(goal) is Direction.TARGET_IS_BEST:
        away, size = _outside(now, low, high), abs(low)
        share = 1 - away / size if size else float(away == 0)
        return _progress(share, "limit", _BAND.fill(**slots))
    return NO_PROGRESS


def _in_words(goal: Goal) -> Progress:
    """Read an answer in words, where no number is asked for."""
    current, target = goal.current, goal.target
    if current is None or not current.text:
        return NO_PROGRESS
    note = _WORDS.fill(current=quantity(current))
    by_words = goal.direction in {Direction.MILESTONE, Direction.YES_NO}
    if by_words and (share := count_done(current, target)) is not None:
        return _progress(share, "words", note)
    if not by_words and target is not None and target.value is not None:
        return NO_PROGRESS
    if same_words(current, target):
        return Progress(1.0, "words", note)
    said = answer(current.text)
    return NO_PROGRESS if said is None else Progress(float(said), "words", note)


def _by_steps(goal: Goal) -> Progress:
    """Add up the milestones that are said to be done, where any of them says so."""
    steps = goal.milestones
    if goal.target is not None and goal.target.value is not None:
        return NO_PROGRESS
    if not any(step.done is not None for step in steps):
        return NO_PROGRESS
    n = sum(step.done is True for step in steps)
    share = math.fsum(step.share for step in steps if step.done)
    return _progress(share, "words", _STEPS.fill(n=n, of=len(steps)))


def _column(goal: Goal) -> Progress:
    """Take the progress the sheet claims."""
    return _progress(goal.progress, "claimed", _CLAIMED)


def _pair(goal: Goal) -> tuple[Quantity, Quantity, float, float] | None:
    """Give target and current with their values in one unit, or ``None``."""
    if goal.target is None or goal.current is None:
        return None
    values = comparable((goal.target, goal.current))
    if values is None:
        return None
    wanted, now = values
    return goal.target, goal.current, wanted, now


def _edges(target: Quantity, value: float) -> tuple[float, float]:
    """Give both ends of a target, equal unless it is a range, low end first.

    Args:
        target: The target as the sheet has it.
        value: Its value as compared, which may be in another scale.
    """
    if target.upper is None or not target.value or not math.isfinite(target.upper):
        return value, value
    upper = target.upper * (value / target.value)
    return min(value, upper), max(value, upper)


def _outside(value: float, low: float, high: float) -> float:
    """Measure how far a value is from a band; 0 within it."""
    return max(low - value, value - high, 0.0)


def _progress(share: float | None, how: How, note: Text) -> Progress:
    """Keep a share only when it is a number: huge cells overflow."""
    if share is None or not math.isfinite(share):
        return NO_PROGRESS
    return Progress(round(share, 9) + 0.0, how, note)
