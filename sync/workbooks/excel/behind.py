"""Cells behind all others of their rows, which is what a new column needs: by the row.

Such rows differ in their number and their values only, and most values repeat. So what
is written of a value is kept, by column, and a row is its number put between the pieces.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sync.cells import column_number
from sync.workbooks.excel.grid import STYLE
from sync.workbooks.excel.gridwrite import Found, Last
from sync.workbooks.excel.values import CellWriter, storable
from sync.workbooks.plan import Scalar

Style = Callable[[int, int, Scalar, Found], int]
"""(row, column, value, what is there) → the style of the new cell."""


class Behind:
    """Writes new cells behind the last ones of the rows of one sheet."""

    def __init__(
        self,
        cells: CellWriter,
        style: Style,
        rows: Mapping[int, tuple[Scalar, ...]],
        *,
        from_1904: bool,
    ) -> None:
        """Prepare for one sheet.

        Args:
            cells: Writes its cells.
            style: Gives their styles.
            rows: Row → what its cells will hold, in the order of their columns;
                without rows with headers, which look otherwise, and without those with
                booleans, which equal numbers.
            from_1904: Whether the workbook's dates count from 1904.
        """
        self._cells = cells
        self._rows = rows
        self._style = style
        self._from_1904 = from_1904
        self._shapes: dict[tuple[Sequence[int], Last], _Shape | None] = {}

    def rows(
        self, numbers: Sequence[int], columns: Sequence[int], last: Last
    ) -> list[bytes] | None:
        """Make the new cells of rows.

        Args:
            numbers: The rows, 1-based.
            columns: The columns of their cells, ascending.
            last: What their last cells have in common.

        Returns:
            For each row its cells; ``None`` when not all of them are known, stand
            behind the last cell, and hold something.
        """
        lines = [self._rows.get(number, ()) for number in numbers]
        if not all(lines):
            return None
        if (columns, last) not in self._shapes:
            self._shapes[columns, last] = self._shape(numbers[0], columns, last)
        shape = self._shapes[columns, last]
        if shape is None:
            return None
        spelled = [b"%d" % number for number in numbers]
        by_column = [
            map(pieces.__getitem__, values)
            for pieces, values in zip(
                shape.pieces, zip(*lines, strict=True), strict=True
            )
        ]
        heads = [shape.head] * len(numbers)
        try:
            return [*map(bytes.join, spelled, zip(heads, *by_column, strict=True))]
        except _NoCellError:
            return None

    def _shape(
        self, number: int, columns: Sequence[int], last: Last
    ) -> "_Shape | None":
        """Prepare for rows of one shape; ``None`` when cells are not all behind."""
        letters, attributes = last
        if column_number(letters.decode()) >= columns[0]:
            return None
        style = STYLE.search(attributes)
        found = Found(None, int(style[1]) if style else 0, b"")
        heads = [self._cells.head(column) for column in columns]

        def write(column: int, value: Scalar) -> bytes:
            stored = storable(value, from_1904=self._from_1904)
            return self._cells.tail(self._style(number, column, value, found), stored)

        return _Shape(
            heads[0],
            [
                _Pieces(column, write, following)
                for column, following in zip(columns, [*heads[1:], b""], strict=True)
            ],
        )


class _NoCellError(Exception):
    """An empty value needs no new cell."""


class _Pieces(dict[Scalar, bytes]):
    """What follows the row's number in the cells of one column, by value."""

    def __init__(
        self, column: int, write: Callable[[int, Scalar], bytes], following: bytes
    ) -> None:
        self._column = column
        self._write = write
        self._following = following

    def __missing__(self, value: Scalar) -> bytes:
        if value is None or value == "":
            raise _NoCellError
        piece = self._write(self._column, value) + self._following
        self[value] = piece
        return piece


class _Shape(NamedTuple):
    """Rows that end with cells of one kind and get cells in the same columns."""

    head: bytes
    """What stands before the first row number."""
    pieces: list[_Pieces]
