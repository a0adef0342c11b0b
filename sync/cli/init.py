"""``followup init``: look at a workbook, say what was understood, write the config."""

from pathlib import Path

import click

from sync.cells import column_letters
from sync.cli.columns import show_table
from sync.cli.session import current
from sync.config.load import NAME
from sync.errors import ConfigError
from sync.pipeline import Understood
from sync.tables.model import Kind, Table

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
hr = []
"""


@click.command("init")
@click.argument("source")
@click.option("--force", is_flag=True, help="Replace an existing config.toml.")
@click.pass_context
def command(ctx: click.Context, source: str, *, force: bool) -> None:
    """Recognise a workbook and write config.toml for it, in this folder."""
    session = current(ctx)
    target = Path.cwd() / NAME
    if target.exists() and not force:
        raise ConfigError(
            "exists already",
            where=str(target),
            hint="keep it, or replace it with followup init --force",
        )
    opened = session.open(source)
    lang = session.shown_in(opened.understood)
    for table in opened.understood.recognition.tables:
        show_table(table, lang)
    target.write_text(_config(source, opened.understood), "utf-8")
    click.echo(f"已写好 {target}" if lang == "zh" else f"wrote {target}")


def _config(source: str, understood: Understood) -> str:
    """Write the file: what was recognised stands there as comments to correct."""
    text = _HEAD.format(language=understood.lang, path=_quoted(source))
    for table in understood.recognition.tables:
        if table.kind is not Kind.OTHER:
            text += _table(table)
    return text + _MAIL


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
