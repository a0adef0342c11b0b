"""M: a number with a unit, a start, a source, or a state that somebody accepts."""

import re
from typing import Final

from sync.smart.case import Case, Words
from sync.smart.rules import Grade, Hit, Rule
from sync.smart.understand import Sort, Understanding
from sync.wording import shorten

POINTS: Final = 35
_NUMBER: Final = 22
_BARE: Final = 18
_BASELINE: Final = 8
_REFERENCE: Final = 5
_LEVEL: Final = 4
_SOURCE: Final = 5
_ACTIVITY: Final = 14
_WORDS_ONLY: Final = 12
_ACCEPTED: Final = 24
_DELIVERED: Final = 10
_LEARNT: Final = 6
_RATE: Final = re.compile(
    r"率|占比|比例|份额|百分比|rate\b|ratio|percent|share\b|proportion|utili[sz]ation"
)
_UNIT_MATTERS: Final = re.compile(
    r"收入|销售额|营收|金额|产值|利润|费用|成本|预算|时长|时间|周期|工期"
    r"|revenue|turnover|spend\b|cost\b|costs\b|budget|profit|savings|lead time|cycle time|duration"
)
"""Measures whose number is worth nothing without its unit: money and time."""
_UNIT_NAMED: Final = re.compile(
    r"元|[$¥€£%]|天|小时|分钟|月|指数|得分|usd|eur|gbp|rmb|days|hours|minutes|weeks|months|index"
)
_COUNTS: Final = re.compile(
    r"number of|# of|count|offices|people|projects|数量|次数|家数|人数|个数|笔数|单数"
)
_DIFFERENCE: Final = re.compile(
    r"[降增涨跌]幅|增长|增速|下降率|降低率|节约率|growth|reduction|increase|decrease|savings?\b|yoy"
)
"""Measures that are a change themselves."""
_DOING: Final = re.compile(
    r"(?:to |i (?:want|will)(?: to)? )?(?:learn|study|master|read|train|take|attend|get)"
)
_MOST: Final = 0.5
"""A cell is missed only where most rows of the sheet fill it."""


def grade(case: Case) -> Grade:
    """Grade: number 22, baseline 8, source 5; a checkable state or activity less."""
    missing = not case.has_measure
    return Grade(min(POINTS, _points(case)), missing=missing or _only_a_name(case))


def _only_a_name(case: Case) -> bool:
    """A measure is named, the sheet has a target column, and this target is empty."""
    goal = case.goal
    named = bool(goal.metric) and not case.has_number and not goal.target
    return named and goal.place.has("target") and not case.words.deliverable


def _points(case: Case) -> int:
    words, goal = case.words, case.goal
    extra = _SOURCE if goal.data_source or _names_source(words) else 0
    target = goal.target
    if target is not None and target.value is not None:
        return _NUMBER + extra + _start_points(case, relative=False)
    if words.results:
        return _result_points(case, words) + extra
    if words.service:
        return _BARE + extra
    if target is not None and target.text:
        return _ACTIVITY + extra
    return _state_points(case, words, extra)


def _state_points(case: Case, words: Words, extra: int) -> int:
    """Grade a goal without any number by the state it wants to see."""
    if words.deliverable and words.content:
        return (_ACCEPTED if words.acceptance else _DELIVERED) + extra
    if any(amount.sort is Sort.RANK for amount in words.title.amounts):
        return _WORDS_ONLY
    if words.title.learning:
        return _LEARNT if words.content else 0
    if case.goal.metric or case.goal.place.has("scoring_criteria"):
        return _WORDS_ONLY + extra
    return 2 if words.acceptance else 0


def _result_points(case: Case, words: Words) -> int:
    results = words.results
    if words.title.activity and all(a.sort is Sort.COUNT for a in results):
        return _ACCEPTED if words.acceptance and words.deliverable else _ACTIVITY
    number = _BARE if all(a.sort is Sort.BARE for a in results) else _NUMBER
    relative = any(a.role == "by" for a in results) or words.title.change in (
        "up",
        "down",
    )
    level = any(a.role == "to" or a.comparator for a in results)
    return number + _start_points(case, relative=relative and not level)


