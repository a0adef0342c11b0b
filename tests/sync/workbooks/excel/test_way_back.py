"""The way back inside a workbook holds only while nobody has saved it."""

import io
import zipfile

import pytest
import xlsxwriter

from sync.workbooks.excel.exercise import exercise
from sync.workbooks.excel.package import Package
from sync.workbooks.excel.reader import read
from sync.workbooks.excel.remove import clean
from sync.workbooks.excel.undo import UNDO_PART

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def original() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("目标")
        sheet.write_row(0, 0, ("编号", "目标", "截止"))
        sheet.write_row(1, 0, ("G1", "将缺货率从8%降低到3%", 46_000))
    return target.getvalue()


def saved(data: bytes, part: str, before: bytes, after: bytes) -> bytes:
    """Save as a program does that keeps every part it does not know, and its time."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == part:
                assert before in content
                content = content.replace(before, after)
            new.writestr(entry, content)
    return target.getvalue()


def test_nobody_saved_it_and_the_original_comes_back(original: bytes) -> None:
    assert clean(exercise(original, "x"), "x") == original


@pytest.mark.parametrize("again", [False, True])
def test_edit_by_a_program_that_keeps_unknown_parts_outlives_cleaning(
    original: bytes, *, again: bool
) -> None:
    edited = saved(exercise(original, "x"), SHEET, b"<v>46000</v>", b"<v>46031</v>")
    with zipfile.ZipFile(io.BytesIO(edited)) as archive:
        assert UNDO_PART in archive.namelist()
    left = clean(exercise(edited, "x") if again else edited, "x")
    sheet = read(Package.open(left, "x"), "x", "f").sheets[0]

    assert sheet.rows[1].values[2] == 46_031
    assert [row.values[3:] for row in sheet.rows] == [(), ()]
