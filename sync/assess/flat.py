"""Goals that are talked about while their figure stands still."""

from collections.abc import Sequence
from datetime import date

from sync.assess.cadence import ENDED, Calendar
from sync.assess.model import Observation
from sync.assess.status import Facts
from sync.records.model import Direction, Status

_BY_STEPS = frozenset({Direction.MILESTONE, Direction.YES_NO})
_WAITING = ENDED | {Status.NO_DATA, Status.NOT_STARTED}


def flat_days(
    facts: Facts, seen: Sequence[Observation], status: Status, calendar: Calendar
) -> int | None:
    """Count the days for which a goal was cared for and its value did not change.

    A check-in or a talk ends the silence about a goal; that nothing moved stays true.
    Days of leave and public holidays do not count.

    Args:
        facts: What the goal's status was found by.
        seen: What history remembers, oldest first.
        status: The status found.
        calendar: The day judged, days off, and who was talked with when.

    Returns:
        ``None`` where nobody touched it since its value last changed: that is silence;
        where a standing figure is no news: goals that are over, not begun or without a
        value, limits that are held, what goes by steps or is entered by the month; and
        where history does not know.

    Source:
        Stalled and stale are two things to OKR tools: a touch with an unchanged value
        resets the one and not the other.
    """
    goal, measured = facts.goal, facts.measured
    by_steps = goal.direction in _BY_STEPS or goal.milestones or goal.results_until
    if status in _WAITING or measured.is_level or by_steps:
        return None
    since: date | None = None
    for one in reversed(seen):
        if one.progress != measured.clamped:
            break
        since = one.on
    talk = calendar.talks.last.get(goal.person_key or "")
    touches = [
        day
        for day in (goal.checked_in_on, talk)
        if day and since and since < day <= calendar.today
    ]
    if since is None or not touches:
        return None
    off = calendar.days_off(since, calendar.today, facts.window.away)
    return (calendar.today - since).days - off
