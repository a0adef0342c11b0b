"""What a page says before anybody asks: totals, departments, talks, SMART, trends."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from reports import wording
from reports.audience import AudienceKind
from reports.lines import ATTENTION, ORDER, n_with_goals, no_links
from reports.page.charts import (
    Arc,
    BurnLines,
    Dot,
    Segment,
    burn_lines,
    doughnut,
    line,
    stacked,
)
from reports.page.edition import Edition
from reports.page.fitting import fitting
from reports.page.lint import Bin, RuleLine, bins, rules
from reports.page.wording import TRENDS
from reports.show import one_line
from reports.talks import Talk, needs_talk, talk_of
from sync.assess.model import GoalAssessment
from sync.records.model import Status
from sync.smart.model import LETTERS, Letter
from sync.wording import Text

BAR = 460.0
"""Width of a full bar, in the chart's own units."""
_LABEL = 24
"""Half-width characters that fit beside a bar."""
_MOST_GROUPS = 14
_MOST_TALKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One status: how many goals, and how many more than at the last run."""

    status: Status
    n: int
    share: float
    delta: int | None
    """``None`` when there was no earlier run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A department, or a person where there is but one: goals by status."""

    name: str
    """As the rows have it, so that it can be filtered by."""
    label: str
    """The name, cut to the room beside a bar."""
    n: int
    n_people: int
    counts: tuple[int, ...]
    """In `ORDER`."""
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure over time."""

    label: Text
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthLine:
    """One figure about the follow-up itself."""

    label: Text
    n: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything on a page that is not a row of a long table."""

    n: int
    """Goals still followed up."""
    n_people: int
    n_attention: int
    n_done: int
    n_waiting: int
    n_disagreeing: int
    n_better: int
    n_worse: int
    previous_on: date | None
    totals: tuple[Total, ...]
    ring: tuple[Arc, ...]
    groups: tuple[Group, ...]
    """Those that need most first, as many as a chart has room for."""
    all_groups: tuple[Group, ...]
    by_person: bool
    """Whether `groups` are people, as in a single department."""
    n_more_groups: int
    talks: tuple[Talk, ...]
    n_more_talks: int
    health: tuple[HealthLine, ...]
    lines: tuple[Line, ...]
    burn: BurnLines | None
    """``None`` while fewer than two weeks are known."""
    scores: tuple[Bin, ...]
    mean_score: int | None
    letters: tuple[tuple[Letter, int], ...]
    rules: tuple[RuleLine, ...]
    """The most frequent first."""
    n_late_actions: int


def overview(shown: Edition) -> Overview:
    """Count and lay out one edition."""
    goals = shown.goals
    open_goals = [one for one in goals if one.status is not Status.CLOSED]
    counts = Counter(one.status for one in goals)
    groups, by_person = _groups(shown)
    talks = [one for one in shown.conversations if needs_talk(one)]
    scores = [one.verdict.score for one in open_goals]
    return Overview(
        n=len(open_goals),
        n_people=n_with_goals(shown.people),
        n_attention=sum(counts[status] for status in ATTENTION),
        n_done=counts[Status.ACHIEVED],
        n_waiting=counts[Status.NO_DATA],
        n_disagreeing=sum(one.disagrees for one in goals),
        n_better=sum(_moved(one, shown.previous_on) > 0 for one in goals),
        n_worse=sum(_moved(one, shown.previous_on) < 0 for one in goals),
        previous_on=shown.previous_on,
        totals=_totals(shown, counts),
        ring=doughnut([(one, counts[one]) for one in ORDER], 100, 62),
        groups=groups[:_MOST_GROUPS],
        all_groups=groups,
        by_person=by_person,
        n_more_groups=max(0, len(groups) - _MOST_GROUPS),
        talks=tuple(talk_of(one, no_links) for one in talks[:_MOST_TALKS]),
        n_more_talks=max(0, len(talks) - _MOST_TALKS),
        health=tuple(
            HealthLine(label=wording.HEALTH[one.name], n=one.n, of=one.of)
            for one in shown.health
            if one.of
        ),
        lines=_lines(shown),
        burn=_burn(shown),
        scores=bins(scores),
        mean_score=round(sum(scores) / len(scores)) if scores else None,
        letters=tuple(
            (letter, sum(letter in one.verdict.missing for one in open_goals))
            for letter in LETTERS
        ),
        rules=rules(open_goals),
        n_late_actions=sum(
            one.is_open and one.days_overdue > 0 for one in shown.actions
        ),
    )


def status_before(one: GoalAssessment, previous: date | None) -> Status:
    """The status at the last run; an older change is no news."""
    change = one.change
    if change is None or previous is None or change.since < previous:
        return one.status
    return change.status_before


def _moved(one: GoalAssessment, previous: date | None) -> int:
    """Say whether a goal went up (1), down (−1) or neither since the last run."""
    before = status_before(one, previous)
    unranked = (Status.NO_DATA, Status.CLOSED)
    if before is one.status or before in unranked or one.status in unranked:
        return 0
    return 1 if ORDER.index(one.status) > ORDER.index(before) else -1


def _totals(shown: Edition, now: Counter[Status]) -> tuple[Total, ...]:
    previous = shown.previous_on
    before = Counter(status_before(one, previous) for one in shown.goals)
    return tuple(
        Total(
            status=status,
            n=now[status],
            share=now[status] / len(shown.goals),
            delta=now[status] - before[status] if previous else None,
        )
        for status in ORDER
        if now[status] or (previous and before[status])
    )


def _groups(shown: Edition) -> tuple[tuple[Group, ...], bool]:
    """Divide goals by department, or by person where all are of one."""
    if shown.kind is AudienceKind.EMPLOYEE:
        return (), False
    departments = {key for one in shown.people if (key := one.person.department)}
    by_person = len(departments) < 2  # noqa: PLR2004 - one department is the whole
    rows: defaultdict[str, Counter[Status]] = defaultdict(Counter)
    people: Counter[str] = Counter()
    for one in shown.people:
        person = one.person
        name = one_line(person.name if by_person else person.department, 40)
        if one.goals:
            rows[name].update(goal.status for goal in one.goals)
            people[name] += 1
    most = max((counts.total() for counts in rows.values()), default=1)
    groups = (
        Group(
            name=name,
            label=fitting(name, _LABEL),
            n=counts.total(),
            n_people=people[name],
            counts=tuple(counts[status] for status in ORDER),
            segments=stacked([(one, counts[one]) for one in ORDER], most, BAR),
        )
        for name, counts in rows.items()
    )
    return tuple(sorted(groups, key=_need, reverse=True)), by_person


def _need(group: Group) -> tuple[float, int]:
    late = sum(group.counts[: len(ATTENTION)])
    return late / max(group.n, 1), late


def _lines(shown: Edition) -> tuple[Line, ...]:
    laid = (
        Line(label=TRENDS[one.name], dots=line(one.points, 250, 84))
        for one in shown.trends
    )
    return tuple(one for one in laid if len(one.dots) > 1)


def _burn(shown: Edition) -> BurnLines | None:
    known = sum(one.done is not None for one in shown.burn_up)
    return burn_lines(shown.burn_up, 480, 150) if known > 1 else None
