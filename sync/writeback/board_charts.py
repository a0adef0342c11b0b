"""The board's charts, and the rows that hold what they show."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from sync.assess.model import Assessment, GoalAssessment
from sync.assess.process import BurnPoint
from sync.cells import Area
from sync.records.model import Status
from sync.wording import Lang, Text
from sync.workbooks.plan import BoardCell, BoardChart, Series

Row = tuple[BoardCell, ...]

CHART_ROWS = 14
"""Rows that the charts take, beside the totals; each is 16 points high or more."""
MOST_DEPARTMENTS = 12
MOST_WEEKS_BACK = 13
MOST_WEEKS_AHEAD = 6
RED = (Status.OVERDUE, Status.BEHIND, Status.AT_RISK)
COLOURS = {
    Status.ACHIEVED: "2F7D4A",
    Status.AHEAD: "24807A",
    Status.ON_TRACK: "3A73A8",
    Status.NOT_STARTED: "7C858B",
    Status.AT_RISK: "B87A14",
    Status.BEHIND: "C4602C",
    Status.OVERDUE: "B53A3F",
    Status.NO_DATA: "8473A8",
    Status.CLOSED: "8B9194",
}
_ACCENT, _QUIET = "1F5F5B", "8B9194"

DEPARTMENT_HEAD = Text(
    "部门|需要关注|没有数据|其余|目标数",
    "Department|Need attention|No data|Others|Goals",
)
WEEK_HEAD = Text(
    "完成进度与计划（%）|实际完成|按时间应完成",
    "Progress and plan (%)|Done|Expected by then",
)
_RING = Text("各状态目标数", "Goals by status")
_BARS = Text("各部门目标", "Goals by department")
_LINES = Text("完成进度与计划（%）", "Progress and plan (%)")
_NOWHERE = Text("（没有部门）", "(no department)")


def department_rows(assessment: Assessment, lang: Lang) -> Iterator[Row]:
    """Count goals by department, those that need most first; closed ones do not count.

    Nothing where there are fewer than two departments.
    """
    rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
    departments = {one.person.key: one.person.department for one in assessment.people}
    for one in assessment.goals:
        if one.status is not Status.CLOSED:
            known = departments.get(one.goal.person_key or "", one.goal.department)
            rows[" ".join(known.split())][_kind(one)] += 1
    if len([name for name in rows if name]) < 2:  # noqa: PLR2004 - else it is the whole
        return
    worst = sorted(rows.items(), key=lambda row: (-row[1]["red"], row[0]))
    for name, counts in worst[:MOST_DEPARTMENTS]:
        yield (
            BoardCell(name or _NOWHERE.in_(lang)),
            *(BoardCell(counts[kind]) for kind in ("red", "empty", "fine")),
            BoardCell(counts.total()),
        )


def week_rows(points: Sequence[BurnPoint]) -> Iterator[Row]:
    """Give progress and plan, a week a row; nothing while one week only is known."""
    known = [one for one in points if one.done is not None][-MOST_WEEKS_BACK:]
    if len(known) < 2:  # noqa: PLR2004 - one point is no line
        return
    ahead = [one for one in points if one.done is None][:MOST_WEEKS_AHEAD]
    for one in (*known, *ahead):
        yield (
            BoardCell(one.on.isoformat()),
            BoardCell(None if one.done is None else round(one.done * 100)),
            BoardCell(round(one.expected * 100)),
        )


def charts_of(
    assessment: Assessment,
    lang: Lang,
    *,
    totals: Sequence[Status],
    first: int,
    departments: tuple[int, int],
    weeks: tuple[int, int],
) -> tuple[BoardChart, ...]:
    """Lay the charts out beside the totals.

    Args:
        assessment: The judgement.
        lang: The language of the board.
        totals: The statuses, as their rows stand.
        first: Row of the first of them, 1-based.
        departments: First row of the departments, and how many there are.
        weeks: First row of the weeks, and how many there are.
    """
    if not assessment.goals:
        return ()
    charts = [_ring(lang, totals, first)]
    if departments[1]:
        charts.append(_bars(lang, departments, first))
    if weeks[1]:
        charts.append(_lines(lang, weeks, first))
    return tuple(charts)


def _kind(one: GoalAssessment) -> str:
    if one.status in RED:
        return "red"
    return "empty" if one.status is Status.NO_DATA else "fine"


def _ring(lang: Lang, totals: Sequence[Status], first: int) -> BoardChart:
    last = first + len(totals) - 1
    colours = tuple(COLOURS[one] for one in totals)
    return BoardChart(
        kind="ring",
        title=_RING.in_(lang),
        names=Area(first, 1, last, 1),
        series=(Series(Area(first, 2, last, 2), colours),),
        row=first,
        column=3,
        shift=8,
        width=310,
    )


def _bars(lang: Lang, departments: tuple[int, int], first: int) -> BoardChart:
    top, n = departments
    last = top + n - 1
    colours = (
        COLOURS[Status.BEHIND],
        COLOURS[Status.NO_DATA],
        COLOURS[Status.ON_TRACK],
    )
    return BoardChart(
        kind="bars",
        title=_BARS.in_(lang),
        names=Area(top, 1, last, 1),
        series=tuple(
            Series(Area(top, column, last, column), (colour,), (top - 1, column))
            for column, colour in enumerate(colours, 2)
        ),
        row=first,
        column=4,
        shift=80,
        width=310,
    )


def _lines(lang: Lang, weeks: tuple[int, int], first: int) -> BoardChart:
    top, n = weeks
    last = top + n - 1
    return BoardChart(
        kind="lines",
        title=_LINES.in_(lang),
        names=Area(top, 1, last, 1),
        series=(
            Series(Area(top, 2, last, 2), (_ACCENT,), (top - 1, 2)),
            Series(Area(top, 3, last, 3), (_QUIET,), (top - 1, 3), dashed=True),
        ),
        row=first,
        column=5,
        shift=28,
        width=330,
    )
