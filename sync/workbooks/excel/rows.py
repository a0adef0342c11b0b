"""The cells of a sheet, from the bytes of its part.

Two ways lead to the same values. Nearly every program writes rows in one plain shape,
which is cut out of the bytes with regular expressions, several times faster than any
XML parser could hand the cells to Python. A sheet in any other shape (a comment
between the cells, rows out of order, UTF-16, addresses left out) raises `OtherShape`
before anything of it is used, and `sync.workbooks.excel.parsed` reads it with a parser.
What a cell says is decided in one place for both: `sync.workbooks.excel.typed`.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from sync.cells import MAX_COLUMNS, MAX_ROWS, column_number
from sync.workbooks.excel.elements import MAX_ATTRIBUTES, is_plain
from sync.workbooks.excel.formats import Kind
from sync.workbooks.excel.sparse import FAR, SparseRows
from sync.workbooks.excel.strings import resolve
from sync.workbooks.excel.typed import EXACT, Values
from sync.workbooks.snapshot import RawValue, Uncalculated

_ATTRIBUTES = rb'((?:\s+[\w:]+="[^"<>]*")*)\s*'
_IS_PLAIN = re.compile(_ATTRIBUTES)
_ATTRIBUTE = re.compile(rb'\s([\w:]+)="([^"]*)"')
_OPENING = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sheetData\s*(/?)>")


class OtherShape(Exception):  # noqa: N818 (not an error: the parser reads it)
    """The part is not in the plain shape."""


class Parted(NamedTuple):
    """A sheet part, cut into its rows and everything else."""

    frame: bytes
    """The part with an empty ``sheetData``."""
    start: int
    """Where in the part the rows begin."""
    end: int
    prefix: bytes
    """The namespace prefix of its elements with the colon, or empty."""


class _Patterns(NamedTuple):
    row: re.Pattern[bytes]
    plain_cell: re.Pattern[bytes]
    """A cell with a constant, as most are."""
    any_cell: re.Pattern[bytes]
    """A cell that may have a formula or an inline string."""
    row_end: bytes
    cell_start: bytes


class _CellFormat(NamedTuple):
    cell_type: str
    kind: Kind


_SHARED = _CellFormat("s", "number")
_NUMBER = _CellFormat("n", "number")
"""The two formats most cells have: compared by identity."""


def part_sheet(data: bytes) -> Parted:
    """Cut a sheet part in two.

    Raises:
        OtherShape: If it is not plain UTF-8 without comments, CDATA and doctype.
    """
    if not is_plain(data):
        raise OtherShape
    opening = _OPENING.search(data)
    if opening is None:
        raise OtherShape
    if opening[2]:
        return Parted(data, opening.end(), opening.end(), opening[1])
    closing = b"</" + opening[1] + b"sheetData>"
    end = data.find(closing, opening.end())
    if end < 0:
        raise OtherShape
    frame = data[: opening.end()] + data[end:]
    return Parted(frame, opening.end(), end, opening[1])


@lru_cache(maxsize=16)
def _patterns(prefix: bytes) -> _Patterns:
    p = re.escape(prefix)
    value = rb"<" + p + rb"v(?:\s[^<>]*)?(?:/>|>([^<]*)</" + p + rb"v>)"
    formula = rb"(<" + p + rb"f(?:\s[^<>]*)?(?:/>|>([^<]*)</" + p + rb"f>))"
    inline = (
        rb"<" + p + rb"is>\s*<" + p + rb"t(?:\s[^<>]*)?(?:/>|>([^<]*)</"
        + p + rb"t>)\s*</" + p + rb"is>"
    )  # fmt: skip
    cell = (
        rb"<" + p + rb'c r="([A-Z]{1,3})([1-9][0-9]{0,6})"' + _ATTRIBUTES
        + rb"(?:/>|>\s*(?:" + formula + rb")?\s*(?:" + value + rb"|" + inline
        + rb")?\s*</" + p + rb"c>)"
    )  # fmt: skip
    row = rb"\s*<" + p + rb"row" + _ATTRIBUTES + rb"(/?)>"
    plain_cell = (
        rb"<" + p + rb'c r="([A-Z]+)([0-9]+)"([^<>/]*)(?:/>|><' + p + rb"v>([^<]*)</"
        + p + rb"v></" + p + rb"c>)"
    )  # fmt: skip
    return _Patterns(
        re.compile(row),
        re.compile(plain_cell),
        re.compile(cell),
        b"</" + prefix + b"row>",
        b"<" + prefix + b"c",
    )


class PlainRows:
    """Reads the rows of one sheet in the plain shape."""

    def __init__(self, data: bytes, parted: Parted, values: Values) -> None:
        """Prepare for one sheet, of which ``parted`` says where its rows stand."""
        self._data = data
        self._parted = parted
        self._values = values
        self._patterns = _patterns(parted.prefix)
        self._formats: dict[bytes, _CellFormat] = {}
        self._columns: dict[bytes, int] = {}
        self._shared_formulas: dict[bytes, str] = {}
        self.hidden: set[int] = set()

    def fill(self, grid: SparseRows) -> None:
        """Read all rows into ``grid``.

        Raises:
            OtherShape: If a row or cell is not in the plain shape.
        """
        data, at, end = self._data, self._parted.start, self._parted.end
        row_at, row_end = self._patterns.row.match, self._patterns.row_end
        last = 0
        while found := row_at(data, at, end):
            number = self._row_number(found[1], last)
            last = number
            at = found.end()
            if found[2]:
                continue
            close = data.find(row_end, at, end)
            if close < 0:
                raise OtherShape
            values = self._row(number, at, close, grid)
            grid.add(number, values, hidden=number in self.hidden)
            at = close + len(row_end)
        if data[at:end].strip():
            raise OtherShape

    def _row(
        self, number: int, start: int, end: int, grid: SparseRows
    ) -> list[RawValue]:
        """Read the cells between two offsets, from column A on."""
        data, patterns = self._data, self._patterns
        n_cells = data.count(patterns.cell_start, start, end)
        grid.spend(n_cells)
        plain = patterns.plain_cell.findall(data, start, end)
        if len(plain) == n_cells:
            return self._plain_row(number, plain, grid)
        cells = patterns.any_cell.findall(data, start, end)
        if len(cells) != n_cells:
            raise OtherShape
        return self._any_row(number, cells, grid)

    def _row_number(self, attributes: bytes, last: int) -> int:
        pairs = dict(_ATTRIBUTE.findall(attributes))
        if b"&" in attributes or len(pairs) > MAX_ATTRIBUTES:
            raise OtherShape
        stated = pairs.get(b"r", b"")
        number = int(stated) if stated.isdigit() else 0
        if not last < number <= MAX_ROWS:
            raise OtherShape
        if pairs.get(b"hidden") in {b"1", b"true"}:
            self.hidden.add(number)
        return number

    def _plain_row(
        self, number: int, cells: list[tuple[bytes, ...]], grid: SparseRows
    ) -> list[RawValue]:
        """Type a row of constants: the loop that most of the reading time goes into."""
        columns, formats, strings = self._columns, self._formats, self._values.strings
        n_strings = len(strings)
        own_digits = b"%d" % number
        row: list[RawValue] = []
        value: RawValue
        for letters, digits, attributes, stored in cells:
            if digits != own_digits:
                raise OtherShape
            if not stored:
                continue
            how = formats.get(attributes) or self._format(attributes)
            if how is _SHARED and stored.isdigit() and int(stored) < n_strings:
                value = strings[int(stored)]
                if not value:
                    grid.silence(number, number, self._column(letters))
                    continue
            elif how is _NUMBER and stored.isdigit() and len(stored) < EXACT:
                value = int(stored)
            else:
                value = self._typed(how, stored)
                if value is None:
                    continue
            column = columns.get(letters) or self._column(letters)
            if column == len(row) + 1 or self._leap(row, (number, column), value, grid):
                row.append(value)
        return row

    def _any_row(
        self, number: int, cells: list[tuple[bytes, ...]], grid: SparseRows
    ) -> list[RawValue]:
        """Type a row that has formulas or inline strings."""
        own_digits = b"%d" % number
        row: list[RawValue] = []
        for letters, digits, attributes, formula, code, stored, inline in cells:
            if digits != own_digits:
                raise OtherShape
            how = self._formats.get(attributes) or self._format(attributes)
            value = self._typed(how, stored or inline)
            if formula and self._values.is_uncalculated(stored, how.cell_type):
                value = self._uncalculated(formula, code)
            if b'"array"' in formula:
                grid.silence_array(_group(formula, b"ref").decode())
            if value is None and not (formula or stored):
                continue
            column = self._columns.get(letters) or self._column(letters)
            if value is None:
                grid.silence(number, number, column)
            elif column == len(row) + 1 or self._leap(
                row, (number, column), value, grid
            ):
                row.append(value)
        return row

    def _typed(self, how: _CellFormat, stored: bytes) -> RawValue:
        if not stored:
            return None
        if b"&" not in stored:  # a digit may be written as a reference, too
            if how.cell_type == "n":
                return self._values.number(stored, how.kind)
            if how.cell_type == "s":
                return self._values.shared(stored)
        return self._values.other(resolve(stored), how.cell_type, how.kind)

    @staticmethod
    def _leap(
        row: list[RawValue], at: tuple[int, int], value: RawValue, grid: SparseRows
    ) -> bool:
        """Fill up to a cell that does not follow the last one, unless it is too far.

        Returns:
            Whether the cell belongs at the end of ``row``.
        """
        number, column = at
        gap = column - len(row) - 1
        if gap < 0:
            raise OtherShape
        if gap > FAR:
            grid.add_far(number, column, value)
            return False
        row.extend([None] * gap)
        return True

    def _format(self, attributes: bytes) -> _CellFormat:
        """Read a cell's attributes once for all cells that have the same ones."""
        if b"&" in attributes or not _IS_PLAIN.fullmatch(attributes):
            raise OtherShape
        pairs = {
            name.decode(): value.decode("utf-8", "replace")
            for name, value in _ATTRIBUTE.findall(attributes)
        }
        found = _CellFormat(pairs.get("t", "n"), self._values.kind(pairs.get("s")))
        if found.cell_type == "s":
            found = _SHARED  # a format changes nothing about a text
        elif found == _NUMBER:
            found = _NUMBER
        self._formats[attributes] = found
        return found

    def _uncalculated(self, opening: bytes, code: bytes) -> Uncalculated:
        """The formula of a cell; of a shared one, as its first cell wrote it."""
        text = resolve(code)
        if group := _group(opening, b"si"):
            text = self._shared_formulas.setdefault(group, text)
        return Uncalculated("=" + text)

    def _column(self, letters: bytes) -> int:
        column = column_number(letters.decode())
        if column > MAX_COLUMNS:
            raise OtherShape
        self._columns[letters] = column
        return column


def _group(formula: bytes, name: bytes) -> bytes:
    """Read an attribute of a formula: the group it is shared in, or its range."""
    opening = formula.partition(b">")[0]
    found: dict[bytes, bytes] = dict(_ATTRIBUTE.findall(opening))
    return found.get(name, b"")
