"""One goal with everything known about it, and the goals around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from sync.config.model import Smart
from sync.records.model import Goal, Origin, Status
from sync.smart.understand import Amount, Sort, Span, Time, Understanding, understand

MOST: Final = 0.6
"""More than this share of a table's goals, and a finding is about the table."""


@dataclass(frozen=True, slots=True)
class Words:
    """All that the text cells of one goal say; shared by goals with the same texts."""

    title: Understanding
    rest: tuple[Understanding, ...]
    """Description and measure, when they say more than the title."""
    results: tuple[Amount, ...]
    """Numbers to be reached, of all cells, the title's first."""
    deadlines: tuple[Time, ...]
    """Times by which it is to be done, of all cells."""
    rhythm: bool
    service: bool
    """Whether it promises a response time."""
    vague_time: bool
    baseline: Literal["", "value", "reference"]
    content: int
    deliverable: bool
    acceptance: bool
    purpose: bool
    means: bool


@lru_cache(maxsize=65_536)
def read_words(title: str, description: str, metric: str) -> Words:
    """Understand the text cells of a goal together."""
    head = understand(title or description or metric)
    others = (
        text for text in (description, metric) if text and text.strip() != title.strip()
    )
    rest = tuple(understand(text) for text in others if title)
    all_texts = (head, *rest)
    baselines = [text.baseline for text in all_texts]
    return Words(
        title=head,
        rest=rest,
        results=tuple(amount for text in all_texts for amount in text.results),
        deadlines=tuple(time for text in all_texts for time in text.deadlines),
        rhythm=any(text.has(Span.RECURRING) for text in all_texts),
        service=any(text.has(Span.SLA) for text in all_texts),
        vague_time=head.has(Span.VAGUE),
        baseline="value"
        if "value" in baselines
        else ("reference" if "reference" in baselines else ""),
        content=sum(text.content for text in all_texts),
        deliverable=any(text.deliverable for text in all_texts),
        acceptance=any(text.acceptance for text in all_texts),
        purpose=any(text.purpose for text in all_texts),
        means=any(text.means for text in all_texts),
    )


@dataclass(slots=True)
class TableFacts:
    """What one goal table has at all, counted over its goals before any rule speaks."""

    goals: int = 0
    dated: int = 0
    """Goals whose due cell says something."""
    untimed: int = 0
    """Goals without a due date, a period or a time in their words."""
    targeted: int = 0
    """Goals whose measure or target cell says something."""
    unmeasured: int = 0
    """Goals without a number, a measure, a target or a deliverable."""
    supported: int = 0
    sourced: int = 0

    @property
    def lacks_times(self) -> bool:
        """Whether the table has no due dates: said once, not on every row."""
        return not self.dated and self.untimed > self.goals * MOST

    @property
    def lacks_measures(self) -> bool:
        """Whether the table has no targets: said once, not on every row."""
        return not self.targeted and self.unmeasured > self.goals * MOST


@dataclass(slots=True)
class World:
    """All goals of one lint, as the rules across rows need them."""

    today: date
    fiscal_year_starts: int
    options: Smart
    cases: "Sequence[Case]" = ()
    groups: "Sequence[Sequence[Case]]" = ()
    """The goals of one person, period and table together."""
    tables: Mapping[Origin, TableFacts] = field(default_factory=dict)
    by_name: Mapping[str, "tuple[Goal, ...]"] = field(default_factory=dict)
    """Goal id or title, folded → the goals so called."""
    supported: frozenset[str] = frozenset()
    """The names, folded, that some goal says it supports."""
    id_shapes: frozenset[str] = frozenset()
    """How the sheet's goal ids look, see `relevant.shapes_of`."""


@dataclass(frozen=True, slots=True)
class Case:
    """One goal under the lint."""

    goal: Goal
    words: Words
    table: TableFacts
    world: World
    alone: bool = False
    """Whether the text stands by itself, without a sheet around it."""

    @property
    def closed(self) -> bool:
        """Whether it is cancelled or handed over: then nothing is said of it."""
        return self.goal.claimed_status is Status.CLOSED

    @property
    def finished(self) -> bool:
        """Whether it is done: then its wording is history."""
        goal = self.goal
        return goal.claimed_status is Status.ACHIEVED or (
            goal.claimed_status is None and (goal.progress or 0) >= 1
        )

    @property
    def has_number(self) -> bool:
        """Whether any cell says how much is to be reached."""
        target = self.goal.target
        if target is not None and target.value is not None:
            return True
        return bool(self.words.results) or self.words.service

    @property
    def has_measure(self) -> bool:
        """Whether the sheet's own measure or target cells, or the words, can be checked."""
        goal, words = self.goal, self.words
        if self.has_number or goal.metric or (goal.target and goal.target.text):
            return True
        if goal.place.has("scoring_criteria") or goal.place.has("calculation"):
            return True
        if any(a.sort is Sort.RANK for a in words.title.amounts):
            return True
        # How often is a measure too: "review the P&L every month".
        return (words.deliverable or words.rhythm) and words.content > 0

    @property
    def has_time(self) -> bool:
        """Whether the due cell, the period or the words say when."""
        goal, words = self.goal, self.words
        if goal.due_on or goal.review_cycle or words.deadlines or words.rhythm:
            return True
        return bool(goal.due_text) and bool(understand(goal.due_text).deadlines)
