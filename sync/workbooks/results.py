"""The workbook that carries a sync's results when the source cannot be edited."""

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook as Book
from xlsxwriter.worksheet import Worksheet

from sync.workbooks.plan import (
    Board,
    BoardCell,
    Highlight,
    OwnColumn,
    Plan,
    Scalar,
    Style,
)
from sync.workbooks.result_charts import draw_charts
from sync.workbooks.snapshot import Percent, RawValue, Sheet, Snapshot
from sync.workbooks.tabnames import free_name

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 (equal content must be equal bytes)
_MAX_TEXT = 32_767
_TEXT_WIDTH = 14.0
_DAY = "yyyy-mm-dd"
_MOMENT = "yyyy-mm-dd hh:mm"
_PERCENT = "0.##%"

_LOOKS: Mapping[Style, Mapping[str, Any]] = {
    "good": {"font_color": "#006100", "bg_color": "#C6EFCE"},
    "watch": {"font_color": "#7F4F00", "bg_color": "#FFEB9C"},
    "bad": {"font_color": "#9C0006", "bg_color": "#FFC7CE"},
    "late": {"font_color": "#FFFFFF", "bg_color": "#9C0006", "bold": True},
    "quiet": {"font_color": "#595959", "bg_color": "#F2F2F2"},
    "hint": {"bg_color": "#DDEBF7"},
    "title": {"bold": True, "font_size": 16},
    "head": {
        "font_color": "#FFFFFF",
        "bg_color": "#1F4E78",
        "bold": True,
        "text_wrap": True,
    },
    "text": {"text_wrap": True, "valign": "top"},
    "link": {"font_color": "#0563C1", "underline": 1},
}


def results_workbook(snapshot: Snapshot, plan: Plan) -> bytes:
    """Make the results workbook: every table with our columns, and the board.

    The same snapshot and plan always give the same bytes.
    """
    target = BytesIO()
    book = Book(target, {"in_memory": True})
    book.set_properties({"created": _CREATED, "author": "Followup"})
    formats = _Formats(book)
    ours = {column.sheet for column in plan.columns}
    for sheet in snapshot.sheets:
        if sheet.name in ours:
            tab = _Tab(book.add_worksheet(sheet.name), formats)
            tab.write_source(sheet)
            tab.write_ours(sheet, plan)
    if plan.board is not None:
        present = {name.casefold() for name in ours}
        name = free_name(plan.board.name, present)
        tab = book.add_worksheet(name)
        _Tab(tab, formats).write_board(plan.board, present)
        draw_charts(book, tab, name, plan.board.charts)
    if not book.worksheets():
        book.add_worksheet()
    book.close()
    return target.getvalue()


class _Formats:
    """Makes each cell format once."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._made: dict[tuple[Style | None, str], Any] = {}

    def of(self, style: Style | None, number: str = "") -> Any:
        """Look up a format by its meaning and number format; ``None`` for neither."""
        if not style and not number:
            return None
        key = (style, number)
        if key not in self._made:
            looks = dict(_LOOKS[style]) if style else {}
            if number:
                looks["num_format"] = number
            self._made[key] = self._book.add_format(looks)
        return self._made[key]


class _Tab:
    """One sheet being written."""

    def __init__(self, sheet: Worksheet, formats: _Formats) -> None:
        self._sheet = sheet
        self._formats = formats

    def write_source(self, source: Sheet) -> None:
        """Write a sheet's own values at their own addresses."""
        width = max((len(row.values) for row in source.rows), default=1)
        self._sheet.set_column(0, width - 1, _TEXT_WIDTH)
        for row in source.rows:
            for column, value in enumerate(row.values, start=1):
                self.put(row.number, column, value)
            if row.hidden:
                self._sheet.set_row(row.number - 1, None, None, {"hidden": True})
        for number in source.hidden_columns:
            at = number - 1
            self._sheet.set_column(at, at, None, None, {"hidden": True})

    def write_ours(self, source: Sheet, plan: Plan) -> None:
        """Write our columns and highlights of one sheet."""
        for column in plan.columns:
            if column.sheet == source.name:
                self._put_column(column)
        for edit in plan.edits:
            if edit.at.sheet == source.name:
                self.put(edit.at.row, edit.at.column, edit.after)
        for highlight in plan.highlights or ():
            if highlight.sheet == source.name:
                self._put_highlight(highlight)

    def write_board(self, board: Board, present: set[str]) -> None:
        """Write the board; a link to a sheet that is not here becomes plain text."""
        self._sheet.set_paper(9)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        for at, width in enumerate(board.widths):
            self._sheet.set_column(at, at, width)
        for row, cells in enumerate(board.rows, start=1):
            for column, cell in enumerate(cells, start=1):
                if cell.link and cell.link.sheet.casefold() in present:
                    self._put_link(row, column, cell)
                else:
                    self.put(row, column, cell.value, cell.style)

    def put(
        self,
        row: int,
        column: int,
        value: RawValue | Scalar,
        style: Style | None = None,
    ) -> None:
        """Write one value with its type; text never becomes a formula or a link."""
        at = (row - 1, column - 1)
        looks = self._formats.of(style)
        if value is None:
            if style:
                self._sheet.write_blank(*at, None, looks)
        elif isinstance(value, bool):
            self._sheet.write_boolean(*at, value, looks)
        elif isinstance(value, str):
            self._sheet.write_string(*at, str(value)[:_MAX_TEXT], looks)
        elif isinstance(value, date):
            number = _MOMENT if isinstance(value, datetime) else _DAY
            self._sheet.write_datetime(*at, value, self._formats.of(style, number))
        else:
            number = _PERCENT if isinstance(value, Percent) else ""
            self._sheet.write_number(*at, value, self._formats.of(style, number))

    def _put_column(self, column: OwnColumn) -> None:
        at = column.column - 1
        self._sheet.set_column(at, at, column.width)
        self.put(column.header_row, column.column, column.header, "head")
        self._sheet.write_comment(column.header_row - 1, at, column.note)

    def _put_highlight(self, highlight: Highlight) -> None:
        rule = {
            "type": "formula",
            "criteria": f"={highlight.formula}",
            "format": self._formats.of(highlight.style),
        }
        top, left, bottom, right = (bound - 1 for bound in highlight.area)
        self._sheet.conditional_format(top, left, bottom, right, rule)

    def _put_link(self, row: int, column: int, cell: BoardCell) -> None:
        shown = str(cell.value)[:_MAX_TEXT]
        looks = self._formats.of(cell.style)
        self._sheet.write_url(
            row - 1, column - 1, f"internal:{cell.link}", looks, shown
        )
