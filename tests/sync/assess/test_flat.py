"""Goals that are talked about while their figure stands still."""

from datetime import date, timedelta

import pytest

from sync.assess.assess import assess
from sync.assess.model import Assessment, Observation, Past
from sync.config.model import Followup
from sync.records.model import (
    CheckIn,
    Direction,
    Goal,
    Origin,
    Person,
    Place,
    Quantity,
    Records,
    Status,
)
from sync.records.values.spans import Span
from sync.smart.model import Lint, Verdict

TODAY = date(2026, 6, 30)
PLACE = Place("目标", 2, {"goal_title": 1})


def goal(**fields: object) -> Goal:
    known: dict[str, object] = {
        "key": "g",
        "title": "新签客户达到60家",
        "place": PLACE,
        "origin": Origin("目标", 1),
        "person_key": "p",
        "start_on": date(2026, 1, 1),
        "due_on": date(2026, 12, 31),
        "target": Quantity("60", 60),
        "current": Quantity("30", 30),
        "checked_in_on": TODAY - timedelta(3),
    }
    return Goal(**{**known, **fields})  # type: ignore[arg-type]


def seen(ago: int, current: str = "30", progress: float = 0.5) -> Observation:
    on = TODAY - timedelta(ago)
    return Observation(
        on=on, status=Status.ON_TRACK, current=current, progress=progress
    )


def judge(
    one: Goal,
    *days: Observation,
    away: tuple[Span, ...] = (),
    talks: tuple[CheckIn, ...] = (),
) -> Assessment:
    person = Person(key="p", name="王芳", place=None, away=away)
    records = Records(goals=(one,), people=(person,), check_ins=talks)
    lint = Lint(verdicts=(Verdict(score=50, missing=(), findings=()),), findings=())
    past = Past(previous_run_on=days[-1].on, goals={"g": days}) if days else Past()
    return assess(records, lint, past, Followup(), today=TODAY)


def flat(one: Goal, *days: Observation, **more: object) -> int | None:
    return judge(one, *days, **more).goals[0].days_flat  # type: ignore[arg-type]


def test_a_goal_checked_in_on_whose_value_stood_still_is_flat() -> None:
    assert flat(goal(), seen(40, "20", 1 / 3), seen(30), seen(7)) == 30
    assert flat(goal(), seen(30), seen(7, "20", 1 / 3)) is None


def test_leave_does_not_count() -> None:
    away = (Span(TODAY - timedelta(20), TODAY - timedelta(11)),)

    assert flat(goal(), seen(30), seen(7), away=away) == 20


def test_a_talk_is_care_as_well() -> None:
    talk = CheckIn(
        place=PLACE,
        participants=("王芳",),
        person_keys=("p",),
        held_on=TODAY - timedelta(2),
    )
    silent = goal(checked_in_on=None)

    assert flat(silent, seen(30), seen(7), talks=(talk,)) == 30
    assert flat(silent, seen(30), seen(7)) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"checked_in_on": TODAY - timedelta(31)},
        {"direction": Direction.MILESTONE},
        {"direction": Direction.LOWER, "target": Quantity("≤60", 60)},
        {"results_until": "2026-05"},
        {"claimed_status": Status.CLOSED},
        {"current": None},
    ],
)
def test_where_a_standing_figure_is_no_news_nothing_is_said(
    fields: dict[str, object],
) -> None:
    assert flat(goal(**fields), seen(30), seen(7)) is None
    assert flat(goal()) is None


def test_a_flat_goal_is_asked_about_and_its_points_add_up() -> None:
    (talk,) = judge(goal(), seen(30), seen(7)).conversations

    assert any("数值已有 30 天没有变化" in why.in_("zh") for why in talk.why)
    assert any("figure does not move" in ask.in_("en") for ask in talk.ask)
    assert talk.score == sum(talk.points)


def test_three_weeks_are_waited_for() -> None:
    early = judge(goal(), seen(20), seen(7))

    assert early.goals[0].days_flat == 20
    assert not any(
        "没有变化" in why.in_("zh") for talk in early.conversations for why in talk.why
    )
