"""What calls for a talk about the follow-up itself: silence, actions, talks, consent."""

from collections.abc import Iterable, Sequence
from datetime import date

from sync.assess.actions import RED, judge_action, uncovered
from sync.assess.model import GoalAssessment
from sync.assess.points import Concern
from sync.assess.process import Rhythm
from sync.assess.reasons import days
from sync.assess.rhythm import says
from sync.assess.shown import title
from sync.config.model import Followup
from sync.records.model import Action, CheckIn, Status
from sync.wording import Text

RECENT_TALK_DAYS = 30
"""What somebody asked for in a talk is followed up for this long."""

_ENDED = frozenset({Status.CLOSED, Status.ACHIEVED})

_SILENT = Text(
    "{n} 个目标太久没有更新，最长 {longest}",
    "goals without an update for long: {n}, at most {longest}",
)
_FLAT = Text(
    "“{title}”有跟进，但数值已有 {n}没有变化",
    "“{title}” is being looked after, but its figure has not moved for {n}",
)
_NO_DATA = Text("{n} 个目标没有进展数据", "{n} goals have no figure yet")
_NO_DATA_ONE = Text("{n} 个目标没有进展数据", "one goal has no figure yet")
_ACTIONS = Text(
    "{n} 项改进行动逾期，最长 {longest}", "overdue actions: {n}, at most {longest}"
)
_ACTIONS_HR = Text(
    "{what}，需要主管和 HR 一起协调支持",
    "{what}; manager and HR could help together",
)
_NO_ACTION = Text(
    "{n} 个滞后或逾期的目标没有对应的改进行动",
    "goals behind or overdue without an action: {n}",
)
_SUPPORT = Text(
    "{day} 沟通时提出了需要的支持", "asked for support in the talk of {day}"
)
_ISSUES = Text("{day} 沟通时提到了困难", "named difficulties in the talk of {day}")
_SINCE = Text("{what}，已持续 {n}", "{what}, for {n} by now")
_UNCONFIRMED = Text("{n} 个目标还没有确认", "goals not confirmed yet: {n}")
_UNDONE = Text(
    "“{title}”确认之后有改动（{what}），需要重新确认",
    "“{title}” was changed after it was confirmed ({what}): please confirm it anew",
)
_TALK = Text(
    "距上次沟通已有 {n}，错过了 {missed} 次",
    "last talk {n} ago, talks missed: {missed}",
)


def of_sheet(goals: Iterable[GoalAssessment], options: Followup) -> Iterable[Concern]:
    """Say what the sheet does not say: updates, values, confirmations."""
    ranked = sorted(goals, key=lambda goal: goal.goal.key)
    silent = [goal for goal in ranked if goal.rule == "at-risk-silent"]
    if silent and options.silent_after_days:
        longest = max(goal.days_silent or 0 for goal in silent)
        text = _SILENT.fill(n=len(silent), longest=days(longest))
        yield Concern("silent", 8 + 2 * min(len(silent), 4), text, tuple(silent))
    for goal in ranked:
        if 0 < options.silent_after_days <= (goal.days_flat or 0):
            n = days(goal.days_flat or 0)
            text = _FLAT.fill(title=title(goal.goal), n=n)
            yield Concern("flat", 7, text, (goal,))
    empty = [goal for goal in ranked if goal.status is Status.NO_DATA]
    if empty:
        weight = 6 + 2 * min(len(empty), 4)
        text = (_NO_DATA_ONE if len(empty) == 1 else _NO_DATA).fill(n=len(empty))
        yield Concern("no_data", weight, text, tuple(empty))
    followed = [goal for goal in ranked if goal.status not in _ENDED]
    if open_ := [goal for goal in followed if goal.goal.acknowledged is False]:
        text = _UNCONFIRMED.fill(n=len(open_))
        yield Concern("unconfirmed", 5, text, tuple(open_))
    for goal in followed:
        if goal.unconfirmed_by:
            what = goal.unconfirmed_by[-1].text
            text = _UNDONE.fill(title=title(goal.goal), what=what)
            yield Concern("unconfirmed", 7, text, (goal,))


def of_actions(
    goals: Sequence[GoalAssessment],
    actions: Sequence[Action],
    options: Followup,
    today: date,
) -> Iterable[Concern]:
    """Say which actions are late, and which red goals have none."""
    judged = [judge_action(action, options, today) for action in actions]
    if late := [one for one in judged if one.days_overdue]:
        longest = days(max(one.days_overdue for one in late))
        text = _ACTIONS.fill(n=len(late), longest=longest)
        if any(one.step == "hr" for one in late):
            text = _ACTIONS_HR.fill(what=text)
        yield Concern("actions", 8 + 4 * min(len(late), 4), text)
    if alone := uncovered(goals, actions, today):
        # Which of several goals is without its action depends on the order of rows when
        # no action names a goal; so the number is told, and all red goals stand for it.
        red = sorted(
            (goal for goal in goals if goal.status in RED),
            key=lambda goal: goal.goal.key,
        )
        text = _NO_ACTION.fill(n=len(alone))
        yield Concern("no_action", 6 * min(len(alone), 2), text, tuple(red))


def of_talks(
    talks: Iterable[CheckIn], rhythm: Rhythm | None, today: date
) -> Iterable[Concern]:
    """Say what the latest talk asked for, and whether talks were missed.

    The words of a talk stay in its own sheet.
    """
    if rhythm and rhythm.missed and rhythm.last:
        passed = days((today - rhythm.last).days)
        text = _TALK.fill(n=passed, missed=rhythm.missed)
        yield Concern("check_in", 4 + 2 * min(rhythm.missed, 4), text)
    held = [
        (talk.held_on, talk)
        for talk in talks
        if talk.held_on and 0 <= (today - talk.held_on).days <= RECENT_TALK_DAYS
    ]
    if not held:
        return
    day = max(on for on, _ in held)
    latest = [talk for on, talk in held if on == day]
    since = rhythm.asks_since if rhythm else None
    for template, weight, texts in (
        (_SUPPORT, 15, [talk.support for talk in latest]),
        (_ISSUES, 8, [talk.issues for talk in latest]),
    ):
        if any(says(text) for text in texts):
            text = template.fill(day=day.isoformat())
            if since is not None and since < day:
                text = _SINCE.fill(what=text, n=days((today - since).days))
            yield Concern("support", weight, text)
            return
