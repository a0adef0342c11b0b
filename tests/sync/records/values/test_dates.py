from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.records.values.date_habits import DateHabits, habits_of
from sync.records.values.dates import Around, read_date
from sync.records.values.periods import span_of
from sync.records.values.unreadable import UnreadableCell
from sync.workbooks.snapshot import Percent, RawValue

TODAY = date(2026, 8, 31)
PLAIN = DateHabits()
CHINESE = DateHabits(chinese=True)
AROUND = Around(TODAY)

FULL = [
    "2025.6.30", "2025-6-30", "2025/06/30", "20250630", "2025年6月30日", "25年6月30日",
    "2025年6月30号", "２０２５．６．３０", "二〇二五年六月三十日", "30 Jun 2025", "30-Jun-2025",
    "June 30, 2025", "Jun 30 2025", "30th June 2025", "30/06/2025", "6/30/2025",
    "30.6.2025", "Monday, June 30, 2025", "2025年6月30日（周一）", "2025-06-30 18:00",
    "2025-06-30T18:00:00Z", "by 2025-06-30", "2025年6月30日前", "2025年6月30日前完成",
    " 2025-6-30 ", "45838", "June 2025", "2025-06", "2025年6月", "202506", "2025年6月底",
    "2025Q2", "2025年第二季度", "Q2 2025", "2025年上半年", "2025H1", "H1 2025", "FY25 Q2",
    "end of June 2025", "Jun-25", "June.2025", "Jun,2025", "end of Q2 2025",
    "second quarter of 2025", "first half of 2025", "2025年二季度末", "截至2025年6月30日",
]  # fmt: skip


@pytest.mark.parametrize("text", FULL)
def test_every_way_to_write_the_last_of_june_is_read(text: str) -> None:
    assert read_date(text, PLAIN, AROUND) == date(2025, 6, 30)


WITHOUT_YEAR = [
    ("6月30日", date(2026, 6, 30)),
    ("六月三十日", date(2026, 6, 30)),
    ("6月底", date(2026, 6, 30)),
    ("6月底前", date(2026, 6, 30)),
    ("6月末", date(2026, 6, 30)),
    ("2月", date(2026, 2, 28)),
    ("十二月底", date(2026, 12, 31)),
    ("年底", date(2026, 12, 31)),
    ("年底前", date(2026, 12, 31)),
    ("EOY", date(2026, 12, 31)),
    ("by year-end", date(2026, 12, 31)),
    ("end of the year", date(2026, 12, 31)),
    ("7月上旬", date(2026, 7, 10)),
    ("7月中旬", date(2026, 7, 20)),
    ("7月下旬", date(2026, 7, 31)),
    ("7月初", date(2026, 7, 10)),
    ("mid July", date(2026, 7, 20)),
    ("Q3", date(2026, 9, 30)),
    ("Q3季度", date(2026, 9, 30)),
    ("三季度末", date(2026, 9, 30)),
    ("第三季度", date(2026, 9, 30)),
    ("by end of Q2", date(2026, 6, 30)),
    ("上半年", date(2026, 6, 30)),
    ("H1", date(2026, 6, 30)),
    ("下半年", date(2026, 12, 31)),
    ("end of June", date(2026, 6, 30)),
    ("by December", date(2026, 12, 31)),
    ("11-Jun", date(2026, 6, 11)),
    ("by June 30", date(2026, 6, 30)),
    ("end-Mar 26", date(2026, 3, 31)),
    ("1/31", date(2026, 1, 31)),
]


@pytest.mark.parametrize(("text", "day"), WITHOUT_YEAR)
def test_a_period_means_its_last_day_and_a_missing_year_is_this_one(
    text: str, day: date
) -> None:
    assert read_date(text, PLAIN, AROUND) == day


@pytest.mark.parametrize(
    ("text", "first"),
    [("Q3", date(2026, 7, 1)), ("7月", date(2026, 7, 1)), ("7月底", date(2026, 7, 31))],
)
def test_as_a_start_a_period_means_its_first_day_unless_its_end_is_said(
    text: str, first: date
) -> None:
    assert read_date(text, DateHabits(edge="first"), AROUND) == first


@pytest.mark.parametrize(
    "text",
    [
        "待定",
        "TBD",
        "tbc",
        "长期",
        "持续",
        "ongoing",
        "待前置完成后",
        "N/A",
        "-",
        "尽快",
    ],
)
def test_words_without_a_day_are_no_date_and_no_fault(text: str) -> None:
    assert read_date(text, PLAIN, AROUND) is None


FAULTS: list[tuple[RawValue, str]] = [
    (2020, "D104"),
    ("2020", "D104"),
    (date(1905, 7, 12), "D104"),
    ("09-15-1013", "D103"),
    ("2026-02-30", "D103"),
    ("2月30日", "D103"),
    ("31/31/2026", "D103"),
    ("2026-13-01", "D103"),
    (date(1013, 9, 15), "D103"),
    ("周五", "D105"),
    ("下月初", "D105"),
    ("next month", "D105"),
    ("月底", "D105"),
    ("三个月内", "D105"),
    ("Day-1", "D101"),
    ("may be later", "D101"),
    ("5月份的销售目标", "D101"),
    (12, "D101"),
    (2026.1, "D101"),
    (float("nan"), "D101"),
    (float("inf"), "D101"),
    (True, "D101"),
    ("x" * 5000, "D101"),
    ("03/04/2025", "D102"),
    ("August 26", "D102"),
]


