"""The ledger of changes to goals, moved goalposts, and confirmations they undo.

Nobody has to log a change: it shows between two days on which the sheet was read. Who
made it is known only where the sheet says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from sync.assess.actions import RED
from sync.assess.amounts import comparable
from sync.assess.changes import Difference, differences
from sync.assess.expected import Window
from sync.assess.model import GoalAssessment, Observation
from sync.assess.process import Lateness, Move
from sync.assess.words import plain, words
from sync.records.model import Direction, Goal
from sync.records.values.quantities import read_quantity

LATE_SHARE = 2 / 3
"""From this share of a goal's days on, what makes it easier comes late."""

_ADJUSTING = words("adjusting")
_VOIDING = frozenset({"target", "weight", "due"})
"""What a confirmation was given for: another title or owner is asked about anyway."""


def moves_of(
    goal: Goal, now: Observation, seen: Sequence[Observation], window: Window
) -> tuple[Move, ...]:
    """List every change to a goal that history saw, oldest first.

    Goalposts: a change makes the goal easier when it lowers the target in the direction
    that is better, or puts the due date off or removes it. That is late when it is seen
    in the last third of the goal's days, as they were before, or when the goal was
    behind or overdue on the last day before.

    Args:
        goal: The goal as it is now, completed by its words.
        now: The same as an observation of the day judged.
        seen: What history remembers, oldest first.
        window: The days it runs now; its start stands for that of earlier days too.

    Source:
        An adjustment ledger found by comparing synchronisations, and the goalpost alert;
        the last third is our own bound.
    """
    if not seen:
        return ()
    found: list[Move] = []
    for before, after in pairwise((*seen, now)):
        for one in differences(before, after):
            easier = _easier(one, goal)
            found.append(
                Move(
                    goal=goal,
                    field=one.field,
                    before=one.before,
                    after=one.after,
                    since=before.on,
                    on=after.on,
                    text=one.text,
                    easier=easier,
                    late=_lateness(before, after, window) if easier else None,
                )
            )
    # The cells speak of the latest adjustment; earlier ones were written over.
    why, by = _reason_given(goal), goal.approved_by
    if found and (why or by):
        last = found[-1].on
        found = [
            replace(it, why=why, approved_by=by) if it.on == last else it
            for it in found
        ]
    return tuple(found)


def undone_confirmation(
    now: Observation, seen: Sequence[Observation], moves: Sequence[Move]
) -> tuple[Move, ...]:
    """List the changes since the goal was confirmed that the confirmation is not for.

    Target, weight and due date count. It is given anew when the sheet first takes the
    confirmation back.

    Returns:
        Empty when it is not confirmed, or nothing was changed since.
    """
    if not moves or not now.acknowledged:
        return ()
    confirmed_on = now.on
    for one in reversed(seen):
        if not one.acknowledged:
            break
        confirmed_on = one.on
    return tuple(
        move for move in moves if move.on > confirmed_on and move.field in _VOIDING
    )


def latest_moves(goals: Iterable[GoalAssessment]) -> list[Move]:
    """Gather the changes to all goals, the latest first, then by goal."""
    found = [move for goal in goals for move in goal.moves]
    return sorted(found, key=lambda m: (-m.on.toordinal(), m.goal.key, m.field))


def _reason_given(goal: Goal) -> str:
    """Give the reason for an adjustment: its own column, else a note that speaks of it."""
    if goal.adjustment_reason or goal.place.has("adjustment_reason"):
        return goal.adjustment_reason
    note = plain(goal.comments)
    return goal.comments if any(word in note for word in _ADJUSTING) else ""


def _easier(one: Difference, goal: Goal) -> bool:
    """Whether a change asks less of the goal."""
    if one.field == "due":
        return bool(one.before) and (not one.after or one.after > one.before)
    if one.field != "target" or not one.before:
        return False
    if not one.after:
        return True
    amounts = read_quantity(one.before), read_quantity(one.after)
    if amounts[0] is None or amounts[1] is None:
        return False
    values = comparable((amounts[0], amounts[1]))
    if values is None or goal.direction is Direction.TARGET_IS_BEST:
        return False
    lower = goal.direction is Direction.LOWER or amounts[1].comparator in {"<=", "<"}
    return values[1] > values[0] if lower else values[1] < values[0]


def _lateness(
    before: Observation, after: Observation, window: Window
) -> Lateness | None:
    """Tell whether something was made easier late, and how."""
    if before.status in RED:
        return "after-red"
    start, due = window.start, before.due_on or window.due
    if start is None or due is None or due <= start:
        return None
    last_third = start + timedelta(days=round((due - start).days * LATE_SHARE))
    return "last-third" if after.on >= last_third else None
