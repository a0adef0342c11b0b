"""How each manager marks beside all managers: reported, never applied to a mark."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean, pstdev

from sync.assess.evaluation.model import Marks, Tendency
from sync.assess.evaluation.recency import recent_raters
from sync.records.model import CheckIn, Feedback, Person

SHRINKAGE = 5
"""People after whom a manager's own mean counts for half: d = n/(n+k)·(mean − all)."""

LEANS_FROM = 0.05
"""A fifth of a point on 1–5, after shrinkage."""

ENOUGH = 5
"""Fewer marks say nothing about their spread."""

_LITTLE = 0.5
"""A spread of less than half of everybody's is central tendency."""

_ITEMS, _RATEES = 3, 3


def tendencies_of(
    marks: Sequence[Marks],
    people: Iterable[Person],
    feedback: Iterable[Feedback],
    check_ins: Iterable[CheckIn] = (),
    *,
    fiscal_year_starts: int = 1,
) -> tuple[Tendency, ...]:
    """Describe how managers mark, the strongest leaning first.

    Only managers' marks are looked at, and of the 360-degree answers only those given
    as a manager: other raters are anonymous.

    Args:
        marks: All appraisals; a manager is found through the person's line.
        people: Everybody.
        feedback: All answers.
        check_ins: All talks, for when they were held.
        fiscal_year_starts: The month in which Q1 begins, 1–12.

    Source:
        Labels as 飞书 gives them (strict, moderate, lenient). Strong teams are no
        mistake, hence shrinkage, and hence no correction of marks.
    """
    people = list(people)
    above = {one.key: one.manager_key or one.manager for one in people}
    names = {above[one.key]: one.manager for one in people}
    given: dict[str, list[float]] = {}
    for one in marks:
        manager = above.get(one.person_key or "")
        if manager and one.manager_share is not None:
            given.setdefault(manager, []).append(one.manager_share)
    if not given:
        return ()
    everybody = [share for shares in given.values() for share in shares]
    level, spread = fmean(everybody), pstdev(everybody)
    halos = _halos(feedback)
    recent = recent_raters(marks, people, check_ins, fiscal_year_starts)
    found = []
    for manager, shares in given.items():
        rater = names[manager]
        difference = shrunken(shares, level)
        found.append(
            Tendency(
                rater=rater,
                n=len(shares),
                difference=difference,
                leaning="usual"
                if abs(difference) < LEANS_FROM
                else ("lenient" if difference > 0 else "severe"),
                central=len(shares) >= ENOUGH and pstdev(shares) < _LITTLE * spread,
                halo=halos.get(rater, False),
                recent=manager in recent,
            )
        )
    return tuple(sorted(found, key=lambda one: (-abs(one.difference), one.rater)))


def shrunken(shares: Sequence[float], level: float) -> float:
    """Give a rater's difference from everybody: n/(n+k) · (mean − level), k = 5.

    Args:
        shares: The rater's marks, at least one, 0–1.
        level: Everybody's mean.
    """
    n = len(shares)
    # Rounded, so that the order of the rows cannot show.
    return round(n / (n + SHRINKAGE) * (fmean(shares) - level), 9)


def _halos(feedback: Iterable[Feedback]) -> Mapping[str, bool]:
    """Find managers who give nearly one mark for every competency of a person.

    Halo: the items of one person differ by less than half of what they differ by with
    the other managers, for at least three people with three items each.
    """
    items: dict[str, dict[str, list[float]]] = {}
    for one in feedback:
        if one.relationship == "manager" and one.rater and one.score is not None:
            of_rater = items.setdefault(one.rater, {})
            of_rater.setdefault(one.ratee_key or one.ratee, []).append(one.score)
    within = {
        rater: spreads
        for rater, ratees in items.items()
        if len(spreads := [pstdev(s) for s in ratees.values() if len(s) >= _ITEMS])
        >= _RATEES
    }
    halos = {}
    for rater, spreads in within.items():
        others = [fmean(theirs) for name, theirs in within.items() if name != rater]
        halos[rater] = bool(others) and fmean(spreads) < _LITTLE * fmean(others)
    return halos
