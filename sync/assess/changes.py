"""What happened to a goal since history last saw it different."""

import calendar
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sync.assess.claims import Bias
from sync.assess.model import Change, Observation
from sync.assess.process import MovedField
from sync.assess.shown import percent
from sync.assess.words import bare
from sync.records.model import Goal, Status
from sync.wording import Text, shorten

_TARGET = Text(
    "目标值由“{before}”改为“{after}”", "target changed from “{before}” to “{after}”"
)
_BASELINE = Text(
    "基线由“{before}”改为“{after}”", "baseline changed from “{before}” to “{after}”"
)
_TITLE = Text(
    "目标由“{before}”改写为“{after}”", "reworded from “{before}” to “{after}”"
)
_LATER = Text(
    "截止日由 {before} 推迟到 {after}", "due date put off from {before} to {after}"
)
_EARLIER = Text(
    "截止日由 {before} 提前到 {after}",
    "due date brought forward from {before} to {after}",
)
_DUE_GONE = Text("截止日 {before} 被删除", "due date {before} removed")
_DUE_NEW = Text("补上了截止日 {after}", "due date {after} added")
_WEIGHT = Text(
    "权重由 {before} 改为 {after}", "weight changed from {before} to {after}"
)
_OWNER = Text(
    "负责人由 {before} 改为 {after}", "owner changed from {before} to {after}"
)
_EMPTY = Text("空", "empty")


class Difference(NamedTuple):
    """One fact about a goal that differs between two days."""

    field: MovedField
    before: str
    after: str
    text: Text


def facts_of(
    goal: Goal,
    status: Status,
    progress: float | None,
    on: date,
    *,
    bias: Bias | None = None,
) -> Observation:
    """Give what one day's run knows of a goal, as history keeps it."""
    return Observation(
        on=on,
        status=status,
        progress=progress,
        current=goal.current.text if goal.current else "",
        target=goal.target.text if goal.target else "",
        weight=goal.weight,
        due_on=goal.due_on,
        title=goal.title,
        person_key=goal.person_key,
        owner=goal.employee,
        baseline=goal.baseline.text if goal.baseline else "",
        acknowledged=goal.acknowledged,
        bias=bias,
    )


def change_of(now: Observation, seen: Sequence[Observation]) -> Change | None:
    """Compare a goal with the latest day on which it was different.

    Another wording of its title is no news.

    Args:
        now: The goal as it is now.
        seen: What history remembers of it, oldest first.

    Returns:
        ``None`` when it was never different, or never seen.
    """
    for one in reversed(seen):
        moved = tuple(it.text for it in differences(one, now) if it.field != "title")
        if (
            moved
            or one.status is not now.status
            or _differs(one.progress, now.progress)
        ):
            return Change(
                since=one.on,
                status_before=one.status,
                progress_before=one.progress,
                moved=moved,
            )
    return None


def month_before(now: Observation, seen: Sequence[Observation]) -> Observation | None:
    """Give what a goal was a month before; ``None`` when it is unknown.

    What it was in the hands of somebody else is nobody's who reads of it now.

    Args:
        now: The goal as it is now.
        seen: What history remembers of it, oldest first.
    """
    year, month = divmod(now.on.year * 12 + now.on.month - 2, 12)
    if not seen or year < 1:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    day = date(year, month + 1, min(now.on.day, last))
    found = next((one for one in reversed(seen) if one.on <= day), None)
    return found if found and found.person_key == now.person_key else None


def differences(before: Observation, after: Observation) -> Iterator[Difference]:
    """List what was changed about a goal itself between two days.

    A cell that says the same in another way, as ``５０`` for ``50``, did not change.
    """
    if not _same(before.target, after.target):
        yield _worded("target", _TARGET, before.target, after.target)
    base, other = before.baseline, after.baseline
    if base is not None and other is not None and not _same(base, other):
        yield _worded("baseline", _BASELINE, base, other)
    if before.due_on != after.due_on:
        text = _due(before.due_on, after.due_on)
        yield Difference("due", _day(before.due_on), _day(after.due_on), text)
    if _differs(before.weight, after.weight):
        shares = (_share(before.weight), _share(after.weight))
        yield _worded("weight", _WEIGHT, *shares)
    # Somebody who is only spelled differently is still the same person.
    keys = before.person_key, after.person_key
    if keys[0] and keys[1] and keys[0] != keys[1]:
        names = before.owner or keys[0], after.owner or keys[1]
        yield _worded("owner", _OWNER, *names)
    if not _same(before.title, after.title):
        yield _worded("title", _TITLE, before.title, after.title)


def _worded(field: MovedField, template: Text, before: str, after: str) -> Difference:
    """Say what a cell said and what it says."""
    text = template.fill(before=_quoted(before), after=_quoted(after))
    return Difference(field, before, after, text)


def _due(before: date | None, after: date | None) -> Text:
    """Say which way a due date moved."""
    if after is None:
        return _DUE_GONE.fill(before=before)
    if before is None:
        return _DUE_NEW.fill(after=after)
    template = _LATER if after > before else _EARLIER
    return template.fill(before=before, after=after)


def _differs(one: float | None, other: float | None) -> bool:
    """Whether two shares differ by more than a change of unit could cause."""
    if one is None or other is None:
        return one is not other
    return abs(one - other) > 1e-6  # noqa: PLR2004 - a ten-thousandth of a point


def _same(one: str, other: str) -> bool:
    """Whether two cells say the same, if perhaps in another way."""
    return one == other or bare(one) == bare(other)


def _day(day: date | None) -> str:
    """Write a day, or nothing."""
    return day.isoformat() if day else ""


def _quoted(text: str) -> str | Text:
    """Shorten a cell's text, or say that it was empty."""
    return shorten(text, 20) if text else _EMPTY


def _share(share: float | None) -> str:
    """Show a weight; nothing where there was none."""
    return "" if share is None else percent(share)
