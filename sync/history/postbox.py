"""Letters on their way: who may send one now, and what became of every attempt."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from sync.history import schema
from sync.history.letters import CHUNK
from sync.history.storable import storable

WAITING = ("written", "deferred")
"""States from which a letter may be sent."""

Opening = Callable[[], AbstractContextManager[sa.Connection]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Where one letter stands."""

    key: str
    state: str
    """``written`` (in the outbox), ``sending``, ``sent``, ``deferred``, ``rejected``,
    ``unknown``, ``stopped`` (by the user) or ``held`` (no address)."""
    recipient: str
    """The address it was written for; empty when forgotten or never known."""
    at: datetime
    """When it was written."""
    moved_at: datetime | None = None
    """When its state last changed on its way; ``None``: never tried."""
    again_at: datetime | None = None
    """When somebody last asked for it to be sent once more."""
    why: str = ""
    """What the server said, or what went wrong; may be empty."""
    n_put_off: int = 0
    """How often it was put off since it was written or asked for again."""


class Postbox:
    """The states of letters; each change is one transaction and is never undone."""

    def __init__(self, reading: Opening, writing: Opening, noting: Opening) -> None:
        """Keep the ways into the database.

        Args:
            reading: Opens a transaction that reads.
            writing: Opens one that is durable when it ends.
            noting: Opens one that a power cut soon after may undo.
        """
        self._reading = reading
        self._writing = writing
        self._noting = noting

    def posts(self, keys: Iterable[str]) -> Mapping[str, Post]:
        """Give where letters stand; those never heard of are left out."""
        wanted = sorted(set(keys))
        found: dict[str, Post] = {}
        with self._reading() as connection:
            for start in range(0, len(wanted), CHUNK):
                for post in _posts(connection, wanted[start : start + CHUNK]):
                    found[post.key] = post
        return found

    def refused(self) -> set[str]:
        """Give the addresses that a server would not write to, and took nothing since."""
        table, tries = schema.letters.c, schema.attempts.c
        refusal = sa.and_(tries.state == "rejected", table.state == "rejected")
        last = (
            sa.select(table.recipient, sa.func.max(tries.id).label("id"))
            .join(schema.attempts, tries.key == table.key)
            .where(table.recipient != "", sa.or_(tries.state == "sent", refusal))
            .group_by(table.recipient)
            .subquery()
        )
        chosen = (
            sa.select(last.c.recipient)
            .join(schema.attempts, tries.id == last.c.id)
            # What is said at another step is about the letter, not about its reader.
            .where(tries.state == "rejected", tries.why.startswith("RCPT "))
        )
        with self._reading() as connection:
            return set(connection.scalars(chosen))

    def claim(self, key: str, at: datetime) -> bool:
        """Take a waiting letter, so that nobody else hands it over.

        What is claimed counts as handed over until its fate is settled: it is durable
        when this returns.

        Returns:
            Whether it was waiting; ``False`` when somebody else has it.
        """
        return self.settle(key, "sending", at, among=WAITING)

    def settle(
        self,
        key: str,
        state: str,
        at: datetime,
        *,
        among: tuple[str, ...],
        why: str = "",
    ) -> bool:
        """Change a letter's state if it is one of ``among``; tell whether it was."""
        with self._writing() as connection:
            return _moved(connection, key, state, at, among, why)

    def finish(
        self,
        key: str,
        state: str,
        at: datetime,
        *,
        among: tuple[str, ...],
        why: str = "",
    ) -> bool:
        """Write down a claimed letter's fate, as `settle` does but without waiting.

        Should a power cut undo it, the letter is where its claim left it: of unknown
        fate, and not sent again. Waiting for the disk would double the time of sending.
        """
        with self._noting() as connection:
            return _moved(connection, key, state, at, among, why)


def _moved(  # noqa: PLR0917 - a row's columns
    connection: sa.Connection,
    key: str,
    state: str,
    at: datetime,
    among: tuple[str, ...],
    why: str,
) -> bool:
    table = schema.letters
    chosen = (table.c.key == key, table.c.state.in_(among))
    change = sa.update(table).where(*chosen).values(state=state)
    if connection.execute(change).rowcount != 1:
        return False
    entry = {
        "key": key,
        "at": at.astimezone(UTC).isoformat(),
        "state": state,
        "why": storable(why),
    }
    connection.execute(sa.insert(schema.attempts).values(entry))
    return True


def _posts(connection: sa.Connection, keys: list[str]) -> Iterable[Post]:
    """Join letters with the last entry about each."""
    table, tries = schema.letters.c, schema.attempts.c
    mine = tries.key.in_(keys)
    number = sa.func.max(tries.id).label("id")
    last = sa.select(tries.key, number).where(mine).group_by(tries.key).subquery()
    asked = (
        sa.select(tries.key, sa.func.max(tries.at).label("at"))
        .where(mine, tries.state == "written")
        .group_by(tries.key)
        .subquery()
    )
    put_off = (
        sa.select(tries.key, sa.func.count().label("n"))
        .outerjoin(asked, asked.c.key == tries.key)
        .where(mine, tries.state == "deferred")
        .where(sa.or_(asked.c.at.is_(None), tries.at > asked.c.at))
        .group_by(tries.key)
        .subquery()
    )
    chosen = (
        sa.select(
            *(table.key, table.state, table.recipient, table.at),
            *(tries.at.label("moved_at"), tries.why, asked.c.at.label("again_at")),
            put_off.c.n.label("n_put_off"),
        )
        .outerjoin(put_off, put_off.c.key == table.key)
        .outerjoin(last, last.c.key == table.key)
        .outerjoin(schema.attempts, tries.id == last.c.id)
        .outerjoin(asked, asked.c.key == table.key)
        .where(table.key.in_(keys))
    )
    for row in connection.execute(chosen):
        yield Post(
            key=row.key,
            state=row.state,
            recipient=row.recipient,
            at=datetime.fromisoformat(row.at),
            moved_at=_moment(row.moved_at),
            again_at=_moment(row.again_at),
            why=row.why or "",
            n_put_off=row.n_put_off or 0,
        )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
