"""Every time a command was at work, whatever became of it, and the slots that were kept.

A round is entered when it begins and closed when it ends: one that was killed stays
open, and the next one on the same machine knows by that what happened.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from sync.history import schema
from sync.history.storable import storable

KEPT = 500
"""How many rounds of one job are remembered, the newest ones."""

Opening = Callable[[], AbstractContextManager[sa.Connection]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What is known of a round when it begins."""

    job: str
    """What it is called wherever it is scheduled."""
    command: str
    slot: str | None
    """The occasion it is for; ``None`` for a run that a person started."""
    host: str
    pid: int
    at: datetime
    """Aware."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """What became of a round."""

    at: datetime
    """Aware."""
    outcome: str
    """As `Round.outcome`, but for ``running`` and ``crashed``."""
    exit_code: int
    error: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One time a command was at work."""

    id: int
    job: str
    command: str
    slot: str | None
    host: str
    pid: int
    started_at: datetime
    """In UTC, as `finished_at` is."""
    finished_at: datetime | None
    outcome: str
    """``running``, ``done``, ``failed``, ``interrupted``, or ``crashed``: killed, found
    out by a later round."""
    exit_code: int | None
    error: str
    """The code of the error that ended it; empty when none did."""
    counts: Mapping[str, int] = field(default_factory=dict)


class Rounds:
    """The rounds; each change is one transaction."""

    def __init__(self, reading: Opening, writing: Opening) -> None:
        self._reading = reading
        self._writing = writing

    def begin(self, one: Beginning, *, stale_after: timedelta) -> int | Round:
        """Enter a round, unless its slot was kept already or is being kept elsewhere.

        The caller holds the job's lock on this machine, so an open round of the same
        command here was killed.

        Args:
            one: What begins.
            stale_after: After so long an open round on another machine is given up.

        Returns:
            Its number; or the round that has the slot.
        """
        table = schema.rounds
        mine = (table.c.job == one.job, table.c.command == one.command)
        is_open = table.c.finished_at.is_(None)
        at = one.at.astimezone(UTC)
        with self._writing() as connection:
            # A server lets two machines look at the same time; SQLite does not.
            schema.lock(connection)
            connection.execute(
                sa.update(table)
                .where(*mine, is_open, table.c.host == one.host)
                .values(outcome="crashed", finished_at=at.isoformat())
            )
            if one.slot is not None:
                young = sa.and_(
                    is_open, table.c.started_at > (at - stale_after).isoformat()
                )
                holds = sa.or_(table.c.outcome == "done", young)
                chosen = sa.select(table).where(*mine, table.c.slot == one.slot, holds)
                if (held := connection.execute(chosen.limit(1)).first()) is not None:
                    return _round(held)
            entered = connection.execute(
                sa.insert(table)
                .values(
                    job=one.job,
                    command=one.command,
                    slot=one.slot,
                    host=storable(one.host),
                    pid=one.pid,
                    started_at=at.isoformat(),
                    outcome="running",
                    error="",
                    counts="{}",
                )
                .returning(table.c.id)
            )
            number = int(entered.scalar_one())
            _prune(connection, one.job)
        return number

    def end(self, number: int, end: End) -> None:
        """Close a round that was begun."""
        table = schema.rounds
        change = (
            sa.update(table)
            .where(table.c.id == number)
            .values(
                finished_at=end.at.astimezone(UTC).isoformat(),
                outcome=end.outcome,
                exit_code=end.exit_code,
                error=end.error,
                counts=json.dumps(dict(end.counts)),
            )
        )
        with self._writing() as connection:
            connection.execute(change)

    def kept(self, job: str, slot: str) -> bool:
        """Tell whether the run of a slot has been done."""
        table = schema.rounds.c
        chosen = sa.select(table.id).where(
            table.job == job, table.slot == slot, table.outcome == "done"
        )
        with self._reading() as connection:
            return connection.scalar(chosen.limit(1)) is not None

    def last_fine(self, job: str) -> Round | None:
        """Give the last scheduled round of a job that ended with exit code 0."""
        table = schema.rounds.c
        fine = (table.job == job, table.slot.is_not(None), table.exit_code == 0)
        return next(iter(self._newest(1, *fine)), None)

    def listed(self, job: str | None = None, limit: int = 20) -> tuple[Round, ...]:
        """List rounds, the latest first, of one job or of all."""
        chosen = sa.true() if job is None else schema.rounds.c.job == job
        return self._newest(limit, chosen)

    def scheduled(self, job: str, limit: int = 20) -> tuple[Round, ...]:
        """List the rounds of a job that were run for a slot, the latest first."""
        table = schema.rounds.c
        return self._newest(limit, table.job == job, table.slot.is_not(None))

    def _newest(self, limit: int, *which: sa.ColumnElement[bool]) -> tuple[Round, ...]:
        table = schema.rounds
        chosen = sa.select(table).where(*which).order_by(table.c.id.desc()).limit(limit)
        with self._reading() as connection:
            return tuple(_round(row) for row in connection.execute(chosen))


def _prune(connection: sa.Connection, job: str) -> None:
    """Forget the oldest rounds of a job beyond `KEPT`."""
    table = schema.rounds
    newest = (
        sa.select(table.c.id)
        .where(table.c.job == job)
        .order_by(table.c.id.desc())
        .offset(KEPT)
        .limit(1)
    )
    oldest = connection.scalar(newest)
    if oldest is not None:
        old = (table.c.job == job, table.c.id <= oldest)
        connection.execute(sa.delete(table).where(*old))


def _round(row: sa.Row[tuple[object, ...]]) -> Round:
    return Round(
        id=row.id,
        job=row.job,
        command=row.command,
        slot=row.slot,
        host=row.host,
        pid=row.pid,
        started_at=datetime.fromisoformat(row.started_at),
        finished_at=(
            datetime.fromisoformat(row.finished_at) if row.finished_at else None
        ),
        outcome=row.outcome,
        exit_code=row.exit_code,
        error=row.error,
        counts=json.loads(row.counts),
    )
