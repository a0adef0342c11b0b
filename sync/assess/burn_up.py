"""How far the goals are beside how far they should be, week by week."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sync.assess.expected import Window
from sync.assess.model import GoalAssessment
from sync.assess.process import BurnPoint
from sync.records.model import Status

WEEKS_BACK = 26
WEEKS_AHEAD = 12
_WEEK = timedelta(days=7)


class _Course(NamedTuple):
    """One goal: the days it runs, and how far it was on which day."""

    plan: int
    """Which of the windows it runs in: most goals share a few."""
    days: tuple[date, ...]
    progress: tuple[float | None, ...]

    def at(self, day: date) -> float | None:
        """How far it was by the end of a day, as far as anybody saw."""
        known = bisect_right(self.days, day)
        return self.progress[known - 1] if known else None


def burn_up(goals: Iterable[GoalAssessment], today: date) -> tuple[BurnPoint, ...]:
    """Compare mean progress with mean expected progress, weekly.

    Both means of a week are over the same goals: those not closed today that had a
    figure by then and have days to run in. Every goal counts the same.

    Args:
        goals: Some or all goals, judged today.
        today: The day judged; weeks end on its weekday.

    Returns:
        Oldest first: the weeks known, today, and the plan of today's goals up to the
        last due date. Empty where no goal has both a figure and days.
    """
    followed = [one for one in goals if one.status is not Status.CLOSED]
    plans: dict[Window, int] = {}
    # Most goals share the very same window: equal ones are looked for among few.
    windows_by_id = {id(one.window): one.window for one in followed}
    plan_by_id = {
        key: plans.setdefault(window, len(plans))
        for key, window in windows_by_id.items()
    }
    courses = [_course(one, today, plan_by_id[id(one.window)]) for one in followed]
    windows = tuple(plans)
    first = min((one.days[0] for one in courses), default=today)
    back = min(WEEKS_BACK, (today - first) // _WEEK)
    points = (
        _known(courses, windows, today - week * _WEEK) for week in range(back, -1, -1)
    )
    known = [one for one in points if one]
    return (*known, *_ahead(courses, windows, today)) if known else ()


def _course(one: GoalAssessment, today: date, plan: int) -> _Course:
    earlier = [each for each in one.seen if each.on < today]
    return _Course(
        plan,
        (*[each.on for each in earlier], today),
        (*[each.progress for each in earlier], one.progress),
    )


def _known(
    courses: Iterable[_Course], windows: Sequence[Window], day: date
) -> BurnPoint | None:
    planned = [window.expected(day) for window in windows]
    pairs = [
        (done, expected)
        for one in courses
        if (done := one.at(day)) is not None
        and (expected := planned[one.plan]) is not None
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


def _ahead(
    courses: Iterable[_Course], windows: Sequence[Window], today: date
) -> tuple[BurnPoint, ...]:
    """Give the plan from next week on, until all is due."""
    counted = Counter(one.plan for one in courses if one.at(today) is not None)
    goals = {
        windows[plan]: n
        for plan, n in counted.items()
        if windows[plan].expected(today) is not None
    }
    total = sum(goals.values())
    if not total:
        return ()
    points: list[BurnPoint] = []
    for week in range(1, min(WEEKS_AHEAD, (date.max - today) // _WEEK) + 1):
        if points and points[-1].expected >= 1:
            break
        day = today + week * _WEEK
        shares = sum((one.expected(day) or 0.0) * n for one, n in goals.items())
        mean = round(shares / total, 9)
        points.append(BurnPoint(on=day, n=total, done=None, expected=mean))
    return tuple(points)
