"""Everything of ours taken out of a workbook again.

Where nobody has saved the workbook since we wrote it, what it carries along gives back
the original byte for byte. Else our columns' cells, highlights, messages, marks and the
board are taken out one by one; what stays is invisible: unused styles and texts, and the
widths of columns that are empty now.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sync.cells import MAX_ROWS, Area
from sync.workbooks.excel.book import Tab
from sync.workbooks.excel.conditional import own_areas, set_highlights
from sync.workbooks.excel.editing import Editing
from sync.workbooks.excel.grid import Grid
from sync.workbooks.excel.gridwrite import Found, GridWriter
from sync.workbooks.excel.growth import TablePart, shrink_filter
from sync.workbooks.excel.markers import PROMPT_TITLE
from sync.workbooks.excel.ownsheet import drop_sheet
from sync.workbooks.excel.package import Package
from sync.workbooks.excel.sheetpart import SheetPart
from sync.workbooks.excel.sheetwrite import marked_cells
from sync.workbooks.excel.undo import UNDO_PART, restore

_Place = tuple[int, int]
"""(row, column) of a header cell of ours."""


def clean(data: bytes, where: str) -> bytes:
    """Give the workbook as it was before the first sync.

    Args:
        data: The whole file.
        where: What to call it in messages.

    Returns:
        The original itself when nobody has saved the workbook since; ``data`` itself
        when nothing in it is ours.

    Raises:
        WorkbookError: If the workbook is damaged.
        NotWritableError: If something in it forbids the change.
    """
    package = Package.open(data, where)
    original = restore(package)
    if original is not None:
        return original
    editing = Editing(package)
    for tab in editing.book.tabs:
        if tab.is_worksheet and tab.part:
            _clean_sheet(editing, tab)
    board = editing.book.board_tab()
    if board is not None and len(editing.book.tabs) > 1:
        drop_sheet(editing, board)
    editing.book.drop_own_names()
    if package.has(UNDO_PART):
        editing.drop_undo()
    return editing.result()


def _clean_sheet(editing: Editing, tab: Tab) -> None:
    marks = marked_cells(editing, tab)
    content = editing.package.part(tab.part)
    if not marks and b"ollowup" not in content and b"o\0l\0l\0o\0w\0u" not in content:
        return
    part = editing.sheet(tab)
    highlighted = own_areas(part)
    set_highlights(part, (), None)
    _drop_prompts(part)
    _empty_columns(editing, tab, marks, highlighted)


def _drop_prompts(part: SheetPart) -> None:
    node = part.root.child("dataValidations")
    if node is None:
        return
    all_of_them = list(node.all("dataValidation"))
    ours = [one for one in all_of_them if one.get("promptTitle") == PROMPT_TITLE]
    if len(ours) == len(all_of_them):
        part.remove(node)
        return
    for one in ours:
        part.remove(one)
    if ours and "count" in node.attributes:
        part.set(node, "count", str(len(all_of_them) - len(ours)))


def _empty_columns(
    editing: Editing, tab: Tab, marks: set[_Place], highlighted: Sequence[Area]
) -> None:
    part = editing.sheet(tab)
    tables = editing.tables(tab)
    kept = _headers_of_tables(tables, marks)
    descending = sorted(marks, key=lambda place: -place[1])
    shrink_filter(editing.book, tab, part, descending)
    grid = Grid(part)
    numbers = [row.number for row in grid.rows()]
    wanted: dict[int, tuple[int, ...]] = {}
    for row, column in sorted(marks, key=lambda place: place[1]):
        others = {place[0] for place in marks if place[1] == column and place[0] > row}
        below = _Below(
            others, _bottom(tables, row, column), _reach(highlighted, row, others)
        )
        for number in below.rows(numbers, row):
            if (number, column) not in kept:
                wanted[number] = (*wanted.get(number, ()), column)
    GridWriter(grid, _nothing, _one_by_one).write(wanted)


def _headers_of_tables(tables: list[TablePart], marks: set[_Place]) -> set[_Place]:
    """Shrink tables that end with columns of ours; give the headers that must stay.

    A table's column must have a header. Where people moved ours into the middle, its
    cells are emptied and its header is left to them.
    """
    kept = set()
    for table in tables:
        area = table.area
        if area is None:
            continue
        right = area.right
        while (area.top, right) in marks and right > area.left:
            right -= 1
        if right < area.right:
            table.shrink(area.right - right)
        kept |= {
            place for place in marks if area.contains(*place) and place[1] <= right
        }
    return kept


def _bottom(tables: list[TablePart], row: int, column: int) -> int | None:
    areas = [table.area for table in tables if table.area is not None]
    inside: list[Area] = [area for area in areas if area.contains(row, column)]
    return inside[0].bottom if inside else None


def _reach(highlighted: Sequence[Area], row: int, others: set[int]) -> int:
    """Give the last row that our highlights below a header speak of, else the header.

    They are as long as their table, whatever rows of it are empty.
    """
    next_header = min(others, default=MAX_ROWS + 1)
    return max(
        (area.bottom for area in highlighted if row < area.top < next_header),
        default=row,
    )


class _Below(NamedTuple):
    """How far our column goes on below its header."""

    others: set[int]
    """Rows with headers of other columns of ours below it."""
    bottom: int | None
    """The last row of the Excel table that it belongs to."""
    reach: int
    """The last row that it surely has: a gap before it is an empty row of its table,
    and what stands behind a gap after it may be anybody's."""

    def rows(self, numbers: Sequence[int], header: int) -> Iterator[int]:
        """Give its rows, of those that a sheet has."""
        latest = header
        for number in numbers[bisect_left(numbers, header) :]:
            if number in self.others:
                return
            if self.bottom is not None and number > self.bottom:
                return
            if self.bottom is None and number > max(latest + 1, self.reach):
                return
            yield number
            latest = number


def _one_by_one(*_: object) -> None:
    """Make no cells behind others: there are none to be made."""


def _nothing(_row: int, _column: int, found: Found) -> bytes | None:
    """Take a cell away that is there."""
    return None if found.style is None else b""
