"""Developer metadata: pieces of text that hang on a row, a column, a tab or the file.

They follow what they hang on. Sorting moves cells and not rows, so metadata on a row
stays where it is (assumed). Sources:
https://developers.google.com/workspace/sheets/api/guides/metadata
"""

from collections.abc import Iterator
from typing import NamedTuple

from tests.sheets_server.a1 import Box
from tests.sheets_server.book import Book, Place
from tests.sheets_server.cells import Column, Metadata, Row
from tests.sheets_server.grid import Sheet
from tests.sheets_server.refusals import Json, invalid

MAX_ON_SHEET = 30_000
"""Characters of keys and values on one sheet. Documented."""


class Hung(NamedTuple):
    """A piece of metadata and where it hangs."""

    one: Metadata
    kind: str
    sheet: Sheet | None = None
    at: int | None = None

    def json(self) -> Json:
        return metadata_json(self.one, self.kind, self.sheet, self.at)


def metadata_json(
    one: Metadata, kind: str, sheet: Sheet | None = None, index: int | None = None
) -> Json:
    location: Json = {"locationType": kind}
    if sheet is None:
        location["spreadsheet"] = True
    elif index is None:
        location["sheetId"] = sheet.id
    else:
        dimension: Json = {
            "dimension": f"{kind}S",
            "startIndex": index,
            "endIndex": index + 1,
        }
        location["dimensionRange"] = (
            {"sheetId": sheet.id} if sheet.id else {}
        ) | dimension
    answer: Json = {"metadataId": one.id, "metadataKey": one.key}
    if one.value is not None:
        answer["metadataValue"] = one.value
    return answer | {"location": location, "visibility": one.visibility}


def everything(book: Book) -> Iterator[Hung]:
    for one in book.metadata:
        yield Hung(one, "SPREADSHEET")
    for sheet in book.sheets:
        for one in sheet.metadata:
            yield Hung(one, "SHEET", sheet)
        for at, row in enumerate(sheet.rows):
            for one in row.metadata:
                yield Hung(one, "ROW", sheet, at)
        for at, column in enumerate(sheet.columns):
            for one in column.metadata:
                yield Hung(one, "COLUMN", sheet, at)


def create(book: Book, wanted: Json, where: str) -> Json:
    """Hang up a new piece and give it back as JSON."""
    for name in ("metadataKey", "visibility", "location"):
        if not wanted.get(name):
            raise invalid(f"{where}developerMetadata.{name} must be specified.")
    number = wanted.get("metadataId")
    if number is not None and any(hung.one.id == number for hung in everything(book)):
        # Documented that it fails; the words are quoted by who met it.
        raise invalid(
            f"{where}Cannot add developer metadata with ID [{number}] because "
            "developer metadata with that ID already exists."
        )
    one = Metadata(
        book.new_id() if number is None else number,
        wanted["metadataKey"],
        wanted.get("metadataValue"),
        wanted["visibility"],
    )
    hung = hang(book, one, wanted["location"], where)
    require_room(book, hung.sheet, where)
    return hung.json()


def hang(book: Book, one: Metadata, location: Json, where: str) -> Hung:
    if location.get("spreadsheet"):
        book.metadata += (one,)
        return Hung(one, "SPREADSHEET")
    if "dimensionRange" in location:
        return hang_on_line(book, one, location["dimensionRange"], where)
    if location.get("sheetId") is not None:
        sheet = book.sheet(location["sheetId"], where)
        sheet.metadata += (one,)
        return Hung(one, "SHEET", sheet)
    raise invalid(f"{where}developerMetadata.location must be specified.")


def hang_on_line(book: Book, one: Metadata, line: Json, where: str) -> Hung:
    sheet = book.sheet(line.get("sheetId") or 0, where)
    start, end = line.get("startIndex") or 0, line.get("endIndex")
    if end != start + 1:
        raise invalid(
            f"{where}The location.dimensionRange must represent a single row or column."
        )
    sheet.require(line["dimension"], start, end, where)
    if line["dimension"] == "ROWS":
        row = sheet.rows[start]
        sheet.rows[start] = Row(row.cells, row.properties, (*row.metadata, one))
        return Hung(one, "ROW", sheet, start)
    column = sheet.columns[start]
    sheet.columns[start] = Column(column.properties, (*column.metadata, one))
    return Hung(one, "COLUMN", sheet, start)


