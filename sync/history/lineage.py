"""Workbooks under a new name: what is remembered of the old one goes on.

A workbook that was renamed, moved or copied is new to the history, which knows sources by
their paths. Taken for a new one it would lose its past, everything we wrote would look
like somebody's typing, and everybody would get the letters of that week again.
"""

import sqlalchemy as sa

from sync.history import schema, sources
from sync.history.storable import storable
from sync.history.undo import Opening

_GOES_ALONG = (
    *(schema.runs, schema.spans, schema.figures),
    *(schema.written, schema.intended, schema.published),
)
"""What a copy takes with it: what may be undone or sent stays with the first one."""


class Lineage:
    """Which workbook goes on from which."""

    def __init__(self, reading: Opening, writing: Opening) -> None:
        self._reading = reading
        self._writing = writing

    def locators(self) -> tuple[str, ...]:
        """Give every source known, the latest first."""
        table = schema.sources.c
        with self._reading() as connection:
            chosen = sa.select(table.locator).order_by(table.id.desc())
            return tuple(connection.scalars(chosen))

    def moved(self, old: str, new: str) -> None:
        """Know a source by its new locator from now on; its letters stay its letters.

        Nothing happens where the old one is not known, or the new one is already.
        """
        with self._writing() as connection:
            known = _to_follow(connection, old, new)
            if known is not None:
                _identify(connection, known, sources.identity(connection, old))
                table = schema.sources
                renamed = sa.update(table).where(table.c.id == known)
                connection.execute(renamed.values(locator=storable(new)))

    def copied(self, old: str, new: str) -> None:
        """Let a new source begin with what is remembered of another, which keeps it.

        Nothing happens where the old one is not known, or the new one is already.
        """
        with self._writing() as connection:
            known = _to_follow(connection, old, new)
            if known is not None:
                copy = sources.made(connection, new)
                _identify(connection, copy, sources.identity(connection, old))
                for table in _GOES_ALONG:
                    _copy(connection, table, known, copy)


def _to_follow(connection: sa.Connection, old: str, new: str) -> int | None:
    """Find a source's number, unless the new locator is another's already."""
    taken = sources.find(connection, new) is not None
    return None if taken else sources.find(connection, old)


def _identify(connection: sa.Connection, source_id: int, identity: str) -> None:
    table = schema.identities
    connection.execute(sa.delete(table).where(table.c.source_id == source_id))
    values = {"source_id": source_id, "identity": storable(identity)}
    connection.execute(sa.insert(table).values(values))


def _copy(connection: sa.Connection, table: sa.Table, old: int, new: int) -> None:
    """Write the rows of one source once more, for another."""
    given = {"id", "source_id"}
    kept = [column for column in table.columns if column.name not in given]
    rows = sa.select(sa.literal(new), *kept).where(table.c.source_id == old)
    names = ["source_id", *(column.name for column in kept)]
    connection.execute(sa.insert(table).from_select(names, rows))
