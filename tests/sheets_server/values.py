"""The values methods: cells as plain JSON, addressed in A1 notation or by data filter."""

from typing import Any

from tests.sheets_server import metadata
from tests.sheets_server.a1 import Box, letters, written
from tests.sheets_server.book import Book, Place
from tests.sheets_server.cells import EMPTY
from tests.sheets_server.entered import typed_into
from tests.sheets_server.kinds_cells import require_short
from tests.sheets_server.printing import printed
from tests.sheets_server.refusals import Json, invalid
from tests.sheets_server.rendering import How, value_range
from tests.sheets_server.rights import Caller, require_editable
from tests.sheets_server.tables import table_at

UNSPECIFIED = {None, "", "INPUT_VALUE_OPTION_UNSPECIFIED"}


class Writing:
    """How a write takes its values, and by whom it is done."""

    def __init__(
        self,
        option: str | None,
        caller: Caller,
        *,
        echo: bool = False,
        how: How | None = None,
    ) -> None:
        if option in UNSPECIFIED:
            # Recorded.
            raise invalid("'valueInputOption' is required but not specified")
        self.typed = option == "USER_ENTERED"
        self.caller = caller
        self.echo = echo
        self.how = how or How()


def get(book: Book, text: str, how: How) -> Json:
    return value_range(book, book.find(text), how)


def batch_get(book: Book, texts: list[str], how: How) -> Json:
    ranges = [get(book, text, how) for text in texts]
    answer: Json = {"spreadsheetId": book.id}
    return answer | ({"valueRanges": ranges} if ranges else {})


def batch_get_by_filter(book: Book, body: Json) -> Json:
    how = How(
        body.get("valueRenderOption"),
        body.get("dateTimeRenderOption"),
        body.get("majorDimension"),
    )
    matched = [
        {"valueRange": value_range(book, place, how), "dataFilters": [one]}
        for one in body.get("dataFilters") or []
        for place in metadata.places(book, one)
    ]
    answer: Json = {"spreadsheetId": book.id}
    return answer | ({"valueRanges": matched} if matched else {})


def update(book: Book, text: str, body: Json, writing: Writing) -> Json:
    given = body.get("range")
    if given and book.find(given) != book.find(text):
        # Measured on the real API by others.
        raise invalid(f"Request range[{text}] does not match value's range[{given}]")
    return write(book, book.find(text), body, writing, asked=text)


def write(
    book: Book, place: Place, body: Json, writing: Writing, *, asked: str
) -> Json:
    """Write rows into a box from its upper left on.

    A null leaves its cell as it is and ``""`` clears it. A single cell is only the
    place to begin; any other box must be large enough. The grid does not grow:
    measured on the real API by others.
    """
    rows = rows_of(body)
    sheet, box = place
    if box.height == box.width == 1:
        box = box._replace(bottom=sheet.height, right=sheet.width)
    require_fit(rows, box, asked)
    return put(book, place, rows, writing)


def rows_of(body: Json) -> list[list[Any]]:
    rows = body.get("values") or []
    if not isinstance(rows[0] if rows else [], list):
        rows = [rows]
    if body.get("majorDimension") != "COLUMNS":
        return list(rows)
    height = max((len(column) for column in rows), default=0)
    return [
        [column[row] if row < len(column) else None for column in rows]
        for row in range(height)
    ]


def require_fit(rows: list[list[Any]], box: Box, text: str) -> None:
    # Quoted by many who met it; the range is named as it was asked for.
    if len(rows) > box.height:
        raise invalid(
            f"Requested writing within range [{text}], but tried writing to row "
            f"[{box.bottom + 1}]"
        )
    if max((len(row) for row in rows), default=0) > box.width:
        raise invalid(
            f"Requested writing within range [{text}], but tried writing to column "
            f"[{letters(box.right)}]"
        )


def put(book: Book, place: Place, rows: list[list[Any]], writing: Writing) -> Json:
    sheet, box = place
    height, width = len(rows), max((len(row) for row in rows), default=0)
    area = Box(box.top, box.top + height, box.left, box.left + width)
    require_editable(sheet, area, writing.caller, "")
    cells, at_rows, at_columns = 0, set(), set()
    for row, line in enumerate(rows):
        for column, value in enumerate(line):
            if value is not None:
                require_scalar(value, row, column)
                require_short(value, "")
                at = box.top + row, box.left + column
                cell = sheet.cell(*at) or EMPTY
                sheet.put(
                    *at,
                    typed_into(cell, value, book.locale)
                    if writing.typed
                    else cell._replace(value=None if value == "" else value, runs=()),
                )
                cells += 1
                at_rows.add(row)
                at_columns.add(column)
    book.changed()
    written_box = Box(
        box.top, box.top + max(height, 1), box.left, box.left + max(width, 1)
    )
    answer: Json = {
        "spreadsheetId": book.id,
        "updatedRange": written(sheet.title, written_box),
    }
    if cells:
        answer |= {
            "updatedRows": len(at_rows),
            "updatedColumns": len(at_columns),
            "updatedCells": cells,
        }
    if writing.echo:
        echoed = Place(sheet, written_box)
        answer["updatedData"] = value_range(book, echoed, writing.how)
    return answer


