"""What ``followup demo`` tells of the weeks it goes through, from what was judged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sync.assess.actions import RED
from sync.assess.evaluation.model import Feedback360
from sync.assess.model import Assessment
from sync.assess.shown import title
from sync.records.model import Status
from sync.wording import Lang, Text

STORY = Text("几周来，每周一同步一次：", "Week by week, one sync every Monday:")
_WEEK = timedelta(days=7)
_WELL = frozenset({Status.ACHIEVED, Status.AHEAD, Status.ON_TRACK})
_BADLY = RED | {Status.AT_RISK}
_SMALL_CHANGES = frozenset({"title"})

_FIGURES = Text(
    "{day}  滞后或逾期 {red}/{n}，一对一 {talks} 次",
    "{day}  {red} of {n} goals behind or overdue, one-to-ones {talks}",
)
_MOVED = Text("{who}：{what}（{why}）", "{who}: {what} ({why})")
_NO_REASON = Text("没写原因", "no reason given")
_RECOVERED = Text("{who}：“{goal}”追上来了", "{who}: “{goal}” has recovered")
_CLOSED = Text("改进行动完成：{what}", "action done: {what}")
_FEEDBACK = Text(
    "360 反馈（{cycle}）已收齐：{who}", "360 feedback ({cycle}) came in for {who}"
)


@dataclass(frozen=True, slots=True)
class Week:
    """One simulated week."""

    assessment: Assessment
    feedback: tuple[Feedback360, ...]
    """What is published, for HR."""


def told(week: Week, lang: Lang, before: Week | None) -> str:
    """Tell one week in a line: figures, then what happened in it."""
    found = week.assessment
    held = [talk.held_on for talk in found.records.check_ins if talk.held_on]
    followed = [goal for goal in found.goals if goal.status is not Status.CLOSED]
    head = _FIGURES.fill(
        day=found.today.isoformat(),
        red=sum(goal.status in RED for goal in followed),
        n=len(followed),
        talks=sum(found.today - _WEEK < day <= found.today for day in held),
    )
    parts = [head, *_happened(week), *_measured(week, before)]
    return ("；" if lang == "zh" else "; ").join(part.in_(lang) for part in parts)


def _happened(week: Week) -> Iterator[Text]:
    """Say which goals were changed or recovered, and which actions were finished."""
    found = week.assessment
    for judged in found.goals:
        for move in judged.moves:
            if move.on == found.today and move.field not in _SMALL_CHANGES:
                why = move.why or _NO_REASON
                yield _MOVED.fill(who=judged.goal.employee, what=move.text, why=why)
        change = judged.change
        was = change.status_before if change else judged.status
        is_news = change is not None and change.since >= found.today - _WEEK
        if is_news and was in _BADLY and judged.status in _WELL:
            yield _RECOVERED.fill(who=judged.goal.employee, goal=title(judged.goal))
    for one in found.actions:
        closed = one.action.closed_on
        if closed and found.today - _WEEK < closed <= found.today:
            yield _CLOSED.fill(what=one.action.action)


def _measured(week: Week, before: Week | None) -> Iterator[Text]:
    """Say whose 360-degree feedback is newly published.

    Never what it says: a terminal is no place for one person's marks.
    """
    known = {
        (one.ratee_key, one.cycle)
        for one in (before.feedback if before else ())
        if one.composite is not None and _has_peers(one)
    }
    for one in week.feedback:
        if _has_peers(one) and (one.ratee_key, one.cycle) not in known:
            yield _FEEDBACK.fill(cycle=one.cycle, who=one.ratee)


def _has_peers(one: Feedback360) -> bool:
    return any(
        group.relation == "peer" and group.mark is not None for group in one.groups
    )
