"""One goal, and a list cut to length, as every letter shows them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from reports import wording
from reports.show import one_line
from reports.woven import Suggested
from sync.assess.model import Change, GoalAssessment, PersonAssessment
from sync.assess.reasons import claimed_words
from sync.assess.shown import title
from sync.cells import CellRef
from sync.records.model import Goal, Status
from sync.wording import Text

T = TypeVar("T")

ATTENTION = (Status.OVERDUE, Status.BEHIND, Status.AT_RISK)
"""What calls for a talk, the most pressing first."""
ORDER = (
    *ATTENTION,
    Status.NO_DATA,
    Status.NOT_STARTED,
    Status.ON_TRACK,
    Status.AHEAD,
    Status.ACHIEVED,
    Status.CLOSED,
)
WINS = (Status.ACHIEVED, Status.AHEAD)

Links = Callable[[CellRef], str | None]
"""Gives the web address of a cell, or ``None`` when there is none to click."""


def no_links(at: CellRef) -> str | None:  # noqa: ARG001 - the shape of `Links`
    """Link nothing: a file on somebody's disk has no address others could open."""
    return None


def web_link(links: Links, at: CellRef) -> str | None:
    """Give a cell's address on the web; anything else, such as a script, is dropped."""
    found = links(at)
    return found if found and found.startswith(("https://", "http://")) else None


@dataclass(frozen=True, slots=True)
class Cut(Generic[T]):
    """The first rows of a list, and how many there are in all."""

    rows: tuple[T, ...]
    n: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.n - len(self.rows)


def cut(rows: Iterable[T], limit: int) -> Cut[T]:
    """Keep the first ``limit`` rows and count the rest."""
    whole = tuple(rows)
    return Cut(whole[:limit], len(whole))


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What happened to a goal since an earlier run."""

    on: date
    status: Status | None
    """The status it had, when it was another."""
    progress: float | None
    """The progress it had, when it was known and another."""
    moved: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLine:
    """One goal as a letter shows it."""

    title: Text
    person: str
    status: Status
    reason: Text
    progress: float | None
    expected: float | None
    due_on: date | None
    next_on: date | None
    claimed: Status | None
    """What the sheet says, when the figures say something else."""
    claim: Text
    """The same in the sheet's own words."""
    since: Since | None
    next_step: Text | None
    hint: Text | None
    """The goal's own words with the gaps to fill, when it lacks something."""
    missing: tuple[str, ...]
    """The letters of SMART it falls short of."""
    sheet: str
    row: int
    """1-based, as the sheet numbers it."""
    a1: str
    """The cell a reader would look at or change first."""
    link: str | None

    @property
    def cell(self) -> str:
        """The cell in a table's few letters, as in ``Goals!F14``."""
        return f"{self.sheet}!{self.a1}"


def n_with_goals(people: Iterable[PersonAssessment]) -> int:
    """Count the people who have a goal under way: no others have what is counted."""
    return sum(
        any(goal.status is not Status.CLOSED for goal in one.goals) for one in people
    )


def disagreeing(goals: Iterable[GoalAssessment], links: Links) -> list[GoalLine]:
    """Give the goals whose stated status and figures disagree, worst first."""
    return ordered(goal_line(one, links) for one in goals if one.disagrees)


def with_status(lines: Iterable[GoalLine], wanted: Sequence[Status]) -> list[GoalLine]:
    """Keep the lines with one of the wanted statuses."""
    return [line for line in lines if line.status in wanted]


def ordered(lines: Iterable[GoalLine]) -> list[GoalLine]:
    """Sort by what is most pressing, then by due date; the sheet's order breaks ties."""
    return sorted(
        lines, key=lambda line: (ORDER.index(line.status), line.due_on or date.max)
    )


def goal_line(one: GoalAssessment, links: Links, field: str = "") -> GoalLine:
    """Reduce a judged goal to what a letter shows of it, with the cell of ``field``."""
    at = one.goal.at(field or _telling_field(one))
    return GoalLine(
        title=_title(one.goal),
        person=one_line(one.goal.employee, 40),
        status=one.status,
        reason=one.reason,
        progress=one.progress,
        expected=one.expected,
        due_on=one.goal.due_on,
        next_on=one.next_on,
        claimed=one.claimed if one.disagrees else None,
        claim=claimed_words(one.goal),
        since=_since(one, one.change),
        next_step=wording.NEXT_STEP.get(one.status),
        hint=hint_of(one),
        missing=tuple(one.verdict.missing),
        sheet=one_line(at.sheet, 40),
        row=at.row,
        a1=at.a1,
        link=web_link(links, at),
    )


def _telling_field(one: GoalAssessment) -> str:
    """Name the cell a reader would change or look at first."""
    if one.status is Status.NO_DATA:
        return "actual"
    return "status" if one.disagrees else "goal_title"


def _title(goal: Goal) -> Text:
    name = one_line(goal.title or goal.metric or goal.description or goal.goal_id, 80)
    return Text("{name}", "{name}", {"name": name}) if name else title(goal)


def hint_of(one: GoalAssessment) -> Text | None:
    """Give a goal's own words with the gaps to fill; ``None`` when nothing lacks."""
    verdict = one.verdict
    if not verdict.missing or not (verdict.suggestion_zh or verdict.suggestion_en):
        return None
    return Suggested(
        verdict.suggestion_zh or verdict.suggestion_en,
        verdict.suggestion_en or verdict.suggestion_zh,
    )


def _since(one: GoalAssessment, change: Change | None) -> Since | None:
    if change is None:
        return None
    status = change.status_before if change.status_before is not one.status else None
    before = change.progress_before
    now = one.progress
    same = before is None or now is None or round(before * 100) == round(now * 100)
    if status is None and same and not change.moved:
        return None
    return Since(
        on=change.since,
        status=status,
        progress=None if same else before,
        moved=change.moved,
    )
