"""The follow-up itself as JSON: actions, changes, links, talks, trends, forecasts."""

from sync.assess.ledger import latest_moves
from sync.assess.model import Assessment, GoalAssessment, Observation
from sync.assess.process import (
    Alignment,
    Forecast,
    ImprovementPlan,
    JudgedAction,
    Move,
    Rhythm,
    Strain,
    Trend,
)
from sync.assess.shown import title
from sync.cli.rollups import rollup_json
from sync.records.model import Goal
from sync.wording import Lang


def process_json(assessment: Assessment, lang: Lang) -> dict[str, object]:
    """Give actions, changes, links, talks and trends the form of the contract."""
    return {
        "actions": [_action_json(one, lang) for one in assessment.actions],
        "goals_without_action": [
            called(one.goal, lang) for one in assessment.without_action
        ],
        "changes": [move_json(one, lang) for one in latest_moves(assessment.goals)],
        "alignment": _alignment_json(assessment.alignment, lang),
        "guards": [_strain_json(one, lang) for one in assessment.strains],
        "improvement_plans": [_plan_json(one) for one in assessment.plans],
        "check_ins": [_rhythm_json(one) for one in assessment.rhythms],
        "trends": [_trend_json(one) for one in assessment.trends],
        "rollups": [rollup_json(one) for one in assessment.rollups],
    }


def forecast_json(forecast: Forecast | None) -> dict[str, object] | None:
    """Give a goal's forecast; shares of the whole, paces a week."""
    if forecast is None:
        return None
    return {
        "observations": forecast.n_observations,
        "recent_pace": forecast.recent_pace,
        "required_pace": forecast.required_pace,
        "end_low": forecast.end_low,
        "end_high": forecast.end_high,
        "reach_on": forecast.reach_on.isoformat() if forecast.reach_on else None,
    }


def confirmation_of(judged: GoalAssessment) -> str | None:
    """Say how a goal's confirmation stands; ``None`` when the sheet says nothing."""
    if judged.goal.acknowledged is None:
        return None
    if not judged.goal.acknowledged:
        return "no"
    return "undone" if judged.unconfirmed_by else "yes"


def observation_json(seen: Observation) -> dict[str, object]:
    """Give what a day showed of a goal."""
    return {
        "on": seen.on.isoformat(),
        "status": str(seen.status),
        "progress": seen.progress,
        "current": seen.current,
        "target": seen.target,
    }


def move_json(move: Move, lang: Lang) -> dict[str, object]:
    """Give one change."""
    return {
        "goal": called(move.goal, lang),
        "sheet": move.goal.place.sheet,
        "row": move.goal.place.row,
        "employee": move.goal.employee or None,
        "field": move.field,
        "before": move.before,
        "after": move.after,
        "since": move.since.isoformat(),
        "on": move.on.isoformat(),
        "what": move.text.in_(lang),
        "easier": move.easier,
        "late": move.late,
        "reason": move.why or None,
        "approved_by": move.approved_by or None,
    }


def _strain_json(one: Strain, lang: Lang) -> dict[str, object]:
    return {
        "goal": called(one.goal, lang),
        "employee": one.goal.employee or None,
        "status": str(one.status),
        "guard": called(one.guard, lang),
        "guard_status": str(one.guard_status),
    }


def _plan_json(plan: ImprovementPlan) -> dict[str, object]:
    following = plan.next_checkpoint
    return {
        "employee": plan.rows[0].action.owner or None,
        "rows": len(plan.rows),
        "open": plan.n_open,
        "overdue": sum(one.days_overdue > 0 for one in plan.rows),
        "support": plan.n_support,
        "checkpoints": [day.isoformat() for day in plan.checkpoints],
        "next_checkpoint": following.isoformat() if following else None,
    }


def called(goal: Goal, lang: Lang) -> str:
    """Name a goal by its number, else by its title."""
    return goal.goal_id or title(goal).in_(lang)


def _action_json(one: JudgedAction, lang: Lang) -> dict[str, object]:
    action = one.action
    return {
        "action": action.action_id or action.action or action.issue,
        "sheet": action.place.sheet,
        "row": action.place.row,
        "owner": action.owner or None,
        "due_on": action.due_on.isoformat() if action.due_on else None,
        "open": one.is_open,
        "days_overdue": one.days_overdue,
        "reopened": one.reopened,
        "step": one.step,
        "reason": one.reason.in_(lang),
    }


def _alignment_json(found: Alignment | None, lang: Lang) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "goals": found.n_goals,
        "linked": found.n_linked,
        "orphans": [called(goal, lang) for goal in found.orphans],
        "dangling": [called(goal, lang) for goal in found.dangling],
        "circles": [[called(goal, lang) for goal in one] for one in found.circles],
        "other_period": [called(goal, lang) for goal in found.other_period],
        "company_goals": found.n_company,
        "uncarried": [called(goal, lang) for goal in found.uncarried],
        "people": found.n_people,
        "unaligned": [person.name for person in found.unaligned],
        "targets_short": [
            {
                "goal": called(one.goal, lang),
                "supporting": one.n,
                "total": one.total,
                "target": one.target,
                "unit": one.unit,
            }
            for one in found.short
        ],
    }


def _rhythm_json(one: Rhythm) -> dict[str, object]:
    days = {"last": one.last, "next": one.next, "due_on": one.due_on}
    return {
        "employee": one.person.name,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "every_days": one.every_days or None,
        "missed": one.missed,
        "asks_since": one.asks_since.isoformat() if one.asks_since else None,
        "asks_days": one.asks_days,
    }


def _trend_json(trend: Trend) -> dict[str, object]:
    return {
        "name": trend.name,
        "points": [
            {"on": point.on.isoformat(), "n": point.n, "of": point.of}
            for point in trend.points
        ],
    }
