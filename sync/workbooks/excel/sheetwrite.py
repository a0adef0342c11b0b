"""Cells of one sheet written: where they may go, how they look, what must grow."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import chain

from sync.cells import Area, CellRef
from sync.wording import Text
from sync.workbooks.excel.behind import Behind
from sync.workbooks.excel.book import Tab
from sync.workbooks.excel.editing import Editing
from sync.workbooks.excel.frame import add_prompts, set_widths, widen_dimension
from sync.workbooks.excel.grid import Grid
from sync.workbooks.excel.gridwrite import (
    Found,
    GridWriter,
    Written,
)
from sync.workbooks.excel.growth import grow_filter
from sync.workbooks.excel.markers import column_key
from sync.workbooks.excel.protection import Protection
from sync.workbooks.excel.stylesheet import Holds
from sync.workbooks.excel.values import CellWriter, looks_like_formula, storable
from sync.workbooks.excel.wanted import Wanted
from sync.workbooks.plan import ColumnEdits, Highlight, OwnColumn, Scalar

_HAS_VALUE = re.compile(rb"<(?:[\w.-]+:)?[vt](?:\s[^<>]*)?>\s*[^<\s]")
_SENTENCES = frozenset(("why",))
"""Our columns whose texts are sentences."""

_MOVE_FORMULA = Text("请把公式移到别的列", "move the formula to another column")


_Place = tuple[int, int]
"""(row, column)."""
_LookKey = tuple[int, int, bool, bool, str]
"""(format it is based on, column, whether the cell is new, risky, what it holds)."""


class SheetWriter:
    """Writes one sheet."""

    def __init__(self, editing: Editing, tab: Tab, own: Sequence[OwnColumn]) -> None:
        self._editing = editing
        self._tab = tab
        self._part = editing.sheet(tab)
        self._own: defaultdict[int, list[OwnColumn]] = defaultdict(list)
        for column in own:
            self._own[column.column].append(column)
        self._headers: dict[_Place, str] = {}
        self._looks: dict[_LookKey, int] = {}
        self._marked = marked_cells(editing, tab)
        self.protection = Protection(self._part, tab.name)
        self._spliced = False

    def add_columns(self, columns: Sequence[OwnColumn]) -> None:
        """Prepare new columns: ranges that grow, headers, widths and messages.

        Raises:
            NotWritableError: If a range is not ours to grow.
        """
        ordered = sorted(columns, key=lambda one: one.column)
        fresh = [one for one in ordered if not self._is_marked(one)]
        tables = self._editing.tables(self._tab) if fresh else []
        beside = []
        for column in fresh:
            header = column.header
            table = next(
                (one for one in tables if one.takes(column.header_row, column.column)),
                None,
            )
            if table is not None:
                header = self._editing.take_column(table, header)
            else:
                beside.append((column.header_row, column.column))
            self._headers[column.header_row, column.column] = header
        grow_filter(self._editing.book, self._tab, self._part, beside)
        if self.protection.allows_widths:
            set_widths(self._part, {one.column: one.width for one in fresh})
        if not self.protection.is_on:
            add_prompts(self._part, fresh)

    def _is_marked(self, column: OwnColumn) -> bool:
        """Whether the column stands there already, as when a plan is repeated."""
        return (column.header_row, column.column) in self._marked

    def write(self, edits: Sequence[ColumnEdits]) -> bool:
        """Splice the headers and all edits into the rows.

        Returns:
            Whether any cell changes.

        Raises:
            NotWritableError: If a cell is a formula, covered by a merge, or locked.
        """
        self._wanted = Wanted(edits, self._headers)
        if not self._wanted.columns:
            return False
        self._grid = Grid(self._part)
        self._refuse_covered()
        self._cells = CellWriter(self._part.prefix, self._editing.share)
        self._from_1904 = self._editing.book.counts_from_1904
        plain = dict(self._wanted.values)
        for row in self._wanted.careful:
            del plain[row]
        if self.protection.is_on:
            plain.clear()  # it is asked cell by cell
        behind = Behind(self._cells, self._style, plain, from_1904=self._from_1904)
        writer = GridWriter(self._grid, self._make, behind.rows)
        written = writer.write(self._wanted.columns)
        self._spliced |= written.area is not None
        self._finish(written)
        return self._spliced

    def _make(self, row: int, column: int, found: Found) -> bytes | None:
        """Make one cell as XML."""
        if found.content:
            self._check_content(row, column, found.content)
        given = self._wanted.value(row, column)
        value = storable(given, from_1904=self._from_1904)
        is_empty = value is None or value == ""
        if is_empty and found.style is None:
            return None
        if is_empty:
            style = found.style or 0
        elif (row, column) in self._headers:
            style = found.style or found.beside or 0
        else:
            style = self._style(row, column, value, found)
        if self.protection.is_on:
            at = CellRef(self._tab.name, row, column)
            self.protection.check(at, found.style or 0, self._editing.styles)
        self._spliced = True
        return self._cells.write(row, column, style, value)

    def _style(self, row: int, column: int, value: Scalar, found: Found) -> int:
        """Find looks that match the neighbour's and show the value as it is meant."""
        there, beside = found.style, found.beside
        base = there if there is not None else beside or 0
        is_risky = isinstance(value, str) and looks_like_formula(value)
        is_new = there is None or there == 0
        # A day before Excel's calendar is written as text.
        holds: Holds = (
            "text"
            if isinstance(value, str)
            else _holds(self._wanted.value(row, column))
        )
        key = (base, column, is_new, is_risky, holds)
        known = self._looks.get(key)
        if known is not None:
            return known
        styles = self._editing.styles
        if is_new:
            own = self._own_at(row, column)
            reads = own is not None and own.key in _SENTENCES
            style = styles.beside(base, holds, sentence=reads, quoted=is_risky)
        else:  # people may have given our cell other looks since
            style = styles.fitting(base, holds, quoted=is_risky)
        self._looks[key] = style
        return style

    def _own_at(self, row: int, column: int) -> OwnColumn | None:
        for own in self._own[column]:
            if own.first_row <= row <= own.last_row:
                return own
        return None

    def _check_content(self, row: int, column: int, content: bytes) -> None:
        at = CellRef(self._tab.name, row, column)
        if self._grid.has_formula(content):
            raise self._part.refused(
                Text(
                    "工作表“{sheet}”的单元格 {at} 里有公式，不能由我们覆盖",
                    "cell {at} of sheet {sheet!r} holds a formula, which is not ours "
                    "to overwrite",
                    {"at": at.a1, "sheet": at.sheet},
                ),
                _MOVE_FORMULA,
            )
        if (row, column) in self._headers and _HAS_VALUE.search(content):
            raise self._part.refused(
                Text(
                    "我们的列要从工作表“{sheet}”的单元格 {at} 开始，但它不是空的",
                    "cell {at} of sheet {sheet!r}, where a column of ours would "
                    "begin, is not empty",
                    {"at": at.a1, "sheet": at.sheet},
                ),
                Text(
                    "请再运行一次：这次的计划是按工作表之前的样子做的",
                    "run again: the plan was made for another state of the sheet",
                ),
            )

    def _refuse_covered(self) -> None:
        """Refuse cells whose content nobody would see, or that belong to an array."""
        merges = self._part.root.child("mergeCells")
        covers = []
        for node in merges.all("mergeCell") if merges else ():
            try:
                covers.append(Area.parse(node.get("ref")))
            except ValueError:
                continue
        columns = set(chain.from_iterable(set(self._wanted.columns.values())))
        for area in covers:
            if any(area.left <= column <= area.right for column in columns):
                self._refuse_under(area)
        if not self._editing.has_formula(self._tab):
            return
        for area in self._grid.array_areas():
            for row, column in self._wanted.places():
                if area.contains(row, column):
                    at = CellRef(self._tab.name, row, column)
                    raise self._part.refused(
                        Text(
                            "单元格 {at} 属于 {area} 的数组公式",
                            "cell {at} belongs to the array formula of {area}",
                            {"at": at.a1, "area": area.a1},
                        ),
                        _MOVE_FORMULA,
                    )

    def _refuse_under(self, area: Area) -> None:
        for row in range(area.top, area.bottom + 1):
            for column in self._wanted.columns.get(row, ()):
                is_anchor = (row, column) == (area.top, area.left)
                if area.contains(row, column) and not is_anchor:
                    at = CellRef(self._tab.name, row, column)
                    raise self._part.refused(
                        Text(
                            "工作表“{sheet}”的单元格 {at} 被合并单元格 {area} 盖住，"
                            "写了也没人看得到",
                            "cell {at} of sheet {sheet!r} lies under the merged cells "
                            "{area}, where nobody would see it",
                            {"at": at.a1, "sheet": at.sheet, "area": area.a1},
                        ),
                        Text(
                            "请取消合并 {area}（“开始 > 合并后居中”）",
                            "unmerge {area} (Home > Merge & Center)",
                            {"area": area.a1},
                        ),
                    )

    def check_formats(self, wanted: Sequence[Highlight]) -> None:
        """Refuse highlights where protection forbids formats.

        Raises:
            NotWritableError: If any is wanted and formats are locked.
        """
        if wanted and not self.protection.allows_formats:
            raise self.protection.refusal(Text("格式已锁定", "its formats are locked"))

    def _finish(self, written: Written) -> None:
        if written.into_empty:
            name = self._part.prefix + b"sheetData"
            node = self._part.sheet_data
            self._part.splices.replace(
                node.start,
                node.end,
                b"<%s>%s</%s>" % (name, written.into_empty, name),
            )
        if written.area is not None:
            widen_dimension(self._part, written.area)


def _holds(value: Scalar) -> Holds:
    if isinstance(value, str) or value is None:
        return "text"
    return "date" if isinstance(value, date) else "number"


def marked_cells(editing: Editing, tab: Tab) -> set[tuple[int, int]]:
    """Header cells that a mark of ours refers to."""
    found = set()
    for node in editing.book.names():
        if editing.book.tab_of_name(node) != tab.index:
            continue
        if column_key(node.get("name")) is None:
            continue
        _, _, address = node.text.rpartition("!")
        try:
            area = Area.parse(address)
        except ValueError:
            continue
        found.add((area.top, area.left))
    return found
