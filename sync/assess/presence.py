"""When somebody is there to work on a goal: joined, moved, away, gone."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from sync.assess.expected import Window
from sync.assess.words import plain, words
from sync.records.model import Goal, Person
from sync.records.values.absences import overlap
from sync.records.values.spans import Span

_LEFT = words("left")


def has_left(person: Person, today: date) -> bool:
    """Whether somebody no longer works here: as the sheet says, or its last day says."""
    if person.left_on is not None:
        return person.left_on < today
    return plain(person.employment_status) in _LEFT


def days_away(person: Person | None, after: date, until: date) -> int:
    """Count the days of leave after a day, up to and with another."""
    return _within(person.away if person else (), after, until)


def back_from(away: Iterable[Span], day: date) -> date:
    """Give the day itself, or the first one after the leave that it lies in."""
    for span in away:
        if span.first <= day <= span.last:
            return span.last + timedelta(days=1)
    return day


def at_work(window: Window, goal: Goal, people: Mapping[str, Person]) -> Window:
    """Reduce the days of a goal to those on which its owner could work on it.

    Pro rata, without touching the target: who joined in the middle is expected to do
    the whole between then and the due date, days of leave count neither way, and
    nothing more is expected after the last day. Somebody who moved is judged by their
    present department's goals from that day on, by those of another one up to it; a
    goal that names no department stays as it is.

    Args:
        window: The days of the goal itself.
        goal: The goal.
        people: Everybody, by `Person.key`.
    """
    person = people.get(goal.person_key or "")
    if person is None:
        return window
    start, until = window.start, person.left_on
    since = [person.hired_on]
    if person.moved_on and goal.department and person.department:
        if plain(goal.department) == plain(person.department):
            since.append(person.moved_on)
        else:
            before = person.moved_on - timedelta(days=1)
            until = min(until, before) if until else before
    due = window.due
    for day in since:
        if day and start and start < day and (due is None or day < due):
            start = day
    until = until if until and (due is None or until < due) else None
    if start == window.start and until is None and not person.away:
        return window
    return replace(
        window,
        start=start,
        until=until,
        away=person.away,
        from_own_start=start != window.start,
    )


def _within(away: Iterable[Span], after: date, until: date) -> int:
    return sum(overlap(span, after, until) for span in away)
