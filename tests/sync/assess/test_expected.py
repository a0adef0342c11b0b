from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.assess.expected import Window, Working, period_days, window_of
from sync.records.model import Goal, Origin, Place

JAN, DEC = date(2026, 1, 1), date(2026, 12, 31)


def goal(**fields: object) -> Goal:
    place = Place("目标", 2, {"goal_title": 1})
    return Goal(key="g", place=place, origin=Origin("目标", 1), **fields)  # type: ignore[arg-type]


# Ally: the first day is 0 %, the last day is 100 %, linear between.
@pytest.mark.parametrize(
    ("start", "due", "today", "share"),
    [
        (JAN, DEC, JAN, 0.0),
        (JAN, DEC, DEC, 1.0),
        (JAN, date(2026, 1, 11), date(2026, 1, 6), 0.5),
        (JAN, DEC, date(2025, 12, 1), 0.0),
        (JAN, DEC, date(2027, 6, 1), 1.0),
        (JAN, JAN, date(2025, 12, 31), 0.0),
        (JAN, JAN, JAN, 1.0),
        (None, DEC, JAN, None),
        (JAN, None, JAN, None),
        (DEC, JAN, JAN, None),
    ],
)
def test_the_expected_share_is_that_of_the_days_passed(
    start: date | None, due: date | None, today: date, share: float | None
) -> None:
    assert Window(start, due).expected(today) == share


@given(
    start=st.dates(JAN, DEC),
    length=st.integers(0, 800),
    day=st.integers(-50, 900),
)
def test_the_expected_share_never_falls(start: date, length: int, day: int) -> None:
    window = Window(start, start + timedelta(length))
    one = window.expected(start + timedelta(day))
    next_one = window.expected(start + timedelta(day + 1))

    assert one is not None
    assert next_one is not None
    assert 0 <= one <= next_one <= 1


@pytest.mark.parametrize(
    ("cycle", "month", "first", "last"),
    [
        ("2026", 1, "2026-01-01", "2026-12-31"),
        ("2026H2", 1, "2026-07-01", "2026-12-31"),
        ("2026Q1", 1, "2026-01-01", "2026-03-31"),
        ("2024-02", 1, "2024-02-01", "2024-02-29"),
        ("2026Q1", 4, "2025-04-01", "2025-06-30"),
        ("2026Q4", 4, "2026-01-01", "2026-03-31"),
        ("2027", 4, "2026-04-01", "2027-03-31"),
        ("2026-12", 4, "2026-12-01", "2026-12-31"),
    ],
)
def test_a_period_has_days(cycle: str, month: int, first: str, last: str) -> None:
    days = (date.fromisoformat(first), date.fromisoformat(last))

    assert period_days(cycle, month) == days


@pytest.mark.parametrize("cycle", ["", "本年度", "2026Q5", "2026-13", "0000", "9999"])
def test_a_period_in_words_has_none(cycle: str) -> None:
    assert period_days(cycle) is None


def test_a_missing_start_is_that_of_the_period() -> None:
    window = window_of(goal(review_cycle="2026Q3", due_on=date(2026, 8, 31)))

    assert window == Window(date(2026, 7, 1), date(2026, 8, 31))


def test_a_period_after_the_due_date_is_no_start() -> None:
    window = window_of(goal(review_cycle="2026Q3", due_on=date(2026, 5, 31)))

    assert window.start is None


def test_the_period_ends_a_goal_without_a_due_date_but_not_one_that_is_unreadable() -> (
    None
):
    assert window_of(goal(review_cycle="2026H1")).due == date(2026, 6, 30)
    assert window_of(goal(review_cycle="2026H1", due_text="尽快")).due is None


def test_a_plan_by_working_days_stands_still_at_weekends_and_on_holidays() -> None:
    holiday = date(2026, 7, 8)
    working = Working.of(holidays=[holiday], workdays=[])
    window = Window(date(2026, 7, 3), date(2026, 7, 17), working=working)
    days = [date(2026, 7, n) for n in (3, 5, 6, 7, 8, 9, 17)]

    assert [window.expected(day) for day in days] == pytest.approx(
        [0, 0, 1 / 9, 2 / 9, 2 / 9, 3 / 9, 1]
    )


def test_a_weekend_that_makes_up_for_a_holiday_counts() -> None:
    saturday = date(2026, 7, 4)
    working = Working.of(holidays=[saturday], workdays=[saturday])

    assert working.between(date(2026, 7, 3), date(2026, 7, 5)) == 1


def test_a_window_without_a_working_day_is_judged_by_all_its_days() -> None:
    window = Window(date(2026, 7, 4), date(2026, 7, 5), working=Working())

    assert window.expected(date(2026, 7, 5)) == 1.0


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_counting_working_days_at_once_equals_counting_them_one_by_one(
    first: date, days: int
) -> None:
    last = first + timedelta(days)
    off = [first + timedelta(n) for n in range(0, 400, 17)]
    made_up = [first + timedelta(n) for n in range(3, 400, 23)]
    working = Working.of(off, made_up)
    one_by_one = sum(
        day in made_up or (day.weekday() < 5 and day not in off)
        for day in (first + timedelta(n) for n in range(1, days + 1))
    )

    assert working.between(first, last) == one_by_one
