"""What is too old to be kept, forgotten in the same step that remembers what is new."""

from datetime import date

import sqlalchemy as sa

from sync.history import figures, letters, schema

_ON_THEIR_WAY = ("sending", "deferred")


def prune(connection: sa.Connection, source_id: int, before: date) -> None:
    """Forget what one source's goals were, and to whom letters went, before a day.

    What began earlier and still held on that day is known from that day on. The list
    of runs stays, for it tells of nobody, and so do the keys of letters: without them
    somebody would be told the same twice.
    """
    span = schema.spans
    mine = span.c.source_id == source_id
    connection.execute(sa.delete(span).where(mine, span.c.last_on < before))
    began = sa.update(span).where(mine, span.c.first_on < before)
    connection.execute(began.values(first_on=before))
    figures.prune(connection, source_id, before)
    letter = schema.letters.c
    letters.blank(
        connection,
        letter.source_id == source_id,
        letter.at < before.isoformat(),
        letter.recipient != "",
        letter.state.not_in(_ON_THEIR_WAY),
    )
