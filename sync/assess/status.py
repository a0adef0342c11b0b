"""Which status a goal has: fixed rules in a fixed order, each with a code.

The rules and their order are `sync.assess.rulebook.RULES`. Bands are half-open: a ratio
of exactly ``behind_ratio`` is not behind, a gap of exactly ``behind_gap`` is.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sync.assess.expected import Window
from sync.assess.process import Forecast
from sync.assess.progress import REACHED, Progress
from sync.assess.rulebook import RULES
from sync.config.model import Followup
from sync.records.model import Goal, Status


class Pace(NamedTuple):
    """Progress beside what was expected, all shares."""

    progress: float | None
    expected: float | None
    ratio: float | None
    """progress / expected; ``None`` when nothing was expected yet."""
    gap: float | None
    """expected − progress; negative when ahead."""


@dataclass(slots=True, kw_only=True)
class Facts:
    """Everything the rules look at.

    Not frozen: freezing takes longer than all the rules, and no goal's outlive it.
    """

    goal: Goal
    measured: Progress
    window: Window
    days_silent: int | None
    today: date
    options: Followup
    forecast: Forecast | None = None
    counted_until: date | None = None
    """Up to which day the figure counts; ``None``: today."""

    pace: Pace = field(init=False)
    """Worked out once: every rule and the reason look at it."""
    in_grace: bool = field(init=False)
    """Whether the goal has only just begun."""

    def __post_init__(self) -> None:
        day = self.counted_until or self.today
        self.pace = _pace(self.measured, self.window.expected(day))
        start = self.window.start
        self.in_grace = start is not None and self._is_within_grace(start)

    @property
    def days_late(self) -> int:
        """Days past the due date, 0 when it is not past or not known."""
        return max((self.today - self.window.due).days, 0) if self.window.due else 0

    @property
    def grace_days(self) -> int:
        """Days from the start within which pace is not judged, rounded up."""
        share = self.options.grace_share * (self.window.days or 0)
        return max(self.options.grace_days, -int(-share // 1))

    def _is_within_grace(self, start: date) -> bool:
        return (self.today - start).days < self.grace_days


def _pace(measured: Progress, planned: float | None) -> Pace:
    """Compare progress with expectation; a level is expected whole at any time."""
    done = measured.clamped
    expected = 1.0 if done is not None and measured.is_level else planned
    if done is None or expected is None:
        return Pace(done, expected, None, None)
    ratio = round(done / expected, 9) if expected > 0 else None
    return Pace(done, expected, ratio, round(expected - done, 9))


def rule_of(facts: Facts) -> tuple[str, Status]:
    """Give the first rule that fires, and the status it gives.

    Total: every input has exactly one answer, and the same one each time.
    """
    rule = _ended(facts) or _without_value(facts) or _by_pace(facts)
    if rule == "claimed-only" and facts.goal.claimed_status:
        return rule, facts.goal.claimed_status
    return rule, RULES[rule][0]


def _ended(facts: Facts) -> str | None:
    """Try the rules that need no comparison with a plan."""
    if facts.goal.claimed_status is Status.CLOSED:
        return "closed"
    if done := _achieved(facts):
        return done
    # The end of a period with no value at all is a sheet that was never filled in;
    # only a date that somebody set makes it late.
    if facts.days_late and facts.measured.raw is not None:
        return "overdue"
    if facts.days_late and not facts.window.due_is_period:
        return "overdue-no-value"
    start = facts.window.start
    if start is not None and facts.today < start and not facts.pace.progress:
        return "before-start"
    return None


def _achieved(facts: Facts) -> str | None:
    """Tell whether the target is reached; a limit has to hold until it is due."""
    raw = facts.measured.raw
    if raw is None or raw < REACHED:
        return None
    if facts.measured.how in {"status", "ended"}:
        return "claimed-done"
    due = facts.window.due
    running = due is None or facts.today < due
    claimed_done = facts.goal.claimed_status is Status.ACHIEVED
    if facts.measured.is_level and running and not claimed_done:
        return None
    return "achieved"


def _without_value(facts: Facts) -> str | None:
    """Try the rules for a goal without any value; ``None`` when it has one."""
    if facts.measured.raw is not None:
        return None
    if facts.goal.claimed_status is not Status.NOT_STARTED:
        return "no-data"
    # "Not started" is a claim like any other: it says that nothing is done.
    expected = facts.pace.expected
    late = expected is not None and expected >= max(facts.options.behind_gap, 1e-9)
    return (
        "behind-not-started" if late and not facts.in_grace else "claimed-not-started"
    )


def _by_pace(facts: Facts) -> str:
    """Compare a value with what was expected by now."""
    if slow := _slow(facts):
        return slow
    if facts.pace.expected is None and _claim_stands(facts):
        fine = facts.goal.claimed_status in {Status.AHEAD, Status.ON_TRACK}
        return "at-risk-silent" if fine and _silent(facts) else "claimed-only"
    if not facts.pace.progress:
        return "not-started"
    return "at-risk-silent" if _silent(facts) else _well(facts)


def _well(facts: Facts) -> str:
    """Tell in which way a goal goes well."""
    if facts.measured.is_level and (facts.measured.raw or 0.0) >= REACHED:
        return "within-limit"
    if _fast(facts):
        return "ahead"
    if facts.pace.expected is None:
        return "no-dates"
    return "grace" if facts.in_grace else "on-track"


def _slow(facts: Facts) -> str | None:
    """Tell whether too little is done, once the goal has had its time to begin."""
    options, (_, _, ratio, gap) = facts.options, facts.pace
    if ratio is None or gap is None or facts.in_grace:
        return None
    if ratio < options.behind_ratio and gap >= options.behind_gap:
        return "behind-ratio"
    if ratio < options.at_risk_ratio and gap >= options.at_risk_gap:
        return "at-risk-ratio"
    return "at-risk-forecast" if facts.forecast and facts.forecast.short else None


def _fast(facts: Facts) -> bool:
    """Tell whether clearly more is done than expected: by ratio and by points."""
    options, (_, _, ratio, gap) = facts.options, facts.pace
    if gap is None or gap >= 0 or -gap < options.at_risk_gap:
        return False
    return ratio is None or ratio >= options.ahead_ratio


def _claim_stands(facts: Facts) -> bool:
    """Whether a claim may stand in for a pace that cannot be judged without dates."""
    claimed = facts.goal.claimed_status
    if claimed is Status.NOT_STARTED:
        return not facts.pace.progress
    return claimed not in {None, Status.ACHIEVED, Status.NO_DATA}


def _silent(facts: Facts) -> bool:
    """Whether nobody has touched the goal for too long; 0 days switches it off.

    Within the grace nothing is too long.
    """
    if facts.in_grace or facts.days_silent is None:
        return False
    return 0 < facts.options.silent_after_days <= facts.days_silent
