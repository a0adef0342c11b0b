"""The long tables of the summary workbook: goals, people, and what goes with them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from reports.audience import AudienceKind
from reports.lines import ATTENTION
from reports.page.edition import Edition
from reports.page.weights import weight_sums
from reports.sheets.pen import Column, Pen, Value
from sync.assess.labels import label
from sync.assess.model import GoalAssessment
from sync.assess.shown import title
from sync.cells import CellRef
from sync.records.model import Person, Status
from sync.wording import Lang, Text

YES = Text("是", "yes")
PERSON = Text("员工", "Person")
DEPARTMENT = Text("部门", "Department")
_MANAGER = Text("主管", "Manager")
_CELL = Text("单元格", "Cell")

STATUS = Text("状态", "Status")
DIFFERS = Text("与填报不一致", "Differs from sheet")
SCORE = Text("SMART得分", "SMART score")

PERSON_AT, DEPARTMENT_AT, STATUS_AT = 0, 1, 5
"""Where they stand in a row of `goal_rows`, 0-based."""

_GOALS = (
    Column(PERSON, 14),
    Column(DEPARTMENT, 14),
    Column(_MANAGER, 14),
    Column(Text("周期", "Period"), 10),
    Column(Text("目标", "Goal"), 44, "wrap"),
    Column(STATUS, 13, "status"),
    Column(Text("表中填报", "Stated in sheet"), 13, "status"),
    Column(DIFFERS, 13),
    Column(Text("进度", "Progress"), 9, "percent"),
    Column(Text("按时间应完成", "Expected by now"), 12, "percent"),
    Column(Text("截止", "Due"), 12, "date"),
    Column(Text("下次跟进", "Look again on"), 12, "date"),
    Column(Text("权重", "Weight"), 8, "percent"),
    Column(SCORE, 11, "number"),
    Column(Text("SMART欠缺", "Falls short of"), 12),
    Column(Text("原因", "Why"), 52, "wrap"),
    Column(_CELL, 16),
)
_PEOPLE = (
    Column(PERSON, 14),
    Column(DEPARTMENT, 14),
    Column(_MANAGER, 14),
    Column(Text("岗位", "Position"), 18),
    Column(STATUS, 13, "status"),
    Column(Text("目标数", "Goals"), 9, "number"),
    Column(Text("需要关注", "Need attention"), 10, "number"),
    Column(Text("加权进度", "Weighted progress"), 11, "percent"),
    Column(Text("周期", "Period"), 10),
    Column(Text("权重合计", "Weights add up to"), 11, "percent"),
)
_ACTIONS = (
    Column(Text("改进措施", "Action"), 44, "wrap"),
    Column(Text("针对问题", "Issue"), 30, "wrap"),
    Column(Text("负责人", "Owner"), 14),
    Column(Text("期限", "Due"), 12, "date"),
    Column(Text("已过期天数", "Days overdue"), 11, "number"),
    Column(Text("未完成", "Open"), 8),
    Column(Text("目前情况", "Where it stands"), 40, "wrap"),
    Column(_CELL, 16),
)
_TALKS = (
    Column(PERSON, 14),
    Column(DEPARTMENT, 14),
    Column(Text("最近一次", "Latest"), 12, "date"),
    Column(Text("已约下次", "Next agreed"), 12, "date"),
    Column(Text("应在何时前", "Due by"), 12, "date"),
    Column(Text("连续未进行", "Missed in a row"), 11, "number"),
)


def goal_rows(shown: Edition, lang: Lang) -> list[Sequence[Value]]:
    """Give every goal as a row of the table `Goals`."""
    people = {one.person.key: one.person for one in shown.people}
    return [
        (*_whose(one, people, shown.kind), *_goal(one, lang)) for one in shown.goals
    ]


def goals_sheet(pen: Pen, shown: Edition) -> None:
    """Write every goal, one a row."""
    rows = goal_rows(shown, pen.lang)
    pen.table(Text("目标", "Goals"), "Goals", _GOALS, rows)


def people_sheet(pen: Pen, shown: Edition) -> None:
    """Write everybody, once for each period that weighs their goals."""
    pen.table(Text("人员", "People"), "People", _PEOPLE, _people(shown, pen.lang))


def actions_sheet(pen: Pen, shown: Edition) -> None:
    """Write the improvement actions, the longest overdue first."""
    rows = (
        (
            one.action.action,
            one.action.issue,
            one.action.owner,
            one.action.due_on,
            one.days_overdue if one.is_open else 0,
            pen.say(YES) if one.is_open else "",
            one.reason.in_(pen.lang),
            _cell(one.action.place.at("action")),
        )
        for one in sorted(
            shown.actions, key=lambda one: (not one.is_open, -one.days_overdue)
        )
    )
    pen.table(Text("改进措施", "Actions"), "Actions", _ACTIONS, rows)


def talks_sheet(pen: Pen, shown: Edition) -> None:
    """Write when everybody was and is to be talked with."""
    rows = (
        (
            one.person.name,
            one.person.department,
            one.last,
            one.next,
            one.due_on,
            one.missed,
        )
        for one in shown.rhythms
    )
    pen.table(Text("面谈", "Check-ins"), "CheckIns", _TALKS, rows)


def _whose(
    one: GoalAssessment, people: Mapping[str, Person], kind: AudienceKind
) -> Sequence[Value]:
    """Name the owner, as the people sheet does if it has them, and their manager.

    Whoever reads of their own team knows its manager; nobody else is named to them.
    """
    goal = one.goal
    person = people.get(goal.person_key or "")
    manager = (person.manager if person else "") or goal.manager
    return (
        person.name if person else goal.employee,
        person.department if person else goal.department,
        manager if kind is AudienceKind.HR else "",
    )


def _goal(one: GoalAssessment, lang: Lang) -> Sequence[Value]:
    goal = one.goal
    return (
        goal.review_cycle,
        goal.title or title(goal).in_(lang),
        label(one.status, lang),
        label(one.claimed, lang) if one.claimed else None,
        YES.in_(lang) if one.disagrees else "",
        one.progress,
        one.expected,
        goal.due_on,
        one.next_on,
        goal.weight,
        one.verdict.score,
        " ".join(one.verdict.missing),
        one.reason.in_(lang),
        _cell(goal.at("goal_title")),
    )


def _people(shown: Edition, lang: Lang) -> Iterator[Sequence[Value]]:
    for one in shown.people:
        person = one.person
        counts = Counter(goal.status for goal in one.goals)
        sums: list[tuple[str, float | None]] = [*weight_sums(one.goals)]
        for cycle, total in sums or [("", None)]:
            yield (
                person.name,
                person.department,
                person.manager if shown.kind is AudienceKind.HR else "",
                person.position,
                label(one.status, lang) if one.goals else None,
                sum(n for status, n in counts.items() if status is not Status.CLOSED),
                sum(counts[status] for status in ATTENTION),
                one.progress,
                cycle,
                total,
            )


def _cell(at: CellRef) -> str:
    return f"{at.sheet}!{at.a1}"
