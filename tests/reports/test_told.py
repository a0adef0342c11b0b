"""What is news, and what has been told already."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from reports.letters import compose
from sync.config.mail import Mail
from sync.records.model import Status

TODAY = date(2026, 11, 22)


def write(
    org: Any, *, today: date = TODAY, mail: Mail | None = None, **more: Any
) -> Any:
    more.setdefault("lang", "zh")
    return compose(
        org.judge(), mail or Mail(), source_name="2026目标.xlsx", today=today, **more
    )


def keys(org: Any, **more: Any) -> list[str]:
    return [one.key for one in write(org, **more)]


def test_drifting_numbers_are_no_news(org: Any) -> None:
    org.person("E1", "Ada")
    org.goal("E1", "goal", Status.BEHIND, progress=0.40, expected=0.88, days_silent=9)
    before = keys(org)
    org.goals[0] = replace(org.goals[0], progress=0.41, expected=0.89, days_silent=10)

    assert keys(org) == before


def test_a_status_a_claim_or_a_new_week_is_news(org: Any) -> None:
    org.person("E1", "Ada")
    org.goal("E1", "goal", Status.BEHIND)
    before = keys(org)[0]
    next_week = keys(org, today=TODAY + timedelta(days=1))[0]
    org.goals[0] = replace(org.goals[0], claimed=Status.ACHIEVED, disagrees=True)
    claimed = keys(org)[0]
    org.goals[0] = replace(org.goals[0], status=Status.OVERDUE)
    worse = keys(org)[0]

    assert len({before, next_week, claimed, worse}) == 4


def test_red_green_and_red_again_is_told_three_times_and_no_more(org: Any) -> None:
    org.person("E1", "Ada")
    org.goal("E1", "goal", Status.BEHIND)
    told: list[str] = []
    for status in (Status.BEHIND, Status.ON_TRACK, Status.BEHIND, Status.BEHIND):
        org.goals[0] = replace(org.goals[0], status=status)
        made = keys(org, earlier=told)
        told += [key for key in made if key.startswith("employee:")]

    assert len(told) == len(set(told)) == 3


def test_keys_say_no_name(company: Any) -> None:
    assert all(
        re.fullmatch(r"(employee|manager|hr):[0-9a-f]{16}:2026-W47:[0-9a-f]{16}", key)
        for key in keys(company)
    )


def test_rows_in_another_order_tell_the_same(company: Any) -> None:
    before = {one.key for one in write(company)}
    company.goals.reverse()

    assert {one.key for one in write(company)} == before


def test_letters_of_files_of_one_name_have_keys_of_their_own(org: Any) -> None:
    org.person("E1", "Ada")
    org.goal("E1", "goal", Status.BEHIND)
    east = {one.key for one in write(org, identity="/east/2026目标.xlsx")}
    west = {one.key for one in write(org, identity="/west/2026目标.xlsx")}

    assert east
    assert not east & west


def test_a_letter_names_the_workbooks_of_its_own_goals_only(org: Any) -> None:
    labels = ("east.xlsx", "west.xlsx")
    for key, book in (("E1", "east.xlsx"), ("E2", "west.xlsx")):
        org.person(key, f"Ada {key}")
        org.goal(key, "goal", Status.BEHIND)
        goal = org.goals[-1].goal
        place = replace(goal.place, sheet=f"[{book}]Goals")
        org.goals[-1] = replace(org.goals[-1], goal=replace(goal, place=place))
    first, second, *_ = write(org, lang="en", labels=labels)

    assert "Based on east.xlsx," in first.text
    assert "west.xlsx" not in first.text + first.html
    assert "Based on west.xlsx," in second.text
