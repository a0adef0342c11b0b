"""New cells spliced among the rows of a worksheet, in one pass from first to last."""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
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


class Cells(NamedTuple):
    """Cells as XML that stand together."""

    xml: bytes
    columns: tuple[int, int]
    """The first and the last of their columns."""


MakeBehind = Callable[[int, Last], Cells | None]
"""(row, its last cell) → all its new cells, to stand behind that one; ``None`` when they
are to be made one by one."""


class GridWriter:
    """Writes into the rows of one worksheet."""

    def __init__(self, grid: Grid, make_behind: MakeBehind | None = None) -> None:
        self._grid = grid
        self._part = grid.part
        self._make_behind = make_behind
        self._tags: dict[tuple[bytes, tuple[int, int]], bytes] = {}

    def write(self, wanted: Mapping[int, Collection[int]], make: Make) -> "Written":
        """Splice cells into the rows.

        Args:
            wanted: Row number → its columns to write, ascending.
            make: Makes each cell; called once for each, row by row.

        Raises:
            WorkbookError: If the sheet's rows are damaged.
        """
        numbers = [*sorted(wanted), MAX_ROWS + 1]
        written = Written()
        place, next_one = 0, numbers[0]
        at = self._grid.begin
        for row in self._grid.rows():
            number = row.number
            if number > next_one:
                stop = bisect_left(numbers, number, place)
                self._new_rows(wanted, numbers[place:stop], make, row.start, written)
                place, next_one = stop, numbers[stop]
            if number == next_one:
                self._fill(row, wanted[number], make, written)
                place += 1
                next_one = numbers[place]
            at = row.end
        self._new_rows(wanted, numbers[place:-1], make, at, written)
        return written

    def _new_rows(  # noqa: PLR0917
        self,
        wanted: Mapping[int, Collection[int]],
        numbers: Sequence[int],
        make: Make,
        at: int,
        written: "Written",
    ) -> None:
        """Put rows that do not exist yet before the byte at ``at``."""
        prefix = self._part.prefix
        rows = []
        for number in numbers:
            cells = [
                (column, xml)
                for column in wanted[number]
                if (xml := make(number, column, Found(None, None, b""))) is not None
            ]
            if cells:
                written.note(number, (cells[0][0], cells[-1][0]))
                rows.append(
                    b'<%srow r="%d">%s</%srow>'
                    % (prefix, number, b"".join(xml for _, xml in cells), prefix)
                )
        if not rows:
            return
        whole = b"".join(rows)
        if self._part.sheet_data.is_closed_at_once:
            written.into_empty += whole
        else:
            self._part.splices.insert(at, whole)

    def _fill(
        self, row: Row, columns: Collection[int], make: Make, written: "Written"
    ) -> None:
        last = self._grid.last_cell(row) if self._make_behind else None
        cells = last and self._make_behind and self._make_behind(row.number, last)
        if cells:
            self._part.splices.insert(row.close, cells.xml)
            new = cells.columns
        else:
            columns_made = self._among(row, columns, make)
            if not columns_made:
                return
            new = (columns_made[0], columns_made[-1])
        written.note(row.number, new)
        if row.close == row.end:
            return  # its tag is a new one
        # The row's ``spans`` hint covers the new cells, too.
        key = (self._grid.data[row.rest : row.inner], new)
        tag = self._tags.get(key)
        if tag is None:
            tag = self._tags[key] = _widened(*key)
        if tag != key[0]:
            self._part.splices.replace(row.rest, row.inner, tag)

    def _cells_end(self, row: Row) -> int:
        """Where the row's cells end: before its extensions, if it has any."""
        tail = self._grid.data[row.inner : row.close].rstrip()
        if not tail.endswith(b"extLst>"):
            return row.close
        return self._grid.data.rindex(
            b"<%sextLst" % self._part.prefix, row.inner, row.close
        )

    def _among(self, row: Row, columns: Collection[int], make: Make) -> list[int]:
        """Put cells among or in place of those of the row."""
        known = [self._grid.cell_at(row, column) for column in columns]
        if all(known):
            for cell in filter(None, known):
                self._replace(row, cell, None, make)
            return []
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
                self._replace(row, there, left, make)
                continue
            xml = make(row.number, column, Found(None, left, b""))
            if xml is None:
                continue
            new.append(column)
            at = there.start if there is not None else self._row_tail(row)
            pieces.setdefault(at, []).append(xml)
        if row.close == row.end and pieces:
            self._open_row(row, b"".join(pieces.pop(row.end)), new)
            return new
        for at, xmls in pieces.items():
            self._part.splices.insert(at, b"".join(xmls))
        return new

    def _replace(self, row: Row, cell: Cell, left: int | None, make: Make) -> None:
        content = self._grid.data[cell.inner : cell.close]
        xml = make(row.number, cell.column, Found(cell.style or 0, left, content))
        if xml is not None:
            self._part.splices.replace(cell.start, cell.end, xml)

    def _row_tail(self, row: Row) -> int:
        return row.end if row.close == row.end else self._cells_end(row)

    def _open_row(self, row: Row, cells: bytes, new: list[int]) -> None:
        """Turn ``<row/>`` into a row with cells."""
        tag = _widened(self._grid.data[row.start : row.inner], (new[0], new[-1]))
        opened = tag[: tag.rindex(b"/")].rstrip() + b">"
        self._part.splices.replace(
            row.start, row.end, opened + cells + self._grid.row_end + b">"
        )


def _widened(tag: bytes, columns: tuple[int, int]) -> bytes:
    first, last = columns
    found = _SPANS.search(tag)
    if not found:
        return tag
    spans = b"%d:%d" % (min(int(found[1]), first), max(int(found[2]), last))
    return tag[: found.start(1)] + spans + tag[found.end(2) :]


class Written:
    """What a write touched, for the sheet's frame."""

    __slots__ = ("_bottom", "_columns", "_top", "into_empty")

    def __init__(self) -> None:
        self._top = self._bottom = 0
        self._columns: set[tuple[int, int]] = set()
        self.into_empty = b""
        """Rows for a sheet that had no rows element to put them in."""

    @property
    def area(self) -> Area | None:
        """The rectangle around all cells written."""
        if not self._top:
            return None
        left = min(first for first, _ in self._columns)
        right = max(last for _, last in self._columns)
        return Area(self._top, left, self._bottom, right)

    def note(self, row: int, columns: tuple[int, int]) -> None:
        """Take one row's cells into the rectangle; rows come in ascending order."""
        self._bottom = row
        if columns not in self._columns:
            self._top = self._top or row
            self._columns.add(columns)
