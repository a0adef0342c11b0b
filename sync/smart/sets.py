"""Rules about several goals: weights, counts, duplicates, what a whole table lacks."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sync.cells import CellRef
from sync.records.model import Goal, Status
from sync.smart.case import Case, World
from sync.smart.rules import Rule, SetHit
from sync.smart.understand.fold import fold
from sync.wording import shorten

_FEW: Final = 3
"""Below so many goals a share or a habit says nothing."""
_CROWD: Final = 40
"""So many weighted rows without a person are a library of measures, nobody's goals."""

Group = list[Case]
_Key = tuple[object, ...]


def _groups(world: World) -> dict[_Key, Group]:
    """Gather the goals of one person and period; without persons, of one table."""
    groups: dict[_Key, Group] = defaultdict(list)
    for case in world.cases:
        goal = case.goal
        person = goal.person_key or goal.employee_id or goal.employee
        groups[person, goal.review_cycle, goal.origin].append(case)
    return groups


def _weights_not_full(world: World) -> Iterator[SetHit]:
    for group in _groups(world).values():
        weighted = [case for case in group if case.goal.weight is not None]
        if not weighted or _adds_up(world, weighted):
            continue
        first = weighted[0].goal
        nameless = not (first.employee or first.employee_id or first.person_key)
        if nameless and len(weighted) > _CROWD:
            continue
        slots = {
            "who": _who(first),
            "cycle": first.review_cycle,
            "sum": _percent(math.fsum(case.goal.weight or 0 for case in weighted)),
            "n": len(weighted),
            "empty": sum(1 for case in _live(group) if case.goal.weight is None),
        }
        variant = (
            "empty" if slots["empty"] else "" if first.review_cycle else "timeless"
        )
        subject = first.person_key or first.key
        yield SetHit(first.at("weight"), subject, slots, variant)


def _live(cases: Iterable[Case]) -> list[Case]:
    return [case for case in cases if case.goal.claimed_status is not Status.CLOSED]


def _adds_up(world: World, weighted: Sequence[Case]) -> bool:
    """Accept 100 % with or without the cancelled goals, or 100 % within every part.

    Many sheets weigh each category by itself, or each department where no person is
    named; both are full.
    """
    if _is_full(world, weighted) or _is_full(world, _live(weighted)):
        return True
    for part in ("category", "department"):
        parts: dict[str, Group] = defaultdict(list)
        for case in weighted:
            parts[getattr(case.goal, part)].append(case)
        if len(parts) > 1 and all(_is_full(world, cases) for cases in parts.values()):
            return True
    return False


def _is_full(world: World, cases: Sequence[Case]) -> bool:
    total = math.fsum(case.goal.weight or 0 for case in cases)
    # The sum of ten times 0.1 is not 1 in binary: the tolerance has to be inclusive.
    return abs(total - 1) <= world.options.weight_tolerance + 1e-9


def _who(goal: Goal) -> str:
    return goal.employee or goal.employee_id or goal.department or goal.origin.sheet


def _percent(share: float) -> str:
    """Write a share as a percentage, without a tail of zeros.

    >>> _percent(0.955)
    '95.5'
    """
    return f"{round(share * 100, 2):g}"


def _weight_too_big(world: World) -> Iterator[SetHit]:
    yield from _weights_beyond(world, big=True)


def _weight_too_small(world: World) -> Iterator[SetHit]:
    yield from _weights_beyond(world, big=False)


def _weights_beyond(world: World, *, big: bool) -> Iterator[SetHit]:
    """Judge a weight only where another share was possible: never of two goals."""
    options = world.options
    limit = options.max_weight if big else options.min_weight
    for group in _groups(world).values():
        weighted = [case for case in _live(group) if case.goal.weight is not None]
        if len(weighted) < _FEW or len(weighted) * options.max_weight <= 1:
            continue
        if len(weighted) > _CROWD or len(weighted) * options.min_weight > 1:
            continue
        for case in weighted:
            weight = case.goal.weight or 0.0
            beyond = weight > limit + 1e-9 if big else weight < limit - 1e-9
            if beyond and not case.finished:
                slots = {"weight": _percent(weight), "limit": _percent(limit)}
                yield SetHit(case.goal.at("weight"), case.goal.key, slots)


def _too_many(world: World) -> Iterator[SetHit]:
    for group in _groups(world).values():
        live = _live(group)
        first = live[0].goal if live else None
        if first is None or len(live) <= world.options.max_goals:
            continue
        if not (first.person_key or first.employee or first.employee_id):
            continue
        slots = {"who": _who(first), "n": len(live), "limit": world.options.max_goals}
        yield SetHit(first.at("employee_name"), first.person_key or first.key, slots)


