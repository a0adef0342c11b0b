from collections.abc import Callable
from datetime import date

import pytest

from sync.records.model import Records, Status
from sync.records.values.spans import Span

Read = Callable[..., Records]

PEOPLE = [
    ("employee_name", "left_date", "moved_date", "away", "away_start", "away_end"),
    ("Ann Lee", date(2026, 9, 30), date(2026, 3, 1), None, None, None),
    (
        *("Bob Ray", None, None, "2026-08-03 to 2026-08-21"),
        *(date(2026, 8, 22), date(2026, 8, 30)),
    ),
    ("Cy Fox", None, None, None, date(2026, 8, 30), date(2026, 8, 1)),
]


def test_the_people_sheet_says_who_leaves_moved_and_is_away(read: Read) -> None:
    ann, bob, cy = read(people=PEOPLE).people

    assert (ann.left_on, ann.moved_on) == (date(2026, 9, 30), date(2026, 3, 1))
    assert bob.away == (Span(date(2026, 8, 3), date(2026, 8, 30)),)
    assert cy.away == ()


def test_leave_that_ends_before_it_begins_is_said_at_its_cell(read: Read) -> None:
    (found,) = read(people=PEOPLE).findings

    assert (found.code, str(found.at)) == ("D106", "'people'!F4")


def test_a_column_of_confidence_is_read_and_one_of_forecasts_is_not(read: Read) -> None:
    rows = [("employee_name", "goal_title", "forecast"), ("Ann", "Sell more", 8)]
    sure = read(goals=rows, headers={"forecast": "信心指数"})
    forecast = read(goals=rows, headers={"forecast": "预测值"})

    assert [one.confidence for one in sure.goals] == [0.8]
    assert [one.confidence for one in forecast.goals] == [None]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("推进受阻", Status.BEHIND),
        (" At Risk ", Status.OVERDUE),
        ("按部就班", None),
    ],
)
def test_the_office_says_what_its_own_words_claim(
    read: Read, word: str, status: Status | None
) -> None:
    labels = {"推进受阻": "behind", "at risk": "overdue", "按部就班": "none"}
    rows = [("employee_name", "goal_title", "status"), ("Ann", "Sell more", word)]
    records = read(goals=rows, labels=labels)

    assert [one.claimed_status for one in records.goals] == [status]
    assert not records.findings
