"""Goals that belong together: those of one person and period."""

from collections import defaultdict
from collections.abc import Iterable

from sync.records.model import Goal, Status
from sync.smart.case import Case

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


def live(cases: Iterable[Case]) -> Group:
    """Leave out what was cancelled or handed over."""
    return [case for case in cases if case.goal.claimed_status is not Status.CLOSED]


def is_named(goal: Goal) -> bool:
    """Tell whether the row says whose goal it is."""
    return bool(goal.employee or goal.employee_id or goal.person_key)


def called(goal: Goal) -> str:
    """Name whom a message speaks of: the person, else the department or the sheet."""
    return goal.employee or goal.employee_id or goal.department or goal.origin.sheet
