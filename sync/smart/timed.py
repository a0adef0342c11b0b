"""T: a day by which it is done, that fits the period, the start and the words."""

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from sync.smart.case import Case
from sync.smart.rules import Grade, Hit, Rule
from sync.smart.understand import Span, Time, understand
from sync.wording import shorten

POINTS: Final = 20
_RHYTHM: Final = 10
_LONG: Final = 90
"""Days from which on a goal wants something to look at on the way."""
_MOST: Final = 0.5
_YEAR: Final = timedelta(days=366)
_LEEWAY: Final = timedelta(days=3)
"""Around the end of a month the last working day is as good as the last day."""
_AFTER_PERIOD: Final = timedelta(days=31)
"""Results of a period are often due, and counted, in the month after it."""
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 9000
_CYCLE: Final = {"H": 6, "Q": 3, "-": 1}


def grade(case: Case) -> Grade:
    """Grade: a deadline or period 20, only a rhythm 10, 尽快 alone nothing."""
    if not case.has_time:
        return Grade(0, missing=True)
    goal, words = case.goal, case.words
    dated = bool(goal.due_on or goal.review_cycle or words.deadlines or goal.due_text)
    return Grade(POINTS if dated else _RHYTHM, missing=False)


class Stretch(NamedTuple):
    """A stretch of days, both ends inclusive."""

    first: date
    last: date


def _due_missing(case: Case) -> Hit | None:
    """Said on the row only where other rows have a time; else once for the table."""
    if case.has_time or case.words.vague_time or case.goal.due_text:
        return None
    if case.table.lacks_times:
        return None
    field = "due_date" if case.goal.place.has("due_date") else "goal_title"
    return Hit(field, {"text": shorten(case.goal.title or case.words.title.text)})


def _milestones_missing(case: Case) -> Hit | None:
    goal, table = case.goal, case.table
    if goal.steps or not goal.place.has("specific") or not goal.start_on:
        return None
    if table.stepped <= table.goals * _MOST or not goal.due_on:
        return None
    days = (goal.due_on - goal.start_on).days
    if days <= _LONG:
        return None
    text = shorten(goal.title or case.words.title.text)
    return Hit("specific", {"text": text, "days": days})


def _vague_time(case: Case) -> Hit | None:
    goal, title = case.goal, case.words.title
    if goal.due_on is None and goal.due_text:
        read = understand(goal.due_text)
        if read.has(Span.VAGUE) and not read.deadlines:
            return Hit("due_date", {"words": shorten(goal.due_text)})
    if case.has_time or not case.words.vague_time:
        return None
    vague = next(time for time in title.times if time.kind is Span.VAGUE)
    return Hit("goal_title", {"words": title.text[vague.start : vague.end].strip()})


def _due_against_text(case: Case) -> Hit | None:
    due, title = case.goal.due_on, case.words.title
    if due is None or not title.deadlines or not _plausible(due.year):
        return None
    first = None
    for time in title.deadlines:
        for stretch in _stretches(time, due, case):
            if stretch.first - _LEEWAY <= due <= stretch.last + _LEEWAY:
                return None
            first = first or time
    if first is None:
        return None
    written = title.text[first.start : first.end].strip()
    return Hit("due_date", {"due": due.isoformat(), "text": written})


def _stretches(time: Time, due: date, case: Case) -> list[Stretch]:
    """Give the days an expression may mean; empty when only its author knows.

    A missing year is the due date's. A quarter is read by the calendar and by the
    fiscal year, and both are right: we do not know which one the author had in mind.
    """
    year = time.year or due.year
    if time.number is None or time.shift:
        if time.kind is Span.YEAR and time.year:
            first = date(year, 1, 1)
            return [
                Stretch(
                    first,
                    date(year + 1, 12, 31) if _fiscal(case) else date(year, 12, 31),
                )
            ]
        return []
    if time.kind is Span.DATE:
        day = min(time.day or 1, monthrange(year, time.number)[1])
        exact = date(year, time.number, day)
        return [Stretch(exact, exact)]
    if time.kind is Span.MONTH:
        return [_months(year, time.number, 1)]
    length = {Span.QUARTER: 3, Span.HALF: 6}.get(time.kind)
    if length is None:
        return []
    month = (time.number - 1) * length
    starts = {1, case.world.fiscal_year_starts}
    years = (year,) if starts == {1} else (year - 1, year)
    return [_months(y, s + month, length) for y in years for s in starts]


