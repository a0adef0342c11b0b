"""What is to be written, as values that can be shown before anything is done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Literal, NamedTuple, Self

from sync.cells import Area, CellRef
from sync.wording import Text

Scalar = str | int | float | date | None
"""What we write into a cell. Text is always text: it never becomes a formula."""

OwnKey = Literal["status", "why", "smart", "next"]
"""Which of our columns."""

Style = Literal[
    "good", "watch", "bad", "late", "quiet", "hint", "title", "head", "text", "link"
]
"""How a cell looks, by meaning: ``good`` green, ``watch`` amber, ``bad`` red, ``late``
dark red, ``quiet`` grey, ``hint`` pale blue for a cell a finding speaks of; ``title``,
``head``, ``text`` and ``link`` for the board."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnColumn:
    """One of our columns beside one table."""

    key: OwnKey
    """The marker carries it."""
    sheet: str
    header_row: int
    column: int
    """Where it stands or will stand, 1-based."""
    first_row: int
    last_row: int
    """The table's data rows, 1-based, inclusive."""
    header: str
    """Written only when the column is new: people may rename it."""
    note: str
    """Shown when the header cell is selected: what the column is and who writes it."""
    width: float
    """In characters of the default font."""
    holds: Literal["text", "date", "number"]
    is_new: bool
    keys: tuple[int, ...] = ()
    """The table's columns whose values together name a row, 1-based."""
    by_key: bool = False
    """Whether our values find their rows by those names, and not by their place."""


class Edit(NamedTuple):
    """One cell to change."""

    at: CellRef
    before: Scalar | bool
    after: Scalar
    because: Text


class CellChange(NamedTuple):
    """One cell to change, where its column is known."""

    row: int
    before: Scalar | bool
    after: Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnEdits:
    """Cells of one column to change for one reason."""

    sheet: str
    column: int
    because: Text
    rows: tuple[int, ...]
    """1-based, ascending."""
    before: tuple[Scalar | bool, ...]
    """What stands in each of them."""
    after: tuple[Scalar, ...]
    """What each of them shall hold."""

    @classmethod
    def of(
        cls, sheet: str, column: int, because: Text, cells: Iterable[CellChange]
    ) -> Self:
        """Take cells up in any order, at least one."""
        rows, before, after = zip(*sorted(cells, key=itemgetter(0)), strict=True)
        return cls(
            sheet=sheet,
            column=column,
            because=because,
            rows=rows,
            before=before,
            after=after,
        )

    def __iter__(self) -> Iterator[Edit]:
        for row, before, after in zip(self.rows, self.before, self.after, strict=True):
            at = CellRef(self.sheet, row, self.column)
            yield Edit(at, before, after, self.because)


@dataclass(frozen=True, slots=True)
class Edits:
    """Cells to change, by column: a large workbook takes a million of them.

    Iterating gives them one by one; their length is the number of cells.
    """

    columns: tuple[ColumnEdits, ...] = ()

    @classmethod
    def of(cls, edits: Iterable[Edit]) -> Self:
        """Sort cells by column; of two edits of one cell the later one counts last."""
        by_column = sorted(edits, key=lambda edit: (edit.at.sheet, edit.at.column))
        return cls(
            tuple(
                ColumnEdits.of(
                    *column,
                    (
                        CellChange(at.row, before, after)
                        for at, before, after, _ in some
                    ),
                )
                for column, some in groupby(by_column, key=_column_of)
            )
        )

    def __len__(self) -> int:
        return sum(len(column.rows) for column in self.columns)

    def __iter__(self) -> Iterator[Edit]:
        for column in self.columns:
            yield from column


def _column_of(edit: Edit) -> tuple[str, int, Text]:
    return edit.at.sheet, edit.at.column, edit.because


@dataclass(frozen=True, slots=True)
class Highlight:
    """A conditional format that is ours: it follows sorting and repaints no cell."""

    sheet: str
    area: Area
    formula: str
    """Without ``=`` and without our marker, for the top left cell of ``area``."""
    style: Style


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One cell of the board sheet."""

    value: Scalar
    style: Style = "text"
    link: CellRef | None = None
    """The cell of the workbook that a click leads to."""


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures of a chart."""

    values: Area
    """Cells of one column of the board."""
    colours: tuple[str, ...]
    """``RRGGBB``: one for the series, or one for each part of a ring."""
    name: tuple[int, int] | None = None
    """Row and column of the board's cell that says what they are, 1-based; ``None``
    where there is one series only."""
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardChart:
    """One chart on the board, of cells of the board."""

    kind: Literal["ring", "bars", "lines"]
    title: str
    names: Area
    """Cells of one column that say what each figure is of."""
    series: tuple[Series, ...]
    row: int
    """Its upper left corner, 1-based."""
    column: int
    shift: int = 0
    """Pixels to the right of the column's left edge."""
    width: int = 320
    height: int = 280
    """In pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The sheet that is ours: made once, replaced as a whole afterwards."""

    name: str
    rows: tuple[tuple[BoardCell, ...], ...]
    """From row 1 on; an empty tuple is an empty row."""
    widths: tuple[float, ...]
    """One a column, in characters of the default font."""
    charts: tuple[BoardChart, ...] = ()
    deciding: int | None = None
    """How many rows from the first on are a reason to write the board anew when they
    change; ``None``: all of them."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something we would have written and did not."""

    at: CellRef | None
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything one sync changes in one workbook."""

    locator: str
    fingerprint: str
    """What the workbook must still be when the plan is carried out."""
    columns: tuple[OwnColumn, ...] = ()
    """All our columns, old and new."""
    edits: Edits = Edits()
    """Changed cells only; the header cells of new columns are not among them."""
    highlights: tuple[Highlight, ...] | None = None
    """The whole wanted set, in order of precedence; ``None`` when it stands already."""
    board: Board | None = None
    """``None`` when the board stands already as wanted."""
    skipped: tuple[Skipped, ...] = ()
    how: Text | None = None
    """How it is written, where there is more than one way."""

    @property
    def is_empty(self) -> bool:
        """Whether carrying it out would change nothing."""
        return not (
            self.edits
            or self.board
            or self.highlights is not None
            or any(column.is_new for column in self.columns)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """What came of a plan."""

    outcome: Literal["applied", "nothing"]
    """A refusal is an error that names its reason, and leaves the file as it was."""
    fingerprint: str
    """What the workbook is now."""
    written_to: str
    """The locator written; another file when the format itself cannot be edited."""
    n_cells: int = 0
    backup: str | None = None
    """Where a copy from before the write lies; ``None`` when none was kept."""
