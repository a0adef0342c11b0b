"""Marks for half a year that rest on its last weeks."""

from datetime import date, timedelta

import pytest

from sync.assess.evaluation.evaluate import evaluate
from sync.assess.evaluation.model import Marks
from sync.assess.evaluation.recency import recent_raters
from sync.config.model import Evaluation
from sync.records.model import CheckIn, Person, Place, Rating, Records

PLACE = Place("沟通", 2, {"date": 1})
PEOPLE = [
    Person(key="p1", name="Ann", place=PLACE, manager_key="m", manager="Bo"),
    Person(key="p2", name="Cy", place=PLACE, manager_key="m", manager="Bo"),
]


def mark(person: str, cycle: str = "2026H1", share: float | None = 0.5) -> Marks:
    return Marks(
        person_key=person,
        employee=person,
        cycle=cycle,
        scales=(),
        own=None,
        manager=share,
        final=None,
        grade="",
        own_share=None,
        manager_share=share,
        final_share=None,
        gap=None,
        direction=None,
    )


def talks(*days: str, person: str = "p1") -> list[CheckIn]:
    return [
        CheckIn(
            place=PLACE,
            participants=(person,),
            person_keys=(person,),
            held_on=date.fromisoformat(f"2026-{day}"),
        )
        for day in days
    ]


# The last fifth of 1 January to 30 June begins after 24 May.
@pytest.mark.parametrize(
    ("days", "is_recent"),
    [
        (("06-01", "06-08", "06-15", "01-10", "02-10"), True),  # 3 of 5
        (("06-01", "06-08", "03-10", "01-10", "02-10"), False),  # 2 of 5
        (("06-01", "06-08", "06-15", "06-22"), False),  # too few to tell
        (("07-01", "07-08", "07-15", "07-22", "07-29"), False),  # another period
        (("05-24", "05-24", "05-24", "05-24", "05-24"), False),
        (("05-26", "05-26", "05-26", "05-26", "05-26"), True),
    ],
)
def test_most_talks_in_the_last_fifth_are_recency(
    days: tuple[str, ...], *, is_recent: bool
) -> None:
    found = recent_raters([mark("p1")], PEOPLE, talks(*days))

    assert found == ({"m"} if is_recent else set())


def test_talks_with_everybody_marked_count_together() -> None:
    held = [*talks("06-01", "06-08", "06-15"), *talks("01-05", "02-05", person="p2")]

    assert recent_raters([mark("p1"), mark("p2")], PEOPLE, held) == {"m"}
    assert recent_raters([mark("p1")], PEOPLE, held) == set()


@pytest.mark.parametrize(
    "one", [mark("p1", cycle=""), mark("p1", share=None), mark("nobody")]
)
def test_without_a_period_a_mark_or_a_manager_nothing_is_said(one: Marks) -> None:
    late = talks(*[f"06-{day:02}" for day in range(10, 20)])

    assert recent_raters([one], PEOPLE, late) == set()


def test_the_fiscal_year_moves_the_period() -> None:
    late = talks(
        *[(date(2026, 9, 20) + timedelta(n)).strftime("%m-%d") for n in range(6)]
    )

    marks = [mark("p1", "2027H1")]

    assert recent_raters(marks, PEOPLE, late, fiscal_year_starts=4) == {"m"}
    assert recent_raters(marks, PEOPLE, late) == set()


@pytest.mark.parametrize(("starts", "recent"), [(4, True), (1, False)])
def test_the_evaluation_goes_by_the_offices_year(starts: int, *, recent: bool) -> None:
    late = talks(*[f"09-{day}" for day in range(20, 26)])
    rating = Rating(
        place=PLACE,
        person_key="p1",
        employee="Ann",
        review_cycle="2027H1",
        manager_rating=4,
    )
    records = Records(people=tuple(PEOPLE), ratings=(rating,), check_ins=tuple(late))

    found = evaluate(records, (), Evaluation(), fiscal_year_starts=starts)

    assert [one.recent for one in found.tendencies] == [recent]
