"""What the evaluation says about people; none of it is for anybody but HR."""

from dataclasses import dataclass
from typing import Literal

from sync.cells import CellRef
from sync.findings import Finding
from sync.wording import Text

Direction = Literal["self_higher", "manager_higher", "agree"]
Leaning = Literal["lenient", "severe", "usual"]


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of one sheet's marks, as its values show it."""

    low: float
    high: float
    why: Text
    """How it was recognised; an assumption is called one."""

    def share(self, mark: float | None) -> float | None:
        """Map a mark to 0–1; ``None`` for no mark, and for one that is off the scale."""
        if mark is None or not self.low <= mark <= self.high:
            return None
        return (mark - self.low) / (self.high - self.low)

    def mark(self, share: float) -> float:
        """Map a share back to the sheet's own scale."""
        return self.low + share * (self.high - self.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiScore:
    """The goals of one person in one review period, scored and weighted."""

    person_key: str
    cycle: str
    score: float | None
    """Points, 100 is on target; ``None`` when too little is scored."""
    coverage: float
    """Share of the weight that has a score, 0–1."""
    n_scored: int
    n: int
    """Goals that are not closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """One appraisal of one person, on the sheet's scale and as shares of it."""

    person_key: str | None
    employee: str
    cycle: str
    scales: tuple[Scale, ...]
    """One, or several when a sheet's columns are on different ones; empty when it holds
    no number, or numbers of no scale we know."""
    own: float | None
    manager: float | None
    final: float | None
    """As the sheet says; ``None`` is never a zero."""
    grade: str
    own_share: float | None
    manager_share: float | None
    final_share: float | None
    """0–1; of the grade where there is no final number but a known ladder."""
    gap: float | None
    """Self minus manager, as a share of the scale."""
    direction: Direction | None
    composite: float | None = None
    """KPI score and mark by the declared weights, 0–1 and beyond; ``None`` when no
    weights are declared or both parts are missing."""
    components: tuple[Literal["kpi", "rating"], ...] = ()
    """What the composite was made of."""
    box: tuple[Literal[1, 2, 3], Literal[1, 2, 3]] | None = None
    """Performance and potential, 1 low to 3 high, when the office asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tendency:
    """How one manager marks, beside all managers. Reported, never applied."""

    rater: str
    n: int
    """How many people the manager marked."""
    difference: float
    """Mean minus everybody's mean, shrunk, as a share of the scale."""
    leaning: Leaning
    central: bool
    """Whether the marks hardly differ although others' do."""
    halo: bool
    """Whether each person gets about the same mark for every competency."""
    recent: bool = False
    """Whether most talks with those marked fell into the last fifth of the period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeCount:
    """How many people of one pool got one grade, beside the guideline."""

    cycle: str
    grade: str
    n: int
    guideline: int
    """People, by largest remainder."""
    pool: int


UNNAMED = "?"
"""What stands for every rater whose name the sheet does not give."""


@dataclass(frozen=True, slots=True)
class Rater:
    """One rater's answers about one person: never shown one by one."""

    digest: str
    """Stands for the name, so that none has to be kept; `UNNAMED` without one."""
    share: float
    """Mean of the items answered, 0–1 of the scale."""
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The raters of one relation about one person, before anything is published."""

    ratee_key: str
    """The name as the sheet has it, reduced: other keys change with a person's data."""
    ratee: str
    person_key: str = ""
    """`Person.key`; empty when nobody or several fit."""
    cycle: str
    relation: str
    raters: tuple[Rater, ...]
    """Those who answered at least one item."""
    n_nominated: int
    """Those named on the sheet, answered or not."""
    scale: Scale | None
    at: CellRef | None = None
    """The relation's cell in its first row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What one feedback text lacks."""

    at: CellRef
    missing: tuple[Literal["situation", "behaviour", "impact"], ...]
    vague: tuple[str, ...]
    """Empty phrases found."""
    traits: tuple[str, ...]
    """Words that judge the person and not what was done."""
    is_confidential: bool = False
    """Whether it is a rater's: then no word of it is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Everything HR sees about marks and feedback."""

    kpis: tuple[KpiScore, ...] = ()
    marks: tuple[Marks, ...] = ()
    tendencies: tuple[Tendency, ...] = ()
    grades: tuple[GradeCount, ...] = ()
    groups: tuple[Group, ...] = ()
    """Raw: only `sync.assess.evaluation.publishing` may turn them into figures."""
    n_short: int = 0
    """How many of the groups have too few answers to be shown."""
    n_texts: int = 0
    """Feedback texts read."""
    wordings: tuple[Wording, ...] = ()
    """Those of them that lack something, in reading order."""
    findings: tuple[Finding, ...] = ()
    """Groups of raters that can never be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigure:
    """What is published of one group of raters."""

    relation: str
    n: int | None
    """Raters in the figure; ``None`` when it is suppressed."""
    share: float | None
    """0–1; ``None`` when suppressed."""
    mark: float | None
    """The same on the sheet's scale."""
    is_frozen: bool = False
    """Whether newer answers wait for enough others."""
    is_low_n: bool = False
    """Whether fewer than six raters are in it: too few to be reliable."""
    is_infeasible: bool = False
    """Whether all the raters named together are still too few."""
    comments: tuple[str, ...] = ()
    """Shuffled, the same way each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback360:
    """What is published of one person's 360-degree feedback."""

    ratee_key: str
    ratee: str
    cycle: str
    groups: tuple[GroupFigure, ...]
    composite: float | None
    """Of the groups shown, without the own view, by the declared weights, 0–1."""
    self_gap: float | None
    """Own view minus `composite`, as a share of the scale."""
