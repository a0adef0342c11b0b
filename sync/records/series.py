"""Fields with one column a month or quarter: the latest entry of each row counts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sync.records.values.shares import bare_number
from sync.tables.model import Table
from sync.workbooks.snapshot import RawValue, Row

LAST_YEAR = re.compile(
    r"去年|上年|上一年|前一年|同期|last year|prior year|previous year|\bly\b|\bpy\b",
    re.IGNORECASE,
)
_CLOSE = 0.02
"""Months that are rounded add up to the year within two percent."""


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
    last_year = last_year_of(table)
    columns: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for each in sorted(table.columns, key=lambda it: it.column):
        if each.field and each.period and each.column not in last_year:
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
        _pair(table, rows, several, series)
    return series


def _pair(
    table: Table,
    rows: Sequence[Row],
    several: Mapping[str, Mapping[str, int]],
    series: Mapping[str, Series],
) -> None:
    """Let target and result belong together: of one month, or of all of them."""
    period_at = {column: it for it, column in several["actual"].items()}
    for index, column in enumerate(series["actual"].columns):
        wanted = several["target"].get(period_at[column])
        if wanted and series["actual"].values[index] is not None:
            series["target"].columns[index] = wanted
            series["target"].values[index] = _value(rows[index], wanted)
    year = next(
        (it.column for it in table.columns if it.field == "target" and not it.period),
        None,
    )
    if year is None:
        return
    for index, row in enumerate(rows):
        total = _total(row, year, several)
        if total is not None:
            series["target"].columns[index] = year
            series["target"].values[index] = _value(row, year)
            series["actual"].values[index] = total


def last_year_of(table: Table) -> frozenset[int]:
    """Find the columns that hold last year's months: a curve, and no starting value."""
    found = [
        it.column
        for it in table.columns
        if it.period and LAST_YEAR.search(f"{it.group} {it.header}")
    ]
    return frozenset(found if len(found) > 2 else ())  # noqa: PLR2004 - not a pair


def period_at(table: Table, column: int) -> str:
    """Tell which month or quarter a column is for; empty when none."""
    return next((it.period for it in table.columns if it.column == column), "")


def adds_up(amounts: Iterable[float], target: float) -> bool:
    """Whether amounts add up to a target, as far as rounding allows."""
    return target > 0 and abs(sum(amounts) - target) <= _CLOSE * target


def _total(
    row: Row, year: int, several: Mapping[str, Mapping[str, int]]
) -> float | None:
    """Add up a row's results, where its months are proven to be parts of its year.

    Months whose targets add up to the year's target are sales and the like: then so do
    the results, and the year is judged, not its latest month alone.
    """
    target = bare_number(_value(row, year))
    parts = [bare_number(_value(row, it)) for it in several["target"].values()]
    results = [bare_number(_value(row, it)) for it in several["actual"].values()]
    known = [it for it in results if it is not None]
    if target is None or not known or not adds_up(filter(None, parts), target):
        return None
    return round(sum(known), 9)


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
