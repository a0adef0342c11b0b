"""R: the goal serves a goal above it that exists, is open and of the same time."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from sync.records.model import Goal, Status
from sync.smart.case import Case, World
from sync.smart.rules import Grade, Hit, Rule, SetHit
from sync.smart.understand import Sort
from sync.smart.understand.fold import fold
from sync.wording import shorten

POINTS: Final = 8
_SOME: Final = 4
_MOST: Final = 0.5
_LONGEST_CHAIN: Final = 64
_FAMILIES: Final = frozenset({Sort.PERCENT, Sort.MONEY, Sort.DURATION})


def grade(case: Case) -> Grade:
    """Grade: 8 unless the link upwards is missing or leads nowhere."""
    words = case.words
    if case.alone:
        busy = words.title.learning or words.title.activity
        aimless = busy and not words.results
        missing = aimless and not words.purpose and not words.deliverable
        return Grade(_SOME if missing else POINTS, missing=missing)
    unlinked = _supports_missing(case) is not None
    broken = bool(case.goal.supports) and bool(
        _unknown_parent(case) or _in_circle(case) or _parent_closed(case)
    )
    return Grade(0 if broken or unlinked else POINTS, missing=broken or unlinked)


def name_of(text: str) -> str:
    """Fold the name of a goal so that a reference finds it."""
    return " ".join(fold(text).split())


def _parents(case: Case) -> tuple[Goal, ...]:
    """Find the goals a reference names; its own row does not count."""
    if not case.goal.supports:
        return ()
    return case.world.by_name.get(name_of(case.goal.supports), ())


def _supports_missing(case: Case) -> Hit | None:
    goal, table = case.goal, case.table
    if goal.supports or not goal.place.has("relevance"):
        return None
    if table.supported <= table.goals * _MOST or _is_named_above(case):
        return None
    return Hit("relevance", {"text": shorten(goal.title)})


def _is_named_above(case: Case) -> bool:
    """A goal that others support stands at the top and needs no parent."""
    names = {name_of(case.goal.goal_id), name_of(case.goal.title)} - {""}
    return any(name in case.world.supported for name in names)


def _unknown_parent(case: Case) -> Hit | None:
    """Only a reference shaped like the sheet's own ids can be unknown."""
    goal = case.goal
    if not goal.supports or _parents(case):
        return None
    shape = _shape(goal.supports)
    if shape not in case.world.id_shapes:
        return None
    return Hit("relevance", {"parent": shorten(goal.supports)})


def _shape(reference: str) -> str:
    """Reduce an id to its pattern: G-001 and G-14 are both ``a-0``."""
    folded = name_of(reference)
    marks = ["0" if c.isdigit() else "a" if c.isalpha() else c for c in folded]
    return "".join(m for at, m in enumerate(marks) if at == 0 or marks[at - 1] != m)


def shapes_of(goals: tuple[Goal, ...]) -> frozenset[str]:
    """Collect the patterns of the goal ids that have digits in them."""
    shapes = {_shape(goal.goal_id) for goal in goals if goal.goal_id}
    return frozenset(shape for shape in shapes if "0" in shape)


def _in_circle(case: Case) -> Hit | None:
    """Follow the references upwards; back at the start is a circle."""
    if not case.goal.supports:
        return None
    seen = {id(case.goal)}
    goals = _parents(case)
    for _ in range(_LONGEST_CHAIN):
        if len(goals) != 1:
            return None
        parent = goals[0]
        if id(parent) in seen:
            if parent is not case.goal:
                return None
            return Hit("relevance", {"parent": shorten(case.goal.supports)})
        seen.add(id(parent))
        if not parent.supports:
            return None
        goals = case.world.by_name.get(name_of(parent.supports), ())
    return None


