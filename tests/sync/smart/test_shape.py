"""Texts that differ in their numbers only are read once; nobody can tell."""

import re

from hypothesis import given
from hypothesis import strategies as st

from sync.smart.understand import understand
from sync.smart.understand.fold import flatten
from sync.smart.understand.read import LIMIT, read
from sync.smart.understand.shape import shape_of

NUMBERS = st.one_of(
    st.integers(0, 40).map(str),
    st.integers(0, 3000).map(str),
    st.sampled_from(
        ["07", "2026", "1999", "618", "1,200", "1.5", "-6", "00", "12.345"]
    ),
    st.text("0123456789", min_size=1, max_size=18),
)
WORDS = st.sampled_from(
    [
        *(
            "年",
            "月",
            "日前",
            "月底",
            "季度",
            "万元",
            "%",
            "个百分点",
            "家",
            "小时内响应",
        ),
        *("从", "提升到", "降低", "第", "前", "名", "双", "不低于", " to ", " from "),
        *(" by ", "June ", " June", "/", "-", ".", ",", " Q", "FY", "h", " weeks", "p"),
        *("事故", "天内", "每", "次", "within ", " days", "th", "(", ")", "; ", "上线"),
        *(
            "reduce ",
            "k ",
            "【",
            "[",
            "周",
            "分",
            "半年",
            " million",
            "以上",
            "$",
            "x%",
        ),
    ]
)
TEXTS = st.lists(st.one_of(NUMBERS, WORDS), max_size=9).map("".join)


@given(TEXTS)
def test_a_text_is_read_as_if_it_were_the_first_of_its_shape(text: str) -> None:
    assert understand(text) == read(flatten(text)[:LIMIT])


@given(TEXTS)
def test_a_shape_is_as_long_as_its_text_and_its_own_shape(text: str) -> None:
    shape = shape_of(text)

    assert len(shape) == len(text)
    assert shape_of(shape) == shape
    assert re.sub("[0-9]", "", shape) == re.sub("[0-9]", "", text)
