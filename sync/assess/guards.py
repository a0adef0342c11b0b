"""KPI pairs: a figure that must not be reached at the cost of another."""

from collections.abc import Iterable, Sequence

from sync.assess.model import GoalAssessment
from sync.assess.process import Strain
from sync.records.model import Goal, Status
from sync.smart.relevant import name_of

_WELL = frozenset({Status.ACHIEVED, Status.AHEAD, Status.ON_TRACK})
_BADLY = frozenset({Status.AT_RISK, Status.BEHIND, Status.OVERDUE})


def strains_of(goals: Sequence[GoalAssessment]) -> tuple[Strain, ...]:
    """Find goals that go well while the one that guards them does not.

    A guard is found by its number, title or metric: among the owner's own goals first,
    else where just one goal of the workbook has that name.

    Args:
        goals: All goals, judged.

    Returns:
        In the order of the goals.

    Source:
        A count of repairs made technicians choose the easy ones, a satisfaction score
        made them agree to everything: each volume needs a measure of its quality.
    """
    asked = [one for one in goals if one.goal.guard and one.status in _WELL]
    if not asked:
        return ()
    named: dict[str, list[GoalAssessment]] = {}
    for one in goals:
        for name in _names(one.goal):
            named.setdefault(name, []).append(one)
    found = []
    for one in asked:
        guard = _guard_of(one, named.get(name_of(one.goal.guard), ()))
        if guard and guard.status in _BADLY:
            found.append(
                Strain(
                    goal=one.goal,
                    guard=guard.goal,
                    status=one.status,
                    guard_status=guard.status,
                )
            )
    return tuple(found)


def _guard_of(
    one: GoalAssessment, named: Iterable[GoalAssessment]
) -> GoalAssessment | None:
    others = [other for other in named if other is not one]
    own = [o for o in others if o.goal.person_key == one.goal.person_key]
    for candidates in (own, others):
        if len(candidates) == 1:
            return candidates[0]
    return None


def _names(goal: Goal) -> set[str]:
    return {name_of(text) for text in (goal.goal_id, goal.title, goal.metric)} - {""}
