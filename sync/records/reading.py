"""One recognised table, read column by column."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from sync.cells import CellRef
from sync.findings import Finding
from sync.records.alike import told_apart
from sync.records.filling import Filled, fill_column
from sync.records.model import Place, Status
from sync.records.noting import finding_of, outcome_of
from sync.records.rows import is_blank, rows_with_records
from sync.records.series import last_year_of, series_of
from sync.records.stacked import stacked_of
from sync.records.values.date_habits import DateHabits, habits_of
from sync.records.values.dates import Around, read_date
from sync.records.values.periods import read_period, span_of
from sync.records.values.texts import entry_of, has_cjk, long_entry_of
from sync.records.values.unreadable import UnreadableCell
from sync.tables.model import Table
from sync.workbooks.snapshot import RawValue, Sheet

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Office:
    """What holds for the whole run."""

    today: date
    fiscal_year_starts: int = 1
    date_system: Literal[1900, 1904] = 1900
    labels: Mapping[str, Status | None] | None = None
    """Status words of the office's own, folded → what they claim."""


class TableReader:
    """Reads the columns of one table; every bad cell becomes one finding.

    Attributes:
        table: The table as recognised.
        sheet: The sheet it stands on.
        findings: What could not be read, in the order it was met.
        n: How many rows hold a record.
    """

    def __init__(self, table: Table, sheet: Sheet, office: Office) -> None:
        self.table = table
        self.office = office
        self.findings: list[Finding] = []
        self._noted: set[tuple[CellRef, str, str]] = set()
        self.sheet = sheet
        self._columns: dict[str, int] = {}
        last_year = last_year_of(table)
        for column in sorted(table.columns, key=lambda it: -it.confidence):
            if column.field and column.column not in last_year:
                self._columns.setdefault(column.field, column.column)
        self.rows = rows_with_records(table, sheet, self._columns)
        self._filled: dict[str, Filled] = {}
        self._cells: dict[str, list[RawValue]] = {}
        self._series = series_of(table, [sheet.rows[index] for index in self.rows])
        self._fill_down()
        if stacked := stacked_of(table, sheet):
            self.rows = stacked.rows
            self._columns.update(
                {it.field: it.column for it in stacked.filled.values()}
            )
            self._series = {**self._series, **stacked.series}
            self._filled.update(stacked.filled)
        self.n = len(self.rows)

    def has(self, field: str) -> bool:
        """Tell whether the table has a column, or a title, for a field."""
        return field in self._columns or field in self.table.context

    def has_column(self, field: str) -> bool:
        """Tell whether a field has a column of its own."""
        return field in self._columns

    def header(self, field: str) -> str:
        """Give the header of a field's column; empty when it has none."""
        number = self._columns.get(field)
        found = (it.header for it in self.table.columns if it.column == number)
        return next(found, "")

    def _fill_down(self) -> None:
        excluded = {it.row for it in self.table.excluded}
        people: list[Filled] = []
        for field, column in sorted(self._columns.items(), key=lambda it: it[1]):
            if column in self.table.filled_down:
                self._filled[field] = fill_column(
                    self.sheet,
                    self.table,
                    column,
                    field,
                    excluded=excluded,
                    people=people,
                )

    def cells(self, field: str) -> Sequence[RawValue]:
        """Give a field's raw values, one a record; ``None`` where there is nothing."""
        values = self._cells.get(field)
        if values is None:
            values = self._cells[field] = self._read_cells(field)
        return values

    def _read_cells(self, field: str) -> list[RawValue]:
        column = self._columns.get(field)
        values: list[RawValue]
        if column is None:
            values = [None] * self.n
        elif field in self._series:
            values = list(self._series[field].values)
        elif field in self._filled:
            filled = self._filled[field]
            values = [filled.values[index] for index in self.rows]
        else:
            at = column - 1
            found = (self.sheet.rows[index].values for index in self.rows)
            raws = [row[at] if at < len(row) else None for row in found]
            values = [
                None if raw.__class__ is str and not raw.strip() else raw
                for raw in raws
            ]
        if field in self.table.context:
            title = self.table.context[field][0]
            values = [title if value is None else value for value in values]
        return values

    def at(self, field: str, index: int) -> CellRef:
        """Give the cell that holds the value of a field for a record."""
        column = self._columns.get(field)
        row = self.sheet.rows[self.rows[index]]
        context = self.table.context.get(field)
        if column is None:
            place = context[1] if context else None
            return place or CellRef(
                self.table.sheet, row.number, min(self._columns.values(), default=1)
            )
        if field in self._series:
            column = self._series[field].columns[index]
        if field in self._filled:
            source = self._filled[field].sources[self.rows[index]]
            if source is not None:
                return CellRef(self.table.sheet, source, column)
        here = row.values[column - 1] if column <= len(row.values) else None
        if context and context[1] and is_blank(here):
            return context[1]
        return CellRef(self.table.sheet, row.number, column)

    def read(self, field: str, parse: Callable[[RawValue], T], empty: T) -> list[T]:
        """Read a field for every record.

        Args:
            field: A name of the vocabulary.
            parse: Reads one raw value; may raise `UnreadableCell`.
            empty: What an empty or unreadable cell gives.
        """
        return self.read_beside(field, lambda raw, _: parse(raw), empty, None)

    def read_beside(
        self,
        field: str,
        parse: Callable[[RawValue, Hashable], T],
        empty: T,
        beside: Sequence[Hashable] | None,
    ) -> list[T]:
        """Read a field for every record, given something else about each record."""
        if not self.has(field):
            return [empty] * self.n
        raws = self.cells(field)
        keys, hints = told_apart(raws, beside)
        values: dict[Hashable, T] = {None: empty}
        problems: dict[Hashable, UnreadableCell] = {}
        cells = zip(raws, hints, strict=True)
        for key, (raw, hint) in dict(zip(keys, cells, strict=True)).items():
            if raw is not None:
                outcome = outcome_of(parse, raw, hint, empty)
                values[key] = outcome.value
                if outcome.problem:
                    problems[key] = outcome.problem
        if problems:
            for index, key in enumerate(keys):
                if key in problems:
                    self.note(problems[key], field, index)
        return list(map(values.__getitem__, keys))

    def note(self, problem: UnreadableCell, field: str, index: int) -> None:
        """Keep one finding about a record's cell; the same one only once."""
        at = self.at(field, index)
        said = (at, problem.code, problem.what.in_("en"))
        if said in self._noted:
            return
        self._noted.add(said)
        self.findings.append(finding_of(problem, at))

    def texts(self, field: str) -> list[str]:
        """Read a field as text on one line; ``N/A`` and ``-`` are empty."""
        return self.read(field, entry_of, "")

    def long_texts(self, field: str) -> list[str]:
        """Read a field as text with its line breaks."""
        return self.read(field, long_entry_of, "")

    def periods(self) -> list[str]:
        """Read the review period of every record, normalised."""
        starts = self.office.fiscal_year_starts
        return self.read("period", lambda raw: read_period(raw, starts), "")

    def dates(
        self,
        field: str,
        *,
        edge: Literal["first", "last"] = "last",
        is_past: bool = False,
        periods: Sequence[str] | None = None,
        starts: Sequence[date | None] | None = None,
    ) -> list[date | None]:
        """Read a field as days.

        Args:
            field: A name of the vocabulary.
            edge: Which day a period stands for.
            is_past: Whether the dates tell of what has happened.
            periods: The records' review periods, to infer missing years from.
            starts: The records' first days, likewise.
        """
        office = self.office
        habits = self.date_habits(field, edge)
        known: dict[Hashable, Around] = {None: Around(office.today, is_past=is_past)}

        def parse(raw: RawValue, hint: Hashable) -> date | None:
            return read_date(raw, habits, known[hint])

        if not periods and not starts:
            return self.read_beside(field, parse, None, None)
        pairs = list(
            zip(periods or [""] * self.n, starts or [None] * self.n, strict=True)
        )
        for pair in set(pairs):
            span = span_of(pair[0], office.fiscal_year_starts)
            known[pair] = Around(office.today, span, pair[1], is_past)
        return self.read_beside(field, parse, None, pairs)

    def date_habits(
        self, field: str, edge: Literal["first", "last"] = "last"
    ) -> DateHabits:
        """Learn how a field's column writes its dates.

        Args:
            field: A name of the vocabulary.
            edge: Which day a period stands for.
        """
        return habits_of(
            self.cells(field),
            chinese=has_cjk("".join(it.header for it in self.table.columns)),
            fiscal_year_starts=self.office.fiscal_year_starts,
            date_system=self.office.date_system,
            edge=edge,
        )

    def places(self) -> list[Place]:
        """Give the places of all records."""
        titles: dict[str, CellRef] = {
            field: ref for field, (_, ref) in self.table.context.items() if ref
        }
        only_titles = {
            field: ref for field, ref in titles.items() if field not in self._columns
        }
        sometimes = [field for field in titles if field in self._columns]
        places = []
        for i, index in enumerate(self.rows):
            number = self.sheet.rows[index].number
            if not self._filled and not sometimes and not self._series:
                places.append(
                    Place(self.table.sheet, number, self._columns, only_titles)
                )
                continue
            moved = {
                field: CellRef(self.table.sheet, source, self._columns[field])
                for field, filled in self._filled.items()
                if (source := filled.sources[index]) not in {None, number} and source
            }
            for field in self._series:
                moved[field] = self.at(field, i)
            for field in sometimes:
                if (ref := self.at(field, i)) == titles[field]:
                    moved[field] = ref
            elsewhere = {**only_titles, **moved} if moved else only_titles
            places.append(Place(self.table.sheet, number, self._columns, elsewhere))
        return places
