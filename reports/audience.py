"""Who may see what, decided once: letters are made from these views and nothing else.

An employee sees their own goals, a manager those of their direct reports, HR everything.
Whatever is uncertain is HR's alone: a goal whose person is unknown or ambiguous, and
every line of reporting that runs in a circle, since at least one part of it is wrong.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from reports.names import Names
from reports.promised import is_near
from sync.assess.model import (
    Assessment,
    Conversation,
    GoalAssessment,
    PersonAssessment,
)
from sync.assess.process import JudgedAction, Rhythm
from sync.records.model import Person
from sync.wording import same


class AudienceKind(StrEnum):
    """For whom a letter is."""

    EMPLOYEE = "employee"
    MANAGER = "manager"
    HR = "hr"
    AUTHOR = "author"
    """Whoever has goals that could be written more clearly."""
    CHAT = "chat"
    """A group, which is told counts and nothing of anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeeView:
    """What one employee may see: their own goals."""

    person: Person
    goals: tuple[GoalAssessment, ...]
    actions: tuple[JudgedAction, ...] = ()
    """Those they have to do."""
    rhythms: tuple[Rhythm, ...] = ()
    """Their own talks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerView:
    """What one manager may see: the goals of their direct reports."""

    person: Person
    members: tuple[PersonAssessment, ...]
    conversations: tuple[Conversation, ...]
    actions: tuple[JudgedAction, ...] = ()
    """Those their direct reports have to do."""
    rhythms: tuple[Rhythm, ...] = ()
    """The talks with their direct reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationView:
    """What HR may see: everything, and what nobody else could be shown."""

    assessment: Assessment
    unowned: tuple[GoalAssessment, ...]
    """Goals whose person is unknown, or could be several."""
    circular: tuple[Person, ...]
    """People whose line of reporting runs in a circle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """Every view of one assessment."""

    employees: tuple[EmployeeView, ...]
    managers: tuple[ManagerView, ...]
    organisation: OrganisationView


def views(assessment: Assessment) -> Views:
    """Divide an assessment among those who may see it."""
    people = {one.person.key: one for one in assessment.people}
    circular = _in_circles({key: one.person for key, one in people.items()})
    names = Names(assessment)
    return Views(
        employees=tuple(_employees(assessment, people, names)),
        managers=tuple(_managers(assessment, people, circular, names)),
        organisation=OrganisationView(
            assessment=assessment,
            unowned=tuple(
                one for one in assessment.goals if one.goal.person_key not in people
            ),
            circular=tuple(people[key].person for key in people if key in circular),
        ),
    )


def _employees(
    assessment: Assessment, people: Mapping[str, PersonAssessment], names: Names
) -> Iterator[EmployeeView]:
    logs = _Logs(assessment, names)
    for key, one in people.items():
        goals = tuple(names.without_others(goal, {key}) for goal in _own(one))
        actions = logs.actions((key,), {key})
        if goals or any(is_near(one, assessment.today) for one in actions):
            yield EmployeeView(
                person=one.person,
                goals=goals,
                actions=actions,
                rhythms=logs.rhythms((key,)),
            )


def _managers(
    assessment: Assessment,
    people: Mapping[str, PersonAssessment],
    circular: frozenset[str],
    names: Names,
) -> Iterator[ManagerView]:
    logs = _Logs(assessment, names)
    for team in assessment.teams:
        manager = team.manager
        if manager is None:
            continue
        members = {
            one.person.key: one
            for one in team.people
            if one.person.manager_key == manager.key
            and one.person.key != manager.key
            and one.person.key in people
            and not {one.person.key, manager.key} <= circular
        }
        seen = {manager.key, *members}
        shown = tuple(_shown(one, seen, names) for one in members.values())
        if any(one.goals for one in shown):
            talks = (
                _talk(talk, seen, names)
                for talk in team.conversations
                if talk.person.key in members
            )
            yield ManagerView(
                person=manager,
                members=shown,
                conversations=tuple(talks),
                actions=logs.actions(members, seen),
                rhythms=logs.rhythms(members),
            )


def _own(one: PersonAssessment) -> tuple[GoalAssessment, ...]:
    return tuple(goal for goal in one.goals if goal.goal.person_key == one.person.key)


def _shown(
    one: PersonAssessment, seen: Iterable[str], names: Names
) -> PersonAssessment:
    goals = tuple(names.without_others(goal, seen) for goal in _own(one))
    if len(goals) == len(one.goals):
        return replace(one, goals=goals)
    # A figure that was rolled up over somebody else's goals as well says too much.
    return replace(one, goals=goals, progress=None, n_by_status={})


def _talk(talk: Conversation, seen: Iterable[str], names: Names) -> Conversation:
    goals = tuple(
        names.without_others(goal, seen)
        for goal in talk.goals
        if goal.goal.person_key == talk.person.key
    )
    typed = " ".join(f"{one.goal.title} {one.goal.description}" for one in goals)
    return replace(
        talk,
        goals=goals,
        why=names.harmless(talk.why, seen, typed),
        ask=names.harmless(talk.ask, seen, typed),
        praise=names.harmless(talk.praise, seen, typed),
    )


class _Logs:
    """Actions and talks by whose they are, looked up once for all views."""

    def __init__(self, assessment: Assessment, names: Names) -> None:
        self._names = names
        self._actions: dict[str, list[JudgedAction]] = {}
        self._rhythms: dict[str, Rhythm] = {}
        for one in assessment.actions:
            if one.action.owner_key:
                self._actions.setdefault(one.action.owner_key, []).append(one)
        for rhythm in assessment.rhythms:
            self._rhythms[rhythm.person.key] = rhythm

    def actions(
        self, owners: Iterable[str], seen: Iterable[str]
    ) -> tuple[JudgedAction, ...]:
        """Give the owners' actions, but none that speaks of somebody else."""
        allowed = set(seen)
        found = (one for key in owners for one in self._actions.get(key, ()))
        return tuple(one for one in found if not self._named(one, allowed))

    def rhythms(self, people: Iterable[str]) -> tuple[Rhythm, ...]:
        """Give the talks of these people."""
        return tuple(self._rhythms[key] for key in people if key in self._rhythms)

    def _named(self, one: JudgedAction, allowed: set[str]) -> bool:
        words = f"{one.action.issue} {one.action.action}"
        texts = (same(words), one.reason)
        return any(self._names.others(text, allowed) for text in texts)


def _in_circles(people: Mapping[str, Person]) -> frozenset[str]:
    """Find everybody who, going up the line of reporting, meets themselves again."""
    above = {
        key: person.manager_key
        for key, person in people.items()
        # Many sheets name the head of the house as their own manager: no circle.
        if person.manager_key in people and person.manager_key != key
    }
    found: set[str] = set()
    settled: set[str] = set()
    for start in above:
        path: list[str] = []
        at: str | None = start
        while at is not None and at not in settled and at not in path:
            path.append(at)
            at = above.get(at)
        if at in path:
            found.update(path[path.index(at) :])
        settled.update(path)
    return frozenset(found)
