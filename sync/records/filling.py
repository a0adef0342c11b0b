"""Values that stand once for several rows: merged cells, or blanks below."""

from typing import NamedTuple

from sync.tables.model import Table
from sync.workbooks.snapshot import RawValue, Sheet

_IDENTITY = ("employee_id", "employee_name", "email")
_OF_A_PERSON = frozenset(
    {*_IDENTITY, "department", "position", "manager", "manager_email"}
)


class Filled(NamedTuple):
    """One column after filling down; both lists run along the sheet's rows."""

    column: int
    field: str
    values: list[RawValue]
    sources: list[int | None]
    """The row that holds the value, 1-based; ``None`` when there is none."""


def fill_column(
    sheet: Sheet,
    table: Table,
    column: int,
    field: str,
    *,
    excluded: set[int],
    people: list[Filled],
) -> Filled:
    """Continue each value of a column until the next one below it.

    A value beside another person's name is never carried over from the person above,
    unless its cell is merged over both: a missing department is better than a wrong
    one.

    Args:
        sheet: The sheet.
        table: The table; only its rows are filled.
        column: Which column, 1-based.
        field: Its field.
        excluded: Rows that hold no record and so no value to carry.
        people: The identity columns to the left that were filled already; this one
            joins them when it is one.
    """
    merged = {
        row: area.top
        for area in sheet.merges
        if area.left <= column <= area.right and area.bottom > area.top
        for row in range(max(area.top, table.first_row), area.bottom + 1)
        if row <= table.last_row
    }
    values: list[RawValue] = []
    sources: list[int | None] = []
    value: RawValue = None
    source: int | None = None
    for index, row in enumerate(sheet.rows):
        inside = table.first_row <= row.number <= table.last_row
        if not inside or row.number in excluded:
            values.append(None)
            sources.append(None)
            continue
        own = row.values[column - 1] if column <= len(row.values) else None
        if own is not None and not (isinstance(own, str) and not own.strip()):
            value, source = own, row.number
        elif merged.get(row.number, source) != source and row.number in merged:
            # The first row of a merged block is empty: so is the whole block.
            value, source = None, None
        elif (
            row.number not in merged
            and field in _OF_A_PERSON
            and any(it.sources[index] == row.number for it in people)
        ):
            value, source = None, None
        values.append(value)
        sources.append(source)
    filled = Filled(column, field, values, sources)
    if field in _IDENTITY:
        people.append(filled)
    return filled
