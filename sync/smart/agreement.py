"""M across columns: the words, the target, the unit and the baseline agree."""

import re
from typing import Final

from sync.records.model import Quantity
from sync.smart.case import Case
from sync.smart.rules import Hit, Rule
from sync.smart.understand import Amount, Sort, understand
from sync.wording import shorten

_FACTORS: Final = (1, 100, 1e3, 1e4, 1e6, 1e8)
"""How far apart the same number may stand: 98 and 98%, 1850 and 1850万."""
_CLOSE: Final = 1e-6


def _target_disagrees(case: Case) -> Hit | None:
    target = case.goal.target
    if target is None or target.value is None:
        return None
    ends = [a for a in case.words.title.results if a.role == "to" or a.comparator]
    ends = [a for a in ends if _comparable(a, target)]
    if not ends or any(_same(a, target) for a in case.words.title.amounts):
        return None
    slots = {"text": case.quoted(ends[0]), "target": shorten(target.text)}
    return Hit("target", slots)


def _comparable(amount: Amount, target: Quantity) -> bool:
    """Only numbers of the same unit can disagree."""
    if amount.sort is Sort.PERCENT:
        return target.unit == "%"
    if amount.sort in (Sort.RANK, Sort.TIMES, Sort.POINTS):
        return False
    unit = target.unit.lower().strip()
    return bool(unit) and unit == amount.unit


def _same(amount: Amount, target: Quantity) -> bool:
    """Compare generously: 98 and 98%, 1850 and 1850万 are one number."""
    wanted = target.value
    if wanted is None:
        return False
    for value in (amount.value, amount.upper):
        if value is None:
            continue
        for factor in _FACTORS:
            if _near(value, wanted * factor) or _near(value * factor, wanted):
                return True
    return False


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= _CLOSE * max(1.0, abs(one), abs(other))


_DIMENSIONS: Final = (
    ("percent", re.compile(r"%|％|百分比|百分率|percent(?:age)?|pct")),
    (
        "time",
        re.compile(
            r"(?:工作)?[天日周月年]|个月|小时|分钟|秒|hours?|days?|weeks?|months?|min(?:ute)?s?|ms|h"
        ),
    ),
    (
        "money",
        re.compile(
            r"[千百十]?[万亿]?元|美元|rmb|cny|usd|eur|k ?usd|[$¥€]|dollars?|euros?"
        ),
    ),
    (
        "count",
        re.compile(r"[人个次件家份篇台套项名场]|people|items?|cases?|units?|pieces?"),
    ),
)


def _dimension(unit: str) -> str:
    folded = understand(unit).folded.strip()
    for name, pattern in _DIMENSIONS:
        if pattern.fullmatch(folded):
            return name
    return ""


def _unit_disagrees(case: Case) -> Hit | None:
    goal = case.goal
    if not goal.unit or goal.target is None or not goal.target.unit:
        return None
    if goal.unit == goal.target.unit or not goal.place.has("unit"):
        return None
    column, written = _dimension(goal.unit), _dimension(goal.target.unit)
    if not column or not written or column == written:
        return None
    slots = {"unit": shorten(goal.unit), "target": shorten(goal.target.text)}
    return Hit("unit", slots)


def _baseline_disagrees(case: Case) -> Hit | None:
    baseline = case.goal.baseline
    if baseline is None or baseline.value is None:
        return None
    starts = [a for a in case.words.title.amounts if a.role == "from"]
    if len(starts) != 1 or not _comparable(starts[0], baseline):
        return None
    if _same(starts[0], baseline):
        return None
    slots = {"text": case.quoted(starts[0]), "baseline": shorten(baseline.text)}
    return Hit("baseline", slots)


RULES: Final = (
    Rule("M201", "target-not-as-in-text", "M", "warning", "goal", _target_disagrees),
    Rule("M202", "unit-not-as-in-target", "M", "warning", "goal", _unit_disagrees),
    Rule(
        "M203", "baseline-not-as-in-text", "M", "warning", "goal", _baseline_disagrees
    ),
)
