"""A person at a spreadsheet program, and what that person has typed there.

It edits the parts of an .xlsx as spreadsheet programs do: marks, rules and ranges follow
the cells that are moved, and what it does not know stays as it was.
"""

import re
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TypeVar
from xml.sax.saxutils import escape

from openpyxl import load_workbook
from xlsxwriter import Workbook

from sync.cells import column_letters, column_number

T = TypeVar("T")
Cell = str | int | date
Place = tuple[int, int]
"""(row, column), both 1-based."""
Move = Callable[[int], int | None]
"""Where a row or a column goes; ``None``: it is deleted."""

_SHEET, _BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
_TAB = "目标"
_CELL = re.compile(r'<c r="([A-Z]+)(\d+)"(.*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_NAME = re.compile(r"(_followup_(\w+?)_\d+\"[^>]*>'目标'!)\$([A-Z]+)\$(\d+)")
_RANGES = re.compile(r'(sqref=")([^"]*)(")')
_NOWHERE = re.compile(
    r'<(conditionalFormatting|dataValidation)\b(?=[^>]*sqref="")[^>]*?'
    r"(?:/>|(?<!/)>.*?</\1>)",
    re.DOTALL,
)
"""A rule whose cells are all deleted."""
_EMPTY_LIST = re.compile(r"<dataValidations[^>]*></dataValidations>")
_RULE_PLACE = re.compile(r"(\$)([A-Z]+)(\d+)")
_WIDTH = re.compile(r'<col min="(\d+)" max="\d+"([^>]*)/>')
_UNKNOWN = re.compile(rb"<(Override|Relationship) [^>]*followup/undo[^>]*/>")
_DAY_ZERO = date(1899, 12, 30)
_DAY_STYLE = 1
"""The style that the workbook is made with for days."""


class Desk:
    """One workbook, and every cell of it that is a person's."""

    def __init__(self, path: Path, rows: list[list[Cell | None]]) -> None:
        self.path = path
        self.typed: dict[Place, Cell] = {
            (row, column): value
            for row, values in enumerate(rows, start=1)
            for column, value in enumerate(values, start=1)
            if value is not None
        }
        with Workbook(str(path)) as book:
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            sheet = book.add_worksheet(_TAB)
            for (row, column), value in self.typed.items():
                style = day if isinstance(value, date) else None
                sheet.write(row - 1, column - 1, value, style)

    def shown(self) -> dict[Place, Cell]:
        """Read the sheet with a library that is none of ours."""
        book = load_workbook(BytesIO(self.path.read_bytes()))
        found = {
            (cell.row, cell.column): cell.value
            for row in book[_TAB].iter_rows()
            for cell in row
            if cell.value is not None
        }
        return {at: _plain(value) for at, value in found.items()}

    def ours(self) -> dict[str, int]:
        """Give the columns that are marked as ours: key → column."""
        book = self._parts()[_BOOK].decode()
        return {m[2]: column_number(m[3]) for m in _NAME.finditer(book)}

    @property
    def header_row(self) -> int:
        """Where the headers stand."""
        return min(row for (row, _), value in self.typed.items() if value == "编号")

    @property
    def rows(self) -> range:
        """The rows below the headers in which people have typed, gaps included."""
        last = max(self.header_row + 3, *(row for row, _ in self.typed))
        return range(self.header_row + 1, last + 1)

    @property
    def has_no_gap(self) -> bool:
        """Whether people have typed in every row from the headers to the last."""
        typed = {row for row, _ in self.typed}
        return set(range(self.header_row, max(typed) + 1)) <= typed

    @property
    def people_columns(self) -> list[int]:
        """The columns of people, by their headers."""
        ours = set(self.ours().values())
        here = {column for row, column in self.typed if row == self.header_row}
        return sorted(here - ours)

    def column(self, *headers: str) -> int:
        """Find a column by any of its headers; 0 if people renamed it."""
        row = self.header_row
        found = (c for (r, c), value in self.typed.items() if r == row)
        return next((c for c in found if self.typed[row, c] in headers), 0)

    def type(self, at: Place, value: Cell | None) -> None:
        """Type into a cell, or empty it."""
        if value is None:
            self.typed.pop(at, None)
        else:
            self.typed[at] = value
        cells = self._cells()
        cells.pop(at, None)
        if value is not None:
            cells[at] = _written(value)
        self._save(cells)

    def copy(self, source: Place, target: Place) -> None:
        """Copy one cell onto another."""
        cells = self._cells()
        cells.pop(target, None)
        self.typed.pop(target, None)
        if source in cells:
            cells[target] = cells[source]
        if source in self.typed:
            self.typed[target] = self.typed[source]
        self._save(cells)

    def clear_row(self, row: int) -> None:
        """Empty what people typed in a row; our cells stay."""
        cells = self._cells()
        for column in self.people_columns:
            cells.pop((row, column), None)
            self.typed.pop((row, column), None)
        self._save(cells)

    def permute(self, order: dict[int, int], *, with_ours: bool) -> None:
        """Sort: row → new row; our columns go along or, selected without them, stay."""
        stay = set() if with_ours else set(self.ours().values())

        def place(at: Place) -> Place:
            return at if at[1] in stay else (order.get(at[0], at[0]), at[1])

        self.typed = {place(at): value for at, value in self.typed.items()}
        self._save({place(at): cell for at, cell in self._cells().items()})

    def shift(
        self, row: Move = lambda number: number, column: Move = lambda number: number
    ) -> None:
        """Insert, delete or move whole rows or columns; everything follows."""

        def moved(cells: dict[Place, T]) -> dict[Place, T]:
            found: dict[Place, T] = {}
            for (r, c), value in cells.items():
                new = row(r), column(c)
                if new[0] is not None and new[1] is not None:
                    found[new[0], new[1]] = value
            return found

        cells = moved(self._cells())
        self.typed = moved(self.typed)
        parts = self._parts()
        book, sheet = parts[_BOOK].decode(), parts[_SHEET].decode()
        sheet = _RANGES.sub(lambda m: m[1] + _ranges(m[2], row, column) + m[3], sheet)
        sheet = _EMPTY_LIST.sub("", _NOWHERE.sub("", sheet))
        head, rules = sheet.split("</sheetData>")
        rules = _RULE_PLACE.sub(lambda m: m[1] + _cell(m[2], m[3], row, column), rules)
        head = _WIDTH.sub(lambda m: _width(m, column), head)
        self._save(cells, head + "</sheetData>" + rules, _names(book, row, column))

    def _parts(self) -> dict[str, bytes]:
        with zipfile.ZipFile(self.path) as package:
            return {name: package.read(name) for name in package.namelist()}

    def _cells(self) -> dict[Place, tuple[str, str]]:
        """Give every cell's attributes and content."""
        return {
            (int(m[2]), column_number(m[1])): (m[3], m[4] or "")
            for m in _CELL.finditer(self._parts()[_SHEET].decode())
        }

    def _save(
        self,
        cells: dict[Place, tuple[str, str]],
        sheet: str | None = None,
        book: str | None = None,
    ) -> None:
        parts = self._parts()
        # As Excel, WPS and LibreOffice do with parts that they do not know.
        parts.pop("followup/undo.dat", None)
        for name in ("[Content_Types].xml", "_rels/.rels"):
            parts[name] = _UNKNOWN.sub(b"", parts[name])
        if book is not None:
            parts[_BOOK] = book.encode()
        sheet = sheet or parts[_SHEET].decode()
        head, rest = sheet.split("<sheetData>")[0], sheet.split("</sheetData>")[1]
        head = re.sub(r"<dimension[^>]*/>", "", head)
        rows: dict[int, list[str]] = {}
        for (row, column), (how, content) in sorted(cells.items()):
            name = f"{column_letters(column)}{row}"
            rows.setdefault(row, []).append(f'<c r="{name}"{how}>{content}</c>')
        data = "".join(
            f'<row r="{r}">{"".join(all_)}</row>' for r, all_ in rows.items()
        )
        parts[_SHEET] = f"{head}<sheetData>{data}</sheetData>{rest}".encode()
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in parts.items():
                package.writestr(name, part)


def _plain(value: object) -> Cell:
    # openpyxl gives a day as the midnight that begins it.
    return value.date() if hasattr(value, "date") else value  # type: ignore[return-value]


def _written(value: Cell) -> tuple[str, str]:
    if isinstance(value, date):
        return f' s="{_DAY_STYLE}"', f"<v>{(value - _DAY_ZERO).days}</v>"
    if isinstance(value, int):
        return "", f"<v>{value}</v>"
    text = f'<t xml:space="preserve">{escape(value)}</t>'
    return ' t="inlineStr"', f"<is>{text}</is>"


def _cell(letters: str, number: str, row: Move, column: Move) -> str:
    new = column(column_number(letters)) or column_number(letters)
    return f"{column_letters(new)}{row(int(number)) or number}"


def _ranges(text: str, row: Move, column: Move) -> str:
    """Let ranges follow: each keeps the smallest box around what is left of it."""
    kept = []
    for one in text.split():
        corners = [re.fullmatch(r"([A-Z]+)(\d+)", it) for it in one.split(":")]
        first, last = corners[0], corners[-1]
        assert first
        assert last
        across = range(column_number(first[1]), column_number(last[1]) + 1)
        columns = [c for it in across if (c := column(it))]
        rows = [r for it in range(int(first[2]), int(last[2]) + 1) if (r := row(it))]
        if rows and columns:
            corner = f"{column_letters(min(columns))}{min(rows)}"
            kept.append(f"{corner}:{column_letters(max(columns))}{max(rows)}")
    return " ".join(kept)


def _width(match: re.Match[str], column: Move) -> str:
    new = column(int(match[1]))
    return f'<col min="{new}" max="{new}"{match[2]}/>' if new else ""


def _names(book: str, row: Move, column: Move) -> str:
    """Let our marks follow; that of a deleted cell is broken, as Excel leaves it."""

    def follow(match: re.Match[str]) -> str:
        new = column(column_number(match[3])), row(int(match[4]))
        if new[0] is None or new[1] is None:
            return re.sub(r"'目标'!$", "#REF!", match[1])
        return f"{match[1]}${column_letters(new[0])}${new[1]}"

    return _NAME.sub(follow, book)
