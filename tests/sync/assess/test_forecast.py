from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.assess.expected import Window
from sync.assess.forecast import Point, forecast_of, steps_of
from sync.assess.model import Observation
from sync.assess.process import Forecast
from sync.assess.progress import Progress
from sync.assess.status import Facts, rule_of
from sync.config.model import Followup
from sync.records.model import Goal, Origin, Place, Quantity, Status

JAN = date(2026, 1, 5)  # a Monday
WEEKS = 26
WINDOW = Window(JAN, JAN + timedelta(weeks=WEEKS))


def seen(values: Iterable[tuple[int, float | None]]) -> list[Observation]:
    return [
        Observation(on=JAN + timedelta(days), status=Status.ON_TRACK, progress=value)
        for days, value in values
    ]


def forecast(
    *values: tuple[int, float | None], window: Window = WINDOW
) -> Forecast | None:
    *before, (day, now) = values
    how = "baseline" if now is not None else "none"
    return forecast_of(
        Progress(now, how),  # type: ignore[arg-type]
        window,
        seen(before),
        JAN + timedelta(day),
    )


def test_a_steady_goal_is_forecast_around_its_pace() -> None:
    found = forecast((0, 0.0), (7, 0.02), (14, 0.04), (21, 0.06), (28, 0.08))

    assert found is not None
    assert found.n_observations == 5
    assert found.recent_pace == pytest.approx(0.02)
    assert found.required_pace == pytest.approx(0.92 / 22)
    assert found.end_low < 0.08 + 22 * 0.02 < found.end_high
    assert found.short
    assert found.reach_on == JAN + timedelta(28 + 46 * 7)


@pytest.mark.parametrize(
    "values",
    [
        [(28, 0.4)],
        [(21, 0.2), (28, 0.4)],
        [(14, None), (21, 0.2), (28, 0.4)],
        [(14, 0.1), (21, 0.2), (28, None)],
        [(14, 0.1), (21, 0.2), (28, 1.0)],
        [(170, 0.1), (177, 0.2), (WEEKS * 7, 0.4)],
    ],
    ids=["one", "two", "empty", "no value now", "reached", "due"],
)
def test_there_is_no_forecast_without_three_days_or_after_the_end(
    values: list[tuple[int, float | None]],
) -> None:
    assert forecast(*values) is None


def test_there_is_no_forecast_without_a_due_date() -> None:
    assert forecast((0, 0.1), (7, 0.2), (14, 0.3), window=Window(JAN, None)) is None


def test_a_level_that_is_held_is_not_forecast() -> None:
    before = seen([(0, 0.9), (7, 0.9)])

    assert (
        forecast_of(Progress(0.9, "limit"), WINDOW, before, JAN + timedelta(14)) is None
    )


def test_a_run_a_day_sees_the_same_pace_as_a_run_a_week() -> None:
    daily = [Point(JAN + timedelta(day), (day // 7) * 0.05) for day in range(36)]

    assert steps_of(daily) == pytest.approx([0.05] * 4)


def test_a_value_that_comes_once_a_month_does_not_stand_still() -> None:
    weekly = [Point(JAN + timedelta(7 * n), (n // 4) * 0.12) for n in range(17)]

    assert steps_of(weekly) == pytest.approx([0.03] * 4)


def test_a_value_never_seen_to_move_has_no_pace() -> None:
    assert forecast((0, 5 / 6), (7, 5 / 6), (14, 5 / 6), (21, 5 / 6)) is None


def test_a_value_that_rests_between_two_large_steps_may_take_the_next() -> None:
    rested = [(7 * n, 5 / 6) for n in range(8, 14)]
    found = forecast((0, 4 / 6), (49, 4 / 6), *rested)

    assert found is not None
    assert not found.short


def test_one_leap_does_not_make_a_pace() -> None:
    found = forecast((0, 0.0), (7, 0.01), (14, 0.31), (21, 0.32), (28, 0.33))

    assert found is not None
    assert found.recent_pace == pytest.approx(0.01)
    assert found.end_high > 1 > found.end_low


def test_going_backwards_has_no_date_of_arrival() -> None:
    found = forecast((0, 0.5), (7, 0.4), (14, 0.3))

    assert found is not None
    assert found.reach_on is None


@given(st.lists(st.floats(0.001, 0.2), min_size=3, max_size=12))
def test_the_range_holds_the_projection_and_the_days_stay_in_order(
    steps: list[float],
) -> None:
    shares = [min(sum(steps[:n]), 0.99) for n in range(len(steps) + 1)]
    found = forecast(*((7 * n, share) for n, share in enumerate(shares)))
    left = WEEKS - len(steps)

    assert found is not None
    assert found.end_low <= shares[-1] + left * found.recent_pace <= found.end_high


def backtest(pace: float, noise: float, after: int, rounds: int = 400) -> float:
    """Share of simulated goals whose true end lay within the range given earlier."""
    random, hits = Random(5), 0
    for _ in range(rounds):
        shares = [0.0]
        for _ in range(WEEKS):
            shares.append(shares[-1] + random.gauss(pace, noise))
        points = [(7 * n, share) for n, share in enumerate(shares[: after + 1])]
        found = forecast(*points)
        assert found is not None
        hits += found.end_low <= shares[-1] <= found.end_high
    return hits / rounds


@pytest.mark.parametrize("after", [4, 10, 18])
@pytest.mark.parametrize(("pace", "noise"), [(0.02, 0.01), (0.03, 0.02), (0.01, 0.015)])
def test_eight_ends_in_ten_lie_within_the_range(
    pace: float, noise: float, after: int
) -> None:
    assert 0.72 <= backtest(pace, noise, after) <= 0.92


def rule(found: Forecast | None, progress: float) -> str:
    goal = Goal(
        key="a",
        place=Place("目标", 2, {"goal_title": 1}),
        origin=Origin("目标", 1),
        target=Quantity("100", 100),
    )
    facts = Facts(
        goal=goal,
        measured=Progress(progress, "baseline"),
        window=WINDOW,
        days_silent=0,
        today=JAN + timedelta(weeks=13),
        options=Followup(),
        forecast=found,
    )
    return rule_of(facts)[0]


def range_to(high: float) -> Forecast:
    return Forecast(
        n_observations=4,
        recent_pace=0.01,
        required_pace=0.04,
        end_low=0.5,
        end_high=high,
        reach_on=None,
    )


def test_a_goal_in_pace_is_at_risk_only_when_the_whole_range_misses_the_target() -> (
    None
):
    assert rule(None, 0.52) == "on-track"
    assert rule(range_to(1.0), 0.52) == "on-track"
    assert rule(range_to(0.99), 0.52) == "at-risk-forecast"


def test_what_is_late_already_keeps_its_own_rule() -> None:
    assert rule(range_to(0.9), 0.30) == "behind-ratio"
    assert rule(range_to(0.9), 0.46) == "at-risk-ratio"
