"""Targets beside others of their kind: of colleagues, and of the person's own past."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import Final

from sync.records.model import Direction, Goal, Status
from sync.smart.case import Case, World
from sync.smart.groups import is_named
from sync.smart.rules import Rule, SetHit
from sync.smart.understand.fold import fold
from sync.wording import shorten

_PEERS: Final = 5
"""Fewer colleagues with the same measure say nothing."""
_FAR: Final = 3.0
_AT_LEAST: Final = 0.3
"""A planned growth below this is nobody's stretch."""


def _value(goal: Goal) -> float:
    """Give the target as a number; 0 when it has none."""
    target = goal.target
    return target.value or 0.0 if target is not None else 0.0


def _unit(goal: Goal) -> str:
    return _named((goal.target.unit if goal.target else "") or goal.unit)


@lru_cache(maxsize=4096)
def _named(text: str) -> str:
    return fold(text).strip()


def _asks_less(case: Case) -> bool:
    return (
        case.goal.direction is Direction.LOWER or case.words.title.change == "down"
    ) and case.goal.direction is not Direction.HIGHER


def _beyond_peers(world: World) -> Iterator[SetHit]:
    """Targets of one measure, unit, period and table, one colleague beside the others."""
    kinds: dict[tuple[object, ...], list[Case]] = defaultdict(list)
    for case in world.cases:
        goal = case.goal
        if not goal.metric or case.closed or _value(goal) <= 0 or not is_named(goal):
            continue
        name = _named(goal.metric)
        kinds[name, _unit(goal), goal.review_cycle, goal.origin].append(case)
    for cases in kinds.values():
        people = {case.goal.person_key or case.goal.employee for case in cases}
        if len(people) <= _PEERS:
            continue
        middle = median([_value(case.goal) for case in cases])
        for case in cases:
            if _value(case.goal) <= middle * _FAR or case.finished or _asks_less(case):
                continue
            goal = case.goal
            slots = {
                "target": shorten(goal.target.text if goal.target else ""),
                "measure": shorten(goal.metric),
                "n": len(people),
                "median": _shown(middle, goal),
            }
            yield SetHit(goal.at("target"), goal.key, slots)


def _shown(value: float, goal: Goal) -> str:
    """Write a figure the way the target's own unit does."""
    unit = (goal.target.unit if goal.target else "") or ""
    return f"{value * 100:g}%" if unit == "%" else f"{value:g}{unit}"


def _histories(world: World) -> Iterator[tuple[Case, Sequence[Goal]]]:
    """Give each open goal with its person's earlier goals of the same measure.

    Only half-years, quarters and years: a monthly figure swings.
    """
    if len({case.goal.review_cycle for case in world.cases}) < 2:  # noqa: PLR2004
        return
    found: dict[tuple[object, ...], list[Case]] = defaultdict(list)
    for case in world.cases:
        goal = case.goal
        person = goal.person_key or goal.employee_id or goal.employee
        cycle = goal.review_cycle
        if not person or not cycle[:4].isdigit() or "-" in cycle or not goal.metric:
            continue
        shape = cycle[4:5], len(cycle)
        found[person, _named(goal.metric), _unit(goal), shape].append(case)
    for cases in found.values():
        cases.sort(key=lambda case: case.goal.review_cycle)
        cycles = [case.goal.review_cycle for case in cases]
        if len(cases) < 2 or len(set(cycles)) < len(cycles):  # noqa: PLR2004
            continue
        last = cases[-1]
        if not (last.closed or last.finished) and _value(last.goal) > 0:
            yield last, [case.goal for case in cases[:-1] if not case.closed]


def _actual(goal: Goal) -> float | None:
    return goal.current.value if goal.current is not None else None


def _reached_before(world: World) -> Iterator[SetHit]:
    for case, earlier in _histories(world):
        goal, title = case.goal, case.words.title
        # A standing target is meant to be held; only words that ask for more are not.
        if not earlier or not title.clear:
            continue
        before = _actual(earlier[-1])
        if before is None or earlier[-1].claimed_status is Status.CLOSED:
            continue
        less = title.change == "down"
        if before > _value(goal) if less else before < _value(goal):
            continue
        slots = {
            "target": shorten(goal.target.text if goal.target else ""),
            "cycle": earlier[-1].review_cycle,
            "actual": shorten(earlier[-1].current.text if earlier[-1].current else ""),
        }
        yield SetHit(goal.at("target"), goal.key, slots)


def _beyond_own_past(world: World) -> Iterator[SetHit]:
    for case, earlier in _histories(world):
        goal = case.goal
        actuals = [value for it in earlier if (value := _actual(it)) is not None]
        if len(actuals) < 2 or min(actuals) <= 0 or _asks_less(case):  # noqa: PLR2004
            continue
        pairs = pairwise(actuals)
        best = max(after / before - 1 for before, after in pairs)
        planned = _value(goal) / actuals[-1] - 1
        if best <= 0 or planned <= max(best * _FAR, _AT_LEAST):
            continue
        slots = {
            "target": shorten(goal.target.text if goal.target else ""),
            "planned": f"{planned * 100:.0f}",
            "best": f"{best * 100:.0f}",
        }
        yield SetHit(goal.at("target"), goal.key, slots)


RULES: Final = (
    Rule("A304", "target-far-beyond-peers", "A", "info", "set", None, _beyond_peers),
    Rule("A305", "target-reached-before", "A", "info", "set", None, _reached_before),
    Rule("A306", "growth-beyond-own-past", "A", "info", "set", None, _beyond_own_past),
)
