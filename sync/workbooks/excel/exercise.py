"""A sync's whole write-back done to any workbook at all, for tests over many files.

``python -m sync.workbooks.excel.exercise FILE OUT`` takes FILE's first visible worksheet
for a goal table, whatever it holds, and writes OUT with one text column and one number
column of ours, a highlight on them and the board. Run on its own output it changes
nothing. Exit codes: 0 done, 2 refused with the reason on stderr.
"""

import sys
from pathlib import Path
from typing import Literal

from sync.cells import MAX_COLUMNS, MAX_ROWS, Area, CellRef, column_letters
from sync.errors import FollowupError, NotWritableError
from sync.wording import Text, same
from sync.workbooks.excel.disk import fingerprint_of, read_file
from sync.workbooks.excel.package import Package
from sync.workbooks.excel.reader import read
from sync.workbooks.excel.verify import check_output
from sync.workbooks.excel.write import write_package
from sync.workbooks.plan import (
    Board,
    BoardCell,
    BoardChart,
    Edit,
    Edits,
    Highlight,
    OwnColumn,
    OwnKey,
    Plan,
    Series,
    Skipped,
)
from sync.workbooks.snapshot import Sheet, Snapshot

MAX_ROWS_WRITTEN = 300
_STATUSES = ("按计划 On track", "有风险 At risk", '=1+1 & <"done">', "落后 Behind")
_HEADERS: dict[OwnKey, str] = {"status": "跟进状态 Follow-up", "smart": "SMART"}
_CHARTS: tuple[Literal["ring", "bars", "lines"], ...] = ("ring", "bars", "lines")
_USAGE = "usage: python -m sync.workbooks.excel.exercise FILE OUT"


def exercise(data: bytes, where: str) -> bytes:
    """Do to a workbook what a sync does to a goal table.

    Args:
        data: The whole file.
        where: What to call it in messages.

    Returns:
        The whole new file; ``data`` itself when it has been exercised before.

    Raises:
        FollowupError: If the workbook cannot be read or must not be written.
    """
    package = Package.open(data, where)
    snapshot = read(package, where, fingerprint_of(data))
    new = write_package(package, plan_for(snapshot))
    if new is not data:
        check_output(package, new, where)
    return new


def plan_for(snapshot: Snapshot) -> Plan:
    """Plan two columns, a highlight and a board for a workbook's first visible sheet.

    Raises:
        NotWritableError: If the workbook must not be written.
    """
    if not snapshot.writing.allowed:
        why = snapshot.writing.why
        raise NotWritableError(
            why or Text("不能写入", "it must not be written"), where=snapshot.locator
        )
    sheet = _first_visible(snapshot)
    if sheet is None:
        return _board_only(snapshot, Sheet(name="", index=0), same("no sheet"))
    if not sheet.writing.allowed:
        return _board_only(snapshot, sheet, sheet.writing.why or same("protected"))
    if any(one.is_fed for one in sheet.list_objects):
        return _board_only(snapshot, sheet, same("filled by a query"))
    columns = _columns(sheet)
    if columns[-1].column > MAX_COLUMNS or columns[-1].last_row > MAX_ROWS:
        return _board_only(snapshot, sheet, same("no room"))
    edits = Edits.of(edit for column in columns for edit in _edits(sheet, column))
    highlights = (_highlight(columns[0]),)
    first = CellRef(sheet.name, columns[0].first_row, columns[0].column)
    board = _board(first) if snapshot.board_writing.allowed else None
    stands = (
        not edits
        and not any(column.is_new for column in columns)
        and sheet.highlights == highlights
    )
    return Plan(
        locator=snapshot.locator,
        fingerprint=snapshot.fingerprint,
        columns=columns,
        edits=edits,
        highlights=None if stands else highlights,
        board=None if stands else board,
    )


def _board_only(snapshot: Snapshot, sheet: Sheet, why: Text) -> Plan:
    """Plan what is left where the sheet is closed to us: the board."""
    at = CellRef(sheet.name, 1, 1)
    stands = any(one.is_board for one in snapshot.sheets)
    return Plan(
        locator=snapshot.locator,
        fingerprint=snapshot.fingerprint,
        board=None if stands else _board(at),
        skipped=(Skipped(at, why),),
    )


