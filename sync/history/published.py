"""What was published of 360-degree feedback, so that later runs reveal nothing more."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from sync.assess.evaluation.publishing import Key, Published
from sync.history import schema


def read(connection: sa.Connection, source_id: int) -> dict[Key, Published]:
    """Give what was published of one source."""
    table = schema.published.c
    rows = connection.execute(
        sa.select(
            *(table.ratee_key, table.cycle, table.relation),
            *(table.day, table.n, table.share, table.raters, table.comments),
            table.person_key,
        ).where(table.source_id == source_id)
    )
    return {
        (ratee, cycle, relation): Published(
            on=day,
            n=n,
            share=share,
            raters=frozenset(raters.split()),
            comments=frozenset(comments.split()),
            person_key=person_key,
        )
        for ratee, cycle, relation, day, n, share, raters, comments, person_key in rows
    }


def put(
    connection: sa.Connection, source_id: int, changed: Mapping[Key, Published]
) -> None:
    """Keep what has changed: groups new, or with a new block."""
    if not changed:
        return
    table = schema.published
    connection.execute(
        sa.delete(table).where(
            table.c.source_id == source_id,
            table.c.ratee_key == sa.bindparam("ratee"),
            table.c.cycle == sa.bindparam("period"),
            table.c.relation == sa.bindparam("group"),
        ),
        [dict(zip(("ratee", "period", "group"), key, strict=True)) for key in changed],
    )
    connection.execute(
        sa.insert(table), [_row(source_id, *item) for item in changed.items()]
    )


def forget(connection: sa.Connection, person_key: str) -> int:
    """Delete what was published about one person; say how many groups."""
    table = schema.published
    theirs = table.c.person_key == person_key
    return connection.execute(sa.delete(table).where(theirs)).rowcount


def _row(source_id: int, key: Key, known: Published) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "ratee_key": key[0],
        "person_key": known.person_key,
        "cycle": key[1],
        "relation": key[2],
        "day": known.on,
        "n": known.n,
        "share": known.share,
        "raters": _joined(known.raters),
        "comments": _joined(known.comments),
    }


def _joined(digests: Iterable[str]) -> str:
    return " ".join(sorted(digests))
