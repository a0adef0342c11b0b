"""Rows and cells of a worksheet as byte offsets, and new cells spliced among them.

One pass from the first row to the last; only rows that are written are looked into, and
in most of these only their last cell.
"""

import contextlib
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sync.cells import Area, column_letters, column_number
from sync.workbooks.excel.sheetpart import SheetPart

_NUMBER = re.compile(rb"""\sr\s*=\s*["']([0-9]+)["']""")
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']\$?([A-Za-z]{1,3})\$?[0-9]+["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["']([0-9]+)["']""")
_SPANS = re.compile(rb"""\sspans\s*=\s*["']([0-9]+):([0-9]+)["']""")
_CUSTOM = re.compile(rb"""\scustomFormat\s*=\s*["'](?:1|true)["']""")
_AFTER_NAME = b" \t\r\n/>"
_ATTRIBUTES = rb"""((?:[^<>"']|"[^"]*"|'[^']*')*?)"""


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


class Cell(NamedTuple):
    """Where one cell stands, and how it looks."""

    column: int
    start: int
    inner: int
    close: int
    end: int
    style: int | None

    @property
    def is_closed_at_once(self) -> bool:
        """Whether it is written ``<c/>`` and so holds nothing."""
        return self.close == self.end


class Found(NamedTuple):
    """What a new cell will stand on or beside."""

    style: int | None
    """Style of the cell that is there; ``None`` when there is none."""
    beside: int | None
    """Style of the nearest cell to its left, else of its row."""
    content: bytes
    """What the cell that is there holds, as XML."""


