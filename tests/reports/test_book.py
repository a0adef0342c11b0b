"""The fill-in sheet, cell by cell."""

from io import BytesIO

import openpyxl
import pytest

from reports.book import Hint, hints_book


@pytest.mark.parametrize(
    "title",
    ["=1+1", "{=A1}", "@x", "http://a.b", "+49", "007", "x" * 40_000, "\ud800", ""],
)
def test_what_people_wrote_stays_text(title: str) -> None:
    hint = Hint(
        sheet="S", cell="C4", employee="", goal=title, lacks="a\nb", suggestion=title
    )
    tab = openpyxl.load_workbook(BytesIO(hints_book([hint], "en"))).worksheets[0]
    cells = [tab["D2"], tab["F2"]]

    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    assert all(isinstance(cell.value or "", str) for cell in cells)
    assert str(cells[0].value or "")[:3] == ("?" if title == "\ud800" else title[:3])
    assert tab["E2"].value == "a\nb"


def test_the_same_hints_are_the_same_bytes() -> None:
    assert hints_book([], "zh") == hints_book([], "zh")
