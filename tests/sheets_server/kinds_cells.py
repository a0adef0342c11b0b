"""Requests that write cells: values, formats, notes and validation."""

from tests.sheets_server.a1 import Box
from tests.sheets_server.cells import EMPTY, MAX_LENGTH, Cell, Formula, Value
from tests.sheets_server.formats import COLORS, kept
from tests.sheets_server.grid import Sheet
from tests.sheets_server.masks import Mask, below, overlay
from tests.sheets_server.refusals import Json, invalid
from tests.sheets_server.tasks import Kind, Task

WRITABLE = {
    "userEnteredValue",
    "userEnteredFormat",
    "textFormatRuns",
    "note",
    "dataValidation",
    "dataSourceTable",
    "dataSourceFormula",
    "pivotTable",
    "chipRuns",
}


def written_value(extended: Json | None, where: str = "") -> Value:
    """Read an ExtendedValue; text stays text whatever it looks like."""
    if not extended:
        return None
    if "formulaValue" in extended:
        text = extended["formulaValue"]
        return Formula(text if text.startswith("=") else f"={text}")
    if "stringValue" in extended:
        text = extended["stringValue"]
        require_short(text, where)
        return str(text) or None
    for name in ("numberValue", "boolValue"):
        if name in extended:
            value: Value = extended[name]
            return value
    raise invalid(f"{where}userEnteredValue must set one of its fields.")


def require_short(value: object, where: str) -> None:
    if isinstance(value, str) and len(value) > MAX_LENGTH:
        # Documented: quoted in many threads.
        raise invalid(
            f"{where}Your input contains more than the maximum of {MAX_LENGTH} "
            "characters in a single cell."
        )


def changed(cell: Cell | None, new: Json, mask: Mask, where: str) -> Cell:
    """Make what a cell becomes when the masked fields of it are written."""
    cell = cell or EMPTY
    if below(mask, "userEnteredValue") is not None:
        value = written_value(new.get("userEnteredValue"), where)
        cell = cell._replace(value=value, runs=())
    if below(mask, "note") is not None:
        cell = cell._replace(note=new.get("note") or "")
    if below(mask, "dataValidation") is not None:
        cell = cell._replace(validation=new.get("dataValidation"))
    if below(mask, "textFormatRuns") is not None:
        cell = cell._replace(runs=tuple(kept(new.get("textFormatRuns") or [])))
    branch = below(mask, "userEnteredFormat")
    if branch is not None:
        format_ = overlay(
            cell.format or {}, kept(new.get("userEnteredFormat") or {}), branch
        )
        cell = cell._replace(format=synchronised(format_, branch) or None)
    return cell


def synchronised(format_: Json, branch: Mask) -> Json:
    """Let both spellings of a colour follow when only one of them was written."""
    made = paired(format_, branch, "backgroundColor")
    inner = branch.get("textFormat")
    if inner:
        text = paired(made.get("textFormat", {}), inner, "foregroundColor")
        made = {name: value for name, value in made.items() if name != "textFormat"}
        if text:
            made["textFormat"] = text
    return made


def paired(format_: Json, branch: Mask, old: str) -> Json:
    made, new = dict(format_), COLORS[old]
    if old in branch and new not in branch:
        made.pop(new, None)
        if old in made:
            made[new] = {"rgbColor": made[old]}
    elif new in branch and old not in branch:
        made.pop(old, None)
        if "rgbColor" in made.get(new, {}):
            made[old] = made[new]["rgbColor"]
    return made


def cell_mask(task: Task) -> Mask:
    mask = task.mask("CellData")
    for name in mask:
        if name not in WRITABLE:
            raise invalid(f"{task.where}Invalid field: {name}")
    return mask


