"""Writing into a workbook so that people's words stay words and look alike."""

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports import ours, palette
from reports.show import harmless
from sync.assess.labels import label
from sync.records.model import Status
from sync.wording import Lang, Text

Kind = Literal["text", "wrap", "status", "number", "decimal", "percent", "date"]
Value = str | int | float | date | None

FONT: Mapping[Lang, str] = {"zh": "Microsoft YaHei", "en": "Calibri"}
_LINE = 18
"""Height of a line in points."""
_MOST_LINES = 8
_RISKY = ("=", "+", "-", "@")
_FORMATS: Mapping[str, dict[str, Any]] = {
    "text": {"align": "left", "indent": 1},
    "wrap": {"text_wrap": True, "align": "left", "indent": 1},
    "status": {"align": "left", "indent": 1},
    "number": {"num_format": "#,##0", "align": "right"},
    "decimal": {"num_format": "#,##0.0", "align": "right"},
    "percent": {"num_format": "0%", "align": "right"},
    "date": {"num_format": "yyyy-mm-dd", "align": "center"},
    "title": {"bold": True, "font_size": 18, "font_color": palette.ACCENT},
    "quiet": {"font_color": palette.QUIET},
    "caption": {
        "font_color": palette.QUIET,
        "font_size": 10,
        "align": "center",
        "text_wrap": True,
    },
    "big": {"bold": True, "font_size": 22, "align": "center", "num_format": "#,##0"},
    "section": {"bold": True, "font_size": 13, "font_color": palette.ACCENT},
    "head": {
        "bold": True,
        "font_color": palette.PAPER,
        "bg_color": palette.ACCENT,
        "text_wrap": True,
        "align": "left",
        "indent": 1,
        "valign": "vcenter",
    },
    "head_right": {
        "bold": True,
        "font_color": palette.PAPER,
        "bg_color": palette.ACCENT,
        "text_wrap": True,
        "align": "right",
        "valign": "vcenter",
    },
    "total_name": {"bold": True, "top": 1, "align": "left", "indent": 1},
    "total": {"bold": True, "top": 1, "num_format": "#,##0"},
    "total_percent": {"bold": True, "top": 1, "num_format": "0%"},
    "change": {"num_format": "+0;−0;0", "align": "right"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    head: Text
    width: int
    """In characters."""
    kind: Kind = "text"


@dataclass(slots=True)
class Pen:
    """A workbook under way, and the looks used in it so far."""

    book: Workbook
    lang: Lang
    _looks: dict[str, Format] = field(default_factory=dict)

    def look(self, name: str) -> Format:
        """Give a look by its name; ``quoted`` before it keeps a text a text."""
        if name not in self._looks:
            plain = name.removeprefix("quoted ")
            known = {"valign": "top", "font_name": FONT[self.lang], "font_size": 11}
            made = known | _FORMATS[plain] | {"quote_prefix": plain != name}
            self._looks[name] = self.book.add_format(made)
        return self._looks[name]

    def say(self, text: Text) -> str:
        """Give our own words in the workbook's language."""
        return text.in_(self.lang)

    def sheet(self, name: Text) -> "Sheet":
        """Add a sheet."""
        tab = self.book.add_worksheet(self.say(name))
        tab.set_default_row(_LINE)
        return Sheet(self, tab)

    def table(
        self,
        name: Text,
        table: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Value]],
    ) -> None:
        """Add a sheet that holds one table with a head, ready to sort and to pivot.

        Args:
            name: The sheet's name.
            table: What formulas call the table.
            columns: Its columns.
            rows: Their values, in the same order.
        """
        sheet = self.sheet(name)
        last = 1
        for last, row in enumerate(rows, 1):
            sheet.tab.set_row(last, _height(columns, row))
            for at, (column, value) in enumerate(zip(columns, row, strict=True)):
                sheet.put(last, at, value, column.kind)
        # A table without a row cannot be: an empty one is harmless to every formula.
        heads = [
            {"header": self.say(one.head), "header_format": self.look(_head(one.kind))}
            for one in columns
        ]
        style = {"name": table, "columns": heads, "style": "Table Style Light 1"}
        sheet.tab.add_table(0, 0, last, len(columns) - 1, style)
        for at, column in enumerate(columns):
            sheet.tab.set_column(at, at, column.width)
            if column.kind == "status":
                sheet.colour((1, at, last, at))
        sheet.tab.set_row(0, 2 * _LINE)
        sheet.tab.freeze_panes(1, 0)
        sheet.tab.repeat_rows(0)
        sheet.paper()


