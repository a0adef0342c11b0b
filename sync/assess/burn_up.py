"""How far the goals are beside how far they should be, week by week."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sync.assess.expected import Window
from sync.assess.model import GoalAssessment, Past
from sync.assess.process import BurnPoint
from sync.records.model import Status

WEEKS_BACK = 26
WEEKS_AHEAD = 12
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Course:
    """One goal: the days it runs, and how far it was on which day."""

    window: Window
    days: tuple[date, ...]
    progress: tuple[float | None, ...]

    def at(self, day: date) -> float | None:
        """How far it was by the end of a day, as far as anybody saw."""
        known = bisect_right(self.days, day)
        return self.progress[known - 1] if known else None


def burn_up(
    goals: Iterable[GoalAssessment], past: Past, today: date
) -> tuple[BurnPoint, ...]:
    """Compare mean progress with mean expected progress, weekly.

    Both means of a week are over the same goals: those not closed today that had a
    figure by then and have days to run in. Every goal counts the same.

    Args:
        goals: All goals, judged today.
        past: What history remembers.
        today: The day judged; weeks end on its weekday.

    Returns:
        Oldest first: the weeks known, today, and the plan of today's goals up to the
        last due date. Empty where no goal has both a figure and days.
    """
    courses = [
        _course(one, past, today) for one in goals if one.status is not Status.CLOSED
    ]
    back = min(WEEKS_BACK, (today - date.min) // _WEEK)
    points = (_known(courses, today - week * _WEEK) for week in range(back, -1, -1))
    known = [one for one in points if one]
    return (*known, *_ahead(courses, today)) if known else ()


def _course(one: GoalAssessment, past: Past, today: date) -> _Course:
    goal = one.goal
    surely = goal.usable_key and not goal.duplicate
    seen = past.goals.get(goal.key, ()) if surely else ()
    earlier = [each for each in seen if each.on < today]
    return _Course(
        window=one.window,
        days=(*(each.on for each in earlier), today),
        progress=(*(each.progress for each in earlier), one.progress),
    )


def _known(courses: Iterable[_Course], day: date) -> BurnPoint | None:
    pairs = [
        (done, expected)
        for one in courses
        if (done := one.at(day)) is not None
        and (expected := one.window.expected(day)) is not None
    ]
    if not pairs:
        return None
    n = len(pairs)
    return BurnPoint(
        on=day,
        n=n,
        done=sum(done for done, _ in pairs) / n,
        expected=sum(expected for _, expected in pairs) / n,
    )


def _ahead(courses: Iterable[_Course], today: date) -> tuple[BurnPoint, ...]:
    """Give the plan from next week on, until all is due."""
    counted = [
        one.window
        for one in courses
        if one.at(today) is not None and one.window.expected(today) is not None
    ]
    if not counted:
        return ()
    points: list[BurnPoint] = []
    for week in range(1, min(WEEKS_AHEAD, (date.max - today) // _WEEK) + 1):
        if points and points[-1].expected >= 1:
            break
        day = today + week * _WEEK
        shares = [window.expected(day) or 0.0 for window in counted]
        mean = sum(shares) / len(shares)
        points.append(BurnPoint(on=day, n=len(shares), done=None, expected=mean))
    return tuple(points)
