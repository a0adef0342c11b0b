"""A: the goal can be reached, and is not reached already."""

import re
from functools import lru_cache
from typing import Final

from sync.records.model import Direction
from sync.smart.case import Case
from sync.smart.rules import Grade, Hit, Rule
from sync.smart.understand import Amount, Sort
from sync.smart.understand.fold import fold
from sync.wording import shorten

POINTS: Final = 12
_ASSUMED: Final = 10
"""Nothing speaks against it; a named way to get there earns the rest."""
_MONTH: Final = 31
_WEEK: Final = 7
_HALF: Final = 0.5
_MANY_POINTS: Final = 30
_SCALES: Final = ("分", "公斤", "斤", "kg", "pounds", "lbs")
"""Units of which nobody gains or loses thirty within a month."""
_BUILT: Final = re.compile(
    r"(?:开发|研发|建成|搭建|建设|做出|重构|重写|develop|build|create|rewrite|launch).{0,16}"
    r"(?:app|系统|平台|软件|网站|产品|工厂|大学|platform|system|product|website|application)"
)
_OPEN_RATIO: Final = re.compile(
    r"达成|完成率|增长|增幅|增速|同比|环比|产量|预算|roi|投资回报|负荷|利用率|速动|流动比|覆盖|净|"
    r"achiev|attain|growth|increase|budget|plan|utili|quota|return|coverage|target|retention|net"
)
_CLOSED_RATIO: Final = re.compile(
    r"合格率|及时率|满意率|准确率|准时率|通过率|良品率|出勤率|到岗率|留存率|流失率|离职率|占有率|份额|"
    r"不良率|报废率|缺货率|投诉率|可用率|可用性|成功率|正确率|"
    r"pass rate|on-time|accuracy|market share|uptime|availability|satisfaction rate|"
    r"attendance|turnover rate|defect rate|error rate|churn"
)


def grade(case: Case) -> Grade:
    """Grade: 10 unless something speaks against it, 12 when the way is named."""
    if _too_soon(case) or _superlative(case) or _ratio(case) or _wrong_side(case):
        return Grade(0, missing=True, unreachable=True)
    return Grade(POINTS if case.words.means else _ASSUMED, missing=False)


def _too_soon(case: Case) -> Hit | None:
    """Judge only what no trade can do: halving or building something in days."""
    title = case.words.title
    if not title.deadlines:
        return None
    days = min((t.days for t in title.deadlines if t.days is not None), default=None)
    if days is None or days > _MONTH or title.baseline == "value":
        return None
    big = any(_is_big(amount) for amount in title.results)
    built = days <= _WEEK and bool(_BUILT.search(title.folded))
    if not (big and title.change in ("up", "down")) and not built:
        return None
    time = next(t for t in title.deadlines if t.days == days)
    return Hit("goal_title", {"time": title.text[time.start : time.end].strip()})


def _is_big(amount: Amount) -> bool:
    if amount.role == "to":
        return False
    if amount.sort is Sort.PERCENT:
        return amount.value >= _HALF
    if amount.sort is Sort.POINTS:
        return amount.value >= _MANY_POINTS
    large = amount.unit in _SCALES and amount.value >= _MANY_POINTS
    return large or amount.sort is Sort.TIMES


def _superlative(case: Case) -> Hit | None:
    title = case.words.title
    if title.results or case.goal.target is not None or case.goal.metric:
        return None
    first = any(a.sort is Sort.RANK and a.value == 1 for a in title.amounts)
    if not title.ambition and not first:
        return None
    # A rank in a named list can be checked; "the best" cannot.
    if title.content > 1 and not title.ambition:
        return None
    return Hit("goal_title", {"text": shorten(title.text)})


def _ratio(case: Case) -> Hit | None:
    title, target = case.words.title, case.goal.target
    hit = None
    if target is not None and target.unit == "%" and (target.value or 0) > 1:
        hit = Hit("target", {"value": shorten(target.text)})
    for amount in () if hit else title.results:
        if amount.sort is Sort.PERCENT and amount.role == "to" and amount.value > 1:
            value = title.text[amount.start : amount.end]
            hit = Hit("goal_title", {"value": value})
            break
    if hit is None:
        return None
    names = f"{title.folded} {case.goal.metric.lower()}"
    closed = _CLOSED_RATIO.search(names) and not _OPEN_RATIO.search(names)
    return hit if closed else None


