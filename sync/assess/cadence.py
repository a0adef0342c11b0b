"""Signs of life, silence, and the day to look at a goal again."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from sync.assess.expected import Window
from sync.assess.model import Observation
from sync.assess.presence import back_from
from sync.config.model import Followup
from sync.records.model import CheckIn, Goal, Status
from sync.records.values.absences import overlap
from sync.records.values.spans import Span

ATTENTION = frozenset({Status.OVERDUE, Status.BEHIND, Status.AT_RISK, Status.NO_DATA})
"""Statuses looked at again after ``next_after_days``."""

ENDED = frozenset({Status.ACHIEVED, Status.CLOSED})

_SATURDAY = 5
"""As `date.weekday` counts."""


@dataclass(frozen=True, slots=True)
class Talks:
    """The check-ins of one workbook, by person."""

    last: dict[str, date] = field(default_factory=dict)
    """`Person.key` → the latest one held by the day judged."""
    next: dict[str, date] = field(default_factory=dict)
    """`Person.key` → the earliest one agreed for that day or later."""

    @classmethod
    def of(cls, check_ins: Iterable[CheckIn], today: date) -> "Talks":
        """Collect them; a talk dated after ``today`` is an appointment, not a sign."""
        talks = cls()
        for talk in check_ins:
            for person in talk.person_keys:
                held, agreed = talk.held_on, talk.next_on
                if held and held <= today:
                    talks.last[person] = max(held, talks.last.get(person, held))
                for ahead in (held, agreed):
                    if ahead and ahead >= today:
                        talks.next[person] = min(ahead, talks.next.get(person, ahead))
        return talks


def last_sign(
    goal: Goal,
    progress: float | None,
    seen: Sequence[Observation],
    *,
    talks: Talks,
    today: date,
) -> date | None:
    """Find the last day on which somebody is known to have cared for a goal.

    A check-in date in its row, a talk with its owner, or a value that changed between
    two runs. Where none of these is known, the day it was first seen: nothing has moved
    since then.

    Args:
        goal: The goal.
        progress: Its progress now, as history remembers it.
        seen: What history remembers, oldest first.
        talks: The check-ins of its workbook.
        today: The day judged; later dates are not signs.
    """
    known = [goal.checked_in_on, talks.last.get(goal.person_key or "")]
    if seen:
        current = goal.current.text if goal.current else ""
        days = [(one.on, one.current, one.progress) for one in seen]
        days.append((today, current, progress))
        for (_, *before), (on, *after) in pairwise(days):
            if before != after:
                known.append(on)
    signs = [sign for sign in known if sign and sign <= today]
    if not signs and seen:
        return seen[0].on
    return max(signs, default=None)


def silent_days(sign: date | None, window: Window, calendar: "Calendar") -> int | None:
    """Count the days since the last sign.

    Those before the goal began, public holidays and its owner's leave do not count.

    Source:
        A vacation stops the clock, as 15Five does it; so does a week in which nobody
        works, or every goal would fall silent at the Spring Festival.
    """
    if sign is None:
        return None
    start, today = window.start, calendar.today
    since = max(sign, min(start, today)) if start else sign
    return (today - since).days - calendar.days_off(since, today, window.away)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """The days on which people can be talked to."""

    today: date
    holidays: Collection[date] = ()
    workdays: Collection[date] = ()
    """Weekend days on which people work."""
    talks: Talks = field(default_factory=Talks)
    _off: tuple[date, ...] = field(init=False, repr=False, compare=False)
    """Holidays on which people would have worked, in order."""

    def __post_init__(self) -> None:
        days = set(self.holidays) - set(self.workdays)
        off = tuple(sorted(day for day in days if day.weekday() < _SATURDAY))
        object.__setattr__(self, "_off", off)

    def days_off(self, after: date, until: date, away: Sequence[Span] = ()) -> int:
        """Count the days of leave and the public holidays in a span, each day once.

        Plain weekends are no days off: every span has them.

        Args:
            after: The day before the first one counted.
            until: The last one.
            away: Somebody's leave, merged.
        """
        first, last = bisect_right(self._off, after), bisect_right(self._off, until)
        if not away:
            return last - first
        n = sum(overlap(span, after, until) for span in away)
        return n + sum(back_from(away, day) == day for day in self._off[first:last])

    def workday_from(self, day: date, away: tuple[Span, ...] = ()) -> date:
        """Give the day itself, or the next one that is no weekend and no day off."""
        while (free := back_from(away, day)) > day or not self._is_worked(day):
            day = max(free, day + timedelta(days=1))
        return day

    def _is_worked(self, day: date) -> bool:
        """Whether people work on a day."""
        if day in self.workdays:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays


def next_look(
    goal: Goal,
    status: Status,
    anchor: date | None,
    *,
    options: Followup,
    calendar: Calendar,
    away: tuple[Span, ...] = (),
) -> date | None:
    """Give the day to look at a goal again: a working day, today or later.

    Counted in whole steps from ``anchor``, so that the day stands still between runs
    until it has come: ``next_after_days`` where attention is needed, else before the
    goal would count as silent. Never later than the due date, or than a talk agreed
    with its owner, while those are ahead; before the start, on the start.

    Args:
        goal: The goal.
        status: Its computed status.
        anchor: The last sign of life or the day its status was first seen; ``None``
            counts from today.
        options: The office's thresholds.
        calendar: Today and the days off.
        away: The owner's leave: a day within it becomes the first one back.

    Returns:
        ``None`` for goals that are achieved or closed.
    """
    if status in ENDED:
        return None
    today = calendar.today
    try:
        if status is Status.NOT_STARTED and goal.start_on and goal.start_on > today:
            return calendar.workday_from(goal.start_on, away)
        step = options.next_after_days
        if status not in ATTENTION:
            step = max(step, options.silent_after_days)
        day = _step_from(min(anchor or today, today), max(step, 1), today)
        agreed = calendar.talks.next.get(goal.person_key or "", day)
        due = goal.due_on if goal.due_on and goal.due_on >= today else day
        return calendar.workday_from(min(day, agreed, due), away)
    except OverflowError:  # a date at the far end of the calendar
        return None


def status_since(status: Status, seen: Sequence[Observation], today: date) -> date:
    """Give the first day of the unbroken run of days with this status."""
    since = today
    for one in reversed(seen):
        if one.status is not status:
            break
        since = one.on
    return since


def _step_from(anchor: date, step: int, today: date) -> date:
    """Give the first day in whole steps after the anchor that is not past."""
    steps = max(1, -(-(today - anchor).days // step))
    return anchor + timedelta(days=steps * step)
