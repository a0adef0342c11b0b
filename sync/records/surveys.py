"""Survey exports: one row for each rater, one column of marks for each competency."""

from dataclasses import replace

from sync.cells import CellRef
from sync.tables.model import Column, Table


def by_competency(table: Table) -> tuple[Table, ...]:
    """Split a feedback table into one table for each column of marks.

    Args:
        table: A feedback table.

    Returns:
        One table for each competency, its header as the competency and its column as
        the score; what the rater wrote goes with the first of them only. The table
        itself when a column of its own holds the scores.
    """
    marks = [it for it in table.columns if it.field == "competency"]
    if table.column_of("score") or len(marks) < 2:  # noqa: PLR2004
        return (table,)
    return tuple(_one(table, each, first=each is marks[0]) for each in marks)


def _one(table: Table, mark: Column, *, first: bool) -> Table:
    at = CellRef(table.sheet, table.header_row, mark.column)
    shared = (
        it
        for it in table.columns
        if it.field != "competency" and (first or it.field != "comment")
    )
    columns = (*shared, replace(mark, field="score"))
    return replace(
        table,
        columns=tuple(sorted(columns, key=lambda it: it.column)),
        context={**table.context, "competency": (mark.header, at)},
    )
