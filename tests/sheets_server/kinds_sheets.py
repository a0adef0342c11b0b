"""Requests about tabs and the file as such."""

import copy

from tests.sheets_server.a1 import quoted
from tests.sheets_server.book import Book
from tests.sheets_server.formats import kept
from tests.sheets_server.grid import Sheet
from tests.sheets_server.masks import Mask, below, overlay
from tests.sheets_server.references import renamed
from tests.sheets_server.refusals import Json, invalid
from tests.sheets_server.tasks import Kind, Task

ROWS, COLUMNS = 1000, 26
FLAGS = ("hidden", "rightToLeft")
GRID_FLAGS = (
    "frozenRowCount",
    "frozenColumnCount",
    "hideGridlines",
    "rowGroupControlAfter",
    "columnGroupControlAfter",
)


def update_spreadsheet_properties(task: Task) -> None:
    new = kept(task.body.get("properties") or {})
    book = task.book
    book.properties = overlay(book.properties, new, task.mask("SpreadsheetProperties"))


def require_free_title(task: Task, title: str, but: Sheet | None = None) -> None:
    if not title:
        raise invalid(f"{task.where}The sheet name cannot be empty.")
    for sheet in task.book.sheets:
        if sheet is not but and sheet.title.lower() == title.lower():
            # Recorded.
            raise invalid(
                f'{task.where}A sheet with the name "{title}" already exists. '
                "Please enter another name."
            )


def free_title(book: Book) -> str:
    number = len(book.sheets) + 1
    while book.titled(f"Sheet{number}"):
        number += 1
    return f"Sheet{number}"


def sheet_ids(book: Book) -> set[int]:
    return {sheet.id for sheet in book.sheets}


def add_sheet(task: Task) -> Json:
    wanted = kept(task.body.get("properties") or {})
    title = wanted.get("title") or free_title(task.book)
    require_free_title(task, title)
    number = wanted.get("sheetId")
    if number is not None and number in sheet_ids(task.book):
        raise invalid(
            f"{task.where}Sheet with id {number} already exists. Please use another id."
        )
    sheet = made_sheet(task.book, wanted, title)
    index = wanted.get("index")
    if index is not None and not 0 <= index <= len(task.book.sheets):
        raise invalid(
            f"{task.where}Cannot add sheet at index {index}: there are only "
            f"{len(task.book.sheets)} sheets."
        )
    task.book.add(sheet, index)
    task.book.require_room()
    return {"properties": copy.deepcopy(sheet.properties)}


def made_sheet(book: Book, wanted: Json, title: str) -> Sheet:
    """Make a tab from SheetProperties; what they leave open is as in the editor."""
    grid = wanted.get("gridProperties") or {}
    number = wanted.get("sheetId")
    sheet = Sheet(
        book.new_id() if number is None else number,
        title,
        grid.get("rowCount") or ROWS,
        grid.get("columnCount") or COLUMNS,
    )
    for name in GRID_FLAGS:
        if grid.get(name):
            sheet.properties["gridProperties"][name] = grid[name]
    for name in (*FLAGS, "tabColor", "tabColorStyle"):
        if wanted.get(name):
            sheet.properties[name] = wanted[name]
    return sheet


def delete_sheet(task: Task) -> None:
    sheet = task.structure(task.body.get("sheetId"))
    if len(task.book.sheets) == 1:
        raise invalid(f"{task.where}You can't remove all the sheets in a document.")
    task.book.sheets.remove(sheet)
    task.book.named = {
        key: named
        for key, named in task.book.named.items()
        if named["range"].get("sheetId", 0) != sheet.id
    }
    task.book.number()


def duplicate_sheet(task: Task) -> Json:
    source = task.sheet(task.body.get("sourceSheetId"))
    title = task.body.get("newSheetName") or copy_title(task.book, source.title)
    require_free_title(task, title)
    number = task.require_new_id(
        task.body.get("newSheetId"), sheet_ids(task.book), "Sheet"
    )
    sheet = duplicate(source, number, title)
    task.book.add(sheet, task.body.get("insertSheetIndex", 0))
    task.book.require_room()
    return {"properties": copy.deepcopy(sheet.properties)}


def copy_title(book: Book, title: str) -> str:
    name, number = f"Copy of {title}", 1
    while book.titled(name):
        number += 1
        name = f"Copy of {title} {number}"
    return name


