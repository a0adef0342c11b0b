"""How long a claim has disagreed, and what confidence says beside the pace."""

from datetime import date, timedelta

import pytest

from sync.assess.claims import Bias, doubt_of, held_since
from sync.records.model import Status

TODAY = date(2026, 7, 1)


def days(*ago: int) -> list[date]:
    return [TODAY - timedelta(n) for n in ago]


@pytest.mark.parametrize(
    ("bias", "before", "since"),
    [
        (None, ["better", "better"], None),
        ("better", [None, None], 0),
        ("better", ["better", "better"], 14),
        ("better", ["worse", "better"], 7),
        ("better", ["better", None], 0),
        ("worse", ["better", "better"], 0),
    ],
)
def test_a_claim_disagrees_since_the_first_day_without_a_break(
    bias: Bias | None, before: list[Bias | None], since: int | None
) -> None:
    seen = list(zip(days(14, 7), before, strict=True))
    first = None if since is None else TODAY - timedelta(since)

    assert held_since(bias, seen, TODAY) == first


@pytest.mark.parametrize(
    ("confidence", "computed", "doubt"),
    [
        (0.7, Status.BEHIND, "sure"),
        (0.69, Status.BEHIND, None),
        (0.9, Status.AT_RISK, "sure"),
        (0.4, Status.ON_TRACK, "worried"),
        (0.5, Status.ON_TRACK, None),
        (0.1, Status.NOT_STARTED, "worried"),
        (0.1, Status.ACHIEVED, None),
        (0.1, Status.NO_DATA, None),
        (None, Status.BEHIND, None),
    ],
)
def test_confidence_is_checked_against_the_pace(
    confidence: float | None, computed: Status, doubt: str | None
) -> None:
    assert doubt_of(confidence, computed) == doubt
