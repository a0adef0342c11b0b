from datetime import date, timedelta

from sync.assess.model import Observation, Past
from sync.assess.trends import trends_of
from sync.records.model import Status

TODAY = date(2026, 7, 6)


def seen(ago: int, status: Status, **fields: object) -> Observation:
    known: dict[str, object] = {"progress": 0.5}
    on = TODAY - timedelta(ago)
    return Observation(on=on, status=status, **{**known, **fields})  # type: ignore[arg-type]


def test_the_first_run_has_no_trend() -> None:
    assert trends_of([], Past(), TODAY) == ()


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
    found = {trend.name: trend.points for trend in trends_of([], past, TODAY)}

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
    (red, _) = trends_of([], past, TODAY)

    assert [(p.n, p.of) for p in red.points] == [(2, 2), (2, 2), (2, 2), (1, 1), (1, 1)]
