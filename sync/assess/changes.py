"""What happened to a goal since history last saw it different."""

import unicodedata
from collections.abc import Sequence

from sync.assess.model import Change, Observation
from sync.assess.shown import percent
from sync.records.model import Goal, Status
from sync.wording import Text, shorten

_TARGET = Text(
    "目标值由“{before}”改为“{after}”", "target changed from “{before}” to “{after}”"
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


def change_of(
    goal: Goal, status: Status, progress: float | None, seen: Sequence[Observation]
) -> Change | None:
    """Compare a goal with the latest day on which it was different.

    Args:
        goal: The goal as it is now.
        status: Its computed status now.
        progress: Its progress now, 0–1.
        seen: What history remembers of it, oldest first.

    Returns:
        ``None`` when it was never different, or never seen.
    """
    for one in reversed(seen):
        moved = moved_facts(goal, one)
        if moved or one.status is not status or _differs(one.progress, progress):
            return Change(
                since=one.on,
                status_before=one.status,
                progress_before=one.progress,
                moved=moved,
            )
    return None


def moved_facts(goal: Goal, before: Observation) -> tuple[Text, ...]:
    """List what was changed about the goal itself: target, due date, weight, owner.

    A cell that says the same in another way, as ``５０`` for ``50``, did not change.
    """
    moved: list[Text] = []
    target = goal.target.text if goal.target else ""
    if _plain(target) != _plain(before.target):
        moved.append(_TARGET.fill(before=_quoted(before.target), after=_quoted(target)))
    if goal.due_on != before.due_on:
        moved.append(_due(goal, before))
    if _differs(goal.weight, before.weight):
        moved.append(
            _WEIGHT.fill(before=_share(before.weight), after=_share(goal.weight))
        )
    # Somebody who is only spelled differently is still the same person.
    if before.person_key and goal.person_key and before.person_key != goal.person_key:
        moved.append(
            _OWNER.fill(
                before=before.owner or before.person_key,
                after=goal.employee or goal.person_key,
            )
        )
    return tuple(moved)


def _due(goal: Goal, before: Observation) -> Text:
    """Say which way a due date moved."""
    if goal.due_on is None:
        return _DUE_GONE.fill(before=before.due_on)
    if before.due_on is None:
        return _DUE_NEW.fill(after=goal.due_on)
    template = _LATER if goal.due_on > before.due_on else _EARLIER
    return template.fill(before=before.due_on, after=goal.due_on)


def _differs(one: float | None, other: float | None) -> bool:
    """Whether two shares differ by more than a change of unit could cause."""
    if one is None or other is None:
        return one is not other
    return abs(one - other) > 1e-6  # noqa: PLR2004 - a ten-thousandth of a point


def _plain(text: str) -> str:
    """Reduce a cell's text to what would be a change."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _quoted(text: str) -> str | Text:
    """Shorten a cell's text, or say that it was empty."""
    return shorten(text, 20) if text else _EMPTY


def _share(share: float | None) -> str | Text:
    """Show a weight, or say that there was none."""
    return _EMPTY if share is None else percent(share)
