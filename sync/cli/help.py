"""What ``--help`` says, in the language of the run."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import click

from sync.cli.session import Session
from sync.cli.speech import chosen
from sync.wording import Lang

_SENTENCES = Path(__file__).with_name("help.zh.toml")
LANGUAGE = "followup.language"
"""Where a context keeps the office's language when the rest cannot be used."""
_EXTRAS = (("[default: ", "[默认："), ("[required]", "[必填]"))
"""What click adds to the help of an option."""


class SpeakingContext(click.Context):
    """The context of a command whose help speaks Chinese too."""

    def get_help(self) -> str:
        """Give the help; click's own where the run talks English."""
        return super().get_help() if language_of(self) == "en" else _chinese(self)


def language_of(context: click.Context | None) -> Lang:
    """Tell in which language a command talks; ``None``: before or after any."""
    root = context.find_root() if context else None
    if root and isinstance(root.obj, Session):
        return root.obj.speaks
    if root is None:
        return chosen(None, None)
    return chosen(root.params.get("lang"), root.meta.get(LANGUAGE))


def speaking(command: click.Command) -> click.Command:
    """Let a command, and those below it, give their help in both languages."""
    command.context_class = SpeakingContext
    if isinstance(command, click.Group):
        for one in command.commands.values():
            speaking(one)
    return command


@cache
def sentences() -> Mapping[str, str]:
    """Give the first sentence of each English help → the whole Chinese one."""
    said: dict[str, str] = tomllib.loads(_SENTENCES.read_text("utf-8"))
    return said


def first(text: str) -> str:
    """Give the first sentence of a help, by which it is looked up."""
    return " ".join(text.strip().partition("\n\n")[0].split())


def _zh(text: str) -> str:
    return sentences().get(first(text), text).strip()


def _chinese(context: click.Context) -> str:
    command, formatter = context.command, context.make_formatter()
    pieces = " ".join(command.collect_usage_pieces(context))
    formatter.write_usage(context.command_path, pieces, "用法：")
    formatter.write_paragraph()
    for line in _zh(command.help or "").splitlines():
        formatter.write(f"  {line}".rstrip() + "\n")
    _section(formatter, "选项", _options(context))
    if isinstance(command, click.Group):
        _section(formatter, "命令", _commands(command, context))
    return formatter.getvalue().rstrip("\n")


def _section(
    formatter: click.HelpFormatter, name: str, rows: list[tuple[str, str]]
) -> None:
    formatter.write_paragraph()
    formatter.write(f"{name}：\n")
    with formatter.indentation():
        formatter.write_dl(rows)


def _options(context: click.Context) -> list[tuple[str, str]]:
    rows = []
    for param in context.command.get_params(context):
        record = param.get_help_record(context)
        if isinstance(param, click.Option) and record:
            names, told = record
            if param.help:
                told = told.replace(param.help, _zh(param.help))
            for en, zh in _EXTRAS:
                told = told.replace(en, zh)
            rows.append((names, told))
    return rows


def _commands(group: click.Group, context: click.Context) -> list[tuple[str, str]]:
    found = (
        (name, group.get_command(context, name))
        for name in group.list_commands(context)
    )
    return [
        (name, _zh(one.help or "").partition("\n")[0]) for name, one in found if one
    ]
