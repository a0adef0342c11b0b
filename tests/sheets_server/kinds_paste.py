"""Requests that carry cells elsewhere, and find and replace."""

import re

from tests.sheets_server.a1 import Box
from tests.sheets_server.cells import EMPTY, Cell, Formula
from tests.sheets_server.entered import plain
from tests.sheets_server.grid import Sheet
from tests.sheets_server.references import carried
from tests.sheets_server.refusals import Json
from tests.sheets_server.tasks import Kind, Task

PARTS = {
    "PASTE_VALUES": ("value",),
    "PASTE_FORMAT": ("format",),
    "PASTE_FORMULA": ("value",),
    "PASTE_DATA_VALIDATION": ("validation",),
    "PASTE_NO_BORDERS": ("value", "format", "note", "validation", "runs"),
    "PASTE_NORMAL": ("value", "format", "note", "validation", "runs"),
}


def pasted(old: Cell | None, new: Cell | None, kind: str) -> Cell:
    parts = PARTS.get(kind, PARTS["PASTE_NORMAL"])
    source = new or EMPTY
    return (old or EMPTY)._replace(**{part: getattr(source, part) for part in parts})


def source_cells(task: Task, sheet: Sheet, box: Box) -> list[list[Cell | None]]:
    rows = [
        [sheet.cell(row, column) for column in range(box.left, box.right)]
        for row in range(box.top, box.bottom)
    ]
    if task.body.get("pasteType") != "PASTE_VALUES":
        return rows
    values = task.book.calculation
    return [
        [
            cell._replace(value=plain_value(values.value(sheet, row, column)))
            if cell
            else None
            for column, cell in enumerate(cells, box.left)
        ]
        for row, cells in enumerate(rows, box.top)
    ]


def plain_value(value: object) -> str | int | float | bool | None:
    if isinstance(value, float):
        return plain(value)
    return value if isinstance(value, str | int | bool) else None


def copy_paste(task: Task) -> None:
    """Fill the destination with the source, repeated as often as it fits."""
    source, box = task.place("source")
    target, to = task.place("destination")
    cells = source_cells(task, source, box)
    if task.body.get("pasteOrientation") == "TRANSPOSE":
        cells = [list(line) for line in zip(*cells, strict=True)]
    height, width = len(cells), len(cells[0]) if cells else 0
    area = Box(
        to.top,
        to.top + max(to.height // height, 1) * height,
        to.left,
        to.left + max(to.width // width, 1) * width,
    )
    target.resize(max(target.height, area.bottom), max(target.width, area.right))
    task.require_editable(target, area)
    kind = task.body.get("pasteType") or "PASTE_NORMAL"
    for row in range(area.top, area.bottom):
        for column in range(area.left, area.right):
            down, across = (row - area.top) % height, (column - area.left) % width
            cell = moved(
                cells[down][across], row - box.top - down, column - box.left - across
            )
            target.put(row, column, pasted(target.cell(row, column), cell, kind))
    task.book.changed()


def moved(cell: Cell | None, rows: int, columns: int) -> Cell | None:
    if cell is None or not isinstance(cell.value, Formula):
        return cell
    return cell._replace(value=Formula(carried(cell.value.text, rows, columns)))


def cut_paste(task: Task) -> None:
    source, box = task.editable("source")
    to = task.body.get("destination") or {}
    target = task.sheet(to.get("sheetId"))
    top, left = to.get("rowIndex") or 0, to.get("columnIndex") or 0
    area = Box(top, top + box.height, left, left + box.width)
    task.require_editable(target, area)
    kind = task.body.get("pasteType") or "PASTE_NORMAL"
    cells = source_cells(task, source, box)
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            source.put(row, column, pasted(source.cell(row, column), EMPTY, kind))
    target.resize(max(target.height, area.bottom), max(target.width, area.right))
    for row, line in enumerate(cells, top):
        for column, cell in enumerate(line, left):
            target.put(row, column, pasted(target.cell(row, column), cell, kind))
    task.book.changed()


def searched(task: Task) -> list[tuple[Sheet, Box]]:
    if task.body.get("allSheets"):
        return [(sheet, sheet.box) for sheet in task.book.sheets]
    if "range" in task.body:
        return [task.place()]
    sheet = task.sheet(task.body.get("sheetId"))
    return [(sheet, sheet.box)]


def find_replace(task: Task) -> Json:
    body = task.body
    text = body.get("find") or ""
    pattern = text if body.get("searchByRegex") else re.escape(text)
    if body.get("matchEntireCell"):
        pattern = f"^(?:{pattern})$"
    finder = re.compile(pattern, 0 if body.get("matchCase") else re.IGNORECASE)
    replacement = body.get("replacement") or ""
    counts = dict.fromkeys(
        (
            "valuesChanged",
            "formulasChanged",
            "rowsChanged",
            "sheetsChanged",
            "occurrencesChanged",
        ),
        0,
    )
    for sheet, box in searched(task):
        rows: set[int] = set()
        for row in range(box.top, box.bottom):
            for column in range(box.left, box.right):
                value = sheet.value(row, column)
                is_formula = isinstance(value, Formula)
                if is_formula and not body.get("includeFormulas"):
                    continue
                shown = value.text if isinstance(value, Formula) else value
                if not isinstance(shown, str):
                    continue
                new, times = finder.subn(lambda _: replacement, shown)
                if not times:
                    continue
                task.require_editable(sheet, Box(row, row + 1, column, column + 1))
                sheet.change(row, column, value=Formula(new) if is_formula else new)
                counts["formulasChanged" if is_formula else "valuesChanged"] += 1
                counts["occurrencesChanged"] += times
                rows.add(row)
        counts["rowsChanged"] += len(rows)
        counts["sheetsChanged"] += bool(rows)
    task.book.changed()
    return {name: count for name, count in counts.items() if count}


KINDS: dict[str, Kind] = {
    "copyPaste": copy_paste,
    "cutPaste": cut_paste,
    "findReplace": find_replace,
}
