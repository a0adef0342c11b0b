"""The short way to see that a changed part is well-formed agrees with the long one."""

from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import WorkbookError
from sync.workbooks.excel import wellformed
from sync.workbooks.excel.exercise import exercise
from sync.workbooks.excel.wellformed import check_well_formed
from tests.corpus.small import SHEET, packed, small

HEAD = b'<worksheet><sheetData note="a&gt;b">'
FOOT = b"</sheetData><pageMargins/></worksheet>"

GOOD_CELLS = st.sampled_from(
    [b"", b"<c/>", b"<c><v>1</v></c>", b'<c t="s"><v>7</v></c>', b"<c>a &gt; b</c>"]
)
ANY_CELLS = st.one_of(
    GOOD_CELLS, st.sampled_from([b"<c>", b"</c>", b"<c>&</c>", b"<c a=>", b"</row>"])
)


def row(number: int, cells: bytes, spans: int) -> bytes:
    if not cells:
        return b'<row r="%d"/>' % number
    return b'<row r="%d" spans="1:%d">%s</row>' % (number, spans, cells)


def part(rows: dict[int, bytes], spans: int) -> bytes:
    body = b"".join(row(number, cells, spans) for number, cells in sorted(rows.items()))
    return HEAD + body + FOOT


def is_well_formed(data: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError:
        return False
    return True


ROWS = st.dictionaries(st.integers(1, 9), ANY_CELLS)


def agrees(data: bytes) -> bool:
    """Whether a part read in small pieces is found what it is found as a whole."""
    size = data.find(b"<row") + 20 if b"<row" in data else len(data)
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    try:
        check_well_formed(lambda: iter(pieces))
    except expat.ExpatError:
        return not is_well_formed(data)
    return is_well_formed(data)


@given(rows=ROWS, spans=st.integers(1, 3))
def test_both_ways_agree_whatever_was_written(
    rows: dict[int, bytes], spans: int
) -> None:
    assert agrees(part(rows, spans))


@pytest.mark.parametrize(
    "body",
    [
        b'<row r="1"><c>&#10;</c></row><row r="2"><c>&#1;</c></row>',
        b'<row r="1"></row></sheetData><sheetData><row r="2"></row>',
        b'<row r="1"></followup><followup></row>',
        b'<row r="1"><c/></row><!-- </row> --><row r="2"></row>',
        b'<row r="1"><c>a</row><row></c></row>',
        b'<row r="1"/>',
        b"<row",
        b"",
    ],
)
def test_both_ways_agree_on_rows_made_to_mislead(body: bytes) -> None:
    assert agrees(HEAD + body + FOOT)


def test_a_prefix_with_digits_is_compared_as_it_is() -> None:
    head, foot = b"<ns0:a><ns0:sheetData>", b"</ns0:sheetData></ns0:a>"

    assert agrees(
        head + b"<ns0:row></ns0:row><ns0:row><ns1:c></ns2:c></ns0:row>" + foot
    )


def test_a_kind_of_row_is_read_once() -> None:
    rows = dict.fromkeys(range(1, 2_000), b"<c><v>1</v></c>" * 20)

    assert len(wellformed._each_kind_of_row_once(iter([part(rows, 2)]))) < 600


def test_what_was_broken_before_is_not_called_our_mistake() -> None:
    parts = small()
    parts[SHEET] = str(parts[SHEET]).replace("</c>", "</c></c>", 1)

    with pytest.raises(WorkbookError, match="damaged inside"):
        exercise(packed(parts), "goals.xlsx")
