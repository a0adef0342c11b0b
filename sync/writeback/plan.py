"""From judgement to the edits of one workbook: wanted cells against what is there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sync.assess.model import Assessment
from sync.cells import MAX_COLUMNS, MAX_ROWS, CellRef
from sync.config.model import WriteBack
from sync.findings import Finding
from sync.records.model import Goal
from sync.tables.model import Kind, Recognition, Table
from sync.wording import Lang, Text
from sync.workbooks.plan import (
    Highlight,
    OwnColumn,
    OwnKey,
    Plan,
    Skipped,
)
from sync.workbooks.rowkeys import row_keys
from sync.workbooks.snapshot import Sheet, Snapshot
from sync.writeback.board import (
    board_of,
    board_texts,
    plan_board,
    standing_texts,
)
from sync.writeback.columns import NO_ROOM, closed, own_columns
from sync.writeback.edits import Cell, OwnCells, reasons_of
from sync.writeback.highlights import highlights_of
from sync.writeback.ours import INTENDED, Written, as_text
from sync.writeback.wanted import goals_by_row, wanted_cell

Remembered = Mapping[tuple[str, str], str]
"""(goal key, column key) → the text we wrote, as history keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intention:
    """A plan, and what history has to remember once it is carried out."""

    plan: Plan
    texts: Remembered
    """Every text of ours that the workbook then holds."""

    @property
    def about_to_be_written(self) -> Remembered:
        """The same under the keys that history keeps while the outcome is open."""
        return {(row, key + INTENDED): text for (row, key), text in self.texts.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """What stays the same over all tables of one workbook."""

    recognition: Recognition
    assessment: Assessment
    written: Written
    options: WriteBack
    lang: Lang


@dataclass(slots=True)
class _Draft:
    """What has been planned so far."""

    cells: OwnCells
    columns: list[OwnColumn] = field(default_factory=list)
    highlights: list[Highlight] = field(default_factory=list)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)


def intend(
    snapshot: Snapshot,
    recognition: Recognition,
    assessment: Assessment,
    *,
    remembered: Remembered,
    options: WriteBack,
    lang: Lang,
) -> Intention:
    """Plan everything one sync writes into one workbook.

    Args:
        snapshot: The workbook as it was read.
        recognition: Its tables.
        assessment: The judgement of its goals.
        remembered: What history says we wrote there before.
        options: What the user wants written.
        lang: The language of our own texts in the workbook.

    Returns:
        The plan, empty when the workbook already says all of it.
    """
    task = _Task(
        recognition=recognition,
        assessment=assessment,
        written=Written.of(remembered),
        options=options,
        lang=lang,
    )
    draft = _Draft(OwnCells(task.written))
    for sheet, table in goal_tables(snapshot, recognition):
        if why := closed(sheet, table):
            at = CellRef(sheet.name, table.header_row, table.columns[0].column)
            draft.cells.skipped.append(Skipped(at, why))
        else:
            _plan_table(draft, task, sheet, table)
    board = None
    if options.board:
        wanted = board_of(snapshot, recognition, assessment, lang)
        board, skipped = plan_board(snapshot, wanted, task.written)
        draft.cells.skipped += [skipped] if skipped else []
        draft.texts |= (
            board_texts(board) if board else standing_texts(snapshot, task.written)
        )
    plan = Plan(
        locator=snapshot.locator,
        fingerprint=snapshot.fingerprint,
        columns=tuple(draft.columns),
        edits=draft.cells.edits,
        highlights=_changed(snapshot, tuple(draft.highlights)),
        board=board,
        skipped=tuple(draft.cells.skipped),
        how=snapshot.how,
    )
    return Intention(plan=plan, texts=draft.texts)


def goal_tables(
    snapshot: Snapshot, recognition: Recognition
) -> Iterator[tuple[Sheet, Table]]:
    """Give the tables to write beside: of those side by side the last one only.

    A row of such tables has one status cell for the goals of all of them.
    """
    last: dict[tuple[str, int], Table] = {}
    for table in recognition.of(Kind.GOALS, Kind.KPI):
        if table.columns and table.last_row >= table.first_row:
            known = last.get((table.sheet, table.header_row))
            if not known or known.columns[0].column < table.columns[0].column:
                last[table.sheet, table.header_row] = table
    for table in last.values():
        if sheet := snapshot.sheet(table.sheet):
            yield sheet, table


