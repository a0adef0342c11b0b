"""``followup init``: look at a workbook, say what was understood, write the config."""

import sys
from pathlib import Path

import click

from sync.cells import column_letters
from sync.cli.columns import show_table
from sync.cli.interview import Answers, Server, ask_workbook, interview
from sync.cli.misuse import MisuseError
from sync.cli.session import Session, current
from sync.cli.starter import make_starter
from sync.config.load import NAME
from sync.config.model import TableOverride
from sync.errors import ConfigError
from sync.pipeline import Understood
from sync.tables.model import Kind, Table
from sync.wording import LANGS, Lang, Text

_HEAD = """\
# Followup's configuration. Every key is optional; config.example.toml shows them all.
# Followup 的配置文件。每一项都可以不写；全部选项见 config.example.toml。

[office]
language = "{language}"

[[source]]
path = {path}
"""

_CORRECT = "# Recognised; take away the # to decide it yourself. 已自动识别；去掉 # 即由您指定。"

_MAIL = """
[mail]
# Letters wait here as .eml files. 信件以 .eml 文件放在这里。
outbox = "outbox"
# HR's own letter goes to: 人力资源的汇总信发给：
hr = [{hr}]
"""

_SERVER = """\
sender = {sender}

[mail.smtp]
host = {host}
security = "{security}"
username = {username}
{secret}
"""
_SECRETS = {
    "file": 'password_file = "smtp-password"  # its first line; chmod 600 smtp-password',
    "env": 'password_env = "FOLLOWUP_SMTP_PASSWORD"',
}
_DECIDED = "# You decided this. 这是您指定的。"
_WRITE = Text("写入 {path}？", "Write {path}?")
_NEXT = Text(
    "接下来：followup doctor 检查一遍，followup plan 看看会写什么。",
    "Next: followup doctor looks it over, followup plan shows what would be written.",
)


@click.command("init")
@click.argument("source", required=False)
@click.option(
    "--new",
    metavar="FILE.xlsx|URL",
    help="Make a workbook to start with instead, or fill an empty Google Sheet.",
)
@click.option("--lang", type=click.Choice(LANGS), help="Language of the new workbook.")
@click.option("--force", is_flag=True, help="Replace an existing config.toml.")
@click.pass_context
def command(
    ctx: click.Context,
    source: str | None,
    new: str | None,
    lang: Lang | None,
    *,
    force: bool,
) -> None:
    """Recognise a workbook and write config.toml for it, in this folder.

    On a terminal it asks what the workbook does not show.
    """
    session = current(ctx)
    if new is None:
        _recognise(session, source, force=force)
        return
    if source or force:
        raise MisuseError(
            Text(
                "--new 用来新建工作簿，请去掉 SOURCE 和 --force",
                "--new makes a workbook; leave SOURCE and --force out",
            ),
            ctx,
        )
    make_starter(new, lang or session.lang or "zh", session.today(None), session.web)


def _recognise(session: Session, source: str | None, *, force: bool) -> None:
    """Write config.toml for a workbook that is there."""
    asks = someone_there()
    target = Path.cwd() / NAME
    if target.exists() and not force:
        raise ConfigError(
            Text("文件已经存在", "exists already"),
            where=str(target),
            hint=Text(
                "可以保留它，或用 followup init --force 替换",
                "keep it, or replace it with followup init --force",
            ),
        )
    if source is None and not asks:
        raise MisuseError(
            Text(
                "请写上工作簿，例如 followup init 目标.xlsx",
                "Missing argument 'SOURCE'.",
            )
        )
    before = session.speaks
    source = source or ask_workbook(Path.cwd(), before)
    opened = session.open(source)
    lang = session.shown_in(opened.understood)
    for table in opened.understood.recognition.tables:
        show_table(table, lang)
    answers = Answers(language=opened.understood.lang)
    if asks:
        answers = interview(opened.understood, lang)
        click.confirm(
            _WRITE.fill(path=target).in_(lang), default=True, abort=True, err=True
        )
    text = _config(source, opened.understood, answers)
    # Whatever came into being during a conversation is not replaced either.
    with target.open("w" if force else "x", encoding="utf-8") as file:
        file.write(text)
    click.echo(f"已写好 {target}" if lang == "zh" else f"wrote {target}")
    if asks:
        click.echo(_NEXT.in_(lang))


def someone_there() -> bool:
    """Whether there is somebody to talk with."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _config(source: str, understood: Understood, answers: Answers) -> str:
    """Write the file: what was recognised stands there as comments to correct."""
    text = _HEAD.format(language=answers.language, path=_quoted(source))
    text += "".join(map(_decision, answers.tables))
    decided = {table.sheet for table in answers.tables}
    for table in understood.recognition.tables:
        if table.kind is not Kind.OTHER and table.sheet not in decided:
            text += _table(table)
    text += _MAIL.format(hr=_quoted(answers.hr) if answers.hr else "")
    return text + (_server(answers.server) if answers.server else "")


def _decision(table: TableOverride) -> str:
    row = f"header_row = {table.header_row}\n" if table.header_row else ""
    return (
        f"\n{_DECIDED}\n[[source.table]]\nsheet = {_quoted(table.sheet)}\n"
        f'kind = "{table.kind}"\n{row}'
    )


def _server(server: Server) -> str:
    return _SERVER.format(
        sender=_quoted(f"HR <{server.username}>"),
        host=_quoted(server.host),
        security=server.security,
        username=_quoted(server.username),
        secret=_SECRETS[server.secret],
    )


def _table(table: Table) -> str:
    lines = [
        "",
        _CORRECT,
        "# [[source.table]]",
        f"# sheet = {_quoted(table.sheet)}",
        f'# kind = "{table.kind}"',
        f"# header_row = {table.header_row}",
        "# [source.table.columns]",
    ]
    for column in table.columns:
        letters = column_letters(column.column)
        header = " ".join(column.header.split())
        lines.append(f'# {letters} = "{column.field or "ignore"}"  # {header}')
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Write a TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
