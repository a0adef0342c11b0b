"""Plans that are no straight line, each with its hand-worked numbers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.assess.curves import FRONT_LOADED, S_CURVE, counted_until, curve_of
from sync.assess.expected import Window, Working
from sync.assess.progress import measure
from sync.config.model import Followup
from sync.records.model import Direction, Goal, Origin, Place, Quantity
from sync.records.values.milestones import Milestone
from sync.records.values.planned import PlannedPart
from sync.records.values.spans import Span

JAN, DEC = date(2026, 1, 1), date(2026, 12, 31)
YEAR = Window(JAN, DEC)
SALES = (80, 70, 60, 70, 80, 90, 90, 80, 100, 110, 80, 90)
"""A retailer's year of 1,000: slow in March, strong from September on."""
MONTHS = tuple(
    PlannedPart(f"{n:02}", float(amount)) for n, amount in enumerate(SALES, 1)
)


def goal(**fields: object) -> Goal:
    place = Place("目标", 2, {"goal_title": 1})
    return Goal(key="g", place=place, origin=Origin("目标", 1), **fields)  # type: ignore[arg-type]


def expected(
    one: Goal, today: date, window: Window = YEAR, options: Followup | None = None
) -> float | None:
    curve = curve_of(one, window, options or Followup())
    return replace(window, curve=curve).expected(today)


# Formula: Σ targets of whole months + this month's by days, of the year's.
@pytest.mark.parametrize(
    ("today", "share"),
    [
        (date(2026, 1, 31), 80 / 1000),
        (date(2026, 3, 31), 210 / 1000),
        (date(2026, 4, 15), (210 + 35) / 1000),
        (date(2026, 8, 31), 620 / 1000),
        (DEC, 1.0),
    ],
)
def test_monthly_targets_are_the_plan(today: date, share: float) -> None:
    assert expected(goal(planned=MONTHS), today) == pytest.approx(share)


def test_last_years_months_are_this_years_rhythm() -> None:
    last = tuple(PlannedPart(f"2025-{n:02}", s * 0.9) for n, s in enumerate(SALES, 1))

    assert expected(goal(last_year=last), date(2026, 8, 31)) == pytest.approx(0.62)


def test_a_goal_of_half_a_year_takes_its_own_months_only() -> None:
    half = Window(date(2026, 7, 1), DEC)  # 550 in all, 90 of it in July

    assert expected(goal(planned=MONTHS), date(2026, 7, 31), half) == pytest.approx(
        90 / 550
    )


def test_a_year_that_begins_in_april_runs_into_the_next_january() -> None:
    fiscal = Window(date(2026, 4, 1), date(2027, 3, 31))
    found = expected(goal(planned=MONTHS), date(2027, 1, 31), fiscal)

    assert found == pytest.approx((1000 - 210 + 80) / 1000)


def test_quarters_are_a_plan_too() -> None:
    quarters = tuple(PlannedPart(f"Q{n}", a) for n, a in enumerate((10, 20, 30, 40), 1))

    assert expected(goal(planned=quarters), date(2026, 6, 30)) == pytest.approx(0.3)


def test_quarters_are_those_of_the_offices_year() -> None:
    quarters = tuple(PlannedPart(f"Q{n}", a) for n, a in enumerate((10, 20, 30, 40), 1))
    window = Window(date(2026, 4, 1), date(2027, 3, 31))
    by_april = Followup()
    curve = curve_of(goal(planned=quarters), window, by_april, 4)

    assert replace(window, curve=curve).expected(date(2026, 6, 30)) == pytest.approx(
        0.1
    )
    assert replace(window, curve=curve).expected(date(2026, 9, 30)) == pytest.approx(
        0.3
    )


# Formula: Σ targets of the days up to today / of all days. 24 August 2026 is a Monday.
@pytest.mark.parametrize(
    ("away", "today", "share"),
    [
        ((), date(2026, 8, 24), 10 / 180),
        ((), date(2026, 8, 28), 50 / 180),
        ((), date(2026, 8, 29), 115 / 180),
        ((), date(2026, 8, 30), 1.0),
        # Away on Saturday: its 65 are not asked of them, nor on another day.
        ((Span(date(2026, 8, 29), date(2026, 8, 29)),), date(2026, 8, 29), 50 / 115),
    ],
)
@pytest.mark.parametrize("working", [None, Working()])
def test_daily_targets_are_the_plan_on_weekends_too(
    away: tuple[Span, ...], today: date, share: float, working: Working | None
) -> None:
    first = date(2026, 8, 24)
    amounts = (10, 10, 10, 10, 10, 65, 65)
    days = tuple(
        PlannedPart((first + timedelta(days=n)).isoformat(), float(amount))
        for n, amount in enumerate(amounts)
    )
    window = Window(first, date(2026, 8, 30), working=working, away=away)
    curve = curve_of(goal(planned=days), window, Followup())

    assert curve is not None
    assert curve.name.in_("zh") == "按每日目标"
    assert replace(window, curve=curve).expected(today) == pytest.approx(share)


