"""What a goal was a month ago, as far as that is its owner's to know."""

from datetime import date

import pytest

from sync.assess.changes import month_before
from sync.assess.model import Observation
from sync.records.model import Status


def seen(on: date, owner: str = "E1") -> Observation:
    return Observation(on=on, status=Status.BEHIND, progress=0.2, person_key=owner)


@pytest.mark.parametrize(
    ("today", "a_month_before"),
    [
        (date(2026, 11, 23), date(2026, 10, 23)),
        (date(2027, 1, 4), date(2026, 12, 4)),
        (date(2026, 3, 31), date(2026, 2, 28)),
    ],
)
def test_the_latest_day_on_or_before_it_counts(
    today: date, a_month_before: date
) -> None:
    older, there = seen(date(2025, 12, 1)), seen(a_month_before)
    later = seen(today.replace(day=1))

    assert month_before(seen(today), (older, there, later)) is there
    assert month_before(seen(today), (older, later)) is older
    assert month_before(seen(today), (later,)) is None


def test_what_somebody_else_did_with_it_is_not_told() -> None:
    then = seen(date(2026, 9, 1), owner="E2")

    assert month_before(seen(date(2026, 11, 23)), (then,)) is None
