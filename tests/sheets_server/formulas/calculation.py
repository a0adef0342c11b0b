"""The values of a whole spreadsheet: what was typed, what formulas come to, what spills."""

import re
from collections.abc import Callable

from tests.sheets_server.a1 import Box, letters
from tests.sheets_server.cells import Formula
from tests.sheets_server.formulas.evaluation import Scope
from tests.sheets_server.formulas.functions import FUNCTIONS
from tests.sheets_server.formulas.grids import Grid, scalar
from tests.sheets_server.formulas.results import Failure, Scalar, Shown
from tests.sheets_server.formulas.syntax import UnreadableError, parsed
from tests.sheets_server.grid import Sheet
from tests.sheets_server.refusals import Json

SPILLS = re.compile(
    r"(?:ARRAYFORMULA|MAP|BYROW|BYCOL|FILTER|UNIQUE|SORT|TRANSPOSE|SEQUENCE|FLATTEN"
    r"|VSTACK|XLOOKUP|INDEX|LET|LAMBDA)\s*\(|\{",
    re.IGNORECASE,
)
"""What a formula holds that may fill more than its own cell."""

CIRCLE = Failure("#REF!", "Circular dependency detected.")


class Calculation:
    """Works values out when they are asked for, and remembers them.

    It is good for one state of the spreadsheet; a change needs a new one.
    """

    def __init__(
        self,
        sheets: list[Sheet],
        locale: str,
        named: Callable[[str], Json | None],
    ) -> None:
        self.sheets = sheets
        self.locale = locale
        self.named = named
        self.known: dict[tuple[int, int, int], Scalar] = {}
        self.busy: set[tuple[int, int, int]] = set()
        self.rectangles: dict[tuple[int, Box], list[list[Scalar]]] = {}
        self.spilled: dict[int, dict[int, dict[int, Scalar]]] = {}
        """Sheet → row → column → what an array formula put there."""
        self.anchors: dict[int, set[tuple[int, int]]] = {}
        """Sheet → array formulas that are still to be worked out."""
        for sheet in sheets:
            places = {
                (row, column)
                for row, column, text in sheet.formulas()
                if SPILLS.search(text)
            }
            if places:
                self.anchors[sheet.id] = places
                self.spilled[sheet.id] = {}

    def titled(self, title: str) -> Sheet | None:
        for sheet in self.sheets:
            if sheet.title.lower() == title.lower():
                return sheet
        return None

    def with_id(self, number: int) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.id == number), None)

    def value(self, sheet: Sheet, row: int, column: int) -> Scalar:
        """Give what one cell shows; None is blank."""
        typed = sheet.value(row, column)
        if typed is None:
            if sheet.id not in self.anchors:
                return None
            self.settle(sheet, Box(row, row + 1, column, column + 1))
            return self.spilled[sheet.id].get(row, {}).get(column)
        if isinstance(typed, Formula):
            return self.formula(sheet, row, column, typed.text)
        return typed

    def row(self, sheet: Sheet, number: int, left: int, right: int) -> list[Scalar]:
        """Give the values of one row from ``left`` on, as far as it holds any."""
        width = len(sheet.rows[number].cells)
        if sheet.id in self.anchors:
            self.settle(sheet, Box(number, number + 1, left, right))
            width = max(
                [width, *(at + 1 for at in self.spilled[sheet.id].get(number, ()))]
            )
        cells = sheet.rows[number].cells[left : min(right, width)]
        values: list[Scalar] = []
        for column, cell in enumerate(cells, left):
            typed = None if cell is None else cell.value
            if typed is None or isinstance(typed, Formula):
                values.append(self.value(sheet, number, column))
            else:
                values.append(typed)
        start = left + len(cells)
        return values + [
            self.value(sheet, number, column)
            for column in range(start, min(right, width))
        ]

    def rectangle(self, sheet: Sheet, box: Box) -> list[list[Scalar]]:
        """Give all values of a box, blanks included."""
        known = self.rectangles.get((sheet.id, box))
        if known is not None:
            return known
        self.settle(sheet, box)
        spilled = self.spilled.get(sheet.id, {})
        rows: list[list[Scalar]] = []
        for number in range(box.top, box.bottom):
            cells = sheet.rows[number].cells[box.left : box.right]
            line: list[Scalar] = [None] * box.width
            for at, cell in enumerate(cells):
                if cell is not None:
                    typed = cell.value
                    line[at] = (
                        self.formula(sheet, number, box.left + at, typed.text)
                        if isinstance(typed, Formula)
                        else carrying(typed, cell.format)
                    )
            for column, value in spilled.get(number, {}).items():
                if box.left <= column < box.right and line[column - box.left] is None:
                    line[column - box.left] = value
            rows.append(line)
        if not self.busy_in(sheet, box):
            self.rectangles[sheet.id, box] = rows
        return rows

    def busy_in(self, sheet: Sheet, box: Box) -> bool:
        """Say whether a box holds a formula that is being worked out right now."""
        return any(
            number == sheet.id
            and box.top <= row < box.bottom
            and box.left <= column < box.right
            for number, row, column in self.busy
        )

    def settle(self, sheet: Sheet, box: Box) -> None:
        """Work out every array formula that could reach into a box."""
        waiting = self.anchors.get(sheet.id)
        if not waiting:
            return
        for row, column in sorted(waiting):
            if row < box.bottom and column < box.right:
                self.value(sheet, row, column)

    def formula(self, sheet: Sheet, row: int, column: int, text: str) -> Scalar:
        place = (sheet.id, row, column)
        if place in self.known:
            return self.known[place]
        if place in self.busy:
            return CIRCLE
        self.busy.add(place)
        self.anchors.get(sheet.id, set()).discard((row, column))
        try:
            value = self.evaluated(sheet, row, column, text)
        finally:
            self.busy.discard(place)
        self.known[place] = value
        return value

    def evaluated(self, sheet: Sheet, row: int, column: int, text: str) -> Scalar:
        try:
            tree = parsed(text, self.locale)
        except UnreadableError:
            return Failure("#ERROR!", "Formula parse error.")
        scope = Scope(self, FUNCTIONS, sheet, row, column)
        result = scope.value(tree)
        if isinstance(result, Grid) and (result.height, result.width) != (1, 1):
            return self.spill(sheet, row, column, result)
        # A formula never comes to a blank: what it looks up there shows as 0 or as "".
        return scalar(result)

    def outcome(self, sheet: Sheet, row: int, column: int, text: str) -> Scalar:
        """Work out a formula that stands in no cell, as if it stood in this one."""
        try:
            tree = parsed(text, self.locale)
        except UnreadableError:
            return Failure("#ERROR!", "Formula parse error.")
        return scalar(Scope(self, FUNCTIONS, sheet, row, column).value(tree))

    def spill(self, sheet: Sheet, row: int, column: int, result: Grid) -> Scalar:
        """Fill the cells below and beside an array formula, or none of them."""
        area = Box(row, row + result.height, column, column + result.width)
        if not sheet.box.holds(area):
            # Measured on the real API by others, for columns.
            rows, columns = area.bottom - sheet.height, area.right - sheet.width
            missing = f"rows ({rows})" if rows > 0 else f"columns ({columns})"
            return Failure(
                "#REF!",
                f"Result was not automatically expanded, please insert more {missing}.",
            )
        blocked = self.blocking(sheet, area)
        if blocked is not None:
            name = f"{letters(blocked[1])}{blocked[0] + 1}"
            return Failure(
                "#REF!",
                "Array result was not expanded because it would overwrite data in "
                f"{name}.",
            )
        cells = self.spilled[sheet.id]
        for down, line in enumerate(result.rows):
            at = cells.setdefault(row + down, {})
            for across, value in enumerate(line):
                at[column + across] = value
        return result.rows[0][0]

    def blocking(self, sheet: Sheet, area: Box) -> tuple[int, int] | None:
        """Find what stands in the way of an array."""
        for row in range(area.top, area.bottom):
            cells = sheet.rows[row].cells[area.left : area.right]
            for column, cell in enumerate(cells, area.left):
                anchor = (row, column) == (area.top, area.left)
                if cell is not None and cell.value is not None and not anchor:
                    return row, column
        return None


def carrying(value: Scalar, format_: Json | None) -> Scalar:
    """Let a number take its cell's number format along."""
    number_format = format_ and format_.get("numberFormat")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if number_format and is_number and isinstance(value, int | float):
        return Shown(value, number_format)
    return value
