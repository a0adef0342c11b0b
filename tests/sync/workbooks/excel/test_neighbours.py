"""A new cell of ours beside theirs: what it takes from its neighbour and what not."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from sync.cells import CellRef
from sync.wording import same
from sync.workbooks.excel.package import Package
from sync.workbooks.excel.reader import read
from sync.workbooks.excel.write import write
from sync.workbooks.plan import Edit, Edits, OwnColumn, OwnKey, Plan

SHARE = {"num_format": "0%", "bg_color": "#FFEB9C", "text_wrap": True}


def column(key: OwnKey) -> OwnColumn:
    return OwnColumn(
        key=key,
        sheet="Goals",
        header_row=1,
        column=2,
        first_row=2,
        last_row=2,
        header="跟进",
        note="Followup 写入这一列",
        width=60,
        holds="text",
        is_new=True,
    )


def beside(looks: dict[str, Any], value: str | float, key: OwnKey = "why") -> Any:
    """Our cell as openpyxl sees it, right of a cell that looks like ``looks``."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        sheet = workbook.add_worksheet("Goals")
        sheet.write_row(0, 0, ["目标"])
        sheet.write(1, 0, 0.5, workbook.add_format(looks))
    at = CellRef("Goals", 2, 2)
    edit = Edit(at=at, before=None, after=value, because=same("x"))
    plan = Plan(
        locator="goals.xlsx",
        fingerprint="",
        columns=(column(key),),
        edits=Edits.of([edit]),
    )
    out = write(target.getvalue(), plan)
    return openpyxl.load_workbook(io.BytesIO(out))["Goals"]["B2"]


@pytest.mark.parametrize("value", ["落后：需要支持", 0.25])
def test_number_format_fill_and_wrap_stay_the_neighbours_own(
    value: str | float,
) -> None:
    cell = beside(SHARE, value)

    assert cell.number_format == "General"
    assert cell.fill.fill_type is None
    assert not cell.alignment.wrap_text


def test_letters_lines_and_place_are_taken_from_the_neighbour() -> None:
    looks = {"font_name": "宋体", "font_size": 9, "border": 1, "align": "center"}
    cell = beside(looks | {"valign": "top"}, "正常", key="status")

    assert (cell.font.name, cell.font.size) == ("宋体", 9)
    assert cell.border.left.style == "thin"
    assert (cell.alignment.horizontal, cell.alignment.vertical) == ("center", "top")


def test_a_sentence_begins_at_its_left_and_stands_at_half_height() -> None:
    cell = beside({"align": "right", "valign": "top"}, "完成 40%，落后于计划")

    assert cell.alignment.horizontal is None
    assert cell.alignment.vertical == "center"


def test_an_alignment_that_breaks_lines_is_not_taken() -> None:
    cell = beside({"align": "justify", "valign": "vjustify"}, "正常", key="status")

    assert cell.alignment.horizontal is None
    assert cell.alignment.vertical is None


def test_a_column_that_is_there_keeps_the_looks_people_gave_it() -> None:
    first = io.BytesIO()
    with xlsxwriter.Workbook(first) as workbook:
        sheet = workbook.add_worksheet("Goals")
        sheet.write_row(0, 0, ["目标"])
        sheet.write(1, 0, "x")
        sheet.write(1, 1, "旧", workbook.add_format(SHARE | {"num_format": "@"}))
    at = CellRef("Goals", 2, 2)
    edit = Edit(at=at, before="旧", after="新", because=same("x"))
    plan = Plan(locator="goals.xlsx", fingerprint="", edits=Edits.of([edit]))
    out = write(first.getvalue(), plan)
    cell = openpyxl.load_workbook(io.BytesIO(out))["Goals"]["B2"]

    assert cell.value == "新"
    assert cell.alignment.wrap_text
    assert cell.fill.fill_type == "solid"


@pytest.mark.parametrize("chained", [True, False])
def test_zeros_that_were_calculated_stay_zeros_after_a_sync(*, chained: bool) -> None:
    """Excel 2007 names the engine that XlsxWriter names."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        sheet = workbook.add_worksheet("Goals")
        sheet.write_row(0, 0, ["目标", "差额"])
        sheet.write(1, 0, "x")
        sheet.write_formula(1, 1, "=1-1")
    asked = 'calcId="124519" fullCalcOnLoad="1"'
    book = _changed(target.getvalue(), asked, 'calcId="124519"', chained=chained)
    own = column("status")
    at = CellRef("Goals", 2, 3)
    plan = Plan(
        locator="goals.xlsx",
        fingerprint="",
        columns=(replace(own, column=3),),
        edits=Edits.of([Edit(at, None, "正常", same("x"))]),
    )
    after = read(Package.open(write(book, plan), "x"), "x", "").sheets[0]

    assert after.value(2, 2) == 0


def test_zeros_of_a_library_are_no_results_before_and_after_a_sync() -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as workbook:
        workbook.add_worksheet("Goals").write_formula(0, 0, "=1-1")
    edit = Edit(at=CellRef("Goals", 2, 1), before=None, after="x", because=same("x"))
    plan = Plan(locator="goals.xlsx", fingerprint="", edits=Edits.of([edit]))
    old, new = target.getvalue(), write(target.getvalue(), plan)

    for data in (old, new):
        sheet = read(Package.open(data, "x"), "x", "").sheets[0]

        assert sheet.value(1, 1) == "=1-1"


def _changed(data: bytes, old: str, new: str, *, chained: bool) -> bytes:
    """The workbook as Excel 2007 saves it, with or without its list of formulas."""
    target = io.BytesIO()
    chain = (
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument'
        '/2006/relationships/calcChain" Target="calcChain.xml"/></Relationships>'
    )
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            text = before.read(name).decode()
            if name == "xl/workbook.xml":
                assert old in text
                text = text.replace(old, new)
            if chained and name == "xl/_rels/workbook.xml.rels":
                text = text.replace("</Relationships>", chain)
            after.writestr(name, text)
    return target.getvalue()
