from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sync.assess.actions import is_open, judge_action, uncovered
from sync.assess.model import GoalAssessment
from sync.assess.promises import findings_of
from sync.config.model import Followup
from sync.records.model import Action, Goal, Origin, Place, Status
from sync.smart.model import Verdict
from sync.wording import same

TODAY = date(2026, 7, 1)
COLUMNS = {"action": 1, "owner": 2, "due": 3, "status": 4, "outcome": 5}
PLACE = Place("改进", 2, COLUMNS)


def action(**fields: object) -> Action:
    known: dict[str, object] = {"place": PLACE, "action": "每周复盘", "owner": "王芳"}
    return Action(**{**known, **fields})  # type: ignore[arg-type]


def codes(*actions: Action) -> list[tuple[str, str]]:
    judged = [judge_action(one, Followup(), TODAY) for one in actions]
    return [
        (one.code, one.at.a1 if one.at else "") for one in findings_of(judged, TODAY)
    ]


def red(key: str, owner: str, title: str) -> GoalAssessment:
    goal = Goal(
        key=key, place=PLACE, origin=Origin("目标", 1), person_key=owner, title=title
    )
    return GoalAssessment(
        goal=goal,
        status=Status.BEHIND,
        rule="behind-ratio",
        reason=same(""),
        progress_raw=0.1,
        progress=0.1,
        expected=0.5,
        ratio=0.2,
        gap=0.4,
        claimed=None,
        disagrees=False,
        days_silent=None,
        next_on=None,
        verdict=Verdict(score=50, missing=(), findings=()),
    )


@pytest.mark.parametrize(
    ("late", "step"),
    [
        (-8, "none"),
        (-7, "owner"),
        (0, "owner"),
        (1, "manager"),
        (13, "manager"),
        (14, "hr"),
    ],
)
def test_help_grows_with_the_days_an_action_is_late(late: int, step: str) -> None:
    one = judge_action(action(due_on=TODAY - timedelta(late)), Followup(), TODAY)

    assert (one.step, one.days_overdue) == (step, max(late, 0))


def test_the_office_decides_when_others_help_and_zero_is_never() -> None:
    late = action(due_on=TODAY - timedelta(100))
    slow = Followup(manager_after_days=30, hr_after_days=200)
    never = Followup(manager_after_days=0, hr_after_days=0)

    assert judge_action(late, slow, TODAY).step == "manager"
    assert judge_action(late, never, TODAY).step == "owner"


def test_a_finished_action_is_never_late() -> None:
    for done in (
        action(due_on=date(2026, 1, 1), status=Status.ACHIEVED),
        action(due_on=date(2026, 1, 1), closed_on=date(2026, 6, 1)),
    ):
        one = judge_action(done, Followup(), TODAY)

        assert (one.is_open, one.days_overdue, one.step) == (False, 0, "none")


def test_help_is_offered_and_nobody_is_threatened() -> None:
    for late in range(-10, 90, 7):
        one = judge_action(action(due_on=TODAY - timedelta(late)), Followup(), TODAY)
        said = one.reason.in_("zh") + one.reason.in_("en").casefold()

        for word in (
            "辞退",
            "淘汰",
            "处罚",
            "解除",
            "dismiss",
            "terminat",
            "penal",
            "fail",
        ):
            assert word not in said


def test_an_open_action_needs_an_owner_and_a_day_at_their_cells() -> None:
    assert codes(action(owner="", due_on=None)) == [("P201", "B2"), ("P202", "C2")]


def test_a_due_cell_in_words_is_a_day_somebody_gave() -> None:
    assert codes(action(due_text="月底")) == []


def test_a_missing_column_is_said_once_for_the_table() -> None:
    place = Place("改进", 2, {"action": 1, "due": 3})
    rows = [
        action(place=replace(place, row=n), owner="", due_on=TODAY) for n in (2, 3, 4)
    ]

    assert [code for code, _ in codes(*rows)] == ["P201"]


def test_a_finished_action_is_asked_for_its_outcome_only_where_there_is_a_column() -> (
    None
):
    done = action(status=Status.ACHIEVED, owner="", due_on=None)
    bare = replace(done, place=Place("改进", 2, {"action": 1}))

    assert codes(done) == [("P203", "E2")]
    assert codes(replace(done, outcome="缺货率降到3%")) == []
    assert codes(bare) == []


def test_a_closing_date_beside_an_open_status_is_asked_about() -> None:
    again = action(
        due_on=TODAY, status=Status.ON_TRACK, closed_on=date(2026, 6, 1), outcome="有效"
    )

    assert codes(again) == [("P204", "D2")]
    assert judge_action(again, Followup(), TODAY).reopened


def test_an_action_that_says_reopened_is_open_again() -> None:
    again = action(
        due_on=date(2026, 6, 1), closed_on=date(2026, 6, 10), status_text="重新打开"
    )

    assert is_open(again, TODAY)
    assert judge_action(again, Followup(), TODAY).days_overdue == 30


def test_an_action_due_before_it_was_raised_is_asked_about() -> None:
    assert codes(action(due_on=date(2026, 6, 1), raised_on=TODAY)) == [("P205", "C2")]


def test_an_action_without_an_owner_serves_the_goal_it_names() -> None:
    goals = [red("a", "p1", "机场店月均销售额"), red("b", "p2", "叶菜到店损耗率")]
    named = action(owner="", owner_key=None, due_on=TODAY, issue="叶菜到店损耗率偏高")

    assert [one.goal.key for one in uncovered(goals, [named], TODAY)] == ["a"]


def many(n: int) -> Iterator[GoalAssessment]:
    for number in range(n):
        yield red(f"g{number}", f"p{number}", f"门店编号{number:05}的销售额提升")


def test_thousands_of_actions_without_an_owner_find_their_goals() -> None:
    goals = list(many(3000))
    actions = [
        action(owner="", owner_key=None, issue=one.goal.title, due_on=TODAY)
        for one in goals[1:]
    ]

    assert [one.goal.key for one in uncovered(goals, actions, TODAY)] == ["g0"]
