"""The typed rows that everything after parsing works on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal, NamedTuple

from sync.cells import CellRef
from sync.findings import Finding
from sync.records.values.milestones import Milestone
from sync.records.values.planned import PlannedPart
from sync.records.values.spans import Span

Comparator = Literal["", ">=", "<=", ">", "<", "="]


class Direction(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    TARGET_IS_BEST = "target-is-best"
    MILESTONE = "milestone"
    YES_NO = "yes-no"


class Status(StrEnum):
    """Where a goal stands, computed or claimed, in the one order we use."""

    ACHIEVED = "achieved"
    AHEAD = "ahead"
    ON_TRACK = "on_track"
    NOT_STARTED = "not_started"
    AT_RISK = "at_risk"
    BEHIND = "behind"
    OVERDUE = "overdue"
    NO_DATA = "no_data"
    CLOSED = "closed"
    """Cancelled, suspended or handed over: no longer followed up."""
    __hash__ = str.__hash__  # an enum's own runs in Python, a million times a sync


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as people write it in a target, baseline or actual cell."""

    text: str
    """As the sheet shows it, on one line."""
    value: float | None
    """``None`` when the cell holds words only, as in ``按时完成``. Percentages are
    shares: ``98%`` is 0.98."""
    unit: str = ""
    """``%``, ``件``, ``天``, ``k USD``, …; empty when none is written."""
    comparator: Comparator = ""
    upper: float | None = None
    """The far end of a range such as ``80-90``."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which cell each field of one record came from."""

    sheet: str
    row: int
    columns: Mapping[str, int]
    """Field name of the vocabulary → column; shared by all rows of a table."""
    elsewhere: Mapping[str, CellRef] = field(default_factory=dict)
    """Fields whose value stands in another row: merged cells, titles."""

    def at(self, name: str) -> CellRef:
        """Give the cell of a field; the row's first column when it has none.

        Args:
            name: A field name of the vocabulary, such as ``due_date``.
        """
        if name in self.elsewhere:
            return self.elsewhere[name]
        return CellRef(self.sheet, self.row, self.columns.get(name, self.first))

    def has(self, name: str) -> bool:
        """Whether the sheet has a column, or a title, for the field at all."""
        return name in self.columns or name in self.elsewhere

    @property
    def first(self) -> int:
        """The leftmost column of the table."""
        return min(self.columns.values(), default=1)


