"""What a workbook says is what Excel would show, whatever program wrote it."""

import datetime as dt
from collections.abc import Callable

import pytest
import xlsxwriter

from sync.errors import WorkbookError
from sync.workbooks.snapshot import (
    CellError,
    Percent,
    Snapshot,
    Uncalculated,
)

ReadParts = Callable[..., Snapshot]
ReadMade = Callable[[Callable[[xlsxwriter.Workbook], None]], Snapshot]

MORNING = dt.datetime.fromisoformat("2026-03-01T08:30")
EVENING = dt.datetime.fromisoformat("2026-12-31T18:00")
DATES = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;'
    'd&quot;日&quot;"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>'
    '<xf numFmtId="165"/><xf numFmtId="9"/><xf numFmtId="31"/><xf numFmtId="20"/>'
    '<xf numFmtId="22"/></cellXfs>'
)


MANY_ATTRIBUTES = " ".join(f'a{n}="1"' for n in range(2_000))
MANY_NAMESPACES = " ".join(f'xmlns:n{n}="u{n}"' for n in range(2_000))


def data(cells: str, row: str = 'r="1"') -> str:
    return f"<sheetData><row {row}>{cells}</row></sheetData>"


def first_row(snapshot: Snapshot) -> tuple[object, ...]:
    return snapshot.sheets[0].rows[0].values


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A1" t="s"><v>0</v></c>', "目标"),
        ('<c r="A1" t="s"><v>1</v></c>', "提升 20%"),
        ('<c r="A1" t="s"><v>2</v></c>', "  两端\n空格 "),
        ('<c r="A1" t="inlineStr"><is><t>A &amp; B</t></is></c>', "A & B"),
        (
            '<c r="A1" t="inlineStr"><is><r><t>rich</t></r><r><t> runs</t></r></is></c>',
            "rich runs",
        ),
        ('<c r="A1" t="str"><f>A2</f><v>a_x000A_b</v></c>', "a\nb"),
        ('<c r="A1" t="str"><f>A2</f><v>a_x000D_&#10;b</v></c>', "a\nb"),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', CellError("#DIV/0!")),
        ('<c r="A1"><f>SUM(B1:B9)</f><v>42</v></c>', 42),
        ('<c r="A1"><f>SUM(B1:B9)</f></c>', Uncalculated("=SUM(B1:B9)")),
        ('<c r="A1"><f>A2&amp;"x"</f><v></v></c>', Uncalculated('=A2&"x"')),
        ('<c r="A1" t="d" s="1"><v>2026-03-01T00:00:00Z</v></c>', dt.date(2026, 3, 1)),
        ('<c r="A1" t="d"><v>2026-03-01T08:30</v></c>', MORNING),
        ('<c r="A1" t="d"><v>soon</v></c>', "soon"),
        ('<c r="A1" s="1"><v>46387</v></c>', dt.date(2026, 12, 31)),
        ('<c r="A1" s="2"><v>46387</v></c>', dt.date(2026, 12, 31)),
        ('<c r="A1" s="5"><v>46387</v></c>', dt.date(2026, 12, 31)),
        ('<c r="A1" s="7"><v>46387.75</v></c>', EVENING),
        ('<c r="A1" s="1"><v>1</v></c>', dt.date(1900, 1, 1)),
        ('<c r="A1" s="1"><v>59</v></c>', dt.date(1900, 2, 28)),
        ('<c r="A1" s="1"><v>61</v></c>', dt.date(1900, 3, 1)),
        ('<c r="A1" s="3"><v>1.5</v></c>', 1.5),
        ('<c r="A1" s="6"><v>0.5</v></c>', 0.5),
        ('<c r="A1" s="1"><v>60</v></c>', 60),
        ('<c r="A1" s="1"><v>-3</v></c>', -3),
        ('<c r="A1" s="1"><v>99999999</v></c>', 99999999),
        ('<c r="A1" s="1"><v>2958465.999999999</v></c>', 2958465.999999999),
        ('<c r="A1" s="4"><v>0.2</v></c>', Percent(0.2)),
        ('<c r="A1" s="4"><v>1</v></c>', Percent(1)),
        ('<c r="A1"><v>3.0</v></c>', 3),
        ('<c r="A1"><v>1E+2</v></c>', 100),
        ('<c r="A1"><v>1e999</v></c>', CellError("#NUM!")),
        ('<c r="A1"><v>NaN</v></c>', "NaN"),
        ('<c r="A1"><v>1_000</v></c>', "1_000"),
        ('<c r="A1" s=""><v>7</v></c>', 7),
    ],
)
@pytest.mark.parametrize("shape", ["plain", "commented", "utf-16", "prefixed"])
def test_cell_is_typed_as_excel_shows_it_in_every_shape_of_xml(
    read_parts: ReadParts, cell: str, expected: object, shape: str
) -> None:
    strings = (
        "<si><t>目标</t></si>"
        "<si><r><t>提升 </t></r><r><t>20%</t></r><rPh sb='0' eb='1'><t>tisheng</t></rPh>"
        "</si><si><t xml:space='preserve'>  两端\n空格 </t></si>"
    )
    sheet = reshaped(data(cell), shape)
    snapshot = read_parts(sheet, strings=strings, styles=DATES)

    assert first_row(snapshot) == (expected,)
    assert type(first_row(snapshot)[0]) is type(expected)


