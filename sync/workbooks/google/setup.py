"""Our columns put in beside a table: where nobody can have typed.

A column is inserted and filled in the same atomic write, so that whatever people did
since the reading, what we fill is what we inserted. It may then stand beside the place
that was meant, or a formula may look at the wrong column; a reading afterwards shows it.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sync.workbooks.google.formula import lookup_formula
from sync.workbooks.google.looks import DAY, pixels
from sync.workbooks.google.reading import GUARD, Tab
from sync.workbooks.google.results import key_column, value_column
from sync.workbooks.google.structure import COLUMN, HEADER, KEY
from sync.workbooks.google.values import Json, extended
from sync.workbooks.plan import OwnColumn

_IDS = 1_500_000_000
"""Below the numbers that commits take."""


class Place(NamedTuple):
    """A column of ours as it is carried out."""

    column: OwnColumn
    table: int
    """The number of its table in our tab."""
    metadata: int
    """The id of the metadata that marks it."""
    by_key: bool
    last_row: int | None
    """The row before the next table that shares the column; ``None``: no such table."""
    header: str
    """What its header cell shows."""
    tab: str
    """The name of our hidden tab."""

    @property
    def formula(self) -> str:
        """The lookup of its header cell."""
        column = self.column
        return lookup_formula(
            self.header,
            (column.header_row, self.last_row),
            column.keys,
            tab=self.tab,
            key_at=key_column(self.table),
            value_at=value_column(self.table, column.key),
        )

    @property
    def mark(self) -> str:
        """What its metadata says."""
        way = "lookup" if self.by_key else "direct"
        return f"{self.column.key}:{self.table}:{way}"


def setup_requests(tab: Tab, places: Sequence[Place]) -> list[Json]:
    """Put in the new columns of one sheet."""
    requests = list(_inserted(tab, sorted({one.column.column for one in places})))
    tables: dict[int, int] = {}
    for place in places:
        requests += _filled(tab.sheet_id, place)
        tables[place.table] = place.column.header_row
    return [*requests, *_headers(tab, tables)]


def _inserted(tab: Tab, columns: Sequence[int]) -> Iterator[Json]:
    """Insert whole columns; one beyond the grid needs a column to stand before."""
    missing = columns[0] - tab.n_columns
    if missing > 0:
        yield {
            "appendDimension": {
                "sheetId": tab.sheet_id,
                "dimension": "COLUMNS",
                "length": missing,
            }
        }
    for column in columns:
        span = _line(tab.sheet_id, "COLUMNS", column)
        yield {"insertDimension": {"range": span, "inheritFromBefore": False}}


def _line(sheet_id: int, dimension: str, at: int) -> Json:
    return {
        "sheetId": sheet_id,
        "dimension": dimension,
        "startIndex": at - 1,
        "endIndex": at,
    }


def _filled(sheet_id: int, place: Place) -> Iterator[Json]:
    column = place.column
    at = column.column
    whole = {
        "sheetId": sheet_id,
        "startColumnIndex": at - 1,
        "endColumnIndex": at,
    }
    head = {
        **whole,
        "startRowIndex": column.header_row - 1,
        "endRowIndex": column.header_row,
    }
    look = {"wrapStrategy": "CLIP", "verticalAlignment": "MIDDLE"}
    if column.holds == "date":
        look |= DAY
    yield _repeat(whole, {"userEnteredFormat": look}, "userEnteredFormat")
    shown = {"formulaValue": place.formula} if place.by_key else extended(place.header)
    bold = {"textFormat": {"bold": True}, "wrapStrategy": "WRAP"}
    cell = {"userEnteredValue": shown, "userEnteredFormat": bold}
    yield _repeat(head, cell, "userEnteredValue,userEnteredFormat")
    yield {
        "updateDimensionProperties": {
            "range": _line(sheet_id, "COLUMNS", at),
            "properties": {"pixelSize": pixels(column.width)},
            "fields": "pixelSize",
        }
    }
    yield line_mark(
        _line(sheet_id, "COLUMNS", at), COLUMN, place.mark, metadata=place.metadata
    )
    yield _guard(head, column.note)


def _repeat(grid: Json, cell: Json, fields: str) -> Json:
    return {"repeatCell": {"range": grid, "cell": cell, "fields": fields}}


def _guard(head: Json, note: str) -> Json:
    """Warn whoever types over a header cell of ours; nobody is kept from it.

    The header only: a warning over the whole column would come up at every sorting.
    """
    guard = {"range": head, "description": GUARD + note, "warningOnly": True}
    return {"addProtectedRange": {"protectedRange": guard}}


def line_mark(line: Json, key: str, value: str, *, metadata: int | None = None) -> Json:
    """Mark a row or a column as ours."""
    mark: Json = {
        "metadataKey": key,
        "metadataValue": value,
        "visibility": "DOCUMENT",
        "location": {"dimensionRange": line},
    }
    if metadata is not None:
        mark["metadataId"] = metadata
    return {"createDeveloperMetadata": {"developerMetadata": mark}}


def key_marks(
    tab: Tab, places: Sequence[Place]
) -> tuple[list[Json], dict[int, tuple[int, ...]]]:
    """Mark the columns that name the rows of tables whose values are typed by place.

    Returns:
        What to request, and table → the marks, known ones included.
    """
    requests: list[Json] = []
    marks: dict[int, tuple[int, ...]] = {}
    for place in places:
        if place.table in marks:
            continue
        found = []
        for position, column in enumerate(place.column.keys):
            metadata, at = tab.keys.get((place.table, position), (0, 0))
            if at != column:
                if metadata:
                    requests.append(unmark(metadata))
                metadata = new_id()
                line = _line(tab.sheet_id, "COLUMNS", column)
                value = f"{place.table}:{position}"
                requests.append(line_mark(line, KEY, value, metadata=metadata))
            found.append(metadata)
        marks[place.table] = tuple(found)
    return requests, marks


def unmark(metadata: int) -> Json:
    """Take a mark away, and nothing else."""
    lookup = {"developerMetadataLookup": {"metadataId": metadata}}
    return {"deleteDeveloperMetadata": {"dataFilter": lookup}}


def new_id() -> int:
    """Choose a number for a tab or a mark that nobody has: of two milliards."""
    return 1 + secrets.randbelow(_IDS)


def _headers(tab: Tab, tables: Mapping[int, int]) -> Iterator[Json]:
    """Mark the header row of every table that has no mark yet."""
    known = {anchor.table for anchor in tab.anchors}
    for table, row in tables.items():
        if table not in known:
            yield header_mark(tab, table, row)


def header_mark(tab: Tab, table: int, row: int) -> Json:
    """Mark the row of a table's header."""
    return line_mark(_line(tab.sheet_id, "ROWS", row), HEADER, str(table))
