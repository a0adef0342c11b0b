"""The sheet about the wording of the goals: scores, and what they fall short of."""

from collections.abc import Sequence

from reports import palette
from reports.page.edition import Edition
from reports.page.overview import overview
from reports.page.wording import LETTERS
from reports.sheets.pen import Kind, Sheet
from sync.wording import Text

NAME = Text("SMART", "SMART")
_SCORES = Text("得分分布", "Scores")
_SHORT = Text("欠缺在哪几项", "What goals fall short of")
_RULES = Text("最常见的问题", "Most frequent findings")
_HEADS = {
    "scores": (Text("得分", "Score"), Text("目标数", "Goals")),
    "letters": (Text("项", "Letter"), Text("目标数", "Goals")),
    "rules": (
        Text("问题", "What"),
        Text("目标数", "Goals"),
        Text("编号", "Code"),
        Text("例子", "Examples"),
    ),
}
_KINDS: Sequence[Kind] = ("text", "number", "text", "text")
_SCORES_ROW = 1
_LETTERS_ROW = 14
_RULES_ROW = 22


def smart_sheet(sheet: Sheet, shown: Edition) -> None:
    """Write how SMART the goals are, with a chart of the scores and of the letters."""
    o = overview(shown)
    sheet.tab.hide_gridlines(2)
    for column, width in enumerate((46, 10, 10, 90)):
        sheet.tab.set_column(column, column, width)
    parts = (
        (
            "scores",
            _SCORES,
            _SCORES_ROW,
            [(f"{b.low}–{b.high}", b.n) for b in o.scores],
        ),
        (
            "letters",
            _SHORT,
            _LETTERS_ROW,
            [(f"{one} {sheet.say(LETTERS[one])}", n) for one, n in o.letters],
        ),
    )
    for which, title, row, pairs in parts:
        _head(sheet, which, title, row)
        for at, (name, n) in enumerate(pairs, row + 1):
            sheet.put(at, 0, name, "text")
            sheet.put(at, 1, n, "number")
        _columns(sheet, title, row, len(pairs))
    _head(sheet, "rules", _RULES, _RULES_ROW)
    for row, one in enumerate(o.rules, _RULES_ROW + 1):
        sheet.put(row, 0, sheet.say(one.title), "wrap")
        sheet.put(row, 1, one.n, "number")
        sheet.put(row, 2, one.code, "text")
        sheet.put(row, 3, "\n".join(one.examples), "wrap")
    sheet.paper()


def _head(sheet: Sheet, which: str, title: Text, row: int) -> None:
    sheet.put(row - 1, 0, sheet.say(title), "section")
    sheet.heads(row, _HEADS[which], _KINDS[: len(_HEADS[which])])


def _columns(sheet: Sheet, title: Text, row: int, n: int) -> None:
    chart = sheet.pen.book.add_chart({"type": "column"})
    name = sheet.say(NAME)
    chart.add_series(
        {
            "categories": [name, row + 1, 0, row + n, 0],
            "values": [name, row + 1, 1, row + n, 1],
            "fill": {"color": palette.ACCENT},
            "gap": 40,
            "data_labels": {"value": True},
        }
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}})
    height = 20 * (n + 2)
    sheet.place(chart, title, at=(row - 1, 3), size=(560, height))
