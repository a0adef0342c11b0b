from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.records.values.progress import read_progress
from sync.records.values.shares import Scale
from sync.records.values.unreadable import UnreadableCell
from sync.workbooks.snapshot import Percent, RawValue

SHARES = Scale(points=False)
PROGRESS: list[tuple[RawValue, float]] = [
    ("已完成80%", 0.8),
    ("60％", 0.6),
    ("80% done", 0.8),
    ("50% testing completed", 0.5),
    ("completed 40%", 0.4),
    ("121%", 1.21),
    ("还差20%", 0.8),
    ("剩余30%未完成", 0.7),
    ("完成90%，剩余下月", 0.9),
    ("20% remaining", 0.8),
    ("约一半", 0.5),
    ("half tested", 0.5),
    ("八成", 0.8),
    ("百分之八十", 0.8),
    ("4/5", 0.8),
    ("已完成4/5", 0.8),
    ("3 of 4", 0.75),
    ("未开始", 0.0),
    ("Not started", 0.0),
    ("已完成", 1.0),
    ("完成", 1.0),
    ("Done", 1.0),
    (0.35, 0.35),
    (1, 1.0),
    (Percent(0.65), 0.65),
    (65, 0.65),
    (0, 0.0),
    (True, 1.0),
]


@pytest.mark.parametrize(("raw", "share"), PROGRESS)
def test_progress_is_read_from_numbers_and_words(raw: RawValue, share: float) -> None:
    assert read_progress(raw, SHARES) == pytest.approx(share)


@pytest.mark.parametrize("raw", [None, "N/A", "-", "---", "—", "无", False])
def test_missing_progress_is_not_zero(raw: RawValue) -> None:
    assert read_progress(raw, SHARES) is None


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("完成4套", "D120"),
        ("刚启动", "D120"),
        ("进行中", "D120"),
        ("60%-70%", "D120"),
        ("从20%到50%", "D120"),
        ("不到一半", "D120"),
        ("5/4", "D120"),
        (date(2026, 4, 5), "D121"),
        (2.5, "D111"),
    ],
)
def test_progress_without_a_certain_share_is_a_finding(
    raw: RawValue, code: str
) -> None:
    with pytest.raises(UnreadableCell) as caught:
        read_progress(raw, SHARES)

    assert caught.value.code == code


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.dates()))
def test_no_value_crashes_the_reader(raw: RawValue) -> None:
    try:
        share = read_progress(raw, SHARES)
    except UnreadableCell:
        return

    assert share is None or share == share  # noqa: PLR0124 - not a number
