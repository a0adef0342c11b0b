"""Teams, departments and the goals at the top, each rolled up from the goals below."""

from collections.abc import Iterable, Mapping, Sequence

from sync.assess.model import GoalAssessment, PersonAssessment, TeamAssessment
from sync.assess.process import Alignment, Carried, RollUp, RollUpKind
from sync.assess.rollup import Weighed, progress_of, weighed, worst_weighted


def rollups_of(
    people: Sequence[PersonAssessment],
    teams: Iterable[TeamAssessment],
    alignment: Alignment | None,
    judged: Mapping[int, GoalAssessment],
) -> tuple[RollUp, ...]:
    """Roll up everything that is more than one person.

    In a team or department every person counts the same, and within a person the
    goals by their weight: somebody with twelve goals is no more of the team than
    somebody with three. Of the goals that support one, each person's part counts the
    same likewise. People without a goal still followed are left out, and so are
    departments and teams in which nobody has one.

    Args:
        people: Everybody, judged.
        teams: Who reports to whom; those without a manager are no team.
        alignment: Which goal supports which.
        judged: `id` of each goal that the alignment speaks of → the same, judged.

    Returns:
        The goals that others support, the departments by name, the teams in order.

    Source:
        Weighted mean with its coverage beside it, and the worst status that a fifth of
        the weight bears: worst-wins paints every wide tree red.
    """
    carried = alignment.carried if alignment else ()
    found = [_of_goal(one, judged) for one in carried]
    departments: dict[str, list[PersonAssessment]] = {}
    for one in people:
        if name := " ".join(one.person.department.split()):
            departments.setdefault(name, []).append(one)
    found += [
        _of_people("department", name, departments[name])
        for name in sorted(departments)
        if len(departments) > 1
    ]
    found += [
        _of_people("team", team.manager.name or team.manager.key, team.people)
        for team in teams
        if team.manager is not None
    ]
    return tuple(one for one in found if one.n)


def _of_people(
    kind: RollUpKind, name: str, people: Iterable[PersonAssessment]
) -> RollUp:
    parts = [part for one in people if (part := weighed(one.goals))]
    return _rolled(kind, name, parts)


def _of_goal(carried: Carried, judged: Mapping[int, GoalAssessment]) -> RollUp:
    """Roll up what supports one goal, each owner's part alike."""
    owners: dict[str, list[GoalAssessment]] = {}
    for goal in carried.by:
        owner = goal.person_key or goal.employee or goal.key
        owners.setdefault(owner, []).append(judged[id(goal)])
    parts = [part for goals in owners.values() if (part := weighed(goals))]
    title = carried.goal.title or carried.goal.metric or carried.goal.goal_id
    return _rolled("goal", title, parts, judged[id(carried.goal)])


def _rolled(
    kind: RollUpKind,
    name: str,
    parts: Sequence[Sequence[Weighed]],
    top: GoalAssessment | None = None,
) -> RollUp:
    """Roll up several people's goals, each person counting the same."""
    alike = [(share / len(parts), goal) for part in parts for share, goal in part]
    progress, coverage = progress_of(alike)
    return RollUp(
        kind=kind,
        name=name,
        n=len(alike),
        n_people=len(parts),
        progress=progress,
        coverage=coverage,
        status=worst_weighted(alike),
        goal=top.goal if top else None,
        own_status=top.status if top else None,
    )
