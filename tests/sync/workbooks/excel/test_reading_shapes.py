"""Both ways of reading a sheet say the same, and neither falls over."""

from collections.abc import Callable
from datetime import date
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.cells import column_letters
from sync.errors import WorkbookError
from sync.workbooks.excel.strings import resolve, unescape
from sync.workbooks.snapshot import Row, Snapshot

ReadParts = Callable[..., Snapshot]

STYLES = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/></cellXfs>'

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12
)
stored = st.one_of(
    st.tuples(st.just("n"), st.integers(-10, 3_000_000).map(str)),
    st.tuples(st.just("n"), st.floats(allow_nan=False).map(repr)),
    st.tuples(st.just("str"), texts),
    st.tuples(st.just("inlineStr"), texts),
    st.tuples(st.just("b"), st.sampled_from(["0", "1"])),
    st.tuples(st.just("e"), st.sampled_from(["#N/A", "#REF!"])),
    st.tuples(st.just("d"), st.sampled_from(["2026-01-31", "31.1.2026"])),
)
cells = st.dictionaries(
    st.tuples(st.integers(1, 9), st.integers(1, 400)),
    st.tuples(stored, st.integers(0, 2), st.booleans()),
    max_size=12,
)


def cell_xml(
    address: str, content: tuple[str, str], style: int, *, formula: bool
) -> str:
    kind, text = content
    code = "<f>A1+1</f>" if formula and kind != "inlineStr" else ""
    inside = f"{code}<v>{escape(text)}</v>"
    if kind == "inlineStr":
        inside = f'<is><t xml:space="preserve">{escape(text)}</t></is>'
    return f'<c r="{address}" s="{style}" t="{kind}">{inside}</c>'


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells)
def test_parser_and_plain_reading_agree(
    read_parts: ReadParts,
    drawn: dict[tuple[int, int], tuple[tuple[str, str], int, bool]],
) -> None:
    rows: dict[int, str] = {}
    for (row, column), (content, style, formula) in sorted(drawn.items()):
        address = f"{column_letters(column)}{row}"
        rows[row] = rows.get(row, "") + cell_xml(
            address, content, style, formula=formula
        )
    body = "".join(f'<row r="{row}">{inside}</row>' for row, inside in rows.items())
    plain = read_parts(f"<sheetData>{body}</sheetData>", styles=STYLES)
    parsed = read_parts(f"<sheetData><!-- -->{body}</sheetData>", styles=STYLES)

    assert repr(plain.sheets[0].rows) == repr(parsed.sheets[0].rows)
    assert plain.remarks == parsed.remarks


@pytest.mark.parametrize("between", ["", "<!-- -->"])
def test_digits_written_as_references_are_digits(
    read_parts: ReadParts, between: str
) -> None:
    row = '<row r="1" hidden="&#49;"><c r="A1" s="&#49;"><v>&#52;6387</v></c>'
    text = '<c r="B1" t="&#115;"><v>&#x30;</v></c></row>'
    sheet = f"<sheetData>{between}{row}{text}</sheetData>"
    rows = read_parts(sheet, strings="<si><t>x</t></si>", styles=STYLES).sheets[0].rows

    assert rows == (Row(1, (date(2026, 12, 31), "x"), hidden=True),)


@pytest.mark.parametrize("between", ["", "<!-- -->"])
def test_cells_that_show_nothing_and_are_not_free_are_noted(
    read_parts: ReadParts, between: str
) -> None:
    body = "".join(
        f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="B{row}" s="1"/>{cells}</row>'
        for row, cells in (
            (2, '<c r="C2" t="s"><v>0</v></c><c r="ZZ2" t="s"><v>0</v></c>'),
            (4, '<c r="D4" t="str"><f>""</f><v></v></c><c r="E4"><v></v></c>'),
            (5, '<c r="F5"><f t="array" ref="F5:G6">1</f><v>1</v></c>'),
            (9, '<c r="C9" t="s"><v>0</v></c>'),
        )
    )
    sheet = f"<sheetData>{between}{body}</sheetData>"
    silent = read_parts(sheet, strings="<si><t/></si>", styles=STYLES).sheets[0].silent

    assert silent == {3: (2, 9), 4: (4, 4), 6: (5, 6), 7: (5, 6)}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 400), st.integers(0, 60), st.binary(max_size=6))
def test_damage_anywhere_is_an_answer_or_a_workbook_error(
    read_parts: ReadParts, at: int, length: int, instead: bytes
) -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1">'
        b'<c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><f>C1</f><v>46387</v></c></row>'
        b'</sheetData><autoFilter ref="A1:B9"/><mergeCells><mergeCell ref="A2:B3"/>'
        b"</mergeCells></worksheet>"
    )
    damaged = sheet[:at] + instead + sheet[at + length :]
    try:
        snapshot = read_parts(damaged, strings="<si><t>x</t></si>", styles=STYLES)
    except WorkbookError:
        return

    assert len(snapshot.sheets) == 1


@given(texts)
def test_escaped_text_is_resolved_as_a_parser_would(text: str) -> None:
    assert resolve(escape(text).encode()) == text


@pytest.mark.parametrize("text", ["&#xD800;", "&#1114112;", "&bomb;"])
def test_impossible_characters_are_left_to_the_parser(text: str) -> None:
    with pytest.raises(ValueError, match=r"character|entity"):
        resolve(text.encode())


@pytest.mark.parametrize(
    ("escaped", "text"),
    [
        ("_x0041_", "A"),
        ("_x005F_x0041_", "_x0041_"),
        ("_xD83D__xDE00_", "😀"),
        ("_xD83D_", "\ufffd"),
        ("_x004_", "_x004_"),
    ],
)
def test_escapes_of_characters_that_xml_cannot_hold(escaped: str, text: str) -> None:
    assert unescape(escaped) == text
