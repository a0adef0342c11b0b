"""The score of a goal: 100 points in five parts, and what falls short.

S 25: an object, words of its own, one goal. M 35: a number with a unit, its start and
its source. A 12: nothing speaks against it. R 8: it serves a goal above. T 20: a day.
A goal that nobody can reach stays below the line between good and bad, however well
it is written.
"""

from typing import Final, NamedTuple

from sync.smart import achievable, measurable, relevant, specific, timed
from sync.smart.case import Case
from sync.smart.model import LETTERS, Letter

GOOD: Final = 60
"""The line between good and bad."""
_UNREACHABLE: Final = 55
"""The most a goal can have that nobody can reach."""


class Score(NamedTuple):
    """A score with its parts."""

    total: int
    missing: tuple[Letter, ...]
    parts: tuple[int, int, int, int, int]
    """Points of S, M, A, R and T."""


def score(case: Case) -> Score:
    """Grade a goal letter by letter."""
    s, m, a, r, t = grades = (
        specific.grade(case),
        measurable.grade(case),
        achievable.grade(case),
        relevant.grade(case),
        timed.grade(case),
    )
    parts = (s.points, m.points, a.points, r.points, t.points)
    total = sum(parts)
    if a.unreachable:
        total = min(total, _UNREACHABLE)
    missing = tuple([LETTERS[at] for at in range(5) if grades[at].missing])
    return Score(total, missing, parts)
