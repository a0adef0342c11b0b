"""What people do to a sheet between two of our calls, the same each time.

An edit is a function of the book; `Edits` makes them with the sheet already named.
They go through the same grid as the API does, without its rights and refusals.
"""

import random
from collections.abc import Callable, Sequence
from typing import TypeAlias

from tests.sheets_server.a1 import Box, quoted
from tests.sheets_server.book import Book
from tests.sheets_server.cells import EMPTY
from tests.sheets_server.entered import typed_into
from tests.sheets_server.grid import Sheet
from tests.sheets_server.kinds_rules import range_of
from tests.sheets_server.kinds_sheets import duplicate
from tests.sheets_server.references import renamed
from tests.sheets_server.sorting import sort

Edit: TypeAlias = Callable[[Book], None]
Typed: TypeAlias = str | int | float | bool | None


def tab(book: Book, title: str | None) -> Sheet:
    """Find a tab by its title; None is the first one."""
    sheet = book.sheets[0] if title is None else book.titled(title)
    assert sheet is not None, f"no tab {title}"
    return sheet


def type_in(book: Book, sheet: Sheet, at: tuple[int, int], value: Typed) -> None:
    """Type into a cell as in the editor, where the grid grows by itself."""
    row, column = at
    if row >= sheet.height or column >= sheet.width:
        sheet.resize(max(sheet.height, row + 1), max(sheet.width, column + 1))
    cell = sheet.cell(row, column) or EMPTY
    sheet.put(
        row, column, typed_into(cell, "" if value is None else value, book.locale)
    )
    book.changed()


def sort_rows(
    column: int, *, top: int = 1, descending: bool = False, title: str | None = None
) -> Edit:
    """Sort everything below the header by one column; both count from 0."""

    def edit(book: Book) -> None:
        sheet = tab(book, title)
        bottom, _ = sheet.extent()
        order = "DESCENDING" if descending else "ASCENDING"
        if bottom > top:
            sort(
                book,
                sheet,
                Box(top, bottom, 0, sheet.width),
                [{"dimensionIndex": column, "sortOrder": order}],
            )

    return edit


def insert_rows(
    at: int, rows: Sequence[Sequence[Typed]] = ((),), *, title: str | None = None
) -> Edit:
    """Insert rows before ``at`` and type into them; None leaves a cell alone."""

    def edit(book: Book) -> None:
        sheet = tab(book, title)
        book.insert(sheet, "ROWS", at, len(rows))
        for row, values in enumerate(rows, at):
            for column, value in enumerate(values):
                if value is not None:
                    type_in(book, sheet, (row, column), value)

    return edit


def delete_rows(at: int, count: int = 1, *, title: str | None = None) -> Edit:
    def edit(book: Book) -> None:
        book.delete(tab(book, title), "ROWS", at, at + count)

    return edit


def move_rows(at: int, count: int, to: int, *, title: str | None = None) -> Edit:
    def edit(book: Book) -> None:
        book.move(tab(book, title), "ROWS", range(at, at + count), to)

    return edit


def insert_column(
    at: int, values: Sequence[Typed] = (), *, title: str | None = None
) -> Edit:
    """Insert a column before ``at`` and type into it from the first row on."""

    def edit(book: Book) -> None:
        sheet = tab(book, title)
        book.insert(sheet, "COLUMNS", at, 1)
        for row, value in enumerate(values):
            if value is not None:
                type_in(book, sheet, (row, at), value)

    return edit


def delete_column(at: int, *, title: str | None = None) -> Edit:
    def edit(book: Book) -> None:
        book.delete(tab(book, title), "COLUMNS", at, at + 1)

    return edit


def move_column(at: int, to: int, *, title: str | None = None) -> Edit:
    def edit(book: Book) -> None:
        book.move(tab(book, title), "COLUMNS", range(at, at + 1), to)

    return edit


def type_value(
    row: int, column: int, value: Typed, *, title: str | None = None
) -> Edit:
    """Type into one cell: a key, a header, or a column that is ours."""

    def edit(book: Book) -> None:
        type_in(book, tab(book, title), (row, column), value)

    return edit


def rename_tab(new: str, *, title: str | None = None) -> Edit:
    def edit(book: Book) -> None:
        sheet = tab(book, title)
        old = sheet.title
        for other in book.sheets:
            book.rewrite(other, lambda text: renamed(text, old, quoted(new)))
        sheet.properties["title"] = new
        book.changed()

    return edit


def delete_tab(title: str) -> Edit:
    def edit(book: Book) -> None:
        book.sheets.remove(tab(book, title))
        book.number()

    return edit


def copy_tab(new: str, *, title: str | None = None) -> Edit:
    def edit(book: Book) -> None:
        source = tab(book, title)
        book.add(duplicate(source, book.new_id(), new), source.properties["index"] + 1)

    return edit


def filter_rows(column: int, hide: Sequence[str], *, title: str | None = None) -> Edit:
    """Put a filter over the whole table that hides rows with these values."""

    def edit(book: Book) -> None:
        sheet = tab(book, title)
        height, width = sheet.extent()
        sheet.basic_filter = {
            "range": range_of(sheet, Box(0, height, 0, width)),
            "criteria": {str(column): {"hiddenValues": list(hide)}},
        }

    return edit


def together(*edits: Edit) -> Edit:
    """Do several edits one after the other."""

    def edit(book: Book) -> None:
        for one in edits:
            one(book)

    return edit


def at_random(
    seed: int, *, key: int = 0, columns: Sequence[int] = (), title: str | None = None
) -> Edit:
    """Do one of the things that people do, chosen by ``seed``.

    Args:
        seed: The same seed does the same to the same sheet.
        key: The column that names rows, from 0; new rows get a key of their own.
        columns: Columns of theirs that may be typed into, sorted and moved; none
            means all that hold something.
        title: The tab; None is the first one.
    """

    def edit(book: Book) -> None:
        chance = random.Random(seed)
        sheet = tab(book, title)
        height, width = sheet.extent()
        own = list(columns) or list(range(max(width, 1)))
        row = chance.randrange(1, max(height, 2))
        column = chance.choice(own)
        new_row: list[Typed] = [None] * (key + 1)
        new_row[key] = f"N{seed:05d}"
        choices: list[Edit] = [
            sort_rows(column, descending=chance.random() < 0.5, title=title),
            insert_rows(row, [new_row], title=title),
            type_value(row, column, f"typed {seed}", title=title),
            insert_column(chance.choice(own), [f"Column {seed}"], title=title),
            rename_tab(f"Goals {seed}", title=title),
            move_column(column, chance.randrange(width + 1), title=title),
            filter_rows(column, [f"typed {seed}"], title=title),
        ]
        if height > 3:
            choices += [
                delete_rows(row, title=title),
                move_rows(height - 1, 1, row, title=title),
            ]
        chance.choice(choices)(book)

    return edit
