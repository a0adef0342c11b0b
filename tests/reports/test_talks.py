"""Each thing about a talk is said once, and in the same words throughout a letter."""

from datetime import date
from typing import Any

import pytest

from reports.letters import compose
from sync.config.mail import Mail
from sync.records.model import Status
from sync.wording import Text

TODAY = date(2026, 11, 22)


@pytest.fixture
def team(org: Any) -> Any:
    """Ada, and two people who report to her."""
    org.person("E1", "Ada", language="en")
    org.person("E2", "Bea", manager_key="E1", manager="Ada", language="en")
    org.person("E3", "Cid", manager_key="E1", manager="Ada", language="en")
    return org


def text_to_ada(org: Any, lang: Any = "en") -> str:
    letters = compose(
        org.judge(), Mail(language=lang), source_name="x", lang=lang, today=TODAY
    )
    return next(one.text for one in letters if one.audience == "manager")


def test_a_goal_named_in_one_sentence_is_it_in_the_next(team: Any) -> None:
    team.goal("E2", "Win 12 accounts", Status.BEHIND, progress=0.4)
    team.goal("E2", "Keep 9 accounts", Status.AT_RISK, progress=0.8)
    team.why["E2"] = (
        Text("“Win 12 accounts”完成 40%", "“Win 12 accounts” is 40% done"),
        Text("“Win 12 accounts”填报“正常”", "“Win 12 accounts” is reported “OK”"),
    )

    assert "“Win 12 accounts” is 40% done. It is reported “OK”." in text_to_ada(team)


def test_goals_stand_in_the_order_in_which_they_are_spoken_of(team: Any) -> None:
    team.goal("E2", "Win 12 accounts", Status.OVERDUE, progress=0.4)
    team.goal("E2", "Keep 9 accounts", Status.AT_RISK, progress=0.8)
    team.why["E2"] = (Text("“Keep 9 accounts”有风险", "“Keep 9 accounts” is at risk"),)

    assert "About: “Keep 9 accounts” (at risk" in text_to_ada(team)


def test_another_goal_keeps_its_name(team: Any) -> None:
    team.goal("E2", "Win 12 accounts", Status.BEHIND, progress=0.4)
    team.goal("E2", "Keep 9 accounts", Status.AT_RISK, progress=0.8)
    team.why["E2"] = (
        Text("“Win 12 accounts”完成 40%", "“Win 12 accounts” is 40% done"),
        Text("“Keep 9 accounts”完成 80%", "“Keep 9 accounts” is 80% done"),
    )

    assert "is 40% done. “Keep 9 accounts” is 80% done." in text_to_ada(team)


def test_a_claim_that_a_talk_tells_of_is_not_listed_again(team: Any) -> None:
    for who, title in (("E2", "Win 12 accounts"), ("E3", "Hire Bo")):
        team.goal(
            who,
            title,
            Status.BEHIND,
            progress=0.4,
            claimed=Status.ON_TRACK,
            disagrees=True,
        )
    team.why["E2"] = (
        Text(
            "“Win 12 accounts”填报“正常”，数据显示“滞后”",
            "“Win 12 accounts” is reported “On track”, the data say “Behind”",
        ),
    )

    _, listed = text_to_ada(team).split("WHERE THE REPORTED STATUS AND THE DATA DIFFER")

    assert "Hire Bo" in listed
    assert "Win 12 accounts" not in listed


def test_what_waits_for_a_later_talk_is_named_whole(team: Any) -> None:
    titles = [f"A goal with a long name that goes on for a while, {n}" for n in "abcd"]
    for n, title in enumerate(titles):
        team.person(f"X{n}", f"Person {n}", manager_key="E1", manager="Ada")
        team.goal(f"X{n}", title, Status.AT_RISK, progress=0.8)

    assert f"After that: Person 3 (“{titles[3]}”: at risk)." in text_to_ada(team)