def require_room(book: Book, sheet: Sheet | None, where: str) -> None:
    used = sum(
        len(hung.one.key) + len(hung.one.value or "")
        for hung in everything(book)
        if hung.sheet is sheet
    )
    if used > MAX_ON_SHEET:
        # The limit is documented, the words are assumed.
        raise invalid(
            f"{where}The developer metadata quota of {MAX_ON_SHEET} characters is "
            "exceeded."
        )


def take_down(book: Book, numbers: set[int]) -> None:
    """Remove the pieces with these ids, wherever they hang."""

    def left(pieces: tuple[Metadata, ...]) -> tuple[Metadata, ...]:
        return tuple(one for one in pieces if one.id not in numbers)

    book.metadata = left(book.metadata)
    for sheet in book.sheets:
        sheet.metadata = left(sheet.metadata)
        for index, row in enumerate(sheet.rows):
            if row.metadata:
                sheet.rows[index] = Row(row.cells, row.properties, left(row.metadata))
        for index, column in enumerate(sheet.columns):
            if column.metadata:
                sheet.columns[index] = Column(column.properties, left(column.metadata))


def found(book: Book, wanted: Json, where: str = "") -> list[Hung]:
    """Find the pieces that a DataFilter matches."""
    lookup = wanted.get("developerMetadataLookup")
    if lookup is not None:
        return [hung for hung in everything(book) if matches(hung, lookup)]
    place = place_of(book, wanted, where)
    return [hung for hung in everything(book) if lies_on(hung, place)]


def place_of(book: Book, wanted: Json, where: str) -> Place:
    if "a1Range" in wanted:
        return book.find(wanted["a1Range"])
    if "gridRange" in wanted:
        return book.place(wanted["gridRange"], where)
    raise invalid(f"{where}Must specify at least one field in DataFilter.")


def lies_on(hung: Hung, place: Place) -> bool:
    if hung.sheet is not place.sheet:
        return False
    if hung.kind == "ROW":
        return place.box.top <= (hung.at or 0) < place.box.bottom
    if hung.kind == "COLUMN":
        return place.box.left <= (hung.at or 0) < place.box.right
    return place.box == place.sheet.box


def matches(hung: Hung, lookup: Json) -> bool:
    one = hung.one
    wanted = {
        "metadataId": one.id,
        "metadataKey": one.key,
        "metadataValue": one.value,
        "visibility": one.visibility,
        "locationType": hung.kind,
    }
    if any(
        lookup.get(name) is not None and lookup[name] != has
        for name, has in wanted.items()
    ):
        return False
    location = lookup.get("metadataLocation")
    exact = lookup.get("locationMatchingStrategy") == "EXACT_LOCATION"
    return location is None or is_at(hung, location, exact=exact)


def is_at(hung: Hung, location: Json, *, exact: bool) -> bool:
    """Compare places; unless exact, what lies inside the named place counts too."""
    if location.get("spreadsheet"):
        return hung.kind == "SPREADSHEET" or not exact
    line = location.get("dimensionRange")
    if line is not None:
        return is_on(hung, line, exact=exact)
    same = hung.sheet is not None and hung.sheet.id == location.get("sheetId", 0)
    return same and (hung.kind == "SHEET" or not exact)


def is_on(hung: Hung, line: Json, *, exact: bool) -> bool:
    """Compare with rows or columns; lines of the other kind cross them all."""
    same = hung.sheet is not None and hung.sheet.id == (line.get("sheetId") or 0)
    if not same or hung.at is None:
        return False
    if f"{hung.kind}S" != line["dimension"]:
        return not exact
    start, end = line.get("startIndex") or 0, line.get("endIndex", 1 << 40)
    if exact:
        return (hung.at, hung.at + 1) == (start, end)
    return bool(start <= hung.at < end)


def places(book: Book, wanted: Json, where: str = "") -> list[Place]:
    """Find the cells that a DataFilter names, as the grid stands now."""
    if "developerMetadataLookup" not in wanted:
        return [place_of(book, wanted, where)]
    cells: list[Place] = []
    for hung in found(book, wanted, where):
        sheet, index = hung.sheet, hung.at or 0
        if sheet is None:
            continue
        box = sheet.box
        if hung.kind == "ROW":
            box = Box(index, index + 1, 0, sheet.width)
        elif hung.kind == "COLUMN":
            box = Box(0, sheet.height, index, index + 1)
        cells.append(Place(sheet, box))
    return cells
