"""The one sentence beside a status: the numbers its rule looked at."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from string import Formatter

from sync.assess.basis import basis_of
from sync.assess.claims import Bias
from sync.assess.labels import WORDS
from sync.assess.progress import NOTHING
from sync.assess.shown import missing_points, percent, points, points_of, shown_range
from sync.assess.status import Facts
from sync.records.model import Goal
from sync.wording import Text, same, shorten

_MISMATCH = 0.05
"""From five points on, a progress column that contradicts the numbers is mentioned."""

_DAYS = Text("{n} 天", "{n} days")
_DAY = Text("{n} 天", "{n} day")

_BEHIND = Text(
    "完成 {done}，按进度应为 {expected}，落后 {gap}",
    "{done} done, {expected} expected by now, {gap} behind",
)
_AHEAD = Text(
    "完成 {done}，按进度应为 {expected}，领先 {gap}",
    "{done} done, {expected} expected by now, {gap} ahead",
)
_EVEN = Text(
    "完成 {done}，按进度应为 {expected}", "{done} done, {expected} expected by now"
)
_OVER_LIMIT = Text(
    "超出上限或目标范围，按达标程度算 {done}，差 {gap}",
    "outside the limit or target range: {done} of the way to meeting it, {gap} short",
)
_WITHIN = Text("到目前为止守住了目标", "kept to the target so far")
_ONLY_DONE = Text("完成 {done}", "{done} done")
_NO_VALUE = Text("还没有填写进度或当前值", "no progress or current value yet")
_NO_VALUE_BUT = Text(
    "还没有填写进度或当前值，按进度应为 {expected}",
    "no progress or current value yet, {expected} expected by now",
)

_CORE: dict[str, Text] = {
    "closed": Text(
        "填报为“{claimed}”，不再跟进", "reported “{claimed}”, no longer followed up"
    ),
    "achieved": Text("完成 {reached}，已达成目标", "{reached} done, target reached"),
    "overdue": Text(
        "{ended}，完成 {done}，还差 {left}", "{ended}, {done} done, {left} to go"
    ),
    "overdue-no-value": Text(
        "{ended}，没有填写任何进展", "{ended}, no progress was ever given"
    ),
    "before-start": Text("{start} 开始，还有 {until}", "starts on {start}, in {until}"),
    "behind-not-started": Text(
        "填报为未开始，按进度应为 {expected}",
        "reported not started, {expected} expected by now",
    ),
    "claimed-not-started": Text("填报为未开始", "reported not started"),
    "not-started": Text("进度为 0", "nothing done yet"),
    "grace": Text(
        "完成 {done}，起步 {grace}内不判断快慢",
        "{done} done, pace is not judged in the first {grace}",
    ),
    "claimed-only": Text(
        "完成 {done}，{undated}，按填报的“{claimed}”",
        "{done} done; {undated}, so “{claimed}” stands as reported",
    ),
    "no-dates": Text(
        "完成 {done}，{undated}，无法判断快慢",
        "{done} done; {undated}, so its pace cannot be judged",
    ),
}

_LEVEL_CORE: dict[str, Text] = {
    "achieved": Text("达到目标要求", "the target is met"),
    "overdue": Text(
        "{ended}，仍未达到目标要求", "{ended}, the target is still not met"
    ),
}
"""The same where a level has to be held, of which one cannot have done a part."""

_ENDED = Text("周期已于 {due} 结束", "the period ended on {due}")
_PASSED = Text("截止日 {due} 已过 {late}", "the due date {due} passed {late} ago")
_UNDATED = Text("没有起止日期", "it has no dates")
_NO_START = Text("没有开始日期", "it has no start date")
_NO_DUE = Text("没有截止日期", "it has no due date")
_BACKWARDS = Text("开始日晚于截止日", "it starts after it is due")

_PARTS = ("p0", "p1", "p2", "p3", "p4", "p5")

_SILENT = Text("{core}，但已有 {silent}没有更新", "{core}, but no update for {silent}")
_HEADING = Text(
    "{core}，但照最近的节奏到期预计 {low}–{high}",
    "{core}, but heading for {low}–{high} at the recent pace",
)
_LEFT = Text("；距截止日还有 {n}", "; {n} left")
_LEFT_PERIOD = Text("；距周期结束还有 {n}", "; {n} left in the period")
_TODAY = Text("；今天截止", "; due today")
_NOTE = Text("（{note}）", " ({note})")
_COLUMN = Text("；进度列填的是 {claimed}", "; the progress column says {claimed}")
_CLAIM: dict[Bias, Text] = {
    "better": Text(
        "；表中填报“{claimed}”，比数据乐观",
        "; reported “{claimed}”, rosier than the data",
    ),
    "worse": Text(
        "；表中填报“{claimed}”，比数据悲观",
        "; reported “{claimed}”, gloomier than the data",
    ),
}


def reason_of(facts: Facts, rule: str, bias: Bias | None) -> Text:
    """Say why a rule fired, with the numbers it used, in one sentence.

    The gap shown is that of the shares shown: 40 % beside 75 % is always 35 points.

    Args:
        facts: What the rule looked at.
        rule: Its code.
        bias: Whether the claimed status disagrees.
    """
    parts = [_core(facts, rule), _note(facts, rule), basis_of(facts, rule)]
    if rule not in {"closed", "overdue", "overdue-no-value", "before-start"}:
        parts.append(_left(facts, rule))
    if bias:
        parts.append(_CLAIM[bias].fill(claimed=claimed_words(facts.goal)))
    parts.append(_column(facts))
    said = [part for part in parts if part is not NOTHING]
    return said[0] if len(said) == 1 else _in_a_row(said)


def _in_a_row(said: Sequence[Text]) -> Text:
    """Say one thing after the other."""
    names = _PARTS[: len(said)]
    slots = "{" + "}{".join(names) + "}"
    return Text(slots, slots, dict(zip(names, said, strict=True)))


@lru_cache(maxsize=1024)
def days(n: int) -> Text:
    """Write a number of days."""
    return (_DAY if n == 1 else _DAYS).fill(n=n)


def _core(facts: Facts, rule: str) -> Text:
    """Say what the rule saw."""
    if rule == "claimed-done":
        return facts.measured.note
    if rule == "no-data":
        expected = facts.pace.expected
        if expected is None or (facts.window.due_is_period and facts.days_late):
            return _NO_VALUE
        return _NO_VALUE_BUT.fill(expected=percent(expected))
    if rule == "at-risk-silent":
        silent = days(facts.days_silent or 0)
        return _SILENT.fill(core=_pace(facts), silent=silent)
    template = _CORE.get(rule)
    if facts.measured.is_level:
        template = _LEVEL_CORE.get(rule, template)
    if template is None:
        return _heading(facts, rule)
    names = _NAMES[template.zh]
    return template.fill(**{name: _SLOTS[name](facts) for name in names})


def _heading(facts: Facts, rule: str) -> Text:
    """Compare with the plan; where the forecast decided, say where it heads."""
    if rule != "at-risk-forecast" or facts.forecast is None:
        return _pace(facts)
    low, high = shown_range(facts.forecast)
    return _HEADING.fill(core=_pace(facts), low=low, high=high)


def _pace(facts: Facts) -> Text:
    """Compare what is done with what was expected."""
    done, expected, _, _ = facts.pace
    if done is None or expected is None:
        return _ONLY_DONE.fill(done=percent(done or 0.0))
    if facts.measured.is_level and done >= 1:
        return _WITHIN
    lag = points(expected) - points(done)
    gap = points_of(str(abs(lag)))
    if facts.measured.is_level:
        template = _OVER_LIMIT
    else:
        template = _BEHIND if lag > 0 else _AHEAD if lag < 0 else _EVEN
    return template.fill(done=percent(done), expected=percent(expected), gap=gap)


def _named(template: Text) -> tuple[str, ...]:
    """List the slots that a template names."""
    return tuple(name for _, name, _, _ in Formatter().parse(template.zh) if name)


def _points_left(facts: Facts) -> Text:
    """Say how much is missing to 100 %."""
    return points_of(missing_points(facts.pace.progress or 0.0))


def _days_until_start(facts: Facts) -> int:
    """Count the days to the start, 0 when it has come."""
    start = facts.window.start or facts.today
    return max((start - facts.today).days, 0)


def _ended(facts: Facts) -> Text:
    """Say when the time was up."""
    due = facts.window.due.isoformat() if facts.window.due else ""
    if facts.window.due_is_period:
        return _ENDED.fill(due=due)
    return _PASSED.fill(due=due, late=days(facts.days_late))


def _undated(facts: Facts) -> Text:
    """Say which date is wanting."""
    start, due = facts.window.start, facts.window.due
    if start and due:
        return _BACKWARDS
    if due:
        return _NO_START
    return _NO_DUE if start else _UNDATED


def _left(facts: Facts, rule: str) -> Text:
    """Say how many days are left, where that matters."""
    due = facts.window.due
    if due is None or due < facts.today or rule in {"achieved", "claimed-done"}:
        return NOTHING
    n = (due - facts.today).days
    if n == 0:
        return _TODAY
    return _still(n, by_period=facts.window.due_is_period)


@lru_cache(maxsize=4096)
def _still(n: int, *, by_period: bool) -> Text:
    """Say how many days are left."""
    return (_LEFT_PERIOD if by_period else _LEFT).fill(n=days(n))


def _note(facts: Facts, rule: str) -> Text:
    """Say where the share comes from, unless that is the column everybody sees."""
    if rule in {"closed", "claimed-done"} or facts.measured.how == "claimed":
        return NOTHING
    note = facts.measured.note
    return NOTHING if note is NOTHING else _NOTE.fill(note=note)


def _column(facts: Facts) -> Text:
    """Mention a progress column that contradicts the numbers."""
    claimed, done = facts.goal.progress, facts.pace.progress
    if claimed is None or done is None or not math.isfinite(claimed):
        return NOTHING
    if facts.measured.how in {"claimed", "limit"}:
        return NOTHING
    if abs(min(max(claimed, 0.0), 1.0) - done) < _MISMATCH:
        return NOTHING
    return _COLUMN.fill(claimed=percent(claimed))


def claimed_words(goal: Goal) -> Text:
    """Quote the claimed status as written."""
    if goal.claimed_text:
        return _quoted(goal.claimed_text)
    return WORDS[goal.claimed_status] if goal.claimed_status else NOTHING


@lru_cache(maxsize=1024)
def _quoted(text: str) -> Text:
    return same(shorten(text, 20))


_SLOTS: dict[str, Callable[[Facts], object]] = {
    "done": lambda facts: percent(facts.pace.progress or 0.0),
    "reached": lambda facts: percent(max(facts.measured.raw or 0.0, 0.0)),
    "expected": lambda facts: percent(facts.pace.expected or 0.0),
    "claimed": lambda facts: claimed_words(facts.goal),
    "ended": _ended,
    "left": _points_left,
    "start": lambda facts: (facts.window.start or facts.today).isoformat(),
    "until": lambda facts: days(_days_until_start(facts)),
    "grace": lambda facts: days(facts.grace_days),
    "undated": _undated,
}
"""What the templates of `_CORE` may name; only what one names is worked out."""

_NAMES = {
    template.zh: _named(template)
    for template in (*_CORE.values(), *_LEVEL_CORE.values())
}
