"""Several judged workbooks as one judgement: one person's goals are together again.

No goal is judged anew: a letter says what the workbook says. What is counted over goals
(people, teams, talks, the health of the follow-up) is counted over all of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from sync.assess.cadence import Calendar, Talks
from sync.assess.evaluation.evaluate import evaluate
from sync.assess.joined.identity import who_is_who
from sync.assess.joined.parts import Part
from sync.assess.joined.placing import Placing
from sync.assess.model import Assessment, Observation, Past
from sync.assess.process import TrendPoint
from sync.assess.whole import whole_of
from sync.config.model import Config
from sync.config.off import days_off
from sync.findings import Finding, reading_order
from sync.records.model import Records


def join(
    parts: Sequence[Part], config: Config, *, findings: Iterable[Finding] = ()
) -> Assessment:
    """Put several workbooks' judgements together.

    Sheets are called as in ``[goals.xlsx]Q3``, and keys are unique over all parts.

    Args:
        parts: At least one, all judged on the same day.
        config: The office's rules.
        findings: About the parts as a whole, such as one that could not be read.
    """
    who = who_is_who(parts)
    placings = [Placing(part, keys) for part, keys in zip(parts, who.keys, strict=True)]
    records = _records([one.records() for one in placings])
    goals = tuple(
        one.judged(goal) for one in placings for goal in one.part.assessment.goals
    )
    found = [
        *findings,
        *who.findings,
        *(one.finding(f) for one in placings for f in one.part.assessment.findings),
    ]
    whole = Records(
        people=who.people,
        goals=records.goals,
        ratings=records.ratings,
        feedback=records.feedback,
        check_ins=records.check_ins,
        actions=records.actions,
    )
    today = parts[0].assessment.today
    off = days_off(config, today)
    judged = whole_of(
        whole,
        goals,
        _past(placings),
        config.followup,
        calendar=Calendar(
            today=today,
            holidays=off.holidays,
            workdays=off.workdays,
            talks=Talks.of(whole.check_ins, today),
        ),
        findings=tuple(sorted(found, key=reading_order)),
        fiscal_year_starts=config.office.fiscal_year_starts,
    )
    evaluation = evaluate(
        whole,
        judged.people,
        config.evaluation,
        fiscal_year_starts=config.office.fiscal_year_starts,
    )
    # What each part said of its groups of raters is among its findings; several sheets
    # may make one group large enough, and that is not said again.
    return replace(judged, evaluation=evaluation)


def _records(parts: Sequence[Records]) -> Records:
    return Records(
        goals=tuple(chain.from_iterable(one.goals for one in parts)),
        ratings=tuple(chain.from_iterable(one.ratings for one in parts)),
        feedback=tuple(chain.from_iterable(one.feedback for one in parts)),
        check_ins=tuple(chain.from_iterable(one.check_ins for one in parts)),
        actions=tuple(chain.from_iterable(one.actions for one in parts)),
    )


def _past(placings: Sequence[Placing]) -> Past:
    """Remember together; the latest run of any part is the run before this one."""
    pasts = [one.past() for one in placings]
    runs = [one.previous_run_on for one in pasts if one.previous_run_on]
    goals: dict[str, tuple[Observation, ...]] = {}
    for one in pasts:
        goals |= one.goals
    return Past(
        previous_run_on=max(runs, default=None), goals=goals, figures=_figures(pasts)
    )


def _figures(pasts: Iterable[Past]) -> dict[str, tuple[TrendPoint, ...]]:
    """Add up what was counted in all parts on a day; people may be in several."""
    sums: dict[str, dict[date, tuple[int, int]]] = {}
    for past in pasts:
        for name, points in past.figures.items():
            if name.startswith("people_"):
                continue
            days = sums.setdefault(name, {})
            for one in points:
                n, of = days.get(one.on, (0, 0))
                days[one.on] = n + one.n, of + one.of
    return {
        name: tuple(
            TrendPoint(on=on, n=n, of=of) for on, (n, of) in sorted(days.items())
        )
        for name, days in sums.items()
    }
