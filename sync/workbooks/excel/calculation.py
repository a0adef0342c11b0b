"""Whether a spreadsheet program ever calculated a workbook's formulas."""

import re

from sync.workbooks.excel.elements import Element

_LIBRARY_ENGINE = "124519"
"""The engine that Python's libraries claim to be: Excel 2007 before its updates."""
_RESULT = re.compile(rb"<(?:\w+:)?f[\s>][^<]*(?:</(?:\w+:)?f>)?<(?:\w+:)?v>([^<]+)<")


def is_left_to_excel(workbook: Element) -> bool:
    """Whether the program that wrote the workbook left calculating to Excel.

    XlsxWriter stores 0 as the result of every formula, asks for a full calculation on
    opening and names the engine above; Excel replaces all three when it saves. Nobody
    should read these zeros as results.

    Args:
        workbook: The root of ``workbook.xml``.

    Source:
        XlsxWriter, "Working with Formulas": Formula Results.
    """
    properties = workbook.child("calcPr")
    return (
        properties is not None
        and properties.get("calcId") == _LIBRARY_ENGINE
        and properties.flag("fullCalcOnLoad")
    )


def has_results(sheet: bytes) -> bool:
    """Whether any formula of a sheet part has a result other than 0.

    One is enough to know that the formulas of the workbook were calculated.
    """
    return any(result.strip() != b"0" for result in _RESULT.findall(sheet))
