"""From judged goals to people, teams, talks and the health of the whole follow-up."""

from collections.abc import Iterable, Sequence

from sync.assess import improvement, promises
from sync.assess.actions import judge_action, uncovered
from sync.assess.alignment import alignment_of
from sync.assess.burn_up import burn_up
from sync.assess.cadence import Calendar
from sync.assess.conversations import conversations_of
from sync.assess.guards import strains_of
from sync.assess.health import health_of, process_health_of
from sync.assess.model import Assessment, GoalAssessment, Past
from sync.assess.rhythm import rhythms_of
from sync.assess.rolled import rollups_of
from sync.assess.rollup import counted, roll_up, teams_of
from sync.assess.trends import trends_of
from sync.config.model import Followup
from sync.findings import Finding, reading_order
from sync.records.model import Records


def whole_of(  # noqa: PLR0913 - everything that is counted over
    records: Records,
    goals: Sequence[GoalAssessment],
    past: Past,
    options: Followup,
    *,
    calendar: Calendar,
    findings: Iterable[Finding],
    fiscal_year_starts: int,
) -> Assessment:
    """Put together everything that is counted over more than one goal.

    Args:
        records: Everything parsed.
        goals: The goals among it, judged, in the same order.
        past: What history remembers from days before.
        options: The office's thresholds.
        calendar: The day judged, days off, and who was talked with when.
        findings: Those of every room before, each once; broken promises are added here.
        fiscal_year_starts: The month in which Q1 begins, 1–12.
    """
    today = calendar.today
    people = roll_up(records.people, goals)
    rhythms = rhythms_of(
        records.people,
        records.check_ins,
        calendar=calendar,
        options=options,
    )
    strains = strains_of(goals)
    conversations = conversations_of(
        people, records, options, today, rhythms=rhythms, strains=strains
    )
    actions = tuple(judge_action(one, options, today) for one in records.actions)
    plans = improvement.plans_of(actions, today)
    alignment = alignment_of(records.goals, records.people, fiscal_year_starts)
    health = (
        *health_of(records, goals, people, options=options, today=today),
        *process_health_of(goals, rhythms, alignment, records.ratings),
    )
    teams = teams_of(people, conversations)
    judged = {id(goal): one for goal, one in zip(records.goals, goals, strict=True)}
    return Assessment(
        today=today,
        goals=tuple(goals),
        people=people,
        teams=teams,
        conversations=conversations,
        health=health,
        n_by_status=counted(goals),
        findings=_once(
            [
                *findings,
                *promises.findings_of(actions, today),
                *improvement.findings_of(plans),
            ]
        ),
        previous_run_on=past.previous_run_on,
        actions=actions,
        without_action=uncovered(goals, records.actions, today) if actions else (),
        alignment=alignment,
        strains=strains,
        plans=plans,
        rhythms=rhythms,
        rollups=rollups_of(people, teams, alignment, judged),
        trends=trends_of(goals, health, past, today),
        records=records,
        burn_up=burn_up(goals, today),
    )


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Say everything once, in reading order."""
    found: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        said = (finding.code, finding.at, finding.subject, finding.what.in_("en"))
        found.setdefault(said, finding)
    return tuple(sorted(found.values(), key=reading_order))
