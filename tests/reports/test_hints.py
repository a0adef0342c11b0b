"""Hints on the wording of goals: with the rest, in a letter of their own, or not."""

from datetime import date
from typing import Any

import pytest

from reports.letters import Letter, compose
from sync.config.mail import Mail, SmartHints
from sync.records.model import Status
from sync.smart.model import Verdict

TODAY = date(2026, 11, 23)
GAPS = "将【具体对象】从【基线】提升到【目标】"


@pytest.fixture
def vague(org: Any) -> Any:
    """Ada leads Bea; both have a goal that lacks something."""
    org.person("E1", "Ada")
    org.person("E2", "Bea", manager_key="E1")
    for key, title in (("E1", "own vague goal"), ("E2", "vague goal")):
        org.goal(
            key,
            title,
            Status.AT_RISK,
            progress=0.5,
            verdict=Verdict(
                score=30,
                missing=("S", "M"),
                findings=(),
                suggestion_zh=GAPS,
                suggestion_en="Raise [object] from [baseline] to [target]",
            ),
        )
    org.goal("E2", "clear goal", Status.ON_TRACK, progress=0.9)
    return org


def write(org: Any, hints: SmartHints, **more: Any) -> dict[str, Letter]:
    mail = Mail(smart_hints=hints, when_all_is_well=True)
    today = more.pop("today", TODAY)
    letters = compose(
        org.judge(), mail, source_name="x", lang="zh", today=today, **more
    )
    return {f"{one.audience} {one.person_key}".strip(): one for one in letters}


def test_hints_come_with_the_rest_unless_told_otherwise(vague: Any) -> None:
    letters = write(vague, "in-letter")

    assert GAPS in letters["employee E2"].text
    assert GAPS in letters["manager E1"].text
    assert not [key for key in letters if key.startswith("author")]


def test_a_letter_of_their_own_goes_to_whoever_has_goals_to_write_more_clearly(
    vague: Any,
) -> None:
    letters = write(vague, "own-letter")
    own = letters["author E2"]

    assert own.subject == "你的目标：1 项可以写得更好跟进（11月23日）"
    assert "你手上有 2 项目标，其中 1 项补上几个空" in own.text
    assert "“vague goal”，见“2026目标”表的 C3" in own.text
    assert GAPS in own.text
    assert GAPS in own.html
    assert "clear goal" not in own.text
    assert "own vague goal" in letters["author E1"].text
    assert GAPS not in letters["employee E2"].text + letters["manager E1"].html


def test_the_same_hints_are_given_once_a_year_and_new_ones_at_once(vague: Any) -> None:
    told = [one.key for one in write(vague, "own-letter").values()]
    later = write(vague, "own-letter", today=date(2026, 12, 21), earlier=told)
    vague.goal(
        *("E2", "another vague goal", Status.BEHIND),
        verdict=vague.goals[0].verdict,
    )
    more = write(vague, "own-letter", today=date(2026, 12, 21), earlier=told)

    assert not [key for key in later if key.startswith("author")]
    assert [key for key in more if key.startswith("author")] == ["author E2"]


def test_nobody_is_written_to_about_wording_that_is_clear(vague: Any) -> None:
    told = [one.key for one in write(vague, "own-letter").values()]
    vague.goals[:] = vague.goals[2:]

    assert not [
        key
        for key in write(vague, "own-letter", earlier=told)
        if key.startswith("author")
    ]


def test_hints_can_be_left_out(vague: Any) -> None:
    assert not [one for one in write(vague, "off").values() if GAPS in one.text]
