"""Who may see what, decided once: letters are made from these views and nothing else.

An employee sees their own goals, a manager those of their direct reports, HR everything.
Whatever is uncertain is HR's alone: a goal whose person is unknown or ambiguous, and
every line of reporting that runs in a circle, since at least one part of it is wrong.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from sync.assess.model import (
    Assessment,
    Change,
    Conversation,
    GoalAssessment,
    PersonAssessment,
)
from sync.records.model import Person
from sync.wording import LANGS, Text

_CJK = re.compile("[\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_LONGEST_NAME = 5
"""Words of a name in letters, or characters of one in Chinese; longer is cut."""


class AudienceKind(StrEnum):
    """For whom a letter is."""

    EMPLOYEE = "employee"
    MANAGER = "manager"
    HR = "hr"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeeView:
    """What one employee may see: their own goals."""

    person: Person
    goals: tuple[GoalAssessment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerView:
    """What one manager may see: the goals of their direct reports."""

    person: Person
    members: tuple[PersonAssessment, ...]
    conversations: tuple[Conversation, ...]


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
    names = _Names(assessment)
    return Views(
        employees=tuple(_employees(people, names)),
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
    people: Mapping[str, PersonAssessment], names: "_Names"
) -> Iterator[EmployeeView]:
    for one in people.values():
        goals = tuple(
            names.without_others(goal, {one.person.key}) for goal in _own(one)
        )
        if goals:
            yield EmployeeView(person=one.person, goals=goals)


def _managers(
    assessment: Assessment,
    people: Mapping[str, PersonAssessment],
    circular: frozenset[str],
    names: "_Names",
) -> Iterator[ManagerView]:
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
            yield ManagerView(person=manager, members=shown, conversations=tuple(talks))


def _own(one: PersonAssessment) -> tuple[GoalAssessment, ...]:
    return tuple(goal for goal in one.goals if goal.goal.person_key == one.person.key)


def _shown(
    one: PersonAssessment, seen: Iterable[str], names: "_Names"
) -> PersonAssessment:
    goals = tuple(names.without_others(goal, seen) for goal in _own(one))
    if len(goals) == len(one.goals):
        return replace(one, goals=goals)
    # A figure that was rolled up over somebody else's goals as well says too much.
    return replace(one, goals=goals, progress=None, n_by_status={})


def _talk(talk: Conversation, seen: Iterable[str], names: "_Names") -> Conversation:
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


class _Names:
    """Everybody's name, to keep one person's out of what another reads."""

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment

    @cached_property
    def _keys(self) -> Mapping[str, frozenset[str]]:
        """Name → keys of the people who bear it; ``?`` for somebody unknown."""
        found: dict[str, set[str]] = {}
        for one in self._assessment.people:
            found.setdefault(_folded(one.person.name), set()).add(one.person.key)
            found.setdefault(_folded(one.person.manager), set()).add("?")
        for team in self._assessment.teams:
            if team.manager:
                name = _folded(team.manager.name)
                found.setdefault(name, set()).add(team.manager.key)
        for goal in self._assessment.goals:
            for name in (goal.goal.employee, goal.goal.manager):
                found.setdefault(_folded(name), set()).add(goal.goal.person_key or "?")
        return {name: frozenset(keys) for name, keys in found.items() if len(name) > 1}

    def others(self, text: Text, seen: Iterable[str], typed: str = "") -> bool:
        """Tell whether a sentence names somebody who is not among ``seen``.

        Args:
            text: The sentence, in both languages.
            seen: Keys of the people the audience may read of.
            typed: The goal's own words; a name its owner wrote there is theirs.
        """
        allowed = set(seen)
        own = _folded(typed)
        for lang in LANGS:
            for name in _possible_names(text.in_(lang)):
                keys = self._keys.get(name)
                if keys and not keys & allowed and name not in own:
                    return True
        return False

    def harmless(
        self, texts: Iterable[Text], seen: Iterable[str], typed: str
    ) -> tuple[Text, ...]:
        """Keep the sentences that name nobody outside ``seen``."""
        return tuple(text for text in texts if not self.others(text, seen, typed))

    def without_others(
        self, one: GoalAssessment, seen: Iterable[str]
    ) -> GoalAssessment:
        """Drop from a goal's change what speaks of an earlier owner."""
        change: Change | None = one.change
        typed = f"{one.goal.title} {one.goal.description}"
        if change and any(self.others(text, seen, typed) for text in change.moved):
            # The goal was somebody else's: its former status and progress are theirs.
            change = None
        return one if change is one.change else replace(one, change=change)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _possible_names(text: str) -> Iterator[str]:
    """Give every run of characters or words that could be a name, folded."""
    for run in _CJK.findall(text):
        for size in range(2, _LONGEST_NAME + 1):
            for start in range(len(run) - size + 1):
                yield run[start : start + size]
    words = [word.casefold() for word in _WORD.findall(text)]
    for size in range(1, _LONGEST_NAME + 1):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])
