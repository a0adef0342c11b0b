"""The short way to see that a changed part is well-formed agrees with the long one."""

from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.workbooks.excel import wellformed
from sync.workbooks.excel.wellformed import check_well_formed

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


NUMBERS = st.integers(1, 9)


@given(
    old=st.dictionaries(NUMBERS, GOOD_CELLS),
    behind=st.dictionaries(NUMBERS, ANY_CELLS),
    gone=st.sets(NUMBERS, max_size=2),
    spans=st.integers(1, 3),
)
def test_both_ways_agree_whatever_was_written(
    old: dict[int, bytes], behind: dict[int, bytes], gone: set[int], spans: int
) -> None:
    new = {
        number: old.get(number, b"") + behind.get(number, b"")
        for number in {*old, *behind} - gone
    }
    before, after = part(old, 1), part(new, spans)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wellformed, "_SHORT", 0)
        try:
            check_well_formed(after, before)
        except expat.ExpatError:
            found = False
        else:
            found = True

    assert found == is_well_formed(after)


def test_what_stands_as_it_was_is_left_out() -> None:
    rows = dict.fromkeys(range(1, 2_000), b"<c><v>1</v></c>" * 20)
    new = {number: cells + b"<c/>" for number, cells in rows.items()}
    short = wellformed._without_old_cells(part(new, 2), part(rows, 1))

    assert is_well_formed(short)
    assert len(short) < len(part(new, 2)) / 4
