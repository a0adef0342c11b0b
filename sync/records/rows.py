"""Which rows of a table hold a record."""

from collections.abc import Mapping

from sync.tables.model import Table
from sync.workbooks.snapshot import RawValue, Sheet


def rows_with_records(
    table: Table, sheet: Sheet, columns: Mapping[str, int]
) -> list[int]:
    """Give the indices into the sheet's rows that hold a record's own content.

    Args:
        table: The table.
        sheet: The sheet it stands on.
        columns: Field → column, 1-based.
    """
    skipped = {excluded.row for excluded in table.excluded}
    own = [
        it.column - 1
        for it in table.columns
        if it.field and it.column not in table.filled_down
    ] or [it - 1 for it in columns.values()]
    found = []
    for index, row in enumerate(sheet.rows):
        if not table.first_row <= row.number <= table.last_row:
            continue
        if row.number in skipped:
            continue
        values = row.values
        width = len(values)
        if any(it < width and not is_blank(values[it]) for it in own):
            found.append(index)
    return found


def is_blank(raw: RawValue) -> bool:
    """Whether a cell holds nothing, or blanks only."""
    return raw is None or (isinstance(raw, str) and not raw.strip())
