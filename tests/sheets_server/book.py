"""A spreadsheet: its tabs, what belongs to all of them, and how ranges are found."""

import copy
import functools
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.sheets_server.a1 import (
    Box,
    OpenBox,
    read_cells,
    split,
    written,
    written_open,
)
from tests.sheets_server.cells import Cell, Formula, Metadata
from tests.sheets_server.formats import DEFAULT_FORMAT, THEME
from tests.sheets_server.formulas.calculation import Calculation
from tests.sheets_server.grid import EDGES, Sheet, chart_ranges, move_range, shift_range
from tests.sheets_server.references import Shift, replaced, shifted
from tests.sheets_server.refusals import Json, invalid, unreadable_range

MAX_CELLS = 10_000_000


class Place(NamedTuple):
    """A box on a sheet."""

    sheet: Sheet
    box: Box

    @property
    def a1(self) -> str:
        return written(self.sheet.title, self.box)


class Book:
    """A spreadsheet's content. A write works on a copy that then replaces it."""

    def __init__(self, book_id: str, title: str, new_id: Callable[[], int]) -> None:
        self.id = book_id
        self.properties: Json = {
            "title": title,
            "locale": "en_US",
            "autoRecalc": "ON_CHANGE",
            "timeZone": "Etc/GMT",
            "defaultFormat": DEFAULT_FORMAT,
            "spreadsheetTheme": THEME,
        }
        self.sheets: list[Sheet] = []
        self.named: dict[str, Json] = {}
        self.metadata: tuple[Metadata, ...] = ()
        self.new_id = new_id
        self._calculation: Calculation | None = None

    @property
    def locale(self) -> str:
        return str(self.properties.get("locale", "en_US"))

    @property
    def calculation(self) -> Calculation:
        """Values of formulas, worked out anew after each change."""
        if self._calculation is None:
            self._calculation = Calculation(self.sheets, self.locale, self.range_named)
        return self._calculation

    def changed(self) -> None:
        self._calculation = None

    def copy(self) -> "Book":
        twin = Book(self.id, "", self.new_id)
        twin.properties = copy.deepcopy(self.properties)
        twin.sheets = [sheet.copy() for sheet in self.sheets]
        twin.named = copy.deepcopy(self.named)
        twin.metadata = self.metadata
        return twin

    def add(self, sheet: Sheet, index: int | None = None) -> None:
        self.sheets.insert(len(self.sheets) if index is None else index, sheet)
        self.number()

    def number(self) -> None:
        for index, sheet in enumerate(self.sheets):
            sheet.properties["index"] = index
        self.changed()

    def sheet(self, sheet_id: int, where: str) -> Sheet:
        for sheet in self.sheets:
            if sheet.id == sheet_id:
                return sheet
        # Recorded.
        raise invalid(f"{where}No grid with id: {sheet_id}")

    def titled(self, title: str) -> Sheet | None:
        for sheet in self.sheets:
            if sheet.title == title:
                return sheet
        for sheet in self.sheets:
            if sheet.title.lower() == title.lower():
                return sheet
        return None

    def find(self, text: str) -> Place:
        """Find what a range in A1 notation names, cut to the grid.

        Args:
            text: ``Sheet1!A1:B2``, ``A:A``, a tab's title or a named range.
        """
        title, cells = split(text)
        if title is None:
            named = self.range_named(text)
            if named is not None:
                return self.place(named, "")
            if self.titled(text) is not None:
                title, cells = text, ""
        sheet = self.sheets[0] if title is None else self.titled(title)
        if sheet is None:
            raise unreadable_range(text)
        if not cells:
            return Place(sheet, sheet.box)
        if title is not None and (named := self.range_named(cells)):
            return self.place(named, "")
        return Place(sheet, self.bounded(sheet, text, cells))

    def bounded(self, sheet: Sheet, text: str, cells: str) -> Box:
        box = read_cells(cells)
        if box is None:
            raise unreadable_range(text)
        return clipped(sheet, box, "")

    def range_named(self, name: str) -> Json | None:
        for named in self.named.values():
            if str(named["name"]).lower() == name.lower():
                found: Json = named["range"]
                return found
        return None

    def place(self, grid_range: Json, where: str) -> Place:
        """Find what a GridRange names, cut to the grid; missing sides are open."""
        sheet = self.sheet(grid_range.get("sheetId") or 0, where)
        box = OpenBox(
            grid_range.get("startRowIndex"),
            grid_range.get("endRowIndex"),
            grid_range.get("startColumnIndex"),
            grid_range.get("endColumnIndex"),
        )
        for first, last in ((box.top, box.bottom), (box.left, box.right)):
            if (first or 0) < 0 or (last is not None and last < (first or 0)):
                raise invalid(f"{where}GridRange must start before it ends")
        return Place(sheet, clipped(sheet, box, where))

    def insert(self, sheet: Sheet, dimension: str, start: int, count: int) -> None:
        """Insert rows or columns like those before ``start``; references follow."""
        self.insert_like(sheet, Shift(dimension, start, count), max(start - 1, 0))

    def insert_like(self, sheet: Sheet, shift: Shift, like: int) -> None:
        """Insert rows or columns that are formatted like one that is there."""
        sheet.insert(*shift, like=like)
        self.shift(sheet, shift)
        self.require_room()

    def delete(self, sheet: Sheet, dimension: str, start: int, end: int) -> None:
        sheet.delete(dimension, start, end)
        self.shift(sheet, Shift(dimension, start, start - end))

    def move(self, sheet: Sheet, dimension: str, block: range, to: int) -> None:
        """Move rows or columns; ``to`` counts before they are taken out."""
        sheet.move(dimension, block, to)
        begin = to - len(block) if to > block.start else to

        def place(index: int) -> int:
            if index in block:
                return index - block.start + begin
            index -= len(block) if index >= block.stop else 0
            return index + len(block) if index >= begin else index

        named = [one["range"] for one in self.named.values()]
        for one in [
            *sheet.ranges(),
            *(one for one in named if one.get("sheetId", 0) == sheet.id),
        ]:
            move_range(one, EDGES[dimension], block, place)
        self.rewrite_all(
            sheet,
            lambda text, own: replaced(
                text, dimension, place, title=sheet.title, own=own
            ),
        )

    def shift(self, sheet: Sheet, shift: Shift) -> None:
        for named in self.named.values():
            if named["range"].get("sheetId", 0) == sheet.id:
                shift_range(named["range"], EDGES[shift.dimension], *shift[1:])
        for other in self.sheets:
            if other is not sheet:
                for chart in other.charts:
                    for one in chart_ranges(chart, sheet.id):
                        shift_range(one, EDGES[shift.dimension], *shift[1:])
        for rule in sheet.conditional_formats:
            shift_rule(rule, shift, sheet.title)
        self.rewrite_all(
            sheet, lambda text, own: shifted(text, shift, title=sheet.title, own=own)
        )

    def rewrite_all(self, sheet: Sheet, change: Callable[[str, bool], str]) -> None:
        """Pass every formula through ``change``, told whether it stands on a sheet."""
        for other in self.sheets:
            self.rewrite(other, functools.partial(change_text, change, other is sheet))
        self.changed()

    def rewrite(self, sheet: Sheet, change: Callable[[str], str]) -> None:
        """Pass every formula of a sheet through ``change``."""
        for row, column, text in list(sheet.formulas()):
            new = change(text)
            if new != text:
                sheet.change(row, column, value=Formula(new))

    def require_room(self) -> None:
        cells = sum(sheet.height * sheet.width for sheet in self.sheets)
        if cells > MAX_CELLS:
            # Documented: quoted in many threads.
            raise invalid(
                "This action would increase the number of cells in the workbook above "
                f"the limit of {MAX_CELLS} cells."
            )

    def values(self, place: Place) -> Iterator[list[Cell | None]]:
        """Give the cells of a box row by row, as far as rows were ever written."""
        box = place.box
        for row in place.sheet.rows[box.top : box.bottom]:
            yield list(row.cells[box.left : box.right])