def figures_beside_names(width: int) -> list[Kind]:
    """Give the kinds of a small table: a name, then figures."""
    figures: list[Kind] = ["number"] * (width - 1)
    return ["text", *figures]


def _head(kind: Kind) -> str:
    return "head_right" if kind in {"number", "decimal", "percent"} else "head"


def _height(columns: Sequence[Column], row: Sequence[Value]) -> int:
    """Give the height that shows wrapped text whole: not every program works it out."""
    lines = max(
        (
            math.ceil(_width(value) / column.width)
            for column, value in zip(columns, row, strict=True)
            if column.kind == "wrap" and isinstance(value, str)
        ),
        default=1,
    )
    return _LINE * min(max(lines, 1), _MOST_LINES)


def _width(text: str) -> float:
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return (len(text) + wide) * 1.1


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of it."""

    pen: Pen
    tab: Worksheet

    def say(self, text: Text) -> str:
        """Give our own words in the workbook's language."""
        return self.pen.say(text)

    def put(self, row: int, column: int, value: Value, look: str) -> None:
        """Write one cell, 0-based; no text ever becomes a formula or a link."""
        empty = isinstance(value, float) and not math.isfinite(value)
        if value is None or value == "" or empty:
            self.tab.write_blank(row, column, None, self.pen.look(look))
        elif isinstance(value, str):
            shown = ours.writable(harmless(value))
            quoted = "quoted " if shown.startswith(_RISKY) else ""
            self.tab.write_string(row, column, shown, self.pen.look(quoted + look))
        elif isinstance(value, date):
            self.tab.write_datetime(row, column, value, self.pen.look(look))
        else:
            self.tab.write_number(row, column, value, self.pen.look(look))

    def formula(
        self, at: tuple[int, int], formula: str, value: Value, look: str
    ) -> None:
        """Write a formula with the value it has now, which viewers show as it is."""
        known = "" if value is None else value
        self.tab.write_formula(*at, formula, self.pen.look(look), known)

    def heads(self, row: int, heads: Iterable[Text], kinds: Sequence[Kind]) -> None:
        """Write the head of a table that begins in the first column."""
        self.tab.set_row(row, 2 * _LINE)
        for column, (head, kind) in enumerate(zip(heads, kinds, strict=True)):
            self.put(row, column, self.say(head), _head(kind))

    def colour(self, area: tuple[int, int, int, int]) -> None:
        """Colour the statuses in an area; the sign and the word are there as well."""
        for status in Status:
            ink, fill, _ = palette.COLOURS[status]
            look = self.pen.book.add_format({"font_color": ink, "bg_color": fill})
            rule = {"type": "cell", "criteria": "==", "format": look}
            shown = f'"{label(status, self.pen.lang)}"'
            self.tab.conditional_format(*area, {**rule, "value": shown})

    def place(
        self, chart: Chart, title: Text, *, at: tuple[int, int], size: tuple[int, int]
    ) -> None:
        """Set a chart down, with a title and with words for those who cannot see it.

        Args:
            chart: The chart.
            title: What it shows.
            at: Row and column of its corner, 0-based.
            size: Width and height in pixels.
        """
        chart.set_title({"name": self.say(title), "name_font": {"size": 12}})
        chart.set_size({"width": size[0], "height": size[1]})
        chart.set_chartarea({"border": {"color": palette.LINE}})
        options = {"description": self.say(title), "x_offset": 8, "y_offset": 4}
        self.tab.insert_chart(*at, chart, options)

    def paper(self) -> None:
        """Set the sheet up for A4 paper, across, one page wide."""
        self.tab.set_paper(9)
        self.tab.set_landscape()
        self.tab.fit_to_pages(1, 0)
        self.tab.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.tab.set_footer("&L&A&R&P / &N")
