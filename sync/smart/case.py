"""One goal with everything known about it, and the goals around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from sync.config.model import Smart
from sync.records.model import Goal, Origin, Status
from sync.smart.understand import Amount, Sort, Span, Time, Understanding, understand

MOST: Final = 0.6
"""More than this share of a table's goals, and a finding is about the table."""


class Words(NamedTuple):
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


@lru_cache(maxsize=4096)
def read_words(title: str, description: str, metric: str) -> Words:
    """Understand the text cells of a goal together."""
    head = understand(title or description or metric)
    others = (
        text for text in (description, metric) if text and text.strip() != title.strip()
    )
    rest = tuple([understand(text) for text in others]) if title else ()
    times, results, deadlines = head.times, head.results, head.deadlines
    baseline, content, deliverable = head.baseline, head.content, head.deliverable
    acceptance, purpose, means = head.acceptance, head.purpose, head.means
    for text in rest:
        times += text.times
        results += text.results
        deadlines += text.deadlines
        if baseline != "value":
            baseline = text.baseline or baseline
        content += text.content
        deliverable = deliverable or text.deliverable
        acceptance = acceptance or text.acceptance
        purpose = purpose or text.purpose
        means = means or text.means
    kinds = [time.kind for time in times]
    return Words(
        head,
        rest,
        results,
        deadlines,
        Span.RECURRING in kinds,
        Span.SLA in kinds,
        Span.VAGUE in kinds[: len(head.times)],
        baseline,
        content,
        deliverable,
        acceptance,
        purpose,
        means,
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
    stepped: int = 0

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


class Case:
    """One goal under the lint, with what several rules want to know of it."""

    __slots__ = (
        "alone",
        "closed",
        "finished",
        "goal",
        "has_measure",
        "has_number",
        "has_time",
        "table",
        "words",
        "world",
    )

    def __init__(
        self,
        goal: Goal,
        words: Words,
        table: TableFacts,
        world: World,
        *,
        alone: bool = False,
    ) -> None:
        """Put a goal under the lint.

        Args:
            goal: As the sheet has it.
            words: What its text cells say.
            table: What is known of its table, still to be counted.
            world: The goals around it.
            alone: Whether the text stands by itself, without a sheet around it.
        """
        self.goal = goal
        self.words = words
        self.table = table
        self.world = world
        self.alone = alone
        claimed = goal.claimed_status
        self.closed = claimed is Status.CLOSED
        """Whether it is cancelled or handed over: then nothing is said of it."""
        self.finished = claimed is Status.ACHIEVED or (
            claimed is None and (goal.progress or 0) >= 1
        )
        """Whether it is done: then its wording is history."""
        target = goal.target
        self.has_number = bool(
            (target is not None and target.value is not None)
            or words.results
            or words.service
        )
        """Whether any cell says how much is to be reached."""
        self.has_measure = self.has_number or self._has_other_measure()
        """Whether the sheet's own measure or target cells, or the words, can be checked."""
        self.has_time = self._has_time()
        """Whether the due cell, the period or the words say when."""

    def quoted(self, amount: Amount) -> str:
        """Give a number of the title as its author wrote it."""
        return self.words.title.text[amount.start : amount.end].strip()

    def _has_other_measure(self) -> bool:
        goal, words = self.goal, self.words
        if goal.metric or (goal.target and goal.target.text):
            return True
        if goal.place.has("scoring_criteria") or goal.place.has("calculation"):
            return True
        if any(a.sort is Sort.RANK for a in words.title.amounts):
            return True
        # A thing is there or not, unless it is to be "better" or "stronger".
        delivered = words.deliverable and (not words.title.vague or words.acceptance)
        # How often is a measure too: "review the P&L every month".
        return (delivered or words.rhythm) and words.content > 0

    def _has_time(self) -> bool:
        goal, words = self.goal, self.words
        if goal.due_on or goal.review_cycle or words.deadlines or words.rhythm:
            return True
        return bool(goal.due_text) and bool(understand(goal.due_text).deadlines)
