"""A workbook that lives in memory: what a sync writes, it reads again the next time."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sync.cells import Area, CellRef
from sync.errors import ChangedSinceReadError
from sync.wording import Text
from sync.workbooks.plan import Board, Committed, Highlight, OwnColumn, Plan
from sync.workbooks.snapshot import OwnMark, RawValue, Row, Sheet, Snapshot

Cells = Sequence[Sequence[RawValue]]


def rows_of(cells: Iterable[Sequence[RawValue]]) -> tuple[Row, ...]:
    """Number rows from 1 on and drop what a snapshot leaves out: empty text and rows.

    >>> rows_of([["a", None], [], ["", 2]])
    (Row(number=1, values=('a',), hidden=False), Row(number=3, values=(None, 2), hidden=False))
    """
    rows: list[Row] = []
    for number, values in enumerate(cells, start=1):
        kept = [None if value == "" else value for value in values]
        while kept and kept[-1] is None:
            kept.pop()
        if kept:
            rows.append(Row(number, tuple(kept)))
    return tuple(rows)


class MemoryWorkbook:
    """A workbook made of plain lists, which can be read and written like a file."""

    def __init__(
        self,
        sheets: Mapping[str, Cells] | Iterable[Sheet],
        *,
        locator: str = "memory",
    ) -> None:
        """Make a workbook.

        Args:
            sheets: Name → rows of cells from A1 on, or finished sheets when a test
                needs merges, tables or notes.
            locator: What snapshots and plans call it.
        """
        if isinstance(sheets, Mapping):
            made = (
                Sheet(name=name, index=index, rows=rows_of(cells))
                for index, (name, cells) in enumerate(sheets.items())
            )
            self._sheets = list(made)
        else:
            self._sheets = list(sheets)
        self._locator = locator
        self._earlier: dict[str, list[Sheet]] = {}
        self.n_commits = 0
        """How many commits changed something."""

    def snapshot(self) -> Snapshot:
        """Read everything once."""
        return Snapshot(
            locator=self._locator,
            format="memory",
            fingerprint=self._fingerprint(),
            sheets=tuple(self._sheets),
        )

    def commit(self, plan: Plan) -> Committed:
        """Carry out a plan.

        Raises:
            ChangedSinceReadError: If the workbook is no longer what was planned from.
        """
        if plan.fingerprint != self._fingerprint():
            raise ChangedSinceReadError(
                Text(
                    "工作簿在读取之后被改动过",
                    "the workbook was changed after it was read",
                ),
                where=self._locator,
                hint=Text("请再同步一次", "run the sync again"),
            )
        before = plan.fingerprint
        self._earlier = {before: list(self._sheets)}
        written = _Changes(plan)
        self._sheets = [written.applied_to(sheet) for sheet in self._sheets]
        if plan.board is not None:
            self._put_board(plan.board)
        return self._committed(before, written.n_cells)

    def clean(self) -> Committed:
        """Take away our columns, highlights and board."""
        before = self._fingerprint()
        kept = [sheet for sheet in self._sheets if not sheet.is_board]
        self._sheets = [_without_ours(sheet) for sheet in kept]
        return self._committed(before, 0)

    def undo(self, *, before: str, after: str) -> Committed | None:
        """Bring back what was there before the last write, if it is untouched since."""
        if self._fingerprint() != after or before not in self._earlier:
            return None
        self._sheets = self._earlier.pop(before)
        return self._committed(after, 0)

    def edit(self, sheet: str, at: str, value: RawValue) -> None:
        """Type into a cell as a person would, for tests of a second sync.

        Args:
            sheet: Name of the tab.
            at: The cell's address, such as ``F14``.
            value: What is typed; ``None`` empties the cell.
        """
        area = Area.parse(at)
        self._sheets = [
            _with_values(one, {(area.top, area.left): value})
            if one.name == sheet
            else one
            for one in self._sheets
        ]

    def _fingerprint(self) -> str:
        return hashlib.sha256(repr(self._sheets).encode()).hexdigest()

    def _committed(self, before: str, n_cells: int) -> Committed:
        after = self._fingerprint()
        self.n_commits += after != before
        return Committed(
            outcome="nothing" if after == before else "applied",
            fingerprint=after,
            written_to=self._locator,
            n_cells=n_cells,
        )

    def _put_board(self, board: Board) -> None:
        """Replace the board where it stands, or append it after the last tab."""
        cells = [[cell.value for cell in row] for row in board.rows]
        for position, sheet in enumerate(self._sheets):
            if sheet.is_board:
                self._sheets[position] = replace(sheet, rows=rows_of(cells))
                return
        index = 1 + max((sheet.index for sheet in self._sheets), default=-1)
        made = Sheet(name=board.name, index=index, rows=rows_of(cells), is_board=True)
        self._sheets.append(made)


class _Changes:
    """What a plan changes in each sheet."""

    def __init__(self, plan: Plan) -> None:
        self.n_cells = len(plan.edits)
        self._values: dict[str, dict[tuple[int, int], RawValue]] = {}
        self._new = [column for column in plan.columns if column.is_new]
        self._highlights = plan.highlights
        for edit in plan.edits:
            self._put(edit.at, edit.after)
        for column in self._new:
            at = CellRef(column.sheet, column.header_row, column.column)
            self._put(at, column.header)

    def _put(self, at: CellRef, value: RawValue) -> None:
        self._values.setdefault(at.sheet, {})[at.row, at.column] = value

    def applied_to(self, sheet: Sheet) -> Sheet:
        changed = _with_values(sheet, self._values.get(sheet.name, {}))
        return replace(
            changed,
            own=sheet.own + self._marks(sheet.name),
            highlights=self._wanted(sheet),
        )

    def _marks(self, sheet: str) -> tuple[OwnMark, ...]:
        return tuple(_mark_of(column) for column in self._new if column.sheet == sheet)

    def _wanted(self, sheet: Sheet) -> tuple[Highlight, ...]:
        if self._highlights is None:
            return sheet.highlights
        return tuple(one for one in self._highlights if one.sheet == sheet.name)


def _mark_of(column: OwnColumn) -> OwnMark:
    return OwnMark(column.key, column.header_row, column.column)


def _with_values(sheet: Sheet, values: Mapping[tuple[int, int], RawValue]) -> Sheet:
    """Put values into cells; rows that become empty go."""
    if not values:
        return sheet
    rows = {row.number: list(row.values) for row in sheet.rows}
    hidden = {row.number for row in sheet.rows if row.hidden}
    for (number, column), value in values.items():
        row = rows.setdefault(number, [])
        row.extend([None] * (column - len(row)))
        row[column - 1] = None if value == "" else value
    return replace(sheet, rows=_packed(rows, hidden))


def _packed(rows: Mapping[int, list[RawValue]], hidden: set[int]) -> tuple[Row, ...]:
    packed: list[Row] = []
    for number in sorted(rows):
        values = rows[number]
        while values and values[-1] is None:
            values.pop()
        if values:
            packed.append(Row(number, tuple(values), number in hidden))
    return tuple(packed)


def _without_ours(sheet: Sheet) -> Sheet:
    """Empty our columns from their headers down."""
    emptied: dict[tuple[int, int], RawValue] = {
        (row.number, mark.column): None
        for mark in sheet.own
        for row in sheet.rows
        if row.number >= mark.row and mark.column <= len(row.values)
    }
    return replace(_with_values(sheet, emptied), own=(), highlights=())
