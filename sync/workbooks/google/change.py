"""From a plan to the requests that carry it out, and to the cells typed by place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sync.workbooks.google.board import board_requests, sheet_mark
from sync.workbooks.google.looks import DAY
from sync.workbooks.google.reading import Reading
from sync.workbooks.google.repairs import Job
from sync.workbooks.google.results import (
    KEYS,
    MAX_BYTES,
    WIDTH,
    cell_updates,
    room_for,
    value_column,
)
from sync.workbooks.google.rules import rule_requests
from sync.workbooks.google.setup import (
    Place,
    header_mark,
    key_marks,
    new_id,
    setup_requests,
    unmark,
)
from sync.workbooks.google.tables import TableChange, free_title, table_changes
from sync.workbooks.google.transaction import size_of
from sync.workbooks.google.values import Json
from sync.workbooks.plan import Plan, Scalar

_SPARE_ROWS = 200
_PROTECTION = "Followup keeps its results here; please do not edit"


@dataclass(slots=True, kw_only=True)
class Change:
    """Everything that carries one plan out."""

    requests: list[Json] = field(default_factory=list)
    """For one atomic write, or several where they are too large for one."""
    at_once: list[Json] = field(default_factory=list)
    """What puts columns in, and speaks of places beside them: never divided."""
    jobs: list[Job] = field(default_factory=list)
    """What is typed by place afterwards."""
    formulas: dict[int, dict[int, str]] = field(default_factory=dict)
    """Mark of a column → row → formula that was damaged and is typed anew."""
    new: list[Place] = field(default_factory=list)
    """Columns that are put in."""


def change_of(plan: Plan, reading: Reading, address: str) -> Change:
    """Work out what carries a plan out; nothing is sent.

    Args:
        plan: What is to be written.
        reading: What it was planned from.
        address: Of the account, which alone may edit our hidden tab; may be empty.
    """
    change = Change()
    tables = list(table_changes(plan, reading, free_title(reading)))
    change.requests += _results(tables, reading, address)
    setups: list[Json] = []
    new = [(t, p) for t in tables for p in t.places if p.column.is_new]
    change.new += [place for _, place in new]
    for _, group in groupby(new, key=lambda pair: pair[0].tab.sheet_id):
        pairs = list(group)
        setups += setup_requests(pairs[0][0].tab, [place for _, place in pairs])
    for table in tables:
        if table.old_number:
            setups += _renumbered(table)
        requests, job = _typing(plan, table)
        setups += requests
        change.jobs += [job] if job else []
        for place in table.mended:
            cells = change.formulas.setdefault(place.metadata, {})
            cells[place.column.header_row] = place.formula
    rest = [*setups, *_rules(plan, reading), *_board(plan, reading)]
    if change.new:
        values = list(_values_of_new(change))
        # Too large for one call, they are typed where Google finds the columns.
        is_small = size_of([*rest, *values]) <= MAX_BYTES
        change.at_once += [*rest, *(values if is_small else ())]
    else:
        change.requests += rest
    return change


def _values_of_new(change: Change) -> Iterator[Json]:
    """Fill new columns whose values are typed by place in the write that inserts them."""
    for job in change.jobs:
        for place in job.places:
            if place.column.is_new:
                tab = job.tab.sheet_id
                cells = job.edits.get(place.metadata, {})
                rows = {row: (value,) for row, value in cells.items()}
                yield from cell_updates(tab, place.column.column - 1, rows)


def _results(
    tables: Sequence[TableChange], reading: Reading, address: str
) -> Iterator[Json]:
    """Write our hidden tab, which is made when the first lookup needs it."""
    looked_up = [t for t in tables if any(place.by_key for place in t.places)]
    if not looked_up:
        return
    tab = reading.ours("results")
    sheet_id = tab.sheet_id if tab else new_id()
    blocks: list[Json] = []
    for table in looked_up:
        _fill(table)
        kept = set(table.names.values())
        blocks += table.block.requests(sheet_id, kept, _heads(table))
    n_rows = max(table.block.n_rows for table in looked_up)
    n_tables = max(table.number for table in looked_up)
    if tab:
        yield from room_for(tab, n_rows, n_tables)
    else:
        yield from _made(sheet_id, free_title(reading), (n_rows, n_tables), address)
    for table in looked_up:
        if not table.block.heads or table.block.heads[0] is None:
            column = value_column(table.number, "next")
            grid = {
                "sheetId": sheet_id,
                "startColumnIndex": column - 1,
                "endColumnIndex": column,
            }
            cell = {"userEnteredFormat": DAY}
            fields = "userEnteredFormat.numberFormat"
            yield {"repeatCell": {"range": grid, "cell": cell, "fields": fields}}
    yield from blocks


def _fill(table: TableChange) -> None:
    """Put what the columns show into our tab, under the names of the rows.

    What changed is all that differs, except where rows got other names: then what they
    show so far goes there as well.
    """
    unknown = [it for it in table.names.items() if it[1] not in table.block.there]
    for place in table.places:
        if not place.by_key:
            continue
        for row, name in () if place.column.is_new else unknown:
            there = table.sheet.value(row, place.column.column)
            if there is not None and not isinstance(there, bool):
                table.block.put(name, place.column.key, there)
        for row, value in table.edits_of(place).items():
            if row in table.names:
                table.block.put(table.names[row], place.column.key, value)


def _heads(table: TableChange) -> list[str]:
    known = [*table.block.heads] or [None] * len(KEYS)
    shown = {p.column.key: p.header for p in (*table.places, *table.retyped)}
    return [shown.get(key, str(known[at] or "-")) for at, key in enumerate(KEYS)]


def _made(
    sheet_id: int, title: str, size: tuple[int, int], address: str
) -> Iterator[Json]:
    """Make our hidden tab; where our own address is known, nobody else may edit it."""
    n_rows, n_tables = size
    grid = {"rowCount": n_rows + _SPARE_ROWS, "columnCount": n_tables * WIDTH}
    properties = {
        "sheetId": sheet_id,
        "title": title,
        "hidden": True,
        "gridProperties": grid,
    }
    yield {"addSheet": {"properties": properties}}
    yield sheet_mark(sheet_id, "results")
    guard: Json = {"range": {"sheetId": sheet_id}, "description": _PROTECTION}
    # Without a list of editors everybody who may edit the file would be one.
    guard |= {"editors": {"users": [address]}} if address else {"warningOnly": True}
    yield {"addProtectedRange": {"protectedRange": guard}}


def _typing(plan: Plan, table: TableChange) -> tuple[list[Json], Job | None]:
    """Work out what is typed by place beside one table."""
    edits: dict[int, dict[int, Scalar]] = {}
    for place in table.places:
        if not place.by_key and (cells := dict(table.edits_of(place))):
            edits[place.metadata] = cells
    for place in table.retyped:
        edits[place.metadata] = _all_of(table, place)
    if not edits:
        return [], None
    places = [p for p in (*table.places, *table.retyped) if not p.by_key]
    requests, marks = key_marks(table.tab, places)
    requests += [_now_typed(place) for place in table.retyped]
    foreign: dict[int, dict[int, str]] = {}
    for one in plan.skipped:
        for place in places:
            column = place.column
            if one.at and (one.at.sheet, one.at.column) == (
                column.sheet,
                column.column,
            ):
                there = table.sheet.value(one.at.row, one.at.column)
                if there is not None:
                    foreign.setdefault(place.metadata, {})[one.at.row] = str(there)
    return requests, Job(table.tab, places, marks[table.number], edits, foreign)


def _all_of(table: TableChange, place: Place) -> dict[int, Scalar]:
    """Give every cell of a column whose formula goes: header, old and new values."""
    column = place.column
    cells: dict[int, Scalar] = {column.header_row: place.header}
    for row in table.names:
        there = table.sheet.value(row, column.column)
        if there is not None and not isinstance(there, bool):
            cells[row] = there
    return cells | dict(table.edits_of(place))


def _renumbered(table: TableChange) -> Iterator[Json]:
    """Give a table that people copied, with our columns, a number of its own."""
    places = [p for p in (*table.places, *table.retyped) if not p.column.is_new]
    yield from map(_now_typed, places)
    yield from map(unmark, table.tab.headers.get(table.old_number, ()))
    yield header_mark(table.tab, table.number, places[0].column.header_row)


def _now_typed(place: Place) -> Json:
    lookup = {"developerMetadataLookup": {"metadataId": place.metadata}}
    return {
        "updateDeveloperMetadata": {
            "dataFilters": [lookup],
            "developerMetadata": {"metadataValue": place.mark},
            "fields": "metadataValue",
        }
    }


def _rules(plan: Plan, reading: Reading) -> Iterator[Json]:
    if plan.highlights is None:
        return
    for tab in reading.tabs:
        wanted = [one for one in plan.highlights if one.sheet == tab.title]
        yield from rule_requests(tab, wanted)


def _board(plan: Plan, reading: Reading) -> Sequence[Json]:
    if plan.board is None:
        return ()
    gids = {tab.title: tab.sheet_id for tab in reading.tabs}
    return board_requests(plan.board, reading.ours("board"), new_id(), gids)
