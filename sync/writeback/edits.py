"""One cell of ours after the other: written, emptied, or left to whom typed there."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sync.cells import Area, CellRef
from sync.wording import Text
from sync.workbooks.plan import (
    CellChange,
    ColumnEdits,
    Edits,
    OwnColumn,
    Scalar,
    Skipped,
)
from sync.workbooks.snapshot import RawValue, Sheet
from sync.writeback.ours import Written, as_text, quoted

_CHANGED = Text("新的判定", "the judgement changed")
_NO_GOAL = Text("这一行已没有目标", "the row no longer holds a goal")
_MERGED = Text(
    "单元格被合并，写入后看不见；请取消合并",
    "the cell is merged and would hide what we write; please unmerge it",
)
_KEPT = Text(
    "保留了有人在这里写下的“{text}”；清空该单元格即可恢复自动更新",
    'kept "{text}", which somebody typed here; empty the cell to have it updated again',
)


class Cell(NamedTuple):
    """One cell of ours; a tuple because a large workbook has hundreds of thousands."""

    column: OwnColumn
    row: int
    key: str
    """Of the goal beside it, as history knows it; empty where none is."""
    reason: RawValue
    """What our column of reasons holds in the same row."""


_ByColumn = defaultdict[tuple[str, int], list[CellChange]]
"""(sheet, column) → its cells."""


@dataclass(slots=True)
class OwnCells:
    """What is planned for our cells of one workbook so far."""

    written: Written
    skipped: list[Skipped] = field(default_factory=list)
    _changed: _ByColumn = field(default_factory=lambda: defaultdict(list))
    _emptied: _ByColumn = field(default_factory=lambda: defaultdict(list))
    _merges: dict[tuple[str, int], Sequence[Area]] = field(default_factory=dict)

    @property
    def edits(self) -> Edits:
        """All cells to change."""
        return Edits((*_of(self._changed, _CHANGED), *_of(self._emptied, _NO_GOAL)))

    def put(self, sheet: Sheet, cell: Cell, wanted: Scalar) -> bool:
        """Plan one cell, unless a person typed there.

        Returns:
            Whether it says what is wanted once the plan is carried out.
        """
        column, row = cell.column, cell.row
        there = None if column.is_new else sheet.value(row, column.column)
        if _says(there, wanted):
            return True
        if any(it.contains(row, column.column) for it in self._across(sheet, column)):
            self.skipped.append(Skipped(_at(sheet, cell), _MERGED))
            return False
        if self.written.is_ours(column.key, there, row=cell.key, reason=cell.reason):
            change = CellChange(row, there, wanted)
            self._changed[sheet.name, column.column].append(change)
            return True
        self.skipped.append(Skipped(_at(sheet, cell), _KEPT.fill(text=quoted(there))))
        return False

    def _across(self, sheet: Sheet, column: OwnColumn) -> Sequence[Area]:
        """Give the merges that reach a column: few do, where a sheet has thousands."""
        at = sheet.name, column.column
        if at not in self._merges:
            self._merges[at] = [
                it for it in sheet.merges if it.left <= column.column <= it.right
            ]
        return self._merges[at]

    def leave_out(self, sheet: Sheet, cells: Sequence[Cell], why: Text) -> None:
        """Empty the cells of a row whose name finds no result, and say why."""
        self.skipped.append(Skipped(_at(sheet, cells[0]), why))
        self.clear(sheet, cells)

    def clear(self, sheet: Sheet, cells: Sequence[Cell]) -> None:
        """Empty our cells beside rows that hold no goal any more.

        Sorting, deleting or clearing goals without our columns leaves a status beside
        a row it does not speak of.
        """
        for cell in cells:
            key, column = cell.column.key, cell.column.column
            there = sheet.value(cell.row, column)
            if there is None:
                continue
            if self.written.is_ours(key, there, reason=cell.reason):
                change = CellChange(cell.row, there, None)
                self._emptied[sheet.name, column].append(change)


def reasons_of(sheet: Sheet, columns: Sequence[OwnColumn]) -> dict[int, RawValue]:
    """Give what our column of reasons holds now, by row."""
    standing = (c.column for c in columns if c.key == "why" and not c.is_new)
    if (column := next(standing, None)) is None:
        return {}
    return {
        row.number: row.values[column - 1]
        for row in sheet.rows
        if column <= len(row.values)
    }


def _of(columns: _ByColumn, because: Text) -> Iterator[ColumnEdits]:
    for (sheet, column), cells in columns.items():
        yield ColumnEdits.of(sheet, column, because, cells)


def _at(sheet: Sheet, cell: Cell) -> CellRef:
    return CellRef(sheet.name, cell.row, cell.column.column)


def _says(there: RawValue, wanted: Scalar) -> bool:
    """Whether a cell already shows what we would write."""
    if there is None or wanted is None:
        return there is wanted
    return as_text(there) == as_text(wanted)
