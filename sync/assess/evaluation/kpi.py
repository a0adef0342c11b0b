"""The score of one KPI, by the rule the office has chosen."""

from collections.abc import Sequence
from itertools import pairwise

from sync.assess.amounts import comparable
from sync.assess.model import GoalAssessment
from sync.assess.progress import REACHED, direction_of
from sync.config.model import Evaluation
from sync.records.model import Direction, Goal, Status

FULL = 100.0
FIVE_POINTS_CAP = 120.0
"""As the rule itself says; no other rule has a cap of its own."""


def score_goal(judged: GoalAssessment, options: Evaluation) -> float | None:
    """Score one goal in points, 100 being on target.

    Yes-no goals get all or nothing, milestones their share; what is best at its target
    can never be over it. The other rules need figures: where the chosen one lacks its
    own, the attainment counts linearly.

    Returns:
        ``None`` for a closed goal and for one without any value: never zero.
    """
    done = judged.progress_raw
    if judged.status is Status.CLOSED or done is None:
        return None
    goal, way = judged.goal, direction_of(judged.goal)
    if way is Direction.YES_NO:
        return FULL if done >= REACHED else 0.0
    if way is Direction.MILESTONE:
        return linear(done, cap=1.0)
    by_rule: float | None = None
    if options.kpi_rule == "five-points":
        by_rule = _five_points(goal, way)
    elif options.kpi_rule == "grades":
        by_rule = by_grades(done, options.kpi_grades) / 4 * FULL
    elif options.kpi_rule == "range":
        by_rule = _between(goal)
    if by_rule is not None:
        return by_rule
    cap = 1.0 if way is Direction.TARGET_IS_BEST else options.kpi_cap
    return linear(done, cap=cap)


def linear(attainment: float, *, cap: float) -> float:
    """Score linearly: points = 100 × attainment, not below 0, not above 100 × cap.

    Args:
        attainment: Share of the way done, 1 on target.
        cap: The highest share that counts: without it one KPI at 400 % hides three at
            0 %.
    """
    return FULL * min(max(attainment, 0.0), cap)


def five_points(deviation: float) -> float:
    """Score by the ±5-points rule: 100 + 5 for each 5 % better, from 0 to 120.

    Linear in between.

    Args:
        deviation: Share by which the value is better than the target; negative when it
            is worse.

    Source:
        绩效指标评分规则 of a state-owned car maker (iklangarut.com/html/2021/0709).
    """
    return min(max(FULL + FULL * deviation, 0.0), FIVE_POINTS_CAP)


def by_grades(attainment: float, thresholds: Sequence[float]) -> float:
    """Score by four grades: A 4, B 3, C 2, D 1, linear between neighbours.

    Args:
        attainment: Share of the way done.
        thresholds: Where D, C, B and A begin, rising.

    Returns:
        0 below D, 4 from A on.

    Source:
        Four-grade KPI interpolation (manyoumao.com 374953; m.wenke99.com p-10047239).
    """
    if attainment < thresholds[0]:
        return 0.0
    for grade, (low, high) in enumerate(pairwise(thresholds), 1):
        if attainment < high:
            return grade + (attainment - low) / (high - low)
    return float(len(thresholds))


def between(actual: float, *, worst: float, best: float) -> float:
    """Normalise between the worst and the best case: (worst − actual)/(worst − best).

    Works for both directions; the actual value is clamped, so that an outlier does not
    dominate.

    Args:
        actual: In the unit of the other two.
        worst: Scores 0.
        best: Scores 1; must differ from ``worst``.

    Source:
        NICE inContact scorecard calculations.
    """
    low, high = min(worst, best), max(worst, best)
    return (worst - min(max(actual, low), high)) / (worst - best)


def _five_points(goal: Goal, way: Direction) -> float | None:
    """Score by the ±5-points rule; a lower-is-better KPI mirrored."""
    if goal.target is None or goal.current is None:
        return None
    values = comparable((goal.target, goal.current))
    if values is None or not values[0]:
        return None
    target, actual = values
    deviation = (actual - target) / abs(target)
    if way is Direction.LOWER:
        deviation = -deviation
    if way is Direction.TARGET_IS_BEST:
        far = goal.target.upper if goal.target.upper is not None else target
        low, high = min(target, far), max(target, far)
        deviation = -max(low - actual, actual - high, 0.0) / abs(target)
    # 0.1 + 0.2 has to score as 0.3 does.
    return round(five_points(deviation), 9)


def _between(goal: Goal) -> float | None:
    """Score between the baseline, as the worst case, and the target, as the best."""
    if goal.baseline is None or goal.target is None or goal.current is None:
        return None
    values = comparable((goal.baseline, goal.target, goal.current))
    if values is None or values[0] == values[1]:
        return None
    worst, best, actual = values
    return FULL * between(actual, worst=worst, best=best)
