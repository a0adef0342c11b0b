"""The tables of a plan: which of our columns stand where, and how each is filled."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sync.workbooks.google.formula import RESULTS
from sync.workbooks.google.marks import Anchor
from sync.workbooks.google.reading import Reading, Tab
from sync.workbooks.google.results import KEYS, Block, Name
from sync.workbooks.google.setup import Place, new_id
from sync.workbooks.google.structure import is_error
from sync.workbooks.plan import OwnColumn, Plan, Scalar
from sync.workbooks.rowkeys import row_keys
from sync.workbooks.snapshot import RawValue, Sheet
from sync.workbooks.tabnames import free_name

Edits = Mapping[tuple[str, int], Mapping[int, Scalar]]
"""(sheet, column) → row → what the cell shall hold."""


@dataclass(slots=True, kw_only=True)
class TableChange:
    """What changes beside one table."""

    tab: Tab
    sheet: Sheet
    number: int
    """Of the table, from 1 on, unique in the spreadsheet."""
    places: tuple[Place, ...]
    """Its columns that stay as they are, or are new."""
    names: Mapping[int, Name]
    """Row → key, for the rows that have one of their own."""
    block: Block
    edits: Edits
    mended: tuple[Place, ...] = ()
    """Lookups whose formula is gone or wrong."""
    retyped: tuple[Place, ...] = ()
    """Lookups that are typed by place from now on."""
    old_number: int = 0
    """The number it had until now, where it is a copy that people made of another
    table; 0 for every other."""

    def edits_of(self, place: Place) -> Mapping[int, Scalar]:
        """Give what changes in one column."""
        return self.edits.get((place.column.sheet, place.column.column), {})


class _Found(NamedTuple):
    """What is the matter with a lookup."""

    mended: bool
    retyped: bool


def edits_by_column(plan: Plan) -> Edits:
    """Sort a plan's edits by column."""
    edits: defaultdict[tuple[str, int], dict[int, Scalar]] = defaultdict(dict)
    for one in plan.edits.columns:
        edits[one.sheet, one.column].update(zip(one.rows, one.after, strict=True))
    return edits


def table_changes(plan: Plan, reading: Reading, tab: str) -> Iterator[TableChange]:
    """Work out the tables of a plan.

    Args:
        plan: What is to be written.
        reading: What it was planned from.
        tab: The name of our hidden tab.
    """
    by_place: defaultdict[tuple[str, int], list[OwnColumn]] = defaultdict(list)
    for column in plan.columns:
        by_place[column.sheet, column.header_row].append(column)
    used = {anchor.table for one in reading.tabs for anchor in one.anchors}
    edits = edits_by_column(plan)
    owners: dict[int, int] = {}
    for one in sorted(reading.tabs, key=lambda one: one.index):
        for anchor in one.anchors:
            owners.setdefault(anchor.table, one.sheet_id)
    for (title, _), columns in by_place.items():
        there = reading.tab(title)
        standing = [_anchor(there, column) for column in columns]
        old = number = next((it.table for it in standing if it), 0)
        if owners.get(number) != there.sheet_id:
            number = max(used, default=0) + 1
            used.add(number)
        table = _table(plan, reading, there, columns, number, edits, tab)
        yield replace(table, old_number=old if old != number else 0)


def _table(  # noqa: PLR0913, PLR0917 (each is worked out once for all tables)
    plan: Plan,
    reading: Reading,
    tab: Tab,
    columns: Sequence[OwnColumn],
    number: int,
    edits: Edits,
    results: str,
) -> TableChange:
    sheet = tab.sheet
    rows = range(columns[0].first_row, columns[0].last_row + 1)
    block = Block.of(number, reading.ours("results"))
    table = TableChange(
        tab=tab,
        sheet=sheet,
        number=number,
        places=(),
        names=row_keys(sheet, columns[0].keys, rows).named,
        block=block,
        edits=edits,
    )
    kept, mended, retyped = [], [], []
    for column in columns:
        anchor = _anchor(tab, column)
        place = Place(
            column=column,
            table=number,
            metadata=anchor.metadata if anchor else new_id(),
            by_key=anchor.by_key if anchor else column.by_key,
            last_row=_last_row(plan, column),
            header=_header(table, column),
            tab=results,
        )
        matter = _matter(table, place)
        if matter.retyped:
            retyped.append(place._replace(by_key=False))
        else:
            kept.append(place)
            mended += [place] if matter.mended else []
    return replace(
        table, places=tuple(kept), mended=tuple(mended), retyped=tuple(retyped)
    )