def _first_visible(snapshot: Snapshot) -> Sheet | None:
    for sheet in snapshot.sheets:
        if sheet.visibility == "visible" and not sheet.is_board:
            return sheet
    return None


def _columns(sheet: Sheet) -> tuple[OwnColumn, ...]:
    marks = {mark.key: mark for mark in sheet.own}
    header_row, last_row, free = _shape(sheet)
    columns = []
    for key, header in _HEADERS.items():
        mark = marks.get(key)
        if mark is None:
            column, free = free, free + 1
        else:
            column, header_row = mark.column, mark.row
        columns.append(
            OwnColumn(
                key=key,
                sheet=sheet.name,
                header_row=header_row,
                column=column,
                first_row=header_row + 1,
                last_row=max(last_row, header_row + 1),
                header=header,
                note="Followup 每次同步时更新这一列。Followup updates this column.",
                width=18.0,
                holds="text" if key == "status" else "number",
                is_new=mark is None,
            )
        )
    return tuple(columns)


def _shape(sheet: Sheet) -> tuple[int, int, int]:
    """Tell (header row, last row, first column free in all of them)."""
    own = {(mark.row, mark.column) for mark in sheet.own}
    columns = {column for _, column in own}
    table = next((one for one in sheet.list_objects if one.header_rows), None)
    if table is not None:
        first = table.area.top
        last = table.area.bottom - (1 if table.totals_rows else 0)
    else:
        first = sheet.rows[0].number if sheet.rows else 1
        last = first
        for row in sheet.rows:
            if row.number <= first + MAX_ROWS_WRITTEN:
                last = row.number
    used = [
        max(
            (
                at
                for at, value in enumerate(row.values, 1)
                if value is not None and at not in columns
            ),
            default=0,
        )
        for row in sheet.rows
    ]
    used += [area.right for area in sheet.merges]
    used += [column for column in sheet.silent if column not in columns]
    used += [
        one.area.right for one in sheet.list_objects if one.area.right not in columns
    ]
    free = max(used, default=0) + 1
    return first, min(max(last, first + 1), first + MAX_ROWS_WRITTEN), free


def _edits(sheet: Sheet, column: OwnColumn) -> list[Edit]:
    found = []
    for row in range(column.first_row, column.last_row + 1):
        before = sheet.value(row, column.column)
        after: str | float = _STATUSES[row % len(_STATUSES)]
        if column.holds == "number":
            after = row / 8
        if before != after:
            at = CellRef(sheet.name, row, column.column)
            found.append(
                Edit(at=at, before=None, after=after, because=same("exercise"))
            )
    return found


def _highlight(column: OwnColumn) -> Highlight:
    area = Area(column.first_row, 1, column.last_row, column.column)
    formula = f'${column_letters(column.column)}{column.first_row}="{_STATUSES[1]}"'
    return Highlight(column.sheet, area, formula, "watch")


def _board(at: CellRef) -> Board:
    return Board(
        name="跟进看板 Follow-up board",
        rows=(
            (BoardCell("跟进看板 Follow-up board", "title"),),
            (BoardCell("目标 Goal", "head"), BoardCell("状态 Status", "head")),
            (_link(at), BoardCell(_STATUSES[1], "watch")),
            (),
            (BoardCell(_STATUSES[2], "text"), BoardCell(0.5, "good")),
        ),
        widths=(40, 24),
        charts=tuple(
            BoardChart(
                kind=kind,
                title=_STATUSES[2],
                names=Area(3, 1, 5, 1),
                series=(Series(Area(3, 2, 5, 2), ("2F7D4A",) * 3, (2, 2)),),
                row=8,
                column=number,
            )
            for number, kind in enumerate(_CHARTS, 1)
        ),
    )


def _link(at: CellRef) -> BoardCell:
    if not at.sheet:
        return BoardCell(at.a1)
    return BoardCell(at.a1, "link", at)


def main(arguments: list[str]) -> int:
    """Run on one file; the exit code says what came of it."""
    if len(arguments) != 2:  # noqa: PLR2004
        sys.stderr.write(f"{_USAGE}\n")
        return 2
    source, destination = map(Path, arguments)
    try:
        new = exercise(read_file(source), str(source))
        destination.write_bytes(new)
    except FollowupError as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
