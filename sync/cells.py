"""Where a cell is, in the words a spreadsheet user knows."""

import re
from typing import NamedTuple, Self

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384

_A1 = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


def column_letters(column: int) -> str:
    """Write a 1-based column number as letters.

    >>> column_letters(28)
    'AB'
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Read column letters, in either case, as a 1-based number.

    >>> column_number("ab")
    28
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


class Area(NamedTuple):
    """A rectangle of cells; all four bounds are 1-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def parse(cls, a1: str) -> Self:
        """Read ``"B2:D9"``, ``"$B$2:$D$9"`` or a single ``"B2"``.

        Raises:
            ValueError: If ``a1`` is not a bounded range, as in ``"A:A"``.
        """
        first, _, last = a1.partition(":")
        start, end = _A1.fullmatch(first), _A1.fullmatch(last or first)
        if not start or not end:
            raise ValueError(a1)
        rows = sorted((int(start[2]), int(end[2])))
        columns = sorted((column_number(start[1]), column_number(end[1])))
        return cls(rows[0], columns[0], rows[1], columns[1])

    @property
    def a1(self) -> str:
        """The range as Excel writes it, a single cell without a colon."""
        first = f"{column_letters(self.left)}{self.top}"
        last = f"{column_letters(self.right)}{self.bottom}"
        return first if first == last else f"{first}:{last}"

    def contains(self, row: int, column: int) -> bool:
        """Tell whether the cell lies in the rectangle."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class CellRef(NamedTuple):
    """One cell of a workbook."""

    sheet: str
    row: int
    """1-based, as the user sees it."""
    column: int
    """1-based: A is 1."""

    @property
    def a1(self) -> str:
        """The address within its sheet, as in ``F14``."""
        return f"{column_letters(self.column)}{self.row}"

    def __str__(self) -> str:
        """The address as Excel writes it, as in ``'Goals 2026'!F14``."""
        quoted = self.sheet.replace("'", "''")
        return f"'{quoted}'!{self.a1}"