Make = Callable[[int, int, Found], bytes | None]
"""(row, column, what is there) → the cell as XML; ``None`` leaves things as they are."""


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
        self._row_end = b"</%srow" % prefix
        self._cell = b"<%sc" % prefix
        self._cell_end = b"</%sc>" % prefix
        self._formula = re.compile(rb"<%sf[\s/>]" % re.escape(prefix))
        self._cells = re.compile(
            rb"<%sc(?=[\s/>])%s(/?)>" % (re.escape(prefix), _ATTRIBUTES)
        )
        self._tag = re.compile(rb"<%s(/?)>" % _ATTRIBUTES)
        self._columns: dict[bytes, int] = {}

    def rows(self) -> Iterator[Row]:
        """Every row in the file's order.

        Raises:
            WorkbookError: If rows do not ascend, or one does not end.
        """
        data, find, opening = self.data, self.data.find, self._row
        width = len(opening)
        at, last = self.begin, 0
        while True:
            start = find(opening, at, self.stop)
            if start < 0:
                return
            if data[start + width] not in _AFTER_NAME:
                at = start + width
                continue
            inner = find(b">", start, self.stop) + 1
            if inner == 0 or data.count(b'"', start, inner) % 2:
                tag = self._tag.match(data, start, self.stop)
                if not tag:
                    raise self.part.broken(f"row {last + 1} is cut off")
                inner = tag.end()
            number = self._row_number(start + width, inner, last)
            if number <= last:
                raise self.part.broken(f"row {number} stands after row {last}")
            if data[inner - 2] == ord("/"):
                close = at = inner
            else:
                close = find(self._row_end, inner, self.stop)
                at = find(b">", close, self.stop) + 1 if close >= 0 else 0
                if at == 0:
                    raise self.part.broken(f"row {number} does not end")
            last = number
            yield Row(number, start, inner, close, at)

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
                    f"cell {column_letters(column)}{row.number} stands after "
                    f"{column_letters(last)}{row.number}"
                )
            style = _STYLE.search(self.data, start, inner)
            close = end = inner
            if not match[2]:
                close = self.data.find(self._cell_end, inner, row.close)
                if close < 0:
                    raise self.part.broken(f"a cell of row {row.number} does not end")
                end = close + len(self._cell_end)
            number = int(style[1]) if style else None
            found.append(Cell(column, start, inner, close, end, number))
            at, last = end, column
        return found

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

    def last_cell(self, row: Row) -> tuple[int, int | None, int] | None:
        """Read (column, style, start) of the row's last cell from its own address.

        Returns:
            ``None`` when there is no cell or its place cannot be told at a glance.
        """
        start = self.data.rfind(self._cell + b" ", row.inner, row.close)
        if start < 0:
            return None
        inner = self.data.find(b">", start, row.close) + 1
        column = self._column(start, inner)
        if inner == 0 or not column:
            return None
        # A cell without any attribute may follow one that has its address.
        if self.data.find(self._cell + b">", inner, row.close) >= 0:
            return None
        style = _STYLE.search(self.data, start, inner)
        return column, int(style[1]) if style else None, start

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

    def write(self, wanted: Mapping[int, Sequence[int]], make: Make) -> "Written":
        """Splice cells into the rows.

        Args:
            wanted: Row number → its columns to write, ascending.
            make: Makes each cell; called once for each, row by row.

        Raises:
            WorkbookError: If the sheet's rows are damaged.
        """
        ordered = sorted(wanted.items())
        numbers = [number for number, _ in ordered]
        written = Written()
        if not numbers:
            return written
        place = 0
        at = self.begin
        for row in self.rows():
            stop = bisect_left(numbers, row.number, place)
            if stop > place:
                self._new_rows(ordered[place:stop], make, row.start, written)
            place = stop
            if place < len(numbers) and numbers[place] == row.number:
                self._fill(row, ordered[place][1], make, written)
                place += 1
            at = row.end
        self._new_rows(ordered[place:], make, at, written)
        return written

    def _new_rows(
        self,
        wanted: Sequence[tuple[int, Sequence[int]]],
        make: Make,
        at: int,
        written: "Written",
    ) -> None:
        """Put rows that do not exist yet before the byte at ``at``."""
        prefix = self.part.prefix
        rows = []
        for number, columns in wanted:
            cells = [
                (column, xml)
                for column in columns
                if (xml := make(number, column, Found(None, None, b""))) is not None
            ]
            if cells:
                written.note(number, cells[0][0], cells[-1][0])
                rows.append(
                    b'<%srow r="%d">%s</%srow>'
                    % (prefix, number, b"".join(xml for _, xml in cells), prefix)
                )
        if not rows:
            return
        whole = b"".join(rows)
        if self.part.sheet_data.is_closed_at_once:
            written.into_empty += whole
        else:
            self.part.splices.insert(at, whole)

    def _fill(
        self, row: Row, columns: Sequence[int], make: Make, written: "Written"
    ) -> None:
        last = self.last_cell(row)
        if last is not None and last[0] < columns[0]:
            new = self._append(row, columns, make, last)
        else:
            new = self._among(row, columns, make)
        if new:
            written.note(row.number, new[0], new[-1])
            self._widen(row, new[0], new[-1])

    def _append(
        self,
        row: Row,
        columns: Sequence[int],
        make: Make,
        last: tuple[int, int | None, int],
    ) -> list[int]:
        """Put cells behind all others of the row, which is what a new column needs."""
        pieces, new = [], []
        beside = last[1] or 0
        for column in columns:
            xml = make(row.number, column, Found(None, beside, b""))
            if xml is not None:
                pieces.append(xml)
                new.append(column)
        if pieces:
            self.part.splices.insert(self._cells_end(row), b"".join(pieces))
        return new

    def _cells_end(self, row: Row) -> int:
        """Where the row's cells end: before its extensions, if it has any."""
        tail = self.data[row.inner : row.close].rstrip()
        if not tail.endswith(b"extLst>"):
            return row.close
        return self.data.rindex(b"<%sextLst" % self.part.prefix, row.inner, row.close)

    def _among(self, row: Row, columns: Sequence[int], make: Make) -> list[int]:
        """Put cells among or in place of those of the row."""
        cells = self.cells(row)
        places = [cell.column for cell in cells]
        tag = self.data[row.start : row.inner]
        style = _STYLE.search(tag) if _CUSTOM.search(tag) else None
        row_style = int(style[1]) if style else None
        pieces: dict[int, list[bytes]] = {}
        new = []
        for column in columns:
            index = bisect_left(places, column)
            left = cells[index - 1].style or 0 if index else row_style
            there = cells[index] if index < len(cells) else None
            if there is not None and there.column == column:
                content = self.data[there.inner : there.close]
                kept = there.style if there.style is not None else 0
                xml = make(row.number, column, Found(kept, left, content))
                if xml is not None:
                    self.part.splices.replace(there.start, there.end, xml)
                continue
            xml = make(row.number, column, Found(None, left, b""))
            if xml is None:
                continue
            new.append(column)
            at = there.start if there is not None else self._row_tail(row)
            pieces.setdefault(at, []).append(xml)
        if row.close == row.end and pieces:
            self._open_row(row, b"".join(pieces.pop(row.end)), new)
            return []
        for at, xmls in pieces.items():
            self.part.splices.insert(at, b"".join(xmls))
        return new

    def _row_tail(self, row: Row) -> int:
        return row.end if row.close == row.end else self._cells_end(row)

    def _open_row(self, row: Row, cells: bytes, new: list[int]) -> None:
        """Turn ``<row/>`` into a row with cells."""
        tag = _widened(self.data[row.start : row.inner], new[0], new[-1])
        opened = tag[: tag.rindex(b"/")].rstrip() + b">"
        self.part.splices.replace(
            row.start, row.end, opened + cells + self._row_end + b">"
        )

    def _widen(self, row: Row, first: int, last: int) -> None:
        """Let the row's ``spans`` hint cover the new cells."""
        tag = self.data[row.start : row.inner]
        if b"spans" in tag:
            self.part.splices.replace(row.start, row.inner, _widened(tag, first, last))


def _widened(tag: bytes, first: int, last: int) -> bytes:
    found = _SPANS.search(tag)
    if not found:
        return tag
    spans = b"%d:%d" % (min(int(found[1]), first), max(int(found[2]), last))
    return tag[: found.start(1)] + spans + tag[found.end(2) :]


class Written:
    """What a write touched, for the sheet's frame."""

    __slots__ = ("area", "into_empty")

    def __init__(self) -> None:
        self.area: Area | None = None
        """The rectangle around all cells written."""
        self.into_empty = b""
        """Rows for a sheet that had no rows element to put them in."""

    def note(self, row: int, first: int, last: int) -> None:
        """Take one row's cells into the rectangle."""
        area = self.area
        if area is None:
            self.area = Area(row, first, row, last)
        else:
            self.area = Area(
                min(area.top, row),
                min(area.left, first),
                max(area.bottom, row),
                max(area.right, last),
            )
