"""Which letters were told to whom: the memory that keeps anybody from hearing twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from sync.history import schema
from sync.history.storable import storable

TOLD = ("written", "sending", "sent", "deferred", "unknown", "stopped")
"""States that count as told. A letter of unknown fate does: twice is worse than late.
One that was rejected does not: it is written again as soon as its address changes."""

CHUNK = 500
"""Keys asked for at once: databases limit the parameters of a statement."""


class Receipt(Protocol):
    """What became of one letter."""

    @property
    def key(self) -> str:
        """The letter's key."""

    @property
    def state(self) -> str:
        """``written``, ``sent``, ``held``, ``skipped``, ``failed`` or ``unknown``."""

    @property
    def path(self) -> Path | None:
        """The file it is in, if there is one."""


class Letter(Protocol):
    """What history wants to know of a letter besides its fate."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def audience(self) -> str:
        """Whom it is for, as a kind."""

    @property
    def person_key(self) -> str:
        """Whose it is, as `Person.key`; empty for HR's."""

    @property
    def subject(self) -> str:
        """Its subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """One letter, as history keeps it; nothing of its text."""

    key: str
    state: str
    at: datetime
    person_key: str = ""
    """Whose letter it is; empty for HR's."""
    recipient: str = ""
    """The address."""
    audience: str = ""
    period: str = ""
    """The ISO week it was written in, as in ``2026-W47``."""
    subject: str = ""
    path: Path | None = None


def row_of(receipt: Receipt, letter: Letter | None, at: datetime) -> LetterRow:
    """Put together what is kept of a letter.

    Args:
        receipt: Its fate.
        letter: The letter, if it is at hand.
        at: The moment, in UTC.
    """
    recipient = getattr(letter, "recipient", None)
    return LetterRow(
        key=receipt.key,
        state=receipt.state,
        at=at,
        person_key=storable(letter.person_key) if letter else "",
        recipient=storable(getattr(recipient, "email", None) or ""),
        audience=str(letter.audience) if letter else "",
        period=f"{at:%G-W%V}",
        subject=storable(letter.subject) if letter else "",
        path=receipt.path,
    )


def told_among(connection: sa.Connection, keys: Iterable[str]) -> set[str]:
    """Tell which of the keys were told already, about whatever source."""
    states = _states(connection, keys)
    return {key for key, state in states.items() if state in TOLD}


def told_of(
    connection: sa.Connection, source_ids: sa.Select[tuple[int]], since: date | None
) -> tuple[str, ...]:
    """Give the keys of what was told of some sources from a day on, oldest first."""
    table = schema.letters.c
    chosen = (
        sa.select(table.key)
        .where(table.source_id.in_(source_ids), table.state.in_(TOLD))
        .order_by(table.at, table.key)
    )
    if since is not None:
        chosen = chosen.where(table.at >= since.isoformat())
    return tuple(connection.scalars(chosen))


def remember(
    connection: sa.Connection, source_id: int, rows: Iterable[LetterRow]
) -> None:
    """Keep the fate of letters; one that was told never becomes untold again.

    A letter that was skipped without being known, because its file was there already,
    counts as written: the run that wrote it died before it could say so.
    """
    rows = list(rows)
    known = _states(connection, (row.key for row in rows))
    latest = _latest(connection, source_id)
    for row in rows:
        state = "written" if row.state == "skipped" else row.state
        before = known.get(row.key)
        if before in TOLD or before == state:
            continue
        if before == "rejected" and row.state in {"skipped", "held"}:
            continue  # nothing has changed since the server refused it
        values = {
            "source_id": source_id,
            "person_key": row.person_key,
            "recipient": row.recipient,
            "audience": row.audience,
            "period": row.period,
            "subject": row.subject,
            "path": str(row.path or ""),
            # Which letter was the last one told decides what is news: a clock that
            # was set back must not put a newer one before it.
            "at": (max(row.at, latest) if latest else row.at).isoformat(),
            "state": state,
        }
        if before is None:
            connection.execute(sa.insert(schema.letters), {"key": row.key, **values})
        else:
            same = schema.letters.c.key == row.key
            connection.execute(sa.update(schema.letters).where(same).values(values))
        known[row.key] = state


def _latest(connection: sa.Connection, source_id: int) -> datetime | None:
    """Give a moment just after the last letter about a source."""
    at = schema.letters.c.at
    mine = schema.letters.c.source_id == source_id
    last = connection.scalar(sa.select(sa.func.max(at)).where(mine))
    return datetime.fromisoformat(last) + timedelta(microseconds=1) if last else None


def listed(
    connection: sa.Connection, source_id: int | None, limit: int
) -> tuple[LetterRow, ...]:
    """List letters, the latest first."""
    table = schema.letters
    chosen = sa.select(table).order_by(table.c.at.desc(), table.c.key).limit(limit)
    if source_id is not None:
        chosen = chosen.where(table.c.source_id == source_id)
    return tuple(_row(row) for row in connection.execute(chosen).mappings())


def forget(connection: sa.Connection, person_key: str) -> int:
    """Blank everything personal of somebody's letters; the keys stay.

    Without the keys the same letter would be told again.
    """
    return blank(connection, schema.letters.c.person_key == person_key)


def blank(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> int:
    """Blank everything personal of the letters that meet all conditions; say how many."""
    table = schema.letters
    # What a server says of a letter quotes the address.
    keys = sa.select(table.c.key).where(*conditions)
    said = sa.update(schema.attempts).where(schema.attempts.c.key.in_(keys))
    connection.execute(said.values(why=""))
    nothing = {"person_key": "", "recipient": "", "subject": "", "path": ""}
    return connection.execute(
        sa.update(table).where(*conditions).values(nothing)
    ).rowcount


def _states(connection: sa.Connection, keys: Iterable[str]) -> dict[str, str]:
    """Give the states of the letters that are known, by key."""
    table, wanted = schema.letters.c, sorted(set(keys))
    found: dict[str, str] = {}
    for start in range(0, len(wanted), CHUNK):
        some = table.key.in_(wanted[start : start + CHUNK])
        for row in connection.execute(sa.select(table.key, table.state).where(some)):
            found[row.key] = row.state
    return found


def _row(row: Mapping[str, object] | sa.RowMapping) -> LetterRow:
    """Read one row."""
    return LetterRow(
        key=str(row["key"]),
        state=str(row["state"]),
        at=datetime.fromisoformat(str(row["at"])),
        person_key=str(row["person_key"]),
        recipient=str(row["recipient"]),
        audience=str(row["audience"]),
        period=str(row["period"]),
        subject=str(row["subject"]),
        path=Path(str(row["path"])) if row["path"] else None,
    )
