"""Tables with one row a person and one block of columns a goal."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from sync.cells import CellRef
from sync.records.values.shares import share_in_label
from sync.records.values.texts import plain
from sync.tables.model import Column, Table
from sync.workbooks.snapshot import Percent, RawValue

_WEIGHT = re.compile(r"\s?[(\[]?\s?\d+(?:\.\d+)?\s?(?:%|分)\s?[)\]]?\s*$")
_FIGURES = frozenset({"target", "actual", "progress_pct", "baseline"})


def by_group(table: Table) -> tuple[Table, ...]:
    """Split a table whose goals are blocks of columns into one table a goal.

    Args:
        table: A goal or KPI table.

    Returns:
        One table for each block, its label as the goal's title and the percentage in
        the label as its weight; the table itself when it is not of that kind.
    """
    blocks = _blocks(table)
    figures = [
        column.field for block in blocks.values() for column in block if column.field
    ]
    named = table.column_of("goal_title") or table.column_of("measure")
    if len(blocks) < 2 or named or len(set(figures)) == len(figures):  # noqa: PLR2004
        return (table,)
    grouped = {column.column for block in blocks.values() for column in block}
    shared = tuple(it for it in table.columns if it.column not in grouped)
    return tuple(
        replace(
            table,
            columns=tuple(sorted((*shared, *block), key=lambda it: it.column)),
            context={**table.context, **_titles(table, label, block)},
        )
        for label, block in blocks.items()
    )


def _blocks(table: Table) -> dict[str, list[Column]]:
    """Find the blocks that are goals: with figures, or with a weight in the label."""
    blocks: defaultdict[str, list[Column]] = defaultdict(list)
    for column in table.columns:
        if column.group and not column.period:
            blocks[column.group].append(column)
    return {
        label: block
        for label, block in blocks.items()
        if share_in_label(label) or any(it.field in _FIGURES for it in block)
    }


def _titles(
    table: Table, label: str, block: list[Column]
) -> Mapping[str, tuple[RawValue, CellRef | None]]:
    at = CellRef(table.sheet, table.header_top, min(it.column for it in block))
    name = _WEIGHT.sub("", plain(label)) or plain(label)
    titles: dict[str, tuple[RawValue, CellRef | None]] = {
        "goal_title": (name, at),
        "measure": (name, at),
    }
    weight = share_in_label(label)
    if weight:
        titles["weight"] = (Percent(weight[0]), at)
    return titles
