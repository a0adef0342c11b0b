"""Rows and cells of a worksheet as byte offsets.

One pass from the first row to the last; only rows that are written are looked into, and
in most of these only their last cell.
"""

import contextlib
import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from sync.cells import Area, column_letters, column_number
from sync.errors import WorkbookError
from sync.wording import Text
from sync.workbooks.excel.sheetpart import SheetPart

_NUMBER = re.compile(rb"""\sr\s*=\s*["']([0-9]+)["']""")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]{1,3})\$?[0-9]+["']""")
STYLE = re.compile(rb"""\ss\s*=\s*["']([0-9]+)["']""")
_SLASH, _GREATER = b"/>"
_AFTER_NAME = b" \t\r\n/>"
_ATTRIBUTES = rb"""((?:[^<>"']|"[^"]*"|'[^']*')*?)"""

_CUT_OFF = Text("第 {row} 行被截断", "row {row} is cut off")
_ENDLESS = Text("第 {row} 行没有结尾", "row {row} does not end")
_ENDLESS_CELL = Text("第 {row} 行有单元格没有结尾", "a cell of row {row} does not end")
_UNORDERED_ROWS = Text(
    "第 {row} 行排在第 {last} 行之后", "row {row} stands after row {last}"
)
_UNORDERED_CELLS = Text("单元格 {at} 排在 {last} 之后", "cell {at} stands after {last}")


class Row(NamedTuple):
    """Where one row stands."""

    number: int
    start: int
    """Its opening tag."""
    inner: int
    """The end of its opening tag."""
    close: int
    """Its closing tag; equal to ``end`` when the row is written ``<row/>``."""
    end: int
    rest: int
    """Where in its opening tag the attributes behind its number begin; where the tag
    begins when the number does not come first."""


_row_of = partial(tuple.__new__, Row)
"""Makes a row of its fields in half of the time."""


class Cell(NamedTuple):
    """Where one cell stands, and how it looks."""

    column: int
    start: int
    inner: int
    close: int
    end: int
    style: int | None


