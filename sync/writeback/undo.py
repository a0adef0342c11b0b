"""The last write taken back cell by cell, where somebody has saved the workbook since.

Each of our cells that still says what we wrote is given back what it said before, found
by its goal wherever that stands now. One that says something else was typed by a person:
then nothing is taken back, and they are named. Rows that no key finds are emptied: an
older status must not come to stand beside another goal.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from sync.cells import CellRef
from sync.config.model import WriteBack
from sync.records.model import Goal
from sync.tables.model import Recognition, Table
from sync.wording import Lang, Text
from sync.workbooks.plan import Edit, Edits, OwnColumn, OwnKey, Plan, Scalar
from sync.workbooks.snapshot import RawValue, Sheet, Snapshot
from sync.writeback.columns import own_columns
from sync.writeback.ours import as_text
from sync.writeback.plan import end_of, goal_tables, row_key

Texts = Mapping[tuple[str, str], str]
"""(goal key, own column key) → text."""

BOARD = "board"
"""Column key of the board's texts: it stays until the next sync replaces it."""

_BACK = Text("撤销上次写回", "the last write-back is taken back")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingBack:
    """What has to be done, and what forbids it."""

    plan: Plan
    edited: tuple[CellRef, ...]
    """Cells that people changed since; with one of them, nothing is to be done."""
    texts: Texts
    """Every text of ours that the workbook then holds."""


def take_back(
    snapshot: Snapshot,
    recognition: Recognition,
    goals: Sequence[Goal],
    *,
    before: Texts,
    now: Texts,
    lang: Lang,
) -> TakingBack:
    """Plan how the last write is taken back.

    Args:
        snapshot: The workbook as it is.
        recognition: Its tables.
        goals: The goals in it.
        before: What stood in our columns before the write, by history.
        now: What stood there after it.
        lang: The language of our columns.
    """
    edits: list[Edit] = []
    edited: list[CellRef] = []
    columns: list[OwnColumn] = []
    for sheet, table in goal_tables(snapshot, recognition):
        ours = _standing(sheet, table, recognition, lang)
        columns += ours
        rows = list(_rows(goals, table))
        if not before:
            # Nothing was ours before the very first write, so that all of it goes.
            beside = range(table.header_row + 1, end_of(recognition, table))
            empty = set(beside) - {row for row, _, _ in rows}
            edited += _typed_beside_none(sheet, ours, empty, now)
        for row, key, certain in rows:
            for column in ours:
                wrote, said = now.get((key, column.key)), before.get((key, column.key))
                there = sheet.value(row, column.column)
                if wrote is None or wrote == said or _says(there, said):
                    continue
                at = CellRef(sheet.name, row, column.column)
                if not _says(there, wrote):
                    edited.append(at)
                    continue
                after = _value(column.key, said) if certain else None
                edits.append(_edit(at, there, after))
    plan = Plan(
        locator=snapshot.locator,
        fingerprint=snapshot.fingerprint,
        columns=tuple(columns),
        edits=Edits.of(edits),
    )
    texts = {one: text for one, text in before.items() if one[1] != BOARD}
    texts |= {one: text for one, text in now.items() if one[1] == BOARD}
    return TakingBack(plan=plan, edited=tuple(edited), texts=texts)


def _standing(
    sheet: Sheet, table: Table, recognition: Recognition, lang: Lang
) -> list[OwnColumn]:
    keys = WriteBack().columns
    found = own_columns(sheet, table, recognition, keys=keys, lang=lang)
    return [column for column in found if not column.is_new]


def _typed_beside_none(
    sheet: Sheet, ours: Sequence[OwnColumn], rows: AbstractSet[int], now: Texts
) -> Iterator[CellRef]:
    """Give the cells of our columns that people typed into beside no goal."""
    wrote = {(column, text) for (_, column), text in now.items()}
    for row in sheet.rows:
        for column in ours if row.number in rows else ():
            there = sheet.value(row.number, column.column)
            if there is not None and (column.key, as_text(there)) not in wrote:
                yield CellRef(sheet.name, row.number, column.column)


def _rows(goals: Sequence[Goal], table: Table) -> Iterator[tuple[int, str, bool]]:
    """Give each row of a table with its key, and whether the key finds it surely."""
    seen: set[int] = set()
    for goal in goals:
        origin, row = goal.origin, goal.place.row
        here = (origin.sheet, origin.header_row) == (table.sheet, table.header_row)
        if here and row not in seen:
            seen.add(row)
            yield row, row_key(goal), goal.usable_key and not goal.duplicate


def _says(there: RawValue, text: str | None) -> bool:
    return (
        there is None if text is None else there is not None and as_text(there) == text
    )


def _value(key: OwnKey, text: str | None) -> Scalar:
    return date.fromisoformat(text) if text and key == "next" else text


def _edit(at: CellRef, before: RawValue, after: Scalar) -> Edit:
    return Edit(at=at, before=before, after=after, because=_BACK)
