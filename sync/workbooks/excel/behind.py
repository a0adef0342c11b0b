"""Cells behind all others of their rows, which is what a new column needs: by the row.

`CellWriter` says how a cell is written; here what it says of one cell is kept for all
cells that differ in their row and value only. A value that needs more care (text that
looks like a formula, an empty one, a day before the calendar) is made on its own.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sync.workbooks.excel.gridwrite import Found, Make
from sync.workbooks.excel.values import LIKE_FORMULA, CellWriter, serial
from sync.workbooks.plan import Scalar

StyleBeside = Callable[[int, int, Scalar, int], int]
"""(row, column, value, style of the last cell) → the style of the new one."""


class Behind:
    """Writes new cells behind the last ones of the rows of one sheet."""

    def __init__(
        self, cells: CellWriter, style: StyleBeside, make: Make, from_1904: bool
    ) -> None:
        self._cells = cells
        self._style = style
        self._make = make
        self._from_1904 = from_1904
        self._frames: dict[tuple[int, int, type], tuple[str, str, str]] = {}
        self._days: dict[date, str] = {}

    def one_by_one(self, row: int, columns: Sequence[int], beside: int) -> bytes:
        """Make each cell with all the care there is."""
        found = Found(None, beside, b"")
        made = (self._make(row, column, found) for column in columns)
        return b"".join(xml for xml in made if xml is not None)

    def cells(
        self,
        row: int,
        columns: Sequence[int],
        values: Mapping[int, Scalar],
        beside: int,
    ) -> bytes:
        """Make the new cells of one row.

        Args:
            row: 1-based.
            columns: The cells to write, ascending.
            values: What they will hold, by column.
            beside: The style of the row's last cell.
        """
        whole = ""
        share, frames = self._cells.share, self._frames
        body: int | str | None
        for column in columns:
            value = values[column]
            if isinstance(value, str):
                is_plain = share and value and value[0] not in LIKE_FORMULA
                body = share(value) if share and is_plain else None
            else:
                body = self._number(value)
            if body is None:
                whole += self.one_by_one(row, (column,), beside).decode()
                continue
            key = (column, beside, type(value))
            if key not in frames:
                style = self._style(row, column, value, beside)
                is_text = isinstance(value, str)
                frames[key] = self._cells.frame(column, style, is_text=is_text)
            head, middle, tail = frames[key]
            whole += f"{head}{row}{middle}{body}{tail}"
        return whole.encode()

    def _number(self, value: Scalar) -> str | None:
        """Give what stands in the cell's ``v``; ``None`` when it needs more care."""
        if type(value) is date:
            known = self._days.get(value)
            if known is None:
                number = serial(value, from_1904=self._from_1904)
                known = self._days[value] = "" if number is None else repr(number)
            return known or None
        if type(value) is int or (type(value) is float and math.isfinite(value)):
            return repr(value)
        return None
