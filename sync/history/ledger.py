"""The list of runs."""

from datetime import UTC, datetime

import sqlalchemy as sa

from sync.history import schema
from sync.history.runs import RunRecord, RunRow


def add(connection: sa.Connection, source_id: int, run: RunRecord) -> None:
    """Enter a run; one in which nothing happened prolongs an equal one before it."""
    table = schema.runs
    newest = (
        sa.select(table)
        .where(table.c.source_id == source_id)
        .order_by(table.c.id.desc())
        .limit(1)
    )
    last = connection.execute(newest).first()
    finished = run.finished_at.astimezone(UTC).isoformat()
    idle = run.outcome == "nothing" and last is not None
    if idle and last is not None and _same(last, run):
        this = table.c.id == last.id
        connection.execute(sa.update(table).where(this).values(finished_at=finished))
        return
    connection.execute(
        sa.insert(table).values(
            source_id=source_id,
            as_of=run.as_of,
            started_at=run.started_at.astimezone(UTC).isoformat(),
            finished_at=finished,
            fingerprint_before=run.fingerprint_before,
            fingerprint_after=run.fingerprint_after,
            outcome=run.outcome,
            n_goals=run.n_goals,
            n_findings=run.n_findings,
            n_cells=run.n_cells,
        )
    )


def listed(
    connection: sa.Connection, locator: str | None, limit: int
) -> tuple[RunRow, ...]:
    """List runs, the latest first, of one source or of all."""
    run, of = schema.runs, schema.sources
    chosen = (
        sa.select(run, of.c.locator)
        .join_from(run, of)
        .order_by(run.c.finished_at.desc(), run.c.id.desc())
        .limit(limit)
    )
    if locator is not None:
        chosen = chosen.where(of.c.locator == locator)
    return tuple(
        RunRow(
            id=row.id,
            source=row.locator,
            as_of=row.as_of,
            started_at=datetime.fromisoformat(row.started_at),
            finished_at=datetime.fromisoformat(row.finished_at),
            fingerprint_before=row.fingerprint_before,
            fingerprint_after=row.fingerprint_after,
            outcome=row.outcome,
            n_goals=row.n_goals,
            n_findings=row.n_findings,
            n_cells=row.n_cells,
        )
        for row in connection.execute(chosen)
    )


def _same(last: sa.Row[tuple[object, ...]], run: RunRecord) -> bool:
    """Whether a run found what an earlier one left."""
    return (
        last.as_of == run.as_of
        and last.fingerprint_after == run.fingerprint_after
        and last.outcome == "nothing"
        and (last.n_goals, last.n_findings) == (run.n_goals, run.n_findings)
    )
