"""Improvement actions: which are open, which are late, which goals they serve."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from sync.assess.model import GoalAssessment
from sync.records.model import Action, Status

RED = frozenset({Status.BEHIND, Status.OVERDUE})
"""Statuses that call for an action."""

_LEAST_TITLE = 4
"""Shorter titles occur in sentences by chance."""


def is_open(action: Action, today: date) -> bool:
    """Whether an action is still to be done."""
    if action.status in {Status.ACHIEVED, Status.CLOSED}:
        return False
    return action.closed_on is None or action.closed_on > today


def days_overdue(action: Action, today: date) -> int:
    """Count the days an open action is late; 0 when it is not, or has no due date."""
    if action.due_on is None or not is_open(action, today):
        return 0
    return max((today - action.due_on).days, 0)


def uncovered(
    goals: Sequence[GoalAssessment], actions: Iterable[Action], today: date
) -> tuple[GoalAssessment, ...]:
    """List the behind and overdue goals for which no open action is known.

    An action serves the goals whose number or title its text names. One that names none
    serves one of its owner's remaining goals: the sheet does not say which, and we do
    not accuse on a guess.

    Returns:
        In the order of ``goals``.
    """
    red = [goal for goal in goals if goal.status in RED]
    served: set[int] = set()
    spare: Counter[str] = Counter()
    names = [_names(goal) for goal in red]
    owned: dict[str | None, list[int]] = {None: list(range(len(red)))}
    for n, goal in enumerate(red):
        if goal.goal.person_key is not None:
            owned.setdefault(goal.goal.person_key, []).append(n)
    for action in actions:
        if not is_open(action, today):
            continue
        text = _plain(f"{action.issue} {action.action} {action.action_id}")
        named = {
            n
            for n in owned.get(action.owner_key, ())
            if any(name in text for name in names[n])
        }
        served |= named
        if not named and action.owner_key:
            spare[action.owner_key] += 1
    left: list[GoalAssessment] = []
    for n, goal in enumerate(red):
        owner = goal.goal.person_key or ""
        if n in served:
            continue
        if spare[owner] > 0:
            spare[owner] -= 1
        else:
            left.append(goal)
    return tuple(left)


def _names(goal: GoalAssessment) -> tuple[str, ...]:
    """Give what an action's text would call a goal."""
    names = (_plain(goal.goal.goal_id), _plain(goal.goal.title))
    return tuple(name for name in names if len(name) >= _LEAST_TITLE)


def _plain(text: str) -> str:
    """Reduce text to what is compared."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
