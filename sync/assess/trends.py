"""How the follow-up itself develops from week to week."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from sync.assess.actions import RED
from sync.assess.model import GoalAssessment, Health, Observation, Past
from sync.assess.process import Trend, TrendName, TrendPoint
from sync.records.model import Status

MOST_WEEKS = 6
_NAMES: tuple[TrendName, ...] = (
    "goals_red",
    "goals_without_value",
    "goals_unacknowledged",
)
"""Counted from what the goals were."""
_FIGURES: tuple[TrendName, ...] = (
    "goals_failing_s_or_m",
    "people_missing_talks",
    "feedback_unacknowledged",
)
"""Remembered as they were counted."""

_Week = dict[TrendName, list[int]]
"""How many goals, of how many, by figure."""


def trends_of(
    goals: Iterable[GoalAssessment], health: Iterable[Health], past: Past, today: date
) -> tuple[Trend, ...]:
    """Count what was behind, empty, unconfirmed or missed in each of the last weeks.

    A week is the seven days up to the weekday judged; a goal counts in it as it was last
    seen by its end, from the first week it was seen in to the last. Unclear goals,
    missed talks and unconfirmed appraisals stand as they were last counted in a week;
    one without a run is left out. So is a figure of which the sheet said nothing.

    Args:
        goals: All goals, judged today.
        health: The figures of today.
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
        for ago, one in _by_week(seen, today):
            week = weeks.setdefault(ago, _new_week())
            _count(week, one.status, acknowledged=one.acknowledged)
    weeks[0] = _new_week()
    for goal in goals:
        acknowledged = goal.goal.acknowledged and not goal.unconfirmed_by
        if goal.goal.acknowledged is None:
            acknowledged = None
        _count(weeks[0], goal.status, acknowledged=acknowledged)
    for name, ago, n, of in _counted(health, past, today):
        weeks.setdefault(ago, _new_week())[name] = [n, of]
    return tuple(
        Trend(name=name, points=points)
        for name in (*_NAMES, *_FIGURES)
        if len(points := _points(weeks, name, today)) > 1
    )


def _counted(
    health: Iterable[Health], past: Past, today: date
) -> Iterator[tuple[TrendName, int, int, int]]:
    """Give what was counted by weeks ago, the last count of a week last."""
    now: dict[str, Health] = {one.name: one for one in health}
    for name in _FIGURES:
        for point in past.figures.get(name, ()):
            if (week := _weeks_ago(point.on, today)) <= MOST_WEEKS:
                yield name, week, point.n, point.of
        if one := now.get(name):
            yield name, 0, one.n, one.of


def _by_week(
    seen: Sequence[Observation], today: date
) -> Iterator[tuple[int, Observation]]:
    """Give what a goal was in each week before this one, by weeks ago."""
    until = [_weeks_ago(one.on, today) + 1 for one in seen[1:]]
    # History keeps the first and the last day of what stayed the same: between them it
    # was so every week, after the last the goal may be gone.
    until.append(_weeks_ago(seen[-1].on, today))
    for one, last in zip(seen, until, strict=True):
        first = min(_weeks_ago(one.on, today), MOST_WEEKS)
        for week in range(first, max(last, 1) - 1, -1):
            yield week, one


def _weeks_ago(day: date, today: date) -> int:
    """Count weeks, those begun as whole; an earlier day is 1 at least."""
    return -(-(today - day).days // 7)


def _new_week() -> _Week:
    """Begin to count."""
    return {name: [0, 0] for name in (*_NAMES, *_FIGURES)}


def _count(
    week: _Week,
    status: Status,
    *,
    acknowledged: bool | None,
) -> None:
    """Let one goal count in one week: how many, of how many."""
    if status is Status.CLOSED:
        return
    week["goals_red"][0] += status in RED
    week["goals_red"][1] += 1
    week["goals_without_value"][0] += status is Status.NO_DATA
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