def _plan_table(draft: _Draft, task: _Task, sheet: Sheet, table: Table) -> None:
    rows = goals_by_row(task.assessment.goals, table)
    if not rows:
        return
    keys = _keys(task.options, sheet, task.written)
    columns = own_columns(sheet, table, task.recognition, keys=keys, lang=task.lang)
    if any(column.column > MAX_COLUMNS for column in columns):
        at = CellRef(sheet.name, table.header_row, MAX_COLUMNS)
        draft.cells.skipped.append(Skipped(at, NO_ROOM))
        return
    findings = _findings_by_row(task.assessment.findings, table, columns)
    draft.columns += columns
    reasons = reasons_of(sheet, columns)
    end = end_of(task.recognition, table)
    nameless = _nameless(sheet, columns, rows)
    for row, why in nameless.items():
        beside = [Cell(column, row, "", reasons.get(row)) for column in columns]
        draft.cells.leave_out(sheet, beside, why)
    for column in columns:
        for row, goals in rows.items():
            if row in nameless:
                continue
            wanted = wanted_cell(column.key, goals, findings.get(row, ()), task.lang)
            key = row_key(goals[0].goal)
            cell = Cell(column, row, key, reasons.get(row))
            if draft.cells.put(sheet, cell, wanted) and wanted is not None:
                draft.texts[key, column.key] = as_text(wanted)
        if not column.is_new:
            draft.cells.clear(
                sheet,
                [
                    Cell(column, row.number, "", reasons.get(row.number))
                    for row in sheet.rows
                    if column.header_row < row.number < end and row.number not in rows
                ],
            )
    if task.options.highlights:
        on_goals = [finding for row in rows for finding in findings.get(row, ())]
        draft.highlights += highlights_of(table, columns, on_goals)


def _nameless(
    sheet: Sheet, columns: Sequence[OwnColumn], rows: Iterable[int]
) -> Mapping[int, Text]:
    """Give the rows that results going by key cannot find, and why."""
    if not columns or not columns[0].by_key:
        return {}
    whole = range(columns[0].first_row, columns[0].last_row + 1)
    unnamed = row_keys(sheet, columns[0].keys, whole).unnamed
    return {row: unnamed[row] for row in rows if row in unnamed}


def end_of(recognition: Recognition, table: Table) -> int:
    """Give the row at which the next table of the sheet begins."""
    below = (
        other.header_top
        for other in recognition.tables
        if other.sheet == table.sheet and other.header_top > table.header_row
    )
    return min(below, default=MAX_ROWS + 1)


def _keys(options: WriteBack, sheet: Sheet, written: Written) -> Sequence[OwnKey]:
    """Leave out the columns that people deleted, if the user wants them to stay so."""
    if options.return_deleted:
        return options.columns
    standing = {mark.key for mark in sheet.own}
    return [
        key for key in options.columns if key in standing or key not in written.texts
    ]


def row_key(goal: Goal) -> str:
    """Give the key under which history remembers the texts beside a goal."""
    if goal.usable_key and not goal.duplicate:
        return goal.key
    return f"{goal.key}@{goal.place.row}"


def _findings_by_row(
    findings: Sequence[Finding], table: Table, columns: Sequence[OwnColumn]
) -> dict[int, tuple[Finding, ...]]:
    """Collect the findings that speak of cells of the table, ours left out."""
    ours = {column.column for column in columns}
    left, right = table.columns[0].column, table.columns[-1].column
    rows: dict[int, list[Finding]] = {}
    for finding in findings:
        at = finding.at
        if (
            at
            and at.sheet == table.sheet
            and left <= at.column <= right
            and table.first_row <= at.row <= table.last_row
            and at.column not in ours
        ):
            rows.setdefault(at.row, []).append(finding)
    return {row: tuple(found) for row, found in rows.items()}


def _changed(
    snapshot: Snapshot, wanted: tuple[Highlight, ...]
) -> tuple[Highlight, ...] | None:
    """Give the wanted rules, or ``None`` when exactly these stand already."""
    standing = tuple(rule for sheet in snapshot.sheets for rule in sheet.highlights)
    locked = {sheet.name for sheet in snapshot.sheets if not sheet.writing.allowed}
    kept = tuple(rule for rule in standing if rule.sheet in locked)
    free = tuple(rule for rule in standing if rule.sheet not in locked)
    return None if set(free) == set(wanted) else (*kept, *wanted)
