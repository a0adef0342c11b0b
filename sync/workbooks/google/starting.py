"""The starter workbook as a Google Sheet: what the Excel file says, in Google's words.

It goes into a spreadsheet that holds nothing yet. The guide takes two columns that are
put in for it, and the tables tabs of their own, so that what somebody types meanwhile
moves aside and stays.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from sync.starter import guide, rules
from sync.starter.columns import TABLES
from sync.starter.examples import Row, examples
from sync.starter.look import MARKS, look
from sync.starter.model import Column, Table
from sync.starter.rules import HEAD, ROWS
from sync.wording import Lang, Text
from sync.workbooks.google.formula import in_every_locale
from sync.workbooks.google.looks import colour, pixels
from sync.workbooks.google.reading import Reading, Tab
from sync.workbooks.google.setup import new_id
from sync.workbooks.google.values import Json, extended

_FORMAT = "userEnteredFormat"
_ALL = f"userEnteredValue,{_FORMAT},note"
_GUIDE_WIDTHS = (3, 96)


def is_blank(reading: Reading) -> bool:
    """Tell whether a spreadsheet holds nothing that anybody put there.

    A tab that is called as one of ours will be is something.
    """
    ours = [table.name for table in TABLES]
    names = {name.casefold() for one in ours for name in (one.zh, one.en)}
    return bool(reading.tabs) and not any(
        tab.sheet.rows
        or tab.sheet.notes
        or tab.n_rules
        or tab.charts
        or tab.title.casefold() in names
        for tab in reading.tabs
    )


def starter_requests(reading: Reading, lang: Lang, today: date) -> list[Json]:
    """Write the whole starter.

    Args:
        reading: A spreadsheet that holds nothing.
        lang: The language of all of it.
        today: The day near which the examples lie.
    """
    rows = examples(today, lang)
    tables = [_Sheet(table, lang, new_id()) for table in TABLES]
    requests: list[Json] = []
    for at, one in enumerate(tables, start=1):
        requests += one.requests(at, rows[one.table.key])
    return [*_guide(reading.tabs[0], lang, tables), *requests]


class _Sheet(NamedTuple):
    """One table on a tab of its own."""

    table: Table
    lang: Lang
    sheet_id: int

    def say(self, text: Text) -> str:
        return text.in_(self.lang)

    def requests(self, index: int, rows: tuple[Row, ...]) -> Iterator[Json]:
        table = self.table
        grid = {
            "rowCount": HEAD + 1 + ROWS,
            "columnCount": len(table.columns),
            "frozenRowCount": HEAD + 1,
            "frozenColumnCount": table.names_first,
            "hideGridlines": True,
        }
        properties = {
            "sheetId": self.sheet_id,
            "title": self.say(table.name),
            "index": index,
            "tabColorStyle": colour(table.colour.removeprefix("#")),
            "gridProperties": grid,
        }
        yield {"addSheet": {"properties": properties}}
        for at, column in enumerate(table.columns):
            yield _width(self.sheet_id, at, column.width)
            cell = {_FORMAT: format_of(f"cell {column.kind}")}
            below = self._below(at)
            yield {"repeatCell": {"range": below, "cell": cell, "fields": _FORMAT}}
            if rule := self._rule(column):
                yield {"setDataValidation": {"range": below, "rule": rule}}
        lines = [
            [_cell(self.say(table.name), "title")],
            [_cell(self.say(table.hint), "hint")],
            [self._head(column) for column in table.columns],
            *(self._example(row, at) for at, row in enumerate(rows, start=HEAD + 1)),
        ]
        yield _written(self.sheet_id, lines)
        for at, mark in enumerate(rules.marks(table)):
            condition = {
                "type": "CUSTOM_FORMULA",
                "values": [{"userEnteredValue": in_every_locale(mark.formula)}],
            }
            shown = {"condition": condition, "format": _translated(MARKS[mark.look])}
            rule = {"ranges": [self._below(mark.column)], "booleanRule": shown}
            yield {"addConditionalFormatRule": {"rule": rule, "index": at}}

    def _below(self, column: int) -> Json:
        """Give the cells of a column below its head, as far as the grid reaches."""
        return {
            "sheetId": self.sheet_id,
            "startRowIndex": HEAD + 1,
            "startColumnIndex": column,
            "endColumnIndex": column + 1,
        }

    def _head(self, column: Column) -> Json:
        cell = _cell(self.say(column.head), "head")
        return cell | ({"note": self.say(column.ask)} if column.ask else {})

    def _example(self, row: Row, number: int) -> list[Json]:
        cells = []
        for column in self.table.columns:
            cell = _cell(row.get(column.key), f"example {column.kind}")
            if column.key == "progress":
                formula = in_every_locale(rules.progress(self.table, number))
                cell["userEnteredValue"] = {"formulaValue": formula}
            cells.append(cell)
        return cells

    def _rule(self, column: Column) -> Json | None:
        """Attach a list, or bounds; a warning, no wall: somebody may know better."""
        match rules.takes(column, self.lang):
            case rules.Choice(values, place):
                kind = "ONE_OF_RANGE" if place else "ONE_OF_LIST"
                wanted: Sequence[Any] = [f"={place}"] if place else values
            case rules.Between(low, high):
                kind, wanted = "NUMBER_BETWEEN", [low, high]
            case "day":
                kind, wanted = "DATE_IS_VALID", []
            case _:
                return None
        condition: Json = {"type": kind}
        if wanted:
            condition["values"] = [{"userEnteredValue": str(one)} for one in wanted]
        rule = {"condition": condition, "showCustomUi": True, "strict": False}
        return rule | ({"inputMessage": self.say(column.ask)} if column.ask else {})


def _guide(tab: Tab, lang: Lang, tables: Sequence[_Sheet]) -> Iterator[Json]:
    """Write the first tab: one column of lines, and links to the others."""
    inserted = {
        "sheetId": tab.sheet_id,
        "dimension": "COLUMNS",
        "startIndex": 0,
        "endIndex": len(_GUIDE_WIDTHS),
    }
    yield {"insertDimension": {"range": inserted, "inheritFromBefore": False}}
    properties = {
        "sheetId": tab.sheet_id,
        "title": guide.NAME.in_(lang),
        "index": 0,
        "gridProperties": {"hideGridlines": True},
    }
    fields = "title,index,gridProperties.hideGridlines"
    yield {"updateSheetProperties": {"properties": properties, "fields": fields}}
    for at, width in enumerate(_GUIDE_WIDTHS):
        yield _width(tab.sheet_id, at, width)
    parts = (
        (guide.STEPS_HEAD, [_line(line, lang) for line in guide.STEPS]),
        (guide.SMART_HEAD, [_line(line, lang) for line in guide.SMART]),
        (guide.SHEETS_HEAD, [_link(one) for one in tables]),
        (guide.COLOURS_HEAD, [_line(line, lang) for line in guide.COLOURS]),
        (guide.PRIVACY_HEAD, [_line(guide.PRIVACY, lang)]),
    )
    column = [_cell(guide.TITLE.in_(lang), "title"), {}]
    for head, lines in parts:
        column += [_cell(head.in_(lang), "section"), *lines, {}]
    yield _written(tab.sheet_id, [[{}, cell] for cell in column])


def _line(text: Text, lang: Lang) -> Json:
    return _cell(text.in_(lang), "line")


def _link(one: _Sheet) -> Json:
    cell = _cell(f"{one.say(one.table.name)}  ·  {one.say(one.table.about)}", "link")
    place = f"#gid={one.sheet_id}&range=A{HEAD + 2}"
    shown = {**cell[_FORMAT]["textFormat"], "link": {"uri": place}}
    return {**cell, _FORMAT: {**cell[_FORMAT], "textFormat": shown}}


def _cell(value: Any, name: str) -> Json:
    return {"userEnteredValue": extended(value), _FORMAT: format_of(name)}


def _written(sheet_id: int, rows: Sequence[Sequence[Json]]) -> Json:
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    lines = [{"values": list(row)} for row in rows]
    return {"updateCells": {"start": start, "rows": lines, "fields": _ALL}}


def _width(sheet_id: int, column: int, width: int) -> Json:
    return {
        "updateDimensionProperties": {
            "range": {
                "sheetId": sheet_id,
                "dimension": "COLUMNS",
                "startIndex": column,
                "endIndex": column + 1,
            },
            "properties": {"pixelSize": pixels(width)},
            "fields": "pixelSize",
        }
    }


def format_of(name: str) -> Json:
    """Give a look of the starter as a CellFormat."""
    return _translated(look(name))


_TEXT = {"bold": "bold", "italic": "italic", "font_size": "fontSize"}
_UPRIGHT = {"top": "TOP", "vcenter": "MIDDLE"}
_NUMBERS = {"0%": "PERCENT", "yyyy-mm-dd": "DATE"}


def _translated(wanted: dict[str, Any]) -> Json:
    """Say a look of xlsxwriter's in Google's words; lines between cells are Excel's."""
    made: Json = {}
    text = {_TEXT[name]: value for name, value in wanted.items() if name in _TEXT}
    if "underline" in wanted:
        text["underline"] = True
    if "font_color" in wanted:
        text["foregroundColorStyle"] = colour(wanted["font_color"].removeprefix("#"))
    if text:
        made["textFormat"] = text
    if "bg_color" in wanted:
        made["backgroundColorStyle"] = colour(wanted["bg_color"].removeprefix("#"))
    if "text_wrap" in wanted:
        made["wrapStrategy"] = "WRAP"
    if "align" in wanted:
        made["horizontalAlignment"] = wanted["align"].upper()
    if "valign" in wanted:
        made["verticalAlignment"] = _UPRIGHT[wanted["valign"]]
    if pattern := wanted.get("num_format"):
        kind = _NUMBERS.get(pattern, "NUMBER")
        made["numberFormat"] = {"type": kind, "pattern": pattern}
    return made
