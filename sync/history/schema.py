"""The tables of the history, and the explicit steps from one version to the next."""

from collections.abc import Callable

import sqlalchemy as sa

from sync.history import former
from sync.history.storable import packed

VERSION = 11
"""What this program reads and writes."""

_LOCK = 0x466F6C6C6F777570
"""A number of our own for the server's lock: "Followup" in ASCII."""

METADATA = sa.MetaData()

# The prefix lets the history share a PostgreSQL schema with other applications.
version = sa.Table(
    "followup_version",
    METADATA,
    sa.Column("version", sa.Integer, nullable=False),
)
sources = sa.Table(
    "followup_source",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("locator", sa.Text, nullable=False, unique=True),
)
# What the letters of a workbook that was renamed or copied know it by.
identities = sa.Table(
    "followup_identity",
    METADATA,
    sa.Column("source_id", sa.ForeignKey("followup_source.id"), primary_key=True),
    sa.Column("identity", sa.Text, nullable=False),
)
runs = sa.Table(
    "followup_run",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("source_id", sa.ForeignKey("followup_source.id"), nullable=False),
    sa.Column("as_of", sa.Date, nullable=False),
    # Moments are kept as ISO 8601 in UTC: SQLite has no type that keeps a zone.
    sa.Column("started_at", sa.Text, nullable=False),
    sa.Column("finished_at", sa.Text, nullable=False),
    sa.Column("fingerprint_before", sa.Text, nullable=False),
    sa.Column("fingerprint_after", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("n_goals", sa.Integer, nullable=False),
    sa.Column("n_findings", sa.Integer, nullable=False),
    sa.Column("n_cells", sa.Integer, nullable=False),
    sa.Index("followup_run_by_day", "source_id", "as_of"),
)
spans = sa.Table(
    "followup_span",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("source_id", sa.ForeignKey("followup_source.id"), nullable=False),
    sa.Column("goal_key", sa.Text, nullable=False),
    sa.Column("first_on", sa.Date, nullable=False),
    sa.Column("last_on", sa.Date, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("progress", sa.Double),
    sa.Column("current", sa.Text, nullable=False),
    sa.Column("target", sa.Text, nullable=False),
    sa.Column("weight", sa.Double),
    sa.Column("due_on", sa.Date),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("person_key", sa.Text),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("baseline", sa.Text),
    sa.Column("acknowledged", sa.Boolean),
    sa.Column("bias", sa.Text),
    sa.Index("followup_span_by_goal", "source_id", "goal_key"),
    sa.Index("followup_span_by_last", "source_id", "last_on"),
    sa.Index("followup_span_by_person", "person_key"),
)
# One row a goal: a row for each cell would be most of the history, and of its time.
written = sa.Table(
    "followup_texts",
    METADATA,
    sa.Column("source_id", sa.ForeignKey("followup_source.id"), primary_key=True),
    sa.Column("goal_key", sa.Text, primary_key=True),
    # A JSON object: column key → text.
    sa.Column("texts", sa.Text, nullable=False),
)
# What one write replaced, as JSON: goal key → column key → text. One row a source.
undo = sa.Table(
    "followup_undo",
    METADATA,
    sa.Column("source_id", sa.ForeignKey("followup_source.id"), primary_key=True),
    sa.Column("fingerprint_before", sa.Text, nullable=False),
    sa.Column("fingerprint_after", sa.Text, nullable=False),
    sa.Column("texts", sa.Text, nullable=False),
)
letters = sa.Table(
    "followup_letter",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("source_id", sa.ForeignKey("followup_source.id"), nullable=False),
    sa.Column("person_key", sa.Text, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("audience", sa.Text, nullable=False),
    sa.Column("period", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Index("followup_letter_by_time", "source_id", "at"),
)
# Every change of a letter's state on its way; nothing here is ever changed.
attempts = sa.Table(
    "followup_attempt",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Index("followup_attempt_by_key", "key"),
)
# Letters that may have gone since the last word on them that is surely on the disk.
claims = sa.Table(
    "followup_claim",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    # Which run of sending has it, and in which era (see `sync.history.era`).
    sa.Column("run", sa.Text, nullable=False),
    sa.Column("era", sa.Text, nullable=False),
)
# One row at most, on a server only; see `sync.history.era`.
eras = sa.Table(
    "followup_era",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("mark", sa.Text, nullable=False),
)
published = sa.Table(
    "followup_published",
    METADATA,
    sa.Column("source_id", sa.ForeignKey("followup_source.id"), primary_key=True),
    sa.Column("ratee_key", sa.Text, primary_key=True),
    sa.Column("cycle", sa.Text, primary_key=True),
    sa.Column("relation", sa.Text, primary_key=True),
    sa.Column("person_key", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("share", sa.Double, nullable=False),
    # Digests, apart from each other by spaces: never a name, a text or one answer.
    sa.Column("raters", sa.Text, nullable=False),
    sa.Column("comments", sa.Text, nullable=False),
)
# Every time a command was at work; ``slot`` is the occasion that it was scheduled for.
rounds = sa.Table(
    "followup_round",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("job", sa.Text, nullable=False),
    sa.Column("command", sa.Text, nullable=False),
    sa.Column("slot", sa.Text),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("started_at", sa.Text, nullable=False),
    sa.Column("finished_at", sa.Text),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("exit_code", sa.Integer),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("counts", sa.Text, nullable=False),
    sa.Index("followup_round_by_slot", "job", "slot"),
)


def _begin(connection: sa.Connection) -> None:
    """Make everything version 1 has."""
    later = (
        *(spans, published, attempts, rounds, written, undo, claims, eras),
        identities,
    )
    others = [table for table in METADATA.sorted_tables if table not in later]
    METADATA.create_all(connection, tables=others, checkfirst=False)
    former.SPANS_1.create(connection, checkfirst=False)
    former.WRITTEN_1.create(connection, checkfirst=False)


def _learn_baselines(connection: sa.Connection) -> None:
    """Remember baselines and confirmations too; those of before are not known."""
    for name in ("baseline", "acknowledged"):
        kind = spans.c[name].type.compile(connection.dialect)
        connection.exec_driver_sql(f"ALTER TABLE {spans.name} ADD COLUMN {name} {kind}")


def _keep_published(connection: sa.Connection) -> None:
    """Remember what was published of 360-degree feedback."""
    former.PUBLISHED_3.create(connection, checkfirst=False)


def _keep_attempts(connection: sa.Connection) -> None:
    """Remember what mail servers answered."""
    attempts.create(connection, checkfirst=False)


def _learn_whose_feedback(connection: sa.Connection) -> None:
    """Know whom published feedback is about, so that it can be forgotten with them."""
    connection.exec_driver_sql(
        f"ALTER TABLE {published.name} ADD COLUMN person_key TEXT NOT NULL DEFAULT ''"
    )


def _learn_bias(connection: sa.Connection) -> None:
    """Remember whether a claim was rosier or gloomier than the facts."""
    connection.exec_driver_sql(f"ALTER TABLE {spans.name} ADD COLUMN bias TEXT")


def _keep_rounds(connection: sa.Connection) -> None:
    """Remember every time a command was at work, and what became of it."""
    rounds.create(connection, checkfirst=False)


def _gather_texts(connection: sa.Connection) -> None:
    """Keep the texts beside one goal together."""
    goals: dict[tuple[int, str], dict[str, str]] = {}
    for source_id, goal, column, text in connection.execute(
        sa.select(former.WRITTEN_1)
    ):
        goals.setdefault((source_id, goal), {})[column] = text
    written.create(connection, checkfirst=False)
    rows = [
        {"source_id": source_id, "goal_key": goal, "texts": packed(texts)}
        for (source_id, goal), texts in goals.items()
    ]
    if rows:
        connection.execute(sa.insert(written), rows)
    former.WRITTEN_1.drop(connection, checkfirst=False)


def _keep_undo(connection: sa.Connection) -> None:
    """Remember what the last write of each source replaced."""
    undo.create(connection, checkfirst=False)


def _keep_claims(connection: sa.Connection) -> None:
    """Remember which letters may have gone, should a power cut undo what came after."""
    claims.create(connection, checkfirst=False)
    eras.create(connection, checkfirst=False)
    if connection.dialect.name == "postgresql":
        # What makes it worth having: a server that has crashed empties such tables.
        connection.exec_driver_sql(f"ALTER TABLE {eras.name} SET UNLOGGED")


def _keep_identities(connection: sa.Connection) -> None:
    """Remember what the letters of a renamed workbook know it by."""
    identities.create(connection, checkfirst=False)


STEPS: tuple[Callable[[sa.Connection], None], ...] = (
    _begin,
    _learn_baselines,
    _keep_published,
    _keep_attempts,
    _learn_whose_feedback,
    _learn_bias,
    _keep_rounds,
    _gather_texts,
    _keep_undo,
    _keep_claims,
    _keep_identities,
)
"""Step *n* leads from version *n* to *n* + 1. A step is never edited once released:
when the tables above change, the first step gets the old ones written out."""


def version_of(connection: sa.Connection) -> int:
    """Tell which version the tables are of; 0 when there are none."""
    if not sa.inspect(connection).has_table(version.name):
        return 0
    return connection.scalar(sa.select(sa.func.max(version.c.version))) or 0


def migrate(connection: sa.Connection) -> None:
    """Bring the tables to `VERSION`, within the caller's transaction."""
    found = version_of(connection)
    if found >= VERSION:
        return
    for step in STEPS[found:]:
        step(connection)
    connection.execute(sa.delete(version))
    connection.execute(sa.insert(version).values(version=VERSION))


def lock(connection: sa.Connection) -> None:
    """Keep others from changing the tables at the same time, until the end.

    SQLite has locked the whole file already; two processes that open a new history on a
    server at once would both make the tables.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
