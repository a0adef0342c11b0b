"""One fact that calls for a talk, and its weight.

Weights are points of our own; what matters is their order: a missed date before a slow
pace, a contradiction before a silence, a gap in the sheet last. A goal's points grow
with its share of the person's weight, up to twice.
"""

import math
from dataclasses import dataclass

from sync.assess.model import GoalAssessment
from sync.assess.questions import Topic
from sync.wording import Text


@dataclass(frozen=True, slots=True)
class Concern:
    """One fact and its weight."""

    topic: Topic
    points: int
    text: Text
    goals: tuple[GoalAssessment, ...] = ()

    @property
    def goal_key(self) -> str:
        """The key of the first goal it speaks of, for a stable order."""
        return self.goals[0].goal.key if self.goals else ""


def grown(weight: int, goal: GoalAssessment) -> int:
    """Let points grow with a goal's share of the whole, up to twice."""
    share = goal.goal.weight or 0.0
    if not math.isfinite(share):
        share = 0.0
    return round(weight * (1 + min(max(share, 0.0), 1.0)))
