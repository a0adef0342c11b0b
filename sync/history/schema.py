"""The tables of the history, as they are now; `sync.history.migrations` leads to them."""

import sqlalchemy as sa

VERSION = 13
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
# What is about to be written, while it is: JSON, column key → goal key → text. One row
# a source, since all of it comes and goes at once.
intended = sa.Table(
    "followup_intended",
    METADATA,
    sa.Column("source_id", sa.ForeignKey("followup_source.id"), primary_key=True),
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
# What was counted of the follow-up itself, as JSON: name → how many, of how many.
figures = sa.Table(
    "followup_figures",
    METADATA,
    sa.Column("source_id", sa.ForeignKey("followup_source.id"), primary_key=True),
    sa.Column("as_of", sa.Date, primary_key=True),
    sa.Column("figures", sa.Text, nullable=False),
)


def lock(connection: sa.Connection) -> None:
    """Keep others from changing the tables at the same time, until the end.

    SQLite has locked the whole file already; two processes that open a new history on a
    server at once would both make the tables.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
