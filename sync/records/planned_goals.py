"""Goals with the plans that other sheets have for them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sync.records import wording
from sync.records.directory import Directory
from sync.records.model import Goal
from sync.records.plan_rows import Breakdown, Whose
from sync.records.plans import increments_of, is_same
from sync.records.values.planned import PlannedPart
from sync.records.values.texts import folded, number_text

_FEWEST = 2
_DATED = re.compile(r"\d{4}-\d\d")


def with_breakdowns(
    goals: Sequence[Goal], breakdowns: Iterable[Breakdown], directory: Directory
) -> tuple[Goal, ...]:
    """Give every goal the plan that its row of another sheet has for it.

    A plan is taken where its parts lead to the goal's target, and one goal only fits.
    A goal whose own columns are a plan keeps that. What finds no goal, or adds up to
    something else, is said at its row, and the goal is judged as if it were not there.

    Args:
        goals: All goals.
        breakdowns: What the sheets of plans hold; the first one for a goal counts.
        directory: Who is who.
    """
    lookup = _Lookup(goals, directory)
    planned: dict[int, tuple[PlannedPart, ...]] = {}
    for breakdown in breakdowns:
        fitting = lookup.find(breakdown.whose)
        plans = {at: _plan(breakdown, goals[at]) for at in fitting}
        proven = [at for at in fitting if plans[at]]
        if len(proven) == 1:
            planned.setdefault(proven[0], plans[proven[0]])
        elif len(fitting) != 1:
            notice = wording.PLAN_OF_SEVERAL if fitting else wording.PLAN_OF_NOTHING
            breakdown.note(notice, total=_figure(breakdown.total))
        else:
            _note_unlike(breakdown, goals[fitting[0]])
    return tuple(
        replace(goal, planned=planned[at])
        if at in planned and not goal.planned
        else goal
        for at, goal in enumerate(goals)
    )


class _Lookup:
    """Finds the goals a row of a plan may be of."""

    def __init__(self, goals: Sequence[Goal], directory: Directory) -> None:
        self._directory = directory
        self._by_id: defaultdict[str, list[int]] = defaultdict(list)
        self._by_person: defaultdict[str, list[int]] = defaultdict(list)
        self._by_text: defaultdict[str, list[int]] = defaultdict(list)
        self._by_department: defaultdict[str, list[int]] = defaultdict(list)
        for at, goal in enumerate(goals):
            self._by_id[folded(goal.goal_id)].append(at)
            self._by_person[goal.person_key or ""].append(at)
            for text in {folded(goal.title), folded(goal.metric)} - {""}:
                self._by_text[text].append(at)
            owner = directory.by_key.get(goal.person_key or "")
            for name in {goal.department, owner.department if owner else ""} - {""}:
                self._by_department[folded(name)].append(at)
        self._titles = [folded(goal.title) for goal in goals]

    def find(self, whose: Whose) -> list[int]:
        """Give the positions of the goals that all a row says is true of.

        The number decides where there is one; a person, or a shop, narrows down.
        """
        if whose.goal_id:
            return self._by_id.get(folded(whose.goal_id), [])
        found: list[int] | None = None
        if text := folded(whose.title) or folded(whose.measure):
            found = self._by_text.get(text, [])
        if any(whose.mention[:3]):
            person = self._directory.find(whose.mention).key
            own = self._by_person.get(person, []) if person else []
        elif whose.mention.department:
            own = self._of_department(folded(whose.mention.department))
        else:
            return found or []
        if found is None:
            return own
        mine = frozenset(own)
        return [at for at in found if at in mine]

    def _of_department(self, department: str) -> list[int]:
        """Find a department's or a shop's goals by their column, else by their words."""
        if known := self._by_department.get(department):
            return known
        return [at for at, title in enumerate(self._titles) if department in title]


def _plan(breakdown: Breakdown, goal: Goal) -> tuple[PlannedPart, ...]:
    """Give the parts when they lead to a goal's target, else nothing."""
    if goal.target is None or not goal.target.value or len(breakdown.parts) < _FEWEST:
        return ()
    if any(part.amount < 0 for part in breakdown.parts):
        return ()
    return increments_of(breakdown.parts, goal.target.value)


def _note_unlike(breakdown: Breakdown, goal: Goal) -> None:
    """Say why a plan does not lead to the target of the one goal it may be of."""
    if _is_level(breakdown, goal):
        return
    days = sorted(part.period for part in breakdown.parts if _DATED.match(part.period))
    if days and _runs_longer(goal, days[0], days[-1]):
        breakdown.note(wording.PLAN_OF_A_PART, first=days[0], last=days[-1])
        return
    breakdown.note(
        wording.PLAN_ADDS_UP_OTHERWISE,
        total=_figure(breakdown.total),
        target=goal.target.text if goal.target else "",
    )


def _runs_longer(goal: Goal, first: str, last: str) -> bool:
    """Whether a goal begins before the first, or is due after the last day or month."""
    start = goal.start_on.isoformat()[: len(first)] if goal.start_on else first
    due = goal.due_on.isoformat()[: len(last)] if goal.due_on else last
    return start < first or due > last


def _figure(number: float) -> str:
    return number_text(round(number, 6))


def _is_level(breakdown: Breakdown, goal: Goal) -> bool:
    """Whether every part says the target itself: a rate that is to be held all along."""
    value = goal.target.value if goal.target else None
    if not value:
        return True
    return all(is_same(part.amount, value) for part in breakdown.parts)
