"""Days of equal facts kept as one: history grows with what changes, not with time.

A span says that a goal was the same on every day with a run from its first day to its
last. A run a day on 50,000 goals that change once a week would otherwise fill half a
gigabyte a year with repetition.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from sync.assess.model import Observation


@dataclass(frozen=True, slots=True)
class Span:
    """One goal, unchanged over some days."""

    goal_key: str
    first_on: date
    last_on: date
    facts: Observation
    """What it was on the first day."""
    id: int | None = None
    """Its row in the store; ``None`` when it has none yet."""

    def covers(self, day: date) -> bool:
        """Whether the day lies within it."""
        return self.first_on <= day <= self.last_on

    def same_as(self, other: Observation) -> bool:
        """Whether the facts are the same, whatever the day."""
        return facts_in(self.facts) == facts_in(other)


FACTS = (
    "status",
    "progress",
    "current",
    "target",
    "weight",
    "due_on",
    "title",
    "person_key",
    "owner",
    "baseline",
    "acknowledged",
    "bias",
)
"""The fields of an observation that are facts: all but its day."""

facts_in = attrgetter(*FACTS)
"""Gives the facts of an observation, in their order."""


def observed(on: date, facts: Iterable[Any]) -> Observation:
    """Build an observation from `FACTS` in their order.

    Twice as fast as `dataclasses.replace`, and a judgement needs one for each goal.
    """
    status, progress, current, target, weight, due_on, title, *whose = facts
    person_key, owner, baseline, acknowledged, bias = whose
    return Observation(
        on=on,
        status=status,
        progress=progress,
        current=current,
        target=target,
        weight=weight,
        due_on=due_on,
        title=title,
        person_key=person_key,
        owner=owner,
        baseline=baseline,
        acknowledged=acknowledged,
        bias=bias,
    )


class Day(NamedTuple):
    """A day among the days with a run."""

    on: date
    before: date | None
    """The last earlier one, or ``None``."""
    after: date | None
    """The next later one, or ``None``."""


@dataclass(slots=True)
class Revision:
    """What has to be written to take a day in."""

    removed: list[Span] = field(default_factory=list)
    changed: list[Span] = field(default_factory=list)
    added: list[Span] = field(default_factory=list)


def revise(near: Iterable[Span], day: Day, seen: Mapping[str, Observation]) -> Revision:
    """Put one day's observations in the place of what was known of that day.

    Args:
        near: The spans that cover the day, end on the one before or begin on the one
            after.
        day: The day.
        seen: Goal key → what it was on it; a goal not in it was not there.

    Returns:
        The fewest writes; none when all of it is known already.
    """
    covering: dict[str, Span] = {}
    ending: dict[str, Span] = {}
    beginning: dict[str, Span] = {}
    for span in near:
        if span.covers(day.on):
            covering[span.goal_key] = span
        elif span.last_on == day.before:
            ending[span.goal_key] = span
        elif span.first_on == day.after:
            beginning[span.goal_key] = span
    revision = Revision()
    for key, span in covering.items():
        if key not in seen or not span.same_as(seen[key]):
            _carve(revision, span, day)
    for key, facts in seen.items():
        known = covering.get(key)
        if known is not None and known.same_as(facts):
            continue
        _add(
            revision,
            Span(key, day.on, day.on, facts),
            ending.get(key),
            beginning.get(key),
        )
    return revision


def _carve(revision: Revision, span: Span, day: Day) -> None:
    """Take one day out of a span; it may fall into two."""
    head = tail = None
    if day.before and span.first_on <= day.before:
        head = replace(span, last_on=day.before)
    if day.after and day.after <= span.last_on:
        tail = _from(span, day.after)
    if head and tail:
        revision.added.append(replace(tail, id=None))
    if remains := head or tail:
        revision.changed.append(remains)
    else:
        revision.removed.append(span)


def _from(span: Span, day: date) -> Span:
    """Let a span begin on another day."""
    return replace(span, first_on=day, facts=observed(day, facts_in(span.facts)))


def _add(
    revision: Revision, alone: Span, ending: Span | None, beginning: Span | None
) -> None:
    """Put a day into the equal span beside it, or into one of its own."""
    if ending and ending.same_as(alone.facts):
        revision.changed.append(replace(ending, last_on=alone.last_on))
    elif beginning and beginning.same_as(alone.facts):
        revision.changed.append(_from(beginning, alone.first_on))
    else:
        revision.added.append(alone)


def observations(
    spans: Iterable[Span], last_day: Callable[[date], date | None]
) -> tuple[Observation, ...]:
    """Show the spans of one goal as observations, oldest first.

    Args:
        spans: Those of one goal.
        last_day: Gives the last day with a run up to a day, or ``None``.

    Returns:
        One for the first and one for the last day of each span.
    """
    found: dict[date, Observation] = {}
    for span in spans:
        found[span.first_on] = span.facts
        end = last_day(span.last_on)
        if end is not None and end > span.first_on:
            found[end] = observed(end, facts_in(span.facts))
    return tuple(found[day] for day in sorted(found))
