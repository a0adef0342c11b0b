"""A sheet part of any shape that XML allows, read with a parser.

Slower than `sync.workbooks.excel.rows`, and right for everything: any encoding, any
prefix, comments, CDATA, addresses left out, rows in any order.
"""

import re
from typing import NamedTuple
from xml.parsers import expat

from sync.cells import MAX_COLUMNS, MAX_ROWS, column_number
from sync.wording import shorten
from sync.workbooks.excel.elements import (
    MAX_DEPTH,
    Element,
    TreeBuilder,
    feed,
    local,
    local_keys,
    new_parser,
    refuse_many,
)
from sync.workbooks.excel.sparse import SparseRows
from sync.workbooks.excel.typed import Values
from sync.workbooks.snapshot import RawValue, Uncalculated

_ADDRESS = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")


class ParsedSheet(NamedTuple):
    """What a sheet part holds."""

    frame: Element
    """Everything but the rows."""
    hidden_rows: set[int]


class _Cell:
    """The cell that is being parsed."""

    __slots__ = (
        "address",
        "cell_type",
        "formula",
        "group",
        "inline",
        "stored",
        "style",
    )

    def __init__(self, attributes: dict[str, str]) -> None:
        self.address = attributes.get("r", "")
        self.cell_type = attributes.get("t", "n")
        self.style = attributes.get("s")
        self.formula: str | None = None
        self.group: str | None = None
        self.inline = ""
        self.stored = ""


class _Rows:
    """Receives the parser's events."""

    def __init__(self, values: Values, grid: SparseRows) -> None:
        self.tree = TreeBuilder()
        self.cells: list[tuple[int, int, RawValue]] = []
        self.hidden: set[int] = set()
        self._values = values
        self._grid = grid
        self._in_data = False
        self._depth = 0
        """Open elements below ``sheetData``."""
        self._row = 0
        self._column = 0
        self._cell: _Cell | None = None
        self._path: list[str] = []
        """Open elements inside the cell."""
        self._shared_formulas: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._in_data:
            self.tree.start(name, attributes)
            self._in_data = local(name) == "sheetData"
            return
        refuse_many(attributes)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise expat.ExpatError("elements are nested too deeply")
        name = local(name)
        if self._cell is not None:
            self._path.append(name)
            if name == "f" and len(self._path) == 1:
                self._cell.formula = ""
                self._cell.group = attributes.get("si")
                if attributes.get("t") == "array":
                    self._grid.silence_array(attributes.get("ref", ""))
        elif name == "c":
            self._cell = _Cell(local_keys(attributes))
        elif name == "row":
            self._start_row(local_keys(attributes))

    def _start_row(self, attributes: dict[str, str]) -> None:
        stated = attributes.get("r", "").strip()
        if stated and not (stated.isdigit() and 1 <= int(stated) <= MAX_ROWS):
            raise expat.ExpatError(f"a row is numbered {shorten(stated)!r}")
        self._row = int(stated) if stated else self._row + 1
        self._column = 0
        if attributes.get("hidden", "").strip() in {"1", "true"}:
            self.hidden.add(self._row)

    def text(self, data: str) -> None:
        if not self._in_data:
            self.tree.text(data)
            return
        if self._cell is None or not self._path:
            return
        if self._path == ["f"]:
            self._cell.formula = (self._cell.formula or "") + data
        elif self._path == ["v"]:
            self._cell.stored += data
        elif self._path in (["is", "t"], ["is", "r", "t"]):  # not under rPh
            self._cell.inline += data

    def end(self, name: str) -> None:
        if not self._in_data:
            self.tree.end(name)
            return
        self._depth -= 1
        if self._path:
            self._path.pop()
        elif self._cell is not None:
            self._finish(self._cell)
            self._cell = None
        elif local(name) == "sheetData":
            self._in_data = False
            self.tree.end(name)

    def _finish(self, cell: _Cell) -> None:
        """Type a complete cell and note where it stands."""
        self._grid.spend(1)
        if cell.address.strip():
            # The cell's own address counts when it contradicts its row's.
            self._row, self._column = _place(cell.address)
        else:
            self._column += 1
        value = self._value(cell)
        if value is not None:
            self.cells.append((self._row, self._column, value))
        elif cell.formula is not None or cell.stored:
            self._grid.silence(self._row, self._row, self._column)

    def _value(self, cell: _Cell) -> RawValue:
        formula = cell.formula
        if formula is not None and self._values.is_uncalculated(
            cell.stored.encode(), cell.cell_type
        ):
            if cell.group is not None:
                formula = self._shared_formulas.setdefault(cell.group, formula)
            return Uncalculated("=" + formula)
        is_inline = cell.cell_type == "inlineStr" and cell.inline
        stored = cell.inline if is_inline else cell.stored
        if not stored:
            return None
        kind = self._values.kind(cell.style)
        return self._values.other(stored, cell.cell_type, kind)


def _place(address: str) -> tuple[int, int]:
    """Read row and column of an address.

    Raises:
        ExpatError: If it is none, or off the grid: the value would stand elsewhere.
    """
    found = _ADDRESS.fullmatch(address.strip())
    if found is not None:
        row, column = int(found[2]), column_number(found[1])
        if row <= MAX_ROWS and column <= MAX_COLUMNS:
            return row, column
    raise expat.ExpatError(f"a cell stands at {shorten(address)!r}")


def parse_sheet(
    data: bytes, where: str, values: Values, grid: SparseRows
) -> ParsedSheet:
    """Read a whole sheet part into ``grid``.

    Args:
        data: The part's bytes.
        where: What to name in the message when it cannot be read.
        values: Types the cells.
        grid: Receives the cells.

    Raises:
        WorkbookError: If the part is not well-formed, or has too many cells.
    """
    rows = _Rows(values, grid)
    parser = new_parser()
    parser.StartElementHandler = rows.start
    parser.EndElementHandler = rows.end
    parser.CharacterDataHandler = rows.text
    feed(parser, data, where)
    grid.add_cells(rows.cells, rows.hidden)
    assert rows.tree.root is not None  # expat refuses a document without an element
    return ParsedSheet(rows.tree.root, rows.hidden)