def require_scalar(value: Any, row: int, column: int) -> None:
    if isinstance(value, list | dict):
        # Measured on the real API by others: the value as protocol buffers print it.
        kind = "list_value" if isinstance(value, list) else "struct_value"
        raise invalid(f"Invalid values[{row}][{column}]: {kind} {printed(value)}\n")


def batch_update(book: Book, body: Json, writing: Writing) -> Json:
    total = Total()
    for one in body.get("data") or []:
        place = book.find(one["range"])
        total.add(place, write(book, place, one, writing, asked=one["range"]))
    return total.json(book)


def batch_update_by_filter(book: Book, body: Json, writing: Writing) -> Json:
    total = Total()
    for one in body.get("data") or []:
        for place in metadata.places(book, one.get("dataFilter") or {}):
            answer = write(book, place, one, writing, asked=place.a1)
            del answer["spreadsheetId"]
            if writing.echo and not answer.get("updatedCells"):
                # Assumed: a write of nothing shows the whole range that it matched.
                answer["updatedRange"] = place.a1
                answer["updatedData"] = value_range(book, place, writing.how)
            total.add(place, answer | {"dataFilter": one["dataFilter"]})
    return total.json(book)


class Total:
    """Counts over all parts of a batch: each row, column and sheet once."""

    def __init__(self) -> None:
        self.answers: list[Json] = []
        self.rows: set[tuple[int, int]] = set()
        self.columns: set[tuple[int, int]] = set()
        self.cells = 0

    def add(self, place: Place, answer: Json) -> None:
        self.answers.append(answer)
        self.cells += answer.get("updatedCells", 0)
        number, box = place.sheet.id, place.box
        rows = range(box.top, box.top + answer.get("updatedRows", 0))
        self.rows |= {(number, row) for row in rows}
        columns = range(box.left, box.left + answer.get("updatedColumns", 0))
        self.columns |= {(number, column) for column in columns}

    def json(self, book: Book) -> Json:
        answer: Json = {"spreadsheetId": book.id}
        if self.cells:
            answer |= {
                "totalUpdatedRows": len(self.rows),
                "totalUpdatedColumns": len(self.columns),
                "totalUpdatedCells": self.cells,
                "totalUpdatedSheets": len({number for number, _ in self.rows}),
            }
        return answer | ({"responses": self.answers} if self.answers else {})


def clear(book: Book, place: Place, caller: Caller) -> str:
    """Remove the values of a box, not its formats; give the range in A1 notation."""
    sheet, box = place
    require_editable(sheet, box, caller, "")
    for number in range(box.top, min(box.bottom, sheet.height)):
        row = sheet.rows[number]
        cells = tuple(
            None
            if cell is None or not box.left <= column < box.right
            else cell._replace(value=None, runs=())
            for column, cell in enumerate(row.cells)
        )
        if row.cells:
            kept = [
                old if not box.left <= column < box.right else new
                for column, (old, new) in enumerate(zip(row.cells, cells, strict=True))
            ]
            sheet.rows[number] = row.carrying(
                tuple(None if cell == EMPTY else cell for cell in kept)
            )
    book.changed()
    return place.a1


def batch_clear(book: Book, places: list[Place], caller: Caller) -> Json:
    cleared = [clear(book, place, caller) for place in places]
    return {"spreadsheetId": book.id, "clearedRanges": cleared}


def append(
    book: Book, text: str, body: Json, writing: Writing, *, insert: bool
) -> Json:
    """Write below the table that the range touches."""
    sheet, box = book.find(text)
    rows = rows_of(body)
    width = max((len(row) for row in rows), default=0)
    answer: Json = {"spreadsheetId": book.id}
    table = table_at(sheet, box)
    top, left = box.top, box.left
    if table is not None:
        answer["tableRange"] = written(sheet.title, table)
        top, left = table.bottom, table.left
    if insert and top < sheet.height and rows:
        book.insert(sheet, "ROWS", top, len(rows))
    # Unlike an update, an append makes room for itself.
    sheet.resize(max(sheet.height, top + len(rows)), max(sheet.width, left + width))
    book.require_room()
    start = Place(sheet, Box(top, top + 1, left, left + 1))
    return answer | {"updates": put(book, start, rows, writing)}
