"""Columns in which an empty cell continues the value above it."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

from collections.abc import Mapping
from itertools import pairwise

from sync.tables.grid import Grid
from sync.tables.model import Kind
from sync.tables.regions import Region
from sync.workbooks.snapshot import RawValue

_GROUPING = frozenset(
    {
        "employee_name",
        "employee_id",
        "email",
        "department",
        "position",
        "manager",
        "manager_email",
        "period",
        "category",
        "goal_title",
        "relevance",
        "goal_id",
        "ratee",
        "rater",
        "relationship",
        "date",
        "participants",
        "topic",
        "issue",
        "item",
        "owner",
    }
)
_ONCE_A_BLOCK = 0.77
"""A column filled in more rows than this lacks a value here and there; it has no
blocks, of which the smallest sensible average is 1.3 rows."""


def filled_down(
    grid: Grid, region: Region, kind: Kind, fields: Mapping[int, str | None]
) -> frozenset[int]:
    """Find the columns whose value stands on the first row of its block only.

    Args:
        grid: The sheet.
        region: The table's rows.
        kind: In lists of people and ratings every row is somebody: an empty cell
            there is a gap unless cells are merged.
        fields: Column → field or ``None``.
    """
    odd = {number for number, _ in region.odd}
    merged = {
        area.left
        for area in grid.tall_merges(region.first, region.last)
        if region.left <= area.left <= region.right
        and any(n not in odd for n in range(area.top + 1, area.bottom + 1))
    }
    if kind in {Kind.PEOPLE, Kind.RATINGS, Kind.OTHER}:
        return frozenset(merged)
    rows = [
        row for row in grid.between(region.first, region.last) if row.number not in odd
    ]
    for column in range(region.left, region.right + 1):
        field = fields.get(column)
        if field in _GROUPING and _has_blocks(
            [
                row.values[column - 1] if column <= len(row.values) else None
                for row in rows
            ]
        ):
            merged.add(column)
    return frozenset(merged)


def _has_blocks(values: list[RawValue]) -> bool:
    if len(values) < 3 or values[0] is None:
        return False
    heads = [value for value in values if value is not None]
    if len(heads) > len(values) * _ONCE_A_BLOCK:
        return False
    # Somebody who repeats the value in every row does not leave it out on purpose.
    repeats = sum(
        before is not None and before == after for before, after in pairwise(values)
    )
    return repeats <= max(1, len(heads) * 0.1)
