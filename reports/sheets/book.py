"""The summary workbook: one edition, one language, one file."""

from io import BytesIO
from typing import Final

from xlsxwriter import Workbook

from reports import ours
from reports.page.edition import Edition
from reports.sheets.confidential import confidential_sheets
from reports.sheets.front import NAME, front_sheet
from reports.sheets.pen import Pen
from reports.sheets.rows import (
    actions_sheet,
    goals_sheet,
    people_sheet,
    talks_sheet,
)
from reports.sheets.smart import NAME as SMART
from reports.sheets.smart import smart_sheet
from sync.wording import Lang

MARK: Final = "FollowupSummary"
"""Name of the document property by which we know our own file again."""


def summary_book(shown: Edition, *, source_name: str, lang: Lang) -> bytes:
    """Make the workbook; the same edition always gives the same bytes.

    What people wrote stays text, whatever it begins with.

    Args:
        shown: What its audience may see; nothing else can come into the workbook.
        source_name: The workbook's name as its readers know it.
        lang: The language of all of it.
    """
    target = BytesIO()
    book = Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    ours.sign(book, MARK)
    pen = Pen(book, lang)
    front = pen.sheet(NAME)
    goals_sheet(pen, shown)
    if shown.people:
        people_sheet(pen, shown)
    smart_sheet(pen.sheet(SMART), shown)
    if shown.actions:
        actions_sheet(pen, shown)
    if shown.rhythms:
        talks_sheet(pen, shown)
    confidential_sheets(pen, shown)
    front_sheet(front, shown, source_name)
    book.close()
    return target.getvalue()
