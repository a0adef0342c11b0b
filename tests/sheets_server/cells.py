"""What stands in one cell, one row, one column. None of it ever changes in place.

A write puts a new value where the old one stood, so a copy of a sheet is a copy of its
list of rows, and a batch that fails half-way leaves nothing to undo.
"""

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from tests.sheets_server.refusals import Json

MAX_LENGTH = 50_000
"""Characters in one cell."""


class Formula(NamedTuple):
    """A formula as typed, with its equals sign."""

    text: str


Value: TypeAlias = str | int | float | bool | Formula | None
"""What somebody entered; dates are serial numbers with a number format."""


class Metadata(NamedTuple):
    """One piece of developer metadata; where it hangs is said by who holds it."""

    id: int
    key: str
    value: str | None
    visibility: str


class Cell(NamedTuple):
    """One cell; a place without one is an empty cell without a format."""

    value: Value = None
    format: Json | None = None
    """The user-entered format."""
    note: str = ""
    validation: Json | None = None
    runs: tuple[Json, ...] = ()
    """Formats of parts of the text."""

    def says_nothing(self) -> bool:
        return self == EMPTY


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """Cells up to the last one that was ever written, and what belongs to the row."""

    cells: tuple[Cell | None, ...] = ()
    properties: Json = field(default_factory=dict)
    metadata: tuple[Metadata, ...] = ()

    def at(self, column: int) -> Cell | None:
        return self.cells[column] if column < len(self.cells) else None

    def having(self, column: int, cell: Cell | None) -> "Row":
        """Make the row in which one cell is another."""
        cells = self.cells
        if column >= len(cells):
            cells += (None,) * (column + 1 - len(cells))
        cells = (*cells[:column], cell, *cells[column + 1 :])
        return Row(cells, self.properties, self.metadata)

    def carrying(self, cells: tuple[Cell | None, ...]) -> "Row":
        """Make the row that has the same properties and other cells."""
        return Row(cells, self.properties, self.metadata)


@dataclass(frozen=True, slots=True)
class Column:
    """What belongs to a column as such."""

    properties: Json = field(default_factory=dict)
    metadata: tuple[Metadata, ...] = ()


BLANK_ROW = Row()
BLANK_COLUMN = Column()
