"""What stands around the cells: tables, notes, protection, and our own marks."""

from collections.abc import Callable

import xlsxwriter

from sync.cells import Area
from sync.workbooks.excel.markers import mark_formula
from sync.workbooks.plan import Highlight
from sync.workbooks.snapshot import ListObject, OwnMark, Snapshot
from tests.corpus.small import LINKS, MAIN

ReadParts = Callable[..., Snapshot]
ReadMade = Callable[[Callable[[xlsxwriter.Workbook], None]], Snapshot]

CELL = '<sheetData><row r="1"><c r="A1"><v>5</v></c></row></sheetData>'


def test_structure_around_the_rows_is_read(read_made: ReadMade) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        goals = book.add_worksheet("目标")
        goals.merge_range("A1:C1", "2026 年目标")
        goals.add_table("A3:C6", {"name": "Goals", "total_row": True})
        goals.set_column("E:G", None, None, {"hidden": True})
        goals.set_row(3, None, None, {"hidden": True})
        goals.write("A4", "x")
        goals.write_comment("B4", "请补充目标值")
        book.add_worksheet("List").autofilter("B2:D9")
        book.add_chartsheet("Chart").set_chart(chart_of(book))
        book.add_worksheet("Old").hide()
        book.add_worksheet("Config").very_hidden()
        book.add_worksheet("Locked").protect()

    snapshot = read_made(fill)
    goals = snapshot.sheets[0]

    assert [(one.name, one.index, one.visibility) for one in snapshot.sheets] == [
        ("目标", 0, "visible"),
        ("List", 1, "visible"),
        ("Old", 3, "hidden"),
        ("Config", 4, "very_hidden"),
        ("Locked", 5, "visible"),
    ]
    assert goals.merges == (Area(1, 1, 1, 3),)
    assert goals.list_objects == (ListObject("Goals", Area(3, 1, 6, 3), 1, 1),)
    assert goals.hidden_columns == {5, 6, 7}
    assert [row.number for row in goals.rows if row.hidden] == [4]
    assert goals.notes == {(4, 2): "请补充目标值"}
    assert goals.writing.allowed
    assert snapshot.sheets[1].auto_filter == Area(2, 2, 9, 4)
    locked = snapshot.sheets[4].writing
    assert not locked.allowed
    assert locked.why is not None
    assert "Locked" in locked.why.in_("zh")


def test_a_locked_structure_leaves_no_room_for_a_board(
    read_parts: ReadParts,
) -> None:
    workbook = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<workbookProtection lockStructure="1"/><sheets>'
        '<sheet name="Goals" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    snapshot = read_parts(CELL, workbook=workbook)

    assert not snapshot.board_writing.allowed
    assert snapshot.writing.allowed