def _other_period(case: Case) -> Hit | None:
    cycle = case.goal.review_cycle
    parents = _parents(case) if cycle else ()
    if len(parents) != 1 or not cycle or not parents[0].review_cycle:
        return None
    above = parents[0].review_cycle
    # A quarter lies inside its year: only the years can contradict each other.
    if above[:4] == cycle[:4] or not (above[:4].isdigit() and cycle[:4].isdigit()):
        return None
    slots = {"parent": shorten(case.goal.supports), "above": above, "cycle": cycle}
    return Hit("relevance", slots)


def _parent_closed(case: Case) -> Hit | None:
    parents = _parents(case)
    if len(parents) != 1 or parents[0].claimed_status is not Status.CLOSED:
        return None
    return Hit("relevance", {"parent": shorten(case.goal.supports)})


_MONEY: Final = re.compile(r"[千百十]?[万亿]?元|美元|rmb|usd|eur|gbp|[$¥€£]")
_TIME: Final = re.compile(
    r"个?工作日|[天日周月]|个月|小时|分钟|秒|hours?|days?|weeks?|months?"
)
_LATIN: Final = re.compile("[a-z]{3,40}")
_HAN: Final = re.compile("[\u3400-\u9fff]+")


@lru_cache(maxsize=4096)
def _family(unit: str) -> str:
    """Name the family of a target's unit; empty for counts and unknown ones."""
    folded = fold(unit).strip()
    if folded == "%":
        return Sort.PERCENT
    if _MONEY.fullmatch(folded):
        return Sort.MONEY
    return Sort.DURATION if _TIME.fullmatch(folded) else ""


def _words_of(folded: str) -> set[str]:
    """Give what two texts about one thing would share: stems, and pairs of characters."""
    words = {word[:4] for word in _LATIN.findall(folded)}
    for run in _HAN.findall(folded):
        words.update(run[at : at + 2] for at in range(len(run) - 1))
    return words


def _measure_of_another(case: Case) -> Hit | None:
    goal, title = case.goal, case.words.title
    if not goal.metric or goal.target is None or goal.target.value is None:
        return None
    if not title.results:
        return None
    families = {amount.sort for amount in title.results} & _FAMILIES
    family = _family(goal.target.unit or goal.unit)
    if not families or not family or family in families:
        return None
    metric = fold(goal.metric)
    # An abbreviation or another language shares no word with what it stands for.
    if goal.metric.isupper() or bool(_HAN.search(metric)) != (title.lang == "zh"):
        return None
    if _words_of(metric) & _words_of(f"{title.folded} {fold(goal.description)}"):
        return None
    amount = next(it for it in title.results if it.sort in _FAMILIES)
    slots = {
        "measure": shorten(goal.metric),
        "target": shorten(goal.target.text),
        "text": title.text[amount.start : amount.end].strip(),
    }
    return Hit("measure", slots)


def _uncarried(world: World) -> Iterator[SetHit]:
    """Company goals without an owner that no goal refers to."""
    if not world.supported:
        return
    for case in world.cases:
        goal = case.goal
        if goal.employee or goal.person_key or goal.supports or case.closed:
            continue
        if not goal.goal_id or not goal.place.has("relevance"):
            continue
        if not _is_named_above(case):
            slots = {"text": shorten(goal.title or goal.goal_id)}
            yield SetHit(goal.at("goal_title"), goal.key, slots)


RULES: Final = (
    Rule("R001", "supported-goal-missing", "R", "info", "goal", _supports_missing),
    Rule("R201", "supported-goal-unknown", "R", "warning", "goal", _unknown_parent),
    Rule("R202", "supported-goal-of-other-year", "R", "warning", "goal", _other_period),
    Rule("R203", "goals-supporting-in-a-circle", "R", "error", "goal", _in_circle),
    Rule("R204", "supported-goal-closed", "R", "warning", "goal", _parent_closed),
    Rule("R205", "measure-of-another-thing", "R", "info", "goal", _measure_of_another),
    Rule(
        "R301",
        "company-goal-nobody-carries",
        "R",
        "info",
        "set",
        check_set=_uncarried,
    ),
)
