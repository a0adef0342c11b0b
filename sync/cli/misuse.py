"""Commands that were called in a way that does not go, told in both languages.

click says it in English; in Chinese we say the same of each of its kinds of errors.
"""

import re
from collections.abc import Sequence

import click

from sync.wording import Lang, Text

_USAGE = "用法：{path} {pieces}\n用法说明：{path} --help\n"
_SAID = (
    (r"Missing command", "请写上命令，例如 followup check"),
    (r"No such command '(.+?)'", "没有命令 {}"),
    (r"unexpected extra arguments? \((.+)\)", "多出了参数：{}"),
    (r"Option '(.+)' requires an argument", "选项 {} 后面要写上它的值"),
    (r"Option '(.+)' does not take a value", "选项 {} 后面不能写值"),
    (r"is a directory", "这是文件夹，不是文件"),
    (r"is a file", "这是文件，不是文件夹"),
)
"""What click says → the same in Chinese; `{}` is what it quotes."""


class MisuseError(click.UsageError):
    """Options or arguments that do not go together."""

    def __init__(self, what: Text, ctx: click.Context | None = None) -> None:
        super().__init__(what.in_("en"), ctx)
        self.what = what


class UnfitValueError(click.BadParameter):
    """A value that an option does not take."""

    def __init__(
        self,
        what: Text,
        ctx: click.Context | None = None,
        param: click.Parameter | None = None,
    ) -> None:
        super().__init__(what.in_("en"), ctx, param)
        self.what = what


def show_misuse(error: click.ClickException, lang: Lang) -> None:
    """Print on standard error how the command is used, and what was wrong."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    # A group that is called bare says its help, which is Chinese already.
    if lang == "en" or (context and error.message == context.get_help()):
        error.show()
        return
    if context:
        pieces = " ".join(context.command.collect_usage_pieces(context))
        usage = _USAGE.format(path=context.command_path, pieces=pieces)
        click.echo(usage, err=True)
    click.echo(f"错误：{_chinese(error)}", err=True)


def _chinese(error: click.ClickException) -> str:
    match error:
        case MisuseError():
            return error.what.in_("zh")
        case click.NoSuchOption():
            return f"没有选项 {error.option_name}{_meant(error.possibilities)}"
        case click.MissingParameter():
            return f"缺少{_called(error)}"
        case click.BadParameter():
            return f"{_called(error)}的值不对：{_unfit(error)}"
    return _said(error.message)


def _called(error: click.BadParameter) -> str:
    param = error.param
    if param is None:
        return "参数"
    kind = "选项" if isinstance(param, click.Option) else "参数"
    return f"{kind} {param.get_error_hint(error.ctx).replace(chr(39), '')} "


def _meant(possibilities: Sequence[str] | None) -> str:
    return f"；是不是想写 {'、'.join(possibilities)}？" if possibilities else ""


def _unfit(error: click.BadParameter) -> str:
    if isinstance(error, UnfitValueError):
        return error.what.in_("zh")
    match error.param.type if error.param else None:
        case click.Choice(choices=choices):
            return f"应是 {'、'.join(map(str, choices))} 之一"
        case (
            click.IntRange(min=least, max=most) | click.FloatRange(min=least, max=most)
        ):
            return (
                f"应是 {least:g} 到 {most:g} 之间的数" if most else f"应不小于 {least}"
            )
    return _said(error.message)


def _said(message: str) -> str:
    for pattern, zh in _SAID:
        if found := re.search(pattern, message):
            return zh.format(*found.groups())
    return message
