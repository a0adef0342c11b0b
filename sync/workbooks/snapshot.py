"""What a workbook held at the moment it was read, in no format's own terms."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NamedTuple

from sync.cells import Area
from sync.wording import Text
from sync.workbooks.plan import Highlight


class Percent(float):
    """A number that the sheet shows as a percentage: 0.2, shown as 20 %."""

    __slots__ = ()


class CellError(str):
    """An error value as the sheet shows it, such as ``#DIV/0!``."""

    __slots__ = ()


class Uncalculated(str):
    """A formula whose result was never stored; the text is the formula."""

    __slots__ = ()


RawValue = str | bool | int | float | date | datetime | None
"""One cell as its format types it.

``None`` is an empty cell; text is never empty and keeps its spaces and line breaks.
A number with a date format is a ``date`` when it has no time of day, else a naive
``datetime``; one with a percent format is a `Percent`. `CellError` and `Uncalculated`
are subclasses of ``str``: check for them before treating a value as text.
"""


class Row(NamedTuple):
    """One row that holds at least one value."""

    number: int
    """1-based, as the user sees it."""
    values: tuple[RawValue, ...]
    """From column A on; cells beyond the last value are left out."""
    hidden: bool = False


class ListObject(NamedTuple):
    """A table the user made with Excel's own "Format as Table"."""

    name: str
    area: Area
    """Header and totals rows included."""
    header_rows: int
    totals_rows: int
    is_fed: bool = False
    """Whether a query fills it: a refresh reorders its rows and leaves ours behind."""


class OwnMark(NamedTuple):
    """One of our columns, found again by its marker wherever people moved it."""

    key: str
    """Which of our columns it is, such as ``status``."""
    row: int
    column: int
    """Row and column of its header cell now, 1-based."""


class Decision(NamedTuple):
    """Why something is possible or not."""

    allowed: bool
    why: Text | None = None
    """Said to the user when it is not allowed."""


ALLOWED = Decision(allowed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One tab."""

    name: str
    index: int
    """0-based position among all tabs, hidden ones included."""
    visibility: Literal["visible", "hidden", "very_hidden"] = "visible"
    rows: tuple[Row, ...] = ()
    """Rows with content, ascending; hidden rows included."""
    merges: tuple[Area, ...] = ()
    list_objects: tuple[ListObject, ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    auto_filter: Area | None = None
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(row, column) → text of the cell's comment or note."""
    writing: Decision = ALLOWED
    """Whether this tab may be written, as in a protected sheet."""
    silent: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """Column → first and last row of its cells that show nothing and are not free: a
    formula whose result is an empty text, or a text without characters."""
    own: tuple[OwnMark, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    """The conditional formats that are ours, as they stand now."""
    gid: int | None = None
    """The number by which a web address names it; ``None`` for a sheet of a file."""
    is_board: bool = False
    """Whether the tab is our own follow-up board."""
    by_key: bool = False
    """Whether what we write finds its row by the row's key and not by its place, so that
    it may be written while people sort and insert."""
    whole_columns: bool = False
    """Whether a column of ours is put in through the whole tab, so that nothing of
    people's may stand right of it."""

    def value(self, row: int, column: int) -> RawValue:
        """Look up one cell; empty when the row or column does not exist."""
        found = self.row(row)
        if found is None or column > len(found.values):
            return None
        return found.values[column - 1]

    def row(self, number: int) -> Row | None:
        """Look up one row by the number the user sees; ``None`` when it is empty."""
        # Rows are tuples that begin with their number: a shorter one comes before them.
        at = bisect_left(self.rows, (number,))
        if at < len(self.rows) and self.rows[at].number == number:
            return self.rows[at]
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything that was read, and the proof of what it was read from."""

    locator: str
    """The path or URL the user gave."""
    format: str
    """``xlsx``, ``xlsm``, ``xls``, ``xlsb``, ``ods``, ``csv`` or ``memory``."""
    fingerprint: str
    """Changes whenever anything in the workbook changes; for a file, its SHA-256."""
    sheets: tuple[Sheet, ...]
    date_system: Literal[1900, 1904] = 1900
    writing: Decision = ALLOWED
    """Whether the workbook as a whole can be written back."""
    board_writing: Decision = ALLOWED
    """Whether our board can be added, or be replaced where it stands."""
    name: str = ""
    """What people call the workbook; empty for a file, which has its path's name."""
    how: Text | None = None
    """How we write, where there is more than one way; shown with a plan."""
    remarks: tuple[Text, ...] = ()
    """What the user should know about the reading, such as a guessed encoding."""

    def sheet(self, name: str) -> Sheet | None:
        """Look up a tab by its exact name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)
