"""What is on record about one person: dated facts, and nothing concluded from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sync.assess.model import Assessment, GoalAssessment, Observation
from sync.assess.process import ImprovementPlan, JudgedAction, Move
from sync.assess.words import plain
from sync.records.model import CheckIn, Person

_NO_DAY = date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One goal: as it is, and how it came to be so."""

    judged: GoalAssessment
    line: tuple[Observation, ...]
    """First and last day of each of its states, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Everything dated about one person's goals, talks and help."""

    person: Person
    as_of: date
    courses: tuple[Course, ...]
    """In the order of the sheet."""
    moves: tuple[Move, ...]
    """What was changed about the goals, oldest first."""
    talks: tuple[CheckIn, ...]
    """Held by that day, oldest first; those without a day last."""
    actions: tuple[JudgedAction, ...]
    """The person's own, oldest first."""
    plan: ImprovementPlan | None


def people_called(assessment: Assessment, name: str) -> tuple[Person, ...]:
    """Find people by key, number, name or address, however it is spelled."""
    wanted = plain(name)
    return tuple(
        one.person
        for one in assessment.people
        if wanted
        in {
            plain(text)
            for text in (
                one.person.key,
                one.person.employee_id,
                one.person.name,
                one.person.email,
            )
            if text
        }
    )


def pack_of(
    assessment: Assessment,
    person: Person,
    lines: Iterable[Sequence[Observation]],
) -> Pack:
    """Gather what is on record about somebody.

    Answers of raters are no part of it: they were given in confidence. Nor is any
    score: a record of what was agreed, done and given to help is what both sides of a
    talk can look at.

    Args:
        assessment: The judgement of the workbook.
        person: One of its people.
        lines: What history remembers of each of the person's goals, in their order.

    Source:
        What an employer has to be able to show, and an employee may see: goals agreed
        and confirmed, talks held, training and support given, results with their days.
    """
    (mine,) = (one for one in assessment.people if one.person.key == person.key)
    held = [
        talk
        for talk in assessment.records.check_ins
        if person.key in talk.person_keys
        and (talk.held_on is None or talk.held_on <= assessment.today)
    ]
    own = [one for one in assessment.actions if one.action.owner_key == person.key]
    moves = [move for goal in mine.goals for move in goal.moves]
    return Pack(
        person=person,
        as_of=assessment.today,
        courses=tuple(
            Course(
                judged=judged,
                line=tuple(seen for seen in line if seen.on <= assessment.today),
            )
            for judged, line in zip(mine.goals, lines, strict=True)
        ),
        moves=tuple(sorted(moves, key=lambda it: (it.on, it.goal.key, it.field))),
        talks=tuple(sorted(held, key=lambda it: it.held_on or _NO_DAY)),
        actions=tuple(
            sorted(
                own, key=lambda it: it.action.raised_on or it.action.due_on or _NO_DAY
            )
        ),
        plan=next((p for p in assessment.plans if p.person_key == person.key), None),
    )
