"""Reading and writing the spans of one source within a transaction."""

from collections.abc import Iterable, Mapping
from datetime import date

import sqlalchemy as sa

from sync.assess.model import Observation
from sync.history import rows, schema, texts
from sync.history.spans import (
    FACTS,
    Day,
    Revision,
    Span,
    facts_in,
    observed,
    revise,
)
from sync.history.storable import storable, storable_facts
from sync.records.model import Status
from sync.records.values.names import name_key

_STATUSES = {status.value: status for status in Status}


def run_days(
    connection: sa.Connection, source_id: int, before: date | None = None
) -> list[date]:
    """List the days judged, oldest first, each once."""
    table = schema.runs.c
    # Taking a write back judges nothing.
    judged = sa.and_(table.source_id == source_id, table.outcome != "undone")
    chosen = sa.select(table.as_of).where(judged).distinct()
    if before is not None:
        chosen = chosen.where(table.as_of < before)
    return list(connection.scalars(chosen.order_by(table.as_of)))


def spans_of(
    connection: sa.Connection, source_id: int, *conditions: sa.ColumnElement[bool]
) -> list[Span]:
    """Read the spans of a source that meet all conditions, oldest first."""
    table = schema.spans.c
    head = (table.id, table.goal_key, table.first_on, table.last_on)
    chosen = (
        sa.select(*head, *(table[name] for name in FACTS))
        .where(table.source_id == source_id, *conditions)
        .order_by(table.first_on)
    )
    return [
        Span(key, first, last, observed(first, (_STATUSES[status], *facts)), row)
        for row, key, first, last, status, *facts in connection.execute(chosen)
    ]


def by_goal(spans: Iterable[Span]) -> dict[str, list[Span]]:
    """Gather spans by goal, keeping their order."""
    found: dict[str, list[Span]] = {}
    for span in spans:
        found.setdefault(span.goal_key, []).append(span)
    return found


def back(day: date, n: int) -> date:
    """Go back some days, not beyond the beginning of the calendar."""
    return date.fromordinal(max(day.toordinal() - n, 1))


def called(connection: sa.Connection, name: str) -> frozenset[str]:
    """Find the keys of people by a name, however it is spelled, or by the key itself."""
    table = schema.spans.c
    known = sa.select(table.person_key, table.owner).distinct()
    wanted = name_key(name)
    return frozenset(
        key
        for key, owner in connection.execute(known)
        if key and wanted in {name_key(key), name_key(owner)}
    )


def forget(connection: sa.Connection, person_key: str) -> int:
    """Delete one person's spans, and what we wrote beside their goals; say how many."""
    span = schema.spans
    theirs = span.c.person_key == person_key
    mine = sa.select(span.c.source_id, span.c.goal_key).where(theirs).distinct()
    gone = 0
    for source_id, goal_key in connection.execute(mine).all():
        gone += texts.forget(connection, source_id, goal_key)
    return gone + connection.execute(sa.delete(span).where(theirs)).rowcount


def day_among(on: date, days: Iterable[date]) -> Day:
    """Place a day among the days with a run, whether it is one of them or not."""
    days = list(days)
    return Day(
        on,
        max((one for one in days if one < on), default=None),
        min((one for one in days if one > on), default=None),
    )


def put_day(
    connection: sa.Connection,
    source_id: int,
    on: date,
    goals: Mapping[str, Observation],
) -> None:
    """Replace what is known of one day by ``goals``: goal key → what it was."""
    seen = {storable(key): storable_facts(one) for key, one in goals.items()}
    day = day_among(on, run_days(connection, source_id))
    table = schema.spans.c
    near = sa.or_(
        sa.and_(table.first_on <= day.on, table.last_on >= day.on),
        table.last_on == day.before if day.before else sa.false(),
        table.first_on == day.after if day.after else sa.false(),
    )
    known = spans_of(connection, source_id, near)
    _write(connection, source_id, revise(known, day, seen))


def _write(connection: sa.Connection, source_id: int, revision: Revision) -> None:
    """Carry a revision out."""
    table = schema.spans
    if revision.removed:
        connection.execute(
            sa.delete(table).where(table.c.id == sa.bindparam("row")),
            [{"row": span.id} for span in revision.removed],
        )
    ends = ("first_on", "last_on")
    changed = [(span.first_on, span.last_on, span.id) for span in revision.changed]
    rows.change(connection, table, ends, changed, where=["id"])
    names = ("source_id", "goal_key", *ends, *FACTS)
    rows.add(connection, table, names, [_row(source_id, one) for one in revision.added])


def _row(source_id: int, span: Span) -> rows.Row:
    status, *facts = facts_in(span.facts)
    head = (source_id, span.goal_key, span.first_on, span.last_on)
    return (*head, status.value, *facts)
