import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.records.values.shares import Scale, read_share, scale_of, share_in_label
from sync.records.values.unreadable import UnreadableCell
from sync.workbooks.snapshot import Percent, RawValue


@pytest.mark.parametrize(
    "raw",
    [
        "20%",
        "２０％",
        "20 %",
        Percent(0.2),
        "百分之二十",
        "20分",
        "约20%",
        "20 pts",
        "20 percent",
    ],
)
@pytest.mark.parametrize("points", [True, False])
def test_a_share_that_says_so_needs_no_scale(raw: RawValue, points: bool) -> None:
    assert read_share(raw, Scale(points)) == pytest.approx(0.2)


COLUMNS: list[tuple[list[RawValue], list[float]]] = [
    ([40, 30, 30], [0.4, 0.3, 0.3]),
    ([0.4, 0.3, 0.3], [0.4, 0.3, 0.3]),
    (["40", "30", "30"], [0.4, 0.3, 0.3]),
    (["25%", 0.25, 0.5], [0.25, 0.25, 0.5]),
    ([1, 0.5, 0.5], [1.0, 0.5, 0.5]),
    ([1, 49, 50], [0.01, 0.49, 0.5]),
    ([Percent(0.3), 0.7], [0.3, 0.7]),
    ([0.2, 0.3, 50], [0.2, 0.3, 0.5]),
    ([100], [1.0]),
    ([1], [1.0]),
    ([0, 0.5, 0.5], [0.0, 0.5, 0.5]),
]


@pytest.mark.parametrize(("column", "shares"), COLUMNS)
def test_the_column_as_a_whole_decides_the_scale(
    column: list[RawValue], shares: list[float]
) -> None:
    scale = scale_of(column)

    assert [read_share(raw, scale) for raw in column] == pytest.approx(shares)


def test_a_percent_sign_in_the_header_decides_where_numbers_do_not() -> None:
    assert read_share(1, scale_of([1], "权重(%)")) == pytest.approx(0.01)


def test_a_number_unlike_its_column_is_not_guessed() -> None:
    with pytest.raises(UnreadableCell) as caught:
        read_share(0.3, scale_of([40, 30, 0.3]))

    assert caught.value.code == "D111"
    assert "30%" in caught.value.what.in_("zh")


@pytest.mark.parametrize("raw", ["高", "abc", "20% + 10%", float("nan"), True, "1/5"])
def test_what_is_no_share_is_a_finding(raw: RawValue) -> None:
    with pytest.raises(UnreadableCell):
        read_share(raw, Scale(points=False))


@pytest.mark.parametrize("raw", [None, "-", "---", "N/A", "无"])
def test_missing_is_not_zero(raw: RawValue) -> None:
    assert read_share(raw, Scale(points=False)) is None


@pytest.mark.parametrize(
    ("label", "share"),
    [
        ("工作态度（15分）", (0.15, "分")),
        ("销售达成50％", (0.5, "%")),
        ("绩效构面（30%）", (0.3, "%")),
        ("人事管理20分", (0.2, "分")),
        ("团队建设", None),
        ("50%", None),
        ("", None),
    ],
)
def test_labels_carry_weights(label: str, share: tuple[float, str] | None) -> None:
    assert share_in_label(label) == share


@given(st.lists(st.one_of(st.floats(), st.text(max_size=8), st.none()), max_size=6))
def test_no_column_crashes(column: list[RawValue]) -> None:
    scale = scale_of(column, "weight")
    for raw in column:
        try:
            share = read_share(raw, scale)
        except UnreadableCell:
            continue

        assert share is None or share == share  # noqa: PLR0124 - not a number
