"""The Spreadsheet resource and what is in it, as JSON.

Defaults are left out as the real answers leave them out: ``sheetId`` 0 in a range,
``false``, empty lists.
"""

import copy
from typing import Any

from tests.sheets_server.a1 import Box, box_of
from tests.sheets_server.book import Book, Place
from tests.sheets_server.cells import EMPTY, Cell, Column, Formula, Row
from tests.sheets_server.entered import plain
from tests.sheets_server.filters import filtered_rows
from tests.sheets_server.formulas.results import Failure, Scalar
from tests.sheets_server.grid import Sheet
from tests.sheets_server.looks import Looks, link_of
from tests.sheets_server.masks import ALL, Mask, below, select
from tests.sheets_server.metadata import metadata_json
from tests.sheets_server.refusals import Json
from tests.sheets_server.rendering import as_text
from tests.sheets_server.rights import Caller, free

PIXELS = {"ROW": 21, "COLUMN": 100}
URL = "https://docs.google.com/spreadsheets/d/{}/edit"


def range_json(one: Json) -> Json:
    """Leave out what stands at its default, as answers do. Recorded."""
    return {
        name: value
        for name, value in one.items()
        if value is not None and not (name == "sheetId" and value == 0)
    }


def book_json(
    book: Book,
    mask: Mask = ALL,
    *,
    places: list[Place] | None = None,
    with_data: bool = False,
    caller: Caller,
) -> Json:
    """Give the spreadsheet.

    Args:
        book: The spreadsheet.
        mask: The fields that are wanted; when there are any, they alone decide
            whether cells come along.
        places: Ranges asked for; other sheets are then left out. None for all.
        with_data: Whether cells come along when there is no mask.
        caller: Who asks, for ``requestingUserCanEdit``.
    """
    answer: Json = {"spreadsheetId": book.id, "properties": book.properties}
    wanted = below(mask, "sheets")
    if wanted is not None:
        data = below(wanted, "data") if mask else (ALL if with_data else None)
        answer["sheets"] = [
            sheet_json(book, sheet, boxes, data=data, caller=caller)
            for sheet, boxes in by_sheet(book, places)
        ]
    if book.named:
        answer["namedRanges"] = [
            {**named, "range": range_json(named["range"])}
            for named in book.named.values()
        ]
    answer["spreadsheetUrl"] = URL.format(book.id)
    if book.metadata:
        answer["developerMetadata"] = [
            metadata_json(one, "SPREADSHEET") for one in book.metadata
        ]
    selected: Json = select(answer, mask)
    return selected


def by_sheet(
    book: Book, places: list[Place] | None
) -> list[tuple[Sheet, list[Box] | None]]:
    if places is None:
        return [(sheet, None) for sheet in book.sheets]
    return [
        (sheet, boxes)
        for sheet in book.sheets
        if (boxes := [place.box for place in places if place.sheet is sheet])
    ]


def sheet_json(
    book: Book,
    sheet: Sheet,
    boxes: list[Box] | None,
    *,
    data: Mask | None,
    caller: Caller,
) -> Json:
    answer: Json = {"properties": copy.deepcopy(sheet.properties)}
    if data is not None:
        answer["data"] = [
            data_json(book, sheet, box, data) for box in boxes or [sheet.box]
        ]
    parts: dict[str, list[Any]] = {
        "merges": [
            range_json(one)
            for one in sheet.merges
            if boxes is None or any(box.meets(box_of(one)) for box in boxes)
        ],
        "conditionalFormats": [rule_json(rule) for rule in sheet.conditional_formats],
        "filterViews": [with_range(one) for one in sheet.filter_views],
        "protectedRanges": [protected_json(one, caller) for one in sheet.protected],
    }
    answer |= {name: value for name, value in parts.items() if value}
    if sheet.basic_filter:
        answer["basicFilter"] = with_range(sheet.basic_filter)
    parts = {
        "charts": [chart_json(one) for one in sheet.charts],
        "bandedRanges": [with_range(one) for one in sheet.banded],
        "developerMetadata": [
            metadata_json(one, "SHEET", sheet) for one in sheet.metadata
        ],
        "rowGroups": [with_range(one) for one in sheet.groups["ROWS"]],
        "columnGroups": [with_range(one) for one in sheet.groups["COLUMNS"]],
    }
    return answer | {name: value for name, value in parts.items() if value}


def with_range(one: Json) -> Json:
    made = copy.deepcopy(one)
    if "range" in made:
        made["range"] = range_json(made["range"])
    return made


def rule_json(rule: Json) -> Json:
    return {
        **copy.deepcopy(rule),
        "ranges": [range_json(one) for one in rule.get("ranges", [])],
    }


