"""The explicit steps from one version of the history's tables to the next."""

from collections.abc import Callable

import sqlalchemy as sa

from sync.history import former, schema
from sync.history.storable import packed


def _begin(connection: sa.Connection) -> None:
    """Make everything version 1 has."""
    later = (
        *(schema.spans, schema.published, schema.attempts, schema.rounds),
        *(schema.written, schema.undo, schema.claims, schema.eras),
        *(schema.identities, schema.figures, schema.intended),
    )
    others = [table for table in schema.METADATA.sorted_tables if table not in later]
    schema.METADATA.create_all(connection, tables=others, checkfirst=False)
    former.SPANS_1.create(connection, checkfirst=False)
    former.WRITTEN_1.create(connection, checkfirst=False)


def _learn_baselines(connection: sa.Connection) -> None:
    """Remember baselines and confirmations too; those of before are not known."""
    for name in ("baseline", "acknowledged"):
        kind = schema.spans.c[name].type.compile(connection.dialect)
        connection.exec_driver_sql(
            f"ALTER TABLE {schema.spans.name} ADD COLUMN {name} {kind}"
        )


def _keep_published(connection: sa.Connection) -> None:
    """Remember what was published of 360-degree feedback."""
    former.PUBLISHED_3.create(connection, checkfirst=False)


def _keep_attempts(connection: sa.Connection) -> None:
    """Remember what mail servers answered."""
    schema.attempts.create(connection, checkfirst=False)


def _learn_whose_feedback(connection: sa.Connection) -> None:
    """Know whom published feedback is about, so that it can be forgotten with them."""
    connection.exec_driver_sql(
        f"ALTER TABLE {schema.published.name} ADD COLUMN person_key TEXT NOT NULL DEFAULT ''"
    )


def _learn_bias(connection: sa.Connection) -> None:
    """Remember whether a claim was rosier or gloomier than the facts."""
    connection.exec_driver_sql(f"ALTER TABLE {schema.spans.name} ADD COLUMN bias TEXT")


def _keep_rounds(connection: sa.Connection) -> None:
    """Remember every time a command was at work, and what became of it."""
    schema.rounds.create(connection, checkfirst=False)


def _gather_texts(connection: sa.Connection) -> None:
    """Keep the texts beside one goal together."""
    goals: dict[tuple[int, str], dict[str, str]] = {}
    for source_id, goal, column, text in connection.execute(
        sa.select(former.WRITTEN_1)
    ):
        goals.setdefault((source_id, goal), {})[column] = text
    schema.written.create(connection, checkfirst=False)
    rows = [
        {"source_id": source_id, "goal_key": goal, "texts": packed(texts)}
        for (source_id, goal), texts in goals.items()
    ]
    if rows:
        connection.execute(sa.insert(schema.written), rows)
    former.WRITTEN_1.drop(connection, checkfirst=False)


def _keep_undo(connection: sa.Connection) -> None:
    """Remember what the last write of each source replaced."""
    schema.undo.create(connection, checkfirst=False)


def _keep_claims(connection: sa.Connection) -> None:
    """Remember which letters may have gone, should a power cut undo what came after."""
    schema.claims.create(connection, checkfirst=False)
    schema.eras.create(connection, checkfirst=False)
    if connection.dialect.name == "postgresql":
        # What makes it worth having: a server that has crashed empties such tables.
        connection.exec_driver_sql(f"ALTER TABLE {schema.eras.name} SET UNLOGGED")


def _keep_identities(connection: sa.Connection) -> None:
    """Remember what the letters of a renamed workbook know it by."""
    schema.identities.create(connection, checkfirst=False)


def _keep_figures(connection: sa.Connection) -> None:
    """Remember how the follow-up itself stood; before that day nobody counted."""
    schema.figures.create(connection, checkfirst=False)


def _keep_intended(connection: sa.Connection) -> None:
    """Remember apart what is about to be written."""
    schema.intended.create(connection, checkfirst=False)


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
    _keep_figures,
    _keep_intended,
)
"""Step *n* leads from version *n* to *n* + 1. A step is never edited once released:
when the tables above change, the first step gets the old ones written out."""


def version_of(connection: sa.Connection) -> int:
    """Tell which version the tables are of; 0 when there are none."""
    if not sa.inspect(connection).has_table(schema.version.name):
        return 0
    return connection.scalar(sa.select(sa.func.max(schema.version.c.version))) or 0


def migrate(connection: sa.Connection) -> None:
    """Bring the tables to `schema.VERSION`, within the caller's transaction."""
    found = version_of(connection)
    if found >= schema.VERSION:
        return
    for step in STEPS[found:]:
        step(connection)
    connection.execute(sa.delete(schema.version))
    connection.execute(sa.insert(schema.version).values(version=schema.VERSION))
