"""Which number a source has in the database."""

import sqlalchemy as sa

from sync.history import schema
from sync.history.storable import storable


def find(connection: sa.Connection, locator: str) -> int | None:
    """Find a source's number; ``None`` for one never seen."""
    table = schema.sources.c
    same = table.locator == storable(locator)
    return connection.scalar(sa.select(table.id).where(same))


def identity(connection: sa.Connection, locator: str) -> str:
    """Give what a source's letters know it by: the locator, or the one it began with."""
    chosen = sa.select(schema.identities.c.identity).where(
        schema.identities.c.source_id == find(connection, locator)
    )
    return connection.scalar(chosen) or locator


def kin(connection: sa.Connection, locator: str) -> sa.Select[tuple[int]]:
    """Choose the numbers of all sources whose letters know them by the same name."""
    named = schema.identities.c
    same = storable(identity(connection, locator))
    alike = sa.select(named.source_id).where(named.identity == same)
    known = schema.sources.c
    first = sa.select(known.id).where(known.locator.in_((same, storable(locator))))
    return sa.select(sa.union(alike, first).subquery().c[0])


def made(connection: sa.Connection, locator: str) -> int:
    """Find a source's number or give it one, and hold the source until the end."""
    table = schema.sources
    same = table.c.locator == storable(locator)
    # SQLite holds the whole database already; a server waits at this row.
    held = sa.select(table.c.id).where(same).with_for_update()
    if connection.scalar(held) is None:
        connection.execute(sa.insert(table).values(locator=storable(locator)))
    return int(connection.execute(held).scalar_one())
