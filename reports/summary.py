"""What letters show of an audience's view: chosen, ordered, cut, and not yet worded."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reports.audience import EmployeeView, ManagerView
from reports.hints import to_improve
from reports.lines import (
    ATTENTION,
    ORDER,
    WINS,
    Cut,
    GoalLine,
    Links,
    cut,
    disagreeing,
    goal_line,
    ordered,
    with_status,
)
from reports.promised import ActionLine, promised
from reports.show import one_line
from reports.talks import Talk, name_of, needs_talk, talk_of, unsaid
from sync.assess.model import GoalAssessment, PersonAssessment
from sync.records.model import Status
from sync.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSummary:
    """What an employee's letter shows."""

    name: str
    n: int
    """Goals that are still followed up."""
    n_closed: int
    n_by_status: Mapping[Status, int]
    wins: Cut[GoalLine]
    attention: Cut[GoalLine]
    waiting: Cut[GoalLine]
    """Without a figure."""
    others: Cut[GoalLine]
    hints: Cut[GoalLine]
    next_on: date | None
    actions: Cut[ActionLine]
    """Their own, late or due soon."""

    @property
    def says_something(self) -> bool:
        """Whether there is more to say than that all is on course."""
        lists = (self.wins, self.attention, self.waiting, self.hints, self.actions)
        turned = (line.since and line.since.status for line in self.others.rows)
        return any(one.n for one in lists) or any(turned)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanks:
    """Whom to praise, and for what."""

    name: str
    praise: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLine:
    """One person's row of the team table."""

    name: str
    status: Status | None
    """``None`` for somebody without goals."""
    progress: float | None
    n: int
    n_attention: int
    n_waiting: int
    n_disagreeing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSummary:
    """What a manager's letter shows."""

    name: str
    n_people: int
    n: int
    n_by_status: Mapping[Status, int]
    talks: Cut[Talk]
    """In full."""
    later: Cut[Talk]
    """Further talks, by name and reason only."""
    thanks: Cut[Thanks]
    members: Cut[MemberLine]
    disagreements: Cut[GoalLine]
    """Those that no talk above speaks of."""
    actions: Cut[ActionLine]
    """Those of the team, late or due soon."""
    own: PersonSummary | None
    """The manager's own goals, in the same letter."""

    @property
    def says_something(self) -> bool:
        """Whether there is more to say than that all is on course."""
        lists = (self.talks, self.thanks, self.disagreements, self.actions)
        own = self.own is not None and self.own.says_something
        return own or any(one.n for one in lists)


def summarise_person(
    view: EmployeeView,
    hinted: Sequence[GoalAssessment],
    *,
    links: Links,
    limit: int,
    today: date,
) -> PersonSummary:
    """Choose what an employee reads: what went well first, then what needs a thought.

    Args:
        view: The employee's own goals.
        hinted: Those of them on whose wording this letter may speak.
        links: Cell → web address.
        limit: The most rows any list shows.
        today: The day the letter is about.
    """
    lines = ordered(goal_line(one, links) for one in view.goals)
    open_lines = [line for line in lines if line.status is not Status.CLOSED]
    shown = {*WINS, *ATTENTION, Status.NO_DATA}
    dates = (line.next_on for line in open_lines)
    upcoming = [day for day in dates if day and day > today]
    return PersonSummary(
        name=one_line(view.person.name, 40),
        n=len(open_lines),
        n_closed=len(lines) - len(open_lines),
        n_by_status=Counter(line.status for line in lines),
        wins=cut(with_status(open_lines, WINS), limit),
        attention=cut(_said_once(with_status(open_lines, ATTENTION)), limit),
        waiting=cut(with_status(open_lines, (Status.NO_DATA,)), limit),
        others=cut((line for line in open_lines if line.status not in shown), limit),
        hints=cut((goal_line(one, links) for one in to_improve(hinted)), min(limit, 3)),
        next_on=min(upcoming, default=None),
        actions=promised(view.actions, today, limit),
    )


def _said_once(lines: Iterable[GoalLine]) -> Iterator[GoalLine]:
    """Drop a next step that the letter has given already, word for word."""
    said: set[Status] = set()
    for line in lines:
        yield replace(line, next_step=None) if line.status in said else line
        said.add(line.status)


def summarise_team(
    view: ManagerView,
    own: EmployeeView | None,
    hinted: Sequence[GoalAssessment],
    *,
    links: Links,
    limit: int,
    today: date,
) -> TeamSummary:
    """Choose what a manager reads: talks first, then thanks, then everybody.

    Args:
        view: The manager's direct reports.
        own: The manager's own goals; ``None``: none.
        hinted: Those of them on whose wording this letter may speak.
        links: Cell → web address.
        limit: The most rows any list shows.
        today: The day the letter is about.
    """
    needed = [one for one in view.conversations if needs_talk(one)]
    goals = [goal for member in view.members for goal in member.goals]
    waved = [one for one in view.conversations if not needs_talk(one) and one.praise]
    first = min(3, limit)
    told = [text for one in needed[:first] for text in one.why[:2]]
    return TeamSummary(
        name=one_line(view.person.name, 40),
        n_people=len(view.members),
        n=sum(one.status is not Status.CLOSED for one in goals),
        n_by_status=Counter(one.status for one in goals),
        talks=cut(
            (talk_of(one, links, below_title=True) for one in needed[:first]), first
        ),
        later=cut((talk_of(one, links) for one in needed[first:]), limit),
        thanks=cut(
            (Thanks(name=name_of(one), praise=one.praise[0]) for one in waved),
            min(limit, 5),
        ),
        members=cut(member_lines(view.members), limit * 2),
        disagreements=cut(disagreeing(unsaid(goals, told), links), min(limit, 5)),
        actions=promised(view.actions, today, min(limit, 5)),
        own=(
            summarise_person(own, hinted, links=links, limit=limit, today=today)
            if own
            else None
        ),
    )


def member_lines(people: Sequence[PersonAssessment]) -> list[MemberLine]:
    """Make the team table: who needs most first, then as in the sheet."""
    lines = [
        MemberLine(
            name=one_line(one.person.name, 40),
            status=one.status if one.goals else None,
            progress=one.progress,
            n=sum(goal.status is not Status.CLOSED for goal in one.goals),
            n_attention=sum(goal.status in ATTENTION for goal in one.goals),
            n_waiting=sum(goal.status is Status.NO_DATA for goal in one.goals),
            n_disagreeing=sum(goal.disagrees for goal in one.goals),
        )
        for one in people
    ]
    return sorted(
        lines, key=lambda line: ORDER.index(line.status) if line.status else len(ORDER)
    )
