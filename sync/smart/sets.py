"""Rules about several goals: duplicates, copies, and what a whole table lacks."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from sync.cells import CellRef
from sync.records.model import Goal
from sync.smart.case import Case, World
from sync.smart.groups import Group, called, is_named, live
from sync.smart.rules import Rule, SetHit
from sync.smart.understand.fold import fold
from sync.wording import shorten

_FEW: Final = 3
"""Below so many goals a share or a habit says nothing."""
_RARE: Final = 0.05
_FOLLOWED_UP: Final = ("due_date", "start_date", "actual", "progress_pct", "status")


def _content(goal: Goal) -> tuple[str, ...]:
    """Everything that tells two goals apart, folded."""
    target = goal.target.text if goal.target else ""
    texts = (goal.title, goal.description, goal.metric, target)
    return tuple([_squeezed(text) for text in texts])


@lru_cache(maxsize=65_536)
def _squeezed(text: str) -> str:
    return "".join(fold(text).split())


def _gist(case: Case) -> str:
    """Give what goals of one identity share, and few others do, for little work."""
    return case.words.title.folded.replace(" ", "").replace(";", "")


def _identity(goal: Goal) -> tuple[object, ...]:
    """What makes two rows one goal; without a person it takes all their figures.

    Rows of a table without persons are told apart by columns we do not read, such as
    a country; only where every number agrees as well are they the same.
    """
    if is_named(goal):
        return _content(goal)
    figures = (
        goal.goal_id,
        goal.baseline,
        goal.current,
        goal.progress,
        goal.weight,
        goal.due_on,
    )
    return (*_content(goal), goal.department, goal.category, *figures)


def _duplicates(world: World) -> Iterator[SetHit]:
    for group in world.groups:
        found = list(_repeated(group))
        # So many repeats without a person: a column we do not read tells them apart.
        if is_named(group[0].goal) or len(found) <= max(1, len(group) * _RARE):
            yield from found


def _repeated(group: Iterable[Case]) -> Iterator[SetHit]:
    """Find the goals of one group that stand there a second time."""
    seen: dict[tuple[object, ...], Goal] = {}
    cases = live(group)
    gists = [_gist(case) for case in cases]
    alike = Counter(gists)
    for case, gist in zip(cases, gists, strict=True):
        goal, title = case.goal, case.words.title
        if alike[gist] == 1 or not (title.content or title.nouns):
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
    if len({case.goal.review_cycle for case in world.cases}) == 1:
        return
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
        slots = {"who": called(goal), "n": len(group), "text": shorten(goal.title)}
        yield SetHit(goal.at("goal_title"), goal.key, slots)


def _only_activities(world: World) -> Iterator[SetHit]:
    for group in world.groups:
        open_goals = live(group)
        if len(open_goals) < _FEW or not all(_is_activity(case) for case in open_goals):
            continue
        first = open_goals[0].goal
        slots = {"who": called(first), "n": len(open_goals)}
        yield SetHit(first.at("goal_title"), first.person_key or first.key, slots)


def _is_activity(case: Case) -> bool:
    title, goal = case.words.title, case.goal
    return title.activity and not goal.metric and not goal.target


def _no_times(world: World) -> Iterator[SetHit]:
    for group in _tables(world):
        first = group[0].goal
        facts = world.tables[first.origin]
        if facts.lacks_times and not _is_library(group):
            field = "due_date" if first.place.has("due_date") else "goal_title"
            yield SetHit(_header(first, field), "", {"n": facts.untimed})


def _is_library(group: Group) -> bool:
    """Tell a list of measures to choose from: nobody's, and nothing is followed up."""
    place = group[0].goal.place
    if any(place.has(field) for field in _FOLLOWED_UP):
        return False
    if any(is_named(case.goal) for case in group):
        return False
    scored = place.has("scoring_criteria") or place.has("calculation")
    return scored or all(case.goal.metric for case in group)


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
    for case in live(world.cases):
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
    Rule("T301", "table-without-dates", "T", "warning", "table", check_set=_no_times),
)
