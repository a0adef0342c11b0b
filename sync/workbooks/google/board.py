"""The board as a tab of ours: written as a whole, with links to cells and charts."""

from collections.abc import Iterator, Mapping

from sync.workbooks.google.charts import chart_requests
from sync.workbooks.google.looks import DAY, LOOKS, pixels
from sync.workbooks.google.reading import Tab
from sync.workbooks.google.structure import SHEET
from sync.workbooks.google.values import Json, extended
from sync.workbooks.plan import Board, BoardCell

_SPARE_ROWS = 50


def board_requests(
    board: Board, tab: Tab | None, new_id: int, gids: Mapping[str, int]
) -> list[Json]:
    """Write the board, on the tab where it stands or on a new one.

    Args:
        board: What it says.
        tab: Where it stands; ``None`` when it has to be made.
        new_id: The sheet id of a new tab.
        gids: Sheet name → sheet id, for the links.
    """
    requests = [] if tab else _made(board, new_id)
    sheet_id = tab.sheet_id if tab else new_id
    n_rows, n_columns = _size(board)
    if tab:
        requests += _emptied(tab, n_rows, n_columns)
    rows = [
        {"values": [_cell(cell, gids) for cell in row]} if row else {}
        for row in board.rows
    ]
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    fields = "userEnteredValue,userEnteredFormat"
    requests.append({"updateCells": {"start": start, "rows": rows, "fields": fields}})
    return [
        *requests,
        *chart_requests(board.charts, sheet_id, tab.charts if tab else ()),
    ]


def _size(board: Board) -> tuple[int, int]:
    return max(1, len(board.rows)), max([1, *map(len, board.rows)])


def _made(board: Board, sheet_id: int) -> list[Json]:
    n_rows, n_columns = _size(board)
    frozen = next(
        (
            n
            for n, row in enumerate(board.rows[:8], 1)
            if row and row[0].style == "head"
        ),
        0,
    )
    grid = {
        "rowCount": n_rows + _SPARE_ROWS,
        "columnCount": n_columns + 8,
        "frozenRowCount": frozen,
        "hideGridlines": True,
    }
    properties = {"sheetId": sheet_id, "title": board.name, "gridProperties": grid}
    return [
        {"addSheet": {"properties": properties}},
        sheet_mark(sheet_id, "board"),
        *(
            {
                "updateDimensionProperties": {
                    "range": _columns(sheet_id, at, at + 1),
                    "properties": {"pixelSize": pixels(width)},
                    "fields": "pixelSize",
                }
            }
            for at, width in enumerate(board.widths)
        ),
    ]


def sheet_mark(sheet_id: int, role: str) -> Json:
    """Mark a tab as ours."""
    mark = {
        "metadataKey": SHEET,
        "metadataValue": role,
        "visibility": "DOCUMENT",
        "location": {"sheetId": sheet_id},
    }
    return {"createDeveloperMetadata": {"developerMetadata": mark}}


def _columns(sheet_id: int, start: int, end: int) -> Json:
    return {
        "sheetId": sheet_id,
        "dimension": "COLUMNS",
        "startIndex": start,
        "endIndex": end,
    }


def _emptied(tab: Tab, n_rows: int, n_columns: int) -> Iterator[Json]:
    """Empty the tab and make it large enough."""
    for dimension, missing in (
        ("ROWS", n_rows - tab.n_rows),
        ("COLUMNS", n_columns - tab.n_columns),
    ):
        if missing > 0:
            yield {
                "appendDimension": {
                    "sheetId": tab.sheet_id,
                    "dimension": dimension,
                    "length": missing,
                }
            }
    yield {
        "updateCells": {
            "range": {"sheetId": tab.sheet_id},
            "fields": "userEnteredValue,userEnteredFormat",
        }
    }


def _cell(cell: BoardCell, gids: Mapping[str, int]) -> Json:
    look = dict(LOOKS[cell.style])
    if cell.style in {"head", "link", "good", "watch", "bad", "late", "quiet"}:
        look |= LOOKS["text"]
    if cell.link and cell.link.sheet in gids:
        # A link is a format, and no formula: nobody's text ever becomes one.
        uri = f"#gid={gids[cell.link.sheet]}&range={cell.link.a1}"
        look["textFormat"] = {**look.get("textFormat", {}), "link": {"uri": uri}}
    value = extended(cell.value)
    if "numberValue" in value and not isinstance(cell.value, int | float):
        look |= DAY
    made: Json = {"userEnteredFormat": look}
    return {"userEnteredValue": value, **made} if value else made
