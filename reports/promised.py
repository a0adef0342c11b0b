"""The improvement actions a letter reminds of: late ones first, then those due soon."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from reports.lines import Cut, cut
from reports.show import one_line
from sync.assess.process import JudgedAction, Step

SOON = timedelta(days=7)
"""How long before its day an action is mentioned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """One action as a letter shows it."""

    owner: str
    what: str
    due_on: date | None
    days_overdue: int
    """0 when it is not late yet."""
    step: Step
    """Who should help by now."""
    sheet: str
    row: int
    """1-based, as the sheet numbers it."""


def promised(
    actions: Iterable[JudgedAction], today: date, limit: int
) -> Cut[ActionLine]:
    """Choose the open actions that are late or due within a week.

    Args:
        actions: Those the reader may see.
        today: The day the letter is about.
        limit: The most that are shown.
    """
    wanted = [one for one in actions if is_near(one, today)]
    wanted.sort(key=lambda one: (-one.days_overdue, one.action.due_on or date.max))
    return cut((_line(one) for one in wanted), limit)


def coming(
    actions: Iterable[JudgedAction], after: date, until: date, limit: int
) -> Cut[ActionLine]:
    """Choose the open actions that are due after a day, up to and with another."""
    wanted = [
        one
        for one in actions
        if one.is_open and one.action.due_on and after < one.action.due_on <= until
    ]
    wanted.sort(key=lambda one: one.action.due_on or until)
    return cut((_line(one) for one in wanted), limit)


def is_near(one: JudgedAction, today: date) -> bool:
    """Whether an open action is late, or due within a week."""
    due = one.action.due_on
    soon = due is not None and today <= due <= today + SOON
    return one.is_open and (bool(one.days_overdue) or soon)


def stuck(actions: Iterable[JudgedAction], limit: int) -> Cut[ActionLine]:
    """Choose the open actions that have been late for so long that HR should help."""
    wanted = [one for one in actions if one.is_open and one.step == "hr"]
    wanted.sort(key=lambda one: -one.days_overdue)
    return cut((_line(one) for one in wanted), limit)


def late(actions: Iterable[JudgedAction]) -> list[JudgedAction]:
    """Give the open actions that are past their day."""
    return [one for one in actions if one.is_open and one.days_overdue]


def _line(one: JudgedAction) -> ActionLine:
    action = one.action
    return ActionLine(
        owner=one_line(action.owner, 40),
        what=one_line(action.action or action.issue or action.action_id, 80),
        due_on=action.due_on,
        days_overdue=one.days_overdue,
        step=one.step,
        sheet=one_line(action.place.sheet, 40),
        row=action.place.row,
    )
