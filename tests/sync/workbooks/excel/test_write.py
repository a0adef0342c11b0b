"""What a plan does to a workbook, seen by other readers and byte by byte."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from sync.cells import Area, CellRef
from sync.errors import NotWritableError
from sync.wording import same
from sync.workbooks.excel.package import Package
from sync.workbooks.excel.reader import read
from sync.workbooks.excel.write import write
from sync.workbooks.plan import (
    Board,
    BoardCell,
    Edit,
    Edits,
    Highlight,
    OwnColumn,
    Plan,
    Scalar,
)
from sync.workbooks.snapshot import Snapshot

Draw = Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]

STATUS = OwnColumn(
    key="status",
    sheet="Goals",
    header_row=1,
    column=3,
    first_row=2,
    last_row=4,
    header="跟进状态",
    note="Followup 写入这一列",
    width=14,
    holds="text",
    is_new=True,
)
NEXT = replace(STATUS, key="next", column=4, header="下次跟进", holds="date")
BOARD = Board(
    name="跟进看板",
    rows=(
        (BoardCell("跟进看板", "title"),),
        (BoardCell("目标", "head"), BoardCell("状态", "head")),
        (BoardCell("=cmd()", "link", CellRef("Goals", 2, 1)), BoardCell("落后", "bad")),
    ),
    widths=(30, 12),
)


def made(draw: Draw | None = None) -> bytes:
    """A small goal table, with whatever a test adds to it."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Goals")
        sheet.write_row(0, 0, ["目标", "进度"])
        for row in range(1, 4):
            sheet.write_row(row, 0, [f"目标 {row}", row / 4])
        if draw:
            draw(workbook, sheet)
    return target.getvalue()


def edits(column: int, values: Sequence[Scalar]) -> tuple[Edit, ...]:
    return tuple(
        Edit(
            at=CellRef("Goals", row, column),
            before=None,
            after=value,
            because=same("x"),
        )
        for row, value in enumerate(values, 2)
    )


def plan(*, edits: Sequence[Edit] = (), **changes: Any) -> Plan:
    empty = Plan(locator="goals.xlsx", fingerprint="", columns=(STATUS,))
    return replace(empty, edits=Edits.of(edits), **changes)


