"""Progress beside expected progress, week by week, over the same goals."""

from datetime import date, timedelta
from typing import Any

from sync.assess.burn_up import burn_up
from sync.assess.expected import window_of
from sync.assess.model import GoalAssessment, Observation
from sync.records.model import Goal, Origin, Place, Status
from sync.smart.model import Verdict
from sync.wording import Text

TODAY = date(2026, 7, 6)


def judged(
    key: str, progress: float | None, *before: Observation, **more: Any
) -> GoalAssessment:
    status = more.pop("status", Status.ON_TRACK)
    days = {
        "start_on": TODAY - timedelta(70),
        "due_on": TODAY + timedelta(30),
    } | more
    goal = Goal(
        key=key,
        place=Place("Goals", 2, {}),
        origin=Origin("Goals", 1),
        title=key,
        usable_key=True,
        **days,
    )
    return GoalAssessment(
        goal=goal,
        status=status,
        rule="",
        reason=Text("", ""),
        progress_raw=progress,
        progress=progress,
        expected=None,
        ratio=None,
        gap=None,
        claimed=None,
        disagrees=False,
        days_silent=None,
        next_on=None,
        verdict=Verdict(score=0, missing=(), findings=()),
        window=window_of(goal),
        seen=before,
    )


def seen(ago: int, progress: float | None) -> Observation:
    on = TODAY - timedelta(ago)
    return Observation(on=on, status=Status.ON_TRACK, progress=progress)


def test_a_first_run_knows_today_and_the_plan_ahead() -> None:
    points = burn_up([judged("a", 0.5)], TODAY)

    assert [(one.on, one.done) for one in points[:2]] == [
        (TODAY, 0.5),
        (TODAY + timedelta(7), None),
    ]
    assert points[0].expected == 0.7
    assert points[-1].expected == 1
    assert points[-2].expected < 1


def test_a_week_counts_goals_as_they_were_last_seen_by_then() -> None:
    goals = [
        judged("a", 0.6, seen(15, 0.2), seen(9, 0.4)),
        judged("b", 1.0, seen(3, 0.9)),
    ]
    points = burn_up(goals, TODAY)
    known = [(one.on, one.n, one.done) for one in points if one.done is not None]

    assert known == [
        (TODAY - timedelta(14), 1, 0.2),
        (TODAY - timedelta(7), 1, 0.4),
        (TODAY, 2, 0.8),
    ]


def test_no_figure_is_not_a_zero_and_closed_goals_do_not_count() -> None:
    goals = [
        judged("a", None),
        judged("b", 0.5, status=Status.CLOSED),
        judged("c", 0.5, start_on=None),
    ]

    assert burn_up(goals, TODAY) == ()


def test_goals_that_lost_their_figures_leave_their_past_and_no_plan() -> None:
    points = burn_up([judged("a", None, seen(9, 0.4))], TODAY)

    assert [one.done for one in points] == [0.4]
