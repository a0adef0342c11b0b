"""``followup sync``: the main job."""

from collections import Counter
from datetime import datetime

import click

from reports.deliver.receipt import Receipt
from reports.variant import Variant
from sync.cli.attend import Attendance, attended, scheduled_option
from sync.cli.gather import engine_option, gather
from sync.cli.looking_back import variant_option
from sync.cli.round import Outcome, Written, run
from sync.cli.sending import deliver_letters, prepared
from sync.cli.sent import Wish, report_json, tell
from sync.cli.session import (
    Session,
    as_of_option,
    current,
    json_option,
    source_argument,
)
from sync.cli.several import tell_failures, wrapped
from sync.cli.show import emit_json
from sync.wording import Lang, Text
from sync.writeback.preview import left_alone


@click.command("sync")
@source_argument
@click.option("--yes", "-y", is_flag=True, help="Write without asking.")
@click.option("--send", is_flag=True, help="Send the letters, as followup mail send.")
@variant_option
@scheduled_option
@engine_option
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
    variant: Variant | None,
    scheduled: bool,
    engine: str | None,
    as_json: bool,
) -> int:
    """Write status, reason and highlights back, and the letters into the outbox.

    On a terminal the plan is shown and confirmed first; without one, --yes is needed.
    """
    session = current(ctx)
    # Letters that two runs send at a time would be of unknown fate to each other.
    locked = (*session.locators(source), *([str(session.outbox)] if send else []))
    with attended(
        session, "sync", locked, given=source, scheduled=scheduled
    ) as attendance:
        code = _sync(
            *(session, attendance, source, as_of),
            yes=yes,
            send=send,
            variant=variant,
            engine=engine,
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
    variant: Variant | None,
    engine: str | None,
    as_json: bool,
) -> int:
    """Do what the command says and show it; give the exit code."""
    # Before anything is written: a missing password is better known now.
    ways = prepared(session) if send else None
    wish = Wish(yes=yes)
    with session.history() as history:
        today = session.today(as_of)
        gathered = gather(session, source, history, today, engine=engine)
        outcome = run(session, gathered, history, yes=yes, variant=variant)
        if outcome is None:
            return 0
        note(attendance, outcome)
        lang = session.lang or gathered.lang
        tell_failures(session, outcome.gathered.failures)
        if not as_json:
            report(session, outcome, lang)
        sent = ways and deliver_letters(session, history, ways, wish)
    if sent:
        done = sent.sending.done
        attendance.count(sent=sum(answer.fate == "sent" for _, answer in done))
    if as_json:
        emit_json(_json(outcome) | ({"sending": report_json(sent)} if sent else {}))
        if sent and sent.sending.stopped:
            raise sent.sending.stopped
    elif sent:
        tell(sent, wish, lang)
    return outcome.gathered.code(1 if sent and not sent.all_well else 0)


def note(attendance: Attendance, outcome: Outcome) -> None:
    """Count what a round did, for the history and the log."""
    attendance.count(
        goals=sum(len(one.judged.assessment.goals) for one in outcome.written),
        cells=sum(one.committed.n_cells for one in outcome.written),
        letters=sum(one.state == "written" for one in outcome.receipts),
        failed_sources=len(outcome.gathered.failures),
    )


_WROTE = Text("已写回 {path}（{n} 个单元格）", "wrote {path} (cells: {n})")
_WROTE_BOARD = Text(
    "已更新 {path} 的看板和高亮", "renewed board and highlights of {path}"
)


def report(session: Session, outcome: Outcome, lang: Lang) -> None:
    """Say what was done, in a few lines fit for a cron mail."""
    zh = lang == "zh"
    for one in outcome.written:
        for line in left_alone(one.judged.intention.plan.skipped, lang):
            session.say(line)
    changed = [one.committed for one in outcome.written if _changed(one)]
    for committed in changed:
        told = _WROTE if committed.n_cells else _WROTE_BOARD
        slots = {"path": committed.written_to, "n": committed.n_cells}
        click.echo(told.fill(**slots).in_(lang))
    same = len(outcome.written) - len(changed)
    if same and outcome.gathered.many:
        click.echo(f"已是最新：{same} 个工作簿" if zh else f"up to date: {same}")
    elif same:
        click.echo("工作簿已是最新，没有写入" if zh else "the workbook is up to date")
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


def _changed(one: Written) -> bool:
    return one.committed.outcome == "applied"


def _json(outcome: Outcome) -> dict[str, object]:
    letters = [_receipt_json(receipt) for receipt in outcome.receipts]
    documents = [_written_json(one) for one in outcome.written]
    if outcome.gathered.many:
        return wrapped(outcome.gathered, documents, letters=letters)
    return {**documents[0], "letters": letters}


def _written_json(written: Written) -> dict[str, object]:
    committed, assessment = written.committed, written.judged.assessment
    return {
        "outcome": committed.outcome,
        "written_to": committed.written_to,
        "cells": committed.n_cells,
        "backup": committed.backup,
        "skipped": len(written.judged.intention.plan.skipped),
        "goals": len(assessment.goals),
        "by_status": {str(s): n for s, n in assessment.n_by_status.items()},
    }


def _receipt_json(receipt: Receipt) -> dict[str, object]:
    return {
        "key": receipt.key,
        "state": receipt.state,
        "why": receipt.why.in_("en"),
        "path": str(receipt.path) if receipt.path else None,
    }
