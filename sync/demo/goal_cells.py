"""The values of one goal's row, worked out for the day the workbook is made."""

from datetime import date, timedelta

from sync.demo.book import Book, Value
from sync.demo.cycle import month_end, month_start, write_day
from sync.demo.story import Goal

NO_DIGITS, SHARE_DIGITS = 0, 3
MOST = 1.1
"""Nobody reports much more than the target while the cycle still runs."""


def goal_cells(book: Book, number: int, goal: Goal) -> dict[str, Value]:
    """Give the row's values by column, without the name.

    Args:
        book: The workbook.
        number: 1-based, in the order of the sheet.
        goal: What the case says of it.
    """
    goal = goal.as_of(book.cycle.days_ago)
    start, due = _days(book, goal)
    current = _current(book, goal, start, due)
    target = book.say(goal.target_text) or _float(goal.target)
    return {
        "goal_id": _identify(number),
        "title": book.say(goal.title),
        "metric": book.say(goal.metric),
        "unit": book.say(goal.unit),
        "baseline": _float(goal.baseline),
        "target": target,
        "current": current,
        "weight": goal.weight,
        "start": start,
        "due": _written_due(book, goal, due),
        "progress": _progress(book, goal, current),
        "claimed": book.say(book.labels.status[goal.says]),
        "updated": _updated(book, goal),
        "supports": _identify(goal.supports) if goal.supports else "",
        "remark": book.say(goal.remark),
        "reason": book.say(goal.reason),
        "approved": book.name_of(goal.approved),
    }


def number_style(goal: Goal) -> str:
    """Name the format of a goal's numbers."""
    digits = _digits(goal)
    if _in_percent(goal):
        return "cell percent" if digits <= SHARE_DIGITS else "cell percent2"
    return f"cell number{digits or ''}"


def _identify(number: int) -> str:
    return f"G{number:02}"


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)


def _in_percent(goal: Goal) -> bool:
    return goal.unit is not None and goal.unit.en == "%"


def _digits(goal: Goal) -> int:
    if goal.digits is not None:
        return goal.digits
    return SHARE_DIGITS if _in_percent(goal) else NO_DIGITS


def _days(book: Book, goal: Goal) -> tuple[date, date]:
    cycle = book.cycle
    start = cycle.start
    if goal.begins is not None:
        start = month_start(cycle.today, goal.begins)
    due = cycle.end
    if isinstance(goal.due, int):
        due = month_end(cycle.today, goal.due)
    return start, due


def _written_due(book: Book, goal: Goal, due: date) -> Value:
    if goal.due == "none":
        return book.say(goal.due_text)
    written = write_day(due, goal.due_as, book.labels.words)
    return written if isinstance(written, date) else book.say(written)


def _current(book: Book, goal: Goal, start: date, due: date) -> float | None:
    if goal.now is not None:
        return goal.now
    if goal.pace is None or goal.baseline is None or goal.target is None:
        return None
    share = min(_expected(book, goal, start, due) * goal.pace, MOST)
    value = goal.baseline + (goal.target - goal.baseline) * share
    return float(round(value, _digits(goal)))


def _expected(book: Book, goal: Goal, start: date, due: date) -> float:
    """Share of the plan behind the day of the row's last update.

    Today's rows are written as of today; earlier ones moved when they were updated.
    """
    cycle = book.cycle
    if cycle.now == cycle.today or goal.check == "never":
        return cycle.expected(start, due)
    last = _last_update(book, goal.check)
    weeks = (cycle.today - timedelta(days=goal.check) - last).days
    return cycle.expected_on(cycle.today - timedelta(days=weeks), start, due)


def _progress(book: Book, goal: Goal, current: float | None) -> Value:
    match goal.progress:
        case "said":
            return book.say(goal.said)
        case "done":
            return book.word("finished")
        case "about":
            return book.word("about", percent=f"{goal.now_share or 0:.0%}")
        case "formula" if current is not None and goal.target is not None:
            baseline = goal.baseline or 0.0
            return (current - baseline) / (goal.target - baseline)
        case _:
            return None


def _updated(book: Book, goal: Goal) -> date | None:
    if goal.check == "never":
        return None
    return _last_update(book, goal.check)


def _last_update(book: Book, check: int) -> date:
    """Give the latest of the weekly updates that had taken place by then."""
    last = book.cycle.today - timedelta(days=check)
    weeks = -(-max((last - book.cycle.now).days, 0) // 7)
    return last - timedelta(days=7 * weeks)
