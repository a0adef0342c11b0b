"""What stood in our columns before the last write of a source, so that it can come back."""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

import sqlalchemy as sa

from sync.history import ledger, schema, sources, texts
from sync.history.runs import RunRecord
from sync.history.storable import storable

UNDONE = "undone"
"""Outcome of a run that took a write back."""

Opening = Callable[[], AbstractContextManager[sa.Connection]]
Find = Callable[[sa.Connection, str], int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastWrite:
    """The last write-back of a source."""

    before: str
    """Fingerprint from before it."""
    after: str
    """Fingerprint that it left."""
    texts: Mapping[tuple[str, str], str]
    """What stood in our columns before it: (goal key, own column key) → text."""


class LastWrites:
    """The last write-back of every source; only one can be taken back."""

    def __init__(self, reading: Opening, writing: Opening, find: Find) -> None:
        self._reading = reading
        self._writing = writing
        self._find = find

    def of(self, source: str) -> LastWrite | None:
        """Give the write that can be taken back, if there is one."""
        table = schema.undo
        with self._reading() as connection:
            known = self._find(connection, source)
            chosen = sa.select(table).where(table.c.source_id == known)
            row = connection.execute(chosen).first()
        if row is None:
            return None
        held: dict[str, dict[str, str]] = json.loads(row.texts)
        return LastWrite(
            before=row.fingerprint_before,
            after=row.fingerprint_after,
            texts={(g, c): text for g, own in held.items() for c, text in own.items()},
        )

    def begin(self, source: str, soon: texts.Texts) -> None:
        """Remember what is about to be written, until it is known what was."""
        with self._writing() as connection:
            texts.intend(connection, sources.made(connection, source), soon)

    def remember(self, source: str, write: LastWrite, now: texts.Texts) -> None:
        """Remember a write, and what stands in our columns since, as one step."""
        with self._writing() as connection:
            known = self._find(connection, source)
            assert known is not None
            held: dict[str, dict[str, str]] = {}
            for (goal, column), text in write.texts.items():
                held.setdefault(goal, {})[column] = text
            self._drop(connection, known)
            values = {
                "source_id": known,
                "fingerprint_before": write.before,
                "fingerprint_after": write.after,
                "texts": storable(json.dumps(held, ensure_ascii=False, sort_keys=True)),
            }
            connection.execute(sa.insert(schema.undo).values(values))
            texts.put(connection, known, now)

    def undone(self, source: str, now: texts.Texts, run: RunRecord) -> None:
        """Remember that it was taken back, and what stands in our columns now."""
        with self._writing() as connection:
            known = self._find(connection, source)
            assert known is not None
            self._drop(connection, known)
            texts.put(connection, known, now)
            ledger.add(connection, known, run)

    @staticmethod
    def _drop(connection: sa.Connection, source_id: int) -> None:
        same = schema.undo.c.source_id == source_id
        connection.execute(sa.delete(schema.undo).where(same))


def forget(connection: sa.Connection, person_key: str) -> None:
    """Give up the way back of every source that knows a person: it may name them."""
    span = schema.spans.c
    theirs = sa.select(span.source_id).where(span.person_key == person_key)
    connection.execute(
        sa.delete(schema.undo).where(schema.undo.c.source_id.in_(theirs))
    )
