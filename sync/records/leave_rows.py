"""Rows of a sheet of leave: who is away from when to when."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sync.cells import CellRef
from sync.records import wording
from sync.records.directory import Directory, Mention
from sync.records.model import Person
from sync.records.people import name, number
from sync.records.reading import TableReader
from sync.records.values import wording as cells
from sync.records.values.absences import merged, read_absences
from sync.records.values.dates import Around, read_date
from sync.records.values.leave_words import AT_WORK, NOT_GRANTED
from sync.records.values.names import read_address
from sync.records.values.quantities import read_quantity
from sync.records.values.spans import Span
from sync.records.values.texts import folded, long_text_of
from sync.workbooks.snapshot import RawValue

_PART_OF_DAY = re.compile(
    r"\s*[（(]?(?:上午|下午|中午|全天|[ap]\.?m\.?|morning|afternoon|all day)[)）]?\s*$",
    re.IGNORECASE,
)
_HOURS = re.compile(r"小时|工时|时$|\bh(?:ou)?rs?\b|^h$", re.IGNORECASE)
_HOURS_A_DAY = 8


class Absence(NamedTuple):
    """One row that is leave, of somebody who is known."""

    person_key: str
    spans: tuple[Span, ...]


def read_leave(reader: TableReader, directory: Directory) -> list[Absence]:
    """Read the leave of one table.

    Left out without a word: what was refused, called off or is not decided yet, trips
    and overtime, and less than a whole day. A row that does not say until when, or
    whose it is, becomes a finding: nobody's days are guessed.

    Args:
        reader: A sheet of leave.
        directory: Who is who.
    """
    kinds, states = reader.texts("leave_kind"), reader.texts("leave_status")
    by_hour = bool(_HOURS.search(reader.header("leave_days")))
    days = reader.read("leave_days", lambda raw: _days(raw, by_hour=by_hour), None)
    spans = _spans(reader, days)
    mentions = [
        Mention(*parts)
        for parts in zip(
            reader.read("employee_id", number, ""),
            reader.read("email", read_address, ""),
            reader.read("employee_name", name, ""),
            reader.texts("department"),
            strict=True,
        )
    ]
    found = []
    for index, mention in enumerate(mentions):
        if folded(kinds[index]) in AT_WORK or folded(states[index]) in NOT_GRANTED:
            continue
        if not spans[index]:
            continue
        person = _whose(reader, index, mention, directory)
        if person is not None:
            found.append(Absence(person, spans[index]))
    return found


def with_leave(
    people: Iterable[Person], absences: Iterable[Absence]
) -> tuple[Person, ...]:
    """Add what the sheets of leave say to what stands beside the people themselves."""
    away: defaultdict[str, list[Span]] = defaultdict(list)
    for absence in absences:
        away[absence.person_key] += absence.spans
    return tuple(_with(person, away) for person in people)


def _with(person: Person, away: Mapping[str, Sequence[Span]]) -> Person:
    spans = away.get(person.key)
    return replace(person, away=merged([*person.away, *spans])) if spans else person


def _spans(reader: TableReader, days: Sequence[float | None]) -> list[tuple[Span, ...]]:
    """Read from when to when each row is, in one column or two."""
    around = Around(reader.office.today)
    habits = reader.date_habits("away")
    nothing: tuple[Span, ...] = ()
    written = reader.read(
        "away", lambda raw: read_absences(_day(raw), habits, around), nothing
    )
    firsts = _dates(reader, "away_start", [None] * reader.n)
    lasts = _dates(reader, "away_end", firsts)
    wholes = list(written)
    noted = frozenset(it.at for it in reader.findings)
    for index, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        n_days = days[index]
        if first is not None and not wholes[index]:
            is_single = last is None and n_days is not None and n_days <= 1
            ends = first, first if is_single else last
            wholes[index] = _between(reader, index, *ends, noted=noted)
        is_part = n_days is not None and n_days < 1
        if is_part and all(one.first == one.last for one in wholes[index]):
            wholes[index] = ()
    return wholes


def _between(
    reader: TableReader,
    index: int,
    first: date,
    last: date | None,
    *,
    noted: Collection[CellRef | None],
) -> tuple[Span, ...]:
    """Give the days from the first to the last, or say that they are no time."""
    if last is not None and first <= last:
        return (Span(first, last),)
    field = "away_end" if reader.has("away_end") else "away_start"
    at = reader.at(field, index)
    # A cell that could not be read has a finding of its own.
    if at not in noted:
        ends = last.isoformat() if last else long_text_of(reader.cells(field)[index])
        notice = cells.NOT_AN_ABSENCE.about(f"{first.isoformat()} – {ends or '?'}")
        reader.note(notice, field, index)
    return ()


def _dates(
    reader: TableReader, field: str, starts: Sequence[date | None]
) -> list[date | None]:
    """Read days that may say the part of the day, as in ``8月3日 上午``."""
    habits = reader.date_habits(field, "first" if field == "away_start" else "last")
    today = reader.office.today
    return reader.read_beside(
        field,
        lambda raw, start: read_date(
            _day(raw),
            habits,
            Around(today, start=start if isinstance(start, date) else None),
        ),
        None,
        starts,
    )


def _day(raw: RawValue) -> RawValue:
    return _PART_OF_DAY.sub("", raw) if isinstance(raw, str) else raw


def _days(raw: RawValue, *, by_hour: bool) -> float | None:
    """Read how long it is, in days of eight hours."""
    found = read_quantity(raw)
    if found is None or found.value is None:
        return None
    by_hour = bool(_HOURS.search(found.unit)) if found.unit else by_hour
    return found.value / _HOURS_A_DAY if by_hour else found.value


def _whose(
    reader: TableReader, index: int, mention: Mention, directory: Directory
) -> str | None:
    """Find the person, or say at the cell why nobody is found."""
    found = directory.find(mention)
    if found.problem:
        field = {"id": "employee_id", "email": "email"}.get(found.by, "employee_name")
        reader.note(found.problem, field, index)
    elif not any(mention[:3]):
        reader.note(wording.NOBODY_NAMED.about(""), "employee_name", index)
    return found.key
