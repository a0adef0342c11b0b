"""What the judgement says, from one goal up to the organisation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sync.assess.claims import Bias, Doubt
from sync.assess.evaluation.model import Evaluation
from sync.assess.expected import NO_DAYS, Window
from sync.assess.process import (
    Alignment,
    BurnPoint,
    Forecast,
    ImprovementPlan,
    JudgedAction,
    Move,
    Rhythm,
    RollUp,
    Strain,
    Trend,
    TrendPoint,
)
from sync.findings import Finding
from sync.records.model import Goal, Person, Records, Status
from sync.smart.model import Verdict
from sync.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one goal was on one earlier day."""

    on: date
    status: Status
    progress: float | None
    current: str = ""
    target: str = ""
    weight: float | None = None
    due_on: date | None = None
    title: str = ""
    person_key: str | None = None
    """Whose goal it was, as `Person.key`."""
    owner: str = ""
    """The same person as the sheet named them."""
    baseline: str | None = None
    """``None`` where it was not remembered; empty for an empty cell."""
    acknowledged: bool | None = None
    bias: Bias | None = None
    """Whether the claim was rosier or gloomier than the facts; ``None`` also where that
    was not remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What history remembers of one source, from days before the one judged."""

    previous_run_on: date | None = None
    goals: Mapping[str, tuple[Observation, ...]] = field(default_factory=dict)
    """`Goal.key` → observations, oldest first, one a day at most. Goals whose key is
    duplicate or unusable are not in it."""
    figures: Mapping[str, tuple[TrendPoint, ...]] = field(default_factory=dict)
    """`Health.name` → what was counted on the days judged, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to a goal since the last run that differed."""

    since: date
    status_before: Status
    progress_before: float | None
    moved: tuple[Text, ...] = ()
    """Target, due date, weight or owner changed: one sentence each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalAssessment:
    """One goal, judged."""

    goal: Goal
    status: Status
    rule: str
    """Which rule fired, such as ``behind-ratio``; see `sync.assess.status`."""
    reason: Text
    """One sentence with the numbers the rule used."""
    progress_raw: float | None
    """Share of the way from baseline to target; below 0 and above 1 are kept."""
    progress: float | None
    """The same, clamped to 0–1, for display; ``None`` is not zero."""
    expected: float | None
    """Share that should be done by now, 0–1."""
    ratio: float | None
    """progress / expected."""
    gap: float | None
    """expected − progress, as a share: 0.05 is five points."""
    claimed: Status | None
    disagrees: bool
    """Whether the claimed status says better or worse than the computed one."""
    days_silent: int | None
    """Days since the last sign of life; ``None`` when never known."""
    next_on: date | None
    """When to look at it again."""
    verdict: Verdict
    seen: tuple[Observation, ...] = ()
    """What it was on earlier days, oldest first; empty where no key finds it surely."""
    change: Change | None = None
    bias: Bias | None = None
    """When it disagrees: whether the claim is rosier or gloomier than the facts."""
    disagrees_since: date | None = None
    """The first day of the unbroken time for which it has; see `sync.assess.claims`."""
    disagrees_weeks: int = 0
    """In which week of it we are: 1 from the first day on, 0 when it agrees."""
    moves: tuple[Move, ...] = ()
    """What was changed about the goal itself, oldest first."""
    unconfirmed_by: tuple[Move, ...] = ()
    """Changes that came after the owner confirmed the goal, and so undid it."""
    forecast: Forecast | None = None
    doubt: Doubt | None = None
    """Where the owner's confidence says something else than the pace does."""
    window: Window = NO_DAYS
    """The days it runs, as far as its owner is there, and how its work is spread."""
    days_flat: int | None = None
    """Days for which it was cared for and its value stood still; see `sync.assess.flat`."""
    month_ago: Observation | None = None
    """What it was a month before, when that is known and the owner is the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAssessment:
    """One person's goals, rolled up."""

    person: Person
    goals: tuple[GoalAssessment, ...]
    """In the order of the sheet."""
    status: Status
    """Worst-weighted."""
    progress: float | None
    """Mean over the goals with a value, by weight, or plain when weights are missing."""
    coverage: float
    """Share of the weight that has a value, 0–1."""
    n_by_status: Mapping[Status, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Somebody to talk to, about what, and why now."""

    person: Person
    goals: tuple[GoalAssessment, ...]
    """What it is about, the most pressing first; may be empty for pure praise."""
    score: float
    """Higher comes first; the sum of the weights of `why`."""
    why: tuple[Text, ...]
    """Why now, the strongest first."""
    ask: tuple[Text, ...]
    """Open questions to ask."""
    praise: tuple[Text, ...] = ()
    points: tuple[float, ...] = ()
    """The weight of each of `why`; they add up to `score`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAssessment:
    """A manager's direct reports, or everyone without a known manager."""

    manager: Person | None
    people: tuple[PersonAssessment, ...]
    conversations: tuple[Conversation, ...]
    """Whom to talk to first."""
    n_by_status: Mapping[Status, int] = field(default_factory=dict)


HealthName = Literal[
    "goals_failing_s_or_m",
    "goals_without_value",
    "goals_silent",
    "goals_claimed_otherwise",
    "red_goals_without_action",
    "actions_overdue",
    "people_without_goals",
    "goals_unacknowledged",
    "goals_eased_late",
    "people_missing_talks",
    "people_unaligned",
    "company_goals_uncarried",
    "feedback_unacknowledged",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One figure about the follow-up itself, not about anybody's goals."""

    name: HealthName
    n: int
    of: int
    """``n`` of ``of``; ``of`` 0 means the sheet says nothing about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The whole judgement of one workbook on one day."""

    today: date
    goals: tuple[GoalAssessment, ...]
    """In the order of the records."""
    people: tuple[PersonAssessment, ...]
    teams: tuple[TeamAssessment, ...]
    conversations: tuple[Conversation, ...]
    """The whole organisation's, whom to talk to first."""
    health: tuple[Health, ...]
    n_by_status: Mapping[Status, int]
    findings: tuple[Finding, ...]
    """All of them: reading, recognising, parsing, lint; in reading order."""
    previous_run_on: date | None = None
    actions: tuple[JudgedAction, ...] = ()
    """In the order of the records."""
    without_action: tuple[GoalAssessment, ...] = ()
    """Behind or overdue, and no open action is known; in the order of the records."""
    alignment: Alignment | None = None
    """``None`` when no table says which goal supports which."""
    strains: tuple[Strain, ...] = ()
    """Goals that go well while the one that guards them does not."""
    plans: tuple[ImprovementPlan, ...] = ()
    """For HR and the people concerned alone."""
    rhythms: tuple[Rhythm, ...] = ()
    """Of everybody in a workbook with talks, the longest without one first."""
    trends: tuple[Trend, ...] = ()
    """Empty at the first run."""
    rollups: tuple[RollUp, ...] = ()
    """Goals others support, then departments, then teams; each in a fixed order."""
    burn_up: tuple[BurnPoint, ...] = ()
    """Progress beside expected progress, weekly; see `sync.assess.burn_up`."""
    evaluation: Evaluation | None = None
    """Marks and feedback, for HR alone; ``None`` where nobody asked for it."""
    records: Records = field(default_factory=Records)
    """What was judged: several judgements can be put together again from it."""