def snapshot(data: bytes) -> Snapshot:
    return read(Package.open(data, "goals.xlsx"), "goals.xlsx", "")


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def remade(data: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """The same archive with some parts rewritten."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, changes.get(name, bytes)(old.read(name)))
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_new_column_is_seen_by_other_readers_and_found_again() -> None:
    out = write(made(), plan(edits=edits(3, ["按计划", "落后", "=1+1"])))

    sheet = openpyxl.load_workbook(io.BytesIO(out))["Goals"]
    assert [cell.value for cell in sheet["C"]] == ["跟进状态", "按计划", "落后", "=1+1"]
    assert sheet["C4"].data_type == "s"
    assert sheet["C4"].quotePrefix
    mark = snapshot(out).sheets[0].own[0]
    assert (mark.key, mark.row, mark.column) == ("status", 1, 3)


def test_every_entry_that_is_not_concerned_keeps_its_record() -> None:
    def draw(workbook: xlsxwriter.Workbook, _: object) -> None:
        other = workbook.add_worksheet("图")
        chart = workbook.add_chart({"type": "line"})
        chart.add_series({"values": "=Goals!$B$2:$B$4"})
        other.insert_chart("A1", chart)

    before = made(draw)
    after = write(before, plan(edits=edits(3, ["a", "b", "c"])))
    old, new = Package.open(before, ""), Package.open(after, "")
    changed = {
        name
        for name in old.names()
        if before[old.entry(name).start : old.entry(name).stop]
        != after[new.entry(name).start : new.entry(name).stop]
    }

    assert changed == {
        SHEET,
        "xl/workbook.xml",
        "xl/sharedStrings.xml",
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
    }


def test_the_same_plan_twice_gives_the_same_bytes() -> None:
    whole = plan(
        columns=(STATUS, NEXT),
        edits=edits(3, ["a", "b", "c"]) + edits(4, [date(2026, 3, 1)] * 3),
        highlights=(Highlight("Goals", Area(2, 1, 4, 3), '$C2="b"', "bad"),),
        board=BOARD,
    )
    once = write(made(), whole)

    assert write(once, whole) == once


def test_an_empty_plan_gives_the_very_same_object() -> None:
    data = made()

    assert write(data, replace(plan(), columns=())) is data


def test_days_are_days_even_beside_a_percentage_and_in_1904() -> None:
    def draw(workbook: xlsxwriter.Workbook, sheet: object) -> None:
        percent = workbook.add_format({"num_format": "0 %"})
        for row in range(1, 4):
            sheet.write_number(row, 1, 0.5, percent)  # type: ignore[attr-defined]

    column = replace(NEXT, column=3)
    whole = plan(columns=(column,), edits=edits(3, [date(2026, 3, 1)] * 3))
    for data in (
        made(draw),
        remade(
            made(draw),
            {
                "xl/workbook.xml": lambda xml: xml.replace(
                    b"<workbookPr", b'<workbookPr date1904="1"'
                )
            },
        ),
    ):
        sheet = openpyxl.load_workbook(io.BytesIO(write(data, whole)))["Goals"]

        assert sheet["C2"].value == datetime(2026, 3, 1)  # noqa: DTZ001
        assert sheet["B2"].number_format == "0 %"


def test_a_number_does_not_inherit_a_date_from_format_0() -> None:
    data = remade(
        made(),
        {
            "xl/styles.xml": lambda xml: xml.replace(
                b'<cellXfs count="1"><xf numFmtId="0"',
                b'<cellXfs count="1"><xf numFmtId="14"',
            )
        },
    )
    column = replace(STATUS, key="smart", holds="number")
    out = write(data, plan(columns=(column,), edits=edits(3, [3.5, 4, 0.1])))

    assert snapshot(out).sheets[0].value(2, 3) == 3.5


def test_an_excel_table_grows_with_the_column() -> None:
    def draw(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.add_table(
            "A1:B5",
            {
                "columns": [{"header": "目标"}, {"header": "跟进状态"}],
                "total_row": True,
            },
        )

    out = write(made(draw), plan(edits=edits(3, ["a", "b", "c"])))
    sheet = openpyxl.load_workbook(io.BytesIO(out))["Goals"]
    table = next(iter(sheet.tables.values()))

    assert table.ref == "A1:C5"
    assert table.autoFilter.ref == "A1:C4"
    assert [column.name for column in table.tableColumns] == [
        "目标",
        "跟进状态",
        "跟进状态 2",
    ]
    assert sheet["C1"].value == "跟进状态 2"


def test_a_filter_grows_with_the_column_and_so_does_its_hidden_name() -> None:
    def draw(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.autofilter("A1:B4")

    out = write(made(draw), plan(edits=edits(3, ["a", "b", "c"])))

    assert 'autoFilter ref="A1:C4"' in part(out, SHEET)
    assert "Goals!$A$1:$C$4" in part(out, "xl/workbook.xml")


def test_highlights_come_after_theirs_and_are_replaced_never_added() -> None:
    def draw(
        workbook: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet
    ) -> None:
        sheet.conditional_format(
            "A2:C4",
            {
                "type": "formula",
                "criteria": "=$B2>1",
                "format": workbook.add_format({"bold": True}),
            },
        )

    one = Highlight("Goals", Area(2, 1, 4, 3), '$C2="落后"', "bad")
    two = Highlight("Goals", Area(2, 1, 4, 3), '$C2="a<b"', "good")
    first = write(made(draw), plan(highlights=(one,)))
    second = write(first, Plan(locator="x", fingerprint="", highlights=(two, one)))
    xml = part(second, SHEET)

    assert snapshot(second).sheets[0].highlights == (two, one)
    assert re.findall(r'priority="(\d+)"', xml) == ["1", "2", "3"]
    assert part(second, "xl/styles.xml").count("<dxf>") == 3


def test_no_highlights_wanted_leaves_theirs_alone() -> None:
    def draw(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.conditional_format("A2:C4", {"type": "data_bar"})

    before = made(draw)
    one = Highlight("Goals", Area(2, 1, 4, 3), "$C2=1", "bad")
    with_one = write(before, plan(highlights=(one,)))
    without = write(with_one, Plan(locator="x", fingerprint="", highlights=()))

    assert "followup:" not in part(without, SHEET)
    assert "dataBar" in part(without, SHEET)


def test_the_board_stands_last_links_to_cells_and_is_replaced_where_it_stands() -> None:
    out = write(made(), plan(board=BOARD))
    book = openpyxl.load_workbook(io.BytesIO(out))
    sheet = book["跟进看板"]

    assert book.sheetnames == ["Goals", "跟进看板"]
    assert sheet["A3"].value == "=cmd()"
    assert sheet["A3"].data_type == "s"
    assert sheet["A3"].hyperlink.location == "Goals!A2"
    assert sheet.freeze_panes == "A3"
    again = replace(BOARD, rows=((BoardCell("new"),),))
    later = write(out, Plan(locator="x", fingerprint="", board=again))
    assert openpyxl.load_workbook(io.BytesIO(later)).sheetnames == ["Goals", "跟进看板"]
    assert snapshot(later).sheets[1].is_board
    assert snapshot(later).sheets[1].value(1, 1) == "new"


def test_a_board_whose_name_is_taken_gets_another() -> None:
    def draw(workbook: xlsxwriter.Workbook, _: object) -> None:
        workbook.add_worksheet("跟进看板")

    out = write(made(draw), plan(board=BOARD))

    assert openpyxl.load_workbook(io.BytesIO(out)).sheetnames[-1] == "跟进看板 2"


def test_formulas_are_calculated_on_load_only_where_there_are_any() -> None:
    def draw(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_formula("F1", "=1+1")

    def plain(xml: bytes) -> bytes:
        return xml.replace(b' fullCalcOnLoad="1"', b"")

    wanted = plan(edits=edits(3, ["a", "b", "c"]))
    without = write(remade(made(), {"xl/workbook.xml": plain}), wanted)
    with_one = write(remade(made(draw), {"xl/workbook.xml": plain}), wanted)

    assert "fullCalcOnLoad" not in part(without, "xl/workbook.xml")
    assert "fullCalcOnLoad" in part(with_one, "xl/workbook.xml")


def prefixed(xml: bytes) -> bytes:
    named = re.sub(rb"<(/?)(?![?!])(\w)", rb"<\1x:\2", xml)
    return named.replace(b"xmlns=", b"xmlns:x=", 1)


def without_addresses(xml: bytes) -> bytes:
    return re.sub(rb'(<(?:row|c)) r="\w+"', rb"\1", xml)


def as_utf16(xml: bytes) -> bytes:
    return xml.decode().replace('"UTF-8"', '"UTF-16"').encode("utf-16")


def strict(xml: bytes) -> bytes:
    return xml.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )


def with_comment(xml: bytes) -> bytes:
    return xml.replace(b"<sheetData>", b'<sheetData><!-- <row r="1"> -->')


@pytest.mark.parametrize(
    "change", [prefixed, without_addresses, as_utf16, strict, with_comment]
)
def test_unusual_ways_to_write_a_sheet_are_kept(
    change: Callable[[bytes], bytes],
) -> None:
    data = remade(made(), {SHEET: change})
    out = write(data, plan(edits=edits(3, ["按计划", "b", "c"])))
    sheet = snapshot(out).sheets[0]

    assert [sheet.value(row, 3) for row in range(1, 5)] == [
        "跟进状态",
        "按计划",
        "b",
        "c",
    ]
    assert sheet.value(4, 1) == "目标 3"


def test_rows_and_cells_that_do_not_exist_yet_are_put_in_their_place() -> None:
    def draw(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write(1, 4, "right")
        sheet.write(9, 0, "below")

    wanted = edits(3, ["a", "b", "c"]) + edits(3, [None] * 5 + ["new"])[5:]
    out = write(made(draw), plan(columns=(replace(STATUS, last_row=9),), edits=wanted))
    sheet = snapshot(out).sheets[0]

    assert (sheet.value(2, 3), sheet.value(2, 5)) == ("a", "right")
    assert (sheet.value(7, 3), sheet.value(10, 1)) == ("new", "below")
    assert 'dimension ref="A1:E10"' in part(out, SHEET)


def test_an_edit_to_nothing_empties_our_cell_and_keeps_its_looks() -> None:
    first = write(made(), plan(edits=edits(3, ["a", "b", "c"])))
    old = replace(STATUS, is_new=False)
    out = write(first, plan(columns=(old,), edits=edits(3, [None])))

    assert snapshot(out).sheets[0].value(2, 3) is None
    assert snapshot(out).sheets[0].value(3, 3) == "b"


def covered(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.merge_range("A6:D7", "banner")


def calculated(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.write_formula("C6", "=B2")


def occupied(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.write("C1", "notes")


def protected(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
    sheet.protect()


@pytest.mark.parametrize(
    ("draw", "word"),
    [
        (covered, "merged"),
        (calculated, "formula"),
        (occupied, "not empty"),
        (protected, "protected"),
    ],
)
def test_what_must_not_be_written_is_refused_with_a_reason(
    draw: Draw, word: str
) -> None:
    wanted = plan(edits=edits(3, ["a", "b", "c", "d", "e"]))

    with pytest.raises(NotWritableError, match=word) as refusal:
        write(made(draw), wanted)
    assert refusal.value.hint


def test_unlocked_cells_of_a_protected_sheet_may_be_written() -> None:
    def draw(
        workbook: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet
    ) -> None:
        sheet.protect()
        free = workbook.add_format({"locked": False})
        for row in range(1, 4):
            sheet.write(row, 2, "old", free)

    old = replace(STATUS, is_new=False)
    out = write(made(draw), plan(columns=(old,), edits=edits(3, ["a", "b", "c"])))

    assert snapshot(out).sheets[0].value(2, 3) == "a"


def test_a_width_is_cut_out_of_a_hidden_range() -> None:
    def draw(_: object, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.set_column(1, 9, 5, None, {"hidden": True})

    out = write(made(draw), plan())
    sheet = openpyxl.load_workbook(io.BytesIO(out))["Goals"]

    assert not sheet.column_dimensions["C"].hidden
    assert sheet.column_dimensions["C"].width == 14
    assert snapshot(out).sheets[0].hidden_columns == frozenset((2, *range(4, 11)))
