"""How the follow-up itself stood on each day judged: counts that tell of nobody."""

import json
from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from sync.assess.process import TrendPoint
from sync.history import schema


def put(
    connection: sa.Connection,
    source_id: int,
    on: date,
    figures: Mapping[str, tuple[int, int]],
) -> None:
    """Remember the figures of a day, in the place of those known of it.

    Args:
        connection: Within a transaction.
        source_id: Whose.
        on: The day judged.
        figures: Name → how many, of how many; nothing is written when it is empty.
    """
    if not figures:
        return
    table = schema.figures
    this = sa.and_(table.c.source_id == source_id, table.c.as_of == on)
    connection.execute(sa.delete(table).where(this))
    text = json.dumps(dict(figures), sort_keys=True)
    row = sa.insert(table).values(source_id=source_id, as_of=on, figures=text)
    connection.execute(row)


def read(
    connection: sa.Connection, source_id: int, since: date, before: date
) -> dict[str, tuple[TrendPoint, ...]]:
    """Give every figure of the days from one up to another, oldest first."""
    table = schema.figures.c
    chosen = (
        sa.select(table.as_of, table.figures)
        .where(table.source_id == source_id, table.as_of >= since, table.as_of < before)
        .order_by(table.as_of)
    )
    found: dict[str, list[TrendPoint]] = {}
    for on, text in connection.execute(chosen):
        for name, (n, of) in json.loads(text).items():
            found.setdefault(name, []).append(TrendPoint(on=on, n=n, of=of))
    return {name: tuple(points) for name, points in found.items()}


def prune(connection: sa.Connection, source_id: int, before: date) -> None:
    """Forget what was counted before a day."""
    table = schema.figures
    old = sa.and_(table.c.source_id == source_id, table.c.as_of < before)
    connection.execute(sa.delete(table).where(old))
