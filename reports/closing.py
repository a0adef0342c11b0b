"""How the goals of a period ended, and what of them goes on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reports.audience import (
    AudienceKind,
    EmployeeView,
    ManagerView,
    OrganisationView,
)
from reports.evaluation import evaluation_sentences
from reports.lines import Cut, GoalLine, Links, cut, goal_line, ordered
from reports.show import one_line
from reports.variant import Cycle, of_cycle
from sync.assess.model import GoalAssessment
from sync.records.model import Status
from sync.wording import Text, same


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How some goals ended: one person's, a department's, or all of them."""

    name: str
    n_people: int
    n: int
    done: Cut[GoalLine]
    undone: Cut[GoalLine]
    """Not reached; what goes on is for people to settle."""
    unknown: Cut[GoalLine]
    """Without a last figure."""
    n_closed: int
    """Cancelled or handed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What a letter at a period's end shows."""

    kind: AudienceKind
    name: str
    """The reader's; empty for HR."""
    cycle: Text
    last: date
    whole: Ending
    """Of an employee their own, of a manager the team's, for HR everybody's."""
    parts: Cut[Ending]
    """A manager's reports, or HR's departments."""
    own: Ending | None
    """A manager's own goals."""
    evaluation: tuple[Text, ...]
    """About marks and feedback, for HR alone."""

    @property
    def says_something(self) -> bool:
        """Whether the reader had any goal in the period."""
        return bool(self.whole.n or self.own)


_PERIOD = re.compile(r"(\d{4})(?:H([12])|Q([1-4])|-(\d\d))?")
_YEAR = Text("{year} 年", "{year}")
_HALVES = (
    Text("{year} 年上半年", "the first half of {year}"),
    Text("{year} 年下半年", "the second half of {year}"),
)
_QUARTER = Text("{year} 年第{n}季度", "Q{quarter} {year}")
_MONTH = Text("{year} 年 {month} 月", "{year}-{month}")
_THIS = Text("这个周期", "this period")


def period_name(code: str) -> Text:
    """Name a period as people say it.

    >>> period_name("2026H2").in_("zh"), period_name("2026Q3").in_("en")
    ('2026 年下半年', 'Q3 2026')
    """
    found = _PERIOD.fullmatch(code)
    if not found:
        return same(one_line(code, 20)) if code else _THIS
    year, half, quarter, month = found.groups()
    if half:
        return _HALVES[int(half) - 1].fill(year=year)
    if quarter:
        n = "一二三四"[int(quarter) - 1]
        return _QUARTER.fill(year=year, n=n, quarter=quarter)
    return _MONTH.fill(year=year, month=int(month)) if month else _YEAR.fill(year=year)


def close_person(
    view: EmployeeView, cycle: Cycle, *, links: Links, limit: int
) -> Closing:
    """Say how an employee's own goals ended."""
    return _closing(
        AudienceKind.EMPLOYEE,
        view.person.name,
        cycle,
        _ending("", view.goals, cycle, links=links, limit=limit),
    )


def close_team(
    view: ManagerView,
    own: EmployeeView | None,
    cycle: Cycle,
    *,
    links: Links,
    limit: int,
) -> Closing:
    """Say how the goals of a manager's direct reports ended, and the manager's own."""
    whole = [goal for one in view.members for goal in one.goals]
    parts = (
        _ending(one.person.name, one.goals, cycle, links=links, limit=min(limit, 8))
        for one in view.members
    )
    return _closing(
        AudienceKind.MANAGER,
        view.person.name,
        cycle,
        _ending("", whole, cycle, links=links, limit=limit),
        parts=cut((part for part in parts if part.n), limit),
        own=_ending("", own.goals, cycle, links=links, limit=limit) if own else None,
    )


def close_organisation(
    view: OrganisationView, cycle: Cycle, *, links: Links, limit: int
) -> Closing:
    """Say how all goals ended, and what marks say beside each other."""
    goals: dict[str, list[GoalAssessment]] = {}
    for one in view.assessment.people:
        name = one_line(one.person.department, 30)
        if name:
            goals.setdefault(name, []).extend(one.goals)
    parts = (
        _ending(name, found, cycle, links=links, limit=0)
        for name, found in goals.items()
    )
    return _closing(
        AudienceKind.HR,
        "",
        cycle,
        _ending("", view.assessment.goals, cycle, links=links, limit=min(limit, 15)),
        parts=cut((part for part in parts if part.n), limit),
        evaluation=evaluation_sentences(view),
    )


def _closing(  # noqa: PLR0913 - what an audience may see, each part its own
    kind: AudienceKind,
    name: str,
    cycle: Cycle,
    whole: Ending,
    *,
    parts: Cut[Ending] = Cut((), 0),  # noqa: B008 - it cannot change
    own: Ending | None = None,
    evaluation: tuple[Text, ...] = (),
) -> Closing:
    return Closing(
        kind=kind,
        name=one_line(name, 40),
        cycle=period_name(cycle.name),
        last=cycle.last,
        whole=whole,
        parts=parts,
        own=own if own and own.n else None,
        evaluation=evaluation,
    )


def _ending(
    name: str,
    goals: Sequence[GoalAssessment],
    cycle: Cycle,
    *,
    links: Links,
    limit: int,
) -> Ending:
    found = [one for one in goals if of_cycle(one, cycle)]
    lines = ordered(goal_line(one, links) for one in found)
    settled = {Status.ACHIEVED, Status.CLOSED, Status.NO_DATA}
    return Ending(
        name=one_line(name, 40),
        n_people=len({one.goal.person_key for one in found} - {None}),
        n=len(found),
        done=cut(_with(lines, Status.ACHIEVED), limit),
        undone=cut((one for one in lines if one.status not in settled), limit),
        unknown=cut(_with(lines, Status.NO_DATA), limit),
        n_closed=len(_with(lines, Status.CLOSED)),
    )


def _with(lines: Iterable[GoalLine], status: Status) -> list[GoalLine]:
    return [one for one in lines if one.status is status]
