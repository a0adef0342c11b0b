"""``followup undo``: take the last write-back back."""

import sys

import click

from sync.cli.attend import locked
from sync.cli.session import NeedsYesError, current, json_option, source_argument
from sync.cli.show import emit_json
from sync.undo import undo
from sync.wording import Text
from sync.workbooks.sources import identity_of

_ASK = Text(
    "撤销对 {name} 的上次写回？已写的信不会收回。",
    "Take the last write-back to {name} back? Letters are not taken back.",
)
_DONE = Text(
    "已撤销对 {name} 的上次写回；下次同步会重新写入",
    "the last write-back to {name} is taken back; the next sync may write again",
)
_GONE = Text(
    "{name} 里已没有上次写回的内容，未作改动",
    "nothing of the last write-back was left in {name}; it was not changed",
)


@click.command("undo")
@source_argument
@click.option("--yes", "-y", is_flag=True, help="Do it without asking.")
@json_option
@click.pass_context
def command(
    ctx: click.Context, source: str | None, *, yes: bool, as_json: bool
) -> None:
    """Take the last write-back to a workbook back, once.

    Refused when people changed what was written since; the cells are named then.
    """
    session = current(ctx)
    chosen = session.source(source)
    locator = identity_of(chosen.path)
    lang = session.speaks
    if not yes:
        if not sys.stdin.isatty():
            raise NeedsYesError(
                Text(
                    "这会改动工作簿，但没有人可以确认",
                    "this changes the workbook, and nobody is there to ask",
                ),
                where=chosen.path,
                hint=Text(
                    "确定要撤销，请运行 followup undo --yes", "run followup undo --yes"
                ),
            )
        question = _ASK.fill(name=chosen.path).in_(lang)
        click.confirm(question, abort=True, err=True)
    with locked(session, locator), session.history() as history:
        committed = undo(
            session.workbook(chosen.path),
            session.config,
            chosen.table,
            history,
            source=locator,
            at=session.now(),
        )
    if as_json:
        emit_json(
            {
                "outcome": committed.outcome,
                "written_to": committed.written_to,
                "cells": committed.n_cells,
                "backup": committed.backup,
            }
        )
        return
    said = _DONE if committed.outcome == "applied" else _GONE
    click.echo(said.fill(name=chosen.path).in_(lang))
