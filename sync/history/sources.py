"""Which number a source has in the database."""

import sqlalchemy as sa

from sync.history import schema
from sync.history.storable import storable


def find(connection: sa.Connection, locator: str) -> int | None:
    """Find a source's number; ``None`` for one never seen."""
    table = schema.sources.c
    same = table.locator == storable(locator)
    return connection.scalar(sa.select(table.id).where(same))


def made(connection: sa.Connection, locator: str) -> int:
    """Find a source's number or give it one, and hold the source until the end."""
    table = schema.sources
    same = table.c.locator == storable(locator)
    # SQLite holds the whole database already; a server waits at this row.
    held = sa.select(table.c.id).where(same).with_for_update()
    if connection.scalar(held) is None:
        connection.execute(sa.insert(table).values(locator=storable(locator)))
    return int(connection.execute(held).scalar_one())
