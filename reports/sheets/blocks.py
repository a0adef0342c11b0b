"""Further parts of the first sheet: departments, the follow-up itself, the weeks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell as cell

from reports import palette
from reports.lines import ATTENTION
from reports.page.overview import Overview
from reports.sheets.pen import Sheet, Value, figures_beside_names
from reports.sheets.rows import (
    DEPARTMENT,
    DEPARTMENT_AT,
    PERSON,
    PERSON_AT,
    STATUS,
    STATUS_AT,
)
from sync.assess.labels import label
from sync.assess.process import BurnPoint
from sync.records.model import Status
from sync.wording import Text, same

NAME = Text("概览", "Overview")
_NOT_FILLED = Text("（未填写）", "(not filled in)")
_BY = {
    False: Text("各部门的目标状态", "Goals by department"),
    True: Text("各人的目标状态", "Goals by person"),
}
_TOTAL = Text("合计", "Total")
_NEED = Text("需要关注占比", "Need attention")
_HEALTH = Text("跟进工作本身", "Health of the follow-up")
_HEALTH_HEADS = (
    Text("指标", "Figure"),
    Text("数量", "Count"),
    Text("共", "Of"),
    Text("占比", "Share"),
)
_BURN = Text("完成进度与计划", "Progress beside the plan")
_BURN_HEADS = (
    Text("日期", "Day"),
    Text("实际完成", "Done"),
    Text("按时间应完成", "Expected"),
    Text("目标数", "Goals"),
)
_MOST_DRAWN = 20
_TABLE_ROW = 7


@dataclass(frozen=True, slots=True)
class _Cross:
    """Goals by group and status, as the table `Goals` has them."""

    field: Text
    groups: Sequence[tuple[str, Counter[str]]]
    """Those that need most first."""


def groups_block(
    sheet: Sheet,
    goals: Sequence[Sequence[Value]],
    statuses: Sequence[Status],
    *,
    top: int,
) -> int:
    """Write departments, or people where there is but one, by status; and their bars.

    Args:
        sheet: Where to write.
        goals: Rows of the table `Goals`; none: there is nothing to divide.
        statuses: Those that occur, in order.
        top: The row to begin in, 0-based.

    Returns:
        The row to go on in.
    """
    if not goals:
        return top
    crossed = _cross(goals, [label(one, sheet.pen.lang) for one in ATTENTION])
    labels = [label(one, sheet.pen.lang) for one in statuses]
    sheet.put(top, 0, sheet.say(_BY[crossed.field is PERSON]), "section")
    heads = (crossed.field, *map(same, labels), _TOTAL, _NEED)
    sheet.heads(top + 1, heads, figures_beside_names(len(heads)))
    needy = [1 + at for at, one in enumerate(statuses) if one in ATTENTION]
    for row, (name, counts) in enumerate(crossed.groups, top + 2):
        sheet.put(row, 0, name or sheet.say(_NOT_FILLED), "text")
        _counts(sheet, row, crossed.field, labels, counts, top + 1, named=bool(name))
        _shares(sheet, row, len(labels), counts, needy)
    last = top + 1 + len(crossed.groups)
    _need_bars(sheet, (top + 2, len(labels) + 2, last, len(labels) + 2))
    if len(crossed.groups) > 1:
        _bars(sheet, crossed, statuses, top)
    return last + 2


def health_block(sheet: Sheet, o: Overview, top: int) -> int:
    """Write the figures about the follow-up itself; return the row to go on in."""
    if not o.health:
        return top
    sheet.put(top, 0, sheet.say(_HEALTH), "section")
    sheet.heads(top + 1, _HEALTH_HEADS, figures_beside_names(4))
    for row, one in enumerate(o.health, top + 2):
        sheet.put(row, 0, sheet.say(one.label), "text")
        sheet.put(row, 1, one.n, "number")
        sheet.put(row, 2, one.of, "number")
        formula = f"=IF({cell(row, 2)}=0,0,{cell(row, 1)}/{cell(row, 2)})"
        sheet.formula((row, 3), formula, one.n / one.of, "percent")
    return top + 3 + len(o.health)


def burn_up_block(sheet: Sheet, points: Sequence[BurnPoint], top: int) -> None:
    """Write progress beside the plan, and draw both where two weeks are known."""
    known = sum(one.done is not None for one in points)
    if known < 2:  # noqa: PLR2004 - one point is no line
        return
    sheet.put(top, 0, sheet.say(_BURN), "section")
    sheet.heads(top + 1, _BURN_HEADS, figures_beside_names(4))
    for row, one in enumerate(points, top + 2):
        sheet.put(row, 0, one.on, "date")
        sheet.put(row, 1, one.done, "percent")
        sheet.put(row, 2, one.expected, "percent")
        sheet.put(row, 3, one.n, "number")
    chart = sheet.pen.book.add_chart({"type": "line"})
    first, last, name = top + 2, top + 1 + len(points), sheet.say(NAME)
    looks = (
        {"color": palette.ACCENT, "width": 2.5},
        {"color": palette.QUIET, "width": 1.5, "dash_type": "dash"},
    )
    for column, look in enumerate(looks, 1):
        chart.add_series(
            {
                "name": [name, top + 1, column],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, column, last, column],
                "line": look,
            }
        )
    grid = {"visible": True, "line": {"color": palette.LINE}}
    chart.set_y_axis({"min": 0, "max": 1, "num_format": "0%", "major_gridlines": grid})
    chart.set_x_axis({"date_axis": True, "num_format": "mm-dd"})
    chart.show_blanks_as("gap")
    chart.set_legend({"position": "bottom"})
    sheet.place(chart, _BURN, at=(top, 4), size=(700, 280))


def _cross(goals: Iterable[Sequence[Value]], needy: Sequence[str]) -> _Cross:
    """Count as the formulas do, which see no difference between a and A."""
    rows = list(goals)
    departments = {str(row[DEPARTMENT_AT] or "").casefold() for row in rows} - {""}
    by_person = len(departments) < 2  # noqa: PLR2004 - one department is the whole
    at = PERSON_AT if by_person else DEPARTMENT_AT
    names: dict[str, str] = {}
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        name = str(row[at] or "")
        names.setdefault(name.casefold(), name)
        counts[name.casefold()][str(row[STATUS_AT])] += 1

    def _need(folded: str) -> tuple[float, int]:
        late = sum(counts[folded][one] for one in needy)
        return -late / counts[folded].total(), -late

    ordered = sorted(names, key=_need)
    field = PERSON if by_person else DEPARTMENT
    return _Cross(field, [(names[one], counts[one]) for one in ordered])


def _counts(  # noqa: PLR0913, PLR0917 - one row, and where its head is
    sheet: Sheet,
    row: int,
    field: Text,
    labels: Sequence[str],
    counts: Counter[str],
    head_row: int,
    *,
    named: bool,
) -> None:
    # Equality, not COUNTIFS: a department called ">5" or "R*D" is a name as well.
    name = cell(row, 0, col_abs=True) if named else '""'
    for column, one in enumerate(labels, 1):
        head = cell(head_row, column, row_abs=True)
        formula = (
            f"=SUMPRODUCT(--(Goals[{sheet.say(field)}]={name}),"
            f"--(Goals[{sheet.say(STATUS)}]={head}))"
        )
        sheet.formula((row, column), formula, counts[one], "number")


def _shares(  # noqa: PLR0917 - one row, and what to add up in it
    sheet: Sheet,
    row: int,
    width: int,
    counts: Counter[str],
    needy: Sequence[int],
) -> None:
    summed = f"=SUM({cell(row, 1)}:{cell(row, width)})"
    sheet.formula((row, width + 1), summed, counts.total(), "number")
    late = sum(counts[label(one, sheet.pen.lang)] for one in ATTENTION)
    added = "+".join(cell(row, column) for column in needy) or "0"
    total = cell(row, width + 1)
    share = f"=IF({total}=0,0,({added})/{total})"
    sheet.formula((row, width + 2), share, late / counts.total(), "percent")


def _need_bars(sheet: Sheet, area: tuple[int, int, int, int]) -> None:
    sheet.tab.conditional_format(
        *area,
        {
            "type": "data_bar",
            "bar_color": palette.COLOURS[Status.BEHIND].bar,
            "bar_solid": True,
            "min_type": "num",
            "min_value": 0,
            "max_type": "num",
            "max_value": 1,
        },
    )


def _bars(sheet: Sheet, crossed: _Cross, statuses: Sequence[Status], top: int) -> None:
    """Draw the groups that need most, as many as there is room for."""
    chart = sheet.pen.book.add_chart({"type": "bar", "subtype": "stacked"})
    drawn = min(len(crossed.groups), _MOST_DRAWN)
    first, last, name = top + 2, top + 1 + drawn, sheet.say(NAME)
    for column, status in enumerate(statuses, 1):
        chart.add_series(
            {
                "name": [name, top + 1, column],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, column, last, column],
                "fill": {"color": palette.COLOURS[status].bar},
                "border": {"color": palette.PAPER},
                "gap": 45,
            }
        )
    chart.set_y_axis({"reverse": True, "line": {"none": True}})
    grid = {"visible": True, "line": {"color": palette.LINE}}
    # The first group on top turns the axis of numbers over as well: back down with it.
    low = {"label_position": "high"}
    chart.set_x_axis({"major_gridlines": grid, "num_format": "0", **low})
    chart.set_legend({"position": "bottom"})
    sheet.place(
        chart, _BY[crossed.field is PERSON], at=(_TABLE_ROW, 9), size=(620, 320)
    )
