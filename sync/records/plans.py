"""How a target is meant to be reached over the months, from columns of their own."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from sync.records.model import Quantity
from sync.records.reading import TableReader
from sync.records.series import adds_up, last_year_of
from sync.records.values.planned import PlannedPart
from sync.records.values.shares import bare_number
from sync.tables.model import Column, Table
from sync.workbooks.snapshot import RawValue, Row

_SCALES = 0, 3, 4, 6, 8
"""Powers of ten between a column of k, 万, m or 亿 and the target in plain units."""
_MONTHS, _QUARTERS = 3, 2
"""Fewer are no plan."""


class Plan(NamedTuple):
    """What the columns of one row say."""

    parts: tuple[PlannedPart, ...] = ()
    """They add up to the target."""
    last_year: tuple[PlannedPart, ...] = ()


def read_plans(reader: TableReader, targets: Sequence[Quantity | None]) -> list[Plan]:
    """Read the columns that have one number for each month or quarter.

    Columns are a plan only where their numbers prove it: they add up to the target, or
    they rise to it. Months whose header is a month and nothing else may as well be
    results, or rates that do not add up; those are left alone.

    Args:
        reader: The table.
        targets: The target of every record.
    """
    sets = list(sets_of(reader.table))
    if not sets:
        return [Plan()] * reader.n
    plans: list[Plan] = []
    for index, target in enumerate(targets):
        row = reader.sheet.rows[reader.rows[index]]
        parts: tuple[PlannedPart, ...] = ()
        last_year: tuple[PlannedPart, ...] = ()
        for columns, of_last_year in sets:
            amounts = amounts_of(columns, row)
            if of_last_year:
                last_year = last_year or amounts
            elif not parts and target is not None and target.value:
                parts = increments_of(amounts, target.value)
        plans.append(Plan(parts, last_year))
    return plans


def is_same(number: float, target: float) -> bool:
    """Whether two numbers are one, the target perhaps in another unit of money."""
    return any(adds_up([number * 10**scale], target) for scale in _SCALES)


def sets_of(table: Table) -> Iterable[tuple[list[Column], bool]]:
    """Gather the columns that are one series, and whether it is last year's."""
    last_year = last_year_of(table)
    found: dict[tuple[str, str, int], list[Column]] = {}
    for column in table.columns:
        is_result = column.field in {"actual", "progress_pct"}
        if not column.period or (is_result and column.column not in last_year):
            continue
        # "2026-07" and "07", "2026Q3" and "Q3": a series is of one kind.
        kind = len(column.period.rpartition("-")[2])
        is_last = column.column in last_year
        key = column.field or "", column.group + ("<" if is_last else ""), kind
        found.setdefault(key, []).append(column)
    for (_, name, _), members in found.items():
        least = _QUARTERS if any("Q" in it.period for it in members) else _MONTHS
        if len({it.period for it in members}) >= least:
            yield members, name.endswith("<")


def amounts_of(columns: Sequence[Column], row: Row) -> tuple[PlannedPart, ...]:
    """Read one row's numbers; nothing when one of them is no plain number."""
    found = []
    for column in columns:
        raw: RawValue = None
        if column.column <= len(row.values):
            raw = row.values[column.column - 1]
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            continue
        number = bare_number(raw)
        if number is None or number < 0:
            return ()
        found.append(PlannedPart(column.period, number))
    return tuple(found) if any(it.amount for it in found) else ()


def increments_of(
    amounts: tuple[PlannedPart, ...], target: float
) -> tuple[PlannedPart, ...]:
    """Give what each period adds; empty when the numbers do not lead to the target."""
    values = [it.amount for it in amounts]
    if len(values) < _QUARTERS:
        return ()
    if is_same(sum(values), target):
        return amounts
    rises = all(one <= other for one, other in pairwise(values))
    if rises and values[0] < values[-1] and is_same(values[-1], target):
        before = [0.0, *values]
        return tuple(
            PlannedPart(it.period, it.amount - earlier)
            for it, earlier in zip(amounts, before, strict=False)
        )
    return ()
