"""Columns that were put in while people moved things, brought to where they belong.

They were put in at places that were read a moment before. Whatever happened in between,
nothing of anybody's was written over; but a header may stand a row too high, or a lookup
may go by the wrong column.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sync.workbooks.google.marks import Anchor
from sync.workbooks.google.reading import Reading, Tab
from sync.workbooks.google.setup import Place, header_mark, unmark
from sync.workbooks.google.values import Json
from sync.workbooks.snapshot import RawValue, Sheet

_NEAR = 200
"""Rows away from its old place at which a header is still looked for."""


@dataclass(slots=True)
class Settled:
    """What is to be done once new columns were put in."""

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    """Mark of a column filled by lookup → row → formula; an empty text empties the
    cell."""
    requests: list[Json] = field(default_factory=list)
    """Marks of header rows that have to move."""


def settle(before: Reading, after: Reading, places: Sequence[Place]) -> Settled:
    """Compare where new columns stand with the table they belong to.

    Args:
        before: What they were planned from.
        after: The sheet once they were put in.
        places: The new columns.
    """
    settled = Settled()
    moved: set[int] = set()
    for place in places:
        found = _standing(after, place)
        if found is None:
            continue
        tab, anchor = found
        column = place.column
        old, new = before.tab(column.sheet).sheet, tab.sheet
        heads = [old.value(column.header_row, key) for key in column.keys]
        located = _located(new, heads, place)
        planned = (column.header_row, column.keys)
        if located is None or (located == planned and anchor.row == planned[0]):
            continue
        row, keys = located
        right = place._replace(column=replace(column, header_row=row, keys=keys))
        if anchor.row != row and place.table not in moved:
            moved.add(place.table)
            settled.requests += _remarked(tab, place.table, row)
        if place.by_key:
            settled.cells[place.metadata] = {anchor.row: "", row: right.formula}
    return settled


def _standing(after: Reading, place: Place) -> tuple[Tab, Anchor] | None:
    for tab in after.tabs:
        for anchor in tab.anchors:
            if anchor.metadata == place.metadata:
                return tab, anchor
    return None


def _located(
    sheet: Sheet, heads: Sequence[RawValue], place: Place
) -> tuple[int, tuple[int, ...]] | None:
    """Find the row and the columns that show the headers of the keys now."""
    if any(head is None for head in heads):
        return None
    old = place.column.header_row
    near = [row for row in sheet.rows if abs(row.number - old) <= _NEAR]
    for row in sorted(near, key=lambda row: abs(row.number - old)):
        columns = []
        for head, key in zip(heads, place.column.keys, strict=True):
            same = [at for at, value in enumerate(row.values, 1) if value == head]
            columns.append(min(same, key=lambda at: abs(at - key), default=0))
        if all(columns):
            return row.number, tuple(columns)
    return None


def _remarked(tab: Tab, table: int, row: int) -> list[Json]:
    """Mark another row as the one of a table's header."""
    old = [unmark(mark) for mark in tab.headers.get(table, ())]
    return [*old, header_mark(tab, table, row)]