class Grid:
    """The rows of one worksheet."""

    def __init__(self, part: SheetPart) -> None:
        self.part = part
        self.data = part.masked
        self.begin = part.sheet_data.inner
        self.stop = part.sheet_data.close
        if part.sheet_data.is_closed_at_once:
            self.stop = self.begin
        prefix = part.prefix
        self._row = b"<%srow" % prefix
        self.row_end = b"</%srow" % prefix
        self._cell = b"<%sc" % prefix
        self._cell_space = self._cell + b" "
        self._cell_end = re.compile(rb"</%sc\s*>" % re.escape(prefix))
        self._formula = re.compile(rb"<%sf[\s/>]" % re.escape(prefix))
        p = re.escape(prefix)
        # As nearly every program writes them; whatever else there is goes the long way.
        self._plain_row = re.compile(
            rb'<%srow r="([0-9]+)"(?:\s[\w:]+="[^"<>]*")*\s*>' % p
        ).match
        self._plain_last = re.compile(
            rb'<%sc r="([A-Z]{1,3})[0-9]+"((?: \w+="[^"<>]*")*)\s*'
            rb"(?:/>|>(?:<%sv>[^<]*</%sv>|[^<]*(?:<(?!/?%sc[\s/>])[^<]*)*)</%sc>)\s*"
            % ((p,) * 5)
        ).fullmatch
        self._cells = re.compile(
            rb"<%sc(?=[\s/>])%s(/?)>" % (re.escape(prefix), _ATTRIBUTES)
        )
        self._tag = re.compile(rb"<%s(/?)>" % _ATTRIBUTES)
        self._plain_cell = re.compile(
            rb'<%sc r="\w+"((?: \w+="[^"<>]*")*)\s*'
            rb"(?:/>|>([^<]*(?:<(?!/?%sc[\s/>])[^<]*)*)</%sc>)" % (p, p, p)
        ).match
        self._columns: dict[bytes, int] = {}

    def rows(self) -> Iterator[Row]:
        """Every row in the file's order.

        Raises:
            WorkbookError: If rows do not ascend, or one does not end.
        """
        data, find = self.data, self.data.find
        row_end, stop, plain_row = self.row_end, self.stop, self._plain_row
        width = len(self._row)
        at, last = self.begin, 0
        while True:
            plain = plain_row(data, at, stop)
            if plain is not None:
                inner = plain.end()
                close = find(row_end, inner, stop)
                end = close + width + 2
                if close >= 0 and data[end - 1] == _GREATER:
                    number = int(plain[1])
                    if number <= last:
                        raise self._not_ascending(number, last)
                    last = number
                    yield _row_of((number, at, inner, close, end, plain.end(1)))
                    at = end
                    continue
            row = self._next_row(at, last)
            if row is None:
                return
            last, at = row.number, row.end
            yield row

    def _next_row(self, at: int, last: int) -> Row | None:
        """Find the next row however it is written; ``None`` when there is no more."""
        data, find, stop = self.data, self.data.find, self.stop
        width = len(self._row)
        start = find(self._row, at, stop)
        while start >= 0 and data[start + width] not in _AFTER_NAME:
            start = find(self._row, start + width, stop)
        if start < 0:
            return None
        inner = find(b">", start, stop) + 1
        if inner == 0 or data.count(b'"', start, inner) % 2:
            tag = self._tag.match(data, start, stop)
            if not tag:
                raise self.part.broken(_CUT_OFF.fill(row=last + 1))
            inner = tag.end()
        number = self._row_number(start + width, inner, last)
        if number <= last:
            raise self._not_ascending(number, last)
        if data[inner - 2] == _SLASH:
            return Row(number, start, inner, inner, inner, start)
        close = find(self.row_end, inner, stop)
        end = find(b">", close, stop) + 1 if close >= 0 else 0
        if end == 0:
            raise self.part.broken(_ENDLESS.fill(row=number))
        return Row(number, start, inner, close, end, start)

    def _not_ascending(self, number: int, last: int) -> WorkbookError:
        return self.part.broken(_UNORDERED_ROWS.fill(row=number, last=last))

    def _row_number(self, after_name: int, inner: int, last: int) -> int:
        data = self.data
        if data.startswith(b' r="', after_name):
            digits = data[after_name + 4 : data.find(b'"', after_name + 4, inner)]
            if digits.isdigit():
                return int(digits)
        found = _NUMBER.search(data, after_name, inner)
        return int(found[1]) if found else last + 1

    def cells(self, row: Row) -> list[Cell]:
        """Every cell of a row.

        Raises:
            WorkbookError: If cells do not ascend, or one does not end.
        """
        found: list[Cell] = []
        at, last = row.inner, 0
        while match := self._cells.search(self.data, at, row.close):
            start, inner = match.span()
            column = self._column(start, inner) or last + 1
            if column <= last:
                raise self.part.broken(
                    _UNORDERED_CELLS.fill(
                        at=f"{column_letters(column)}{row.number}",
                        last=f"{column_letters(last)}{row.number}",
                    )
                )
            style = STYLE.search(self.data, start, inner)
            close = end = inner
            if not match[2]:
                closing = self._cell_end.search(self.data, inner, row.close)
                if closing is None:
                    raise self.part.broken(_ENDLESS_CELL.fill(row=row.number))
                close, end = closing.span()
            number = int(style[1]) if style else None
            found.append(Cell(column, start, inner, close, end, number))
            at, last = end, column
        return found

    def cell_at(self, row: Row, column: int) -> Cell | None:
        """Find one cell with looks of its own without reading the others.

        Returns:
            ``None`` when there is none, or nearly no program writes it like that.
        """
        tag = b'%s r="%s%d"' % (self._cell, column_letters(column).encode(), row.number)
        start = self.data.find(tag, row.inner, row.close)
        plain = self._plain_cell(self.data, start, row.close) if start >= 0 else None
        style = STYLE.search(plain[1]) if plain else None
        if plain is None or style is None or style[1] == b"0":
            return None
        inner, close = plain.span(2)
        if inner < 0:
            inner = close = plain.end()
        return Cell(column, start, inner, close, plain.end(), int(style[1]))

    def _column(self, start: int, inner: int) -> int:
        """Read the column of a cell's own address; 0 when it carries none."""
        data = self.data
        place = start + len(self._cell)
        if data.startswith(b' r="', place):
            address = data[place + 4 : data.find(b'"', place + 4, inner)]
            letters = address.rstrip(b"0123456789")
            known = self._columns.get(letters)
            if known:
                return known
        found = _REFERENCE.search(data, place, inner)
        if not found:
            return 0
        number = column_number(found[1].decode())
        self._columns[found[1]] = number
        return number

    def last_cell(self, inner: int, close: int) -> tuple[bytes, bytes] | None:
        """Read (letters, attributes behind the address) of the cell a row ends with.

        Args:
            inner: The end of the row's opening tag.
            close: Its closing tag.

        Returns:
            ``None`` when there is none, or nearly no program writes it like that.
        """
        start = self.data.rfind(self._cell_space, inner, close)
        plain = self._plain_last(self.data, start, close) if start >= 0 else None
        return (plain[1], plain[2]) if plain else None

    def has_formula(self, content: bytes) -> bool:
        """Tell whether a cell's content has a formula."""
        return self._formula.search(content) is not None

    def array_areas(self) -> tuple[Area, ...]:
        """Ranges that belong to an array formula or a data table as a whole."""
        found = []
        for sign in (b'"array"', b"'array'", b'"dataTable"'):
            at = self.data.find(sign, self.begin, self.stop)
            while at >= 0:
                start = self.data.rfind(b"<", self.begin, at)
                tag = self.data[start : self.data.find(b">", at)]
                reference = re.search(rb"""\sref\s*=\s*["']([^"']*)["']""", tag)
                with contextlib.suppress(ValueError):
                    found.append(Area.parse(reference[1].decode() if reference else ""))
                at = self.data.find(sign, at + 1, self.stop)
        return tuple(found)
