"""Grades given beside a guideline: a figure to look at, never a quota."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sync.assess.evaluation.model import GradeCount, Marks

SMALLEST_POOL = 10
"""10 % of five people is half a person: below ten a guideline says nothing."""


def compare_grades(
    marks: Iterable[Marks], guideline: Mapping[str, float]
) -> tuple[GradeCount, ...]:
    """Count the grades of each review period of at least ten people.

    Args:
        marks: All appraisals; those without a grade are not in the pool.
        guideline: Grade → share of the people, in the order to show; empty for none.
    """
    pools: dict[str, list[str]] = {}
    for one in marks:
        if guideline and one.grade:
            pools.setdefault(one.cycle, []).append(one.grade)
    found: list[GradeCount] = []
    for cycle, grades in pools.items():
        if len(grades) < SMALLEST_POOL:
            continue
        given = Counter(grades)
        wanted = largest_remainder(tuple(guideline.values()), len(grades))
        found.extend(
            GradeCount(
                cycle=cycle, grade=grade, n=given[grade], guideline=n, pool=len(grades)
            )
            for grade, n in zip(guideline, wanted, strict=True)
        )
    return tuple(found)


def largest_remainder(shares: tuple[float, ...], n: int) -> tuple[int, ...]:
    """Divide ``n`` people by shares, whole people each.

    Everybody gets the whole part; who is left goes to the largest fractions, the first
    of equal ones. Shares are taken relative to their sum.

    Source:
        Hamilton's method of apportionment.
    """
    total = sum(shares)
    if not total:
        return (0,) * len(shares)
    # Nine decimals: 0.3 × 10 must not lose a person to 2.9999999999999996.
    exact = [round(n * share / total, 9) for share in shares]
    whole = [int(one) for one in exact]
    by_rest = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    for index in by_rest[: n - sum(whole)]:
        whole[index] += 1
    return tuple(whole)
