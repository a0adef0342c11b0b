"""What ``followup status`` shows of the follow-up itself, below the goals."""

from collections.abc import Iterable, Sequence

import click

from sync.assess.labels import TRENDS, WORDS
from sync.assess.ledger import latest_moves
from sync.assess.model import Assessment, GoalAssessment
from sync.assess.process import (
    Alignment,
    ImprovementPlan,
    Move,
    Rhythm,
    Strain,
    Trend,
)
from sync.assess.shown import percent, points, title
from sync.cli.process_json import called
from sync.cli.rollups import show_rollups
from sync.cli.show import emit_table
from sync.wording import Lang, Text, shorten

MOST_ROWS = 10
"""More is in the JSON."""

_MORE = Text("另有 {n} 条，见 --json", "{n} more: see --json")
_LINKED = Text(
    "目标对齐：{linked}/{n} 个目标对应到上级目标",
    "alignment: {linked} of {n} goals lead to one above",
)
_CARRIED = Text(
    "{n} 个公司目标中 {alone} 个无人承接",
    "company goals {n}, carried by nobody {alone}",
)
_UNALIGNED = Text(
    "{n} 位同事的目标都没有对应到上级目标", "people with no aligned goal: {n}"
)
_CIRCLES = Text("{n} 处互相支撑成环", "circles: {n}")
_LAST = Text("上次沟通 {day}", "last talk {day}")
_MISSED = Text("错过 {n} 次", "missed {n}")
_ASKS = Text("困难已提出 {n} 天", "difficulties named for {n} days")


_NO_MOVES = Text(
    "从第一次同步以来，没有目标被改动过",
    "no goal was changed since the first sync",
)


def show_moves(moves: Sequence[Move], lang: Lang) -> None:
    """Print changes, one a line, those that moved a goalpost late marked with ``!``."""
    if not moves:
        click.echo(_NO_MOVES.in_(lang))
        return
    heads = ("发现于", "员工", "目标", "改了什么", "原因")
    heads_en = ("seen on", "who", "goal", "what was changed", "reason given")
    rows = [
        (
            move.on.isoformat() + (" !" if move.late else ""),
            move.goal.employee,
            called(move.goal, lang),
            move.text.in_(lang),
            shorten(move.why),
        )
        for move in moves
    ]
    emit_table(heads if lang == "zh" else heads_en, rows)


def show_process(assessment: Assessment, lang: Lang) -> None:
    """Print the sections that have something to say."""
    show_rollups(assessment.rollups, lang)
    _show_actions(assessment, lang)
    moves = latest_moves(assessment.goals)
    if moves:
        late = sum(move.late is not None for move in moves)
        _head(
            Text(
                "目标改动 {n} 处，其中后期放宽 {late} 处（标 !）",
                "changes to goals: {n}, eased late (marked !): {late}",
            ).fill(n=len(moves), late=late),
            lang,
        )
        show_moves(moves[:MOST_ROWS], lang)
        _more(len(moves), lang)
    _show_forecasts(assessment.goals, lang)
    if assessment.alignment:
        _show_alignment(assessment.alignment, lang)
    _show_strains(assessment.strains, lang)
    _show_plans(assessment.plans, lang)
    _show_rhythms(assessment.rhythms, lang)
    _show_trends(assessment.trends, lang)


def _show_actions(assessment: Assessment, lang: Lang) -> None:
    """Print what is late or about to be, and the red goals without an action."""
    if not assessment.actions:
        return
    open_ = [one for one in assessment.actions if one.is_open]
    urgent = sorted(
        (one for one in open_ if one.step != "none"),
        key=lambda one: (-one.days_overdue, one.action.due_on or assessment.today),
    )
    _head(
        Text(
            "改进行动：进行中 {n} 项，逾期 {late} 项；滞后或逾期却没有行动的目标 {alone} 个",
            "improvement actions: {n} open, {late} overdue; goals behind or overdue "
            "without one: {alone}",
        ).fill(
            n=len(open_),
            late=sum(one.days_overdue > 0 for one in open_),
            alone=len(assessment.without_action),
        ),
        lang,
    )
    for one in urgent[:MOST_ROWS]:
        owner = one.action.owner or ("（无负责人）" if lang == "zh" else "(no owner)")
        what = shorten(one.action.action or one.action.issue)
        click.echo(f"  {owner} · {what} · {one.reason.in_(lang)}")
    _more(len(urgent), lang)
    if assessment.without_action:
        alone = Text("  还没有行动的目标：", "  without an action:")
        click.echo(alone.in_(lang))
    for goal in assessment.without_action[:MOST_ROWS]:
        click.echo(f"  {goal.goal.employee} · {called(goal.goal, lang)}")
    _more(len(assessment.without_action), lang)


