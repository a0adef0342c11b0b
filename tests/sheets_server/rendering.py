"""Values as the values methods give them: rows of JSON scalars, blank ends cut off."""

from typing import Any

from tests.sheets_server.book import Book, Place
from tests.sheets_server.cells import Cell, Formula
from tests.sheets_server.entered import plain
from tests.sheets_server.formulas.results import Failure, Scalar, Shown
from tests.sheets_server.refusals import Json
from tests.sheets_server.shown import MOMENTS, shown

FORMATTED, UNFORMATTED, FORMULA = "FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA"


class How:
    """How a read wants its values."""

    def __init__(
        self,
        render: str | None = None,
        dates: str | None = None,
        major: str | None = None,
    ) -> None:
        self.render = render or FORMATTED
        # Serial numbers by default, as the reference says of both methods.
        self.dates = dates or "SERIAL_NUMBER"
        self.major = "COLUMNS" if major == "COLUMNS" else "ROWS"


def number_format(cell: Cell | None) -> Json | None:
    return (cell.format or {}).get("numberFormat") if cell else None


def as_text(value: Scalar, cell: Cell | None, locale: str) -> str:
    """Show a value as its cell does."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Failure):
        return value.code
    if isinstance(value, str):
        return value
    brought = value.format if isinstance(value, Shown) else None
    return shown(value, number_format(cell) or brought, locale)


def rendered(value: Scalar, cell: Cell | None, how: How, locale: str) -> Any:
    """Give one value in the form that a read asked for; blank is ``""``."""
    if how.render == FORMULA and cell is not None and isinstance(cell.value, Formula):
        return cell.value.text
    moment = (number_format(cell) or {}).get("type") in MOMENTS
    if how.render == FORMATTED or (moment and how.dates == "FORMATTED_STRING"):
        return as_text(value, cell, locale)
    if value is None:
        return ""
    if isinstance(value, Failure):
        return value.code
    return plain(value) if isinstance(value, float) else value


def value_rows(book: Book, place: Place, how: How) -> list[list[Any]]:
    """Read a box: trailing blanks of each line and trailing lines are left out."""
    sheet, box = place
    calculation = book.calculation
    lines: list[list[Any]] = []
    for number in range(box.top, min(box.bottom, sheet.height)):
        values = calculation.row(sheet, number, box.left, box.right)
        row = sheet.rows[number]
        lines.append(
            [
                rendered(value, row.at(box.left + offset), how, book.locale)
                for offset, value in enumerate(values)
            ]
        )
    if how.major == "COLUMNS":
        lines = turned(lines)
    return [trimmed(line) for line in without_blank_end(lines)]


def turned(lines: list[list[Any]]) -> list[list[Any]]:
    width = max((len(line) for line in lines), default=0)
    return [
        [line[column] if column < len(line) else "" for line in lines]
        for column in range(width)
    ]


def trimmed(line: list[Any]) -> list[Any]:
    end = len(line)
    while end and line[end - 1] == "":
        end -= 1
    return line[:end]


def without_blank_end(lines: list[list[Any]]) -> list[list[Any]]:
    end = len(lines)
    while end and all(value == "" for value in lines[end - 1]):
        end -= 1
    return lines[:end]


def value_range(book: Book, place: Place, how: How) -> Json:
    answer: Json = {"range": place.a1, "majorDimension": how.major}
    values = value_rows(book, place, how)
    if values:
        answer["values"] = values
    return answer
