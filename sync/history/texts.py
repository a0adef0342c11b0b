"""What stands in our own columns, so that a person's typing is told from ours."""

import json
from collections.abc import Mapping

import sqlalchemy as sa

from sync.history import schema
from sync.history.storable import packed, storable

Texts = Mapping[tuple[str, str], str]
"""(goal key, own column key) → text."""


def read(connection: sa.Connection, source_id: int) -> dict[tuple[str, str], str]:
    """Give what stands in our columns of one source."""
    return {
        (goal, column): text
        for goal, texts in _rows(connection, source_id).items()
        for column, text in json.loads(texts).items()
    }


def put(connection: sa.Connection, source_id: int, now: Texts) -> None:
    """Make what is remembered equal to ``now``; equal entries are not touched."""
    goals: dict[str, dict[str, str]] = {}
    for (goal, column), text in now.items():
        goals.setdefault(goal, {})[column] = text
    wanted = {storable(goal): packed(texts) for goal, texts in goals.items()}
    before = _rows(connection, source_id)
    table = schema.written
    same = sa.and_(
        table.c.source_id == source_id, table.c.goal_key == sa.bindparam("goal")
    )
    gone = [{"goal": goal} for goal in before if goal not in wanted]
    if gone:
        connection.execute(sa.delete(table).where(same), gone)
    changed = [
        {"goal": goal, "said": texts}
        for goal, texts in wanted.items()
        if before.get(goal, texts) != texts
    ]
    if changed:
        new_texts = sa.update(table).where(same).values(texts=sa.bindparam("said"))
        connection.execute(new_texts, changed)
    added = [
        {"source_id": source_id, "goal_key": goal, "texts": texts}
        for goal, texts in wanted.items()
        if goal not in before
    ]
    if added:
        connection.execute(sa.insert(table), added)


def _rows(connection: sa.Connection, source_id: int) -> dict[str, str]:
    """Give the texts of each goal, as they are stored."""
    table = schema.written.c
    chosen = sa.select(table.goal_key, table.texts)
    rows = connection.execute(chosen.where(table.source_id == source_id))
    return {row.goal_key: row.texts for row in rows}
