"""The whole judgement of one workbook on one day, from its parts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from sync.assess.cadence import (
    Calendar,
    Talks,
    last_sign,
    next_look,
    silent_days,
    status_since,
)
from sync.assess.changes import change_of, facts_of, month_before
from sync.assess.claims import bias_of, doubt_of, held_since
from sync.assess.curves import counted_until, curve_of
from sync.assess.evidence import completed
from sync.assess.expected import Window, Working, window_of
from sync.assess.flat import flat_days
from sync.assess.forecast import forecast_of
from sync.assess.ledger import moves_of, undone_confirmation
from sync.assess.model import Assessment, GoalAssessment, Observation, Past
from sync.assess.presence import at_work
from sync.assess.progress import measure
from sync.assess.reasons import reason_of
from sync.assess.status import Facts, rule_of
from sync.assess.whole import whole_of
from sync.config.model import Followup
from sync.findings import Finding
from sync.records.model import Goal, Person, Records, Status
from sync.smart.model import Lint, Verdict
from sync.smart.understand import understand
from sync.smart.understand.model import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class _Office:
    """What is the same for every goal of a run."""

    past: Past
    options: Followup
    calendar: Calendar
    fiscal_year_starts: int
    working: Working | None
    people: Mapping[str, Person]


def assess(  # noqa: PLR0913 - the seam of the room: one argument each room before it
    records: Records,
    lint: Lint,
    past: Past,
    options: Followup,
    *,
    today: date,
    holidays: Collection[date] = (),
    workdays: Collection[date] = (),
    findings: Iterable[Finding] = (),
    fiscal_year_starts: int = 1,
) -> Assessment:
    """Judge one workbook: its goals, people, teams, and whom to talk to first.

    Pure: the same arguments give the same result, whatever the order of the rows.

    Args:
        records: Everything parsed.
        lint: Its lint, one verdict for each goal in the same order.
        past: What history remembers from days before ``today``.
        options: The office's thresholds.
        today: The day judged.
        holidays: Days off besides Saturday and Sunday.
        workdays: Saturdays and Sundays on which people work.
        findings: Those of reading and recognising; the records' and the lint's are
            added here.
        fiscal_year_starts: The month in which Q1 begins, 1–12.
    """
    office = _Office(
        past=past,
        options=options,
        calendar=Calendar(
            today=today,
            holidays=frozenset(holidays),
            workdays=frozenset(workdays),
            talks=Talks.of(records.check_ins, today),
        ),
        fiscal_year_starts=fiscal_year_starts,
        working=Working.of(holidays, workdays)
        if options.count_days == "working"
        else None,
        people={person.key: person for person in records.people},
    )
    goals = tuple(
        _judge(goal, verdict, words, office)
        for goal, verdict, words in zip(
            records.goals,
            lint.verdicts,
            lint.titles or [understand(goal.title) for goal in records.goals],
            strict=True,
        )
    )
    return whole_of(
        records,
        goals,
        past,
        options,
        calendar=office.calendar,
        findings=[
            *findings,
            *records.findings,
            *chain.from_iterable(one.findings for one in lint.verdicts),
            *lint.findings,
        ],
        fiscal_year_starts=fiscal_year_starts,
    )


def _judge(
    goal: Goal, verdict: Verdict, words: Understanding, office: _Office
) -> GoalAssessment:
    """Judge one goal."""
    today = office.calendar.today
    seen = _remembered(goal, office.past)
    believed = completed(goal, words)
    measured = measure(believed, today)
    done = measured.clamped
    window = _window(believed, office)
    sign = last_sign(goal, done, seen, talks=office.calendar.talks, today=today)
    facts = Facts(
        goal=believed,
        measured=measured,
        window=window,
        days_silent=silent_days(sign, window, office.calendar),
        today=today,
        options=office.options,
        forecast=forecast_of(measured, window, seen, today),
        counted_until=counted_until(goal, window, today, office.fiscal_year_starts),
    )
    rule, status = rule_of(facts)
    bias = bias_of(goal.claimed_status, status, weak=goal.claimed_weak)
    disagrees = held_since(bias, [(one.on, one.bias) for one in seen], today)
    now = facts_of(goal, status, done, today, bias=bias)
    moves = moves_of(believed, now, seen, window)
    since = status_since(status, seen, today)
    return GoalAssessment(
        goal=goal,
        status=status,
        seen=seen,
        rule=rule,
        reason=reason_of(facts, rule, bias),
        progress_raw=measured.raw,
        progress=done,
        expected=facts.pace.expected,
        ratio=facts.pace.ratio,
        gap=facts.pace.gap,
        claimed=goal.claimed_status,
        disagrees=bias is not None,
        days_silent=None if status is Status.CLOSED else facts.days_silent,
        days_flat=flat_days(facts, seen, status, office.calendar),
        next_on=_next_on(
            goal, status, max(sign or since, since), window=window, office=office
        ),
        verdict=verdict,
        change=change_of(now, seen),
        month_ago=month_before(now, seen),
        bias=bias,
        doubt=doubt_of(goal.confidence, status),
        disagrees_since=disagrees,
        disagrees_weeks=(today - disagrees).days // 7 + 1 if disagrees else 0,
        moves=moves,
        unconfirmed_by=undone_confirmation(now, seen, moves),
        forecast=facts.forecast,
        window=window,
    )


def _next_on(
    goal: Goal, status: Status, anchor: date, *, window: Window, office: _Office
) -> date | None:
    return next_look(
        goal,
        status,
        anchor,
        options=office.options,
        calendar=office.calendar,
        away=window.away,
    )


def _window(goal: Goal, office: _Office) -> Window:
    """Tell on which of its days a goal can be worked on, and how its work is spread."""
    window = window_of(goal, office.fiscal_year_starts, office.working)
    window = at_work(window, goal, office.people)
    curve = curve_of(goal, window, office.options, office.fiscal_year_starts)
    return replace(window, curve=curve) if curve else window


def _remembered(goal: Goal, past: Past) -> tuple[Observation, ...]:
    """Give a goal's past, oldest first; none when its key does not find it surely."""
    if goal.duplicate or not goal.usable_key:
        return ()
    return past.goals.get(goal.key, ())
