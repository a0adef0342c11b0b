"""What a person's goals give reason to talk about, and what to thank for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sync.assess.gaps import of_actions, of_sheet, of_talks
from sync.assess.labels import WORDS
from sync.assess.model import Change, GoalAssessment, PersonAssessment
from sync.assess.points import Concern, grown
from sync.assess.process import Rhythm, Strain
from sync.assess.reasons import claimed_words, days
from sync.assess.shown import percent, points, shown_range, title
from sync.config.model import Followup
from sync.records.model import Action, CheckIn, Status
from sync.wording import Text

NEWS_DAYS = 14
"""A change is news for this long."""

_TREND = (
    Status.ACHIEVED,
    Status.AHEAD,
    Status.ON_TRACK,
    Status.AT_RISK,
    Status.BEHIND,
    Status.OVERDUE,
)
"""From the best to the worst; other statuses have no trend."""
_PRESSING = frozenset({Status.OVERDUE, Status.BEHIND, Status.AT_RISK})

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
_ROSY_FOR = Text("{what}，已是第 {n} 周", "{what}, now in week {n}")
_WORSENED = Text(
    "“{title}”由“{before}”变为“{after}”（{since} 以来）",
    "“{title}” went from “{before}” to “{after}” since {since}",
)
_MOVED = Text("“{title}”：{what}", "“{title}”: {what}")
_GOALPOST = {
    "last-third": Text(
        "“{title}”：{what}，此时周期已过三分之二",
        "“{title}”: {what}, in the last third of its time",
    ),
    "after-red": Text(
        "“{title}”：{what}，此前目标已经滞后或逾期",
        "“{title}”: {what}, when it was behind or overdue already",
    ),
}
_SURE = Text(
    "“{title}”信心 {share}，进度却是“{computed}”",
    "“{title}”: confidence {share}, while its pace says “{computed}”",
)
_WORRIED = Text(
    "“{title}”进度正常，但信心只有 {share}",
    "“{title}” is in pace, but confidence is only {share}",
)
_STRAIN = Text(
    "“{title}”进展不错，护栏指标“{guard}”却是“{computed}”",
    "“{title}” goes well, while “{guard}”, which guards it, is “{computed}”",
)
_FORECAST = Text(
    "“{title}”照最近的节奏，到期预计只能完成 {low}–{high}",
    "“{title}” is heading for {low}–{high} by its due date at its recent pace",
)

_REACHED = Text("“{title}”已达成", "“{title}” is achieved")
_AHEAD = Text("“{title}”进度领先", "“{title}” is ahead of plan")
_RECOVERED = Text(
    "“{title}”由“{before}”回到“{after}”",
    "“{title}” recovered from “{before}” to “{after}”",
)


def concerns_of(  # noqa: PLR0913 - each is a fact of its own, named at the call
    one: PersonAssessment,
    talks: Iterable[CheckIn],
    actions: Sequence[Action] | None,
    *,
    options: Followup,
    today: date,
    rhythm: Rhythm | None = None,
    strains: Mapping[str, Strain] | None = None,
) -> list[Concern]:
    """List what calls for a talk with somebody, in no particular order.

    Args:
        one: The person, judged.
        talks: Their check-ins.
        actions: Theirs; ``None`` when the workbook has no actions at all, and a goal
            without one is therefore no news.
        options: The office's thresholds.
        today: The day judged.
        rhythm: How regularly they are talked with, where the workbook has talks.
        strains: `Goal.key` → the goal beside the one that guards it.
    """
    found: list[Concern] = []
    for goal in one.goals:
        if goal.status in _PRESSING or goal.bias or goal.doubt or goal.change:
            found += _of_goal(goal, today)
        if strain := (strains or {}).get(goal.goal.key):
            found.append(_of_strain(goal, strain))
    found += of_sheet(one.goals, options)
    if actions is not None:
        found += of_actions(one.goals, actions, options, today)
    found += of_talks(talks, rhythm, today)
    return found


def praise_of(goals: Iterable[GoalAssessment], today: date) -> list[Concern]:
    """List what to thank for, news first; only news has points of its own."""
    found: list[Concern] = []
    for goal in goals:
        news = _news(goal, today)
        before = news.status_before if news else goal.status
        recovered = _trend(before) >= _trend(Status.AT_RISK) > _trend(goal.status) >= 0
        if goal.status is Status.ACHIEVED:
            weight = 5 if before is not Status.ACHIEVED else 0
            text = _REACHED.fill(title=title(goal.goal))
            found.append(Concern("praise", weight, text, (goal,)))
        elif recovered:
            text = _RECOVERED.fill(
                title=title(goal.goal), before=WORDS[before], after=WORDS[goal.status]
            )
            found.append(Concern("praise", 4, text, (goal,)))
        elif goal.status is Status.AHEAD:
            weight = 3 if before is not Status.AHEAD else 0
            text = _AHEAD.fill(title=title(goal.goal))
            found.append(Concern("praise", weight, text, (goal,)))
    return sorted(found, key=lambda one: (-one.points, one.goal_key))


def _gap(goal: GoalAssessment) -> int:
    """Give the points behind plan; as in `reason_of`, between the shares shown."""
    if goal.progress is None or goal.expected is None:
        return 0
    return points(goal.expected) - points(goal.progress)


def _of_goal(goal: GoalAssessment, today: date) -> Iterable[Concern]:
    """Say what one goal gives reason to talk about."""
    name, own = title(goal.goal), (goal,)
    done = percent(goal.progress) if goal.progress is not None else None
    gap = _gap(goal)
    if goal.status is Status.OVERDUE:
        late = (today - goal.goal.due_on).days if goal.goal.due_on else 0
        tail = _LATE.fill(n=days(late)) if late > 0 else ""
        text = _OVERDUE.fill(title=name, late=tail)
        text = _DONE.fill(what=text, done=done) if done else text
        extra = min(max(late, 0), 30) // 3
        yield Concern("overdue", grown(40 + extra, goal), text, own)
    elif goal.status is Status.BEHIND:
        text = _BEHIND_PLAIN.fill(title=name)
        if done and gap > 0:
            text = _BEHIND.fill(title=name, done=done, gap=gap)
        extra = min(max(gap, 0), 40) // 4
        yield Concern("behind", grown(30 + extra, goal), text, own)
    elif goal.status is Status.AT_RISK and goal.rule != "at-risk-silent":
        text = _AT_RISK.fill(title=name)
        if goal.rule == "at-risk-forecast" and goal.forecast:
            low, high = shown_range(goal.forecast)
            text = _FORECAST.fill(title=name, low=low, high=high)
        elif done and gap > 0:
            text = _AT_RISK_GAP.fill(title=name, done=done, gap=gap)
        yield Concern("at_risk", grown(15, goal), text, own)
    if goal.bias and goal.claimed:
        text = _ROSY.fill(
            title=name, claimed=claimed_words(goal.goal), computed=WORDS[goal.status]
        )
        if goal.disagrees_weeks > 1:
            text = _ROSY_FOR.fill(what=text, n=goal.disagrees_weeks)
        rosy = goal.bias == "better"
        longer = 2 * min(goal.disagrees_weeks - 1, 4)
        weight = grown((20 if rosy else 6) + longer, goal)
        yield Concern("rosy" if rosy else "gloomy", weight, text, own)
    if goal.doubt and goal.goal.confidence is not None:
        sure = goal.doubt == "sure"
        text = (_SURE if sure else _WORRIED).fill(
            title=name,
            share=percent(goal.goal.confidence),
            computed=WORDS[goal.status],
        )
        yield Concern(goal.doubt, grown(8 if sure else 12, goal), text, own)
    yield from _of_change(goal, today)


def _of_strain(goal: GoalAssessment, strain: Strain) -> Concern:
    """Say that a goal may go well at the cost of another."""
    text = _STRAIN.fill(
        title=title(goal.goal),
        guard=title(strain.guard),
        computed=WORDS[strain.guard_status],
    )
    return Concern("strain", grown(10, goal), text, (goal,))


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
        yield Concern("worsened", grown(10, goal), text, (goal,))
    posts = [
        move
        for move in goal.moves
        if move.late and 0 <= (today - move.on).days <= NEWS_DAYS
    ]
    for move in posts:
        assert move.late
        text = _GOALPOST[move.late].fill(title=title(goal.goal), what=move.text)
        yield Concern("goalposts", grown(14, goal), text, (goal,))
    if posts:
        return
    for what in news.moved:
        text = _MOVED.fill(title=title(goal.goal), what=what)
        yield Concern("moved", 8, text, (goal,))


def _news(goal: GoalAssessment, today: date) -> Change | None:
    """Give a change while it is news."""
    change = goal.change
    recent = change is not None and (today - change.since).days <= NEWS_DAYS
    return change if recent else None


def _trend(status: Status) -> int:
    """Place a status from the best, 0, to the worst; −1 when it has no trend."""
    return _TREND.index(status) if status in _TREND else -1