def protected_json(one: Json, caller: Caller, *, asks: bool = False) -> Json:
    """Give a protected range as one caller sees it.

    Args:
        one: The protected range.
        caller: Who asks; only who may edit it is told who else may (documented).
        asks: Whether it is the reply to who has just made it.
    """
    answer = with_range(one)
    if "unprotectedRanges" in answer:
        ranges = answer["unprotectedRanges"]
        answer["unprotectedRanges"] = [range_json(inner) for inner in ranges]
    editors = answer.pop("editors", {})
    if asks or free(one, caller):
        answer["requestingUserCanEdit"] = True
        answer["editors"] = editors
    return answer


def chart_json(chart: Any) -> Any:
    """Leave out of a chart's places what stands at its default."""
    if isinstance(chart, list):
        return [chart_json(one) for one in chart]
    if not isinstance(chart, dict):
        return chart
    return {
        name: range_json(value)
        if name == "anchorCell"
        else [range_json(one) for one in value]
        if name == "sources"
        else chart_json(value)
        for name, value in chart.items()
    }


def data_json(book: Book, sheet: Sheet, box: Box, mask: Mask) -> Json:
    answer: Json = {}
    if box.top:
        answer["startRow"] = box.top
    if box.left:
        answer["startColumn"] = box.left
    wanted = below(mask, "rowData")
    if wanted is not None:
        rows = row_data(book, sheet, box, below(wanted, "values"))
        if rows:
            answer["rowData"] = rows
    if below(mask, "rowMetadata") is not None:
        filtered = filtered_rows(book, sheet)
        answer["rowMetadata"] = [
            dimension_json(row, sheet, number, "ROW")
            | ({"hiddenByFilter": True} if number in filtered else {})
            for number, row in enumerate(sheet.rows[box.top : box.bottom], box.top)
        ]
    if below(mask, "columnMetadata") is not None:
        answer["columnMetadata"] = [
            dimension_json(column, sheet, number, "COLUMN")
            for number, column in enumerate(
                sheet.columns[box.left : box.right], box.left
            )
        ]
    return answer


def row_data(book: Book, sheet: Sheet, box: Box, mask: Mask | None) -> list[Json]:
    rows: list[Json] = []
    looks = Looks(book, sheet)
    for number in range(box.top, min(box.bottom, sheet.height)):
        row = sheet.rows[number]
        values = book.calculation.row(sheet, number, box.left, box.right)
        width = min(max(len(values), len(row.cells) - box.left), box.width)
        cells: list[Json] = []
        for offset in range(width):
            cell = row.at(box.left + offset)
            value = values[offset] if offset < len(values) else None
            answer = cell_json(book, cell, value)
            holds = value is not None or (cell and (cell.value or cell.format))
            look = below(mask or ALL, "effectiveFormat")
            if holds and look is not None:
                column = box.left + offset
                answer["effectiveFormat"] = looks.effective(
                    number, column, cell, value, mask=look
                )
            cells.append(select(answer, mask or ALL))
        while cells and not cells[-1]:
            cells.pop()
        rows.append({"values": cells} if cells and mask is not None else {})
    while rows and not rows[-1]:
        rows.pop()
    return rows


def cell_json(book: Book, cell: Cell | None, value: Scalar) -> Json:
    """Give one cell's CellData, but for the format that it ends up with."""
    if cell is None and value is None:
        return {}
    cell = cell or EMPTY
    answer: Json = {}
    if cell.value is not None:
        answer["userEnteredValue"] = extended(cell.value)
    if value not in (None, ""):
        # Measured on the real API by others: an empty text is not told from a blank.
        answer["effectiveValue"] = extended(value)
        answer["formattedValue"] = as_text(value, cell, book.locale)
    if cell.format:
        answer["userEnteredFormat"] = cell.format
    link = link_of(cell, book.locale)
    if link is not None:
        answer["hyperlink"] = link
    if cell.note:
        answer["note"] = cell.note
    if cell.runs:
        answer["textFormatRuns"] = list(cell.runs)
    if cell.validation:
        answer["dataValidation"] = cell.validation
    return answer


def extended(value: Scalar | Formula) -> Json:
    if isinstance(value, Formula):
        return {"formulaValue": value.text}
    if isinstance(value, Failure):
        error = {"type": value.type, "message": value.message}
        return {"errorValue": error if value.message else {"type": value.type}}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, str):
        return {"stringValue": value}
    return {"numberValue": plain(value) if isinstance(value, float) else value}


def dimension_json(one: Row | Column, sheet: Sheet, number: int, kind: str) -> Json:
    answer: Json = {"pixelSize": PIXELS[kind]} | one.properties
    if one.metadata:
        answer["developerMetadata"] = [
            metadata_json(entry, kind, sheet, number) for entry in one.metadata
        ]
    return answer
