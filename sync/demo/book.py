"""What every sheet of the demo workbook is written with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from sync.demo.cycle import Cycle
from sync.demo.look import Look
from sync.demo.story import Labels, Story
from sync.wording import Lang, Text

Value = str | int | float | date | None

HEADER_HEIGHT = 34
TITLE_HEIGHT = 30
ROW_HEIGHT = 20


class Column(NamedTuple):
    """One column of a sheet; its header is in the labels."""

    key: str
    width: float
    """In characters, for English; Chinese text of the same meaning needs as much."""
    style: str = "cell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook while it is being written."""

    out: Workbook
    story: Story
    labels: Labels
    lang: Lang
    cycle: Cycle
    look: Look

    def say(self, text: Text | None) -> str:
        """Show text in the workbook's language; nothing is empty."""
        return text.in_(self.lang) if text else ""

    def word(self, name: str, **slots: object) -> str:
        """Show one of the labels' phrases."""
        text = self.labels.words[name]
        return self.say(text.fill(**slots) if slots else text)

    def sheet_name(self, key: str) -> str:
        """Name a sheet."""
        return self.say(self.labels.sheets[key])

    def name_of(self, key: str | None) -> str:
        """Name somebody; nobody is empty."""
        return self.say(self.story.person(key).name) if key else ""

    def number_of(self, key: str) -> str:
        """Give somebody's employee number, from the order of the people sheet."""
        place = [person.key for person in self.story.people].index(key)
        return f"{1001 + 7 * place}"

    def cycle_name(self, cycle: Cycle) -> str:
        """Name a review cycle."""
        words = self.labels.words
        return self.say(cycle.name(words["half"], words["span"]))

    def add_sheet(self, key: str, colour: str) -> Worksheet:
        """Add a sheet that prints on one page's width, landscape."""
        sheet = self.out.add_worksheet(self.sheet_name(key))
        sheet.hide_gridlines(2)
        sheet.set_default_row(ROW_HEIGHT)
        sheet.set_tab_color(colour)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer(f"&C{self.word('page')}&R{self.word('confidential')}")
        return sheet

    def write_header(
        self,
        sheet: Worksheet,
        row: int,
        columns: Sequence[Column],
        names: Mapping[str, Text],
    ) -> None:
        """Write the header and set the widths; ``row`` is 0-based."""
        sheet.set_row(row, HEADER_HEIGHT)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width, self.look["plain"])
            sheet.write_string(
                row, place, self.say(names[column.key]), self.look["header"]
            )

    def write(
        self, sheet: Worksheet, at: tuple[int, int], value: Value, style: str
    ) -> None:
        """Write one cell by its value's type; ``at`` is row and column, 0-based."""
        row, column = at
        look = self.look[style]
        match value:
            case None | "":
                sheet.write_blank(row, column, None, look)
            case str():
                sheet.write_string(row, column, value, look)
            case date():
                sheet.write_datetime(row, column, value, self.look[f"{style} day"])
            case _:
                sheet.write_number(row, column, value, look)

    def write_table(
        self,
        sheet: Worksheet,
        columns: Sequence[Column],
        names: Mapping[str, Text],
        rows: Iterable[Mapping[str, Value]],
        *,
        title: str,
    ) -> int:
        """Write a title, a header in row 3 and the rows below it.

        Returns:
            The last row written, 0-based.
        """
        header = 2
        sheet.set_row(0, TITLE_HEIGHT)
        sheet.write_string(0, 0, title, self.look["title"])
        self.write_header(sheet, header, columns, names)
        sheet.freeze_panes(header + 1, 2)
        sheet.repeat_rows(header)
        last = header
        for last, values in enumerate(rows, header + 1):
            for place, column in enumerate(columns):
                self.write(sheet, (last, place), values.get(column.key), column.style)
        sheet.autofilter(header, 0, last, len(columns) - 1)
        return last
