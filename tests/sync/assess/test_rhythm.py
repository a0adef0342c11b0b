from datetime import date, timedelta
from typing import Any

import pytest

from sync.assess.cadence import Calendar, Talks
from sync.assess.process import Rhythm
from sync.assess.rhythm import rhythms_of
from sync.config.model import Followup
from sync.records.model import CheckIn, Person, Place
from sync.records.values.spans import Span

TODAY = date(2026, 7, 1)  # a Wednesday
PLACE = Place("面谈", 2, {"date": 1})


def talk(days_ago: int, who: str = "p1", **fields: object) -> CheckIn:
    return CheckIn(
        place=PLACE,
        participants=(who,),
        person_keys=(who,),
        held_on=TODAY - timedelta(days_ago),
        **fields,  # type: ignore[arg-type]
    )


def rhythms(
    *talks: CheckIn,
    who: tuple[str, ...] = ("p1",),
    every: int = 14,
    holidays: tuple[date, ...] = (),
    departments: dict[str, int] | None = None,
    **person: object,
) -> list[Rhythm]:
    people = [Person(key=key, name=key, place=PLACE, **person) for key in who]  # type: ignore[arg-type]
    calendar = Calendar(
        today=TODAY, holidays=frozenset(holidays), talks=Talks.of(talks, TODAY)
    )
    return list(
        rhythms_of(
            people,
            talks,
            calendar=calendar,
            options=Followup(
                check_in_every_days=every, check_in_by_department=departments or {}
            ),
        )
    )


@pytest.mark.parametrize(
    ("days", "missed"), [(0, 0), (14, 0), (15, 1), (28, 1), (29, 2), (43, 3)]
)
def test_talks_are_missed_by_whole_cadences(days: int, missed: int) -> None:
    (one,) = rhythms(talk(days))

    assert one.missed == missed


def test_holidays_do_not_count() -> None:
    week = tuple(TODAY - timedelta(n) for n in (1, 2))
    (one,) = rhythms(talk(16), holidays=week)

    assert one.missed == 0


def test_a_talk_due_at_the_weekend_is_due_on_monday() -> None:
    (one,) = rhythms(talk(11))  # Saturday 20 June plus 14 days is Saturday 4 July

    assert one.due_on == date(2026, 7, 6)


def test_nothing_is_missed_without_a_talk_on_record_or_without_a_cadence() -> None:
    first, second = rhythms(talk(90), who=("p1", "p2"))
    (free,) = rhythms(talk(90), every=0)

    assert (first.missed, second.missed, second.last) == (6, 0, None)
    assert (free.missed, free.due_on) == (0, None)


@pytest.mark.parametrize(
    ("person", "every", "missed"),
    [
        ({}, 14, 2),
        ({"department": "销售部"}, 7, 5),
        ({"department": "销售部", "cadence_days": 30}, 30, 1),
        ({"department": "研发部", "cadence_days": 91}, 91, 0),
    ],
)
def test_the_most_specific_cadence_wins(
    person: dict[str, Any], every: int, missed: int
) -> None:
    (one,) = rhythms(talk(42), departments={"销售部": 7}, **person)

    assert (one.every_days, one.missed) == (every, missed)


def test_leave_is_skipped_and_its_holidays_only_once() -> None:
    away = (Span(TODAY - timedelta(14), TODAY - timedelta(1)),)
    holiday = (TODAY - timedelta(2),)
    (one,) = rhythms(talk(28), away=away, holidays=holiday)
    (back,) = rhythms(talk(29), away=away, holidays=holiday)

    assert (one.missed, back.missed) == (0, 1)
    assert one.due_on == TODAY


def test_a_workbook_without_talks_says_nothing_and_leavers_are_left_out() -> None:
    assert rhythms() == []
    assert rhythms(talk(90), employment_status="离职") == []


def test_what_every_talk_names_is_open_since_the_first_of_them() -> None:
    (one,) = rhythms(
        talk(40, issues="缺人"),
        talk(26, issues="无"),
        talk(20, issues="租金高"),
        talk(6, support="两台冷藏车"),
    )

    assert (one.asks_since, one.asks_days) == (TODAY - timedelta(20), 20)


def test_a_later_talk_that_names_nothing_closes_it() -> None:
    (one,) = rhythms(talk(20, issues="缺人"), talk(6))

    assert one.asks_since is None


def test_the_longest_without_a_talk_comes_first() -> None:
    found = rhythms(talk(3, "p1"), talk(30, "p2"), who=("p1", "p3", "p2"))

    assert [one.person.key for one in found] == ["p2", "p1", "p3"]
