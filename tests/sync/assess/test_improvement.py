"""Improvement plans and guarded goals, as a whole judgement shows them."""

from datetime import date, timedelta

from sync.assess.assess import assess
from sync.assess.model import Assessment, Past
from sync.config.model import Followup
from sync.records.model import (
    Action,
    Goal,
    Origin,
    Person,
    Place,
    Quantity,
    Records,
    Status,
)
from sync.smart.model import Lint, Verdict

TODAY = date(2026, 7, 1)
ANN = Person(key="p1", name="Ann", place=Place("人员", 2, {}))


def action(
    text: str, due: int | None, *, sheet: str = "绩效改进计划", **more: object
) -> Action:
    return Action(
        place=Place(sheet, 2, {"action": 1, "owner": 2, "due": 3}),
        action=text,
        owner="Ann",
        owner_key="p1",
        due_on=None if due is None else TODAY + timedelta(due),
        **more,  # type: ignore[arg-type]
    )


def goal(key: str, current: float, **more: object) -> Goal:
    return Goal(
        key=key,
        place=Place("目标", 2, {"goal_title": 1}),
        origin=Origin("目标", 1),
        person_key="p1",
        title=f"目标{key}",
        start_on=date(2026, 1, 1),
        due_on=date(2026, 12, 31),
        target=Quantity("100", 100),
        current=Quantity(str(current), current),
        **more,  # type: ignore[arg-type]
    )


def judge(*goals: Goal, actions: tuple[Action, ...] = ()) -> Assessment:
    records = Records(goals=goals, people=(ANN,), actions=actions)
    verdict = Verdict(score=50, missing=(), findings=())
    lint = Lint(verdicts=(verdict,) * len(goals), findings=())
    return assess(records, lint, Past(), Followup(), today=TODAY)


def codes(found: Assessment) -> list[str]:
    return [one.code for one in found.findings]


def test_a_plan_says_when_it_is_looked_at_and_what_helps() -> None:
    found = judge(
        actions=(
            action("每周回访5家客户", 60),
            action("参加谈判培训", 20, category="支持"),
            action("30天回顾", 10),
            action("60天回顾", -5),
            action("更新报表", 3, sheet="会议行动项"),
        )
    )
    (plan,) = found.plans

    assert (len(plan.rows), plan.n_support) == (4, 1)
    assert plan.next_checkpoint == TODAY + timedelta(10)
    assert codes(found) == []


def test_a_plan_without_support_or_checkpoint_is_asked_for_both() -> None:
    found = judge(actions=(action("每周回访5家客户", 60),))

    assert codes(found) == ["P206", "P207"]


def test_a_finished_plan_is_asked_for_nothing() -> None:
    done = action("每周回访5家客户", 60, status=Status.ACHIEVED, outcome="已达成")

    assert codes(judge(actions=(done,))) == []


def test_words_of_an_end_are_asked_out_of_a_plan_and_never_repeated() -> None:
    found = judge(
        actions=(
            action("未达标则末位淘汰", 60, category="PIP"),
            action("导师每周带教；30天回顾", 30, category="PIP"),
        )
    )
    (finding,) = found.findings

    assert finding.code == "P208"
    assert "淘汰" not in finding.what.in_("zh") + finding.fix.in_("zh")


def test_a_goal_that_goes_well_at_the_cost_of_its_guard_is_told() -> None:
    volume = goal("1", 60, guard="退货率达标")
    quality = goal("2", 20, metric="退货率达标")
    found = judge(volume, quality)
    (strain,) = found.strains
    (talk,) = found.conversations

    assert (strain.goal.key, strain.guard.key) == ("1", "2")
    assert strain.guard_status is Status.BEHIND
    assert "“目标1”进展不错，护栏指标“目标2”却是“滞后”" in [
        why.in_("zh") for why in talk.why
    ]


def test_a_guard_that_holds_or_cannot_be_told_from_another_says_nothing() -> None:
    holds = judge(goal("1", 60, guard="目标2"), goal("2", 60))
    unknown = judge(goal("1", 60, guard="满意度"), goal("2", 20))
    twins = judge(
        goal("1", 60, guard="退货率"),
        goal("2", 20, metric="退货率"),
        goal("3", 20, metric="退货率"),
    )

    assert holds.strains == unknown.strains == twins.strains == ()


def test_a_worried_owner_is_asked_before_the_figures_turn() -> None:
    (talk,) = judge(goal("1", 52, confidence=0.3)).conversations

    assert [why.in_("zh") for why in talk.why] == ["“目标1”进度正常，但信心只有 30%"]
    assert "苗头" in talk.ask[0].in_("zh")
