import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.records.values.ratings import read_rating
from sync.records.values.unreadable import UnreadableCell
from sync.workbooks.snapshot import Percent, RawValue

RATINGS: list[tuple[RawValue, float | None, str]] = [
    (4, 4, ""),
    ("3.5", 3.5, ""),
    ("85分", 85, ""),
    ("3/5", 3, ""),
    ("4.5/5.0", 4.5, ""),
    ("4 - Proficient", 4, ""),
    ("0 - Novice", 0, ""),
    ("4 stars", 4, ""),
    ("★★★☆☆", 3, ""),
    ("⭐⭐⭐⭐", 4, ""),
    (Percent(0.8), 80, ""),
    ("A", None, "A"),
    ("S", None, "S"),
    ("B+", None, "B+"),
    ("A(15分)", 15, "A"),
    ("甲", None, "甲"),
    ("乙等", None, "乙等"),
    ("乙（80-89分）", None, "乙"),
    ("优秀", None, "优秀"),
    ("不合格", None, "不合格"),
    ("Exceeds Expectations", None, "Exceeds Expectations"),
    ("B - Good", None, "B"),
    ("不了解", None, ""),
    ("N/A", None, ""),
    ("don't know", None, ""),
    ("-", None, ""),
    (None, None, ""),
]


@pytest.mark.parametrize(("raw", "value", "grade"), RATINGS)
def test_numbers_letters_words_and_stars_are_ratings(
    raw: RawValue, value: float | None, grade: str
) -> None:
    assert read_rating(raw) == (value, grade)


@pytest.mark.parametrize("raw", ["hello world", "见附件", "A或B都可以", float("inf")])
def test_other_words_are_a_finding(raw: RawValue) -> None:
    with pytest.raises(UnreadableCell) as caught:
        read_rating(raw)

    assert caught.value.code == "D150"


@given(st.one_of(st.text(max_size=20), st.floats(), st.integers()))
def test_no_value_crashes_the_reader(raw: RawValue) -> None:
    try:
        rated = read_rating(raw)
    except UnreadableCell:
        return

    assert rated.value is None or rated.value == float(rated.value)
