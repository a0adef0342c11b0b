"""Goals that lack something, beside their own words with the gaps to fill."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.audience import EmployeeView
from reports.lines import Cut, GoalLine, Links, cut, goal_line, hint_of
from reports.show import one_line
from sync.assess.model import GoalAssessment
from sync.records.model import Status

_SETTLED = (Status.ACHIEVED, Status.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class HintSummary:
    """What a letter of its own about the wording of goals shows."""

    name: str
    n: int
    """Goals that are still followed up."""
    hints: Cut[GoalLine]

    @property
    def says_something(self) -> bool:
        """Whether any goal lacks anything."""
        return bool(self.hints.n)


def to_improve(goals: Iterable[GoalAssessment]) -> list[GoalAssessment]:
    """Give the open goals that lack something, those that lack most first."""
    found = (one for one in goals if hint_of(one) and one.status not in _SETTLED)
    return sorted(found, key=lambda one: one.verdict.score)


def summarise_hints(view: EmployeeView, links: Links, limit: int) -> HintSummary:
    """Choose what somebody reads who has goals to write more clearly."""
    return HintSummary(
        name=one_line(view.person.name, 40),
        n=sum(one.status is not Status.CLOSED for one in view.goals),
        hints=cut(
            (goal_line(one, links, "goal_title") for one in to_improve(view.goals)),
            min(limit, 8),
        ),
    )


def told_of_hints(view: EmployeeView) -> tuple[str, ...]:
    """Say what such a letter tells, in one order: the gaps, and of which goals."""
    return tuple(
        sorted(
            f"hint\t{one.goal.key}\t{','.join(sorted(one.verdict.missing))}"
            for one in to_improve(view.goals)
        )
    )
