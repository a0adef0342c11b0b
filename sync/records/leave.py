"""When people are there, from the columns of a sheet of people."""

from datetime import date
from typing import NamedTuple

from sync.records.reading import TableReader
from sync.records.values import wording
from sync.records.values.absences import merged, read_absences
from sync.records.values.cadences import read_cadence
from sync.records.values.dates import Around
from sync.records.values.spans import Span


class Times(NamedTuple):
    """What one row tells; named as the fields of `Person`."""

    left_on: date | None
    moved_on: date | None
    away: tuple[Span, ...]
    cadence_days: int | None


def read_times(reader: TableReader) -> list[Times]:
    """Read when everybody leaves, moved, is away, and how often they are met."""
    columns = zip(
        reader.dates("left_date"),
        reader.dates("moved_date", edge="first"),
        _leave(reader),
        reader.read("cadence", read_cadence, None),
        strict=True,
    )
    return [Times(*row) for row in columns]


def _leave(reader: TableReader) -> list[tuple[Span, ...]]:
    """Read everybody's leave: a column of spans, and one each for first and last day.

    Returns:
        Merged and in order, one list a record. A first day without a last is no leave
        yet: nobody knows how long it is.
    """
    habits, around = reader.date_habits("away"), Around(reader.office.today)
    nothing: tuple[Span, ...] = ()
    written = reader.read(
        "away", lambda raw: read_absences(raw, habits, around), nothing
    )
    firsts = reader.dates("away_start", edge="first")
    lasts = reader.dates("away_end", starts=firsts)
    found: list[tuple[Span, ...]] = []
    for index, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        both = [Span(first, last)] if first and last and first <= last else []
        if first and last and not both:
            text = f"{first.isoformat()} – {last.isoformat()}"
            reader.note(wording.NOT_AN_ABSENCE.about(text), "away_end", index)
        found.append(merged((*written[index], *both)))
    return found
