"""From judgement to the edits of one workbook: wanted cells against what is there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sync.assess.model import Assessment
from sync.cells import MAX_COLUMNS, CellRef
from sync.config.model import WriteBack
from sync.findings import Finding
from sync.records.model import Goal
from sync.tables.model import Kind, Recognition, Table
from sync.wording import Lang, Text
from sync.workbooks.plan import (
    Edit,
    Highlight,
    OwnColumn,
    OwnKey,
    Plan,
    Scalar,
    Skipped,
)
from sync.workbooks.snapshot import RawValue, Sheet, Snapshot
from sync.writeback.board import board_of, board_texts, plan_board
from sync.writeback.columns import NO_ROOM, closed, own_columns
from sync.writeback.highlights import highlights_of
from sync.writeback.ours import INTENDED, Written, as_text, quoted
from sync.writeback.wanted import RowGoals, goals_by_row, wanted_cell

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

    columns: list[OwnColumn] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    highlights: list[Highlight] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
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
    draft = _Draft()
    for sheet, table in _goal_tables(snapshot, recognition):
        if why := closed(sheet, table):
            at = CellRef(sheet.name, table.header_row, table.columns[0].column)
            draft.skipped.append(Skipped(at, why))
        else:
            _plan_table(draft, task, sheet, table)
    board = None
    if options.board:
        wanted = board_of(snapshot, recognition, assessment, lang)
        board, skipped = plan_board(snapshot, wanted, task.written)
        draft.skipped += [skipped] if skipped else []
        draft.texts |= board_texts(wanted)
    plan = Plan(
        locator=snapshot.locator,
        fingerprint=snapshot.fingerprint,
        columns=tuple(draft.columns),
        edits=tuple(draft.edits),
        highlights=_changed(snapshot, tuple(draft.highlights)),
        board=board,
        skipped=tuple(draft.skipped),
    )
    return Intention(plan=plan, texts=draft.texts)


def _goal_tables(
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
        draft.skipped.append(Skipped(at, NO_ROOM))
        return
    findings = _findings_by_row(task.assessment.findings, table, columns)
    draft.columns += columns
    for column in columns:
        for row, goals in rows.items():
            wanted = wanted_cell(column.key, goals, findings.get(row, ()), task.lang)
            _plan_cell(draft, task, sheet, column, row=row, wanted=wanted)
            if wanted is not None:
                draft.texts[_row_key(goals[0].goal), column.key] = as_text(wanted)
        if not column.is_new:
            _plan_leftovers(draft, task, sheet, column, rows=rows)
    if task.options.highlights:
        on_goals = [finding for row in rows for finding in findings.get(row, ())]
        draft.highlights += highlights_of(table, columns, on_goals)


def _keys(options: WriteBack, sheet: Sheet, written: Written) -> Sequence[OwnKey]:
    """Leave out the columns that people deleted, if the user wants them to stay so."""
    if options.return_deleted:
        return options.columns
    standing = {mark.key for mark in sheet.own}
    return [
        key for key in options.columns if key in standing or key not in written.texts
    ]


def _plan_cell(
    draft: _Draft,
    task: _Task,
    sheet: Sheet,
    column: OwnColumn,
    *,
    row: int,
    wanted: Scalar,
) -> None:
    """Plan one cell of ours, unless it says it already or a person typed there."""
    at = CellRef(sheet.name, row, column.column)
    there = None if column.is_new else sheet.value(row, column.column)
    if _says(there, wanted):
        return
    if any(merge.contains(row, column.column) for merge in sheet.merges):
        why = Text(
            "单元格被合并，写入后看不见；请取消合并",
            "the cell is merged and would hide what we write; please unmerge it",
        )
        draft.skipped.append(Skipped(at, why))
    elif task.written.is_ours(column.key, there):
        because = Text("新的判定", "the judgement changed")
        draft.edits.append(Edit(at=at, before=there, after=wanted, because=because))
    else:
        draft.skipped.append(Skipped(at, _KEPT.fill(text=quoted(there))))


_KEPT = Text(
    "保留了有人在这里写下的“{text}”；清空该单元格即可恢复自动更新",
    'kept "{text}", which somebody typed here; empty the cell to have it updated again',
)


def _plan_leftovers(
    draft: _Draft, task: _Task, sheet: Sheet, column: OwnColumn, *, rows: RowGoals
) -> None:
    """Empty our cells beside rows that hold no goal any more.

    Sorting, deleting or clearing goals without our columns leaves a status beside a
    row it does not speak of.
    """
    below = [
        table.header_top
        for table in task.recognition.tables
        if table.sheet == sheet.name and table.header_top > column.header_row
    ]
    end = min(below, default=None)
    for row in sheet.rows:
        if row.number <= column.header_row or row.number in rows:
            continue
        if end is not None and row.number >= end:
            break
        there = sheet.value(row.number, column.column)
        if there is not None and task.written.is_ours(column.key, there):
            at = CellRef(sheet.name, row.number, column.column)
            because = Text("这一行已没有目标", "the row no longer holds a goal")
            draft.edits.append(Edit(at=at, before=there, after=None, because=because))


def _says(there: RawValue, wanted: Scalar) -> bool:
    """Whether a cell already shows what we would write."""
    if there is None or wanted is None:
        return there is wanted
    return as_text(there) == as_text(wanted)


def _row_key(goal: Goal) -> str:
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
