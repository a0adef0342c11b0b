"""How much of a whole each person's goals weigh, period by period."""

from collections import defaultdict
from collections.abc import Iterable

from sync.assess.model import GoalAssessment
from sync.records.model import Status


def weight_sums(goals: Iterable[GoalAssessment]) -> list[tuple[str, float]]:
    """Add the weights up per period, in the order the periods come.

    A period without a single weight is left out: nothing written is not 0 %. Closed
    goals do not count.
    """
    sums: defaultdict[str, float] = defaultdict(float)
    for one in goals:
        if one.goal.weight is not None and one.status is not Status.CLOSED:
            sums[one.goal.review_cycle] += one.goal.weight
    return list(sums.items())