def _wrong_side(case: Case) -> Hit | None:
    direction = _direction(case)
    if direction is None:
        return None
    baseline, target = case.goal.baseline, case.goal.target
    if baseline and target and None not in (baseline.value, target.value):
        if case.goal.direction is None and not _is_plain(case, target.unit):
            return None
        # "Keep cost at 100 or less" is a limit to hold, wherever it starts from.
        if target.comparator and not case.words.title.clear:
            return None
        same_unit = not baseline.unit or not target.unit or baseline.unit == target.unit
        if same_unit and _backwards(baseline.value or 0, target.value or 0, direction):
            slots = {"baseline": shorten(baseline.text), "target": shorten(target.text)}
            return Hit("target", slots, direction.value)
        return None
    return _wrong_side_in_text(case, direction)


def _is_plain(case: Case, unit: str) -> bool:
    """Doubt a rise that is measured in time: faster is a smaller number."""
    timed = unit.endswith(
        ("天", "日", "时", "分钟", "秒", "周", "月", "days", "hours", "h")
    )
    return not timed or case.words.title.change == "down"


def _wrong_side_in_text(case: Case, direction: Direction) -> Hit | None:
    title = case.words.title
    start = next((a for a in title.amounts if a.role == "from"), None)
    if start is None or not title.clear:
        return None
    end = next(
        (a for a in title.amounts if a.role == "to" and a.start > start.start), None
    )
    if end is None or end.sort is not start.sort:
        return None
    # "提升响应速度，从 10 分钟到 5 分钟" is faster: of times, less can be the rise.
    if start.sort is Sort.DURATION and title.change == "up":
        return None
    if not _backwards(start.value, end.value, direction):
        return None
    slots = {
        "baseline": title.text[start.start : start.end].strip(),
        "target": title.text[end.start : end.end].strip(),
    }
    return Hit("goal_title", slots, direction.value)


def _direction(case: Case) -> Direction | None:
    """Which way is better: the column's word, else an unmistakable verb."""
    if case.goal.direction is not None:
        known = case.goal.direction in (Direction.HIGHER, Direction.LOWER)
        return case.goal.direction if known else None
    title = case.words.title
    if not title.clear or not _speaks_of_measure(case):
        return None
    baseline = case.goal.baseline
    if title.change == "down" and baseline is not None and not baseline.value:
        # Nothing falls below zero: the measure counts what was saved.
        return None
    return {"up": Direction.HIGHER, "down": Direction.LOWER}.get(title.change)


def _speaks_of_measure(case: Case) -> bool:
    """Whether the verb's object is what the sheet measures."""
    metric = _named(case.goal.metric)
    return not metric or metric in case.words.title.folded


@lru_cache(maxsize=4096)
def _named(metric: str) -> str:
    return fold(metric).strip()


def _backwards(start: float, end: float, direction: Direction) -> bool:
    return end < start if direction is Direction.HIGHER else end > start


def _already_there(case: Case) -> Hit | None:
    """The baseline is the target: nothing would change."""
    baseline, target = case.goal.baseline, case.goal.target
    if not baseline or not target or None in (baseline.value, target.value):
        return None
    if baseline.value != target.value or not case.words.title.clear:
        return None
    if baseline.unit and target.unit and baseline.unit != target.unit:
        return None
    return Hit("target", {"target": shorten(target.text)})


RULES: Final = (
    Rule("A101", "too-much-too-soon", "A", "warning", "text", _too_soon),
    Rule("A102", "superlative-as-goal", "A", "info", "goal", _superlative),
    Rule("A103", "ratio-above-100-percent", "A", "warning", "goal", _ratio),
    Rule("A201", "target-on-wrong-side-of-baseline", "A", "error", "goal", _wrong_side),
    Rule("A202", "target-already-reached", "A", "info", "goal", _already_there),
)