def _show_forecasts(goals: Iterable[GoalAssessment], lang: Lang) -> None:
    """Print where goals are heading that will miss their target."""
    short = [
        (judged, judged.forecast)
        for judged in goals
        if judged.forecast and judged.forecast.short
    ]
    if not short:
        return
    _head(
        Text(
            "照最近的节奏达不到目标的有 {n} 个",
            "goals heading short of their target: {n}",
        ).fill(n=len(short)),
        lang,
    )
    line = Text(
        "  {who} · {title}：到期预计 {low}–{high}，每周 {pace} 个百分点，"
        "需要每周 {need} 个百分点",
        "  {who} · {title}: {low}–{high} by its due date; {pace} points a week, "
        "{need} needed",
    )
    for judged, forecast in short[:MOST_ROWS]:
        said = line.fill(
            who=judged.goal.employee,
            title=title(judged.goal),
            low=percent(max(forecast.end_low, 0.0)),
            high=percent(max(forecast.end_high, 0.0)),
            pace=points(forecast.recent_pace),
            need=points(forecast.required_pace),
        )
        click.echo(said.in_(lang))
    _more(len(short), lang)


def _show_alignment(found: Alignment, lang: Lang) -> None:
    parts = [_LINKED.fill(linked=found.n_linked, n=found.n_goals)]
    if found.n_company:
        alone = len(found.uncarried)
        parts.append(_CARRIED.fill(n=found.n_company, alone=alone))
    if found.unaligned:
        parts.append(_UNALIGNED.fill(n=len(found.unaligned)))
    if found.circles:
        parts.append(_CIRCLES.fill(n=len(found.circles)))
    _head(_joined(parts), lang)
    line = Text(
        "  {title}：下级目标合计 {total:g}{unit}，少于目标 {target:g}{unit}",
        "  {title}: the goals below add up to {total:g} {unit}, the target is "
        "{target:g} {unit}",
    )
    for one in found.short[:MOST_ROWS]:
        slots = {"total": one.total, "target": one.target, "unit": one.unit}
        click.echo(line.fill(title=title(one.goal), **slots).in_(lang))
    _more(len(found.short), lang)


def _show_strains(strains: Sequence[Strain], lang: Lang) -> None:
    """Print goals that go well while the one that guards them does not."""
    if not strains:
        return
    _head(
        Text("护栏指标告急 {n} 处", "guards under strain: {n}").fill(n=len(strains)),
        lang,
    )
    line = Text(
        "  {who} · {title} 进展不错，护栏指标 {guard}：{status}",
        "  {who} · {title} goes well, its guard {guard}: {status}",
    )
    for one in strains[:MOST_ROWS]:
        said = line.fill(
            who=one.goal.employee,
            title=title(one.goal),
            guard=title(one.guard),
            status=WORDS[one.guard_status],
        )
        click.echo(said.in_(lang))
    _more(len(strains), lang)


def _show_plans(plans: Sequence[ImprovementPlan], lang: Lang) -> None:
    """Print how improvement plans stand."""
    running = [plan for plan in plans if plan.n_open]
    if not running:
        return
    _head(Text("改进计划 {n} 份", "improvement plans: {n}").fill(n=len(running)), lang)
    line = Text(
        "  {who} · 未完成 {open}/{rows} 项，支持 {support} 项，下次回顾 {day}",
        "  {who} · {open} of {rows} rows open, {support} of support, next review {day}",
    )
    for plan in running[:MOST_ROWS]:
        said = line.fill(
            who=plan.rows[0].action.owner,
            open=plan.n_open,
            rows=len(plan.rows),
            support=plan.n_support,
            day=plan.next_checkpoint or Text("未约定", "not agreed"),
        )
        click.echo(said.in_(lang))
    _more(len(running), lang)


def _show_rhythms(rhythms: Sequence[Rhythm], lang: Lang) -> None:
    late = [one for one in rhythms if one.missed]
    waiting = [one for one in rhythms if one.asks_since]
    if not late and not waiting:
        return
    _head(
        Text(
            "沟通：{late} 位同事错过了约定的沟通，{waiting} 位同事提出的困难还没有了结",
            "talks: overdue with {late} people; {waiting} still name difficulties",
        ).fill(late=len(late), waiting=len(waiting)),
        lang,
    )
    shown = [one for one in rhythms if one.missed or one.asks_since]
    for one in shown[:MOST_ROWS]:
        parts = [_LAST.fill(day=one.last)] if one.last else []
        if one.missed:
            parts.append(_MISSED.fill(n=one.missed))
        if one.asks_since:
            parts.append(_ASKS.fill(n=one.asks_days))
        click.echo(f"  {one.person.name} · {_joined(parts).in_(lang)}")
    _more(len(shown), lang)


def _show_trends(trends: Iterable[Trend], lang: Lang) -> None:
    for trend in trends:
        line = " → ".join(f"{point.n}/{point.of}" for point in trend.points)
        click.echo(f"{TRENDS[trend.name].in_(lang)}  {line}")


def _joined(parts: Sequence[Text]) -> Text:
    """Put parts of a sentence side by side."""
    slots = {f"p{n}": part for n, part in enumerate(parts)}
    return Text(
        "，".join(f"{{{name}}}" for name in slots),
        "; ".join(f"{{{name}}}" for name in slots),
        slots,
    )


def _head(text: Text, lang: Lang) -> None:
    click.echo(f"\n{text.in_(lang)}")


def _more(n: int, lang: Lang) -> None:
    if n > MOST_ROWS:
        click.echo(f"  {_MORE.fill(n=n - MOST_ROWS).in_(lang)}")
