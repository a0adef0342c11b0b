"""What groups are told: counts, and nothing of anybody."""

from typing import Any

import pytest

from reports.letters import Letter, compose
from sync.config.mail import Chat, Mail
from sync.wording import Lang

LINK = "https://docs.example.com/goals"


def notes(org: Any, lang: Lang = "zh", **more: Any) -> tuple[Letter, ...]:
    judged = org.judge()
    robot = Chat(name="hr-group", service="wecom", url_env="URL", link=LINK, **more)
    written = compose(
        judged,
        Mail(chat=(robot,)),
        source_name="2026目标.xlsx",
        lang=lang,
        today=judged.today,
    )
    return tuple(one for one in written if one.audience == "chat")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_note_holds_counts_and_the_link_and_nobody(company: Any, lang: Lang) -> None:
    (one,) = notes(company, lang)

    shown = one.subject + one.text
    assert LINK in one.text
    assert one.html == ""
    assert not [p.name for p in company.people if p.name in shown]
    assert not [g.goal.title for g in company.goals if g.goal.title in shown]
    assert not [p.department for p in company.people if p.department in one.text]
    assert len(one.text.encode()) < 2048


def test_its_counts_are_those_of_the_goals_and_of_who_has_some(company: Any) -> None:
    (one,) = notes(company)

    assert "7 位同事，13 项目标" in one.text
    assert "滞后 2 项" in one.text


def test_few_people_are_not_counted_by_status(org: Any, company: Any) -> None:
    org.people = company.people[:4]
    org.goals = [g for g in company.goals if g.goal.person_key in {"E002", "E003"}]

    (one,) = notes(org)

    assert "项目标在跟进。" in one.text
    assert "滞后" not in one.text
    assert "聊" not in one.text


def test_a_weekly_note_is_no_news_twice_a_week_and_the_other_is(company: Any) -> None:
    weekly, change = notes(company)[0].key, notes(company, every="change")[0].key
    company.goals.pop()

    assert notes(company)[0].key == weekly
    assert notes(company, every="change")[0].key != change
