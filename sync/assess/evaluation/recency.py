"""Whether what a manager could draw on lies mostly at the end of the period."""

from collections.abc import Iterable

from sync.assess.evaluation.model import Marks
from sync.assess.expected import period_days
from sync.records.model import CheckIn, Person

LAST_SHARE = 0.20
"""The last fifth of a period."""
MOST = 0.50
ENOUGH = 5
"""Fewer talks say nothing about when they were held."""


def recent_raters(
    marks: Iterable[Marks],
    people: Iterable[Person],
    check_ins: Iterable[CheckIn],
    fiscal_year_starts: int = 1,
) -> frozenset[str]:
    """Name the managers more than half of whose talks fell into the last fifth.

    Marks for half a year that rest on its last weeks are marks for those weeks. Only
    talks with the people who were marked, held within the period of their mark, count.

    Args:
        marks: All appraisals; one without a period says nothing.
        people: Everybody.
        check_ins: All talks.
        fiscal_year_starts: The month in which Q1 begins, 1–12.

    Returns:
        `Person.manager_key`, or the manager as the sheet names them.

    Source:
        Recency as a share of the dated evidence in the last fifth of the period.
    """
    above = {one.key: one.manager_key or one.manager for one in people}
    held: dict[str, list[CheckIn]] = {}
    for talk in check_ins:
        for key in talk.person_keys:
            held.setdefault(key, []).append(talk)
    counted: dict[str, list[bool]] = {}
    for one in marks:
        manager = above.get(one.person_key or "")
        period = period_days(one.cycle, fiscal_year_starts)
        if not manager or period is None or one.manager_share is None:
            continue
        first, last = period
        late = last - (last - first) * LAST_SHARE
        counted.setdefault(manager, []).extend(
            talk.held_on > late
            for talk in held.get(one.person_key or "", ())
            if talk.held_on and first <= talk.held_on <= last
        )
    return frozenset(
        manager
        for manager, talks in counted.items()
        if len(talks) >= ENOUGH and sum(talks) > MOST * len(talks)
    )
