"""``followup sync``: the main job."""

import sys
from collections import Counter
from datetime import datetime

import click

from reports.deliver.receipt import Receipt
from sync import pipeline
from sync.cli.attend import Attendance, attended, scheduled_option
from sync.cli.sending import Wish, deliver_letters, prepared, report_json, tell
from sync.cli.session import (
    NeedsYesError,
    Opened,
    Session,
    as_of_option,
    current,
    json_option,
    source_argument,
)
from sync.cli.show import emit_json
from sync.history.store import History
from sync.pipeline import Outcome
from sync.wording import Lang
from sync.writeback.plan import Intention
from sync.writeback.preview import left_alone, preview


@click.command("sync")
@source_argument
@click.option("--yes", "-y", is_flag=True, help="Write without asking.")
@click.option("--send", is_flag=True, help="Send the letters, as followup mail send.")
@scheduled_option
@as_of_option
@json_option
@click.pass_context
def command(  # noqa: PLR0913 - one argument for each option
    ctx: click.Context,
    source: str | None,
    as_of: datetime | None,
    *,
    yes: bool,
    send: bool,
    scheduled: bool,
    as_json: bool,
) -> int:
    """Write status, reason and highlights back, and the letters into the outbox.

    On a terminal the plan is shown and confirmed first; without one, --yes is needed.
    """
    session = current(ctx)
    with attended(
        session, "sync", session.locators(source), given=source, scheduled=scheduled
    ) as attendance:
        code = _sync(
            *(session, attendance, source, as_of),
            yes=yes,
            send=send,
            as_json=as_json,
        )
        return attendance.ended(code)


def _sync(  # noqa: PLR0913 - one argument for each option
    session: Session,
    attendance: Attendance,
    source: str | None,
    as_of: datetime | None,
    *,
    yes: bool,
    send: bool,
    as_json: bool,
) -> int:
    """Do what the command says and show it; give the exit code."""
    # Before anything is written: a missing password is better known now.
    ways = prepared(session) if send else None
    wish = Wish(yes=yes)
    opened = session.open(source)
    with session.history() as history:
        outcome = run(session, opened, history, as_of, yes=yes)
        if outcome is None:
            return 0
        attendance.count(
            goals=len(outcome.assessment.goals),
            cells=outcome.committed.n_cells,
            letters=sum(one.state == "written" for one in outcome.receipts),
        )
        lang = session.shown_in(opened.understood)
        if not as_json:
            report(session, outcome, lang)
        sent = ways and deliver_letters(session, history, ways, wish)
    if as_json:
        emit_json(_json(outcome) | ({"sending": report_json(sent)} if sent else {}))
        if sent and sent.sending.stopped:
            raise sent.sending.stopped
    elif sent:
        tell(sent, wish, lang)
    return 1 if sent and not sent.all_well else 0


def run(
    session: Session,
    opened: Opened,
    history: History,
    as_of: datetime | None,
    *,
    yes: bool,
) -> Outcome | None:
    """Do the whole job on one source; ``None`` when the person said no.

    Raises:
        NeedsYesError: If there is something to write and nobody to ask.
    """
    started_at = session.now()
    today = session.today(as_of)
    assessment = session.judge(opened, history, today)
    intention = pipeline.plan(
        opened.understood, assessment, session.config, history, source=opened.locator
    )
    if not yes and not _confirmed(session, opened, intention):
        return None
    with session.working("writing the workbook", "正在写回工作簿"):
        committed = pipeline.commit(
            opened.workbook,
            intention,
            assessment,
            history,
            source=opened.locator,
            started_at=started_at,
            finished_at=session.now(),
        )
    letters = pipeline.letters(
        opened.understood, assessment, session.config, history, source=opened.locator
    )
    with session.working("writing the letters", "正在写信"):
        receipts = pipeline.tell(
            letters,
            session.config,
            history,
            source=opened.locator,
            outbox=session.outbox,
            at=session.now(),
        )
    return Outcome(assessment, committed, intention.plan.skipped, receipts)


def report(session: Session, outcome: Outcome, lang: Lang) -> None:
    """Say what was done, in a few lines fit for a cron mail."""
    committed, zh = outcome.committed, lang == "zh"
    for line in left_alone(outcome.skipped, lang):
        session.say(line)
    if committed.outcome == "nothing":
        click.echo("工作簿已是最新，没有写入" if zh else "the workbook is up to date")
    else:
        click.echo(
            f"已写回 {committed.written_to}（{committed.n_cells} 个单元格）"
            if zh
            else f"wrote {committed.written_to} (cells: {committed.n_cells})"
        )
    states = Counter(receipt.state for receipt in outcome.receipts)
    index = session.outbox / "index.html"
    if states["written"]:
        click.echo(
            f"新写了 {states['written']} 封信，浏览：{index}"
            if zh
            else f"new letters: {states['written']}; browse them: {index}"
        )
    else:
        click.echo("没有新的信" if zh else "no new letters")
    if states["held"]:
        click.echo(
            f"{states['held']} 封信没有地址，在发件箱里等待"
            if zh
            else f"letters waiting in the outbox for an address: {states['held']}"
        )


def _confirmed(session: Session, opened: Opened, intention: Intention) -> bool:
    """Show the plan and ask; an empty plan needs no asking."""
    lang = session.shown_in(opened.understood)
    if intention.plan.is_empty:
        return True
    if not sys.stdin.isatty():
        raise NeedsYesError(
            "there is something to write and nobody to ask",
            where=opened.understood.snapshot.locator,
            hint="look with followup plan, then run followup sync --yes",
        )
    click.echo(preview(intention.plan, lang), err=True)
    question = "写入工作簿并写信？" if lang == "zh" else "Write this and the letters?"
    return click.confirm(question, err=True)


def _json(outcome: Outcome) -> dict[str, object]:
    committed = outcome.committed
    return {
        "outcome": committed.outcome,
        "written_to": committed.written_to,
        "cells": committed.n_cells,
        "backup": committed.backup,
        "skipped": len(outcome.skipped),
        "goals": len(outcome.assessment.goals),
        "by_status": {str(s): n for s, n in outcome.assessment.n_by_status.items()},
        "letters": [_receipt_json(receipt) for receipt in outcome.receipts],
    }


def _receipt_json(receipt: Receipt) -> dict[str, object]:
    return {
        "key": receipt.key,
        "state": receipt.state,
        "why": receipt.why.in_("en"),
        "path": str(receipt.path) if receipt.path else None,
    }