def reshaped(content: str, shape: str) -> str | bytes:
    """The same sheet as other programs write it."""
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    whole = f'<worksheet xmlns="{namespace}">{content}</worksheet>'
    if shape == "commented":
        return whole.replace("<sheetData>", "<sheetData><!-- made by hand -->")
    if shape == "utf-16":
        return f'<?xml version="1.0" encoding="UTF-16"?>{whole}'.encode("utf-16")
    if shape == "prefixed":
        named = whole.replace("<", "<x:").replace("<x:/", "</x:")
        return named.replace("xmlns=", "xmlns:x=")
    return whole


def test_strict_namespace_and_byte_order_mark_are_read(read_parts: ReadParts) -> None:
    sheet = (
        "\ufeff<?xml version='1.0' encoding='UTF-8'?>"
        '<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main">'
        + data('<c r="A1"><v>5</v></c>')
        + "</worksheet>"
    )

    assert first_row(read_parts(sheet.encode())) == (5,)


def test_days_of_the_1904_system_are_four_years_later(read_parts: ReadParts) -> None:
    workbook = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<workbookPr date1904="1"/><sheets><sheet name="G" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>"
    )
    sheet = data('<c r="A1" s="1"><v>44925</v></c>')
    snapshot = read_parts(sheet, styles=DATES, workbook=workbook)

    assert snapshot.date_system == 1904
    assert first_row(snapshot) == (dt.date(2026, 12, 31),)


def test_cell_without_a_style_takes_the_first_format(read_parts: ReadParts) -> None:
    styles = '<cellXfs><xf numFmtId="9"/></cellXfs>'
    snapshot = read_parts(data('<c r="A1"><v>0.5</v></c>'), styles=styles)

    assert isinstance(first_row(snapshot)[0], Percent)


def test_missing_addresses_are_counted_on(read_parts: ReadParts) -> None:
    sheet = (
        "<sheetData><row><c><v>1</v></c><c/><c><v>3</v></c></row>"
        '<row r="5"><c r="B5"><v>4</v></c><c><v>5</v></c></row><row><c><v>6</v></c></row>'
        "</sheetData>"
    )
    rows = read_parts(sheet).sheets[0].rows

    assert [(row.number, row.values) for row in rows] == [
        (1, (1, None, 3)),
        (5, (None, 4, 5)),
        (6, (6,)),
    ]


def test_rows_out_of_order_are_sorted(read_parts: ReadParts) -> None:
    sheet = (
        '<sheetData><row r="3"><c r="B3"><v>2</v></c><c r="A3"><v>1</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>0</v></c></row></sheetData>'
    )
    rows = read_parts(sheet).sheets[0].rows

    assert [tuple(row) for row in rows] == [(2, (0,), True), (3, (1, 2), False)]


def test_empty_text_is_an_empty_cell_and_rows_without_values_are_left_out(
    read_parts: ReadParts,
) -> None:
    sheet = (
        '<sheetData><row r="1"><c r="A1" t="str"><f>""</f><v></v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t xml:space="preserve">  </t></is></c>'
        '<c r="C2" s="1"/></row></sheetData>'
    )
    rows = read_parts(sheet, styles=DATES).sheets[0].rows

    assert [(row.number, row.values) for row in rows] == [(2, ("  ",))]


def test_value_at_the_end_of_the_grid_costs_nothing_and_is_named(
    read_parts: ReadParts,
) -> None:
    sheet = (
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>9</v></c></row></sheetData>'
    )
    snapshot = read_parts(sheet)

    assert [row.values for row in snapshot.sheets[0].rows] == [(1,)]
    assert "XFD1048576" in snapshot.remarks[0].in_("zh")
    assert "XFD1048576" in snapshot.remarks[0].in_("en")


def test_wide_tables_are_not_taken_for_stray_cells(read_parts: ReadParts) -> None:
    cells = '<c r="A1"><v>1</v></c><c r="IV1"><v>2</v></c><c r="RA1"><v>3</v></c>'
    snapshot = read_parts(data(cells))

    assert not snapshot.remarks
    assert [value for value in first_row(snapshot) if value] == [1, 2, 3]


