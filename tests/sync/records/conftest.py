"""Small workbooks, given as rows of fields and values."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import pytest

from sync.cells import Area, CellRef
from sync.records.model import Records
from sync.records.parse import parse
from sync.tables.model import Column, Excluded, Kind, Recognition, Table
from sync.wording import Text
from sync.workbooks.snapshot import RawValue, Row, Sheet, Snapshot

TODAY = date(2026, 8, 31)
NOTHING = Text("", "")

Grid = Sequence[Sequence[RawValue]]


def _table(  # noqa: PLR0913
    kind: Kind,
    grid: Grid,
    *,
    headers: Mapping[str, str],
    groups: Mapping[int, str],
    months: Mapping[int, str],
    filled_down: frozenset[int],
    excluded: Sequence[int],
    context: Mapping[str, tuple[RawValue, CellRef | None]],
) -> Table:
    columns = tuple(
        Column(
            column=number,
            header=headers.get(str(field), str(field)),
            field=str(field) if field else None,
            confidence=1.0,
            why=NOTHING,
            group=groups.get(number, ""),
            period=months.get(number, ""),
        )
        for number, field in enumerate(grid[0], 1)
    )
    return Table(
        kind=kind,
        sheet=kind.value,
        sheet_index=0,
        header_top=1,
        header_row=1,
        first_row=2,
        last_row=len(grid),
        columns=columns,
        excluded=tuple(Excluded(row, "total", NOTHING) for row in excluded),
        filled_down=filled_down,
        context=context,
    )


@pytest.fixture
def read() -> Callable[..., Records]:
    """Parse sheets given as ``kind=[fields, row, row, …]``; the header is row 1."""

    def read_sheets(  # noqa: PLR0913
        *,
        today: date = TODAY,
        fiscal_year_starts: int = 1,
        labels: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        groups: Mapping[int, str] | None = None,
        months: Mapping[int, str] | None = None,
        filled_down: Sequence[int] = (),
        merges: Sequence[str] = (),
        excluded: Sequence[int] = (),
        context: Mapping[str, tuple[RawValue, CellRef | None]] | None = None,
        **grids: Grid,
    ) -> Records:
        sheets, tables = [], []
        for index, (name, grid) in enumerate(grids.items()):
            rows = tuple(
                Row(n, tuple(row))
                for n, row in enumerate(grid, 1)
                if any(value is not None for value in row)
            )
            areas = tuple(Area.parse(it) for it in merges)
            sheets.append(Sheet(name=name, index=index, rows=rows, merges=areas))
            tables.append(
                _table(
                    Kind(name),
                    grid,
                    headers=headers or {},
                    groups=groups or {},
                    months=months or {},
                    filled_down=frozenset(filled_down),
                    excluded=excluded,
                    context=context or {},
                )
            )
        snapshot = Snapshot(
            locator="book.xlsx", format="memory", fingerprint="1", sheets=tuple(sheets)
        )
        recognition = Recognition(tables=tuple(tables))
        return parse(
            snapshot,
            recognition,
            today=today,
            fiscal_year_starts=fiscal_year_starts,
            labels=labels,
        )

    return read_sheets
