from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.records.values.quantities import in_unit, read_quantity
from sync.workbooks.snapshot import Percent, RawValue

# fmt: off
QUANTITIES: list[tuple[RawValue, float | None, str, str, float | None]] = [
    ("≥98%", 0.98, "%", ">=", None),
    ("＜0.5%", 0.005, "%", "<", None),
    ("< or = 9% per year", 0.09, "%", "<=", None),
    ("< or = 5 per release", 5, "per release", "<=", None),
    ("不低于95%", 0.95, "%", ">=", None),
    ("95分以上", 95, "分", ">=", None),
    ("15天内", 15, "天", "<=", None),
    ("15分钟以内", 15, "分钟", "<=", None),
    ("控制在3%以内", 0.03, "%", "<=", None),
    ("at least 3 events", 3, "events", ">=", None),
    ("no more than 2", 2, "", "<=", None),
    ("under 15 min", 15, "min", "<", None),
    ("11000件/h", 11000, "件/h", "", None),
    ("10分", 10, "分", "", None),
    ("4hrs", 4, "hrs", "", None),
    ("750MS", 750, "MS", "", None),
    ("3x", 3, "x", "", None),
    ("12 per quarter", 12, "per quarter", "", None),
    ("≤5个工作日", 5, "个工作日", "<=", None),
    ("14,100", 14100, "", "", None),
    ("$15,200,000 ", 15_200_000, "$", "", None),
    ("$1.2M", 1_200_000, "$", "", None),
    ("<= $0.42", 0.42, "$", "<=", None),
    ("1.5万", 15000, "", "", None),
    ("1850万元", 18_500_000, "元", "", None),
    ("1,850万元", 18_500_000, "元", "", None),
    ("3亿", 300_000_000, "", "", None),
    ("80-90", 80, "", "", 90),
    ("80%-90%", 0.8, "%", "", 0.9),
    ("5%～8%", 0.05, "%", "", 0.08),
    ("1-2万", 10000, "", "", 20000),
    ("121%", 1.21, "%", "", None),
    ("±5%", 0.05, "%", "<=", None),
    ("25.43 (Q13-Q16)", 25.43, "", "", None),
    ("P95≤300ms", 300, "ms", "<=", None),
    ("首次响应≤15分钟", 15, "分钟", "<=", None),
    ("≥4.6/5", 4.6, "", ">=", None),
    ("100 (Q1)", 100, "", "", None),
    ("100万+", 1_000_000, "", ">=", None),
    ("12/15", None, "", "", None),
    ("-3.5", -3.5, "", "", None),
    (Percent(0.98), 0.98, "%", "", None),
    (7.8, 7.8, "", "", None),
    (0, 0, "", "", None),
    ("0次", 0, "次", "", None),
    ("Pending", None, "", "", None),
    ("按时完成", None, "", "", None),
    ("6月30日前上线", None, "", "", None),
    ("2026-06-30", None, "", "", None),
    ("Q3", None, "", "", None),
    ("第3名", None, "", "", None),
    ("1:1.5", None, "", "", None),
    ("从480ms降到300ms", None, "", "", None),
    (date(2026, 6, 11), None, "", "", None),
    (float("nan"), None, "", "", None),
]
# fmt: on


@pytest.mark.parametrize("case", QUANTITIES)
def test_numbers_are_read_with_unit_and_comparator(
    case: tuple[RawValue, float | None, str, str, float | None],
) -> None:
    raw, value, unit, comparator, upper = case
    quantity = read_quantity(raw)

    assert quantity is not None
    assert [quantity.value, quantity.upper] == pytest.approx([value, upper])
    assert (quantity.unit, quantity.comparator) == (unit, comparator)


def test_the_words_of_the_cell_are_kept() -> None:
    quantity = read_quantity("  按时\n完成 ")

    assert quantity is not None
    assert quantity.text == "按时 完成"


@pytest.mark.parametrize("raw", [None, "-", "---", "N/A", "无", " "])
def test_an_empty_target_is_no_target(raw: RawValue) -> None:
    assert read_quantity(raw) is None


@pytest.mark.parametrize(
    ("raw", "unit", "value", "shown"),
    [
        (46, "万元", 460_000, "元"),
        (46, "天", 46, "天"),
        (97.6, "%", 0.976, "%"),
        (0.976, "%", 0.976, "%"),
        ("≥98%", "%", 0.98, "%"),
        (500, "千克", 500, "千克"),
        ("3天", "小时", 3, "天"),
    ],
)
def test_a_bare_number_takes_the_unit_of_its_column(
    raw: RawValue, unit: str, value: float, shown: str
) -> None:
    quantity = in_unit(read_quantity(raw), unit, points=False)

    assert quantity is not None
    assert quantity.value == pytest.approx(value)
    assert quantity.unit == shown


@given(
    st.one_of(st.text(max_size=30), st.text("0123456789.,%万≥<-~ 亿k$", max_size=12))
)
def test_any_text_is_kept_and_never_crashes(text: str) -> None:
    quantity = read_quantity(text)

    if quantity is not None:
        assert quantity.text == " ".join(text.split())
