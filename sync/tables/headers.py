"""Where the header rows are, and which text stands above each column."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from sync.tables.grid import Grid, cells, is_text
from sync.tables.labels import is_filled_label, is_line_of_labels
from sync.tables.normalise import has_cjk, one_line
from sync.tables.periods import is_period
from sync.tables.spreads import Spread, spread_over
from sync.tables.vocabulary import Vocabulary
from sync.workbooks.snapshot import RawValue, Row

_LOOK_AT_FIRST = 200
"""Below so many rows a header is only looked for after a break in the rows."""
_KNOWN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header of one or several rows."""

    top: int
    row: int
    """The last of its rows, 1-based."""
    texts: dict[int, str]
    """Column → text, on one line; columns without a text are left out."""
    groups: dict[int, str]
    """Column → text of the wide cell above it."""
    n_known: int
    """How many of the texts the vocabulary knows."""
    spread: dict[int, Spread] = field(default_factory=dict)
    """Column → name and period, for names that come once a period."""

    @property
    def left(self) -> int:
        """The first column with a text."""
        return min(self.texts)

    @property
    def right(self) -> int:
        """The last column with a text."""
        return max(self.texts)

    def part(self, columns: list[int], vocabulary: Vocabulary) -> "Header":
        """The header of some of the columns only."""
        texts = {column: self.texts[column] for column in columns}
        return replace(
            self,
            texts=texts,
            groups={c: g for c, g in self.groups.items() if c in texts},
            n_known=sum(vocabulary.knows(text) >= _KNOWN for text in texts.values()),
            spread=spread_over(texts),
        )


def find_headers(grid: Grid, vocabulary: Vocabulary) -> list[Header]:
    """Find the rows that read like a header, from top to bottom."""
    likely = {
        row.number: like
        for row in _worth_a_look(grid)
        if (like := likeness(grid, row, vocabulary)).n_known
    }
    found: list[Header] = []
    for number in sorted(likely):
        if found and number <= found[-1].row:
            continue
        if found and not _after_break(grid, number, likely[number]):
            continue
        header = header_at(grid, number, vocabulary, downwards=True)
        if not _has_data(grid, header):
            continue
        below = likely.get(header.row + 1, _UNLIKE)
        if below > likely[number] and header.row == number:
            continue  # A line of labels such as 姓名 张三 above the real header.
        found.append(header)
    return found


def _after_break(grid: Grid, number: int, like: "Likeness") -> bool:
    """Whether a row below a table begins another one: data can read like a header."""
    row, above = grid.row(number), grid.row(number - 1)
    if row is None:
        return False
    n_filled = len(cells(row))
    n_above = len(cells(above)) if above else 0
    is_break = n_above <= 2 or n_above < n_filled * 0.5
    return is_break and like.share >= 0.6 and like.n_known >= 2


def _has_data(grid: Grid, header: Header) -> bool:
    """Whether something stands below, unless the header alone is convincing."""
    below = grid.between(header.row + 1, header.row + 3)
    n_below = max(
        (len(cells(row, header.left, header.right)) for row in below), default=0
    )
    return n_below >= 2 or header.n_known >= 4