def _plausible(year: int) -> bool:
    """Keep day arithmetic inside the calendar, whatever a cell was mistyped to."""
    return _FIRST_YEAR <= year <= _LAST_YEAR


def _fiscal(case: Case) -> bool:
    return case.world.fiscal_year_starts != 1


def _months(year: int, month: int, length: int) -> Stretch:
    """Give ``length`` whole months from a month that may lie beyond December."""
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    after = month + length
    last = date(year + (after - 1) // 12, (after - 1) % 12 + 1, 1)
    return Stretch(first, last - timedelta(days=1))


@lru_cache(maxsize=1024)
def _cycle(cycle: str, fiscal_year_starts: int) -> Stretch | None:
    """Read a normalised period: by the calendar and the fiscal year, whichever is wider."""
    year_text, rest = cycle[:4], cycle[4:]
    if not (len(year_text) == 4 and year_text.isascii() and year_text.isdigit()):  # noqa: PLR2004
        return None
    year = int(year_text)
    if not _plausible(year):
        return None
    if not rest:
        start, length = 1, 12
    elif rest[0] in _CYCLE and rest[1:].isascii() and rest[1:].isdigit():
        length = _CYCLE[rest[0]]
        start = (int(rest[1:]) - 1) * length + 1
    else:
        return None
    if not 1 <= start <= 12:  # noqa: PLR2004
        return None
    calendar = _months(year, start, length)
    if fiscal_year_starts == 1 or rest.startswith("-"):
        return calendar
    ends = _months(year - 1, start + fiscal_year_starts - 1, length)
    begins = _months(year, start + fiscal_year_starts - 1, length)
    return Stretch(min(calendar.first, ends.first), max(calendar.last, begins.last))


def _due_outside_period(case: Case) -> Hit | None:
    goal = case.goal
    if goal.due_on is None or not goal.review_cycle:
        return None
    period = _cycle(goal.review_cycle, case.world.fiscal_year_starts)
    if period is None or period.first <= goal.due_on <= period.last + _AFTER_PERIOD:
        return None
    # One cause per cell: a date that is wrong for another reason is said once.
    if _start_after_due(case) or _due_against_text(case):
        return None
    return Hit("due_date", {"due": goal.due_on.isoformat(), "cycle": goal.review_cycle})


def _start_after_due(case: Case) -> Hit | None:
    start, due = case.goal.start_on, case.goal.due_on
    if start is None or due is None or start <= due:
        return None
    return Hit("due_date", {"start": start.isoformat(), "due": due.isoformat()})


def _due_far_off(case: Case) -> Hit | None:
    goal = case.goal
    if goal.due_on is None or goal.due_on <= case.world.today:
        return None
    start = goal.start_on or case.world.today
    if goal.due_on - start <= _YEAR or _due_outside_period(case):
        return None
    slots = {"due": goal.due_on.isoformat(), "start": start.isoformat()}
    return Hit("due_date", slots)


RULES: Final = (
    Rule("T001", "due-date-missing", "T", "warning", "goal", _due_missing),
    Rule("T002", "milestones-missing", "T", "info", "goal", _milestones_missing),
    Rule("T101", "vague-time", "T", "warning", "goal", _vague_time),
    Rule("T201", "due-date-not-as-in-text", "T", "warning", "goal", _due_against_text),
    Rule(
        "T202", "due-date-outside-period", "T", "warning", "goal", _due_outside_period
    ),
    Rule("T203", "due-date-before-start", "T", "error", "goal", _start_after_due),
    Rule("T204", "due-date-beyond-a-year", "T", "info", "goal", _due_far_off),
)
