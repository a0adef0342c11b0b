"""``followup status``: where every goal stands, beside what is claimed."""

from datetime import datetime

import click

from sync import pipeline
from sync.assess.labels import label
from sync.assess.model import Assessment, GoalAssessment
from sync.cli.evaluation_json import evaluation_json
from sync.cli.gather import engine_option, gather
from sync.cli.process import show_process
from sync.cli.process_json import confirmation_of, forecast_json, process_json
from sync.cli.session import (
    Session,
    as_of_option,
    current,
    json_option,
    source_argument,
)
from sync.cli.several import heading, tell_failures, wrapped
from sync.cli.show import emit_json, emit_table, percent
from sync.engines.work import Judged
from sync.history.store import History
from sync.wording import Lang, Text

_WEEK = Text("第 {n} 周", "week {n}")


@click.command("status")
@source_argument
@engine_option
@as_of_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    source: str | None,
    engine: str | None,
    as_of: datetime | None,
    *,
    as_json: bool,
) -> int:
    """Show the computed status of every goal, why, and what the sheet claims."""
    session = current(ctx)
    with session.history() as history:
        today = session.today(as_of)
        gathered = gather(session, source, history, today, engine=engine)
        tell_failures(session, gathered.failures)
        if as_json:
            documents = [_document(session, one, history) for one in gathered.judged]
            emit_json(wrapped(gathered, documents) if gathered.many else documents[0])
            return gathered.code(0)
    for one in gathered.judged:
        heading(gathered, one.locator)
        _show(one.assessment, session.lang or one.lang)
    return gathered.code(0)


def _document(session: Session, one: Judged, history: History) -> dict[str, object]:
    feedback = pipeline.publish_feedback(
        one.assessment,
        session.config,
        history,
        source=one.locator,
        on=session.now().date(),
    )
    lang = session.lang or one.lang
    evaluation = evaluation_json(one.assessment, feedback, lang)
    return {**_json(one.assessment, lang), "evaluation": evaluation}


def _json(assessment: Assessment, lang: Lang) -> dict[str, object]:
    return {
        "goals": [_goal_json(judged, lang) for judged in assessment.goals],
        "people": [
            {
                "employee": person.person.name,
                "employee_id": person.person.employee_id or None,
                "status": str(person.status),
                "progress": person.progress,
                "coverage": person.coverage,
                "goals": len(person.goals),
            }
            for person in assessment.people
        ],
        **process_json(assessment, lang),
        "summary": {
            "as_of": assessment.today.isoformat(),
            "goals": len(assessment.goals),
            "people": len(assessment.people),
            "by_status": {str(s): n for s, n in assessment.n_by_status.items()},
            "disagreeing": sum(judged.disagrees for judged in assessment.goals),
            "health": [
                {"name": figure.name, "n": figure.n, "of": figure.of}
                for figure in assessment.health
            ],
        },
    }


def _goal_json(judged: GoalAssessment, lang: Lang) -> dict[str, object]:
    goal = judged.goal
    return {
        "goal": goal.goal_id or goal.title,
        "title": goal.title,
        "sheet": goal.place.sheet,
        "row": goal.place.row,
        "employee": goal.employee or None,
        "status": str(judged.status),
        "claimed": str(judged.claimed) if judged.claimed else None,
        "disagrees": judged.disagrees,
        "disagrees_since": (
            judged.disagrees_since.isoformat() if judged.disagrees_since else None
        ),
        "disagrees_weeks": judged.disagrees_weeks,
        "progress": judged.progress,
        "expected": judged.expected,
        "reason": judged.reason.in_(lang),
        "rule": judged.rule,
        "next_on": judged.next_on.isoformat() if judged.next_on else None,
        "days_silent": judged.days_silent,
        "days_flat": judged.days_flat,
        "score": judged.verdict.score,
        "confidence": judged.goal.confidence,
        "doubt": judged.doubt,
        "confirmed": confirmation_of(judged),
        "forecast": forecast_json(judged.forecast),
    }


def _disagreement(judged: GoalAssessment, lang: Lang) -> str:
    """Mark a claim that disagrees, with its week from the second one on."""
    if not judged.disagrees:
        return ""
    weeks = judged.disagrees_weeks
    return " !" if weeks < 2 else f" !{_WEEK.fill(n=weeks).in_(lang)}"  # noqa: PLR2004


def _show(assessment: Assessment, lang: Lang) -> None:
    heads = ("行", "员工", "目标", "状态", "表中状态", "进度", "应达", "原因")
    heads_en = ("row", "who", "goal", "status", "claimed", "done", "due", "why")
    rows = [
        (
            str(judged.goal.place.row),
            judged.goal.employee,
            judged.goal.title,
            label(judged.status, lang),
            judged.goal.claimed_text + _disagreement(judged, lang),
            percent(judged.progress),
            percent(judged.expected),
            judged.reason.in_(lang),
        )
        for judged in assessment.goals
    ]
    emit_table(heads if lang == "zh" else heads_en, rows)
    counts = [f"{label(s, lang)} {n}" for s, n in assessment.n_by_status.items() if n]
    click.echo("  ".join(counts))
    show_process(assessment, lang)
