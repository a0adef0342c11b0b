"""A sheet as recognition looks at it: without our own columns, merges resolved."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from sync.cells import Area
from sync.workbooks.snapshot import CellError, RawValue, Row, Sheet, Uncalculated


def is_text(value: RawValue) -> bool:
    """Whether a value is words: neither an error nor a formula never calculated."""
    return isinstance(value, str) and not isinstance(value, CellError | Uncalculated)


class Grid:
    """Lookups over one sheet; nothing is copied but the rows that hold our columns."""

    def __init__(self, sheet: Sheet) -> None:
        """Take the sheet's rows, our own columns left out."""
        self.sheet = sheet
        own = frozenset(mark.column for mark in sheet.own)
        self.own = own
        self.rows: tuple[Row, ...] = (
            tuple(_without(row, own) for row in sheet.rows) if own else sheet.rows
        )
        self.rows = tuple(row for row in self.rows if _holds_anything(row))
        self._numbers = [row.number for row in self.rows]
        self._merge_at = {(area.top, area.left): area for area in sheet.merges}
        self._tall = sorted(
            (area for area in sheet.merges if area.bottom > area.top),
            key=lambda area: area.top,
        )

    def index(self, number: int) -> int:
        """Position in ``rows`` of the first row numbered ``number`` or more."""
        return bisect_left(self._numbers, number)

    def row(self, number: int) -> Row | None:
        """Look up one row by the number the user sees; ``None`` when it is empty."""
        at = self.index(number)
        if at < len(self.rows) and self.rows[at].number == number:
            return self.rows[at]
        return None

    def between(self, first: int, last: int) -> tuple[Row, ...]:
        """Give the rows numbered ``first`` to ``last`` that hold something."""
        return self.rows[self.index(first) : bisect_right(self._numbers, last)]

    def value(self, number: int, column: int) -> RawValue:
        """Look up one cell; empty when it does not exist."""
        row = self.row(number)
        if row is None or column > len(row.values):
            return None
        return row.values[column - 1]

    def merged(self, number: int, column: int) -> Area | None:
        """Give the merged range whose first cell this is, or ``None``."""
        return self._merge_at.get((number, column))

    def span(self, number: int, column: int) -> int:
        """How many columns the cell is merged over, at least 1."""
        area = self._merge_at.get((number, column))
        return area.right - area.left + 1 if area else 1

    def tall_merges(self, first: int, last: int) -> Iterator[Area]:
        """Give the merges over several rows that begin within the rows."""
        for area in self._tall:
            if first <= area.top <= last:
                yield area

    def covering(self, number: int, column: int) -> Area | None:
        """Give the merged range that covers a cell without being its first."""
        for area in self._tall:
            if area.top > number:
                break
            if area.contains(number, column) and area.top < number:
                return area
        return None


def cells(
    row: Row, left: int = 1, right: int | None = None
) -> list[tuple[int, RawValue]]:
    """List the filled cells of a row as (column, value), within bounds."""
    values = row.values[left - 1 : right]
    return [
        (column, value)
        for column, value in enumerate(values, left)
        if value is not None and value != "" and not _is_blank(value)
    ]


def _is_blank(value: RawValue) -> bool:
    return isinstance(value, str) and not value.strip()


def _holds_anything(row: Row) -> bool:
    return any(value is not None and not _is_blank(value) for value in row.values)


def _without(row: Row, own: frozenset[int]) -> Row:
    values = tuple(
        None if column in own else value for column, value in enumerate(row.values, 1)
    )
    return row._replace(values=values)
