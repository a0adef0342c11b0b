"""Fields with one column a month or quarter: the latest entry of each row counts."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sync.tables.model import Table
from sync.workbooks.snapshot import RawValue, Row


class Series(NamedTuple):
    """The latest entry of every record."""

    values: list[RawValue]
    columns: list[int]
    """Which column it stands in, 1-based; the last one when there is no entry."""


def series_of(table: Table, rows: Sequence[Row]) -> dict[str, Series]:
    """Read the fields that have a column for each of several periods.

    Args:
        table: The table.
        rows: The rows of its records.

    Returns:
        Field → its latest entries. A target is taken from the period of the latest
        actual figure, so that the two belong together.
    """
    columns: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for each in sorted(table.columns, key=lambda it: it.column):
        if each.field and each.period:
            columns[each.field].setdefault(each.period, each.column)
    several = {field: found for field, found in columns.items() if len(found) > 1}
    # A column for the whole year says more than the last of its quarters; but a
    # year's target is no measure for what one quarter brought.
    whole = {it.field for it in table.columns if it.field and not it.period}
    for field in whole & set(several):
        if field != "target" or "actual" not in several or "actual" in whole:
            del several[field]
    series = {
        field: Series(*_latest(rows, tuple(found.values())))
        for field, found in several.items()
    }
    if "target" in series and "actual" in series:
        period_at = {column: it for it, column in several["actual"].items()}
        for index, column in enumerate(series["actual"].columns):
            wanted = several["target"].get(period_at[column])
            if wanted and series["actual"].values[index] is not None:
                series["target"].columns[index] = wanted
                series["target"].values[index] = _value(rows[index], wanted)
    return series


def _latest(
    rows: Sequence[Row], columns: tuple[int, ...]
) -> tuple[list[RawValue], list[int]]:
    values: list[RawValue] = []
    chosen = []
    for row in rows:
        entries = [(it, _value(row, it)) for it in columns]
        given = [(it, value) for it, value in entries if value is not None]
        column, value = given[-1] if given else entries[-1]
        values.append(value)
        chosen.append(column)
    return values, chosen


def _value(row: Row, column: int) -> RawValue:
    raw = row.values[column - 1] if column <= len(row.values) else None
    return None if isinstance(raw, str) and not raw.strip() else raw
