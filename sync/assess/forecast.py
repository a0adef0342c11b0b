"""Where a goal will be when it is due, if it goes on as it did lately.

A range, not a point: eight times in ten the value is expected within it. With fewer than
three days on which a value was seen there is no forecast at all.
"""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from sync.assess.expected import Window
from sync.assess.model import Observation
from sync.assess.process import Forecast
from sync.assess.progress import REACHED, Progress

LEAST_OBSERVATIONS = 3
MOST_STEPS = 4
WEEK = 7
_FURTHEST_DAYS = 3660
_LEAST_SPREAD = 0.005
"""Sheets round to whole percents: half a point a week is never known better."""
_T_80 = {1: 3.078, 2: 1.886, 3: 1.638}
"""Two-sided 80 % points of Student's t by degrees of freedom."""


class Point(NamedTuple):
    """A value seen on a day."""

    on: date
    share: float


def forecast_of(
    measured: Progress, window: Window, seen: Sequence[Observation], today: date
) -> Forecast | None:
    """Forecast one goal from the days on which its progress was seen.

    With up to four latest steps d₁…dₙ, in share a week: the recent pace is their median;
    the required pace is (1 − done) ÷ weeks left; the range on the due date is
    done + w·median ± t·s·√(w + w²/n), for w weeks left, s the standard deviation of the
    steps and t Student's 80 % point with n − 1 degrees of freedom. The first term under
    the root is what the weeks ahead vary, the second what the mean pace is unsure of.
    A value that stood still throughout may be about to take its next step, five shops
    of six: the smallest step it ever took widens the range.

    Returns:
        ``None`` for a goal that is reached, due, without a due date or measured as a
        level that is held, with fewer than three observed days, and for a value that
        was never seen to move: that is silence, and no pace.

    Source:
        Recent pace as the median of the last three or four changes and a range instead
        of a point; the interval is the usual one for a sum of future steps.
    """
    if measured.raw is None or measured.raw >= REACHED or len(seen) < 2:  # noqa: PLR2004
        return None
    due = window.due
    if measured.is_level or due is None or due <= today:
        return None
    points = [Point(one.on, one.progress) for one in seen if one.progress is not None]
    points.append(Point(today, measured.raw))
    if len(points) < LEAST_OBSERVATIONS:
        return None
    steps = steps_of(points)
    if len(steps) < LEAST_OBSERVATIONS - 1:
        return None
    still = 0.0 if any(steps) else _smallest_move(points)
    if still is None:
        return None
    weeks = (due - today).days / WEEK
    pace = median(steps)
    spread = max(_deviation(steps), _LEAST_SPREAD)
    unsure = _T_80[len(steps) - 1] * spread * math.sqrt(weeks + weeks**2 / len(steps))
    end = measured.raw + pace * weeks
    return Forecast(
        n_observations=len(points),
        recent_pace=round(pace, 9),
        required_pace=round((1 - measured.raw) / max(weeks, 1), 9),
        end_low=round(end - unsure, 9),
        end_high=round(end + unsure + still * max(weeks, 1), 9),
        reach_on=_reach_on(1 - measured.raw, pace, today),
    )


def _deviation(steps: Sequence[float]) -> float:
    """Give the standard deviation of a sample; `statistics.stdev` takes ten times longer."""
    mean = math.fsum(steps) / len(steps)
    squares = math.fsum((step - mean) ** 2 for step in steps)
    return math.sqrt(squares / (len(steps) - 1))


def _smallest_move(points: Sequence[Point]) -> float | None:
    """Give the smallest change between two days, or ``None`` when there was none."""
    moves = (abs(later.share - one.share) for one, later in pairwise(points))
    return min((move for move in moves if move), default=None)


def steps_of(points: Sequence[Point]) -> list[float]:
    """Give the latest changes in share a week, at most four, the latest first.

    A run a day sees the same value for days on end, and a value that comes once a month
    stands still for three weeks in four. So a step spans a week at least, or the usual
    time between two changes where that is longer; with little history, a third of it.

    Args:
        points: One a day, oldest first.
    """
    changed = [point.on for before, point in pairwise(points) if before[1] != point[1]]
    gaps = [(later - sooner).days for sooner, later in pairwise(changed)]
    length = max(WEEK, math.ceil(median(gaps)) if gaps else WEEK)
    length = max(min(length, (points[-1].on - points[0].on).days // 3), 1)
    chosen = [points[-1]]
    at = len(points) - 1
    while len(chosen) <= MOST_STEPS:
        day = chosen[-1].on - timedelta(days=length)
        while at >= 0 and points[at].on > day:
            at -= 1
        if at < 0:
            break
        # Between two equal observations the value is known on every day.
        held = points[at].share == points[at + 1].share
        chosen.append(Point(day, points[at].share) if held else points[at])
    return [
        (later.share - sooner.share) / (later.on - sooner.on).days * WEEK
        for later, sooner in pairwise(chosen)
    ]


def _reach_on(left: float, pace: float, today: date) -> date | None:
    """Give the day on which a pace a week has done what is left."""
    if pace * _FURTHEST_DAYS < left * WEEK:
        return None
    return today + timedelta(days=math.ceil(round(left / pace * WEEK, 6)))
