"""The history: every run remembered, whatever became of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from sync.assess.evaluation.publishing import State
from sync.assess.model import Observation, Past
from sync.errors import HistoryError
from sync.history import (
    days,
    figures,
    ledger,
    letters,
    migrations,
    past,
    published,
    retention,
    schema,
    sources,
    texts,
    undo,
)
from sync.history.connect import engine_for, explained, too_new
from sync.history.letters import Letter, LetterRow, Receipt
from sync.history.lineage import Lineage
from sync.history.postbox import Postbox
from sync.history.rounds import Rounds
from sync.history.runs import RunRecord, RunRow
from sync.history.spans import observations
from sync.history.storable import storable
from sync.history.undo import LastWrites

__all__ = ["History", "Letter", "LetterRow", "Receipt", "RunRecord", "RunRow"]


class History(AbstractContextManager["History"]):
    """Everything Followup remembers, in one database.

    Each method is one transaction: it has happened wholly, or not at all. A source is
    known by its locator: the absolute resolved path, or the URL.
    """

    def __init__(self, engine: sa.Engine, place: str, keep_days: int = 0) -> None:
        self._engine = engine
        # Each is made once: with its ways of beginning it takes as long as a small write.
        self._reads = engine.execution_options(reads_only=True)
        self._notes = engine.execution_options(may_be_late=True)
        self._place = place
        self._keep_days = keep_days

    @classmethod
    def open(cls, url: str | None, keep_days: int = 0) -> Self:
        """Open the history, and bring its tables up to date.

        Args:
            url: An SQLAlchemy URL or a path; ``None`` for an SQLite file in the user's
                state folder, which the variable ``FOLLOWUP_STATE`` names otherwise.
            keep_days: How long what goals were is remembered; 0: for good.

        Raises:
            HistoryError: If it cannot be opened, is something else, or was written by
                a newer version.
        """
        engine, place = engine_for(url)
        history = cls(engine, place, keep_days)
        try:
            history._prepare()
        except HistoryError:
            engine.dispose()
            raise
        return history

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def past(self, source: str, before: date) -> Past:
        """Give what is remembered from days before one, a year and its review at most.

        Args:
            source: The locator.
            before: The day to be judged; its own runs are not part of its past.
        """
        with self._reading() as connection:
            known = sources.find(connection, source)
            return Past() if known is None else past.read(connection, known, before)

    def record(self, source: str, run: RunRecord) -> None:
        """Remember a run, in the place of what was known of its day.

        A run that found everything as the one before it left it only moves that one's
        end: however often nothing happens, the history does not grow.
        """
        with self._writing() as connection:
            known = sources.made(connection, source)
            days.put_day(connection, known, run.as_of, run.goals)
            figures.put(connection, known, run.as_of, run.figures)
            ledger.add(connection, known, run)
            if self._keep_days:
                oldest = days.back(run.finished_at.date(), self._keep_days)
                retention.prune(connection, known, oldest)

    def written(self, source: str) -> Mapping[tuple[str, str], str]:
        """Give what we last wrote: (goal key, own column key) → text."""
        with self._reading() as connection:
            known = sources.find(connection, source)
            return {} if known is None else texts.read(connection, known)

    def remember_written(self, source: str, now: Mapping[tuple[str, str], str]) -> None:
        """Remember what stands in our columns now, in the place of what stood before."""
        with self._writing() as connection:
            known = sources.made(connection, source)
            texts.put(connection, known, now)

    def told(self, keys: Iterable[str]) -> set[str]:
        """Tell which of the letters were told already."""
        with self._reading() as connection:
            return letters.told_among(connection, keys)

    def identity(self, source: str) -> str:
        """Give what a source's letters know it by, whatever it is called today."""
        with self._reading() as connection:
            return sources.identity(connection, source)

    def told_before(self, source: str, since: date | None = None) -> tuple[str, ...]:
        """Give the keys of the letters told from a day on, oldest first."""
        with self._reading() as connection:
            kin = sources.kin(connection, source)
            return letters.told_of(connection, kin, since)

    def remember_letters(
        self,
        source: str,
        receipts: Iterable[Receipt],
        at: datetime,
        about: Iterable[Letter] = (),
    ) -> None:
        """Remember what became of letters.

        Args:
            source: The locator.
            receipts: Their fates.
            at: The moment, with a time zone.
            about: The letters themselves, where whose they are and what they are called
                should be remembered too; nothing of their text is.
        """
        known_letters = {one.key: one for one in about}
        rows = [
            letters.row_of(one, known_letters.get(one.key), at.astimezone(UTC))
            for one in receipts
        ]
        with self._writing() as connection:
            known = sources.made(connection, source)
            letters.remember(connection, known, rows)

    def publish(self, source: str, decide: Callable[[State], State]) -> State:
        """Decide what of 360-degree feedback is published, and remember it first.

        Two runs at once cannot decide on the same past.

        Args:
            source: The locator.
            decide: Published before → published now.
        """
        with self._writing() as connection:
            known = sources.made(connection, source)
            before = published.read(connection, known)
            now = decide(before)
            changed = {k: one for k, one in now.items() if before.get(k) != one}
            published.put(connection, known, changed)
        return now

    def letters(
        self, source: str | None = None, limit: int = 100
    ) -> tuple[LetterRow, ...]:
        """List letters, the latest first, of one source or of all."""
        with self._reading() as connection:
            known = None if source is None else sources.find(connection, source)
            if source is not None and known is None:
                return ()
            return letters.listed(connection, known, limit)

    @property
    def postbox(self) -> Postbox:
        """Give the letters that are on their way."""
        return Postbox(self._reading, self._writing, self._noting)

    @property
    def rounds(self) -> Rounds:
        """Give every time a command was at work."""
        return Rounds(self._reading, self._writing)

    @property
    def lineage(self) -> Lineage:
        """Tell which workbook goes on from which."""
        return Lineage(self._reading, self._writing)

    @property
    def last_writes(self) -> LastWrites:
        """Give the last write of every source, which can be taken back."""
        return LastWrites(self._reading, self._writing, sources.find)

    def runs(self, source: str | None = None, limit: int = 20) -> tuple[RunRow, ...]:
        """List runs, the latest first, of one source or of all."""
        with self._reading() as connection:
            return ledger.listed(connection, source and storable(source), limit)

    def goal_line(self, source: str, goal_key: str) -> tuple[Observation, ...]:
        """Give one goal over time, oldest first: first and last day of each state."""
        with self._reading() as connection:
            known = sources.find(connection, source)
            if known is None:
                return ()
            same = schema.spans.c.goal_key == storable(goal_key)
            found = days.spans_of(connection, known, same)
        return observations(found, lambda day: day)

    def person_keys(self, source: str) -> frozenset[str]:
        """Give the keys of everybody whose goals are remembered of a source."""
        with self._reading() as connection:
            known = sources.find(connection, source)
            mine = schema.spans.c.person_key
            chosen = sa.select(mine).where(schema.spans.c.source_id == known).distinct()
            return frozenset(key for key in connection.scalars(chosen) if key)

    def remembered(self, name: str) -> frozenset[str]:
        """Give the keys of those who are called so, or have it as their key."""
        with self._reading() as connection:
            return days.called(connection, name)

    def forget(self, person_key: str) -> int:
        """Delete everything remembered of one person, in all sources.

        Letters keep their bare keys, so that nobody is told the same twice.

        Returns:
            How many entries were deleted or blanked.
        """
        key = storable(person_key)
        if not key:
            return 0
        with self._writing() as connection:
            undo.forget(connection, key)
            gone = days.forget(connection, key) + published.forget(connection, key)
            return gone + letters.forget(connection, key)

    def _prepare(self) -> None:
        """Bring the tables up to date, or refuse those of a newer version."""
        with self._reading() as connection:
            found = migrations.version_of(connection)
        if found > schema.VERSION:
            raise too_new(found, schema.VERSION, self._place)
        if found < schema.VERSION:
            with self._writing() as connection:
                schema.lock(connection)
                migrations.migrate(connection)

    def _reading(self) -> AbstractContextManager[sa.Connection]:
        return self._transaction(self._reads)

    def _writing(self) -> AbstractContextManager[sa.Connection]:
        return self._transaction(self._engine)

    def _noting(self) -> AbstractContextManager[sa.Connection]:
        return self._transaction(self._notes)

    @contextmanager
    def _transaction(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        with explained(self._place), engine.begin() as connection:
            yield connection
