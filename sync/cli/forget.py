"""``followup forget``: delete what history remembers of one person."""

import sys

import click

from sync.cli.session import NeedsYesError, current
from sync.errors import FollowupError
from sync.wording import Text

_ASK = Text(
    "删除历史中关于“{who}”的全部记录？此操作不能撤销。",
    "Delete everything the history holds of “{who}”? This cannot be undone.",
)
_DONE = Text(
    "已删除或清空 {n} 条记录；工作簿没有改动。",
    "{n} entries were deleted or blanked; no workbook was changed.",
)
_NONE = Text(
    "历史中没有关于“{who}”的记录；编号要与人员表一致。",
    "The history holds nothing of “{who}”; give the number as the people sheet has it.",
)


class SeveralError(FollowupError):
    """More than one person is meant."""

    code = "F132"


@click.command("forget")
@click.argument("person")
@click.option("--yes", "-y", is_flag=True, help="Delete without asking.")
@click.pass_context
def command(ctx: click.Context, *, person: str, yes: bool) -> None:
    """Delete what history remembers of PERSON, in all workbooks.

    PERSON is a name or an employee number. What goals were,
    what was published, and to whom letters went is deleted; letters keep their bare
    keys, so that nobody is told the same twice. Workbooks are not touched.
    """
    session = current(ctx)
    lang = session.speaks
    if not yes:
        if not sys.stdin.isatty():
            raise NeedsYesError(
                Text(
                    "这会删除已有的记录，但没有人可以确认",
                    "this deletes what is remembered, and nobody is there to ask",
                ),
                hint=Text(
                    "确定要删除，请运行 followup forget --yes",
                    "run followup forget --yes",
                ),
            )
        click.confirm(_ASK.fill(who=person).in_(lang), abort=True, err=True)
    with session.history() as history:
        keys = sorted(history.remembered(person)) or [person]
        if len(keys) > 1:
            raise SeveralError(
                Text(
                    "有 {n} 个人叫“{person}”",
                    "{n} people are called “{person}”",
                    {"n": len(keys), "person": person},
                ),
                hint=Text(
                    "请改用其中一位的工号：{numbers}",
                    "give the number of one of them: {numbers}",
                    {"numbers": ", ".join(keys)},
                ),
            )
        n = history.forget(keys[0])
    click.echo((_DONE.fill(n=n) if n else _NONE.fill(who=person)).in_(lang))