@pytest.mark.parametrize(("raw", "code"), FAULTS)
def test_what_names_no_certain_day_is_a_finding(raw: RawValue, code: str) -> None:
    with pytest.raises(UnreadableCell) as caught:
        read_date(raw, PLAIN, AROUND)

    assert caught.value.code == code
    for lang in ("zh", "en"):
        assert "{" not in caught.value.what.in_(lang) + caught.value.fix.in_(lang)


@pytest.mark.parametrize(
    ("column", "day"),
    [
        (["30/06/2025"], date(2025, 4, 3)),
        (["06/30/2025"], date(2025, 3, 4)),
        (["25-12-2025", "31/01/2026"], date(2025, 4, 3)),
    ],
)
def test_a_day_beyond_twelve_settles_the_order_of_its_column(
    column: list[str], day: date
) -> None:
    habits = habits_of(["03/04/2025", *column])

    assert read_date("03/04/2025", habits, AROUND) == day


def test_a_column_that_proves_both_orders_proves_nothing() -> None:
    habits = habits_of(["30/06/2025", "06/30/2025"])

    assert read_date("30/06/2025", habits, AROUND) == date(2025, 6, 30)
    with pytest.raises(UnreadableCell):
        read_date("03/04/2025", habits, AROUND)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3/4", date(2026, 3, 4)),
        ("3.4", date(2026, 3, 4)),
        ("25.6.5", date(2025, 6, 5)),
        ("26/7/8", date(2026, 7, 8)),
        ("1/1/26", date(2026, 1, 1)),
    ],
)
def test_in_a_chinese_sheet_the_bigger_unit_comes_first(text: str, day: date) -> None:
    assert read_date(text, CHINESE, AROUND) == day


def test_dots_mean_day_and_month_outside_china() -> None:
    assert read_date("03.04.2025", PLAIN, AROUND) == date(2025, 4, 3)


@pytest.mark.parametrize(
    ("text", "period", "day"),
    [
        ("6月底", "2025H1", date(2025, 6, 30)),
        ("Q3", "2025H2", date(2025, 9, 30)),
        ("年底", "2025", date(2025, 12, 31)),
        ("1月5日", "2026Q1", date(2026, 1, 5)),
        ("月底", "2026-02", date(2026, 2, 28)),
    ],
)
def test_the_period_of_the_row_gives_the_year(
    text: str, period: str, day: date
) -> None:
    around = Around(TODAY, period=span_of(period))

    assert read_date(text, PLAIN, around) == day


def test_without_a_period_the_day_comes_after_the_start() -> None:
    around = Around(TODAY, start=date(2025, 10, 1))

    assert read_date("3月底", PLAIN, around) == date(2026, 3, 31)
    assert read_date("12月底", PLAIN, around) == date(2025, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2026.1.1-2026.6.30",
        "2026年1月至6月",
        "2026-01-01 ~ 2026-06-30",
        "1月1日—6月30日",
    ],
)
def test_of_a_range_a_due_date_is_the_last_day_and_a_start_the_first(text: str) -> None:
    assert read_date(text, PLAIN, AROUND) == date(2026, 6, 30)
    assert read_date(text, DateHabits(edge="first"), AROUND) == date(2026, 1, 1)


def test_within_the_year_means_its_end() -> None:
    assert read_date("年内", PLAIN, AROUND) == date(2026, 12, 31)
    assert read_date("2027年内", PLAIN, AROUND) == date(2027, 12, 31)


def test_what_has_happened_is_not_in_the_future() -> None:
    around = Around(date(2027, 1, 10), is_past=True)

    assert read_date("12月20日", PLAIN, around) == date(2026, 12, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Q1", date(2026, 6, 30)),
        ("Q4", date(2027, 3, 31)),
        ("FY27 Q2", date(2026, 9, 30)),
        ("FY27", date(2027, 3, 31)),
        ("上半年", date(2026, 9, 30)),
        ("年底", date(2026, 12, 31)),
    ],
)
def test_quarters_follow_the_fiscal_year(text: str, day: date) -> None:
    habits = DateHabits(fiscal_year_starts=4)

    assert read_date(text, habits, AROUND) == day


@given(st.dates(date(1955, 1, 1), date(2099, 12, 31)))
def test_serials_and_texts_of_any_day_come_back_as_that_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    spellings: list[RawValue] = [
        day,
        datetime(day.year, day.month, day.day, 9, 30),  # noqa: DTZ001
        serial,
        str(serial),
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%d %b %Y}",
        f"{day:%Y%m%d}",
    ]

    assert {read_date(it, PLAIN, AROUND) for it in spellings} == {day}


def test_the_date_system_of_1904_counts_from_another_day() -> None:
    habits = DateHabits(date_system=1904)

    assert read_date(44741, habits, AROUND) == date(2026, 6, 30)


@given(
    st.one_of(
        st.text(max_size=40),
        st.text(alphabet="0123456789年月日季度Qq./- 底末前FYH上下半", max_size=12),
        st.floats(),
        st.integers(),
        st.floats().map(Percent),
        st.dates(),
    )
)
def test_no_value_crashes_the_reader(raw: RawValue) -> None:
    for habits in (PLAIN, CHINESE, habits_of([raw], fiscal_year_starts=7)):
        try:
            day = read_date(raw, habits, AROUND)
        except UnreadableCell:
            continue

        assert day is None or 1950 <= day.year <= 2100
