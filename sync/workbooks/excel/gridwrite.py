"""New cells spliced among the rows of a worksheet, in one pass from first to last."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sync.cells import MAX_ROWS, Area
from sync.workbooks.excel.grid import STYLE, Cell, Grid, Row

_SPANS = re.compile(rb"""\sspans\s*=\s*["']([0-9]+):([0-9]+)["']""")
_CUSTOM = re.compile(rb"""\scustomFormat\s*=\s*["'](?:1|true)["']""")


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

Last = tuple[bytes, bytes]
"""(letters of its column, attributes behind its address) of the cell a row ends with."""


MakeBehind = Callable[[Sequence[int], Sequence[int], Last], Sequence[bytes] | None]
"""(rows, the columns to write in each, what their last cells have in common) → for each
row all its new cells as XML, to stand behind its last one; ``None`` when they are to be
made one by one."""
_LONGEST = 1_024
"""Rows that are written together: there is no more to be won, and some are held."""


class _Kind(NamedTuple):
    """What rows have in common that are written together."""

    columns: Sequence[int]
    """Those to write, ascending."""
    last: Last | None
    """``None`` when rows end with none, or with one that is written unlike most."""
    tag: bytes
    """What stands in their opening tags behind their numbers."""


class GridWriter:
    """Writes into the rows of one worksheet."""

    def __init__(self, grid: Grid, make: Make, make_behind: MakeBehind) -> None:
        """Prepare for one worksheet.

        Args:
            grid: Its rows.
            make: Makes each cell; called once for each, row by row.
            make_behind: Makes all new cells of a row at once, where it can.
        """
        self._grid = grid
        self._part = grid.part
        self._make = make
        self._make_behind = make_behind
        self._written = Written()

    def write(self, wanted: Mapping[int, Sequence[int]]) -> "Written":
        """Splice cells into the rows.

        Args:
            wanted: Row number → its columns to write, ascending.

        Raises:
            WorkbookError: If the sheet's rows are damaged.
        """
        numbers = [*sorted(wanted), MAX_ROWS + 1]
        place, next_one = 0, numbers[0]
        data, last_cell = self._grid.data, self._grid.last_cell
        at = self._grid.begin
        rows: list[Row] = []
        latest = _Kind((), None, b"")
        for row in self._grid.rows():
            number, start, inner, close, at, rest = row
            if number > next_one:
                stop = bisect_left(numbers, number, place)
                self._new_rows(wanted, numbers[place:stop], start)
                place, next_one = stop, numbers[stop]
            if number != next_one:
                continue
            place += 1
            next_one = numbers[place]
            kind = (wanted[number], last_cell(inner, close), data[rest:inner])
            if kind != latest or len(rows) == _LONGEST:
                self._fill(rows, latest)
                rows, latest = [], _Kind(*kind)
            rows.append(row)
        self._fill(rows, latest)
        self._new_rows(wanted, numbers[place:-1], at)
        return self._written

    def _new_rows(
        self, wanted: Mapping[int, Sequence[int]], numbers: Sequence[int], at: int
    ) -> None:
        """Put rows that do not exist yet before the byte at ``at``."""
        prefix = self._part.prefix
        nothing = Found(None, None, b"")
        rows = []
        for number in numbers:
            cells = [
                (column, xml)
                for column in wanted[number]
                if (xml := self._make(number, column, nothing)) is not None
            ]
            if cells:
                self._written.note(number, (cells[0][0], cells[-1][0]))
                rows.append(
                    b'<%srow r="%d">%s</%srow>'
                    % (prefix, number, b"".join(xml for _, xml in cells), prefix)
                )
        if not rows:
            return
        whole = b"".join(rows)
        if self._part.sheet_data.is_closed_at_once:
            self._written.into_empty += whole
        else:
            self._part.splices.insert(at, whole)

    def _fill(self, rows: Sequence[Row], kind: _Kind) -> None:
        """Write the cells of rows of one kind."""
        columns, last, tag = kind
        cells = None
        if last:
            cells = self._make_behind([row.number for row in rows], columns, last)
        if cells is None:
            for row in rows:
                self._among(row, columns)
            return
        splices = self._part.splices
        splices.insert_each([row.close for row in rows], cells)
        self._written.note(rows[0].number, columns)
        self._written.note(rows[-1].number, columns)
        widened = _widened(tag, columns)
        if widened != tag:
            splices.replace_each([(row.rest, row.inner) for row in rows], widened)

    def _cells_end(self, row: Row) -> int:
        """Where the row's cells end: before its extensions, if it has any."""
        tail = self._grid.data[row.inner : row.close].rstrip()
        if not tail.endswith(b"extLst>"):
            return row.close
        return self._grid.data.rindex(
            b"<%sextLst" % self._part.prefix, row.inner, row.close
        )

    def _among(self, row: Row, columns: Sequence[int]) -> None:
        """Put cells among or in place of those of the row."""
        known = [self._grid.cell_at(row, column) for column in columns]
        if all(known):
            for cell in filter(None, known):
                self._put(row, cell, None)
            return
        cells = self._grid.cells(row)
        places = [cell.column for cell in cells]
        tag = self._grid.data[row.start : row.inner]
        style = STYLE.search(tag) if _CUSTOM.search(tag) else None
        row_style = int(style[1]) if style else None
        pieces: dict[int, list[bytes]] = {}
        new = []
        for column in columns:
            index = bisect_left(places, column)
            left = cells[index - 1].style or 0 if index else row_style
            there = cells[index] if index < len(cells) else None
            if there is not None and there.column == column:
                self._put(row, there, left)
                continue
            xml = self._make(row.number, column, Found(None, left, b""))
            if xml is None:
                continue
            new.append(column)
            at = there.start if there is not None else self._row_tail(row)
            pieces.setdefault(at, []).append(xml)
        if not new:
            return
        self._written.note(row.number, new)
        if row.close == row.end:
            self._open_row(row, b"".join(pieces[row.end]), new)
            return
        for at, xmls in pieces.items():
            self._part.splices.insert(at, b"".join(xmls))
        tag = self._grid.data[row.rest : row.inner]
        self._part.splices.replace(row.rest, row.inner, _widened(tag, new))

    def _put(self, row: Row, cell: Cell, left: int | None) -> None:
        content = self._grid.data[cell.inner : cell.close]
        found = Found(cell.style or 0, left, content)
        xml = self._make(row.number, cell.column, found)
        if xml is not None:
            self._part.splices.replace(cell.start, cell.end, xml)

    def _row_tail(self, row: Row) -> int:
        return row.end if row.close == row.end else self._cells_end(row)

    def _open_row(self, row: Row, cells: bytes, new: Sequence[int]) -> None:
        """Turn ``<row/>`` into a row with cells."""
        tag = _widened(self._grid.data[row.start : row.inner], new)
        opened = tag[: tag.rindex(b"/")].rstrip() + b">"
        self._part.splices.replace(
            row.start, row.end, opened + cells + self._grid.row_end + b">"
        )


def _widened(tag: bytes, columns: Sequence[int]) -> bytes:
    """Let a row's ``spans`` hint cover its new cells, too."""
    first, last = columns[0], columns[-1]
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

    def note(self, row: int, columns: Sequence[int]) -> None:
        """Take one row's cells into the rectangle."""
        first, last = columns[0], columns[-1]
        top, left, bottom, right = self.area or (row, first, row, last)
        self.area = Area(
            min(top, row), min(left, first), max(bottom, row), max(right, last)
        )
