"""How the goals hang together: who carries the company's, and where links lead nowhere.

Organisation-level figures. What is wrong with one row's reference is the lint's to say
(R001, R201–R204, R301).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sync.assess.amounts import comparable
from sync.assess.expected import period_days
from sync.assess.process import Alignment, Carried, TargetSum
from sync.assess.words import plain, words
from sync.records.model import Goal, Person, Status
from sync.smart.relevant import name_of

_COMPANY = words("company")
_SEVERAL = re.compile(r"[、，,;；/\n]+")
_LEAST = 1 - 1e-9


@dataclass(slots=True)
class _Links:
    """Which goal leads to which; goals are known by their place in the list."""

    goals: Sequence[Goal]
    up: dict[int, list[int]] = field(default_factory=dict)
    down: dict[int, list[int]] = field(default_factory=dict)
    dangling: list[int] = field(default_factory=list)


def alignment_of(
    goals: Iterable[Goal], people: Iterable[Person], fiscal_year_starts: int = 1
) -> Alignment | None:
    """Follow the references of all goals still followed, in time linear in their number.

    Args:
        goals: All goals; closed ones are not asked to support anything, though a
            reference to them is no dangling one.
        people: Everybody.
        fiscal_year_starts: The month in which Q1 begins, 1–12.

    Returns:
        ``None`` when no table has a column for the goal above: nothing is known then,
        and nobody is unaligned.
    """
    known = list(goals)
    asked = [n for n, goal in enumerate(known) if _asked(goal)]
    if not any(known[n].supports for n in asked):
        return None
    links = _follow(known, asked)
    company = [n for n in asked if _is_companys(known[n], n in links.down)]
    tops = {*company, *(n for n in links.down if not known[n].supports)}
    below = [n for n in asked if n not in tops]
    owners = {known[n].person_key for n in asked}
    aligned = {known[n].person_key for n in asked if n in links.up or n in tops}
    mine = [one for one in people if one.key in owners]
    return Alignment(
        n_goals=len(below),
        n_linked=sum(n in links.up for n in below),
        orphans=tuple(known[n] for n in below if not known[n].supports),
        dangling=tuple(known[n] for n in links.dangling),
        circles=tuple(_circles(links)),
        other_period=tuple(_other_periods(links, fiscal_year_starts)),
        n_company=len(company),
        uncarried=tuple(known[n] for n in company if n not in links.down),
        n_people=len(mine),
        unaligned=tuple(one for one in mine if one.key not in aligned),
        short=tuple(_short_sums(links)),
        carried=tuple(
            Carried(
                goal=known[above],
                by=tuple(known[n] for n in sorted(links.down[above])),
            )
            for above in sorted(links.down)
            if above not in links.up
        ),
    )


def _asked(goal: Goal) -> bool:
    """Whether a goal is followed, in a table that says what it supports."""
    return goal.place.has("relevance") and goal.claimed_status is not Status.CLOSED


def _is_companys(goal: Goal, supported: bool) -> bool:
    """Whether a goal is the whole company's: by its category, or nobody's and on top."""
    if plain(goal.category) in _COMPANY:
        return True
    nobodys = not goal.employee and goal.person_key is None
    return nobodys and not goal.supports and (supported or bool(goal.goal_id))


def _follow(goals: Sequence[Goal], asked: Iterable[int]) -> _Links:
    """Find what each reference leads to; a goal does not support itself."""
    by_name: dict[str, list[int]] = {}
    for n, goal in enumerate(goals):
        for name in {name_of(goal.goal_id), name_of(goal.title)} - {""}:
            by_name.setdefault(name, []).append(n)
    links = _Links(goals)
    for n in asked:
        text = goals[n].supports
        if not text:
            continue
        parts = [text] if name_of(text) in by_name else _SEVERAL.split(text)
        leads = [by_name.get(name_of(part), []) for part in parts if part.strip()]
        # A name borne by several goals is a link, but to which of them is not known.
        certain = {found[0] for found in leads if len(found) == 1} - {n}
        if certain:
            links.up[n] = sorted(certain)
            for above in links.up[n]:
                links.down.setdefault(above, []).append(n)
        elif any(leads):
            links.up[n] = []
        else:
            links.dangling.append(n)
    return links


def _circles(links: _Links) -> Iterator[tuple[Goal, ...]]:
    """Find every circle of first references once, following each link once."""
    seen: dict[int, int] = {}
    for start in links.up:
        walk: list[int] = []
        at: int | None = start
        while at is not None and at not in seen:
            seen[at] = start
            walk.append(at)
            above = links.up.get(at)
            at = above[0] if above else None
        if at is not None and seen[at] == start and at in walk:
            yield tuple(links.goals[n] for n in walk[walk.index(at) :])


def _other_periods(links: _Links, fiscal_year_starts: int) -> Iterator[Goal]:
    """Find goals whose period does not touch that of the goal above."""
    days: dict[str, object] = {}

    def span(goal: Goal) -> object:
        if goal.review_cycle not in days:
            days[goal.review_cycle] = period_days(goal.review_cycle, fiscal_year_starts)
        return days[goal.review_cycle]

    for n, above in links.up.items():
        mine = span(links.goals[n])
        for parent in above:
            theirs = span(links.goals[parent])
            if not isinstance(mine, tuple) or not isinstance(theirs, tuple):
                continue
            if mine[1] < theirs[0] or theirs[1] < mine[0]:
                yield links.goals[n]
                break


def _short_sums(links: _Links) -> Iterator[TargetSum]:
    """Add up the targets below each goal where they are amounts of the same thing.

    Shares are not added, nor amounts of another measure or unit; one that cannot be
    counted leaves the sum unknown, and nothing is said.
    """
    for above, below in links.down.items():
        goal = links.goals[above]
        if (
            goal.target is None
            or not goal.target.value
            or goal.target.unit in {"", "%"}
        ):
            continue
        children = [links.goals[n] for n in below]
        targets = [child.target for child in children if _same_thing(child, goal)]
        amounts = [goal.target, *(target for target in targets if target is not None)]
        if len(amounts) != len(children) + 1:
            continue
        values = comparable(amounts)
        if values is None or any(amount.upper is not None for amount in amounts):
            continue
        total = sum(values[1:])
        if total < values[0] * _LEAST:
            yield TargetSum(
                goal=goal,
                n=len(children),
                total=total,
                target=values[0],
                unit=goal.target.unit,
            )


def _same_thing(child: Goal, parent: Goal) -> bool:
    """Whether a goal counts what the one above it counts."""
    if child.target is None or parent.target is None:
        return False
    if (
        child.target.comparator in {"<=", "<"}
        or child.target.unit != parent.target.unit
    ):
        return False
    metrics = {plain(goal.metric) for goal in (child, parent) if goal.metric}
    return len(metrics) <= 1
