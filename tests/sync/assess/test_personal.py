"""What is asked depends on who is asked: new in the job, or answering for others."""

from datetime import date, timedelta

import pytest

from sync.assess.assess import assess
from sync.assess.model import Conversation, Past
from sync.config.model import Followup
from sync.records.model import Goal, Origin, Person, Place, Records
from sync.smart.model import Lint, Verdict

JAN = date(2026, 1, 1)
TODAY = JAN + timedelta(50)


def goal(key: str, person: str, progress: float) -> Goal:
    return Goal(
        key=key,
        title=f"目标{key}",
        place=Place("目标", 2, {"goal_title": 1}),
        origin=Origin("目标", 1),
        person_key=person,
        start_on=JAN,
        due_on=JAN + timedelta(100),
        progress=progress,
    )


def talks(*people: Person, progress: float = 0.1) -> dict[str, Conversation]:
    goals = tuple(goal(f"g{one.key}", one.key, progress) for one in people)
    verdict = Verdict(score=50, missing=(), findings=())
    lint = Lint(verdicts=(verdict,) * len(goals), findings=())
    records = Records(goals=goals, people=people)
    found = assess(records, lint, Past(), Followup(), today=TODAY)
    return {one.person.key: one for one in found.conversations}


def person(key: str, **fields: object) -> Person:
    return Person(key=key, name=key, place=None, **fields)  # type: ignore[arg-type]


def asked(one: Conversation) -> str:
    return " ".join(text.in_("zh") for text in one.ask)


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"hired_on": TODAY - timedelta(89)}, "入职以来"),
        ({"hired_on": TODAY - timedelta(900), "moved_on": TODAY}, "到新岗位以来"),
        ({"hired_on": TODAY - timedelta(30), "moved_on": TODAY}, "入职以来"),
    ],
)
def test_who_is_new_is_asked_what_is_missing(
    fields: dict[str, object], word: str
) -> None:
    found = talks(person("a", **fields), person("b"))

    assert word in asked(found["a"])
    assert word not in asked(found["b"])


def test_who_has_been_here_for_long_is_asked_about_the_goals_alone() -> None:
    found = talks(
        person("a", hired_on=TODAY - timedelta(90), moved_on=TODAY + timedelta(3))
    )

    assert "以来" not in asked(found["a"])


def test_who_leads_others_is_asked_how_to_help_them() -> None:
    found = talks(
        person("boss"),
        person("a", manager_key="boss"),
        person("b", manager_key="boss"),
        person("gone", manager_key="boss", left_on=JAN),
    )

    assert "你团队里有 2 位同事" in asked(found["boss"])
    assert "团队" not in asked(found["a"])
    assert len(found["boss"].ask) == len(found["a"].ask) == 3
    assert found["boss"].ask[-1] == found["a"].ask[-1]
    assert found["boss"].score == sum(found["boss"].points)
