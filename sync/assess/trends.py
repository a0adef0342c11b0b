"""How the follow-up itself develops from week to week."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sync.assess.actions import RED
from sync.assess.model import GoalAssessment, Observation, Past
from sync.assess.process import Trend, TrendName, TrendPoint
from sync.records.model import Status

MOST_WEEKS = 6
_NAMES: tuple[TrendName, ...] = (
    "goals_red",
    "goals_without_value",
    "goals_unacknowledged",
)

_Week = dict[TrendName, list[int]]
"""How many goals, of how many, by figure."""


def trends_of(
    goals: Iterable[GoalAssessment], past: Past, today: date
) -> tuple[Trend, ...]:
    """Count what was behind, empty or unconfirmed in each of the last weeks.

    A week is the seven days up to the weekday judged; a goal counts in it as it was last
    seen within it. A week without a run is left out, and so is a figure of which the
    sheet said nothing.

    Args:
        goals: All goals, judged today.
        past: What history remembers.
        today: The day judged.

    Returns:
        Each figure with the weeks oldest first, today's last; none at the first run.

    Source:
        The three difficulties of follow-up (unclear goals, broken communication,
        resistance to feedback) as leading indicators over time.
    """
    if past.previous_run_on is None:
        return ()
    weeks: dict[int, _Week] = {}
    for seen in past.goals.values():
        for ago, one in _by_week(seen, today).items():
            week = weeks.setdefault(ago, _new_week())
            _count(week, one.status, one.progress, acknowledged=one.acknowledged)
    weeks[0] = _new_week()
    for goal in goals:
        acknowledged = goal.goal.acknowledged and not goal.unconfirmed_by
        if goal.goal.acknowledged is None:
            acknowledged = None
        _count(weeks[0], goal.status, goal.progress, acknowledged=acknowledged)
    return tuple(
        Trend(name=name, points=points)
        for name in _NAMES
        if len(points := _points(weeks, name, today)) > 1
    )


def _by_week(seen: Iterable[Observation], today: date) -> Mapping[int, Observation]:
    """Give the latest observation of each week before this one, by weeks ago."""
    found: dict[int, Observation] = {}
    for one in seen:
        week = -(-(today - one.on).days // 7)
        if 0 < week <= MOST_WEEKS:
            found[week] = one
    return found


def _new_week() -> _Week:
    """Begin to count."""
    return {name: [0, 0] for name in _NAMES}


def _count(
    week: _Week,
    status: Status,
    progress: float | None,
    *,
    acknowledged: bool | None,
) -> None:
    """Let one goal count in one week: how many, of how many."""
    if status is Status.CLOSED:
        return
    week["goals_red"][0] += status in RED
    week["goals_red"][1] += 1
    week["goals_without_value"][0] += progress is None
    week["goals_without_value"][1] += 1
    if acknowledged is not None:
        week["goals_unacknowledged"][0] += not acknowledged
        week["goals_unacknowledged"][1] += 1


def _points(
    weeks: Mapping[int, _Week], name: TrendName, today: date
) -> tuple[TrendPoint, ...]:
    """Put the weeks in order."""
    return tuple(
        TrendPoint(
            on=today - timedelta(days=7 * week),
            n=weeks[week][name][0],
            of=weeks[week][name][1],
        )
        for week in sorted(weeks, reverse=True)
        if weeks[week][name][1]
    )
