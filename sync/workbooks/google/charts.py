"""The board's charts as Google draws them, of cells of the board."""

from collections.abc import Iterator, Sequence

from sync.cells import Area
from sync.workbooks.google.looks import colour
from sync.workbooks.google.rules import grid_of
from sync.workbooks.google.values import Json
from sync.workbooks.plan import BoardChart, Series

MOST = 16
"""Numbers kept for the charts of one board, from the number of its tab on."""


def chart_requests(
    charts: Sequence[BoardChart], sheet_id: int, standing: Sequence[int]
) -> Iterator[Json]:
    """Draw the charts; those that stand stay where people moved them.

    Args:
        charts: What is wanted.
        sheet_id: Of the board. Its charts have the numbers from this one on, which tells
            them from charts that people add.
        standing: The numbers of all charts that stand there.
    """
    ours = range(sheet_id, sheet_id + MOST)
    for number, chart in zip(ours, charts, strict=False):
        spec = _spec(chart, sheet_id)
        if number in standing:
            yield {"updateChartSpec": {"chartId": number, "spec": spec}}
        else:
            place = {"overlayPosition": _position(chart, sheet_id)}
            made = {"chartId": number, "spec": spec, "position": place}
            yield {"addChart": {"chart": made}}
    for number in ours[len(charts) :]:
        if number in standing:
            yield {"deleteEmbeddedObject": {"objectId": number}}


def _position(chart: BoardChart, sheet_id: int) -> Json:
    anchor = {
        "sheetId": sheet_id,
        "rowIndex": chart.row - 1,
        "columnIndex": chart.column - 1,
    }
    return {
        "anchorCell": anchor,
        "offsetXPixels": chart.shift,
        "widthPixels": chart.width,
        "heightPixels": chart.height,
    }


def _spec(chart: BoardChart, sheet_id: int) -> Json:
    spec: Json = {"title": chart.title}
    if chart.kind == "ring":
        return spec | {
            "pieChart": {
                "legendPosition": "RIGHT_LEGEND",
                "domain": _source(chart.names, sheet_id),
                "series": _source(chart.series[0].values, sheet_id),
                "pieHole": 0.5,
            }
        }
    # A series is named by the cell above its first one.
    named = all(
        one.name == (one.values.top - 1, one.values.left) for one in chart.series
    )
    up = 1 if named else 0
    is_line = chart.kind == "lines"
    basic: Json = {
        "chartType": "LINE" if is_line else "BAR",
        "legendPosition": "BOTTOM_LEGEND",
        "headerCount": up,
        "domains": [{"domain": _source(chart.names, sheet_id, up)}],
        "series": [_series(one, sheet_id, up, is_line=is_line) for one in chart.series],
    }
    return spec | {
        "basicChart": basic if is_line else basic | {"stackedType": "STACKED"}
    }


def _series(one: Series, sheet_id: int, up: int, *, is_line: bool) -> Json:
    made: Json = {
        "series": _source(one.values, sheet_id, up),
        "targetAxis": "LEFT_AXIS" if is_line else "BOTTOM_AXIS",
    }
    if len(one.colours) == 1:
        made["colorStyle"] = colour(one.colours[0])
    if one.dashed:
        made["lineStyle"] = {"type": "MEDIUM_DASHED"}
    return made


def _source(area: Area, sheet_id: int, up: int = 0) -> Json:
    grid = grid_of(sheet_id, area._replace(top=area.top - up))
    return {"sourceRange": {"sources": [grid]}}
