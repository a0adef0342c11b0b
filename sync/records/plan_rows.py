"""Sheets that spread the targets of goals over months, quarters or days."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

from sync.cells import CellRef
from sync.records.directory import Mention
from sync.records.noting import finding_of, outcome_of
from sync.records.people import name, number
from sync.records.plans import sets_of
from sync.records.reading import TableReader
from sync.records.values import wording as cells
from sync.records.values.names import read_address
from sync.records.values.periods import read_period
from sync.records.values.planned import PlannedPart
from sync.records.values.quantities import read_quantity
from sync.records.values.texts import is_missing, text_of
from sync.records.values.unreadable import Notice
from sync.tables.periods import period_of
from sync.workbooks.snapshot import RawValue, Row

_PERIOD = re.compile(r"\d{4}(?:H[12]|Q[1-4]|-\d\d)")


class Whose(NamedTuple):
    """What a row says about the goal it is the plan of; empty where it does not."""

    goal_id: str
    mention: Mention
    title: str
    measure: str

    @property
    def text(self) -> str:
        """What a sentence calls it."""
        mention = self.mention
        parts = (self.title or self.measure, mention.name or mention.employee_id)
        known = [part for part in parts if part]
        return self.goal_id or " · ".join(known) or mention.department

    @property
    def field(self) -> str:
        """The column that names it best."""
        if self.goal_id:
            return "goal_id"
        if self.title or self.measure:
            return "goal_title" if self.title else "measure"
        return "employee_name" if self.mention.name else "department"


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What the months, quarters or days of one goal are to bring."""

    whose: Whose
    parts: tuple[PlannedPart, ...]
    """In the order of the sheet; one a period."""
    reader: TableReader
    row: int
    """Index of its first record."""

    @property
    def total(self) -> float:
        """What they add up to."""
        return sum(part.amount for part in self.parts)

    def note(self, notice: Notice, **slots: object) -> None:
        """Say at its first row what is wrong with it."""
        problem = notice.about(self.whose.text, **slots)
        self.reader.note(problem, self.whose.field, self.row)


def read_breakdowns(reader: TableReader) -> list[Breakdown]:
    """Read one sheet of plans: a column a month or quarter, or a row a month or day."""
    named = _whose(reader)
    columns = next((it for it, is_last in sets_of(reader.table) if not is_last), None)
    if columns is None:
        return _by_rows(reader, named)
    found = []
    for index, whose in enumerate(named):
        row = reader.sheet.rows[reader.rows[index]]
        parts = [
            PlannedPart(column.period, amount)
            for column in columns
            if (amount := _in_cell(reader, row, column.column)) is not None
        ]
        if parts:
            found.append(Breakdown(whose, tuple(parts), reader, index))
    return found


def _whose(reader: TableReader) -> list[Whose]:
    mentions = zip(
        reader.read("employee_id", number, ""),
        reader.read("email", read_address, ""),
        reader.read("employee_name", name, ""),
        reader.texts("department"),
        strict=True,
    )
    columns = zip(
        reader.read("goal_id", number, ""),
        (Mention(*parts) for parts in mentions),
        reader.texts("goal_title"),
        reader.texts("measure"),
        strict=True,
    )
    return [Whose(*parts) for parts in columns]


def _by_rows(reader: TableReader, named: Sequence[Whose]) -> list[Breakdown]:
    """Read a sheet with a row a period; what stands twice for a day is added up."""
    amounts: dict[Whose, dict[str, float]] = {}
    firsts: dict[Whose, int] = {}
    given = reader.read("target", _amount, None)
    for index, (whose, period, amount) in enumerate(
        zip(named, _periods(reader), given, strict=True)
    ):
        if amount is None or not period:
            continue
        parts = amounts.setdefault(whose, {})
        parts[period] = parts.get(period, 0.0) + amount
        firsts.setdefault(whose, index)
    return [
        Breakdown(whose, _parts(of_periods), reader, firsts[whose])
        for whose, of_periods in amounts.items()
    ]


def _parts(amounts: Mapping[str, float]) -> tuple[PlannedPart, ...]:
    return tuple(PlannedPart(*part) for part in sorted(amounts.items()))


def _periods(reader: TableReader) -> list[str]:
    """Give the day or the month of every row; empty where there is none."""
    starts = reader.office.fiscal_year_starts
    months = reader.read("period", lambda raw: _period(raw, starts), "")
    days = reader.dates("day")
    return [
        day.isoformat() if day else month
        for day, month in zip(days, months, strict=True)
    ]


def _period(raw: RawValue, fiscal_year_starts: int) -> str:
    """Read a month or quarter, which need not say its year."""
    period = read_period(raw, fiscal_year_starts)
    if not period or _PERIOD.fullmatch(period):
        return period
    found = period_of(period)
    if not found:
        raise cells.NOT_A_PERIOD.about(period)
    return found


def _in_cell(reader: TableReader, row: Row, column: int) -> float | None:
    """Read the amount in one of several columns; words become a finding there."""
    raw = row.values[column - 1] if column <= len(row.values) else None
    read = outcome_of(lambda raw, _: _amount(raw), raw, None, None)
    if read.problem:
        at = CellRef(reader.table.sheet, row.number, column)
        reader.findings.append(finding_of(read.problem, at))
    return read.value


def _amount(raw: RawValue) -> float | None:
    """Read an amount; ``None`` for an empty cell and for ``-``."""
    if raw is None or is_missing(text_of(raw)):
        return None
    quantity = read_quantity(raw)
    if quantity is None or quantity.value is None or not isfinite(quantity.value):
        raise cells.NOT_A_NUMBER.about(text_of(raw))
    return quantity.value
