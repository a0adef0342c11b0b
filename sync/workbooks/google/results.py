"""Our hidden tab: for each row's key what its columns show, one block a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sync.workbooks.google.reading import Tab
from sync.workbooks.google.values import Json, extended
from sync.workbooks.plan import OwnKey, Scalar
from sync.workbooks.snapshot import RawValue

KEYS: tuple[OwnKey, ...] = ("status", "why", "smart", "next")
WIDTH = 1 + len(KEYS)
Name = str | int
MAX_BYTES = 1_800_000
"""Of one request; Google recommends at most 2 MB a call."""
_ROOM = 200
"""Rows a new tab, or one that is full, has left over."""


def key_column(table: int) -> int:
    """Give the column of our tab that holds the keys of a table, 1-based."""
    return (table - 1) * WIDTH + 1


def value_column(table: int, key: OwnKey) -> int:
    """Give the column of our tab that holds what a column of ours shows, 1-based."""
    return key_column(table) + 1 + KEYS.index(key)


@dataclass(slots=True)
class Block:
    """What our tab holds for one table, and what it shall hold."""

    table: int
    rows: dict[Name, int] = field(default_factory=dict)
    """Key → row of our tab, 1-based."""
    there: dict[Name, tuple[RawValue, ...]] = field(default_factory=dict)
    wanted: dict[Name, list[Scalar]] = field(default_factory=dict)
    heads: tuple[RawValue, ...] = ()
    """What the header cells of our columns show, as far as we know."""
    spare: list[int] = field(default_factory=list)
    """Rows that hold nothing, or a key a second time."""
    n_rows: int = 1

    @classmethod
    def of(cls, table: int, tab: Tab | None) -> "Block":
        """Read the block of a table."""
        block = cls(table)
        left = key_column(table) - 1
        rows = tab.rows if tab else ()
        for number, row in enumerate(rows, start=1):
            values = (*row, *(None,) * (left + WIDTH))[left : left + WIDTH]
            name = values[0]
            if number == 1:
                block.heads = values[1:]
            elif isinstance(name, str | int) and name not in block.rows:
                block.rows[name] = number
                block.there[name] = values[1:]
            else:
                block.spare.append(number)
        block.n_rows = max(1, len(rows))
        return block

    def says(self, name: Name, key: OwnKey) -> RawValue:
        """Give what our tab holds now for one row's column."""
        values = self.there.get(name)
        return values[KEYS.index(key)] if values else None

    def put(self, name: Name, key: OwnKey, value: Scalar) -> None:
        """Want a value."""
        self._row(name)[KEYS.index(key)] = value

    def _row(self, name: Name) -> list[Scalar]:
        if name not in self.wanted:
            there = self.there.get(name, (None,) * len(KEYS))
            # What we once wrote there was text, a number or a date: never an error.
            self.wanted[name] = [None if isinstance(v, bool) else v for v in there]
        return self.wanted[name]

    def requests(
        self, sheet_id: int, kept: set[Name], heads: Sequence[str]
    ) -> list[Json]:
        """Write what changed; a row is always written with its key.

        Args:
            sheet_id: Of our tab.
            kept: The keys that stand in the sheet; others are taken out.
            heads: What the header cells show.
        """
        cells: dict[int, tuple[Scalar, ...]] = {}
        for name, number in self.rows.items():
            if name not in kept:
                cells[number] = (None,) * WIDTH
        free = [*reversed(self.spare)]
        for name, values in self.wanted.items():
            if name in self.there and tuple(values) == self.there[name]:
                continue
            cells[self._place(name, free)] = (name, *values)
        if tuple(heads) != self.heads:
            cells[1] = (f"key:{self.table}", *heads)
        left = key_column(self.table) - 1
        return list(cell_updates(sheet_id, left, cells))

    def _place(self, name: Name, free: list[int]) -> int:
        """Give the row of a name: its own, else a free one, else a new one."""
        if name in self.rows:
            return self.rows[name]
        if free:
            return free.pop()
        self.n_rows += 1
        return self.n_rows


def cell_updates(
    sheet_id: int, left: int, cells: Mapping[int, Sequence[Scalar]]
) -> Iterator[Json]:
    """Write rows of one block, neighbours together, in requests of bounded size.

    Args:
        sheet_id: Of the tab.
        left: The block's first column, 0-based.
        cells: Row, 1-based → its values.
    """
    run: list[Json] = []
    first = size = 0
    for number in sorted(cells):
        if run and (number != first + len(run) or size > MAX_BYTES // 4):
            yield _update(sheet_id, first, left, run)
            run, size = [], 0
        if not run:
            first = number
        row = {"values": [{"userEnteredValue": extended(v)} for v in cells[number]]}
        run.append(row)
        size += sum(len(str(value).encode()) + 50 for value in cells[number])
    if run:
        yield _update(sheet_id, first, left, run)


def _update(sheet_id: int, row: int, left: int, rows: list[Json]) -> Json:
    start = {"sheetId": sheet_id, "rowIndex": row - 1, "columnIndex": left}
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def room_for(tab: Tab, n_rows: int, n_tables: int) -> list[Json]:
    """Make our tab large enough."""
    requests = []
    for dimension, there, needed in (
        ("ROWS", tab.n_rows, n_rows),
        ("COLUMNS", tab.n_columns, n_tables * WIDTH),
    ):
        if needed > there:
            length = needed - there + (_ROOM if dimension == "ROWS" else 0)
            requests.append(
                {
                    "appendDimension": {
                        "sheetId": tab.sheet_id,
                        "dimension": dimension,
                        "length": length,
                    }
                }
            )
    return requests