def duplicate(source: Sheet, number: int, title: str) -> Sheet:
    """Copy a tab's content, formats and rules under another id."""
    sheet = source.copy()
    sheet.properties |= {"sheetId": number, "title": title}
    sheet.properties.pop("hidden", None)
    sheet.charts, sheet.metadata = [], ()
    for one in sheet.ranges():
        one["sheetId"] = number
    return sheet


def update_sheet_properties(task: Task) -> None:
    new = task.body.get("properties") or {}
    sheet = task.structure(new.get("sheetId"))
    mask = task.mask("SheetProperties")
    if (below(mask, "title")) is not None:
        retitle(task, sheet, new.get("title") or "")
    resize(task, sheet, new, mask)
    if below(mask, "hidden") is not None and new.get("hidden"):
        shown = [one for one in task.book.sheets if not one.properties.get("hidden")]
        if shown in ([], [sheet]):
            raise invalid(f"{task.where}You can't hide all the sheets in a document.")
    index = new.get("index") or 0
    if "index" in mask or (not mask and "index" in new):
        reorder(task, sheet, index)
    change_properties(sheet, new, mask)
    task.book.number()


def retitle(task: Task, sheet: Sheet, title: str) -> None:
    require_free_title(task, title, sheet)
    old, new = sheet.title, quoted(title)
    for other in task.book.sheets:
        task.book.rewrite(other, lambda text: renamed(text, old, new))


def reorder(task: Task, sheet: Sheet, index: int) -> None:
    sheets = task.book.sheets
    if not 0 <= index <= len(sheets):
        raise invalid(f"{task.where}index[{index}] is out of bounds.")
    # The index counts the tabs as they stand before this one is taken out. Recorded.
    now = sheets.index(sheet)
    sheets.remove(sheet)
    sheets.insert(index if index <= now else index - 1, sheet)


def resize(task: Task, sheet: Sheet, new: Json, mask: Mask) -> None:
    wanted = below(mask, "gridProperties")
    if wanted is None:
        return
    grid = new.get("gridProperties") or {}
    sizes: dict[str, int] = {}
    for name, key in (("rowCount", "rows"), ("columnCount", "columns")):
        size = grid.get(name)
        if below(wanted, name) is None or (size is None and not wanted):
            continue
        if not size or size < 1:
            raise invalid(f"{task.where}gridProperties.{name}[{size or 0}] must be > 0")
        sizes[key] = size
    sheet.resize(**sizes)
    require_unfrozen(task, sheet, grid, wanted)
    task.book.require_room()


def require_unfrozen(task: Task, sheet: Sheet, grid: Json, mask: Mask) -> None:
    for name, size, word in (
        ("frozenRowCount", sheet.height, "rows"),
        ("frozenColumnCount", sheet.width, "columns"),
    ):
        if below(mask, name) is not None and (grid.get(name) or 0) >= size:
            # Recorded in threads: the words of the editor.
            raise invalid(
                f"{task.where}You can't freeze all visible {word} on the sheet."
            )


def change_properties(sheet: Sheet, new: Json, mask: Mask) -> None:
    number, index = sheet.id, sheet.properties["index"]
    color = (new.get("tabColorStyle") or {}).get("rgbColor")
    asked_old, asked_new = "tabColor" in mask, "tabColorStyle" in mask
    if asked_old or asked_new:
        mask = {**mask, "tabColor": {}, "tabColorStyle": {}}
        if not asked_new:
            color = new.get("tabColor")
        new = {
            name: value
            for name, value in new.items()
            if name not in {"tabColor", "tabColorStyle"}
        }
        if color is not None:
            new["tabColor"] = color
    properties = overlay(sheet.properties, kept(new), mask)
    for name in FLAGS:
        if not properties.get(name):
            properties.pop(name, None)
    grid = properties.setdefault("gridProperties", {})
    for name in GRID_FLAGS:
        if not grid.get(name):
            grid.pop(name, None)
    properties.setdefault("title", sheet.title)
    properties.setdefault("sheetType", "GRID")
    properties |= {"sheetId": number, "index": index}
    sheet.properties = properties
    sheet.count()


KINDS: dict[str, Kind] = {
    "updateSpreadsheetProperties": update_spreadsheet_properties,
    "addSheet": add_sheet,
    "deleteSheet": delete_sheet,
    "duplicateSheet": duplicate_sheet,
    "updateSheetProperties": update_sheet_properties,
}