def _last_row(plan: Plan, column: OwnColumn) -> int | None:
    """Find where the next table begins whose column stands in the same one."""
    below = [
        other.header_row
        for other in plan.columns
        if (other.sheet, other.column) == (column.sheet, column.column)
        and other.header_row > column.header_row
    ]
    return min(below) - 1 if below else None


def _anchor(tab: Tab, column: OwnColumn) -> Anchor | None:
    """Find the mark of a column that stands already."""
    if column.is_new:
        return None
    found = [
        anchor
        for anchor in tab.anchors
        if (anchor.key, anchor.column) == (column.key, column.column)
    ]
    return min(
        found, key=lambda anchor: abs(anchor.row - column.header_row), default=None
    )


def _header(table: TableChange, column: OwnColumn) -> str:
    """Keep the header that people gave a column of ours."""
    if column.is_new:
        return column.header
    shown = table.sheet.value(column.header_row, column.column)
    if shown is not None and not is_error(shown):
        return str(shown)
    known = table.block.heads[KEYS.index(column.key)] if table.block.heads else None
    return str(known) if known else column.header


def _matter(table: TableChange, place: Place) -> _Found:
    """Tell what is to be done about a lookup: mostly nothing.

    A text that a person typed into the column keeps the whole formula from showing
    anything. It stays, and the other values are typed around it.
    """
    column = place.column
    if column.is_new or not place.by_key:
        return _Found(mended=False, retyped=False)
    if not column.by_key:
        return _Found(mended=False, retyped=True)
    if place.table != table_of(table, column) or _goes_by_other_keys(table):
        return _Found(mended=True, retyped=False)
    head = table.sheet.value(column.header_row, column.column)
    is_dead = head is None or is_error(head)
    if not is_dead and not _differs(table, place):
        return _Found(mended=False, retyped=False)
    theirs = is_dead or not _is_alive(table, place)
    retyped = theirs and any(_below(table, place))
    return _Found(mended=not retyped, retyped=retyped)


def table_of(table: TableChange, column: OwnColumn) -> int:
    """Give the number by which a column of ours was put in."""
    anchor = _anchor(table.tab, column)
    return anchor.table if anchor else table.number


def _goes_by_other_keys(table: TableChange) -> bool:
    """Tell whether other columns name the rows now, as when people add goal ids."""
    known = table.block.rows.keys()
    return bool(known and table.names) and known.isdisjoint(table.names.values())


def _differs(table: TableChange, place: Place) -> bool:
    """Tell whether a cell does not show what our tab has held for it."""
    column = place.column
    for row, after in table.edits_of(place).items():
        name = table.names.get(row)
        if name is None or after is None:
            continue
        if table.block.says(name, column.key) == after:
            return True
    return False


def _is_alive(table: TableChange, place: Place) -> bool:
    """Tell whether the column shows anything that our tab holds."""
    column = place.column
    return any(
        there is not None and there == table.block.says(name, column.key)
        for row, name in table.names.items()
        if (there := table.sheet.value(row, column.column)) is not None
    )


def _below(table: TableChange, place: Place) -> Iterator[bool]:
    """Give, for each row under the header, whether it shows anything."""
    column = place.column
    last = place.last_row
    for row in table.sheet.rows:
        if row.number > column.header_row and (last is None or row.number <= last):
            yield shown(row.values, column.column) is not None


def shown(values: Sequence[RawValue], column: int) -> RawValue:
    """Look up a value of a row; beyond its end there is nothing."""
    return values[column - 1] if column <= len(values) else None


def free_title(reading: Reading) -> str:
    """Choose a name for our hidden tab that nobody has, or give the one it has."""
    if tab := reading.ours("results"):
        return tab.title
    return free_name(RESULTS, {tab.title.casefold() for tab in reading.tabs})
