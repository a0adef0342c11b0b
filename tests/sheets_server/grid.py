"""One tab: its rows and columns, and everything on it that moves with them."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from tests.sheets_server.a1 import Box
from tests.sheets_server.cells import (
    BLANK_COLUMN,
    BLANK_ROW,
    EMPTY,
    Cell,
    Column,
    Formula,
    Metadata,
    Row,
    Value,
)
from tests.sheets_server.refusals import Json, invalid

EDGES = {
    "ROWS": ("startRowIndex", "endRowIndex"),
    "COLUMNS": ("startColumnIndex", "endColumnIndex"),
}
LISTS = (
    "merges",
    "conditional_formats",
    "protected",
    "charts",
    "banded",
    "filter_views",
)


class Sheet:
    """A tab of a spreadsheet. Only `tests.sheets_server.book.Book` makes copies."""

    def __init__(self, sheet_id: int, title: str, rows: int, columns: int) -> None:
        self.properties: Json = {
            "sheetId": sheet_id,
            "title": title,
            "index": 0,
            "sheetType": "GRID",
            "gridProperties": {"rowCount": rows, "columnCount": columns},
        }
        self.rows: list[Row] = [BLANK_ROW] * rows
        self.columns: list[Column] = [BLANK_COLUMN] * columns
        self.metadata: tuple[Metadata, ...] = ()
        self.merges: list[Json] = []
        self.conditional_formats: list[Json] = []
        self.protected: list[Json] = []
        self.charts: list[Json] = []
        self.banded: list[Json] = []
        self.filter_views: list[Json] = []
        self.basic_filter: Json | None = None
        self.groups: dict[str, list[Json]] = {"ROWS": [], "COLUMNS": []}

    @property
    def id(self) -> int:
        return int(self.properties["sheetId"])

    @property
    def title(self) -> str:
        return str(self.properties["title"])

    @property
    def height(self) -> int:
        return len(self.rows)

    @property
    def width(self) -> int:
        return len(self.columns)

    @property
    def box(self) -> Box:
        return Box(0, self.height, 0, self.width)

    def copy(self) -> "Sheet":
        twin = Sheet(self.id, self.title, 0, 0)
        twin.properties = copy.deepcopy(self.properties)
        twin.rows, twin.columns = self.rows.copy(), self.columns.copy()
        twin.metadata = self.metadata
        for name in LISTS:
            setattr(twin, name, copy.deepcopy(getattr(self, name)))
        twin.basic_filter = copy.deepcopy(self.basic_filter)
        twin.groups = copy.deepcopy(self.groups)
        return twin

    def cell(self, row: int, column: int) -> Cell | None:
        return self.rows[row].at(column) if row < len(self.rows) else None

    def value(self, row: int, column: int) -> Value:
        cell = self.cell(row, column)
        return None if cell is None else cell.value

    def put(self, row: int, column: int, cell: Cell) -> None:
        kept = None if cell.says_nothing() else cell
        self.rows[row] = self.rows[row].having(column, kept)

    def change(self, row: int, column: int, **changes: Any) -> None:
        """Put what a cell becomes when the named parts of it are others."""
        self.put(row, column, (self.cell(row, column) or EMPTY)._replace(**changes))

    def formulas(self) -> Iterator[tuple[int, int, str]]:
        """Give row, column and text of every formula."""
        for number, row in enumerate(self.rows):
            for column, cell in enumerate(row.cells):
                if cell is not None and isinstance(cell.value, Formula):
                    yield number, column, cell.value.text

    def extent(self) -> tuple[int, int]:
        """Count the rows and columns up to the last cell with a value."""
        height = width = 0
        for number, row in enumerate(self.rows):
            for column in range(len(row.cells) - 1, -1, -1):
                cell = row.cells[column]
                if cell is not None and cell.value is not None:
                    height, width = number + 1, max(width, column + 1)
                    break
        return height, width

    def resize(self, rows: int | None = None, columns: int | None = None) -> None:
        if rows is not None:
            del self.rows[rows:]
            self.rows += [BLANK_ROW] * (rows - len(self.rows))
        if columns is not None:
            del self.columns[columns:]
            self.columns += [BLANK_COLUMN] * (columns - len(self.columns))
            for number, row in enumerate(self.rows):
                if len(row.cells) > columns:
                    self.rows[number] = row.carrying(row.cells[:columns])
        self.count()

    def count(self) -> None:
        grid = self.properties.setdefault("gridProperties", {})
        grid["rowCount"], grid["columnCount"] = self.height, self.width

    def insert(self, dimension: str, start: int, count: int, *, like: int) -> None:
        """Insert blank rows or columns before ``start``, formatted like another one."""
        if dimension == "ROWS":
            model = self.rows[like]
            blank = Row(formats(model.cells), model.properties)
            self.rows[start:start] = [blank] * count
        else:
            model_column = self.columns[like]
            self.columns[start:start] = [Column(model_column.properties)] * count
            for number, row in enumerate(self.rows):
                if len(row.cells) > start:
                    new = formats((row.at(like),)) * count
                    cells = (*row.cells[:start], *new, *row.cells[start:])
                    self.rows[number] = row.carrying(cells)
        self.shift_ranges(dimension, start, count)
        self.count()

    def delete(self, dimension: str, start: int, end: int) -> None:
        if dimension == "ROWS":
            del self.rows[start:end]
        else:
            del self.columns[start:end]
            for number, row in enumerate(self.rows):
                if len(row.cells) > start:
                    cells = row.cells[:start] + row.cells[end:]
                    self.rows[number] = row.carrying(cells)
        self.shift_ranges(dimension, start, start - end)
        self.count()

    def move(self, dimension: str, moved: range, to: int) -> None:
        """Move rows or columns; ``to`` counts before they are taken out."""
        start, end = moved.start, moved.stop
        if to > start:
            to -= len(moved)
        if dimension == "ROWS":
            block = self.rows[start:end]
            del self.rows[start:end]
            self.rows[to:to] = block
            return
        columns = self.columns[start:end]
        del self.columns[start:end]
        self.columns[to:to] = columns
        for number, row in enumerate(self.rows):
            padded = [*row.cells, *(None,) * (self.width - len(row.cells))]
            cells = padded[start:end]
            del padded[start:end]
            padded[to:to] = cells
            self.rows[number] = row.carrying(tuple(padded))

    def ranges(self) -> Iterator[Json]:
        """Give every range on this sheet that moves with its rows and columns."""
        yield from self.merges
        for rule in self.conditional_formats:
            yield from rule.get("ranges", [])
        for one in self.protected:
            yield from ([one["range"]] if "range" in one else [])
            yield from one.get("unprotectedRanges", [])
        for holder in (self.basic_filter, *self.banded, *self.filter_views):
            if holder and "range" in holder:
                yield holder["range"]
        for chart in self.charts:
            yield from chart_ranges(chart, self.id)

    def shift_ranges(self, dimension: str, start: int, count: int) -> None:
        for one in self.ranges():
            shift_range(one, EDGES[dimension], start, count)
        self.merges = [one for one in self.merges if not vanished(one)]
        for rule in self.conditional_formats:
            rule["ranges"] = [one for one in rule["ranges"] if not vanished(one)]
        # A rule whose cells are all gone goes with them, as does a protection.
        self.conditional_formats = [r for r in self.conditional_formats if r["ranges"]]
        self.protected = [
            one for one in self.protected if not vanished(one.get("range", {}))
        ]
        if self.basic_filter and vanished(self.basic_filter["range"]):
            self.basic_filter = None
        self.banded = [one for one in self.banded if not vanished(one["range"])]
        for group in self.groups[dimension]:
            shift_range(group["range"], ("startIndex", "endIndex"), start, count)

    def require(self, dimension: str, start: int, end: int, where: str) -> None:
        """Refuse rows or columns that the grid does not have."""
        size = self.height if dimension == "ROWS" else self.width
        word = "row" if dimension == "ROWS" else "column"
        if not 0 <= start < end:
            raise invalid(f"{where}range.startIndex must be less than range.endIndex")
        if end > size:
            raise invalid(
                f"{where}range.endIndex[{end}] after last {word} in grid[{size}]"
            )


def formats(cells: tuple[Cell | None, ...]) -> tuple[Cell | None, ...]:
    """Keep of cells what a new row or column inherits."""
    return tuple(
        Cell(format=cell.format, validation=cell.validation)
        if cell is not None and (cell.format or cell.validation)
        else None
        for cell in cells
    )


def shift_range(one: Json, edges: tuple[str, str], start: int, count: int) -> None:
    """Move the edges of a range as lines come (``count`` > 0) or go at ``start``."""
    first, last = edges
    for edge in (first, last):
        if edge not in one:
            continue
        index = one[edge]
        if count > 0:
            # What is inserted right before a range pushes it; right after, it stays.
            if index > start or (edge == first and index == start):
                one[edge] = index + count
        elif index > start:
            one[edge] = max(start, index + count)


def move_range(
    one: Json, edges: tuple[str, str], moved: range, place: Callable[[int], int]
) -> None:
    """Let a range follow lines that change places.

    One that lies within the moved lines goes along. Any other keeps those of its lines
    that stay together: what leaves it is out, what comes between is in (assumed).
    """
    first, last = edges
    if first not in one or last not in one:
        return
    lines = range(one[first], one[last])
    within = moved.start <= lines.start and lines.stop <= moved.stop
    kept = [place(line) for line in lines if within or line not in moved]
    if kept:
        one[first], one[last] = min(kept), max(kept) + 1


def vanished(one: Json) -> bool:
    """Say whether nothing is left of a range."""
    return any(
        one.get(first, 0) >= one[last] for first, last in EDGES.values() if last in one
    )


def chart_ranges(chart: Any, sheet_id: int) -> Iterator[Json]:
    """Give the source ranges anywhere inside a chart that lie on one sheet."""
    if isinstance(chart, dict):
        if "sources" in chart:
            for source in chart["sources"]:
                if source.get("sheetId", 0) == sheet_id:
                    yield source
        for inner in chart.values():
            yield from chart_ranges(inner, sheet_id)
    elif isinstance(chart, list):
        for inner in chart:
            yield from chart_ranges(inner, sheet_id)