@pytest.mark.parametrize("comment", ["", "<!-- -->"])
@pytest.mark.parametrize(
    ("content", "what"),
    [
        (data('<c r="A1" t="s"><v>77</v></c>'), "the text of 1 cells"),
        (data('<c r="A1" t="s"><v>-1</v></c>'), "the text of 1 cells"),
        (data('<c r="A1" s="999"><v>7</v></c>'), "the format of 1 cells"),
        (data('<c r="A1"><v>4</v></c><c r="A1"><v>1</v></c>'), "A1 .* stored twice"),
        (data('<c r="A0"><v>1</v></c>'), "a cell stands at 'A0'"),
        (data('<c r="A1048577"><v>1</v></c>'), "a cell stands at 'A1048577'"),
        (data('<c r="XFE1"><v>1</v></c>'), "a cell stands at 'XFE1'"),
        *(
            (f'<sheetData><row r="{number}"><c><v>2</v></c></row></sheetData>', "a row")
            for number in ("0", "9999999", "-1", "x")
        ),
        (
            data('<c r="A1"><v>1</v></c>')
            + '<mergeCells><mergeCell ref="A1:C3"/><mergeCell ref="E1:G9"/>'
            '<mergeCell ref="B2:D4"/></mergeCells>',
            "A1:C3 and B2:D4 overlap",
        ),
        (
            data('<c r="A1"><v>1</v></c>')
            + '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            "one merge or link covers",
        ),
        (
            data('<c r="A1"><v>1</v></c>')
            + '<hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>',
            "one merge or link covers",
        ),
        (
            f"<sheetData><row>{'<a>' * 200}{'</a>' * 200}</row></sheetData>",
            "nested too deeply",
        ),
        (
            f"<sheetData><row {MANY_ATTRIBUTES}/></sheetData>",
            "2,000 attributes",
        ),
        (
            f"<sheetData {MANY_NAMESPACES}/>",
            "1,000 namespaces",
        ),
    ],
)
def test_sheet_that_programs_would_read_differently_is_refused(
    read_parts: ReadParts, content: str, what: str, comment: str
) -> None:
    with pytest.raises(WorkbookError, match=what) as caught:
        read_parts(comment + content, strings="<si><t>one</t></si>", styles=DATES)

    assert "repair" in caught.value.hint


def test_merges_beside_each_other_are_all_read(read_parts: ReadParts) -> None:
    merges = ["A1:B2", "A3:A9", "B3:D3", "C1:D2", "B4:B4", "C4:D9"]
    tags = "".join(f'<mergeCell ref="{merge}"/>' for merge in merges)
    sheet = data('<c r="A1"><v>1</v></c>') + f"<mergeCells>{tags}</mergeCells>"

    assert len(read_parts(sheet).sheets[0].merges) == len(merges)


def test_shared_formula_never_calculated_shows_its_first_text(
    read_parts: ReadParts,
) -> None:
    cells = (
        '<c r="A1"><f t="shared" ref="A1:B1" si="0">C1*2</f></c>'
        '<c r="B1"><f t="shared" si="0"/></c>'
    )

    assert first_row(read_parts(data(cells))) == ("=C1*2", "=C1*2")


@pytest.mark.parametrize(
    "sheet",
    [
        "<sheetData><row r='1'><c r='A1'><v>1</v></row></sheetData>",
        "<sheetData><row",
        '<sheetData><row r="1"><c r="A1" t="str"><v>&nope;</v></c></row></sheetData>',
    ],
)
def test_damaged_sheet_is_one_clear_error(read_parts: ReadParts, sheet: str) -> None:
    with pytest.raises(WorkbookError) as caught:
        read_parts(sheet)

    assert "damaged" in caught.value.what
    assert "sheet1.xml" in caught.value.where
    assert caught.value.hint


def test_document_type_is_refused(read_parts: ReadParts) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'

    with pytest.raises(WorkbookError, match="document type"):
        read_parts(bomb)


def test_workbook_with_too_many_cells_is_refused(
    read_parts: ReadParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.workbooks.excel.reader.MAX_CELLS", 2)
    cells = "".join(f'<c r="{letter}1"><v>1</v></c>' for letter in "ABC")

    with pytest.raises(WorkbookError, match="cells"):
        read_parts(data(cells))


def test_two_sheets_of_one_name_are_refused(read_parts: ReadParts) -> None:
    workbook = (
        '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships"><sheets><sheet name="Goals" sheetId="1" r:id="rId1"/>'
        '<sheet name="goals" sheetId="2" r:id="rId1"/></sheets></workbook>'
    )

    with pytest.raises(WorkbookError, match="two sheets"):
        read_parts("<sheetData/>", workbook=workbook)


def test_zeros_of_a_library_that_cannot_calculate_are_no_results(
    read_made: ReadMade,
) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=B1*2")
        sheet.write_number("B1", 0)

    assert first_row(read_made(fill)) == (Uncalculated("=B1*2"), 0)
    assert isinstance(first_row(read_made(fill))[0], Uncalculated)


def test_zero_beside_a_calculated_result_is_a_result(read_made: ReadMade) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=B1*2", None, 0)
        book.add_worksheet().write_formula("A1", "=1+1", None, 2)

    assert first_row(read_made(fill)) == (0,)
