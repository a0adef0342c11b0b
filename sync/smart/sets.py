"""Rules about several goals: weights, counts, duplicates, what a whole table lacks."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
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
_HALF: Final = 0.5
_ROOMY: Final = 1.5
_RARE: Final = 0.05
_TWICE: Final = 2.0

Group = list[Case]


def groups_of(cases: Iterable[Case]) -> list[Group]:
    """Gather the goals of one person and period; without persons, of one table."""
    cases = list(cases)
    # A row whose employee number is mistyped still belongs to the name it bears.
    keys: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        if case.goal.person_key:
            keys[case.goal.employee].add(case.goal.person_key)
    groups: dict[tuple[object, ...], Group] = defaultdict(list)
    for case in cases:
        goal = case.goal
        person = goal.person_key
        if person is None and goal.employee:
            named = keys.get(goal.employee, set())
            person = next(iter(named)) if len(named) == 1 else None
        person = person or goal.employee_id or goal.employee
        groups[person, goal.review_cycle, goal.origin].append(case)
    return list(groups.values())


def _weights_not_full(world: World) -> Iterator[SetHit]:
    for group in world.groups:
        weighted = _weighed(group)
        if not weighted or _adds_up(world, weighted):
            continue
        first = weighted[0].goal
        total = math.fsum(case.goal.weight or 0 for case in weighted)
        if not _is_named(first) and not _looks_shared_out(weighted, total):
            continue
        slots = {
            "who": _who(first),
            "cycle": first.review_cycle,
            "sum": _percent(total),
            "n": len(weighted),
            "empty": sum(1 for case in _live(group) if case.goal.weight is None),
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
    weighed: dict[CellRef, Case] = {}
    for case in group:
        goal = case.goal
        if goal.weight is None:
            continue
        at = goal.at("weight")
        if at.row > goal.origin.header_row:
            weighed.setdefault(at, case)
    return list(weighed.values())


def _is_named(goal: Goal) -> bool:
    return bool(goal.employee or goal.employee_id or goal.person_key)


def _looks_shared_out(weighted: Sequence[Case], total: float) -> bool:
    """Tell weights from a library's or from marks on some other scale."""
    return len(weighted) <= _CROWD and _HALF <= total <= _TWICE


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
    """Judge a weight only where there was room: 50, 30 and 20 of three is ordinary."""
    options = world.options
    limit = options.max_weight if big else options.min_weight
    for group in world.groups:
        weighted = _weighed(_live(group))
        if len(weighted) * options.max_weight < _ROOMY:
            continue
        if len(weighted) * options.min_weight > 1:
            continue
        total = math.fsum(case.goal.weight or 0 for case in weighted)
        if not _looks_shared_out(weighted, total):
            continue
        for case in weighted:
            weight = case.goal.weight or 0.0
            beyond = weight > limit + 1e-9 if big else weight < limit - 1e-9
            if beyond and not case.finished:
                slots = {"weight": _percent(weight), "limit": _percent(limit)}
                yield SetHit(case.goal.at("weight"), case.goal.key, slots)


def _too_many(world: World) -> Iterator[SetHit]:
    for group in world.groups:
        if len(group) <= world.options.max_goals:
            continue
        live = _live(group)
        if len(live) <= world.options.max_goals:
            continue
        first = live[0].goal
        if not _is_named(first):
            continue
        slots = {"who": _who(first), "n": len(live), "limit": world.options.max_goals}
        yield SetHit(first.at("employee_name"), first.person_key or first.key, slots)


def _content(goal: Goal) -> tuple[str, ...]:
    """Everything that tells two goals apart, folded."""
    target = goal.target.text if goal.target else ""
    texts = (goal.title, goal.description, goal.metric, target)
    return tuple([_squeezed(text) for text in texts])


@lru_cache(maxsize=65_536)
def _squeezed(text: str) -> str:
    return "".join(fold(text).split())


def _identity(goal: Goal) -> tuple[object, ...]:
    """What makes two rows one goal; without a person it takes all their numbers.

    Rows of a table without persons are told apart by columns we do not read, such as
    a country; only where every number agrees as well are they the same.
    """
    if _is_named(goal):
        return _content(goal)
    figures = (goal.baseline, goal.current, goal.progress, goal.weight, goal.due_on)
    return (*_content(goal), goal.department, goal.category, *figures)


def _duplicates(world: World) -> Iterator[SetHit]:
    for group in world.groups:
        found = list(_repeated(group))
        # So many repeats without a person: a column we do not read tells them apart.
        if _is_named(group[0].goal) or len(found) <= max(1, len(group) * _RARE):
            yield from found


def _repeated(group: Iterable[Case]) -> Iterator[SetHit]:
    """Find the goals of one group that stand there a second time."""
    seen: dict[tuple[object, ...], Goal] = {}
    for case in _live(group):
        goal, title = case.goal, case.words.title
        if not (title.content or title.nouns):
            continue
        earlier = seen.setdefault(_identity(goal), goal)
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
    for group in world.groups:
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
        facts = world.tables[first.origin]
        if facts.lacks_times:
            field = "due_date" if first.place.has("due_date") else "goal_title"
            yield SetHit(_header(first, field), "", {"n": facts.untimed})


def _no_measures(world: World) -> Iterator[SetHit]:
    for group in _tables(world):
        first = group[0].goal
        facts = world.tables[first.origin]
        if facts.lacks_measures:
            field = "target" if first.place.has("target") else "goal_title"
            yield SetHit(_header(first, field), "", {"n": facts.unmeasured})


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
