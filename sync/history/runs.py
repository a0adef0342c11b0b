"""What is remembered of one run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Self

from sync.assess.changes import facts_of
from sync.assess.model import Assessment, GoalAssessment, Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One run: when, on which day's facts, what it found and wrote."""

    as_of: date
    """The day judged; it may be long before the day of the run."""
    started_at: datetime
    finished_at: datetime
    """Both with a time zone."""
    fingerprint_before: str = ""
    fingerprint_after: str = ""
    outcome: str = "nothing"
    """``applied`` or ``nothing``, as `Committed` says."""
    n_goals: int = 0
    n_findings: int = 0
    n_cells: int = 0
    goals: Mapping[str, Observation] = field(default_factory=dict)
    """`Goal.key` → what it was; only goals whose key finds them again."""
    figures: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """What was counted of the follow-up itself: name → how many, of how many."""

    @classmethod
    def of(  # noqa: PLR0913 - what only the pipeline knows
        cls,
        assessment: Assessment,
        *,
        started_at: datetime,
        finished_at: datetime,
        fingerprint_before: str = "",
        fingerprint_after: str = "",
        n_cells: int = 0,
        outcome: str = "nothing",
    ) -> Self:
        """Take from a judgement what is worth remembering."""
        return cls(
            as_of=assessment.today,
            started_at=started_at,
            finished_at=finished_at,
            fingerprint_before=fingerprint_before,
            fingerprint_after=fingerprint_after,
            outcome=outcome,
            n_goals=len(assessment.goals),
            n_findings=len(assessment.findings),
            n_cells=n_cells,
            goals={
                judged.goal.key: observe(judged, assessment.today)
                for judged in assessment.goals
                if judged.goal.usable_key and not judged.goal.duplicate
            },
            figures={one.name: (one.n, one.of) for one in assessment.health if one.of},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One run, as history lists it."""

    id: int
    source: str
    as_of: date
    started_at: datetime
    """In UTC, as `finished_at` is."""
    finished_at: datetime
    fingerprint_before: str
    fingerprint_after: str
    outcome: str
    n_goals: int
    n_findings: int
    n_cells: int


def observe(judged: GoalAssessment, on: date) -> Observation:
    """Keep of a judged goal what a later run compares with."""
    return facts_of(judged.goal, judged.status, judged.progress, on, bias=judged.bias)
