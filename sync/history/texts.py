"""What stands in our own columns, so that a person's typing is told from ours."""

import json
from collections.abc import Mapping

import sqlalchemy as sa

from sync.history import rows, schema
from sync.history.storable import packed, storable

Texts = Mapping[tuple[str, str], str]
"""(goal key, own column key) → text."""


def read(connection: sa.Connection, source_id: int) -> dict[tuple[str, str], str]:
    """Give what stands in our columns of one source, and what was about to."""
    found = {
        (goal, column): text
        for goal, texts in _rows(connection, source_id).items()
        for column, text in json.loads(texts).items()
    }
    return found | _intended(connection, source_id)


def intend(connection: sa.Connection, source_id: int, soon: Texts) -> None:
    """Add what is about to be written, in one row: it lasts until `put`."""
    # What an earlier run meant to write when it died may stand in the workbook.
    columns = _columns(connection, source_id)
    for (goal, column), text in soon.items():
        columns.setdefault(column, {})[goal] = text
    _intend(connection, source_id, columns)


def put(connection: sa.Connection, source_id: int, now: Texts) -> None:
    """Make what is remembered equal to ``now``; equal entries are not touched."""
    _intend(connection, source_id, {})
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
        (texts, source_id, goal)
        for goal, texts in wanted.items()
        if before.get(goal, texts) != texts
    ]
    key = ("source_id", "goal_key")
    rows.change(connection, table, ["texts"], changed, where=key)
    added = [
        (source_id, goal, texts) for goal, texts in wanted.items() if goal not in before
    ]
    rows.add(connection, table, (*key, "texts"), added)


def forget(connection: sa.Connection, source_id: int, goal: str) -> int:
    """Delete what stands or was about to stand beside one goal; say how many rows."""
    table = schema.written
    same = sa.and_(table.c.source_id == source_id, table.c.goal_key == goal)
    gone = connection.execute(sa.delete(table).where(same)).rowcount
    columns = _columns(connection, source_id)
    if any(goal in texts for texts in columns.values()):
        for texts in columns.values():
            texts.pop(goal, None)
        _intend(connection, source_id, columns)
    return gone


def _rows(connection: sa.Connection, source_id: int) -> dict[str, str]:
    """Give the texts of each goal, as they are stored."""
    table = schema.written.c
    chosen = sa.select(table.goal_key, table.texts)
    rows = connection.execute(chosen.where(table.source_id == source_id))
    return {row.goal_key: row.texts for row in rows}


def _columns(connection: sa.Connection, source_id: int) -> dict[str, dict[str, str]]:
    """Give what was about to be written: column key → goal key → text."""
    table = schema.intended.c
    chosen = sa.select(table.texts).where(table.source_id == source_id)
    found: dict[str, dict[str, str]] = json.loads(connection.scalar(chosen) or "{}")
    return found


def _intended(connection: sa.Connection, source_id: int) -> dict[tuple[str, str], str]:
    columns = _columns(connection, source_id)
    return {(g, c): text for c, texts in columns.items() for g, text in texts.items()}


def _intend(
    connection: sa.Connection, source_id: int, columns: dict[str, dict[str, str]]
) -> None:
    """Replace what is about to be written."""
    table = schema.intended
    connection.execute(sa.delete(table).where(table.c.source_id == source_id))
    if columns:
        texts = storable(json.dumps(columns, ensure_ascii=False))
        connection.execute(sa.insert(table).values(source_id=source_id, texts=texts))
