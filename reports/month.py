"""What moved in a month, and what is due in the next one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from reports.lines import ATTENTION, ORDER, Cut, GoalLine, Links, cut, goal_line
from reports.promised import SOON, ActionLine, coming
from reports.show import one_line
from sync.assess.model import GoalAssessment
from sync.assess.process import JudgedAction, Rhythm
from sync.records.model import Status

MONTH = timedelta(days=31)
_HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """One goal beside what it was a month before."""

    line: GoalLine
    before: Status
    progress: float | None
    """What it was then."""

    @property
    def changed(self) -> bool:
        """Whether its status is another."""
        return self.before is not self.line.status

    @property
    def points(self) -> int | None:
        """How many points it gained; below 0 when it lost some."""
        if self.progress is None or self.line.progress is None:
            return None
        return round(self.line.progress * _HUNDRED) - round(self.progress * _HUNDRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLook:
    """What a month's letter shows besides the week's."""

    n: int
    """Goals that were followed up a month before, too."""
    n_forward: int
    n_still: int
    """Without a single point more."""
    n_back: int
    n_attention: int
    n_attention_before: int
    better: Cut[Turned]
    worse: Cut[Turned]
    rows: Cut[Turned]
    """All of them, the one that moved most first."""
    due: Cut[GoalLine]
    """Open goals due within the month to come, the first day first."""
    actions: Cut[ActionLine]
    """Open ones due in it, but for those of the next days, which every letter has."""
    asking: Cut[str]
    """Who named difficulties, or a need of support, in every talk lately."""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to look back on or ahead to."""
        return bool(self.n or self.due.n or self.actions.n or self.asking.n)


def look_at_month(
    goals: Sequence[GoalAssessment],
    actions: Iterable[JudgedAction],
    rhythms: Iterable[Rhythm],
    *,
    links: Links,
    limit: int,
    today: date,
) -> MonthLook:
    """Compare goals with what they were a month before, and look at the month ahead.

    Args:
        goals: Those the reader may see.
        actions: Likewise.
        rhythms: The talks the reader may know of.
        links: Cell → web address.
        limit: The most rows a list shows.
        today: The day the letter is about.
    """
    known = [
        Turned(
            line=goal_line(one, links),
            before=one.month_ago.status,
            progress=one.month_ago.progress,
        )
        for one in goals
        if one.month_ago and one.status is not Status.CLOSED
    ]
    gained = [one.points for one in known if one.points is not None]
    rank = {status: place for place, status in enumerate(ORDER)}
    judged = [one for one in known if _has_trend(one)]
    better = [one for one in judged if rank[one.line.status] > rank[one.before]]
    worse = [
        one
        for one in judged
        # From ahead to on track is no worry.
        if rank[one.line.status] < rank[one.before] and one.line.status in ATTENTION
    ]
    return MonthLook(
        n=len(known),
        n_forward=sum(points > 0 for points in gained),
        n_still=sum(points == 0 for points in gained),
        n_back=sum(points < 0 for points in gained),
        n_attention=sum(one.line.status in ATTENTION for one in known),
        n_attention_before=sum(one.before in ATTENTION for one in known),
        better=cut(sorted(better, key=lambda one: -(one.points or 0)), min(limit, 5)),
        worse=cut(sorted(worse, key=lambda one: rank[one.line.status]), min(limit, 5)),
        rows=cut(sorted(known, key=lambda one: -(one.points or 0)), limit),
        due=cut(_due(goals, links, today), min(limit, 8)),
        actions=coming(actions, today + SOON, today + MONTH, min(limit, 5)),
        asking=cut(
            (one_line(one.person.name, 40) for one in rhythms if one.asks_since), limit
        ),
    )


def _has_trend(one: Turned) -> bool:
    """Whether it can have turned for the better or the worse."""
    return not {one.before, one.line.status} & {
        *(Status.NO_DATA, Status.NOT_STARTED),
        Status.CLOSED,
    }


def _due(goals: Iterable[GoalAssessment], links: Links, today: date) -> list[GoalLine]:
    soon = [
        goal_line(one, links)
        for one in goals
        if one.status not in {Status.CLOSED, Status.ACHIEVED}
        and one.goal.due_on
        and today <= one.goal.due_on <= today + MONTH
    ]
    return sorted(soon, key=lambda line: (line.due_on or today, line.person))
