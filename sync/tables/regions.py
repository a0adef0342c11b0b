"""How far each table reaches: its columns, its rows, and the rows that are not data."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sync.tables.grid import Grid, cells, is_text
from sync.tables.headers import Header
from sync.tables.normalise import clean, one_line
from sync.tables.periods import is_period
from sync.tables.profile import word_lists
from sync.tables.rows import RowClass, RowReader, is_heading
from sync.tables.vocabulary import Vocabulary
from sync.workbooks.snapshot import RawValue, Row

_LOOK_AHEAD = 30
_GRADE_HEADS = re.compile(
    r"等级|评级|级别|考核等级|绩效等级|评定等级|档次|分数|分数段|得分|grade|rating|score|level|"
    r"rating scale|scale|状态|status|符号|symbol|颜色|color|colour|系数"
)
_SCORE_RANGE = re.compile(
    r"[≥≤<>=＜＞]*\s*\d+(?:\.\d+)?\s*分?\s*(?:[-~–至<≤]+.*)?(?:以上|以下|及以上)?"
)


@dataclass(slots=True)
class Region:
    """One table's place on its sheet."""

    header: Header
    left: int
    right: int
    first: int
    last: int = 0
    odd: list[tuple[int, RowClass]] = field(default_factory=list)
    """Rows that are no records, with what they are."""


def split_columns(
    grid: Grid, header: Header, vocabulary: Vocabulary, stop: int
) -> list[Header]:
    """Take tables that stand side by side under one header row apart."""
    header = _without_labels(grid, header, vocabulary)
    runs: list[list[int]] = []
    for column in sorted(header.texts):
        if (runs and column - runs[-1][-1] == 1) or (
            runs and _belongs(grid, header, runs[-1], column, stop=stop)
        ):
            runs[-1].append(column)
        else:
            runs.append([column])
    runs = [part for run in runs for part in _repeats(header, run)]
    if len(runs) == 1:
        return [header]
    parts = [header.part(run, vocabulary) for run in runs]
    strong = [
        part
        for part in parts
        if part.n_known >= 2 and part.n_known >= len(part.texts) * 0.34
    ]
    return strong or [header]


def _without_labels(grid: Grid, header: Header, vocabulary: Vocabulary) -> Header:
    """Leave out a legend that stands left of the table, its label ending in a colon."""
    columns = sorted(header.texts)
    first = columns[0]
    around = [grid.value(header.row + step, first) for step in (-1, 1, 2, 3)]
    n_labels = sum(str(value).rstrip().endswith((":", "：")) for value in around)
    if not header.texts[first].rstrip().endswith((":", "：")) or n_labels < 2:
        return header
    rest = next(
        (
            columns[i:]
            for i in range(1, len(columns))
            if vocabulary.knows(header.texts[columns[i]]) >= 0.5
        ),
        columns,
    )
    return header.part(rest, vocabulary)


def _belongs(
    grid: Grid, header: Header, run: list[int], column: int, *, stop: int
) -> bool:
    """Whether the header goes on in ``column`` behind columns without a header."""
    rows = grid.between(header.row + 1, min(stop - 1, header.row + _LOOK_AHEAD))
    gap = range(run[-1] + 1, column)
    in_gap = sum(any(_at(row, c) is not None for c in gap) for row in rows)
    if rows and in_gap >= len(rows) * 0.3:
        return True
    mine = {row.number for row in rows if cells(row, run[0], run[-1])}
    theirs = {row.number for row in rows if cells(row, column)}
    here = {clean(header.texts[c]) for c in run}
    after = {clean(t) for c, t in header.texts.items() if c >= column}
    if after and len(here & after) >= max(2, len(after) * 0.5):
        return False
    begins_anew = clean(header.texts[column]) not in here
    if not in_gap and begins_anew and here & after and min(len(run), len(after)) >= 3:
        return False  # One table has no two columns of one name with a gap between.
    if clean(header.texts[run[0]]) == clean(header.texts[column]):
        return False
    if not mine or not theirs:
        return len(gap) <= 1
    agree = len(mine & theirs) / max(len(mine), len(theirs))
    return agree >= (0.6 if len(gap) == 1 else 0.8)


def _at(row: Row, column: int) -> RawValue:
    return row.values[column - 1] if column <= len(row.values) else None


