"""Spreadsheets as delimited text, as Drive converts them."""

import csv
import io

from tests.sheets_server.book import Book, Place
from tests.sheets_server.edits import type_in
from tests.sheets_server.grid import Sheet
from tests.sheets_server.rendering import How, value_rows


def exported(book: Book, mark: str) -> bytes:
    """Write the first tab as it is shown, every line as long as the longest."""
    sheet = book.sheets[0]
    rows = value_rows(book, Place(sheet, sheet.box), How())
    width = max((len(row) for row in rows), default=0)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=mark, lineterminator="\r\n")
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    return text.getvalue().removesuffix("\r\n").encode()


def replace_content(book: Book, text: str) -> None:
    """Make a table of commas and lines the only tab, as if typed."""
    rows = list(csv.reader(io.StringIO(text)))
    width = max((len(row) for row in rows), default=0)
    title = str(book.properties["title"])
    sheet = Sheet(book.new_id(), title, max(1000, len(rows)), max(26, width))
    book.sheets = [sheet]
    # Recorded: what Drive converts is dated where Google is.
    book.properties["timeZone"] = "America/Los_Angeles"
    for row, line in enumerate(rows):
        for column, value in enumerate(line):
            type_in(book, sheet, (row, column), value)
    book.number()
