"""New cells spliced among the rows of a worksheet, in one pass from first to last."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sync.cells import Area
from sync.workbooks.excel.grid import STYLE, Grid, Row

_SPANS = re.compile(rb"""\sspans\s*=\s*["']([0-9]+):([0-9]+)["']""")
_PLAIN_SPANS = b' spans="'
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

MakeBehind = Callable[[int, Sequence[int], int], bytes]
"""(row, columns, style of the row's last cell) → new cells behind all others; empty when
none is needed. Gives the same as making them one by one."""


class GridWriter:
    """Writes into the rows of one worksheet."""

    def __init__(self, grid: Grid, make_behind: MakeBehind | None = None) -> None:
        self._grid = grid
        self._part = grid.part
        self._make_behind = make_behind
        self._spans: dict[tuple[bytes, int, int], bytes] = {}

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
        at = self._grid.begin
        for row in self._grid.rows():
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
        prefix = self._part.prefix
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
        if self._part.sheet_data.is_closed_at_once:
            written.into_empty += whole
        else:
            self._part.splices.insert(at, whole)

    def _fill(
        self, row: Row, columns: Sequence[int], make: Make, written: "Written"
    ) -> None:
        last = self._grid.last_cell(row)
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
        beside = last[1] or 0
        if self._make_behind:
            whole = self._make_behind(row.number, columns, beside)
            self._part.splices.insert(self._cells_end(row), whole)
            return list(columns) if whole else []
        pieces, new = [], []
        for column in columns:
            xml = make(row.number, column, Found(None, beside, b""))
            if xml is not None:
                pieces.append(xml)
                new.append(column)
        if pieces:
            self._part.splices.insert(self._cells_end(row), b"".join(pieces))
        return new

    def _cells_end(self, row: Row) -> int:
        """Where the row's cells end: before its extensions, if it has any."""
        if self._grid.data.endswith(b"/>", row.inner, row.close) or (
            self._grid.data.endswith(b"c>", row.inner, row.close)
        ):
            return row.close
        tail = self._grid.data[row.inner : row.close].rstrip()
        if not tail.endswith(b"extLst>"):
            return row.close
        return self._grid.data.rindex(
            b"<%sextLst" % self._part.prefix, row.inner, row.close
        )

    def _among(self, row: Row, columns: Sequence[int], make: Make) -> list[int]:
        """Put cells among or in place of those of the row."""
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
                content = self._grid.data[there.inner : there.close]
                kept = there.style if there.style is not None else 0
                xml = make(row.number, column, Found(kept, left, content))
                if xml is not None:
                    self._part.splices.replace(there.start, there.end, xml)
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
            self._part.splices.insert(at, b"".join(xmls))
        return new

    def _row_tail(self, row: Row) -> int:
        return row.end if row.close == row.end else self._cells_end(row)

    def _open_row(self, row: Row, cells: bytes, new: list[int]) -> None:
        """Turn ``<row/>`` into a row with cells."""
        tag = _widened(self._grid.data[row.start : row.inner], new[0], new[-1])
        opened = tag[: tag.rindex(b"/")].rstrip() + b">"
        self._part.splices.replace(
            row.start, row.end, opened + cells + self._grid.row_end + b">"
        )

    def _widen(self, row: Row, first: int, last: int) -> None:
        """Let the row's ``spans`` hint cover the new cells."""
        data = self._grid.data
        at = data.find(_PLAIN_SPANS, row.start, row.inner) + len(_PLAIN_SPANS)
        if at >= len(_PLAIN_SPANS):
            stop = data.find(b'"', at, row.inner)
            key = (data[at:stop], first, last)
            if key not in self._spans:
                whole = _widened(_PLAIN_SPANS + key[0] + b'"', first, last)
                self._spans[key] = whole[len(_PLAIN_SPANS) : -1]
            self._part.splices.replace(at, stop, self._spans[key])
            return
        tag = data[row.start : row.inner]
        if b"spans" in tag:
            self._part.splices.replace(row.start, row.inner, _widened(tag, first, last))


def _widened(tag: bytes, first: int, last: int) -> bytes:
    found = _SPANS.search(tag)
    if not found:
        return tag
    spans = b"%d:%d" % (min(int(found[1]), first), max(int(found[2]), last))
    return tag[: found.start(1)] + spans + tag[found.end(2) :]


class Written:
    """What a write touched, for the sheet's frame."""

    __slots__ = ("_bottom", "_left", "_right", "_top", "into_empty")

    def __init__(self) -> None:
        self._top = self._bottom = self._left = self._right = 0
        self.into_empty = b""
        """Rows for a sheet that had no rows element to put them in."""

    @property
    def area(self) -> Area | None:
        """The rectangle around all cells written."""
        if not self._top:
            return None
        return Area(self._top, self._left, self._bottom, self._right)

    def note(self, row: int, first: int, last: int) -> None:
        """Take one row's cells into the rectangle; rows come in ascending order."""
        if not self._top:
            self._top, self._left, self._right = row, first, last
        self._bottom = row
        self._left = min(self._left, first)
        self._right = max(self._right, last)
