"""Where letters stand, as history knows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from sync.history import schema

WAITING = ("written", "deferred")
"""States from which a letter may be sent."""
POWER_CUT = "power cut"
"""Why a letter is of unknown fate, when nobody was there to say so."""


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


def of_another_era(era: str) -> sa.ColumnElement[bool]:
    """Choose the claims that a power cut may have come after; in doubt all of them."""
    return schema.claims.c.era != era if era else sa.true()


def read_posts(connection: sa.Connection, keys: list[str], era: str) -> Iterable[Post]:
    """Join letters with the last entry about each.

    Args:
        connection: Where to read.
        keys: Few enough for one statement; those never heard of are left out.
        era: The present one; see `sync.history.era`.
    """
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
            schema.claims.c.key.label("claimed"),
        )
        .outerjoin(
            schema.claims,
            sa.and_(schema.claims.c.key == table.key, of_another_era(era)),
        )
        .outerjoin(put_off, put_off.c.key == table.key)
        .outerjoin(last, last.c.key == table.key)
        .outerjoin(schema.attempts, tries.id == last.c.id)
        .outerjoin(asked, asked.c.key == table.key)
        .where(table.key.in_(keys))
    )
    for row in connection.execute(chosen):
        doubtful = row.claimed is not None and row.state in WAITING
        yield Post(
            key=row.key,
            state="unknown" if doubtful else row.state,
            recipient=row.recipient,
            at=datetime.fromisoformat(row.at),
            moved_at=_moment(row.moved_at),
            again_at=_moment(row.again_at),
            why=POWER_CUT if doubtful else row.why or "",
            n_put_off=row.n_put_off or 0,
        )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
