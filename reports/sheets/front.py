"""The first sheet: figures with live formulas over the goals, and charts of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_rowcol_to_cell

from reports import palette
from reports.audience import AudienceKind
from reports.lines import ATTENTION
from reports.page.edition import Edition
from reports.page.overview import Overview, overview
from reports.page.wording import AUDIENCES
from reports.sheets.blocks import burn_up_block, groups_block, health_block
from reports.sheets.pen import Sheet, figures_beside_names
from reports.sheets.rows import DIFFERS, SCORE, STATUS, YES, goal_rows
from reports.show import one_line
from sync.assess.labels import label
from sync.records.model import Status
from sync.wording import Text

NAME = Text("概览", "Overview")
_AS_OF = Text("截至 {day} · {source} · {who}", "As of {day} · {source} · {who}")
_TITLE = Text("绩效跟进汇总", "Follow-up summary")
_ALIVE = Text(
    "数字都是公式，随“目标”表变化；工作簿本身由 Followup 生成，可随意修改、另存。",
    "The figures are formulas over the sheet Goals; this workbook is yours to change.",
)
_TILES = (
    Text("跟进中的目标", "followed up"),
    Text("需要关注", "need attention"),
    Text("没有数据", "without a figure"),
    Text("与填报不一致", "differ from the sheet"),
    Text("SMART 平均分", "mean SMART score"),
)
_N = Text("数量", "Goals")
_SHARE = Text("占比", "Share")
_CHANGE = Text("较上次", "Change")
_TOTAL = Text("合计", "Total")
_BY_STATUS = Text("目标状态", "Goals by status")
_TABLE_ROW = 7
_CHARTS_END = 23


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the parts of the sheet begin, 0-based rows."""

    statuses: tuple[Status, ...]
    total: int
    groups: int


def front_sheet(sheet: Sheet, shown: Edition, source: str) -> None:
    """Fill the first sheet in; its formulas look at the table `Goals`."""
    o = overview(shown)
    goals = (
        () if shown.kind is AudienceKind.EMPLOYEE else goal_rows(shown, sheet.pen.lang)
    )
    statuses = tuple(one.status for one in o.totals)
    total = _TABLE_ROW + 1 + len(statuses)
    place = _Place(statuses, total, max(total + 2, _CHARTS_END))
    sheet.tab.hide_gridlines(2)
    sheet.tab.set_column(0, 0, 36)
    sheet.tab.set_column(1, 12, 12)
    sheet.tab.set_row(0, 30)
    sheet.tab.set_row(4, 34)
    sheet.tab.set_row(5, 30)
    who = AUDIENCES[shown.kind].fill(name=shown.name)
    facts = {"day": shown.today.isoformat(), "source": one_line(source, 80)}
    sheet.put(0, 0, sheet.say(_TITLE), "title")
    sheet.put(1, 0, sheet.say(_AS_OF.fill(**facts, who=who)), "quiet")
    sheet.put(2, 0, sheet.say(_ALIVE), "quiet")
    _tiles(sheet, shown, o, place)
    _statuses(sheet, o, place)
    row = groups_block(sheet, goals, statuses, top=place.groups)
    row = health_block(sheet, o, row)
    burn_up_block(sheet, shown.burn_up, row)
    sheet.paper()


def _tiles(sheet: Sheet, shown: Edition, o: Overview, place: _Place) -> None:
    closed = label(Status.CLOSED, sheet.pen.lang)
    status, differs = f"Goals[{sheet.say(STATUS)}]", f"Goals[{sheet.say(DIFFERS)}]"
    score = f"Goals[{sheet.say(SCORE)}]"
    formulas = (
        f'=SUMPRODUCT(--({status}<>"{closed}"),--({status}<>""))',
        "=" + ("+".join(_cells(place, ATTENTION)) or "0"),
        "=" + ("+".join(_cells(place, (Status.NO_DATA,))) or "0"),
        f'=SUMPRODUCT(--({differs}="{sheet.say(YES)}"))',
        f'=IFERROR(ROUND(AVERAGEIFS({score},{status},"<>{closed}"),0),"")',
    )
    values = (o.n, o.n_attention, o.n_waiting, o.n_disagreeing, _mean_score(shown))
    for column, (caption, formula, value) in enumerate(
        zip(_TILES, formulas, values, strict=True)
    ):
        known = "" if value is None else value
        sheet.formula((4, column), formula, known, "big")
        sheet.put(5, column, sheet.say(caption), "caption")


def _mean_score(shown: Edition) -> int | None:
    """Round as a spreadsheet does, halves up, so that recalculating changes nothing."""
    scores = [
        one.verdict.score for one in shown.goals if one.status is not Status.CLOSED
    ]
    return math.floor(sum(scores) / len(scores) + 0.5) if scores else None


def _cells(place: _Place, statuses: Sequence[Status]) -> list[str]:
    return [
        xl_rowcol_to_cell(_TABLE_ROW + 1 + place.statuses.index(one), 1)
        for one in statuses
        if one in place.statuses
    ]


def _statuses(sheet: Sheet, o: Overview, place: _Place) -> None:
    heads = [STATUS, _N, _SHARE, *([_CHANGE] if o.previous_on else [])]
    sheet.heads(_TABLE_ROW, heads, figures_beside_names(len(heads)))
    first, last = _TABLE_ROW + 1, place.total - 1
    total = xl_rowcol_to_cell(place.total, 1, row_abs=True, col_abs=True)
    counted = f"Goals[{sheet.say(STATUS)}]"
    for row, one in enumerate(o.totals, first):
        sheet.put(row, 0, label(one.status, sheet.pen.lang), "status")
        name, n = xl_rowcol_to_cell(row, 0), xl_rowcol_to_cell(row, 1)
        formula = f"=SUMPRODUCT(--({counted}={name}))"
        sheet.formula((row, 1), formula, one.n, "number")
        share = f"=IF({total}=0,0,{n}/{total})"
        sheet.formula((row, 2), share, one.share, "percent")
        if one.delta is not None:
            sheet.put(row, 3, one.delta, "change")
    if not o.totals:
        return
    sheet.put(place.total, 0, sheet.say(_TOTAL), "total_name")
    area = f"{xl_rowcol_to_cell(first, 1)}:{xl_rowcol_to_cell(last, 1)}"
    summed = sum(one.n for one in o.totals)
    sheet.formula((place.total, 1), f"=SUM({area})", summed, "total")
    sheet.formula((place.total, 2), f"=SUM({area})/{total}", 1, "total_percent")
    sheet.colour((first, 0, last, 0))
    _doughnut(sheet, place)


def _doughnut(sheet: Sheet, place: _Place) -> None:
    name, first, last = sheet.say(NAME), _TABLE_ROW + 1, place.total - 1
    chart = sheet.pen.book.add_chart({"type": "doughnut"})
    bars = [palette.COLOURS[one].bar for one in place.statuses]
    chart.add_series(
        {
            "categories": [name, first, 0, last, 0],
            "values": [name, first, 1, last, 1],
            "points": [
                {"fill": {"color": one}, "border": {"color": palette.PAPER}}
                for one in bars
            ],
            "data_labels": {
                "value": True,
                "font": {"color": palette.PAPER, "bold": True},
            },
        }
    )
    chart.set_hole_size(58)
    chart.set_legend({"position": "right"})
    sheet.place(chart, _BY_STATUS, at=(_TABLE_ROW, 4), size=(400, 320))
