"""Letters on their way: who may send one now, and what became of every attempt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import sqlalchemy as sa

from sync.history import schema
from sync.history.era import begun_era, eras_are_known, present_era
from sync.history.letters import CHUNK
from sync.history.posts import POWER_CUT, WAITING, Post, of_another_era, read_posts
from sync.history.storable import storable

MOST_AT_ONCE = 50
"""Letters that one power cut may leave in doubt."""

Opening = Callable[[], AbstractContextManager[sa.Connection]]


class Postbox:
    """The states of letters; each change is one transaction.

    Nobody gets a letter twice and nobody is lost, for this much is always true:

    - A letter goes only if `begin` said yes, and that moves it from waiting to sending:
      it says so to one run only, and it is noted before the letter's final dot. That
      note survives `kill -9`. So a letter found waiting has not gone, one found in
      sending may have, and no third is touched by the end of a run.
    - Notes may be undone by a power cut, and a letter that has gone would be found
      waiting. So letters are claimed first, many at once, and that is on the disk when
      it is done. After a power cut (see `sync.history.era`) one that is claimed and
      found waiting counts as unknown, as do those in sending.
    - A claim is let go in a transaction that is on the disk when it is done. By then
      everything noted before is: one log keeps both in their order.
    - Unknown letters are never sent by themselves; somebody decides (`settle`).
    """

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
            era = present_era(connection)
            for start in range(0, len(wanted), CHUNK):
                for post in read_posts(connection, wanted[start : start + CHUNK], era):
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

    def begun_since(self, at: datetime) -> tuple[datetime, ...]:
        """Give when mail was handed over from a moment on, oldest first."""
        tries, table = schema.attempts.c, schema.letters.c
        chosen = (
            sa.select(tries.at)
            .join(schema.letters, table.key == tries.key)
            .where(tries.state == "sending", table.recipient != "")
            .where(tries.at >= at.astimezone(UTC).isoformat())
            .order_by(tries.at)
        )
        with self._reading() as connection:
            return tuple(map(datetime.fromisoformat, connection.scalars(chosen)))

    def most_at_once(self) -> int:
        """Say how many letters may be claimed together.

        One where a power cut would not be noticed: then any claim found is in doubt,
        and one letter is what the end of a run could always leave so.
        """
        with self._reading() as connection:
            return MOST_AT_ONCE if eras_are_known(connection) else 1

    def claim(self, keys: Sequence[str], run: str) -> frozenset[str]:
        """Take waiting letters for one run of sending, the next that it will try.

        When this returns it is on the disk that they may have gone, and everything
        that was noted before is too. A claim by another run takes them over: whoever
        claimed last may begin them. What the run had claimed before is let go.

        Args:
            keys: Few enough for one statement.
            run: The run, by a name that no other has.

        Returns:
            Those that were waiting.
        """
        table = schema.letters.c
        waiting = (
            sa.select(table.key)
            .where(table.key.in_(keys), table.state.in_(WAITING))
            .order_by(table.key)
            .with_for_update()  # two runs at once on a server: one after the other
        )
        with self._writing() as connection:
            era = begun_era(connection)
            taken = connection.scalars(waiting).all()
            gone = sa.or_(schema.claims.c.run == run, schema.claims.c.key.in_(taken))
            connection.execute(sa.delete(schema.claims).where(gone))
            if taken:
                rows = [{"key": key, "run": run, "era": era} for key in taken]
                connection.execute(sa.insert(schema.claims), rows)
        return frozenset(taken)

    def begin(self, key: str, run: str, at: datetime) -> bool:
        """Note that a claimed letter is being handed over, right before its end.

        The note survives the end of this process, not always a power cut; the claim
        survives that.

        Returns:
            Whether it was claimed and waiting; ``False`` when somebody else has it.
        """
        with self._noting() as connection:
            return _moved(connection, key, "sending", at, WAITING, run=run)

    def note(
        self,
        key: str,
        state: str,
        at: datetime,
        *,
        among: tuple[str, ...],
        why: str = "",
    ) -> bool:
        """Change a claimed letter's state, as `settle` does but without waiting.

        Should a power cut undo it, the letter is where its claim left it: of unknown
        fate, and not sent again. Waiting for the disk would double the time of sending.
        """
        with self._noting() as connection:
            return _moved(connection, key, state, at, among, why)

    def release(self, run: str) -> None:
        """Let go of what a run claimed; when this returns, all it noted is on the disk."""
        with self._writing() as connection:
            mine = schema.claims.c.run == run
            connection.execute(sa.delete(schema.claims).where(mine))

    def recover(self, at: datetime) -> None:
        """Call those letters unknown that a power cut leaves in doubt.

        Claims of the present era are let be: whatever was noted of those letters still
        is, and whether their run is at work or was killed makes no difference.
        """
        with self._writing() as connection:
            stale = of_another_era(present_era(connection))
            doubtful = connection.scalars(sa.select(schema.claims.c.key).where(stale))
            for key in doubtful.all():
                _moved(connection, key, "unknown", at, WAITING, POWER_CUT)
                _let_go(connection, key)

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
            moved = _moved(connection, key, state, at, among, why)
            if moved:
                _let_go(connection, key)
            return moved


_MOVE = (
    sa.update(schema.letters)
    .where(
        schema.letters.c.key == sa.bindparam("this"),
        schema.letters.c.state.in_(sa.bindparam("among", expanding=True)),
    )
    .values(state=sa.bindparam("then"))
)
_MOVE_CLAIMED = _MOVE.where(
    sa.exists().where(
        schema.claims.c.key == sa.bindparam("this"),
        schema.claims.c.run == sa.bindparam("by"),
    )
)
_TELL = sa.insert(schema.attempts)
# Made once: putting a statement together takes longer than carrying it out.


def _moved(  # noqa: PLR0913, PLR0917 - a row's columns
    connection: sa.Connection,
    key: str,
    state: str,
    at: datetime,
    among: tuple[str, ...],
    why: str = "",
    *,
    run: str | None = None,
) -> bool:
    """Change a letter's state; with a run, only if that one has claimed it."""
    change: dict[str, object] = {"this": key, "among": among, "then": state}
    statement = _MOVE if run is None else _MOVE_CLAIMED
    if run is not None:
        change["by"] = run
    if connection.execute(statement, change).rowcount != 1:
        return False
    entry = {
        "key": key,
        "at": at.astimezone(UTC).isoformat(),
        "state": state,
        "why": storable(why),
    }
    connection.execute(_TELL, entry)
    return True


def _let_go(connection: sa.Connection, key: str) -> None:
    connection.execute(sa.delete(schema.claims).where(schema.claims.c.key == key))
