"""Measures with one row for their targets and one for their results, months across."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sync.records.filling import Filled
from sync.records.series import Series
from sync.records.values.texts import folded
from sync.tables.model import Table
from sync.workbooks.snapshot import RawValue, Row, Sheet

_ROLES = {
    "target": "目标 目标值 计划 计划值 预算 target goal plan planned budget",
    "actual": "实际 实际值 实绩 完成 完成值 达成 actual actuals result",
    "": "差异 差额 差距 达成率 完成率 同比 环比 累计 variance gap difference diff "
    "achievement attainment % forecast",
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split()}
_ENOUGH = 0.9


@dataclass(frozen=True, slots=True)
class Stacked:
    """One record for every block of rows."""

    rows: list[int]
    """Index into the sheet's rows of each block's first row."""
    series: Mapping[str, Series]
    """Target and result of the latest month that has a result."""
    filled: Mapping[str, Filled]
    """In which row each of them stands."""


def stacked_of(table: Table, sheet: Sheet) -> Stacked | None:
    """Read the blocks of a table whose rows take turns.

    Args:
        table: A goal or KPI table.
        sheet: The sheet it stands on.

    Returns:
        ``None`` for a table with one row for each record.
    """
    months = [it.column for it in table.columns if it.period]
    if len(months) < 2:  # noqa: PLR2004
        return None
    skipped = {it.row for it in table.excluded}
    rows = [
        (index, row)
        for index, row in enumerate(sheet.rows)
        if table.first_row <= row.number <= table.last_row and row.number not in skipped
    ]
    column = _role_column(table, [row for _, row in rows])
    if column is None:
        return None
    blocks: list[dict[str, tuple[int, Row]]] = []
    for index, row in rows:
        word = folded(str(_value(row, column) or ""))
        if not blocks or word in blocks[-1]:
            blocks.append({})
        blocks[-1][word] = (index, row)
    return _put_together(blocks, months, len(sheet.rows))


def _role_column(table: Table, rows: Sequence[Row]) -> int | None:
    for column in table.columns:
        if column.field or column.period:
            continue
        given = [value for row in rows if (value := _value(row, column.column))]
        roles = [_ROLE_OF.get(folded(str(value))) for value in given]
        n_known = sum(role is not None for role in roles)
        if {"target", "actual"} <= {*roles} and n_known >= len(rows) * _ENOUGH:
            return column.column
    return None


def _put_together(
    blocks: Sequence[Mapping[str, tuple[int, Row]]], months: list[int], n_rows: int
) -> Stacked:
    firsts = [min(index for index, _ in block.values()) for block in blocks]
    values: dict[str, list[RawValue]] = {"target": [], "actual": []}
    columns: dict[str, list[int]] = {"target": [], "actual": []}
    sources: dict[str, list[int | None]] = {
        field: [None] * n_rows for field in ("target", "actual")
    }
    for first, block in zip(firsts, blocks, strict=True):
        by_role = {_ROLE_OF.get(word): row for word, (_, row) in block.items()}
        result = by_role.get("actual")
        given = [it for it in months if result and _value(result, it) is not None]
        month = given[-1] if given else months[-1]
        for field in ("target", "actual"):
            row = by_role.get(field)
            values[field].append(_value(row, month) if row else None)
            columns[field].append(month)
            sources[field][first] = row.number if row else None
    return Stacked(
        firsts,
        {field: Series(values[field], columns[field]) for field in values},
        {field: Filled(months[-1], field, [], sources[field]) for field in values},
    )


def _value(row: Row, column: int) -> RawValue:
    raw = row.values[column - 1] if column <= len(row.values) else None
    return None if isinstance(raw, str) and not raw.strip() else raw