def _content(goal: Goal) -> tuple[str, ...]:
    """Everything that tells two goals apart, folded."""
    target = goal.target.text if goal.target else ""
    texts = (goal.title, goal.description, goal.metric, target)
    return tuple("".join(fold(text).split()) for text in texts)


def _duplicates(world: World) -> Iterator[SetHit]:
    for group in _groups(world).values():
        seen: dict[tuple[str, ...], Goal] = {}
        for case in _live(group):
            goal = case.goal
            earlier = seen.setdefault(_content(goal), goal)
            if earlier is goal or earlier.place.row == goal.place.row:
                continue
            slots = {"text": shorten(goal.title), "cell": earlier.at("goal_title").a1}
            yield SetHit(goal.at("goal_title"), goal.key, slots)


def _copies(world: World) -> Iterator[SetHit]:
    """Goals that repeat another period's word for word, once a person and period.

    A monthly measure with a standing target is meant to repeat; a goal of a half-year
    or a year is not.
    """
    first_seen: dict[tuple[object, tuple[str, ...]], str] = {}
    copied: dict[tuple[object, str], Group] = defaultdict(list)
    for case in sorted(world.cases, key=lambda case: case.goal.review_cycle):
        goal = case.goal
        person, cycle = (
            goal.person_key or goal.employee_id or goal.employee,
            goal.review_cycle,
        )
        if not person or not cycle or "-" in cycle or goal.metric == goal.title:
            continue
        earlier = first_seen.setdefault((person, _content(goal)), cycle)
        if earlier != cycle and not case.finished and not case.closed:
            copied[person, cycle].append(case)
    for group in copied.values():
        goal = group[0].goal
        slots = {"who": _who(goal), "n": len(group), "text": shorten(goal.title)}
        yield SetHit(goal.at("goal_title"), goal.key, slots)


def _only_activities(world: World) -> Iterator[SetHit]:
    for group in _groups(world).values():
        live = _live(group)
        if len(live) < _FEW or not all(_is_activity(case) for case in live):
            continue
        first = live[0].goal
        slots = {"who": _who(first), "n": len(live)}
        yield SetHit(first.at("goal_title"), first.person_key or first.key, slots)


def _is_activity(case: Case) -> bool:
    title, goal = case.words.title, case.goal
    return title.activity and not goal.metric and not goal.target


def _no_times(world: World) -> Iterator[SetHit]:
    for group in _tables(world):
        first = group[0].goal
        if world.tables[first.origin].timed == 0:
            field = "due_date" if first.place.has("due_date") else "goal_title"
            yield SetHit(_header(first, field), "", {"n": len(group)})


def _no_measures(world: World) -> Iterator[SetHit]:
    for group in _tables(world):
        first = group[0].goal
        if world.tables[first.origin].measured == 0:
            field = "target" if first.place.has("target") else "goal_title"
            yield SetHit(_header(first, field), "", {"n": len(group)})


def _tables(world: World) -> Iterator[Group]:
    """Give the open goals of each table that has any."""
    tables: dict[object, Group] = defaultdict(list)
    for case in _live(world.cases):
        if not case.finished:
            tables[case.goal.origin].append(case)
    yield from tables.values()


def _header(goal: Goal, field: str) -> CellRef:
    at = goal.at(field)
    return CellRef(goal.origin.sheet, goal.origin.header_row, at.column)


RULES: Final = (
    Rule("S301", "duplicate-goal", "S", "warning", "set", check_set=_duplicates),
    Rule("S302", "copy-of-last-period", "S", "info", "set", check_set=_copies),
    Rule(
        "M301",
        "table-without-measures",
        "M",
        "warning",
        "table",
        check_set=_no_measures,
    ),
    Rule("M302", "only-activities", "M", "info", "set", check_set=_only_activities),
    Rule("A301", "too-many-goals", "A", "info", "set", check_set=_too_many),
    Rule("A302", "weight-too-big", "A", "info", "set", check_set=_weight_too_big),
    Rule("A303", "weight-too-small", "A", "info", "set", check_set=_weight_too_small),
    Rule("R302", "weights-not-100", "R", "error", "set", check_set=_weights_not_full),
    Rule("T301", "table-without-dates", "T", "warning", "table", check_set=_no_times),
)
