"""The facts that call for a talk, each with its weight, and those to thank for.

Weights are points of our own; what matters is their order: a missed date before a slow
pace, a contradiction before a silence, a gap in the sheet last. A goal's points grow
with its share of the person's weight, up to twice.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sync.assess.actions import RED, days_overdue, uncovered
from sync.assess.labels import WORDS
from sync.assess.model import Change, GoalAssessment, PersonAssessment
from sync.assess.questions import Topic
from sync.assess.reasons import claimed_words, days
from sync.assess.shown import percent, points, title
from sync.assess.words import plain, words
from sync.config.model import Followup
from sync.records.model import Action, CheckIn, Status
from sync.wording import Text

_NOTHING = words("nothing")

NEWS_DAYS = 14
"""A change is news for this long."""
RECENT_TALK_DAYS = 30
"""What somebody asked for in a talk is followed up for this long."""

_TREND = (
    Status.ACHIEVED,
    Status.AHEAD,
    Status.ON_TRACK,
    Status.AT_RISK,
    Status.BEHIND,
    Status.OVERDUE,
)
"""From the best to the worst; other statuses have no trend."""

_OVERDUE = Text("“{title}”已逾期{late}", "“{title}” is overdue{late}")
_LATE = Text(" {n}", " by {n}")
_DONE = Text("{what}，完成 {done}", "{what}, {done} done")
_BEHIND = Text(
    "“{title}”完成 {done}，落后 {gap} 个百分点",
    "“{title}” is {done} done, {gap} points behind",
)
_BEHIND_PLAIN = Text("“{title}”进度滞后", "“{title}” is behind")
_AT_RISK = Text("“{title}”有风险", "“{title}” is at risk")
_AT_RISK_GAP = Text(
    "“{title}”完成 {done}，比计划少 {gap} 个百分点",
    "“{title}” is {done} done, {gap} points short of plan",
)
_ROSY = Text(
    "“{title}”填报“{claimed}”，数据显示“{computed}”",
    "“{title}” is reported “{claimed}”, the data say “{computed}”",
)
_WORSENED = Text(
    "“{title}”由“{before}”变为“{after}”（{since} 以来）",
    "“{title}” went from “{before}” to “{after}” since {since}",
)
_MOVED = Text("“{title}”：{what}", "“{title}”: {what}")
_SILENT = Text(
    "{n} 个目标太久没有更新，最长 {longest}",
    "goals without an update for long: {n}, at most {longest}",
)
_NO_DATA = Text("{n} 个目标没有进展数据", "goals without any value: {n}")
_ACTIONS = Text(
    "{n} 项改进行动逾期，最长 {longest}", "overdue actions: {n}, at most {longest}"
)
_NO_ACTION = Text(
    "{n} 个滞后或逾期的目标没有对应的改进行动",
    "goals behind or overdue without an action: {n}",
)
_SUPPORT = Text(
    "{day} 沟通时提出了需要的支持", "asked for support in the talk of {day}"
)
_ISSUES = Text("{day} 沟通时提到了困难", "named difficulties in the talk of {day}")
_UNCONFIRMED = Text("{n} 个目标还没有确认", "goals not confirmed yet: {n}")

_REACHED = Text("“{title}”已达成", "“{title}” is achieved")
_AHEAD = Text("“{title}”进度领先", "“{title}” is ahead of plan")
_RECOVERED = Text(
    "“{title}”由“{before}”回到“{after}”",
    "“{title}” recovered from “{before}” to “{after}”",
)


@dataclass(frozen=True, slots=True)
class Concern:
    """One fact and its weight."""

    topic: Topic
    points: int
    text: Text
    goals: tuple[GoalAssessment, ...] = ()

    @property
    def goal_key(self) -> str:
        """The key of the first goal it speaks of, for a stable order."""
        return self.goals[0].goal.key if self.goals else ""


def concerns_of(
    one: PersonAssessment,
    talks: Iterable[CheckIn],
    actions: Sequence[Action] | None,
    *,
    options: Followup,
    today: date,
) -> list[Concern]:
    """List what calls for a talk with somebody, in no particular order.

    Args:
        one: The person, judged.
        talks: Their check-ins.
        actions: Theirs; ``None`` when the workbook has no actions at all, and a goal
            without one is therefore no news.
        options: The office's thresholds.
        today: The day judged.
    """
    found: list[Concern] = []
    for goal in one.goals:
        found += _of_goal(goal, today)
    found += _of_sheet(one.goals, options)
    if actions is not None:
        found += _of_actions(one.goals, actions, today)
    found += _of_talks(talks, today)
    return found


def praise_of(goals: Iterable[GoalAssessment], today: date) -> list[Concern]:
    """List what to thank for, news first; only news has points of its own."""
    found: list[Concern] = []
    for goal in goals:
        news = _news(goal, today)
        before = news.status_before if news else goal.status
        recovered = _trend(before) >= _trend(Status.AT_RISK) > _trend(goal.status) >= 0
        slots = {"title": title(goal.goal), "after": WORDS[goal.status]}
        if goal.status is Status.ACHIEVED:
            weight = 5 if before is not Status.ACHIEVED else 0
            found.append(Concern("praise", weight, _REACHED.fill(**slots), (goal,)))
        elif recovered:
            text = _RECOVERED.fill(before=WORDS[before], **slots)
            found.append(Concern("praise", 4, text, (goal,)))
        elif goal.status is Status.AHEAD:
            weight = 3 if before is not Status.AHEAD else 0
            found.append(Concern("praise", weight, _AHEAD.fill(**slots), (goal,)))
    return sorted(found, key=lambda one: (-one.points, one.goal_key))


def _of_goal(goal: GoalAssessment, today: date) -> Iterable[Concern]:
    """Say what one goal gives reason to talk about."""
    name, own = title(goal.goal), (goal,)
    done = percent(goal.progress) if goal.progress is not None else None
    gap = points(goal.gap) if goal.gap is not None else 0
    if goal.status is Status.OVERDUE:
        late = (today - goal.goal.due_on).days if goal.goal.due_on else 0
        tail = _LATE.fill(n=days(late)) if late > 0 else ""
        text = _OVERDUE.fill(title=name, late=tail)
        text = _DONE.fill(what=text, done=done) if done else text
        extra = min(max(late, 0), 30) // 3
        yield Concern("overdue", _grown(40 + extra, goal), text, own)
    elif goal.status is Status.BEHIND:
        text = _BEHIND_PLAIN.fill(title=name)
        if done and gap > 0:
            text = _BEHIND.fill(title=name, done=done, gap=gap)
        extra = min(max(gap, 0), 40) // 4
        yield Concern("behind", _grown(30 + extra, goal), text, own)
    elif goal.status is Status.AT_RISK and goal.rule != "at-risk-silent":
        text = _AT_RISK.fill(title=name)
        if done and gap > 0:
            text = _AT_RISK_GAP.fill(title=name, done=done, gap=gap)
        yield Concern("at_risk", _grown(15, goal), text, own)
    if goal.bias and goal.claimed:
        text = _ROSY.fill(
            title=name, claimed=claimed_words(goal.goal), computed=WORDS[goal.status]
        )
        rosy = goal.bias == "better"
        weight = _grown(20 if rosy else 6, goal)
        yield Concern("rosy" if rosy else "gloomy", weight, text, own)
    yield from _of_change(goal, today)


def _of_change(goal: GoalAssessment, today: date) -> Iterable[Concern]:
    """Say what recently changed for the worse, or was moved."""
    news = _news(goal, today)
    if news is None or goal.status is Status.CLOSED:
        return
    before, after = _trend(news.status_before), _trend(goal.status)
    if 0 <= before < after and goal.status is not Status.ON_TRACK:
        text = _WORSENED.fill(
            title=title(goal.goal),
            before=WORDS[news.status_before],
            after=WORDS[goal.status],
            since=news.since.isoformat(),
        )
        yield Concern("worsened", _grown(10, goal), text, (goal,))
    for what in news.moved:
        text = _MOVED.fill(title=title(goal.goal), what=what)
        yield Concern("moved", 8, text, (goal,))


def _of_sheet(goals: Iterable[GoalAssessment], options: Followup) -> Iterable[Concern]:
    """Say what the sheet does not say: updates, values, confirmations."""
    ranked = sorted(goals, key=lambda goal: goal.goal.key)
    silent = [goal for goal in ranked if goal.rule == "at-risk-silent"]
    if silent and options.silent_after_days:
        longest = max(goal.days_silent or 0 for goal in silent)
        text = _SILENT.fill(n=len(silent), longest=days(longest))
        yield Concern("silent", 8 + 2 * min(len(silent), 4), text, tuple(silent))
    empty = [goal for goal in ranked if goal.status is Status.NO_DATA]
    if empty:
        weight = 6 + 2 * min(len(empty), 4)
        yield Concern("no_data", weight, _NO_DATA.fill(n=len(empty)), tuple(empty))
    open_ = [
        goal
        for goal in ranked
        if goal.goal.acknowledged is False
        and goal.status not in {Status.CLOSED, Status.ACHIEVED}
    ]
    if open_:
        text = _UNCONFIRMED.fill(n=len(open_))
        yield Concern("unconfirmed", 5, text, tuple(open_))


def _of_actions(
    goals: Sequence[GoalAssessment], actions: Sequence[Action], today: date
) -> Iterable[Concern]:
    """Say which actions are late, and which red goals have none."""
    late = [n for action in actions if (n := days_overdue(action, today))]
    if late:
        text = _ACTIONS.fill(n=len(late), longest=days(max(late)))
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


def _of_talks(talks: Iterable[CheckIn], today: date) -> Iterable[Concern]:
    """Say what the latest talk asked for; its words stay in its own sheet."""
    held = [
        (talk.held_on, talk)
        for talk in talks
        if talk.held_on and 0 <= (today - talk.held_on).days <= RECENT_TALK_DAYS
    ]
    if not held:
        return
    day = max(on for on, _ in held)
    latest = [talk for on, talk in held if on == day]
    if any(_says(talk.support) for talk in latest):
        yield Concern("support", 15, _SUPPORT.fill(day=day.isoformat()))
    elif any(_says(talk.issues) for talk in latest):
        yield Concern("support", 8, _ISSUES.fill(day=day.isoformat()))


def _says(text: str) -> bool:
    """Whether a cell says anything but ``无`` or a dash."""
    return plain(text) not in _NOTHING


def _news(goal: GoalAssessment, today: date) -> Change | None:
    """Give a change while it is news."""
    change = goal.change
    recent = change is not None and (today - change.since).days <= NEWS_DAYS
    return change if recent else None


def _trend(status: Status) -> int:
    """Place a status from the best, 0, to the worst; −1 when it has no trend."""
    return _TREND.index(status) if status in _TREND else -1


def _grown(weight: int, goal: GoalAssessment) -> int:
    """Let points grow with a goal's share of the whole, up to twice."""
    share = goal.goal.weight or 0.0
    if not math.isfinite(share):
        share = 0.0
    return round(weight * (1 + min(max(share, 0.0), 1.0)))