def shift_rule(rule: Json, shift: Shift, title: str) -> None:
    """Let a rule's formula follow.

    It is written for the first cell of its range. When that very cell is deleted, the
    formula stays as it is, because another cell is now the first one (assumed).
    """
    condition = rule.get("booleanRule", {}).get("condition", {})
    for value in condition.get("values", []):
        text = value.get("userEnteredValue", "")
        if text.startswith("="):
            moved = shifted(text, shift, title=title, own=True)
            if moved.count("#REF!") == text.count("#REF!"):
                value["userEnteredValue"] = moved


def change_text(change: Callable[[str, bool], str], own: bool, text: str) -> str:
    return change(text, own)


def clipped(sheet: Sheet, box: OpenBox, where: str) -> Box:
    """Cut a range to the grid.

    Measured on the real API by others: a range that begins past the last row or column
    is refused, one that only ends there is taken for what the grid has of it.
    """
    top, left = box.top or 0, box.left or 0
    if top >= sheet.height or left >= sheet.width:
        raise invalid(
            f"{where}Range ({written_open(sheet.title, box)}) exceeds grid limits. "
            f"Max rows: {sheet.height}, max columns: {sheet.width}"
        )
    bottom = sheet.height if box.bottom is None else min(box.bottom, sheet.height)
    right = sheet.width if box.right is None else min(box.right, sheet.width)
    return Box(top, bottom, left, right)
