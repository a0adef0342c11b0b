"""``followup clean``: take away everything of ours."""

import sys

import click

from sync.cli.attend import attended
from sync.cli.session import (
    NeedsYesError,
    Session,
    current,
    json_option,
    source_argument,
)
from sync.cli.show import emit_json
from sync.wording import Text


@click.command("clean")
@source_argument
@click.option("--yes", "-y", is_flag=True, help="Do it without asking.")
@json_option
@click.pass_context
def command(
    ctx: click.Context, source: str | None, *, yes: bool, as_json: bool
) -> None:
    """Remove our columns, highlights and board from a workbook."""
    session = current(ctx)
    with attended(session, "clean", session.locators(source), given=source):
        _clean(session, source, yes=yes, as_json=as_json)


def _clean(session: Session, source: str | None, *, yes: bool, as_json: bool) -> None:
    opened = session.open(source)
    zh = session.shown_in(opened.understood) == "zh"
    if not yes:
        if not sys.stdin.isatty():
            raise NeedsYesError(
                Text(
                    "这会删除 Followup 的列和看板，但没有人可以确认",
                    "this removes our columns and board, and nobody is there to ask",
                ),
                where=opened.understood.snapshot.locator,
                hint=Text(
                    "确定要删除，请运行 followup clean --yes",
                    "run followup clean --yes",
                ),
            )
        question = "移除 Followup 的列、高亮和看板？" if zh else "Remove what we wrote?"
        click.confirm(question, abort=True, err=True)
    committed = opened.workbook.clean()
    if as_json:
        done = {
            "outcome": committed.outcome,
            "written_to": committed.written_to,
            "backup": committed.backup,
        }
        emit_json(done)
    elif committed.outcome == "nothing":
        click.echo(
            "没有 Followup 写入的内容" if zh else "there is nothing of ours in it"
        )
    else:
        click.echo(
            f"已从 {committed.written_to} 移除 Followup 的全部内容"
            if zh
            else f"took everything of ours out of {committed.written_to}"
        )