def _repeats(header: Header, run: list[int]) -> list[list[int]]:
    """Cut a run in which the same headers come again and again without a group."""
    names = [clean(header.texts[column]) for column in run]
    if header.groups or len(names) < 4:
        return [run]
    for size in range(2, len(names) // 2 + 1):
        if len(names) % size == 0 and all(
            name == names[i % size] for i, name in enumerate(names)
        ):
            return [run[i : i + size] for i in range(0, len(run), size)]
    return [run]


def region_of(grid: Grid, header: Header, stop: int) -> Region:
    """Find a table's rows, from below its header down to the row before ``stop``."""
    left, right = _bounds(grid, header, stop)
    region = Region(header, left, right, header.row + 1, header.row)
    reader = RowReader(grid, header, left, right)
    below = grid.between(header.row + 1, stop - 1)
    rows = [
        row
        for row in below
        if any(value is not None for value in row.values[left - 1 : right])
    ]
    usual = _usual(rows, left, right)
    kinds = _Kinds(rows, left, right)
    previous, pending = header.row, list[tuple[int, RowClass]]()
    alone = set[int]()
    for position, row in enumerate(rows):
        gap = row.number - previous - 1
        what: RowClass = "record"
        if not reader.is_plainly_a_record(row):
            what = reader.classify(row, opens=position == 0 or gap > 0)
        ahead = rows[position : position + 4]
        if (
            gap
            and not _goes_on(reader, kinds, ahead, usual)
            and not _goes_on_sparsely(reader, ahead, alone)
        ):
            break
        previous = row.number
        if what == "record":
            filled = reader.cells(row)
            alone |= {filled[0][0]} if len(filled) == 1 else set()
            region.odd += pending
            pending.clear()
            region.last = row.number
        else:
            pending.append((row.number, what))
    region.odd += _trailing(pending)
    return region


def _trailing(pending: list[tuple[int, RowClass]]) -> list[tuple[int, RowClass]]:
    """Keep, of the rows after the last record, those that still belong to it."""
    return [(number, what) for number, what in pending if what != "section"]


def _bounds(grid: Grid, header: Header, stop: int) -> tuple[int, int]:
    """Widen the header's columns by neighbours that hold data without a header."""
    left, right = header.left, header.right
    below = grid.between(header.row + 1, min(stop - 1, header.row + _LOOK_AHEAD))
    rows = [row for row in below if len(cells(row, left, right)) >= 2]

    def is_used(column: int) -> bool:
        n = sum(_at(row, column) is not None for row in rows)
        return column > 0 and bool(rows) and n >= max(2, len(rows) * 0.4)

    if is_used(left - 1) and not is_used(left - 2):
        left -= 1
    if is_used(right + 1) and not is_used(right + 2):
        right += 1
    return left, right


def _usual(rows: Sequence[Row], left: int, right: int) -> int:
    """How many cells a row of the table usually fills."""
    counts = sorted(len(cells(row, left, right)) for row in rows[:_LOOK_AHEAD])
    return counts[len(counts) // 2] if counts else 0


class _Kinds:
    """Which columns hold numbers or dates throughout, to tell strangers by."""

    def __init__(self, rows: Sequence[Row], left: int, right: int) -> None:
        self._typed = set[int]()
        head = rows[:12]
        for column in range(left, right + 1):
            values = [v for row in head if (v := _at(row, column)) is not None]
            if len(values) >= 3 and not any(is_text(value) for value in values):
                self._typed.add(column)

    def fit(self, filled: list[tuple[int, RawValue]]) -> bool:
        """Whether at most one of the cells is words where numbers or dates belong."""
        strange = [c for c, value in filled if c in self._typed and is_text(value)]
        return len(strange) <= max(1, len(self._typed) // 2 - 1) or not filled


def _goes_on(
    reader: RowReader, kinds: _Kinds, ahead: Sequence[Row], usual: int
) -> bool:
    """Whether a table goes on after blank rows."""
    for position, row in enumerate(ahead):
        filled = reader.cells(row)
        what = reader.classify(row, opens=position == 0)
        if what == "note":
            return False
        if what in {"repeated_header", "empty_slot"}:
            return True
        if what == "record":
            return len(filled) >= max(2, usual * 0.5) and kinds.fit(filled)
        if what == "total" and len(filled) >= 2:
            return True
    return False


def _goes_on_sparsely(reader: RowReader, ahead: Sequence[Row], alone: set[int]) -> bool:
    """Whether a new section follows whose rows hold a name and nothing else yet.

    A table that lists what is to be measured one day has such rows before the blank
    row too; without any, lines of single cells below a table are remarks.

    Args:
        reader: Knows the table's rows.
        ahead: The rows after the blank one.
        alone: The columns in which rows of the table so far had their only cell.
    """
    for position, row in enumerate(ahead):
        filled = reader.cells(row)
        if reader.classify(row, opens=position == 0) != "section":
            return position > 0 and len(filled) == 1 and filled[0][0] in alone
        if not is_heading(one_line(str(filled[0][1]))):
            return False
    return False


def is_legend(grid: Grid, header: Header, region: Region) -> bool:
    """Whether a table only explains grades, as in ``优秀 90–100``."""
    first = clean(header.texts[header.left])
    if not _GRADE_HEADS.fullmatch(first) and len(header.texts) > 4:
        return False
    rows = grid.between(region.first, region.last)
    values = [v for row in rows[:12] if (v := _at(row, header.left)) is not None]
    if not values or len(rows) > 12:
        return False
    n_grades = sum(_is_grade_like(value) for value in values)
    return n_grades >= len(values) * 0.6 and len(values) <= 8


def _is_grade_like(value: RawValue) -> bool:
    # "2026-07" is a month, though it is written as "90-100" is.
    if not is_text(value) or is_period(str(value)):
        return False
    text = clean(str(value))
    words = word_lists()
    return (
        text in words["grade"]
        or text.removesuffix("级") in words["grade"]
        or text in words["status"]
        or bool(_SCORE_RANGE.fullmatch(str(value).strip()))
    )
