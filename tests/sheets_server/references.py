"""References inside formulas, kept pointing at the same cells when the grid moves."""

import re
from collections.abc import Callable
from typing import NamedTuple

from tests.sheets_server.a1 import column_of, letters

REFERENCE = re.compile(
    r"(?P<sheet>(?:'(?:[^']|'')+'|[A-Za-z_]\w*)!)?"
    r"(?P<first>\$?[A-Za-z]{1,3}\$?\d+|\$?[A-Za-z]{1,3}(?=:)|\$?\d+(?=:\$?\d))"
    r"(?::(?P<last>\$?[A-Za-z]{1,3}\$?\d*|\$?\d+))?"
    r"(?![\w(!.])"
)
PART = re.compile(r"(\$?)([A-Za-z]*)(\$?)(\d*)")
OUTSIDE_TEXT = re.compile(r'("(?:[^"]|"")*")')


class Shift(NamedTuple):
    """Rows or columns inserted (``by`` > 0) or deleted (< 0) at ``start``."""

    dimension: str
    start: int
    by: int

    def moved(self, index: int, *, last: bool) -> int | None:
        """Say where an index is afterwards; None when it was deleted."""
        if self.by > 0:
            return index + self.by if index >= self.start else index
        gone = self.start - self.by
        if index >= gone:
            return index + self.by
        if index < self.start:
            return index
        # The end of a range that is deleted in part moves up to what is left.
        return self.start - 1 if last else None


def rewritten(text: str, change: Callable[[re.Match[str]], str]) -> str:
    """Pass every reference of a formula, but no text in it, through ``change``."""
    parts = OUTSIDE_TEXT.split(text)
    return "".join(
        part if part.startswith('"') else REFERENCE.sub(guarded(change), part)
        for part in parts
    )


def guarded(change: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
    def checked(match: re.Match[str]) -> str:
        start = match.start()
        # LOG10 and A_1 hold no reference.
        if start and (
            match.string[start - 1].isalnum() or match.string[start - 1] in "_$"
        ):
            return match[0]
        return change(match)

    return checked


def sheet_named(match: re.Match[str]) -> str | None:
    name = match["sheet"]
    if name is None:
        return None
    name = name[:-1]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def shifted(text: str, shift: Shift, *, title: str, own: bool) -> str:
    """Rewrite a formula after rows or columns of the sheet ``title`` came or went.

    Args:
        text: The formula.
        shift: What happened.
        title: The sheet it happened on.
        own: Whether the formula stands on that sheet.
    """

    def change(match: re.Match[str]) -> str:
        named = sheet_named(match)
        if not own if named is None else named.lower() != title.lower():
            return match[0]
        ends = [part(match["first"]), part(match["last"] or match["first"])]
        moved = [
            move_end(ends[0], shift, last=False),
            move_end(ends[1], shift, last=True),
        ]
        if match["last"] is None:
            moved[1] = moved[0]
        both = collapse(moved, ends, shift)
        if both is None:
            return "#REF!"
        sheet = match["sheet"] or ""
        return sheet + (both[0] if match["last"] is None else ":".join(both))

    return rewritten(text, change)


class End(NamedTuple):
    column_fixed: str
    column: int | None
    row_fixed: str
    row: int | None

    def text(self) -> str:
        name = "" if self.column is None else self.column_fixed + letters(self.column)
        return name + ("" if self.row is None else f"{self.row_fixed}{self.row + 1}")


def part(text: str) -> End:
    match = PART.fullmatch(text)
    assert match is not None
    first, name, second, number = match.groups()
    if not name:
        return End("", None, first or second, int(number) - 1)
    return End(first, column_of(name), second, int(number) - 1 if number else None)


def move_end(end: End, shift: Shift, *, last: bool) -> End | None:
    if shift.dimension == "ROWS":
        row = None if end.row is None else shift.moved(end.row, last=last)
        gone = row is None and end.row is not None
        return None if gone else end._replace(row=row)
    column = None if end.column is None else shift.moved(end.column, last=last)
    gone = column is None and end.column is not None
    return None if gone else end._replace(column=column)


def collapse(
    moved: list[End | None], before: list[End], shift: Shift
) -> list[str] | None:
    """Join the ends again: a range survives while anything of it is left."""
    first, last = moved
    if first is None and last is not None and before[0] != before[1]:
        # The range's head was deleted: it begins where the deletion began.
        first = (
            before[0]._replace(row=shift.start)
            if shift.dimension == "ROWS"
            else before[0]._replace(column=shift.start)
        )
    if first is None or last is None:
        return None
    for one, other in ((first.row, last.row), (first.column, last.column)):
        if one is not None and other is not None and other < one:
            return None
    return [first.text(), last.text()]


def carried(text: str, rows: int, columns: int) -> str:
    """Rewrite a formula that is copied: what has no dollar sign goes along."""

    def change(match: re.Match[str]) -> str:
        ends = [carry(part(match["first"]), rows, columns)]
        if match["last"]:
            ends.append(carry(part(match["last"]), rows, columns))
        if None in ends:
            return "#REF!"
        return (match["sheet"] or "") + ":".join(end.text() for end in ends if end)

    return rewritten(text, change)


def carry(end: End, rows: int, columns: int) -> End | None:
    if end.row is not None and not end.row_fixed:
        end = end._replace(row=end.row + rows)
    if end.column is not None and not end.column_fixed:
        end = end._replace(column=end.column + columns)
    return None if (end.row or 0) < 0 or (end.column or 0) < 0 else end


def renamed(text: str, old: str, new: str) -> str:
    """Rewrite a formula after the sheet ``old`` was given the (quoted) name ``new``."""

    def change(match: re.Match[str]) -> str:
        named = sheet_named(match)
        if named is None or named.lower() != old.lower():
            return match[0]
        return f"{new}!" + match[0][len(match["sheet"]) :]

    return rewritten(text, change)


def replaced(
    text: str, dimension: str, place: Callable[[int], int], *, title: str, own: bool
) -> str:
    """Rewrite a formula after rows or columns of the sheet ``title`` changed places.

    A range follows only as a whole: its two ends keep the cells that they named.
    """

    def move(end: End) -> End:
        if dimension == "ROWS":
            return end if end.row is None else end._replace(row=place(end.row))
        return end if end.column is None else end._replace(column=place(end.column))

    def change(match: re.Match[str]) -> str:
        named = sheet_named(match)
        if not own if named is None else named.lower() != title.lower():
            return match[0]
        ends = [move(part(match["first"]))]
        if match["last"]:
            ends.append(move(part(match["last"])))
        return (match["sheet"] or "") + ":".join(end.text() for end in ends)

    return rewritten(text, change)
