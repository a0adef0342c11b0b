"""Which sheet holds which table, and which column is which field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple

from sync.cells import CellRef
from sync.findings import Finding
from sync.wording import Text
from sync.workbooks.snapshot import RawValue


class Kind(StrEnum):
    """What the rows of a table are."""

    GOALS = "goals"
    KPI = "kpi"
    """Measured indicators: read into goals like any other."""
    RATINGS = "ratings"
    PEOPLE = "people"
    FEEDBACK = "feedback"
    CHECKINS = "checkins"
    ACTIONS = "actions"
    LEAVE = "leave"
    """Who is away from when to when, one absence a row."""
    PLANS = "plans"
    """What months, quarters or days are to bring of goals that stand elsewhere."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table."""

    column: int
    """1-based."""
    header: str
    """As the sheet shows it, on one line; empty when the header cell is."""
    field: str | None
    """A name from the vocabulary, or ``None``: not understood."""
    confidence: float
    """0–1; how sure the recognition is, 1 for the user's own word in the config."""
    why: Text
    group: str = ""
    """The merged header above, as in ``销售达成50%``, or empty."""
    period: str = ""
    """The month or quarter this column is for, as in ``2026-03``, or empty."""


class Excluded(NamedTuple):
    """A row inside a table's bounds that is not one of its records."""

    row: int
    reason: Literal[
        "total", "section", "note", "repeated_header", "empty_slot", "legend", "subhead"
    ]
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table on one sheet; several may share a sheet."""

    kind: Kind
    sheet: str
    sheet_index: int
    """0-based among all tabs."""
    header_top: int
    """First row of the header, 1-based; smaller than `header_row` when it has several."""
    header_row: int
    """Last row of the header, 1-based."""
    first_row: int
    last_row: int
    """Data rows, inclusive; ``last_row < first_row`` for a table without rows."""
    columns: tuple[Column, ...]
    """From left to right; every column of the table, understood or not."""
    excluded: tuple[Excluded, ...] = ()
    filled_down: frozenset[int] = frozenset()
    """Columns in which an empty cell continues the value above (merged or blank)."""
    context: Mapping[str, tuple[RawValue, CellRef | None]] = field(default_factory=dict)
    """Field → value and cell that hold for every row, read from the title rows above
    the header or, without a cell, from the sheet's name: employee, period, …"""
    missing: tuple[str, ...] = ()
    """Fields such a table usually has and this one lacks, most important first."""
    confidence: float = 1.0
    why: Text = field(default_factory=lambda: Text("", ""))
    """Why it was taken for this kind."""

    def columns_of(self, name: str) -> tuple[Column, ...]:
        """All columns mapped to a field, the surest first."""
        found = [column for column in self.columns if column.field == name]
        return tuple(sorted(found, key=lambda column: -column.confidence))

    def column_of(self, name: str) -> int | None:
        """Give the column of a field, 1-based, the surest if there are several."""
        found = self.columns_of(name)
        return found[0].column if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """Everything recognised in one workbook."""

    tables: tuple[Table, ...]
    """In the order of the sheets, then from top to bottom and left to right."""
    findings: tuple[Finding, ...] = ()
    """Two columns claiming one field, sheets without a table that look like one, …"""

    def of(self, *kinds: Kind) -> tuple[Table, ...]:
        """The tables of the given kinds, in order."""
        return tuple(table for table in self.tables if table.kind in kinds)
