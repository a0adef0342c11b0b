from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.assess.cadence import Calendar, next_look, silent_days
from sync.assess.expected import Window, Working
from sync.assess.presence import at_work, has_left
from sync.config.model import Followup
from sync.records.model import Goal, Origin, Person, Place, Status
from sync.records.values.spans import Span

JAN, DEC = date(2026, 1, 1), date(2026, 12, 31)
PLACE = Place("目标", 2, {"goal_title": 1})


def goal(**fields: object) -> Goal:
    return Goal(
        key="g",
        place=PLACE,
        origin=Origin("目标", 1),
        person_key="p",
        **fields,  # type: ignore[arg-type]
    )


def owned(window: Window, *, department: str = "", **fields: object) -> Window:
    one = Person(key="p", name="p", place=PLACE, **fields)  # type: ignore[arg-type]
    return at_work(window, goal(department=department), {"p": one})


YEAR = Window(JAN, date(2026, 4, 11))
"""A hundred days: 1 January to 11 April."""


# Formula: (days there so far) / (days there in all). Worked by hand.
@pytest.mark.parametrize(
    ("fields", "today", "expected"),
    [
        ({}, date(2026, 2, 20), 0.5),  # 50 / 100
        ({"hired_on": date(2025, 5, 1)}, date(2026, 2, 20), 0.5),
        ({"hired_on": date(2026, 2, 20)}, date(2026, 2, 20), 0.0),  # 0 / 50
        ({"hired_on": date(2026, 2, 20)}, date(2026, 3, 2), 0.2),  # 10 / 50
        ({"hired_on": date(2026, 5, 1)}, date(2026, 2, 20), 0.5),  # after it is due
        ({"left_on": date(2026, 2, 20)}, date(2026, 4, 1), 0.5),  # stands still
        ({"left_on": date(2026, 5, 1)}, date(2026, 2, 20), 0.5),
        # 20 days of leave, all past: (50 - 20) / (100 - 20)
        (
            {"away": (Span(date(2026, 1, 11), date(2026, 1, 30)),)},
            date(2026, 2, 20),
            0.375,
        ),
        # the same leave, not begun: 5 / 80
        (
            {"away": (Span(date(2026, 1, 11), date(2026, 1, 30)),)},
            date(2026, 1, 6),
            0.0625,
        ),
        # in the middle of it: 9 / 80
        (
            {"away": (Span(date(2026, 1, 11), date(2026, 1, 30)),)},
            date(2026, 1, 20),
            0.1125,
        ),
        # away all the time: judged by all days rather than not at all
        ({"away": (Span(JAN, DEC),)}, date(2026, 2, 20), 0.5),
    ],
)
def test_what_is_expected_is_pro_rated_to_the_days_somebody_is_there(
    fields: dict[str, Any], today: date, expected: float
) -> None:
    assert owned(YEAR, **fields).expected(today) == expected


def test_leave_over_a_weekend_costs_working_days_only() -> None:
    # Monday 5 January to Friday 16 January: 9 working days after the first.
    window = Window(date(2026, 1, 5), date(2026, 1, 16), working=Working())
    away = (Span(date(2026, 1, 9), date(2026, 1, 12)),)  # Friday to Monday

    assert owned(window, away=away).expected(date(2026, 1, 13)) == round(4 / 7, 9)


@pytest.mark.parametrize(
    ("department", "today", "expected"),
    [
        ("销售部", date(2026, 2, 20), 0.0),  # the present one: begins with the move
        ("市场部", date(2026, 3, 20), 0.49),  # the one before: stands still from then
        ("", date(2026, 2, 20), 0.5),  # not said: as it is
    ],
)
def test_somebody_who_moved_is_judged_by_each_department_for_its_own_days(
    department: str, today: date, expected: float
) -> None:
    window = owned(
        YEAR,
        department=department,
        moved_on=date(2026, 2, 20),
    )
    moved = at_work(
        YEAR,
        goal(department=department),
        {
            "p": Person(
                key="p",
                name="p",
                place=PLACE,
                department="销售部",
                moved_on=date(2026, 2, 20),
            )
        },
    )

    assert window == YEAR
    assert moved.expected(today) == expected


def test_a_last_day_outranks_the_word_and_a_person_is_there_on_it() -> None:
    one = Person(key="p", name="p", place=PLACE, left_on=date(2026, 6, 30))
    gone = Person(key="p", name="p", place=PLACE, employment_status="已离职")

    assert not has_left(one, date(2026, 6, 30))
    assert has_left(one, date(2026, 7, 1))
    assert has_left(gone, JAN)


def test_leave_is_no_silence_and_nobody_is_looked_for_in_it() -> None:
    away = (Span(date(2026, 6, 1), date(2026, 6, 19)),)
    window = owned(Window(JAN, DEC), away=away)
    day = next_look(
        goal(),
        Status.BEHIND,
        date(2026, 5, 29),
        options=Followup(),
        calendar=Calendar(today=date(2026, 6, 3)),
        away=away,
    )

    calendar = Calendar(today=date(2026, 6, 26))

    assert silent_days(date(2026, 5, 29), window, calendar) == 28 - 19
    assert day == date(2026, 6, 22)


def test_public_holidays_are_no_silence_and_no_day_counts_twice() -> None:
    # Spring Festival 2026: 16 to 20 February and the 23rd off, besides weekends; work
    # on Saturday the 28th.
    festival = [date(2026, 2, day) for day in (16, 17, 18, 19, 20, 21, 22, 23)]
    calendar = Calendar(
        today=date(2026, 3, 6), holidays=festival, workdays=[date(2026, 2, 28)]
    )
    away = (Span(date(2026, 2, 19), date(2026, 2, 25)),)
    days = Window(JAN, DEC)

    assert silent_days(date(2026, 2, 13), days, calendar) == 21 - 6
    assert silent_days(date(2026, 2, 13), owned(days, away=away), calendar) == (
        21 - 7 - len((16, 17, 18))
    )


@given(
    first=st.integers(0, 120),
    length=st.integers(0, 60),
    joined=st.integers(-50, 150),
    days=st.lists(st.integers(-10, 130), min_size=2, max_size=2),
)
def test_whoever_is_there_when_the_plan_never_falls_and_ends_whole(
    first: int, length: int, joined: int, days: list[int]
) -> None:
    away = (Span(JAN + timedelta(first), JAN + timedelta(first + length)),)
    window = owned(YEAR, away=away, hired_on=JAN + timedelta(joined))
    early, late = (window.expected(JAN + timedelta(day)) for day in sorted(days))

    assert early is not None
    assert late is not None
    assert 0 <= early <= late <= 1
    assert window.expected(date(2026, 4, 11)) == 1
