"""Arrays inside formulas, and operations that go through them cell by cell."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from tests.sheets_server.a1 import Box
from tests.sheets_server.formulas.results import Failure, Scalar
from tests.sheets_server.grid import Sheet

NOT_AVAILABLE = Failure("#N/A")


class Grid:
    """Rows of values; what stands on a sheet also knows where, and loads late."""

    __slots__ = ("_rows", "box", "load", "sheet")

    def __init__(
        self,
        rows: list[list[Scalar]] | None = None,
        *,
        sheet: Sheet | None = None,
        box: Box | None = None,
        load: Callable[[Sheet, Box], list[list[Scalar]]] | None = None,
    ) -> None:
        self._rows = rows
        self.sheet = sheet
        self.box = box
        self.load = load

    @property
    def rows(self) -> list[list[Scalar]]:
        if self._rows is None:
            assert self.load is not None
            assert self.sheet is not None
            assert self.box is not None
            self._rows = self.load(self.sheet, self.box)
        return self._rows

    @property
    def height(self) -> int:
        return self.box.height if self.box else len(self.rows)

    @property
    def width(self) -> int:
        return self.box.width if self.box else len(self.rows[0]) if self.rows else 0

    def cells(self) -> Iterator[Scalar]:
        for row in self.rows:
            yield from row

    def first(self) -> Scalar:
        return self.rows[0][0] if self.rows and self.rows[0] else None


class Function:
    """A LAMBDA waiting for its arguments."""

    __slots__ = ("call",)

    def __init__(self, call: "Callable[[Sequence[Any]], Any]") -> None:
        self.call = call


Any: TypeAlias = Scalar | Grid | Function
"""What a part of a formula comes to."""


def scalar(value: Any) -> Scalar:
    """Take one value: of an array its first."""
    if isinstance(value, Grid):
        return value.first()
    if isinstance(value, Function):
        return Failure(
            "#N/A",
            "Function LAMBDA should be followed by a call containing the actual values.",
        )
    return value


def spread(function: Callable[..., Scalar], *arguments: Any) -> Any:
    """Call a function of single values, once or for every cell of its arrays.

    A single row or column goes along with every other; where arrays of different size
    meet, what one of them lacks is ``#N/A``.
    """
    grids = [one for one in arguments if isinstance(one, Grid)]
    if not grids:
        return function(*(scalar(one) for one in arguments))
    height = max(one.height for one in grids)
    width = max(one.width for one in grids)
    if all((one.height, one.width) == (height, 1) for one in grids):
        # Nearly all arrays are columns of one length, and some are long.
        lists = [
            [row[0] for row in one.rows]
            if isinstance(one, Grid)
            else itertools.repeat(scalar(one), height)
            for one in arguments
        ]
        return Grid([[value] for value in map(function, *lists)])
    rows = [one.rows if isinstance(one, Grid) else None for one in arguments]
    fixed = [None if isinstance(one, Grid) else scalar(one) for one in arguments]

    def at(index: int, row: int, column: int) -> Scalar:
        cells = rows[index]
        if cells is None:
            return fixed[index]
        row = 0 if len(cells) == 1 else row
        if row >= len(cells):
            return NOT_AVAILABLE
        line = cells[row]
        column = 0 if len(line) == 1 else column
        return line[column] if column < len(line) else NOT_AVAILABLE

    span = range(len(arguments))
    return Grid(
        [
            [
                function(*[at(index, row, column) for index in span])
                for column in range(width)
            ]
            for row in range(height)
        ]
    )


def flat(arguments: Sequence[Any]) -> Iterator[tuple[Scalar, bool]]:
    """Give every value, and whether it stands in an array (where text is no number)."""
    for one in arguments:
        if isinstance(one, Grid):
            for value in one.cells():
                yield value, True
        else:
            yield scalar(one), False
