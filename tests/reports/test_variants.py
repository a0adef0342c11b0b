"""The week's letters, the month's, and those at a period's end; one a reader."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from reports.letters import Letter, compose
from reports.told import variant_of
from reports.variant import Variant, turn_of
from sync.assess.model import Observation
from sync.assess.process import Rhythm
from sync.config.mail import Mail
from sync.records.model import Status
from sync.records.values.spans import Span

SUNDAY = date(2026, 11, 22)
FIRST_MONDAY = date(2026, 12, 7)
NEW_YEAR = date(2027, 1, 13)


def write(
    org: Any, today: date = SUNDAY, lang: Any = "zh", **more: Any
) -> tuple[Letter, ...]:
    rhythm = more.pop("rhythm", "calendar")
    mail = Mail(hr=("hr@example.com",), rhythm=rhythm, language=lang)
    judged = replace(org.judge(), today=today, rhythms=more.pop("rhythms", ()))
    return compose(judged, mail, source_name="x", lang=lang, today=today, **more)


def by_reader(letters: tuple[Letter, ...]) -> dict[str, Letter]:
    found = {f"{one.audience} {one.person_key}".strip(): one for one in letters}

    assert len(found) == len(letters)
    return found


def month_ago(status: Status, progress: float) -> Observation:
    return Observation(on=date(2026, 10, 22), status=status, progress=progress)


@pytest.fixture
def team(org: Any) -> Any:
    """Ada leads Bea and Cid, and has a goal of her own."""
    org.person("E1", "Ada")
    for key, name in (("E2", "Bea"), ("E3", "Cid")):
        org.person(key, name, manager_key="E1", manager="Ada", department=name)
    for key, title, status, before in (
        ("E1", "own goal", Status.AT_RISK, Status.ON_TRACK),
        ("E2", "goal that slipped", Status.BEHIND, Status.ON_TRACK),
        ("E3", "goal that rose", Status.ON_TRACK, Status.BEHIND),
    ):
        org.goal(
            key,
            title,
            status,
            progress=0.6,
            review_cycle="2026H2",
            month_ago=month_ago(before, 0.4),
        )
    return org


def test_who_leads_a_team_and_has_goals_gets_one_letter_with_both(team: Any) -> None:
    letters = by_reader(write(team))

    assert set(letters) == {"employee E2", "manager E1", "hr"}
    text = letters["manager E1"].text
    assert "你自己也有 1 项目标值得看一看" in text
    assert "“own goal”" in text[text.index("—— 你自己的目标 ——") :]
    assert "own goal" not in text[: text.index("—— 你自己的目标 ——")]
    assert "和你自己的目标" in text
    assert "own goal" in letters["manager E1"].html


def test_a_leader_whose_team_is_well_reads_of_their_own_goal_in_the_subject(
    org: Any,
) -> None:
    org.person("E1", "Ada")
    org.person("E2", "Bea", manager_key="E1")
    org.goal("E1", "own goal", Status.BEHIND, progress=0.2)
    org.goal("E2", "team goal", Status.ON_TRACK, progress=0.9)

    assert by_reader(write(org))["manager E1"].subject.startswith("你的目标：1 项")


def test_news_of_ones_own_goal_is_news_in_the_letter_of_both(team: Any) -> None:
    before = by_reader(write(team))["manager E1"].key
    team.goals[0] = replace(team.goals[0], status=Status.OVERDUE)

    assert by_reader(write(team))["manager E1"].key != before


@pytest.mark.parametrize(
    ("today", "rhythm", "variant"),
    [
        (SUNDAY, "calendar", "weekly"),
        (FIRST_MONDAY, "calendar", "monthly"),
        (FIRST_MONDAY + timedelta(days=6), "calendar", "monthly"),
        (FIRST_MONDAY + timedelta(days=7), "calendar", "weekly"),
        (FIRST_MONDAY, "weekly", "weekly"),
        (SUNDAY, "monthly", "monthly"),
        (NEW_YEAR, "calendar", "closing"),
        (NEW_YEAR, "monthly", "closing"),
        (NEW_YEAR, "weekly", "weekly"),
    ],
)
def test_the_day_and_the_rhythm_say_which_letters(
    team: Any, today: date, rhythm: Any, variant: str
) -> None:
    found = {variant_of(one.key) for one in write(team, today, rhythm=rhythm)}

    assert found == {Variant(variant)}


def test_nothing_to_look_back_on_makes_no_month(team: Any) -> None:
    goals = tuple(replace(one, month_ago=None) for one in team.goals)

    assert turn_of(goals, "calendar", FIRST_MONDAY).variant is Variant.WEEKLY


@pytest.mark.parametrize(
    ("cycle", "due_on"),
    [("2027H1", date(2027, 6, 30)), ("", None), ("2026H2", NEW_YEAR)],
)
def test_a_goal_that_goes_on_keeps_the_period_open(
    team: Any, cycle: str, due_on: date | None
) -> None:
    team.goal("E2", "next", Status.ON_TRACK, review_cycle=cycle, due_on=due_on)

    assert turn_of(team.goals, "calendar", NEW_YEAR).variant is Variant.WEEKLY


def test_a_month_is_looked_back_on_once_and_its_week_has_no_other_letter(
    team: Any,
) -> None:
    told = [one.key for one in write(team, FIRST_MONDAY)]
    again = write(team, FIRST_MONDAY + timedelta(days=2), earlier=told)
    team.goals[1] = replace(team.goals[1], status=Status.OVERDUE)
    news = write(team, FIRST_MONDAY + timedelta(days=3), earlier=told)

    assert again == ()
    assert {variant_of(one.key) for one in news} == {Variant.WEEKLY}
    assert {one.audience for one in news} == {"employee", "manager", "hr"}


def test_a_monthly_rhythm_writes_once_a_month_whatever_happens(team: Any) -> None:
    told = [one.key for one in write(team, rhythm="monthly")]
    team.goals[1] = replace(team.goals[1], status=Status.OVERDUE)

    assert write(team, date(2026, 11, 30), rhythm="monthly", earlier=told) == ()
    assert write(team, date(2026, 12, 1), rhythm="monthly", earlier=told)


def test_an_end_is_told_once_until_a_goal_ended_otherwise(team: Any) -> None:
    told = [one.key for one in write(team, NEW_YEAR)]
    later = NEW_YEAR + timedelta(days=40)
    again = write(team, later, earlier=told)
    team.goals[1] = replace(team.goals[1], status=Status.ACHIEVED)
    corrected = by_reader(write(team, later, earlier=told))

    assert again == ()
    assert set(corrected) == {"employee E2", "manager E1", "hr"}


def test_each_kind_has_a_key_of_its_own_and_asking_twice_writes_once(
    team: Any,
) -> None:
    kinds = [write(team, variant=one) for one in Variant]
    keys = [one.key for letters in kinds for one in letters]

    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[a-z]+:[0-9a-f]{16}:[\dW-]+:[a-z0-9-]+", k) for k in keys)
    for one in Variant:
        assert write(team, variant=one, earlier=keys) == ()


def test_an_employee_reads_how_far_each_goal_came_in_the_month(team: Any) -> None:
    zh = by_reader(write(team, FIRST_MONDAY))["employee E2"]
    en = by_reader(write(team, FIRST_MONDAY, lang="en"))["employee E2"]

    assert zh.subject.startswith("月度小结｜")
    assert "“goal that slipped”：从“正常”变为“滞后”，进度从 40% 到 60%。" in zh.text
    assert "from on track to behind, progress from 40% to 60%." in en.text
    assert "接下来一个月到期" in zh.text
    assert "12月31日到期，完成 60%" in zh.text
    assert "goal that rose" not in zh.text + zh.html


def test_a_manager_reads_the_trend_who_turned_and_who_needs_support(team: Any) -> None:
    rhythms = tuple(
        Rhythm(
            person=one,
            last=None,
            next=None,
            due_on=None,
            missed=0,
            asks_since=asks,
        )
        for one, asks in zip(team.people, (None, SUNDAY, None), strict=True)
    )

    zh = by_reader(write(team, FIRST_MONDAY, rhythms=rhythms))["manager E1"].text
    en = by_reader(write(team, FIRST_MONDAY, lang="en"))["manager E1"].text

    assert "过去一个月，2 项目标里，2 项有进展；需要关注的仍是 1 项。" in zh
    assert "Of two goals followed over the past month, two moved forward" in en
    assert zh.index("goal that rose”：从“滞后”变为“正常”") < zh.index(
        "goal that slipped”：从“正常”变为“滞后”"
    )
    assert "最近的沟通里，Bea一直提到困难，或希望得到支持。" in zh


def test_a_closing_letter_says_how_each_goal_ended_and_what_goes_on(org: Any) -> None:
    org.person("E2", "Bea")
    for n, status in enumerate((Status.ACHIEVED, Status.OVERDUE, Status.NO_DATA)):
        org.goal("E2", f"goal {n}", status, review_cycle="2026H2")
    org.goal("E2", "old goal", Status.ACHIEVED, review_cycle="2026H1")

    zh = by_reader(write(org, NEW_YEAR))["employee E2"]
    en = by_reader(write(org, NEW_YEAR, lang="en"))["employee E2"]

    assert zh.subject == "2026 年下半年你的目标收尾：3 项里 1 项已达成（1月13日）"
    assert "2026 年下半年已经结束。你的 3 项目标，1 项已达成，1 项未完成" in zh.text
    assert "哪些要带到下一个周期" in zh.text
    assert "Of your three goals, one is achieved, one is not and one lacks" in en.text
    assert "old goal" not in zh.text + zh.html


def test_a_period_that_is_asked_about_early_is_not_called_over(team: Any) -> None:
    letters = by_reader(write(team, variant=Variant.CLOSING))

    assert "2026 年下半年将在12月31日结束" in letters["employee E2"].text
    assert "Bea：1 项目标" in letters["manager E1"].text
    assert "own goal" in letters["manager E1"].text.split("—— 你自己的目标 ——")[1]
    assert "Bea：1 人" in letters["hr"].text


def test_somebody_on_leave_is_written_to_afresh_when_it_is_over(team: Any) -> None:
    leave = (Span(SUNDAY - timedelta(days=3), SUNDAY + timedelta(days=4)),)
    team.people[1] = replace(team.people[1], away=leave)

    away = by_reader(write(team))
    back = by_reader(write(team, SUNDAY + timedelta(days=5)))

    assert "employee E2" not in away
    assert "goal that slipped" in away["manager E1"].text
    assert "休假中的同事，回来后再给他们写信：Bea（11月27日回来）。" in away["hr"].text
    assert "employee E2" in back
    assert "休假中" not in back["hr"].text
