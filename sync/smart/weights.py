"""Weights and counts: a person's goals share out 100 %, and are few enough."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sync.cells import CellRef
from sync.smart.case import Case, World
from sync.smart.groups import Group, called, is_named, live
from sync.smart.rules import Rule, SetHit

_CROWD: Final = 40
"""So many weighted rows without a person are a library of measures, nobody's goals."""
_HALF: Final = 0.5
_TWICE: Final = 2.0
_ROOMY: Final = 1.5
_ROUNDING: Final = 1e-9


def _weights_not_full(world: World) -> Iterator[SetHit]:
    for group in world.groups:
        weighted = _weighed(group)
        if not weighted or _adds_up(world, weighted):
            continue
        first = weighted[0].goal
        total = math.fsum(case.goal.weight or 0 for case in weighted)
        if not is_named(first) and not _looks_shared_out(weighted, total):
            continue
        slots = {
            "who": called(first),
            "cycle": first.review_cycle,
            "sum": _percent(total),
            "n": len(weighted),
            "empty": sum(1 for case in live(group) if case.goal.weight is None),
        }
        variant = (
            "empty" if slots["empty"] else "" if first.review_cycle else "timeless"
        )
        subject = first.person_key or first.key
        yield SetHit(first.at("weight"), subject, slots, variant)


def _weighed(group: Iterable[Case]) -> Group:
    """Give the goals with a weight, each weight cell once.

    A merged cell weighs the goals beside it together; and a weight in the header, as in
    销售达成50%, is the form's and not one person's to mend.
    """
    weighed: dict[CellRef | int, Case] = {}
    for case in group:
        goal = case.goal
        if goal.weight is None:
            continue
        place = goal.place
        at = place.elsewhere.get("weight")
        row = at.row if at else place.row
        if row > goal.origin.header_row:
            weighed.setdefault(at or row, case)
    return list(weighed.values())


def _looks_shared_out(weighted: Sequence[Case], total: float) -> bool:
    """Tell weights from a library's or from marks on some other scale."""
    return len(weighted) <= _CROWD and _HALF <= total <= _TWICE


def _adds_up(world: World, weighted: Sequence[Case]) -> bool:
    """Accept 100 % with or without the cancelled goals, or 100 % within every part.

    Many sheets weigh each category by itself, each department where no person is
    named, or the key results of each objective; all are full.
    """
    if _is_full(world, weighted) or _is_full(world, live(weighted)):
        return True
    # The key results of an objective share its title, and often its whole weight.
    for part in ("category", "department", "title"):
        parts: dict[str, Group] = defaultdict(list)
        for case in weighted:
            parts[getattr(case.goal, part)].append(case)
        # Goals of 100 % each, every one under a title of its own, share nothing out.
        if part == "title" and len(parts) == len(weighted):
            continue
        if len(parts) > 1 and all(_is_full(world, cases) for cases in parts.values()):
            return True
    return False


def _is_full(world: World, cases: Sequence[Case]) -> bool:
    total = math.fsum(case.goal.weight or 0 for case in cases)
    # The sum of ten times 0.1 is not 1 in binary: the tolerance has to be inclusive.
    return abs(total - 1) <= world.options.weight_tolerance + _ROUNDING


def _percent(share: float) -> str:
    """Write a share as a percentage, without a tail of zeros.

    >>> _percent(0.955)
    '95.5'
    """
    return f"{round(share * 100, 2):g}"


def _weight_too_big(world: World) -> Iterator[SetHit]:
    limit = world.options.max_weight
    for case, weight in _with_room(world):
        if weight > limit + _ROUNDING:
            yield _beyond(case, weight, limit)


def _weight_too_small(world: World) -> Iterator[SetHit]:
    limit = world.options.min_weight
    for case, weight in _with_room(world):
        if weight < limit - _ROUNDING:
            yield _beyond(case, weight, limit)


def _with_room(world: World) -> Iterator[tuple[Case, float]]:
    """Give weights that could be others: 50, 30 and 20 of three is ordinary."""
    options = world.options
    for group in world.groups:
        weighted = _weighed(live(group))
        if len(weighted) * options.max_weight < _ROOMY:
            continue
        if len(weighted) * options.min_weight > 1:
            continue
        total = math.fsum(case.goal.weight or 0 for case in weighted)
        if not _looks_shared_out(weighted, total) or total > _ROOMY:
            continue
        for case in weighted:
            if not case.finished:
                yield case, case.goal.weight or 0.0


def _beyond(case: Case, weight: float, limit: float) -> SetHit:
    slots = {"weight": _percent(weight), "limit": _percent(limit)}
    return SetHit(case.goal.at("weight"), case.goal.key, slots)


def _too_many(world: World) -> Iterator[SetHit]:
    for group in world.groups:
        if len(group) <= world.options.max_goals:
            continue
        open_goals = live(group)
        if len(open_goals) <= world.options.max_goals:
            continue
        first = open_goals[0].goal
        if not is_named(first):
            continue
        slots = {
            "who": called(first),
            "n": len(open_goals),
            "limit": world.options.max_goals,
        }
        yield SetHit(first.at("employee_name"), first.person_key or first.key, slots)


RULES: Final = (
    Rule("A301", "too-many-goals", "A", "info", "set", check_set=_too_many),
    Rule("A302", "weight-too-big", "A", "info", "set", check_set=_weight_too_big),
    Rule("A303", "weight-too-small", "A", "info", "set", check_set=_weight_too_small),
    Rule("R302", "weights-not-100", "R", "error", "set", check_set=_weights_not_full),
)
