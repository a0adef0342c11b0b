"""A1 notation: what stands before the exclamation mark, and what after it.

All boxes are half-open and count from 0; ``None`` is an open side.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

CELLS = re.compile(
    r"\$?([A-Za-z]{1,3})?\$?([0-9]+)?(?::\$?([A-Za-z]{1,3})?\$?([0-9]+)?)?"
)
R1C1 = re.compile(r"R([0-9]+)C([0-9]+)(?::R([0-9]+)C([0-9]+))?", re.IGNORECASE)
QUOTED = re.compile(r"'((?:[^']|'')*)'(?:!(.*))?", re.DOTALL)
PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LOOKS_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|R[0-9]*C[0-9]*", re.IGNORECASE)


class OpenBox(NamedTuple):
    """Cells as written, before the grid's size is known."""

    top: int | None
    bottom: int | None
    left: int | None
    right: int | None


class Box(NamedTuple):
    """Cells of one sheet, every side known."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def meets(self, other: "Box") -> bool:
        return (
            self.top < other.bottom
            and other.top < self.bottom
            and self.left < other.right
            and other.left < self.right
        )

    def holds(self, other: "Box") -> bool:
        return (
            self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )


def letters(column: int) -> str:
    """Name a column, counted from 0.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    """Count a column's name from 0.

    >>> column_of("A"), column_of("aa")
    (0, 26)
    """
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def quoted(title: str) -> str:
    """Put a tab's title as it stands in answers: quoted unless it is a plain word.

    >>> quoted("Sheet1"), quoted("Goals 2026"), quoted("A1"), quoted("it's")
    ('Sheet1', "'Goals 2026'", "'A1'", "'it''s'")
    """
    if PLAIN.fullmatch(title) and not LOOKS_LIKE_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def written(title: str, box: Box) -> str:
    """Name a box as answers do: ``Sheet1!A1:B2``, one cell without its colon."""
    first = f"{letters(box.left)}{box.top + 1}"
    last = f"{letters(box.right - 1)}{box.bottom}"
    return f"{quoted(title)}!{first if first == last else f'{first}:{last}'}"


def written_open(title: str, box: OpenBox) -> str:
    """Name a range with its open sides left open, as refusals do.

    Source: refusals of the real API, quoted by who met them: ``T!A1001:B``,
    ``T!AA1:2``, ``Mass!151154:151354``, ``Sheet1!A100000``.
    """
    first = ("" if box.left is None else letters(box.left)) + (
        "" if box.top is None else str(box.top + 1)
    )
    last = ("" if box.right is None else letters(box.right - 1)) + (
        "" if box.bottom is None else str(box.bottom)
    )
    cells = first if first == last else f"{first}:{last}"
    return f"{quoted(title)}!{cells}"


def split(text: str) -> tuple[str | None, str]:
    """Part a range into the tab's title, if it names one, and the cells."""
    if match := QUOTED.fullmatch(text):
        return match[1].replace("''", "'"), match[2] or ""
    title, mark, cells = text.rpartition("!")
    return (title, cells) if mark else (None, text)


def read_cells(text: str) -> OpenBox | None:
    """Read ``A1:B2``, ``A:A``, ``2:3``, ``A5:A`` or ``R1C1``; None for anything else.

    >>> read_cells("B2"), read_cells("A:C"), read_cells("2:2")[:2]
    (OpenBox(top=1, bottom=2, left=1, right=2), \
OpenBox(top=None, bottom=None, left=0, right=3), (1, 2))
    """
    if match := R1C1.fullmatch(text):
        row, column, last_row, last_column = match.groups()
        return ordered(
            int(row) - 1,
            int(last_row or row),
            int(column) - 1,
            int(last_column or column),
        )
    match = CELLS.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    letter, number, last_letter, last_number = match.groups()
    if ":" not in text:
        if letter is None or number is None:
            return None
        last_letter, last_number = letter, number
    elif last_letter is None and last_number is None:
        return None
    if "0" in {number, last_number}:
        return None
    return ordered(
        int(number) - 1 if number else None,
        int(last_number) if last_number else None,
        column_of(letter) if letter else None,
        column_of(last_letter) + 1 if last_letter else None,
    )


def ordered(
    top: int | None, bottom: int | None, left: int | None, right: int | None
) -> OpenBox:
    if top is not None and bottom is not None and bottom <= top:
        top, bottom = bottom - 1, top + 1
    if left is not None and right is not None and right <= left:
        left, right = right - 1, left + 1
    return OpenBox(top, bottom, left, right)


def box_of(grid_range: Mapping[str, Any]) -> Box:
    """Read a GridRange whose open sides reach beyond every grid."""
    return Box(
        grid_range.get("startRowIndex", 0),
        grid_range.get("endRowIndex", 1 << 40),
        grid_range.get("startColumnIndex", 0),
        grid_range.get("endColumnIndex", 1 << 40),
    )
