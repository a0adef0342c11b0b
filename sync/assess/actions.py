"""Improvement actions: which are open, which are late, which goals they serve."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from sync.assess.model import GoalAssessment
from sync.assess.process import JudgedAction, Step
from sync.assess.reasons import days
from sync.assess.words import bare, plain, words
from sync.config.model import Followup
from sync.records.model import Action, Status
from sync.wording import Text

RED = frozenset({Status.BEHIND, Status.OVERDUE})
"""Statuses that call for an action."""

_LEAST_TITLE = 4
"""Shorter titles occur in sentences by chance."""
_HEAD = 24
"""Signs of a title by which it is looked up."""

_ENDED = frozenset({Status.ACHIEVED, Status.CLOSED})
_REOPENED = words("reopened")

_DONE = Text("已结束", "finished")
_LATE = Text("逾期 {n}", "{n} late")
_IN_TIME = Text("还有 {n}", "{n} left")
_UNDATED = Text("没有期限", "no due date")
_HELP: dict[Step, Text] = {
    "manager": Text(
        "{core}，请主管一起看看卡在哪里",
        "{core}: the manager could help to clear what is in the way",
    ),
    "hr": Text(
        "{core}，请主管和 HR 一起协调所需的支持",
        "{core}: manager and HR could find the support it needs together",
    ),
}


def is_reopened(action: Action, today: date) -> bool:
    """Whether an action was closed once and is said to be at work again."""
    if plain(action.status_text) in _REOPENED:
        return True
    closed = action.closed_on is not None and action.closed_on <= today
    return closed and action.status is not None and action.status not in _ENDED


def is_open(action: Action, today: date) -> bool:
    """Whether an action is still to be done."""
    if plain(action.status_text) in _REOPENED:
        return True
    if action.status in _ENDED:
        return False
    return action.closed_on is None or action.closed_on > today


def days_overdue(action: Action, today: date) -> int:
    """Count the days an open action is late; 0 when it is not, or has no due date."""
    if action.due_on is None or not is_open(action, today):
        return 0
    return max((today - action.due_on).days, 0)


def judge_action(action: Action, options: Followup, today: date) -> JudgedAction:
    """Judge one action, and say who should help with it by now.

    Source:
        A reminder to the owner before and on the day, the manager from the day after,
        HR only when it has been late for long: the escalation that published trackers
        use, with the office's own days in ``manager_after_days``, ``hr_after_days``.
    """
    open_, late = is_open(action, today), days_overdue(action, today)
    step = _step(late, options) if open_ else "none"
    left = (action.due_on - today).days if action.due_on else None
    if not open_:
        core = _DONE
    elif late:
        core = _LATE.fill(n=days(late))
    else:
        core = _UNDATED if left is None else _IN_TIME.fill(n=days(left))
    soon = left is not None and 0 <= left <= options.next_after_days
    if step == "none" and open_ and soon:
        step = "owner"
    template = _HELP.get(step)
    return JudgedAction(
        action=action,
        is_open=open_,
        days_overdue=late,
        reopened=is_reopened(action, today),
        step=step,
        reason=template.fill(core=core) if template else core,
    )


def _step(late: int, options: Followup) -> Step:
    """Tell who should help with an action that is so many days late."""
    if not late:
        return "none"
    if late >= options.hr_after_days > 0:
        return "hr"
    return "manager" if late >= options.manager_after_days > 0 else "owner"


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
    anybody = _Names(names)
    owned: dict[str, list[int]] = {}
    for n, goal in enumerate(red):
        if goal.goal.person_key is not None:
            owned.setdefault(goal.goal.person_key, []).append(n)
    for action in actions:
        if not is_open(action, today):
            continue
        text = bare(f"{action.issue} {action.action} {action.action_id}")
        if action.owner_key is None:
            served |= anybody.within(text)
            continue
        mine = owned.get(action.owner_key, ())
        named = {n for n in mine if any(name in text for name in names[n])}
        served |= named
        if not named:
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


class _Names:
    """Finds which of many names a text holds, without trying each of them."""

    def __init__(self, names: Iterable[Iterable[str]]) -> None:
        self._by_head: dict[str, list[tuple[str, int]]] = {}
        for n, each in enumerate(names):
            for name in each:
                self._by_head.setdefault(name[:_HEAD], []).append((name, n))
        self._sizes = sorted({len(head) for head in self._by_head})

    def within(self, text: str) -> set[int]:
        """Give the numbers of the names that a text holds."""
        found: set[int] = set()
        for at in range(len(text)):
            for size in self._sizes:
                heads = self._by_head.get(text[at : at + size], ())
                found |= {n for name, n in heads if text.startswith(name, at)}
        return found


def _names(goal: GoalAssessment) -> tuple[str, ...]:
    """Give what an action's text would call a goal."""
    names = (bare(goal.goal.goal_id), bare(goal.goal.title))
    return tuple(name for name in names if len(name) >= _LEAST_TITLE)
