"""Teams, departments and goals at the top, rolled up from the goals below."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.assess.assess import assess
from sync.assess.model import Assessment, Past
from sync.assess.process import RollUp
from sync.config.model import Followup
from sync.records.model import Goal, Origin, Person, Place, Records, Status
from sync.smart.model import Lint, Verdict

JAN = date(2026, 1, 1)
TODAY = JAN + timedelta(50)
PLACE = Place("目标", 2, {"goal_title": 1, "relevance": 2})


def goal(key: str, person: str = "", **fields: object) -> Goal:
    known: dict[str, object] = {
        "key": key,
        "goal_id": key,
        "title": f"目标{key}",
        "place": PLACE,
        "origin": Origin("目标", 1),
        "person_key": person or None,
        "employee": person,
        "start_on": JAN,
        "due_on": JAN + timedelta(100),
    }
    return Goal(**{**known, **fields})  # type: ignore[arg-type]


def person(key: str, department: str = "", manager: str | None = None) -> Person:
    return Person(
        key=key, name=key, place=None, department=department, manager_key=manager
    )


def judge(goals: Sequence[Goal], people: Iterable[Person]) -> Assessment:
    verdict = Verdict(score=50, missing=(), findings=())
    lint = Lint(verdicts=(verdict,) * len(goals), findings=())
    records = Records(goals=tuple(goals), people=tuple(people))
    return assess(records, lint, Past(), Followup(), today=TODAY)


def rolled(found: Assessment, kind: str) -> dict[str, RollUp]:
    return {one.name: one for one in found.rollups if one.kind == kind}


# Formula: mean over people of Σ weight × progress / Σ weight, half the time gone.
def test_everybody_counts_the_same_in_a_team_however_many_goals_they_have() -> None:
    people = [person("boss"), person("a", manager="boss"), person("b", manager="boss")]
    goals = [goal(f"a{n}", "a", progress=0.9) for n in range(9)]
    goals += [goal("b1", "b", progress=0.1, weight=0.25)]
    goals += [goal("b2", "b", progress=0.5, weight=0.75)]
    team = rolled(judge(goals, people), "team")["boss"]

    assert team.progress == pytest.approx((0.9 + 0.1 * 0.25 + 0.5 * 0.75) / 2)
    assert (team.n, team.n_people, team.coverage) == (11, 2, 1.0)
    # b1 alone is behind: an eighth of the team's weight, less than a fifth.
    assert team.status is Status.ON_TRACK


def test_a_department_is_at_risk_when_a_fifth_of_its_weight_is_behind() -> None:
    people = [person("a", "销售"), person("b", "销售"), person("c", "研发")]
    goals = [
        goal("a1", "a", progress=0.5),
        goal("b1", "b", progress=0.1, weight=0.4),
        goal("b2", "b", progress=0.5, weight=0.6),
        goal("c1", "c"),
    ]
    found = rolled(judge(goals, people), "department")

    assert found["销售"].status is Status.AT_RISK
    assert found["销售"].progress == pytest.approx((0.5 + 0.1 * 0.4 + 0.5 * 0.6) / 2)
    assert (found["研发"].progress, found["研发"].coverage) == (None, 0.0)
    assert found["研发"].status is Status.NO_DATA


def test_a_company_goal_stands_beside_what_supports_it() -> None:
    goals = [
        goal("C1", progress=0.5),
        goal("a1", "a", progress=0.1, supports="C1"),
        goal("b1", "b", progress=0.2, supports="C1"),
        goal("b2", "b", supports="C1"),
        goal("x", "b", claimed_status=Status.CLOSED, supports="C1"),
    ]
    (found,) = rolled(judge(goals, [person("a"), person("b")]), "goal").values()

    assert found.goal is goals[0]
    assert (found.own_status, found.status) == (Status.ON_TRACK, Status.BEHIND)
    assert (found.n, found.n_people) == (3, 2)
    assert found.progress == pytest.approx((0.1 * 0.5 + 0.2 * 0.25) / 0.75)
    assert found.coverage == pytest.approx(0.75)


def test_one_department_is_the_whole_and_nobody_leads_nobody() -> None:
    found = judge([goal("a1", "a", progress=0.5)], [person("a", "销售")])

    assert found.rollups == ()


@given(
    shares=st.lists(st.floats(0, 1), min_size=2, max_size=6),
    which=st.integers(0, 5),
    seed=st.randoms(),
)
def test_halves_and_the_order_of_rows_change_no_team(
    shares: list[float], which: int, seed: st.DataObject
) -> None:
    people = [person("m"), person("a", "A", "m"), person("b", "B", "m")]
    goals = [
        goal(f"g{n}", "ab"[n % 2], progress=share, weight=(n + 1) / 20)
        for n, share in enumerate(shares)
    ]
    which %= len(goals)
    half = (goals[which].weight or 0) / 2
    halves = [replace(goals[which], key=key, weight=half) for key in ("x", "y")]
    split = [*goals[:which], *halves, *goals[which + 1 :]]
    seed.shuffle(split)  # type: ignore[attr-defined]

    for kind in ("team", "department"):
        whole = rolled(judge(goals, people), kind)
        parts = rolled(judge(split, people), kind)

        assert whole.keys() == parts.keys()
        for name, one in whole.items():
            assert parts[name].progress == pytest.approx(one.progress)
            assert parts[name].coverage == pytest.approx(one.coverage)
            assert parts[name].status is one.status