def update_cells(task: Task) -> None:
    mask = cell_mask(task)
    rows = [row.get("values") or [] for row in task.body.get("rows") or []]
    if "range" in task.body:
        place = task.place()
        sheet, box = place
        require_fit(task, rows, box)
    else:
        start = task.body.get("start") or {}
        sheet = task.sheet(start.get("sheetId"))
        top, left = start.get("rowIndex") or 0, start.get("columnIndex") or 0
        width = max((len(row) for row in rows), default=0)
        box = Box(top, top + len(rows), left, left + width)
        require_grid(task, sheet, box)
    task.require_editable(sheet, box)
    whole = "range" in task.body
    for offset in range(box.height):
        given = rows[offset] if offset < len(rows) else []
        for index in range(box.width if whole else len(given)):
            row, column = box.top + offset, box.left + index
            old = sheet.cell(row, column)
            new = given[index] if index < len(given) else {}
            if new or old is not None:
                sheet.put(row, column, changed(old, new or {}, mask, task.where))
    task.book.changed()


def require_fit(task: Task, rows: list[list[Json]], box: Box) -> None:
    width = max((len(row) for row in rows), default=0)
    for what, last, limit in (
        ("row", box.top + len(rows), box.bottom),
        ("column", box.left + width, box.right),
    ):
        if last > limit:
            # Recorded in threads: the words for both dimensions.
            raise invalid(
                f"{task.where}Attempting to write {what}: {last - 1}, beyond the last "
                f"requested {what} of: {limit - 1}"
            )


def require_grid(task: Task, sheet: Sheet, box: Box) -> None:
    for what, last, limit in (
        ("row", box.bottom, sheet.height),
        ("column", box.right, sheet.width),
    ):
        if last > limit:
            raise invalid(
                f"{task.where}Attempting to write {what}: {last - 1}, beyond the last "
                f"requested {what} of: {limit - 1}"
            )


def repeat_cell(task: Task) -> None:
    mask = cell_mask(task)
    sheet, box = task.editable()
    new = task.body.get("cell") or {}
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            sheet.put(
                row, column, changed(sheet.cell(row, column), new, mask, task.where)
            )
    task.book.changed()


def append_cells(task: Task) -> None:
    """Write below the last row that holds data."""
    mask = cell_mask(task)
    sheet = task.sheet(task.body.get("sheetId"))
    rows = [row.get("values") or [] for row in task.body.get("rows") or []]
    top, _ = sheet.extent()
    width = max((len(row) for row in rows), default=0)
    task.require_editable(sheet, Box(top, top + len(rows), 0, width))
    sheet.resize(max(sheet.height, top + len(rows)), max(sheet.width, width))
    task.book.require_room()
    for row, given in enumerate(rows, top):
        for column, new in enumerate(given):
            sheet.put(
                row, column, changed(sheet.cell(row, column), new, mask, task.where)
            )
    task.book.changed()


def set_data_validation(task: Task) -> None:
    sheet, box = task.editable()
    rule = task.body.get("rule")
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            sheet.change(row, column, validation=rule)


def update_borders(task: Task) -> None:
    sheet, box = task.editable()
    sides = ("top", "bottom", "left", "right")
    wanted = {
        side: kept(task.body[side])
        if (task.body[side] or {}).get("style", "NONE") != "NONE"
        else None
        for side in (*sides, "innerHorizontal", "innerVertical")
        if side in task.body
    }
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            at_edge = {
                "top": row == box.top,
                "bottom": row == box.bottom - 1,
                "left": column == box.left,
                "right": column == box.right - 1,
            }
            format_ = dict((sheet.cell(row, column) or EMPTY).format or {})
            borders = dict(format_.get("borders") or {})
            for side in sides:
                inner = (
                    "innerHorizontal" if side in {"top", "bottom"} else "innerVertical"
                )
                source = side if at_edge[side] else inner
                if source in wanted:
                    borders[side] = wanted[source]
            borders = {side: line for side, line in borders.items() if line}
            format_.pop("borders", None)
            if borders:
                format_["borders"] = borders
            sheet.change(row, column, format=format_ or None)


KINDS: dict[str, Kind] = {
    "updateCells": update_cells,
    "repeatCell": repeat_cell,
    "appendCells": append_cells,
    "setDataValidation": set_data_validation,
    "updateBorders": update_borders,
}