def test_the_office_knows_a_season_for_rows_that_ask_for_it() -> None:
    office = Followup(season=SALES)
    asked = expected(goal(curve="季节性"), date(2026, 8, 31), options=office)
    silent = expected(goal(), date(2026, 8, 31), options=office)

    assert asked == pytest.approx(0.62)
    assert silent == pytest.approx(242 / 364)


STEPS = (
    Milestone(date(2026, 3, 31), 0.3, done=True),
    Milestone(date(2026, 6, 30), 0.5, done=False),
    Milestone(date(2026, 9, 30), 0.2, done=None),
)


@pytest.mark.parametrize(
    ("today", "share"),
    [(date(2026, 3, 30), 0.0), (date(2026, 3, 31), 0.3), (date(2026, 8, 1), 0.8)],
)
def test_a_milestone_is_expected_whole_on_its_day(today: date, share: float) -> None:
    one = goal(milestones=STEPS, direction=Direction.MILESTONE)

    assert expected(one, today) == pytest.approx(share)


def test_steps_beside_a_number_are_a_plan_only_when_they_have_shares() -> None:
    target = Quantity("100", 100)
    beside = goal(milestones=STEPS, target=target)
    shares = goal(milestones=STEPS, target=target, milestones_are_shares=True)

    assert curve_of(beside, YEAR, Followup()) is None
    assert expected(shares, date(2026, 4, 1)) == pytest.approx(0.3)


def test_milestones_ticked_off_are_progress_where_there_is_no_number() -> None:
    done = measure(goal(milestones=STEPS), JAN)
    unsaid = measure(
        goal(milestones=tuple(one._replace(done=None) for one in STEPS)), JAN
    )

    assert (done.raw, done.note.in_("zh")) == (0.3, "3 个里程碑中完成 1 个")
    assert unsaid.raw is None


@pytest.mark.parametrize(
    ("word", "half"),
    [
        ("S曲线", 0.5),
        ("s-curve", 0.5),
        ("前紧后松", 0.7),
        ("线性", 0.5),
        ("看情况", 0.5),
    ],
)
def test_a_row_names_its_curve(word: str, half: float) -> None:
    days = Window(JAN, JAN + timedelta(100))

    assert expected(goal(curve=word), JAN + timedelta(50), days) == pytest.approx(
        half, abs=1e-4
    )


@pytest.mark.parametrize(("time", "share"), [(0.25, 0.15625), (0.75, 0.84375)])
def test_an_s_curve_is_slow_at_both_ends(time: float, share: float) -> None:
    assert S_CURVE.of(time) == share


def test_a_rows_word_outranks_the_office() -> None:
    office = Followup(curve="front-loaded")
    days = Window(JAN, JAN + timedelta(100))
    own = expected(goal(curve="匀速"), JAN + timedelta(50), days, office)
    none = expected(goal(), JAN + timedelta(50), days, office)

    assert own == 0.5
    assert none == pytest.approx(0.7, abs=1e-4)


@given(
    amounts=st.lists(st.floats(0, 1e6), min_size=12, max_size=12),
    days=st.tuples(st.integers(-10, 380), st.integers(-10, 380)),
)
def test_no_plan_ever_falls_or_leaves_its_bounds(
    amounts: list[float], days: tuple[int, int]
) -> None:
    parts = tuple(PlannedPart(f"{n:02}", a) for n, a in enumerate(amounts, 1))
    early, late = (JAN + timedelta(day) for day in sorted(days))
    plans = (
        goal(planned=parts),
        goal(milestones=STEPS),
        goal(curve="s"),
        goal(curve="50/70"),
    )
    for one in plans:
        first, second = expected(one, early), expected(one, late)

        assert first is not None
        assert second is not None
        assert 0 <= first <= second <= 1


@pytest.mark.parametrize(
    ("today", "until"),
    [
        (date(2026, 8, 31), date(2026, 8, 31)),
        (date(2026, 9, 20), date(2026, 8, 31)),  # nobody has September's yet
        (date(2026, 10, 15), date(2026, 8, 31)),
        (date(2026, 10, 16), date(2026, 10, 16)),  # but by now they should be in
        (date(2026, 8, 20), date(2026, 8, 20)),  # this month's, entered as it goes
    ],
)
def test_monthly_results_are_compared_with_the_plan_up_to_their_month(
    today: date, until: date
) -> None:
    monthly = goal(planned=MONTHS, results_until="08")

    assert counted_until(monthly, YEAR, today) == until
    assert counted_until(goal(planned=MONTHS), YEAR, today) == today


