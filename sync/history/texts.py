"""What stands in our own columns, so that a person's typing is told from ours."""

from collections.abc import Mapping

import sqlalchemy as sa

from sync.history import schema
from sync.history.storable import storable

Texts = Mapping[tuple[str, str], str]
"""(goal key, own column key) → text."""


def read(connection: sa.Connection, source_id: int) -> dict[tuple[str, str], str]:
    """Give what stands in our columns of one source."""
    table = schema.written.c
    chosen = sa.select(table.goal_key, table.column_key, table.text)
    rows = connection.execute(chosen.where(table.source_id == source_id))
    return {(goal, column): text for goal, column, text in rows}


def put(connection: sa.Connection, source_id: int, now: Texts) -> None:
    """Make what is remembered equal to ``now``; equal entries are not touched."""
    before = read(connection, source_id)
    wanted = {
        (storable(goal), storable(column)): storable(text)
        for (goal, column), text in now.items()
    }
    table = schema.written
    same = sa.and_(
        table.c.source_id == source_id,
        table.c.goal_key == sa.bindparam("goal"),
        table.c.column_key == sa.bindparam("own"),
    )
    gone = [_named(key) for key in before if key not in wanted]
    if gone:
        connection.execute(sa.delete(table).where(same), gone)
    changed = [
        {**_named(key), "said": text}
        for key, text in wanted.items()
        if key in before and before[key] != text
    ]
    if changed:
        new_text = sa.update(table).where(same).values(text=sa.bindparam("said"))
        connection.execute(new_text, changed)
    added = [
        {"source_id": source_id, "goal_key": key[0], "column_key": key[1], "text": text}
        for key, text in wanted.items()
        if key not in before
    ]
    if added:
        connection.execute(sa.insert(table), added)


def _named(key: tuple[str, str]) -> dict[str, str]:
    """Name the parts of a key for a statement."""
    return {"goal": key[0], "own": key[1]}
