"""Actions in letters: to their owner, then to the manager, then to HR, by their age."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from reports.letters import Letter, compose
from sync.assess.process import JudgedAction, Step
from sync.config.mail import Mail
from sync.records.model import Action, Place, Status
from sync.wording import Text

TODAY = date(2026, 11, 22)


def action(owner: str, what: str, days: int, step: Step = "owner") -> JudgedAction:
    """An action due so many days ago; negative when its day is still to come."""
    return JudgedAction(
        action=Action(
            place=Place("改进措施", 7, {}),
            action=what,
            owner=owner,
            owner_key=owner,
            due_on=TODAY - timedelta(days=days),
        ),
        is_open=True,
        days_overdue=max(days, 0),
        reopened=False,
        step=step,
        reason=Text("逾期", "late"),
    )


@pytest.fixture
def team(org: Any) -> Any:
    org.person("E1", "周敏", language="zh")
    org.person("E2", "李雷", language="zh", manager_key="E1", manager="周敏")
    org.goal("E2", "一项目标", Status.ON_TRACK, progress=0.9)
    return org


def write(org: Any, *actions: JudgedAction) -> dict[str, Letter]:
    judged = replace(org.judge(), actions=actions)
    found = compose(
        judged,
        Mail(hr=("hr@example.com",)),
        source_name="目标.xlsx",
        lang="zh",
        today=TODAY,
    )
    return {f"{one.audience}{one.person_key}": one for one in found}


def test_the_owner_reads_of_late_actions_and_of_those_due_within_a_week(
    team: Any,
) -> None:
    letters = write(
        team,
        action("E2", "谈定供应商", 12),
        action("E2", "写好方案", -5),
        action("E2", "明年的事", -90),
    )

    text = letters["employeeE2"].text
    assert "“谈定供应商”：约定的日期是11月10日，已过 12 天" in text
    assert "“写好方案”：11月27日到期。" in text
    assert "“改进措施”表第 7 行" in text
    assert "明年的事" not in text
    assert "谈定供应商" in letters["employeeE2"].html


def test_help_is_asked_for_one_step_at_a_time(team: Any) -> None:
    young = write(team, action("E2", "谈定供应商", 2, "manager"))
    old = write(team, action("E2", "谈定供应商", 20, "hr"))

    assert "谈定供应商" in young["managerE1"].text
    assert "谈定供应商" not in young["hr"].text
    assert "HR 也可以帮忙协调" in old["managerE1"].text
    assert "谈定供应商" in old["hr"].text
    assert "谈定供应商" in old["hr"].html


def test_somebody_without_goals_hears_of_an_action_late_or_due_soon(team: Any) -> None:
    team.person("E3", "韩梅梅", language="zh")

    letters = write(team, action("E3", "谈定供应商", 3))

    assert "1 项约定的改进行动" in letters["employeeE3"].text
    assert "改进行动" in letters["employeeE3"].subject
    assert "employeeE3" in write(team, action("E3", "谈定供应商", -3))
    assert "employeeE3" not in write(team, action("E3", "谈定供应商", -30))


def test_an_action_that_has_become_late_is_news_and_its_days_are_not(
    team: Any,
) -> None:
    before = write(team, action("E2", "谈定供应商", -1))["employeeE2"].key
    late = write(team, action("E2", "谈定供应商", 1))["employeeE2"].key
    later = write(team, action("E2", "谈定供应商", 2))["employeeE2"].key

    assert before != late
    assert late == later
