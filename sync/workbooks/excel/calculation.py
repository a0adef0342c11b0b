"""Whether a spreadsheet program ever calculated a workbook's formulas."""

import re

from sync.workbooks.excel.elements import Element

_LIBRARY_ENGINE = "124519"
"""The engine that Python's libraries claim to be: Excel 2007 before its updates."""
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s>]")
_RESULT = re.compile(rb"<(?:\w+:)?f[\s>][^<]*(?:</(?:\w+:)?f>)?<(?:\w+:)?v>([^<]+)<")


OURS = "true"
"""How we spell that Excel shall calculate. Libraries write 1, and both mean the same:
what we ask for says nothing about who calculated what the cells hold."""


def is_left_to_excel(workbook: Element, *, has_chain: bool) -> bool:
    """Whether the program that wrote the workbook left calculating to Excel.

    XlsxWriter stores 0 as the result of every formula, asks for a full calculation on
    opening and names the engine above; Excel replaces all three when it saves. Nobody
    should read these zeros as results. Excel 2007 itself names that engine, but lists
    what it calculated in a calculation chain, which no library writes.

    Args:
        workbook: The root of ``workbook.xml``.
        has_chain: Whether the workbook has a calculation chain.

    Source:
        XlsxWriter, "Working with Formulas": Formula Results.
    """
    properties = workbook.child("calcPr")
    return (
        properties is not None
        and not has_chain
        and properties.get("calcId") == _LIBRARY_ENGINE
        and properties.flag("fullCalcOnLoad")
        and properties.get("fullCalcOnLoad") != OURS
    )


def has_results(sheet: bytes) -> bool:
    """Whether any formula of a sheet part has a result other than 0.

    One is enough to know that the formulas of the workbook were calculated.
    """
    return any(result.strip() != b"0" for result in _RESULT.findall(sheet))


def has_formula(sheet: bytes) -> bool:
    """Whether anything in a sheet part is calculated."""
    # Rows without formulas hardly hold the letter, which is found many times faster
    # than two; the first formula of every group is closed by a tag of its own.
    at = sheet.find(b"f", max(sheet.find(b"sheetData"), 0))
    return at >= 0 and sheet.find(b"f>", at) >= 0 and _FORMULA.search(sheet) is not None