def test_goals_of_one_plan_share_it() -> None:
    parts = goal(planned=MONTHS)
    windows = {
        Window(JAN, DEC, curve=curve_of(one, YEAR, Followup()))
        for one in (parts, parts, goal(milestones=STEPS), goal(curve="s"))
    }

    assert len(windows) == 3


def test_shapes_begin_at_nothing_and_end_whole() -> None:
    for shape in (S_CURVE, FRONT_LOADED):
        assert (shape.of(0.0), shape.of(1.0)) == (0.0, 1.0)


# Formula: Σ target × days there / days of the month, over the same of the whole year.
@pytest.mark.parametrize(
    ("away", "today", "share"),
    [
        # All of March: 60 of the 1,000 are spread over the rest of the year.
        ((date(2026, 3, 1), date(2026, 3, 31)), date(2026, 2, 28), 150 / 940),
        ((date(2026, 3, 1), date(2026, 3, 31)), date(2026, 3, 31), 150 / 940),
        ((date(2026, 3, 1), date(2026, 3, 31)), date(2026, 4, 30), 220 / 940),
        # Ten days of April bring a third less of its 70.
        (
            (date(2026, 4, 1), date(2026, 4, 10)),
            date(2026, 4, 10),
            210 / (1000 - 70 / 3),
        ),
        (
            (date(2026, 4, 1), date(2026, 4, 10)),
            date(2026, 4, 20),
            (210 + 70 / 3) / (1000 - 70 / 3),
        ),
        # Leave before the goal began, or after it was due, is nobody's business.
        ((date(2025, 12, 1), date(2025, 12, 31)), date(2026, 3, 31), 0.21),
    ],
)
def test_leave_takes_its_days_out_of_a_monthly_plan(
    away: tuple[date, date], today: date, share: float
) -> None:
    window = Window(JAN, DEC, away=(Span(*away),))

    assert expected(goal(planned=MONTHS), today, window) == pytest.approx(share)


def test_working_days_spread_a_month_where_the_office_counts_by_them() -> None:
    # April 2026: the 4th to the 6th are days off, 21 days are worked, 9 of them by the
    # 15th, a Saturday among them.
    working = Working.of([date(2026, 4, 6)], [date(2026, 4, 11)])
    window = Window(JAN, DEC, working=working)
    n_worked, n_by_then = 22 - 1 + 1, 11 - 1 + 1

    found = expected(goal(planned=MONTHS), date(2026, 4, 15), window)

    assert found == pytest.approx((210 + 70 * n_by_then / n_worked) / 1000)


@pytest.mark.parametrize(
    ("today", "share"),
    [(date(2026, 6, 30), 0.3), (date(2026, 7, 10), 0.3), (date(2026, 7, 11), 0.8)],
)
def test_a_milestone_due_during_leave_is_expected_on_the_first_day_back(
    today: date, share: float
) -> None:
    window = Window(JAN, DEC, away=(Span(date(2026, 6, 20), date(2026, 7, 10)),))
    one = goal(milestones=STEPS, direction=Direction.MILESTONE)

    assert expected(one, today, window) == pytest.approx(share)


def test_leave_at_the_end_does_not_put_off_what_is_due() -> None:
    due = date(2026, 9, 30)
    window = Window(JAN, due, away=(Span(date(2026, 9, 20), date(2026, 10, 20)),))
    one = goal(milestones=STEPS, direction=Direction.MILESTONE)

    assert expected(one, due, window) == pytest.approx(1.0)


def test_who_is_away_all_the_time_is_judged_by_the_days() -> None:
    window = Window(JAN, DEC, away=(Span(JAN, DEC),))

    assert expected(goal(planned=MONTHS), date(2026, 7, 2), window) == pytest.approx(
        0.5
    )


LEAVE = st.tuples(st.integers(0, 364), st.integers(0, 120)).map(
    lambda it: Span(JAN + timedelta(it[0]), JAN + timedelta(it[0] + it[1]))
)


@given(leave=LEAVE, amounts=st.lists(st.integers(0, 99), min_size=12, max_size=12))
def test_no_plan_asks_for_anything_during_leave(
    leave: Span, amounts: list[int]
) -> None:
    parts = tuple(PlannedPart(f"{n:02}", float(it)) for n, it in enumerate(amounts, 1))
    window = Window(JAN, DEC, away=(leave,))
    curve = curve_of(goal(planned=parts), window, Followup())
    plan = replace(window, curve=curve)
    shares = [plan.expected(JAN + timedelta(n)) or 0.0 for n in range(0, 365, 4)]

    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    if leave.first > JAN and leave.last < DEC and curve and any(amounts):
        before = plan.expected(leave.first - timedelta(days=1))

        assert plan.expected(leave.last) == pytest.approx(before)
