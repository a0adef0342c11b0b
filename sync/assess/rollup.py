"""From goals to people, teams and the organisation."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sync.assess.model import (
    Conversation,
    GoalAssessment,
    PersonAssessment,
    TeamAssessment,
)
from sync.records.model import Person, Status

RED_SHARE = 0.20
"""From this share of the weight behind or overdue on, a person is at risk."""
MOST = 0.50
"""From this share on, a status speaks for the whole."""
_ROUNDING = 1e-9
_IN_ORDER = tuple(Status)

Weighed = tuple[float, GoalAssessment]
"""A goal with its share of a whole, 0–1."""


def counted(goals: Iterable[GoalAssessment]) -> dict[Status, int]:
    """Count goals by status, in our one order, without zeros."""
    found = Counter(goal.status for goal in goals)
    return {status: found[status] for status in _IN_ORDER if status in found}


def weights_of(goals: Sequence[GoalAssessment]) -> list[float]:
    """Give each goal its share of the whole, adding up to 1.

    By weight when every goal has one; else all alike, since an invented weight would
    decide the result.

    Returns:
        One share each; all alike also when every weight is zero.
    """
    weights = [goal.goal.weight for goal in goals]
    known = [w for w in weights if w is not None and math.isfinite(w) and w >= 0]
    total = math.fsum(known)
    if len(known) < len(weights) or not 0 < total < math.inf:
        return [1 / len(weights)] * len(weights) if weights else []
    return [weight / total for weight in known]


def progress_of(weighed: Iterable[Weighed]) -> tuple[float | None, float]:
    """Average progress over the goals that have a value.

    Each goal counts at most 100 %: one at 400 % must not hide three at zero. Goals
    without a value lower the coverage, not the mean.

    Args:
        weighed: Goals with their shares of the whole.

    Returns:
        Σ weight x progress / Σ weight of those with a value, 0–1 or ``None``; and
        coverage: their share of the weight, 0–1.
    """
    scored = [
        (share, goal.progress) for share, goal in weighed if goal.progress is not None
    ]
    covered = math.fsum(share for share, _ in scored)
    if covered <= 0:
        return None, 0.0
    total = math.fsum(share * progress for share, progress in scored)
    return round(min(total / covered, 1.0), 9), round(min(covered, 1.0), 9)


def worst_weighted(weighed: Sequence[Weighed]) -> Status:
    """Roll statuses up by the weight behind them.

    Overdue or behind when at least half of the weight is; at risk when 20 % of it is
    behind or overdue, or half of it not well; no data when more than half is unknown.
    A single light goal in trouble does not paint a whole person, as worst-wins would.

    Args:
        weighed: Goals with their shares of the whole.

    Returns:
        The status; no data where there is no goal.
    """
    if not weighed:
        return Status.NO_DATA
    shares = dict.fromkeys(_IN_ORDER, 0.0)
    for share, goal in weighed:
        shares[goal.status] += share
    bad = shares[Status.BEHIND] + shares[Status.OVERDUE]
    if _at_least(bad, MOST):
        overdue = _at_least(shares[Status.OVERDUE], bad / 2)
        return Status.OVERDUE if overdue else Status.BEHIND
    if _at_least(bad, RED_SHARE) or _at_least(bad + shares[Status.AT_RISK], MOST):
        return Status.AT_RISK
    for status in (Status.ACHIEVED, Status.NOT_STARTED, Status.NO_DATA):
        if _at_least(shares[status], 1):
            return status
    if shares[Status.NO_DATA] > MOST + _ROUNDING:
        return Status.NO_DATA
    well = shares[Status.AHEAD] + shares[Status.ACHIEVED]
    return Status.AHEAD if not bad and _at_least(well, MOST) else Status.ON_TRACK


def weighed(goals: Sequence[GoalAssessment]) -> list[Weighed]:
    """Give the goals still followed their shares of one person's whole."""
    followed = [goal for goal in goals if goal.status is not Status.CLOSED]
    return list(zip(weights_of(followed), followed, strict=True))


def roll_up(
    people: Iterable[Person], goals: Iterable[GoalAssessment]
) -> tuple[PersonAssessment, ...]:
    """Judge every person, in the order of the people; some may have no goals."""
    mine: dict[str, list[GoalAssessment]] = {}
    for goal in goals:
        if goal.goal.person_key is not None:
            mine.setdefault(goal.goal.person_key, []).append(goal)
    return tuple(_person(person, tuple(mine.get(person.key, ()))) for person in people)


def teams_of(
    people: Sequence[PersonAssessment], conversations: Sequence[Conversation]
) -> tuple[TeamAssessment, ...]:
    """Gather people under their managers, in the order managers are first named.

    Returns:
        One team for each manager who has reports; last, when there are any, those whose
        manager is not known.
    """
    known: Mapping[str, Person] = {one.person.key: one.person for one in people}
    teams: dict[str | None, list[PersonAssessment]] = {}
    for one in people:
        key = one.person.manager_key
        own = key in known and key != one.person.key
        teams.setdefault(key if own else None, []).append(one)
    order = sorted(teams, key=lambda key: key is None)
    talks = {talk.person.key: (n, talk) for n, talk in enumerate(conversations)}
    return tuple(
        _team(known[key] if key is not None else None, teams[key], talks)
        for key in order
    )


def _person(person: Person, goals: tuple[GoalAssessment, ...]) -> PersonAssessment:
    """Judge one person."""
    mine = weighed(goals)
    progress, coverage = progress_of(mine)
    closed = Status.CLOSED if goals and not mine else None
    return PersonAssessment(
        person=person,
        goals=goals,
        status=closed or worst_weighted(mine),
        progress=progress,
        coverage=coverage,
        n_by_status=counted(goals),
    )


def _team(
    manager: Person | None,
    people: Sequence[PersonAssessment],
    talks: Mapping[str, tuple[int, Conversation]],
) -> TeamAssessment:
    """Judge one team; ``talks`` gives everybody's conversation and its rank."""
    mine = sorted(
        (talks[one.person.key] for one in people if one.person.key in talks),
        key=lambda ranked: ranked[0],
    )
    return TeamAssessment(
        manager=manager,
        people=tuple(people),
        conversations=tuple(talk for _, talk in mine),
        n_by_status=counted(goal for one in people for goal in one.goals),
    )


def _at_least(share: float, bound: float) -> bool:
    """Compare shares that were added up: five fifths have to make a whole."""
    return share >= bound - _ROUNDING
