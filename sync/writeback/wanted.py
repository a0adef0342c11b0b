"""What each of our cells should say, from the judgement alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sync.assess.labels import label
from sync.assess.model import GoalAssessment
from sync.assess.rulebook import rule_name
from sync.findings import Finding
from sync.records.model import Status
from sync.tables.model import Table
from sync.wording import Lang
from sync.workbooks.plan import OwnKey, Scalar

RowGoals = Mapping[int, tuple[GoalAssessment, ...]]
"""Row → the goals on it; more than one where groups of columns are goals of their own."""

_WORST_FIRST = (
    Status.OVERDUE,
    Status.BEHIND,
    Status.AT_RISK,
    Status.NO_DATA,
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.AHEAD,
    Status.ACHIEVED,
    Status.CLOSED,
)


def goals_by_row(goals: Iterable[GoalAssessment], table: Table) -> RowGoals:
    """Collect the goals of one table by the row they stand in."""
    rows: defaultdict[int, list[GoalAssessment]] = defaultdict(list)
    for judged in goals:
        origin = judged.goal.origin
        if (origin.sheet, origin.header_row) == (table.sheet, table.header_row):
            rows[judged.goal.place.row].append(judged)
    return {row: tuple(on_row) for row, on_row in rows.items()}


def wanted_cell(
    key: OwnKey,
    goals: tuple[GoalAssessment, ...],
    findings: tuple[Finding, ...],
    lang: Lang,
) -> Scalar:
    """Say what one of our cells holds.

    Args:
        key: Which of our columns.
        goals: The goals of the row.
        findings: The findings that speak of cells of the row.
        lang: The language to say it in.
    """
    match key:
        case "status":
            return label(worst(goals).status, lang)
        case "why":
            return _why(goals, lang)
        case "smart":
            return _smart(goals, findings, lang)
        case "next":
            return min((g.next_on for g in goals if g.next_on), default=None)


def worst(goals: tuple[GoalAssessment, ...]) -> GoalAssessment:
    """Pick the goal of a row that most needs attention."""
    if len(goals) == 1:
        return goals[0]
    return min(goals, key=lambda judged: _WORST_FIRST.index(judged.status))


def _why(goals: tuple[GoalAssessment, ...], lang: Lang) -> str:
    """Give the reason with its rule; with the goal's name where a row has several."""
    reasons = [
        f"{judged.reason.in_(lang)} [{rule_name(judged.rule).in_(lang)}]"
        for judged in goals
    ]
    if len(goals) == 1:
        return reasons[0]
    colon = "：" if lang == "zh" else ": "
    titles = (judged.goal.title for judged in goals)
    return "\n".join(map(colon.join, zip(titles, reasons, strict=True)))


def _smart(
    goals: tuple[GoalAssessment, ...], findings: tuple[Finding, ...], lang: Lang
) -> str:
    """Give score, letters that fall short and codes, as in ``55 缺 M·T (M001 T001)``."""
    verdict = min([judged.verdict for judged in goals], key=lambda v: v.score)
    text = str(verdict.score)
    if verdict.missing:
        text += (" 缺 " if lang == "zh" else " lacks ") + "·".join(verdict.missing)
    codes = sorted({finding.code for finding in findings})
    return f"{text} ({' '.join(codes)})" if codes else text