def _worth_a_look(grid: Grid) -> Iterator[Row]:
    """Give the rows that may be headers: the first ones, later those after a break."""
    since_break, previous = 0, 0
    usual = 0
    for position, row in enumerate(grid.rows):
        n_filled = len(row.values) - row.values.count(None)
        usual = max(usual, n_filled) if position < _LOOK_AT_FIRST else usual
        is_break = row.number != previous + 1 or n_filled <= max(2, usual // 4)
        previous = row.number
        since_break = 0 if is_break else since_break + 1
        if position < _LOOK_AT_FIRST or since_break < 2:
            yield row


class Likeness(NamedTuple):
    """How much a row reads like a header."""

    n_known: int
    """Cells the vocabulary knows; 0 when it does not read like one at all."""
    share: float
    """The same of all its cells but periods, 0–1."""


_UNLIKE = Likeness(0, 0.0)
_SERIES = 3
"""Fewer periods beside a word may be anything."""


def likeness(grid: Grid, row: Row, vocabulary: Vocabulary) -> Likeness:
    """Tell how much a row reads like a header."""
    filled = cells(row)
    if len(filled) < 2:
        return _UNLIKE
    words = [str(value) for _, value in filled if is_text(value)]
    periods = sum(_is_period_cell(value) for _, value in filled)
    n_judged = len(filled) - periods
    plain = [word for word in words if not is_period(word)]
    n_values = n_judged - len(plain)
    if plain and n_judged == 1 and periods >= _SERIES:
        # ``姓名 | 1月 | 2月 | …``: one word is enough above months.
        is_known = vocabulary.knows(plain[0]) >= _KNOWN
        return Likeness(2, 1.0) if is_known else _UNLIKE
    if len(plain) < 2 or n_values > n_judged * 0.2:
        return _UNLIKE
    n_long = sum(len(word) > (30 if has_cjk(word) else 60) for word in plain)
    n_labels = sum(is_filled_label(word) for word in plain)
    n_asking = sum(word.rstrip().endswith((":", "：")) for word in plain)
    if (
        n_long > n_judged * 0.3
        or n_labels > n_judged * 0.3
        or n_asking > 0.5 * n_judged
    ):
        return _UNLIKE
    known = [
        is_text(value) and vocabulary.knows(str(value)) >= _KNOWN for _, value in filled
    ]
    n_known = sum(known)
    share = n_known / n_judged
    enough = (n_known >= 2 and share >= 0.4) or (n_known >= 3 and share >= 0.34)
    if not enough or is_line_of_labels(grid, row.number, filled, known):
        return _UNLIKE
    return Likeness(n_known, share)


def _is_period_cell(value: RawValue) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return 2000 <= value <= 2100 and value == int(value)
    if isinstance(value, date):
        return value.day == 1
    return isinstance(value, str) and is_period(value)


def header_at(
    grid: Grid, number: int, vocabulary: Vocabulary, *, downwards: bool
) -> Header:
    """Read the header that begins at, or ends in, a row.

    Args:
        grid: The sheet.
        number: The row that reads like a header, 1-based.
        vocabulary: What wordings are known.
        downwards: Whether rows below may still belong to the header.
    """
    top = bottom = number
    if downwards:
        while bottom - top < 2 and _continues(grid, bottom, bottom + 1, vocabulary):
            bottom += 1
    while bottom - top < 2 and _groups(grid, top - 1, top):
        top -= 1
    texts, groups = _read(grid, top, bottom)
    n_known = sum(vocabulary.knows(text) >= _KNOWN for text in texts.values())
    return Header(
        top=top,
        row=bottom,
        texts=texts,
        groups=groups,
        n_known=n_known,
        spread=spread_over(texts),
    )


def _continues(grid: Grid, upper: int, lower: int, vocabulary: Vocabulary) -> bool:
    """Whether the row below is the second row of the same header."""
    above, below = grid.row(upper), grid.row(lower)
    if above is None or below is None:
        return False
    subs = cells(below)
    if not all(is_text(value) or _is_period_cell(value) for _, value in subs):
        return False
    wide, tall = _shape(grid, upper, above)
    if any(area == "tall" for area in tall.values()):
        return all(tall.get(column) != "tall" for column, _ in subs)
    free = [column for column, _ in subs if column not in wide]
    n_known = sum(vocabulary.knows(str(value)) >= _KNOWN for _, value in subs)
    return bool(wide) and not free and len(subs) >= 2 and n_known * 2 >= len(subs)


def _shape(grid: Grid, number: int, row: Row) -> tuple[dict[int, str], dict[int, str]]:
    """Tell which columns a row's cells are merged over, sideways and downwards."""
    wide: dict[int, str] = {}
    tall: dict[int, str] = {}
    for column, value in cells(row):
        area = grid.merged(number, column)
        if area is None:
            continue
        for covered in range(area.left, area.right + 1):
            if area.bottom > area.top:
                tall[covered] = "tall"
            elif area.right > area.left:
                wide[covered] = str(value)
    return wide, tall


def _groups(grid: Grid, upper: int, lower: int) -> bool:
    """Whether the row above groups the columns of the header row."""
    above, below = grid.row(upper), grid.row(lower)
    if above is None or below is None:
        return False
    tops = cells(above)
    if not tops or not all(is_text(v) or _is_period_cell(v) for _, v in tops):
        return False
    if any(is_filled_label(str(value)) for _, value in tops):
        return False
    under = [column for column, _ in cells(below)]
    wide, tall = _shape(grid, upper, above)
    if any(kind == "tall" for kind in tall.values()):
        return len(tops) >= 2 and not any(tall.get(c) == "tall" for c in under)
    covered = [column for column in under if column in wide]
    n_groups = len({wide[column] for column in covered})
    if len(covered) >= 2 and len(covered) < len(under):
        return n_groups >= 1 and all(c in wide or c not in under for c, _ in tops)
    return n_groups >= 2


def _read(grid: Grid, top: int, bottom: int) -> tuple[dict[int, str], dict[int, str]]:
    """Put the rows of a header together, column by column."""
    texts: dict[int, str] = {}
    groups: dict[int, str] = {}
    for number in range(top, bottom + 1):
        row = grid.row(number)
        for column, value in cells(row) if row else ():
            shown = one_line(_shown(value))
            area = grid.merged(number, column)
            right = area.right if area else column
            ends = area.bottom if area else number
            if column in texts and right == column:
                groups.setdefault(column, texts[column])
            if number < bottom and ends < bottom and right > column:
                for covered in range(column, right + 1):
                    groups[covered] = shown
            if column not in grid.own:
                texts[column] = shown
    return texts, groups


def _shown(value: RawValue) -> str:
    if isinstance(value, date):
        return f"{value.year}-{value.month:02}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