def chart_of(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=目标!$A$1:$A$2"})
    return chart


def test_our_own_marks_are_found_where_people_moved_them(read_made: ReadMade) -> None:
    rule = mark_formula('$F2="逾期"', "late")

    def fill(book: xlsxwriter.Workbook) -> None:
        goals = book.add_worksheet("Tom 目标")
        board = book.add_worksheet("看板")
        board.write("A1", "x")
        book.define_name("'Tom 目标'!_followup_status_1", "='Tom 目标'!$F$1")
        book.define_name("'Tom 目标'!_followup_why_1", "='Tom 目标'!#REF!")
        book.define_name("看板!_followup_board", "=看板!$A$1")
        book.define_name("Budget", "='Tom 目标'!$A$1")
        theirs = {"type": "formula", "criteria": "=$A1>3"}
        goals.conditional_format("A1:A9", theirs)
        goals.conditional_format("B2:B9", {"type": "formula", "criteria": f"={rule}"})
        goals.write("F1", "renamed")

    snapshot = read_made(fill)

    assert snapshot.sheets[0].own == (OwnMark("status", 1, 6),)
    assert snapshot.sheets[0].highlights == (
        Highlight("Tom 目标", Area(2, 2, 9, 2), '$F2="逾期"', "late"),
    )
    assert [sheet.is_board for sheet in snapshot.sheets] == [False, True]


def test_split_highlight_is_one_per_range_in_order_of_precedence(
    read_parts: ReadParts,
) -> None:
    def block(area: str, style: str, priority: int) -> str:
        formula = mark_formula("TRUE", style).replace('"', "&quot;")
        return (
            f'<conditionalFormatting sqref="{area}"><cfRule type="expression" '
            f'priority="{priority}"><formula>{formula}</formula></cfRule>'
            "</conditionalFormatting>"
        )

    sheet = "<sheetData/>" + block("A1:A3 A6:A9", "good", 2) + block("B1", "bad", 1)
    found = read_parts(sheet).sheets[0].highlights

    assert [(one.area.a1, one.style) for one in found] == [
        ("B1", "bad"),
        ("A1:A3", "good"),
        ("A6:A9", "good"),
    ]


def test_threaded_comments_replace_their_plain_copy(
    read_parts: ReadParts,
) -> None:
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="r1" Type="{rel}/comments" '
            'Target="../comments1.xml"/><Relationship Id="r2" Type="http://schemas.'
            'microsoft.com/office/2017/10/relationships/threadedComment" '
            'Target="/xl/threadedComments/t1.xml"/></Relationships>'
        ),
        "xl/comments1.xml": (
            "<comments><commentList>"
            '<comment ref="A1"><text><t>[Threaded comment] old copy</t></text></comment>'
            '<comment ref="B2"><text><r><t>Tom:</t></r><r><t> ok</t></r></text></comment>'
            "</commentList></comments>"
        ),
        "xl/threadedComments/t1.xml": (
            "<ThreadedComments><threadedComment ref='A1' id='1'><text>为什么？</text>"
            "</threadedComment><threadedComment ref='A1' id='2' parentId='1'>"
            "<text>已更新</text></threadedComment></ThreadedComments>"
        ),
    }
    notes = read_parts("<sheetData/>", more=more).sheets[0].notes

    assert notes == {(1, 1): "为什么？\n已更新", (2, 2): "Tom: ok"}


def test_damaged_comments_are_a_remark_and_stop_nothing(
    read_parts: ReadParts,
) -> None:
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            'relationships"><Relationship Id="r1" Type="http://x/comments" '
            'Target="../comments1.xml"/></Relationships>'
        ),
        "xl/comments1.xml": "<comments><commentList>",
    }
    snapshot = read_parts(CELL, more=more)

    assert snapshot.sheets[0].value(1, 1) == 5
    assert "Goals" in snapshot.remarks[0].in_("en")


def test_signed_and_shared_workbooks_say_why_they_are_not_written(
    read_parts: ReadParts,
) -> None:
    signed = read_parts("<sheetData/>", more={"_xmlsignatures/sig1.xml": "<x/>"})
    revisions = (
        '<Relationship Id="rId9" Type="http://x/revisionHeaders" Target="rev.xml"/>'
    )
    shared = read_parts("<sheetData/>", relationships=revisions)

    for snapshot, word in ((signed, "签名"), (shared, "共享")):
        assert not snapshot.writing.allowed
        assert snapshot.writing.why is not None
        assert word in snapshot.writing.why.in_("zh")


def test_what_is_left_of_a_signature_that_was_removed_signs_nothing(
    read_parts: ReadParts,
) -> None:
    start = '<Relationships xmlns="http://x"><Relationship Id="rId{}" Type="http://x/{}" Target="{}"/>'
    origin = start.format(1, "officeDocument", "xl/workbook.xml") + (
        '<Relationship Id="rId2" Type="http://x/origin" Target="s/origin.sigs"/>'
    )
    signature = start.format(1, "signature", "sig1.xml") + "</Relationships>"
    left = {"_rels/.rels": origin + "</Relationships>", "s/origin.sigs": ""}
    whole = {**left, "s/_rels/origin.sigs.rels": signature, "s/sig1.xml": "<x/>"}

    assert read_parts("<sheetData/>", more=left).writing.allowed
    assert not read_parts("<sheetData/>", more=whole).writing.allowed


def test_names_of_sheets_that_excel_tells_apart_are_two(read_parts: ReadParts) -> None:
    sheet = '<sheet name="{}" sheetId="{}" r:id="rId1"/>'
    start = f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
    both = sheet.format("Masse", 1) + sheet.format("Maße", 2)
    snapshot = read_parts("<sheetData/>", workbook=f"{start}{both}</sheets></workbook>")

    assert [one.name for one in snapshot.sheets] == ["Masse", "Maße"]
