from datetime import date

import pytest

from sync.records.values.periods import read_period, span_of
from sync.workbooks.snapshot import RawValue

PERIODS: list[tuple[RawValue, str]] = [
    ("2026年上半年", "2026H1"),
    ("2025年下半年", "2025H2"),
    ("2025H2", "2025H2"),
    ("H1 2026", "2026H1"),
    ("2026年度", "2026"),
    ("2026年", "2026"),
    ("FY26", "2026"),
    (2026, "2026"),
    (2026.0, "2026"),
    ("2026", "2026"),
    ("Q3 2026", "2026Q3"),
    ("2026Q3", "2026Q3"),
    ("2026 Q3", "2026Q3"),
    ("2026年第2季度", "2026Q2"),
    ("2026年三季度", "2026Q3"),
    ("2026年7月", "2026-07"),
    ("2026-07", "2026-07"),
    ("2026/7", "2026-07"),
    ("July 2026", "2026-07"),
    (date(2026, 7, 1), "2026-07"),
    ("2026-01-01 ~ 2026-06-30", "2026H1"),
    ("2026年1月至6月", "2026H1"),
    ("2026.1-2026.12", "2026"),
    ("2026.1.1-2026.6.30", "2026H1"),
    ("2026年3月-2026年5月", "2026年3月-2026年5月"),
    ("试用期", "试用期"),
    ("季", ""),
    ("每月", ""),
    ("Quarterly", ""),
    ("x", ""),
    ("-", ""),
    (None, ""),
]


@pytest.mark.parametrize(("raw", "period"), PERIODS)
def test_periods_have_one_spelling(raw: RawValue, period: str) -> None:
    assert read_period(raw) == period


@pytest.mark.parametrize(
    ("period", "starts", "first", "last"),
    [
        ("2026", 1, date(2026, 1, 1), date(2026, 12, 31)),
        ("2026H2", 1, date(2026, 7, 1), date(2026, 12, 31)),
        ("2026Q1", 1, date(2026, 1, 1), date(2026, 3, 31)),
        ("2024-02", 1, date(2024, 2, 1), date(2024, 2, 29)),
        ("2026Q1", 4, date(2025, 4, 1), date(2025, 6, 30)),
        ("2026", 7, date(2025, 7, 1), date(2026, 6, 30)),
    ],
)
def test_a_period_spans_its_days(
    period: str, starts: int, first: date, last: date
) -> None:
    assert span_of(period, starts) == (first, last)


@pytest.mark.parametrize("text", ["", "试用期", "2026-13", "2026Q5"])
def test_other_text_spans_nothing(text: str) -> None:
    assert span_of(text) is None