def _start_points(case: Case, *, relative: bool) -> int:
    baseline = case.goal.baseline
    if case.words.baseline == "value" or (baseline and baseline.value is not None):
        return _BASELINE
    if case.words.baseline == "reference":
        return _REFERENCE
    return 0 if relative else _LEVEL


def _names_source(words: Words) -> bool:
    return any(text.sourced for text in (words.title, *words.rest))


def _measure_missing(case: Case) -> Hit | None:
    goal = case.goal
    if case.has_measure or case.table.lacks_measures:
        return None
    field = "target" if goal.place.has("target") else "goal_title"
    field = "measure" if field == "goal_title" and goal.place.has("measure") else field
    title = case.words.title
    own_learning = title.learning and _is_own_doing(title)
    variant = "learning" if own_learning else ""
    return Hit(field, {"text": shorten(case.words.title.text)}, variant)


def _is_own_doing(title: Understanding) -> bool:
    """Tell "learn Python" and 学习新技术 from a project called "Training System"."""
    if title.lang == "zh":
        return title.activity or bool(title.change)
    return bool(title.change) or bool(_DOING.match(title.folded))


def _target_missing(case: Case) -> Hit | None:
    if not _only_a_name(case):
        return None
    return Hit("target", {"measure": shorten(case.goal.metric)})


def _unit_missing(case: Case) -> Hit | None:
    target, goal, words = case.goal.target, case.goal, case.words
    if target is None or target.value is None or target.unit or goal.unit:
        return None
    if words.results:
        return None
    names = f"{words.title.folded} {goal.metric.lower()}"
    if _RATE.search(names) or not _UNIT_MATTERS.search(names):
        return None
    if _UNIT_NAMED.search(names) or _COUNTS.search(names):
        return None
    return Hit("target", {"value": shorten(target.text)})


def _baseline_missing(case: Case) -> Hit | None:
    goal, words = case.goal, case.words
    if words.title.change not in ("up", "down") or words.baseline:
        return None
    if goal.baseline and goal.baseline.value is not None:
        return None
    relative = [
        amount
        for amount in words.title.results
        if amount.role in ("by", "")
        and amount.sort in (Sort.PERCENT, Sort.TIMES, Sort.POINTS)
        and not amount.comparator
    ]
    if not relative:
        return None
    if any(amount.role == "to" for amount in words.title.results):
        return None
    # "Reduction in cost" is measured against its start already.
    if _DIFFERENCE.search(goal.metric.lower()):
        return None
    field = "baseline" if goal.place.has("baseline") else "goal_title"
    first = relative[0]
    return Hit(field, {"amount": case.quoted(first)})


def _source_missing(case: Case) -> Hit | None:
    goal, table = case.goal, case.table
    if goal.data_source or not goal.place.has("data_source"):
        return None
    if table.sourced <= table.goals * _MOST or not case.has_number:
        return None
    return Hit("data_source", {"measure": shorten(goal.metric or goal.title)})


def _percent_or_points(case: Case) -> Hit | None:
    title = case.words.title
    if case.goal.baseline is not None or case.goal.target is not None:
        return None
    if title.baseline == "value" or not _RATE.search(title.folded):
        return None
    for amount in title.results:
        if amount.role == "by" and amount.sort is Sort.PERCENT and amount.value < 1:
            return Hit("goal_title", {"amount": case.quoted(amount)})
    return None


RULES: Final = (
    Rule("M001", "measure-missing", "M", "warning", "goal", _measure_missing),
    Rule("M002", "target-missing", "M", "warning", "goal", _target_missing),
    Rule("M003", "unit-missing", "M", "info", "goal", _unit_missing),
    Rule("M004", "baseline-missing", "M", "info", "goal", _baseline_missing),
    Rule("M005", "data-source-missing", "M", "info", "goal", _source_missing),
    Rule("M101", "percent-or-points", "M", "info", "text", _percent_or_points),
)