class Origin(NamedTuple):
    """Which table a record came from."""

    sheet: str
    header_row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in the organisation."""

    key: str
    """Unique in a run: the employee number if there is one, else name and department."""
    name: str
    place: Place | None
    """``None`` for a person known only from other sheets."""
    employee_id: str = ""
    email: str = ""
    department: str = ""
    position: str = ""
    manager: str = ""
    """As the sheet names the manager."""
    manager_key: str | None = None
    """The manager's `Person.key`; ``None`` when nobody or more than one fits."""
    manager_email: str = ""
    hired_on: date | None = None
    employment_status: str = ""
    language: str = ""
    """``zh`` or ``en`` when the sheet has a column for it."""
    left_on: date | None = None
    """The last day of work, past or agreed."""
    moved_on: date | None = None
    """The first day in the present position and department."""
    away: tuple[Span, ...] = ()
    """Leave, both days inclusive, merged and in order."""
    cadence_days: int | None = None
    """After how many days they are talked with again; ``None``: as the office says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal or KPI of one person, team or company."""

    key: str
    """Normalised goal id, else employee + title + period; see `duplicate`."""
    place: Place
    origin: Origin
    goal_id: str = ""
    person_key: str | None = None
    """Whose goal it is, as `Person.key`; ``None`` when nobody or several fit."""
    employee: str = ""
    """As the sheet names the employee."""
    employee_id: str = ""
    manager: str = ""
    department: str = ""
    review_cycle: str = ""
    """Normalised period: ``2026``, ``2026H1``, ``2026Q3``, ``2026-07``; else as written."""
    title: str = ""
    description: str = ""
    category: str = ""
    metric: str = ""
    unit: str = ""
    data_source: str = ""
    steps: str = ""
    """Actions or milestones on the way, as written."""
    direction: Direction | None = None
    """``None``: not said and not evident; judgement treats it as higher."""
    baseline: Quantity | None = None
    target: Quantity | None = None
    current: Quantity | None = None
    progress: float | None = None
    """Share done as the sheet claims it, 0–1 and beyond; ``None`` when empty."""
    weight: float | None = None
    """Share of the person's total, 0–1."""
    max_points: float | None = None
    supports: str = ""
    """The parent goal, as written."""
    start_on: date | None = None
    due_on: date | None = None
    due_text: str = ""
    """The due cell as written, when it is not a plain date."""
    ended_on: date | None = None
    claimed_status: Status | None = None
    claimed_text: str = ""
    """The status cell as written."""
    claimed_weak: bool = False
    """Whether the claim merely says that work goes on, as ``进行中`` does."""
    checked_in_on: date | None = None
    acknowledged: bool | None = None
    comments: str = ""
    adjustment_reason: str = ""
    """Why it was adjusted, as the sheet gives it."""
    approved_by: str = ""
    """Who agreed to the adjustment, as written."""
    confidence: float | None = None
    """How sure the owner is of reaching it, 0–1."""
    guard: str = ""
    """The goal or KPI that must not suffer for this one, as written."""
    curve: str = ""
    """How its work is meant to be spread over its days, as written."""
    planned: tuple[PlannedPart, ...] = ()
    """What each month or quarter is to bring; they add up to the target."""
    results_until: str = ""
    """The period of the latest of the results that were added up; empty for others."""
    last_year: tuple[PlannedPart, ...] = ()
    """What each of them brought the year before."""
    milestones: tuple[Milestone, ...] = ()
    """By day, at least two."""
    milestones_are_shares: bool = False
    """Whether the sheet says how much each of them is of the whole."""
    ignored: Mapping[str, CellRef] = field(default_factory=dict)
    """Code or letter of a lint rule that the row wants unsaid → the cell that asks."""
    duplicate: bool = False
    """Whether another row has the same key: then neither is matched across runs."""
    usable_key: bool = True
    """Whether the key can find the row again after sorting."""

    def at(self, name: str) -> CellRef:
        """Give the cell of a field of the vocabulary, such as ``due_date``."""
        return self.place.at(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One appraisal of one person for one period."""

    place: Place
    person_key: str | None
    employee: str
    review_cycle: str = ""
    self_rating: float | None = None
    manager_rating: float | None = None
    final_rating: float | None = None
    grade: str = ""
    comments: str = ""
    rated_on: date | None = None
    acknowledged: bool | None = None
    potential: str = ""
    """As written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One answer of one rater about one person."""

    place: Place
    ratee_key: str | None
    ratee: str
    rater: str = ""
    relationship: str = ""
    """``self``, ``manager``, ``peer``, ``report``, ``other`` or as written."""
    competency: str = ""
    score: float | None = None
    """``None`` for empty and for "don't know"."""
    comment: str = ""
    review_cycle: str = ""
    """Normalised period, from a column or the sheet's title; empty when not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """One talk about progress."""

    place: Place
    participants: tuple[str, ...]
    person_keys: tuple[str, ...] = ()
    held_on: date | None = None
    topic: str = ""
    notes: str = ""
    done: str = ""
    issues: str = ""
    next_steps: str = ""
    support: str = ""
    next_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One promised improvement."""

    place: Place
    action_id: str = ""
    issue: str = ""
    action: str = ""
    owner: str = ""
    owner_key: str | None = None
    due_on: date | None = None
    due_text: str = ""
    status: Status | None = None
    status_text: str = ""
    category: str = ""
    """What kind of action it is, as written, such as ``培训支持`` or ``PIP``."""
    raised_on: date | None = None
    closed_on: date | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Everything parsed from one workbook."""

    people: tuple[Person, ...] = ()
    goals: tuple[Goal, ...] = ()
    ratings: tuple[Rating, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    actions: tuple[Action, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Cells that could not be read, and rows that speak of unknown people."""
