"""How well the follow-up itself works, as figures for HR."""

from collections.abc import Iterable, Sequence
from datetime import date

from sync.assess.actions import RED, days_overdue, is_open, uncovered
from sync.assess.model import GoalAssessment, Health, HealthName, PersonAssessment
from sync.assess.presence import has_left
from sync.assess.process import Alignment, Rhythm
from sync.config.model import Followup
from sync.records.model import Goal, Rating, Records, Status


def health_of(
    records: Records,
    goals: Sequence[GoalAssessment],
    people: Sequence[PersonAssessment],
    *,
    options: Followup,
    today: date,
) -> tuple[Health, ...]:
    """Count what hinders the follow-up, always the same figures in the same order.

    Each is ``n`` of ``of``, where ``of`` counts only what the sheets can say something
    about: a workbook without a sheet of actions has no red goal without an action.

    Source:
        The three difficulties of performance follow-up: resistance to feedback, unclear
        goals, broken communication; and the rule that a red goal has an action with an
        owner and a date.
    """
    followed = [goal for goal in goals if goal.status is not Status.CLOSED]
    heard = [goal for goal in followed if goal.days_silent is not None]
    silent = [goal for goal in heard if _is_silent(goal, options)]
    claiming = [goal for goal in followed if goal.claimed is not None]
    asked = [goal for goal in followed if _asks_to_confirm(goal.goal)]
    red = [goal for goal in followed if goal.status in RED] if records.actions else []
    alone = uncovered(red, records.actions, today)
    still_open = [action for action in records.actions if is_open(action, today)]
    staff = [
        one
        for one in people
        if one.person.place is not None and not has_left(one.person, today)
    ]
    return (
        _figure(
            "goals_failing_s_or_m",
            [goal for goal in followed if {"S", "M"} & set(goal.verdict.missing)],
            followed,
        ),
        _figure(
            "goals_without_value",
            [goal for goal in followed if goal.status is Status.NO_DATA],
            followed,
        ),
        _figure("goals_silent", silent, heard),
        _figure(
            "goals_claimed_otherwise",
            [goal for goal in claiming if goal.disagrees],
            claiming,
        ),
        _figure("red_goals_without_action", alone, red),
        _figure(
            "actions_overdue",
            [action for action in still_open if days_overdue(action, today)],
            still_open,
        ),
        _figure("people_without_goals", [one for one in staff if not one.goals], staff),
        _figure(
            "goals_unacknowledged",
            [g for g in asked if not g.goal.acknowledged or g.unconfirmed_by],
            asked,
        ),
    )


def process_health_of(
    goals: Sequence[GoalAssessment],
    rhythms: Sequence[Rhythm],
    alignment: Alignment | None,
    ratings: Sequence[Rating],
) -> Iterable[Health]:
    """Count what changes, talks, links and appraisals tell, in a fixed order.

    An appraisal that was given is feedback; where its sheet has a place for it, an
    empty cell says that the employee has not confirmed it yet.
    """
    followed = [goal for goal in goals if goal.status is not Status.CLOSED]
    changed = [goal for goal in followed if goal.moves]
    eased = [g for g in changed if any(move.late for move in g.moves)]
    yield _figure("goals_eased_late", eased, changed)
    talked = [one for one in rhythms if one.last is not None]
    missed = [one for one in talked if one.missed]
    yield _figure("people_missing_talks", missed, talked)
    people, company = (alignment.n_people, alignment.n_company) if alignment else (0, 0)
    alone = len(alignment.unaligned) if alignment else 0
    bare = len(alignment.uncarried) if alignment else 0
    yield Health(name="people_unaligned", n=alone, of=people)
    yield Health(name="company_goals_uncarried", n=bare, of=company)
    given = [
        one
        for one in ratings
        if (one.manager_rating is not None or one.final_rating is not None or one.grade)
        and (one.acknowledged is not None or one.place.has("acknowledged"))
    ]
    unheard = [one for one in given if not one.acknowledged]
    yield _figure("feedback_unacknowledged", unheard, given)


def _figure(name: HealthName, some: Sequence[object], of: Sequence[object]) -> Health:
    """Count some of all."""
    return Health(name=name, n=len(some), of=len(of))


def _is_silent(goal: GoalAssessment, options: Followup) -> bool:
    """Whether a goal still running has not been touched for too long."""
    if goal.status is Status.ACHIEVED or goal.days_silent is None:
        return False
    return 0 < options.silent_after_days <= goal.days_silent


def _asks_to_confirm(goal: Goal) -> bool:
    """Whether the sheet has a place for the employee's confirmation.

    An empty cell there is an answer: nobody has confirmed yet.
    """
    return goal.acknowledged is not None or goal.place.has("acknowledged")
