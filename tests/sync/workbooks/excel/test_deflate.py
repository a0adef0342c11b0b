"""Both libraries that pack parts do the same."""

import sys
import zlib
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.workbooks.excel import deflate
from sync.workbooks.excel.deflate import Deflate

pytest.importorskip("isal")
BOTH = [deflate.with_zlib(), deflate.with_isal()]
PAIRS = pytest.mark.parametrize(
    ("left", "right"),
    list(product(BOTH, BOTH)),
    ids=lambda one: one.library,
)


@PAIRS
@given(
    pieces=st.lists(st.binary()),
    repeated=st.integers(1, 3_000),
    step=st.sampled_from([7, deflate.PIECE]),
)
def test_each_reads_what_the_other_packed(
    left: Deflate, right: Deflate, *, pieces: list[bytes], repeated: int, step: int
) -> None:
    content = [piece * repeated for piece in pieces]
    packed = b"".join(left.pack(content))

    whole = b"".join(content)
    assert b"".join(right.unpack(packed, step, len(whole) + 1)) == whole


@PAIRS
def test_no_more_is_unpacked_in_one_go_than_is_asked_for(
    left: Deflate, right: Deflate
) -> None:
    packed = b"".join(left.pack([b"a" * 100_000]))

    assert next(right.unpack(packed, len(packed), 1_001)) == b"a" * 1_001


@given(pieces=st.lists(st.binary()))
def test_both_give_the_checksum_of_the_archive(pieces: list[bytes]) -> None:
    for one in BOTH:
        crc = 0
        for piece in pieces:
            crc = one.checksum(piece, crc)

        assert crc == zlib.crc32(b"".join(pieces))


@pytest.mark.parametrize("one", BOTH, ids=lambda one: one.library)
def test_what_is_no_packed_stream_is_said_to_be_none(one: Deflate) -> None:
    with pytest.raises(ValueError, match="rror"):
        list(one.unpack(b"\xff" * 100, deflate.PIECE, 1_000))


def test_the_standard_library_serves_where_the_extra_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert deflate.choose().library == "isal"

    monkeypatch.setitem(sys.modules, "isal", None)

    assert deflate.choose().library == "zlib"
