"""``followup history``: what was done, one goal over time, and what was changed."""

from pathlib import Path

import click

from sync.assess.labels import label
from sync.assess.ledger import latest_moves
from sync.assess.model import Observation
from sync.cli.process import show_moves
from sync.cli.process_json import move_json, observation_json
from sync.cli.session import current, json_option
from sync.cli.show import emit_json, emit_table, percent
from sync.errors import WorkbookError
from sync.history.store import RunRow
from sync.wording import Lang, Text
from sync.workbooks.sources import identity_of


@click.command("history")
@click.argument("source", required=False)
@click.option("--goal", help="Show one goal of SOURCE over time, by its number.")
@click.option(
    "--changes",
    is_flag=True,
    help="List every change to the goals of SOURCE that was seen between two syncs.",
)
@click.option("--limit", default=20, show_default=True, help="How many runs to show.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    source: str | None,
    goal: str | None,
    changes: bool,
    limit: int,
    as_json: bool,
) -> None:
    """List the runs, newest first, or one goal over time.

    With --changes, list what was changed about the goals instead: targets, due dates,
    weights, owners; those that were eased late are marked with an exclamation mark.
    """
    session = current(ctx)
    lang: Lang = session.speaks
    if changes:
        opened = session.open(source)
        with session.history() as history:
            assessment = session.judge(opened, history, session.today(None))
        moves = latest_moves(assessment.goals)
        shown = session.shown_in(opened.understood)
        if as_json:
            emit_json([move_json(move, shown) for move in moves])
        else:
            show_moves(moves[:limit], shown)
        return
    if goal is not None:
        opened = session.open(source)
        with session.history() as history:
            assessment = session.judge(opened, history, session.today(None))
            keys = [
                j.goal.key
                for j in assessment.goals
                if goal in {j.goal.goal_id, j.goal.title, j.goal.key}
            ]
            line = history.goal_line(opened.locator, keys[0]) if keys else ()
        _show_goal(line, lang, as_json=as_json)
        return
    with session.history() as history:
        where = identity_of(source) if source else None
        runs = history.runs(where, limit)
    if where and not runs and "://" not in where and not Path(where).exists():
        raise WorkbookError(
            Text(
                "没有这个文件，也从来没有同步过这个名称的文件",
                "there is no such file, and none of this name was ever synced",
            ),
            where=where,
            hint=Text(
                "请检查路径；只运行 followup history 可以列出同步过的文件",
                "check the path; followup history alone lists what was synced",
            ),
        )
    _show_runs(runs, lang, as_json=as_json)


_NO_RUNS = Text("还没有同步过", "nothing was synced yet")
_OUTCOMES = {
    "applied": Text("已写回", "written"),
    "nothing": Text("无变化", "no change"),
    "undone": Text("已撤销", "undone"),
}
"""`RunRow.outcome` → what people call it."""


def _show_runs(runs: tuple[RunRow, ...], lang: Lang, *, as_json: bool) -> None:
    if as_json:
        emit_json(
            [
                {
                    "source": run.source,
                    "as_of": run.as_of.isoformat(),
                    "finished_at": run.finished_at.isoformat(),
                    "outcome": run.outcome,
                    "goals": run.n_goals,
                    "findings": run.n_findings,
                    "cells": run.n_cells,
                }
                for run in runs
            ]
        )
        return
    if not runs:
        click.echo(_NO_RUNS.in_(lang))
        return
    heads = ("日期", "工作簿", "结果", "目标", "提示", "写入单元格")
    heads_en = ("day", "workbook", "outcome", "goals", "findings", "cells written")
    rows = (
        (
            run.as_of.isoformat(),
            run.source,
            _OUTCOMES[run.outcome].in_(lang)
            if run.outcome in _OUTCOMES
            else run.outcome,
            str(run.n_goals),
            str(run.n_findings),
            str(run.n_cells),
        )
        for run in runs
    )
    emit_table(heads if lang == "zh" else heads_en, rows)


def _show_goal(line: tuple[Observation, ...], lang: Lang, *, as_json: bool) -> None:
    if as_json:
        emit_json(
            [
                observation_json(seen)
                | {"due_on": seen.due_on.isoformat() if seen.due_on else None}
                for seen in line
            ]
        )
        return
    heads = ("日期", "状态", "进度", "实际", "目标值", "截止")
    heads_en = ("day", "status", "done", "actual", "target", "due")
    rows = (
        (
            seen.on.isoformat(),
            label(seen.status, lang),
            percent(seen.progress),
            seen.current,
            seen.target,
            seen.due_on.isoformat() if seen.due_on else "",
        )
        for seen in line
    )
    emit_table(heads if lang == "zh" else heads_en, rows)
