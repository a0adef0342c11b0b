from datetime import date, timedelta

import pytest

from sync.assess.model import Health, HealthName, Observation, Past
from sync.assess.process import TrendPoint
from sync.assess.trends import trends_of
from sync.records.model import Status

TODAY = date(2026, 7, 6)


def seen(ago: int, status: Status, **fields: object) -> Observation:
    known: dict[str, object] = {"progress": 0.5}
    on = TODAY - timedelta(ago)
    return Observation(on=on, status=status, **{**known, **fields})  # type: ignore[arg-type]


def test_the_first_run_has_no_trend() -> None:
    assert trends_of([], [], Past(), TODAY) == ()


def test_each_week_counts_its_goals_as_they_were_last_seen_in_it() -> None:
    past = Past(
        previous_run_on=TODAY - timedelta(7),
        goals={
            "a": (
                seen(14, Status.BEHIND),
                seen(10, Status.ON_TRACK),
                seen(7, Status.OVERDUE),
            ),
            "b": (seen(14, Status.NO_DATA, progress=None), seen(7, Status.CLOSED)),
        },
    )
    found = {trend.name: trend.points for trend in trends_of([], [], past, TODAY)}

    assert [(p.n, p.of) for p in found["goals_red"]] == [(0, 2), (1, 1)]
    assert [(p.n, p.of) for p in found["goals_without_value"]] == [(1, 2), (0, 1)]
    assert "goals_unacknowledged" not in found


def test_what_stayed_the_same_for_weeks_counts_in_each_of_them() -> None:
    past = Past(
        previous_run_on=TODAY - timedelta(1),
        goals={
            "a": (seen(30, Status.BEHIND), seen(1, Status.BEHIND)),
            "b": (seen(30, Status.BEHIND), seen(20, Status.BEHIND)),
        },
    )
    (red, _) = trends_of([], [], past, TODAY)

    assert [(p.n, p.of) for p in red.points] == [(2, 2), (2, 2), (2, 2), (1, 1), (1, 1)]


FIGURES: list[HealthName] = [
    "goals_failing_s_or_m",
    "people_missing_talks",
    "feedback_unacknowledged",
]


@pytest.mark.parametrize("name", FIGURES)
def test_the_three_difficulties_stand_as_they_were_last_counted(
    name: HealthName,
) -> None:
    counts = {20: (5, 9), 16: (4, 9), 7: (2, 10), 60: (9, 9)}
    past = Past(
        previous_run_on=TODAY - timedelta(7),
        figures={
            name: tuple(
                TrendPoint(on=TODAY - timedelta(ago), n=n, of=of)
                for ago, (n, of) in sorted(counts.items(), reverse=True)
            )
        },
    )
    (found,) = trends_of([], [Health(name=name, n=1, of=10)], past, TODAY)

    # Nobody ran it two weeks ago, and what is older than six weeks is not shown.
    assert found.name == name
    assert [(p.on, p.n, p.of) for p in found.points] == [
        (TODAY - timedelta(21), 4, 9),
        (TODAY - timedelta(7), 2, 10),
        (TODAY, 1, 10),
    ]


def test_a_figure_the_sheet_says_nothing_of_has_no_trend() -> None:
    past = Past(previous_run_on=TODAY - timedelta(7))
    health = [Health(name=name, n=0, of=0) for name in FIGURES]

    assert trends_of([], health, past, TODAY) == ()
