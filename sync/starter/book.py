"""The starter workbook: a guide, six tables, lists to choose from, prints well."""

import math
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sync.starter import guide, rules
from sync.starter.columns import TABLES
from sync.starter.examples import Row, examples
from sync.starter.look import MARKS, Looks
from sync.starter.model import Column, Table
from sync.starter.rules import HEAD, ROWS
from sync.wording import Lang, Text

_CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 (equal content, equal bytes)
_LINE: Final = 18
_LONGEST_PROMPT: Final = 255


def starter_book(lang: Lang, today: date) -> bytes:
    """Make the workbook; the same day always gives the same bytes.

    Args:
        lang: The language of all of it.
        today: The day near which the examples lie.
    """
    target = BytesIO()
    book = Workbook(target, {"in_memory": True})
    book.set_properties({"created": _CREATED, "author": "Followup"})
    writer = _Writer(book, lang, Looks(book, lang))
    writer.guide()
    rows = examples(today, lang)
    for table in TABLES:
        writer.table(table, rows[table.key])
    book.close()
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class _Writer:
    book: Workbook
    lang: Lang
    looks: Looks

    def say(self, text: Text) -> str:
        return text.in_(self.lang)

    def guide(self) -> None:
        """Write the first sheet: one column of lines, so that nothing is cut."""
        tab = self.book.add_worksheet(self.say(guide.NAME))
        tab.hide_gridlines(2)
        tab.set_column(0, 0, 3)
        tab.set_column(1, 1, 96)
        tab.set_row(0, 34)
        tab.write_string(0, 1, self.say(guide.TITLE), self.looks["title"])
        row = self._lines(tab, 2, guide.STEPS_HEAD, guide.STEPS)
        row = self._lines(tab, row, guide.SMART_HEAD, guide.SMART)
        tab.write_string(row, 1, self.say(guide.SHEETS_HEAD), self.looks["section"])
        for at, table in enumerate(TABLES, row + 1):
            name = self.say(table.name)
            place = f"internal:'{name}'!A{HEAD + 2}"
            shown = f"{name}  ·  {self.say(table.about)}"
            tab.set_row(at, _LINE)
            tab.write_url(at, 1, place, self.looks["link"], shown)
        row = self._lines(tab, row + len(TABLES) + 2, guide.COLOURS_HEAD, guide.COLOURS)
        self._lines(tab, row, guide.PRIVACY_HEAD, (guide.PRIVACY,))
        _paper(tab)
        tab.set_portrait()

    def _lines(
        self, tab: Worksheet, row: int, head: Text, lines: tuple[Text, ...]
    ) -> int:
        """Write a heading and lines below it; give the row to go on in."""
        tab.write_string(row, 1, self.say(head), self.looks["section"])
        for at, line in enumerate(lines, row + 1):
            shown = self.say(line)
            tab.set_row(at, _LINE * _lines_of(shown, 96))
            tab.write_string(at, 1, shown, self.looks["line"])
        return row + len(lines) + 2

    def table(self, table: Table, rows: tuple[Row, ...]) -> None:
        """Write one sheet: title, one line of help, heads, examples."""
        tab = self.book.add_worksheet(self.say(table.name))
        tab.hide_gridlines(2)
        tab.set_tab_color(table.colour)
        tab.set_default_row(_LINE)
        tab.set_row(0, 32)
        tab.set_row(HEAD, 32)
        tab.write_string(0, 0, self.say(table.name), self.looks["title"])
        tab.write_string(1, 0, self.say(table.hint), self.looks["hint"])
        for at, column in enumerate(table.columns):
            tab.set_column(at, at, column.width, self.looks[f"cell {column.kind}"])
            self._help(tab, at, column)
        self._list_object(tab, table, len(rows))
        for number, row in enumerate(rows, HEAD + 1):
            self._example(tab, table, number, row)
        self._colours(tab, table)
        tab.freeze_panes(HEAD + 1, table.names_first)
        tab.repeat_rows(HEAD)
        _paper(tab)

    def _list_object(self, tab: Worksheet, table: Table, n: int) -> None:
        """Make it an Excel table: what is typed below it belongs to it."""
        heads = [
            {"header": self.say(one.head), "header_format": self.looks["head"]}
            for one in table.columns
        ]
        place = (HEAD, 0, HEAD + n, len(table.columns) - 1)
        name = table.key.capitalize()
        style = "Table Style Light 1"
        tab.add_table(*place, {"name": name, "columns": heads, "style": style})

    def _example(self, tab: Worksheet, table: Table, number: int, row: Row) -> None:
        lines = 1
        for at, column in enumerate(table.columns):
            look = self.looks[f"example {column.kind}"]
            value = row.get(column.key)
            if column.key == "progress":
                self._progress(tab, table, number, row)
            elif isinstance(value, str):
                if column.kind == "long":
                    lines = max(lines, _lines_of(value, column.width))
                tab.write_string(number, at, value, look)
            elif isinstance(value, date):
                tab.write_datetime(number, at, value, look)
            elif value is not None:
                tab.write_number(number, at, value, look)
            else:
                tab.write_blank(number, at, None, look)
        tab.set_row(number, _LINE * lines)

    def _progress(self, tab: Worksheet, table: Table, number: int, row: Row) -> None:
        keys = [one.key for one in table.columns]
        start, end, at = (float(str(row[k])) for k in ("baseline", "target", "current"))
        value = (at - start) / (end - start)
        formula, look = rules.progress(table, number), self.looks["example share"]
        tab.write_formula(number, keys.index("progress"), formula, look, value)

    def _help(self, tab: Worksheet, at: int, column: Column) -> None:
        """Attach a list, or bounds, and the words shown when a cell is selected."""
        rule: dict[str, object] = {"validate": "any"}
        match rules.takes(column, self.lang):
            case rules.Choice(values, place):
                source = f"={place}" if place else list(values)
                rule = {"validate": "list", "source": source}
            case "day":
                rule = {"validate": "date", "criteria": ">=", "value": rules.FIRST_DAY}
                rule["error_message"] = self.say(rules.WRONG_DAY)
            case rules.Between(low, high) as bounds:
                rule = {"validate": "decimal", "criteria": "between"}
                rule |= {"minimum": low, "maximum": high}
                rule["error_message"] = self.say(bounds.wrong)
        if column.ask:
            rule |= {"input_title": self.say(column.head)[:32]}
            rule |= {"input_message": self.say(column.ask)[:_LONGEST_PROMPT]}
        if len(rule) > 1:
            # A warning, no wall: somebody may know better than the list does.
            rule["error_type"] = "warning"
            tab.data_validation(HEAD + 1, at, HEAD + ROWS, at, rule)

    def _colours(self, tab: Worksheet, table: Table) -> None:
        """Colour what is missing or late; nothing is coloured by hand."""
        for mark in rules.marks(table):
            rule = {"type": "formula", "criteria": mark.formula}
            rule["format"] = self.book.add_format(MARKS[mark.look])
            tab.conditional_format(
                HEAD + 1, mark.column, HEAD + ROWS, mark.column, rule
            )


def _paper(tab: Worksheet) -> None:
    """Set a sheet up for A4 paper, across, one page wide."""
    tab.set_paper(9)
    tab.set_landscape()
    tab.fit_to_pages(1, 0)
    tab.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    tab.set_footer("&L&A&R&P / &N")


def _lines_of(text: str, width: int) -> int:
    """Count the lines that a text takes in a column of ``width`` characters."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return max(1, math.ceil((len(text) + wide) * 1.15 / width))
