"""What is remembered of one source, as a judgement asks for it."""

from bisect import bisect_right
from datetime import date

import sqlalchemy as sa

from sync.assess.model import Past
from sync.history import days, figures, schema
from sync.history.spans import observations

PAST_DAYS = 400
"""How far back a judgement looks: a year and its review."""


def read(connection: sa.Connection, source_id: int, before: date) -> Past:
    """Give what is remembered from days before one, at most `PAST_DAYS` back.

    Args:
        connection: Within a transaction.
        source_id: Whose.
        before: The day to be judged; its own runs are not part of its past.
    """
    oldest = days.back(before, PAST_DAYS)
    ran = days.run_days(connection, source_id, before)
    table = schema.spans.c
    recent = table.last_on >= oldest
    found = days.spans_of(connection, source_id, table.first_on < before, recent)

    def last_run(day: date) -> date | None:
        n = bisect_right(ran, day)
        return ran[n - 1] if n else None

    return Past(
        previous_run_on=ran[-1] if ran else None,
        goals={
            key: observations(spans, last_run)
            for key, spans in days.by_goal(found).items()
        },
        figures=figures.read(connection, source_id, oldest, before),
    )
