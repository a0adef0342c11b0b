"""Cells of one sheet written: where they may go, how they look, what must grow."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sync.cells import Area, CellRef
from sync.workbooks.excel.book import Tab
from sync.workbooks.excel.editing import Editing
from sync.workbooks.excel.frame import add_prompts, set_widths, widen_dimension
from sync.workbooks.excel.grid import Found, Grid, Written
from sync.workbooks.excel.growth import grow_filter
from sync.workbooks.excel.markers import column_key
from sync.workbooks.excel.protection import Protection
from sync.workbooks.excel.stylesheet import Holds
from sync.workbooks.excel.values import CellWriter, looks_like_formula, storable
from sync.workbooks.plan import Edit, Highlight, OwnColumn, Scalar

_HAS_VALUE = re.compile(rb"<(?:[\w.-]+:)?(?:v|is|f)[\s>]")
_WRAPPED = frozenset(("why",))
"""Our columns whose texts are sentences."""


class _Target(NamedTuple):
    value: Scalar
    holds: Holds
    wrap: bool
    is_header: bool


class SheetWriter:
    """Writes one sheet."""

    def __init__(self, editing: Editing, tab: Tab, own: Sequence[OwnColumn]) -> None:
        self._editing = editing
        self._tab = tab
        self._part = editing.sheet(tab)
        self._own = {column.column: column for column in own}
        self._headers: dict[tuple[int, int], _Target] = {}
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
            place = (column.header_row, column.column)
            self._headers[place] = _Target(header, "text", wrap=False, is_header=True)
        grow_filter(self._editing.book, self._tab, self._part, beside)
        if self.protection.allows_widths:
            set_widths(self._part, {one.column: one.width for one in fresh})
        if not self.protection.is_on:
            add_prompts(self._part, fresh)

    def _is_marked(self, column: OwnColumn) -> bool:
        """Whether the column stands there already, as when a plan is repeated."""
        return (column.header_row, column.column) in self._marked

    def write(self, edits: Sequence[Edit]) -> bool:
        """Splice the headers and all edits into the rows.

        Returns:
            Whether any cell changes.

        Raises:
            NotWritableError: If a cell is a formula, covered by a merge, or locked.
        """
        self._targets = dict(self._headers)
        for edit in edits:
            self._targets[edit.at.row, edit.at.column] = self._target(edit)
        if not self._targets:
            return False
        self._grid = Grid(self._part)
        self._refuse_covered()
        share = self._editing.share
        self._cells = CellWriter(self._part.prefix, share)
        self._from_1904 = self._editing.book.counts_from_1904
        by_row: defaultdict[int, list[int]] = defaultdict(list)
        for row, column in sorted(self._targets):
            by_row[row].append(column)
        written = self._grid.write(by_row, self._make)
        self._finish(written)
        return self._spliced

    def _target(self, edit: Edit) -> _Target:
        own = self._own.get(edit.at.column)
        if own is not None and own.first_row <= edit.at.row <= own.last_row:
            return _Target(edit.after, own.holds, own.key in _WRAPPED, is_header=False)
        return _Target(edit.after, _holds(edit.after), wrap=False, is_header=False)

    def _make(self, row: int, column: int, found: Found) -> bytes | None:
        """Make one cell as XML."""
        target = self._targets[row, column]
        at = CellRef(self._tab.name, row, column)
        if found.content:
            self._check_content(at, target, found.content)
        value = storable(target.value, from_1904=self._from_1904)
        if found.style is None and value in (None, ""):
            return None
        style = self._style(target, value, found)
        if self.protection.is_on:
            self.protection.check(at, found.style or 0, self._editing.styles)
        self._spliced = True
        return self._cells.write(row, column, style, value)

    def _style(self, target: _Target, value: Scalar, found: Found) -> int:
        there = found.style
        beside = found.beside or 0
        base = there if there is not None else beside
        if target.is_header:
            return base if there is None or there == 0 else there
        holds: Holds = "text" if isinstance(value, str) else target.holds
        if value in (None, ""):
            return base
        if holds == "text" and not isinstance(value, str):
            holds = "number"
        quoted = isinstance(value, str) and looks_like_formula(value)
        # People may have given our cell other looks since: only a first cell wraps.
        wrap = target.wrap and not there
        return self._editing.styles.fitting(base, holds, wrap=wrap, quoted=quoted)

    def _check_content(self, at: CellRef, target: _Target, content: bytes) -> None:
        if self._grid.has_formula(content):
            raise self._part.refused(
                f"cell {at.a1} of sheet {at.sheet!r} holds a formula, which is not "
                "ours to overwrite",
                "move the formula to another column",
            )
        if target.is_header and _HAS_VALUE.search(content):
            raise self._part.refused(
                f"cell {at.a1} of sheet {at.sheet!r}, where a column of ours would "
                "begin, is not empty",
                "run again: the plan was made for another state of the sheet",
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
        columns = {column for _, column in self._targets}
        for area in covers:
            if any(area.left <= column <= area.right for column in columns):
                self._refuse_under(area)
        for area in self._grid.array_areas():
            for row, column in self._targets:
                if area.contains(row, column):
                    at = CellRef(self._tab.name, row, column)
                    raise self._part.refused(
                        f"cell {at.a1} belongs to the array formula of {area.a1}",
                        "move the formula to another column",
                    )

    def _refuse_under(self, area: Area) -> None:
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, min(area.right, area.left + 16_384) + 1):
                is_anchor = (row, column) == (area.top, area.left)
                if (row, column) in self._targets and not is_anchor:
                    at = CellRef(self._tab.name, row, column)
                    raise self._part.refused(
                        f"cell {at.a1} of sheet {at.sheet!r} lies under the merged "
                        f"cells {area.a1}, where nobody would see it",
                        f"unmerge {area.a1} (Home > Merge & Center)",
                    )

    def check_formats(self, wanted: Sequence[Highlight]) -> None:
        """Refuse highlights where protection forbids formats.

        Raises:
            NotWritableError: If any is wanted and formats are locked.
        """
        if wanted and not self.protection.allows_formats:
            raise self.protection.refusal("its formats are locked")

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
