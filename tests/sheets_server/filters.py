"""Which rows nobody sees: hidden by hand, or by the sheet's filter."""

from tests.sheets_server.a1 import box_of
from tests.sheets_server.book import Book
from tests.sheets_server.conditions import Condition
from tests.sheets_server.grid import Sheet
from tests.sheets_server.refusals import Json
from tests.sheets_server.rendering import as_text


def filtered_rows(book: Book, sheet: Sheet) -> set[int]:
    """Find the rows that the basic filter hides; its first row is the header."""
    filter_ = sheet.basic_filter
    if not filter_:
        return set()
    box = box_of(filter_["range"])
    rows = range(box.top + 1, min(box.bottom, sheet.height))
    hidden: set[int] = set()
    for column, criteria in criteria_of(filter_):
        gone = set(criteria.get("hiddenValues", ()))
        condition = None
        if "condition" in criteria:
            condition = Condition(
                criteria["condition"], book.calculation, sheet, at=(box.top + 1, column)
            )
        for row in rows:
            value = book.calculation.value(sheet, row, column)
            shown = as_text(value, sheet.cell(row, column), book.locale)
            if shown in gone or (condition and not condition.holds(row, column)):
                hidden.add(row)
    return hidden


def criteria_of(filter_: Json) -> list[tuple[int, Json]]:
    """Read both spellings: a map by column, and the list that replaced it."""
    listed = [
        (int(one.get("columnIndex", 0)), one.get("filterCriteria", {}))
        for one in filter_.get("filterSpecs", [])
    ]
    return listed or [
        (int(column), criteria)
        for column, criteria in filter_.get("criteria", {}).items()
    ]


def unseen_rows(book: Book, sheet: Sheet) -> set[int]:
    """Find the rows that nobody sees."""
    by_hand = {
        number
        for number, row in enumerate(sheet.rows)
        if row.properties.get("hiddenByUser")
    }
    return by_hand | filtered_rows(book, sheet)
