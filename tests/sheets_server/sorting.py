"""Sorting: cells move, rows stay where they are."""

from tests.sheets_server.a1 import Box
from tests.sheets_server.book import Book
from tests.sheets_server.cells import Cell, Formula
from tests.sheets_server.filters import unseen_rows
from tests.sheets_server.formulas.results import Failure, Scalar
from tests.sheets_server.grid import Sheet
from tests.sheets_server.references import carried
from tests.sheets_server.refusals import Json


def rank(value: Scalar) -> tuple[int, float, str]:
    """Order as the editor does: numbers, texts without case, truth values, errors."""
    if isinstance(value, bool):
        return 2, value, ""
    if isinstance(value, int | float):
        return 0, value, ""
    if isinstance(value, Failure):
        return 3, 0, value.code
    return 1, 0, str(value).lower()


def sort(book: Book, sheet: Sheet, box: Box, specs: list[Json]) -> None:
    """Sort the rows of a box by its columns, blanks last in either direction.

    Measured on the real API by others: rows that nobody sees stay where they are.
    """
    calculation = book.calculation
    unseen = unseen_rows(book, sheet)
    places = [
        row
        for row in range(box.top, min(box.bottom, sheet.height))
        if row not in unseen
    ]
    order = places
    for spec in reversed(specs):
        column = spec.get("dimensionIndex") or 0
        values = {row: calculation.value(sheet, row, column) for row in order}
        full = [row for row in order if values[row] not in (None, "")]
        blank = [row for row in order if values[row] in (None, "")]
        full.sort(
            key=lambda row, values=values: rank(values[row]),
            reverse=spec.get("sortOrder") == "DESCENDING",
        )
        order = full + blank
    old = {row: sheet.rows[row] for row in order}
    for to, source in zip(places, order, strict=True):
        if to != source:
            moved = [
                going_along(old[source].at(column), to - source)
                for column in range(box.left, box.right)
            ]
            row = sheet.rows[to]
            width = max(len(row.cells), box.left)
            cells = [*row.cells, *(None,) * (width - len(row.cells))]
            cells[box.left : box.right] = moved
            while cells and cells[-1] is None:
                cells.pop()
            sheet.rows[to] = row.carrying(tuple(cells))
    book.changed()


def going_along(cell: Cell | None, rows: int) -> Cell | None:
    """Let a moved formula look at its new row, as far as no dollar sign forbids it."""
    if cell is None or not isinstance(cell.value, Formula):
        return cell
    return cell._replace(value=Formula(carried(cell.value.text, rows, 0)))
