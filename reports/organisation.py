"""What HR's letter shows: the whole, the health of the follow-up, the data to mend."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reports import wording
from reports.audience import AudienceKind, OrganisationView
from reports.evaluation import evaluation_sentences
from reports.lines import (
    ATTENTION,
    ORDER,
    Cut,
    GoalLine,
    Links,
    cut,
    disagreeing,
    goal_line,
    n_with_goals,
    web_link,
)
from reports.promised import ActionLine, stuck
from reports.show import one_line
from reports.talks import Talk, needs_talk, talk_of
from sync.assess.model import Assessment, GoalAssessment
from sync.findings import SEVERITIES, Finding, Severity
from sync.records.model import Status
from sync.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """How many goals have one status, and how many had it at the last run."""

    status: Status
    n: int
    delta: int | None
    """``None`` when there was no earlier run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentLine:
    """One department's row."""

    name: str
    n_people: int
    n: int
    n_attention: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthLine:
    """One figure about the follow-up itself."""

    label: Text
    n: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """People who have not done something yet."""

    label: Text
    names: Cut[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """One finding, with where and what to do."""

    code: str
    severity: Severity
    a1: str
    """Within its sheet; empty when it speaks of the whole."""
    link: str | None
    what: Text
    fix: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFindings:
    """The findings of one sheet."""

    sheet: str
    """Empty for those about the whole workbook."""
    lines: Cut[FindingLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLine:
    """A letter that waits."""

    kind: AudienceKind
    name: str
    what: Text
    fix: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """Somebody on leave, who is written to when it is over."""

    name: str
    back_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OrgSummary:
    """What HR's letter shows."""

    n_people: int
    n: int
    n_attention: int
    n_waiting: int
    previous_on: date | None
    totals: tuple[Total, ...]
    """Only statuses that occur now or did at the last run, worst first."""
    talks: Cut[Talk]
    departments: Cut[DepartmentLine]
    health: tuple[HealthLine, ...]
    missing: tuple[Missing, ...]
    evaluation: tuple[Text, ...]
    """Sentences about marks and feedback."""
    disagreements: Cut[GoalLine]
    unowned: Cut[GoalLine]
    n_findings: int
    n_errors: int
    findings: tuple[SheetFindings, ...]
    more_sheets: int
    held: Cut[HeldLine]
    absent: Cut[Absent]
    stuck: Cut[ActionLine]
    """Actions that are late beyond what owner and manager could do."""


def summarise_organisation(
    view: OrganisationView,
    held: Iterable[HeldLine],
    absent: Iterable[Absent],
    *,
    links: Links,
    limit: int,
) -> OrgSummary:
    """Choose what HR reads.

    Args:
        view: Everything.
        held: Letters that could not be addressed.
        absent: People who were not written to because they are on leave.
        links: Cell → web address.
        limit: The most rows any list shows.
    """
    judged = view.assessment
    sheets = _by_sheet(judged.findings, links, limit)
    talks = [one for one in judged.conversations if needs_talk(one)]
    return OrgSummary(
        n_people=n_with_goals(judged.people),
        n=sum(one.status is not Status.CLOSED for one in judged.goals),
        n_attention=sum(one.status in ATTENTION for one in judged.goals),
        n_waiting=sum(one.status is Status.NO_DATA for one in judged.goals),
        previous_on=judged.previous_run_on,
        totals=_totals(judged),
        talks=cut((talk_of(one, links) for one in talks), min(limit, 8)),
        departments=cut(_departments(judged), limit),
        health=_health(judged),
        missing=_missing(judged, limit),
        evaluation=evaluation_sentences(view),
        disagreements=cut(disagreeing(judged.goals, links), limit),
        unowned=cut(
            (goal_line(one, links, "employee_name") for one in view.unowned), limit
        ),
        n_findings=len(judged.findings),
        n_errors=sum(one.severity == "error" for one in judged.findings),
        findings=sheets[:_MOST_SHEETS],
        more_sheets=max(0, len(sheets) - _MOST_SHEETS),
        stuck=stuck(judged.actions, limit),
        held=cut(held, limit),
        absent=cut(absent, min(limit, 12)),
    )


_MOST_SHEETS = 6


def _totals(judged: Assessment) -> tuple[Total, ...]:
    now = Counter(one.status for one in judged.goals)
    before = Counter(_before(one, judged.previous_run_on) for one in judged.goals)
    known = judged.previous_run_on is not None
    return tuple(
        Total(
            status=status,
            n=now[status],
            delta=now[status] - before[status] if known else None,
        )
        for status in ORDER
        if now[status] or (known and before[status])
    )


def _before(one: GoalAssessment, previous: date | None) -> Status:
    """The status at the last run; an older change is no news."""
    change = one.change
    if change is None or previous is None or change.since < previous:
        return one.status
    return change.status_before


def _departments(judged: Assessment) -> list[DepartmentLine]:
    rows: dict[str, list[int]] = {}
    for one in judged.people:
        name = one_line(one.person.department, 30)
        if not name:
            continue
        row = rows.setdefault(name, [0, 0, 0])
        row[0] += 1
        row[1] += sum(goal.status is not Status.CLOSED for goal in one.goals)
        row[2] += sum(goal.status in ATTENTION for goal in one.goals)
    lines = [
        DepartmentLine(name=name, n_people=row[0], n=row[1], n_attention=row[2])
        for name, row in rows.items()
    ]
    if len(lines) < 2:  # noqa: PLR2004 - a single department is the whole
        return []
    return sorted(lines, key=lambda line: -line.n_attention / max(line.n, 1))


def _health(judged: Assessment) -> tuple[HealthLine, ...]:
    return tuple(
        HealthLine(label=wording.HEALTH[one.name], n=one.n, of=one.of)
        for one in judged.health
        if one.of
    )


def _missing(judged: Assessment, limit: int) -> tuple[Missing, ...]:
    groups = (
        (wording.HAVE_NO_GOALS, [one for one in judged.people if not one.goals]),
        (
            wording.HAVE_NO_FIGURES,
            [
                one
                for one in judged.people
                if any(goal.status is Status.NO_DATA for goal in one.goals)
            ],
        ),
        (
            wording.HAVE_NOT_CONFIRMED,
            [
                one
                for one in judged.people
                if any(goal.goal.acknowledged is False for goal in one.goals)
            ],
        ),
    )
    return tuple(
        Missing(
            label=label, names=cut((one.person.name for one in people), min(limit, 12))
        )
        for label, people in groups
        if people
    )


def _by_sheet(
    findings: Iterable[Finding], links: Links, limit: int
) -> tuple[SheetFindings, ...]:
    sheets: dict[str, list[Finding]] = {}
    for one in findings:
        sheets.setdefault(one.at.sheet if one.at else "", []).append(one)
    for found in sheets.values():
        # Stable: within a severity the reading order stays.
        found.sort(key=lambda one: SEVERITIES.index(one.severity))
    worst_first = sorted(
        sheets.items(),
        key=lambda item: (-sum(one.severity == "error" for one in item[1]), item[0]),
    )
    return tuple(
        SheetFindings(
            sheet=one_line(sheet, 40),
            lines=cut((_finding_line(one, links) for one in found), limit),
        )
        for sheet, found in worst_first
    )


def _finding_line(one: Finding, links: Links) -> FindingLine:
    return FindingLine(
        code=one.code,
        severity=one.severity,
        a1=one.at.a1 if one.at else "",
        link=web_link(links, one.at) if one.at else None,
        what=one.what,
        fix=one.fix,
    )
