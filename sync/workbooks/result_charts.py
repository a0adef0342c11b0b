"""The board's charts in the results workbook, which is written new each time."""

from collections.abc import Iterable, Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sync.cells import Area
from sync.workbooks.plan import BoardChart, Series

_KINDS: Mapping[str, dict[str, str]] = {
    "ring": {"type": "doughnut"},
    "bars": {"type": "bar", "subtype": "stacked"},
    "lines": {"type": "line"},
}
_LINE = {"color": "#DDE1DF"}


def draw_charts(
    book: Workbook, tab: Worksheet, name: str, charts: Iterable[BoardChart]
) -> None:
    """Draw the charts on the board, of its own cells.

    Args:
        book: The results workbook.
        tab: Its board.
        name: What the board's tab is called.
        charts: What to draw.
    """
    for one in charts:
        chart = book.add_chart(_KINDS[one.kind])
        for series in one.series:
            chart.add_series(_series(one, series, name))
        chart.set_title({"name": one.title, "name_font": {"size": 12}})
        chart.set_legend({"position": "right" if one.kind == "ring" else "bottom"})
        chart.set_size({"width": one.width, "height": one.height})
        chart.set_chartarea({"border": _LINE})
        if one.kind == "bars":
            chart.set_y_axis({"reverse": True})
            grid = {"visible": True, "line": _LINE}
            chart.set_x_axis({"label_position": "high", "major_gridlines": grid})
        elif one.kind == "lines":
            chart.set_y_axis({"min": 0, "max": 100})
        options = {"x_offset": one.shift, "description": one.title}
        tab.insert_chart(one.row - 1, one.column - 1, chart, options)


def _series(one: BoardChart, series: Series, name: str) -> dict[str, Any]:
    colours = [f"#{colour}" for colour in series.colours]
    made: dict[str, Any] = {
        "categories": _range(name, one.names),
        "values": _range(name, series.values),
    }
    if series.name:
        made["name"] = [name, series.name[0] - 1, series.name[1] - 1]
    match one.kind:
        case "ring":
            made["points"] = [{"fill": {"color": colour}} for colour in colours]
            made["data_labels"] = {"value": True, "font": {"color": "#FFFFFF"}}
        case "bars":
            made |= {"fill": {"color": colours[0]}, "gap": 45}
        case "lines":
            dash = "dash" if series.dashed else "solid"
            made["line"] = {"color": colours[0], "width": 2, "dash_type": dash}
    return made


def _range(name: str, area: Area) -> list[str | int]:
    return [name, area.top - 1, area.left - 1, area.bottom - 1, area.right - 1]
