"""What is known about the follow-up itself: actions, changes, forecasts, links, talks."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sync.records.model import Action, Goal, Person, Status
from sync.wording import Text

Step = Literal["none", "owner", "manager", "hr"]
"""Who should help with an action now: nobody yet, its owner, the manager too, HR too."""

MovedField = Literal["target", "baseline", "due", "weight", "owner", "title"]

Lateness = Literal["last-third", "after-red"]
"""In the last third of the goal's days, or when it was behind or overdue already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedAction:
    """One improvement action, judged."""

    action: Action
    is_open: bool
    days_overdue: int
    """Whole days past the due date; 0 when it is not late, not open or has no date."""
    reopened: bool
    """Whether it bears a closing date and is said to be at work again."""
    step: Step
    reason: Text
    """One sentence: what is known of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One fact about a goal that was changed, seen by comparing two days."""

    goal: Goal
    """As it is now."""
    field: MovedField
    before: str
    after: str
    """As the sheet wrote it then and now; empty for an empty cell."""
    since: date
    """The last day on which the old value was seen."""
    on: date
    """The first day on which the new one was."""
    text: Text
    easier: bool = False
    """Whether the target was cut or the due date put off."""
    late: Lateness | None = None
    """When it became easier late: why that is late."""
    why: str = ""
    """The reason the sheet gives for the goal's adjustment, or empty."""
    approved_by: str = ""
    """Who agreed to it, as the sheet says, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Where a goal will be when it is due if it goes on as it did lately."""

    n_observations: int
    """Days with a value that it rests on; never fewer than three."""
    recent_pace: float
    """Median of the latest steps, as a share of the whole a week."""
    required_pace: float
    """Share a week that would still reach the target; the rest itself on the last day."""
    end_low: float
    end_high: float
    """Share done on the due date, eight times in ten; may be below 0 and above 1."""
    reach_on: date | None
    """When the recent pace reaches the target; ``None`` when it never does, or in more
    than ten years."""

    @property
    def short(self) -> bool:
        """Whether even the better end of the range misses the target."""
        return self.end_high < 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSum:
    """A goal's target beside what the goals that support it add up to."""

    goal: Goal
    n: int
    """Supporting goals counted: those in the same unit."""
    total: float
    target: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A goal with the goals that say they support it."""

    goal: Goal
    by: tuple[Goal, ...]
    """In the order of the records, at least one."""


RollUpKind = Literal["team", "department", "goal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp:
    """The goals of a team or a department, or those that support one goal, as one."""

    kind: RollUpKind
    name: str
    """The manager's name, the department, or the title of the goal they support."""
    n: int
    """Goals still followed."""
    n_people: int
    """Who have them."""
    progress: float | None
    """Weighted mean of those with a value, 0–1."""
    coverage: float
    """Share of the weight that has a value, 0–1."""
    status: Status
    """Worst-weighted."""
    goal: Goal | None = None
    """The goal they support."""
    own_status: Status | None = None
    """What that goal itself says, by its own figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """How the goals hang together, over the tables that have a column for it."""

    n_goals: int
    """Goals still followed that should name one above them."""
    n_linked: int
    """Those whose reference leads to a goal of the workbook."""
    orphans: tuple[Goal, ...]
    """They name none."""
    dangling: tuple[Goal, ...]
    """They name one that is not in the workbook."""
    circles: tuple[tuple[Goal, ...], ...]
    """Goals that support each other in a circle, each circle once."""
    other_period: tuple[Goal, ...]
    """Their period does not touch that of the goal they support."""
    n_company: int
    """Goals of the whole company."""
    uncarried: tuple[Goal, ...]
    """Those of them that no goal supports."""
    n_people: int
    """People with a goal in such a table."""
    unaligned: tuple[Person, ...]
    """Those of them none of whose goals leads to another."""
    short: tuple[TargetSum, ...]
    """Goals whose supporting goals add up to less than their own target."""
    carried: tuple[Carried, ...] = ()
    """Goals that support none themselves, with those that support them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How regularly one person is talked with."""

    person: Person
    last: date | None
    """The latest talk held; ``None`` when none is on record."""
    next: date | None
    """The next one agreed, today or later."""
    due_on: date | None
    """The working day on which the next one is due by the office's cadence."""
    missed: int
    """Talks in a row that did not take place."""
    every_days: int = 0
    """After how many days the next one is due; 0: none is expected."""
    asks_since: date | None
    """Since which talk difficulties or support were named in every talk; ``None`` when
    the latest names none."""
    asks_days: int = 0
    """Days since then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strain:
    """A goal that goes well while the one that guards it does not."""

    goal: Goal
    guard: Goal
    status: Status
    guard_status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementPlan:
    """Somebody's improvement plan, for the manager, the person and HR."""

    person_key: str
    rows: tuple[JudgedAction, ...]
    """In the order of the records, at least one."""
    n_open: int
    n_support: int
    """Rows that say what is given to help."""
    checkpoints: tuple[date, ...]
    """Days on which it is looked at, in order; empty when none is agreed."""
    next_checkpoint: date | None
    """The first of them today or later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One figure about the follow-up on one earlier day."""

    on: date
    n: int
    of: int


TrendName = Literal[
    "goals_red",
    "goals_without_value",
    "goals_unacknowledged",
    "goals_failing_s_or_m",
    "people_missing_talks",
    "feedback_unacknowledged",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One figure over the weeks, oldest first, the day judged last."""

    name: TrendName
    points: tuple[TrendPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BurnPoint:
    """How far the goals are, and should be, on one day."""

    on: date
    n: int
    """Goals in both means."""
    done: float | None
    """Mean progress, 0–1; ``None`` for a day yet to come."""
    expected: float
    """Mean share that should be done by then, 0–1."""
