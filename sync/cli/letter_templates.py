"""``followup mail templates``: the templates of letters, and making them one's own."""

from pathlib import Path

import click

from reports.own_templates import copy_templates, in_force
from sync.cli.session import Session, current, json_option
from sync.cli.show import emit_json, emit_table
from sync.errors import DeliveryError
from sync.wording import Text

_COPY_THEM = Text(
    "要改信的措辞，先用 --copy letters 复制一份，再在 config.toml 的 [mail] 里写 "
    'templates = "letters"',
    'to change what letters say: --copy letters, then write templates = "letters" '
    "under [mail] in config.toml",
)
_COPIED = Text("已复制 {n} 个模板到 {folder}", "templates copied to {folder}: {n}")
_NAME_IT = Text(
    '在 config.toml 的 [mail] 里写 templates = "{folder}"，信就会用它们',
    'write templates = "{folder}" under [mail] in config.toml, and letters use them',
)
_HEADS = (Text("模板", "template"), Text("谁的", "whose"))
_WHOSE = {
    "followup": Text("Followup 自带", "followup"),
    "yours": Text("您自己的", "yours"),
}


@click.command("templates")
@click.option(
    "--copy",
    is_flag=False,
    flag_value="",
    metavar="[FOLDER]",
    help="Copy them to FOLDER, or to where mail.templates says; yours stay.",
)
@json_option
@click.pass_context
def templates(ctx: click.Context, copy: str | None, *, as_json: bool) -> int:
    """List the templates of letters and whose are in force; --copy makes them yours.

    Exit code 1 when one of yours cannot be used.
    """
    session = current(ctx)
    lang = session.speaks
    folder = session.config.mail.templates
    if copy is not None:
        return _copied(session, Path(copy) if copy else folder)
    found = tuple(in_force(folder))
    if as_json:
        emit_json(
            [
                {
                    "name": one.name,
                    "path": str(one.path),
                    "whose": one.whose,
                    "problem": str(one.problem) if one.problem else None,
                }
                for one in found
            ]
        )
    else:
        heads = [head.in_(lang) for head in _HEADS]
        emit_table(heads, [(one.name, _WHOSE[one.whose].in_(lang)) for one in found])
        for one in found:
            if one.problem:
                click.echo(one.problem.in_(lang), err=True)
        if not folder:
            session.say(_COPY_THEM.in_(lang))
    return 1 if any(one.problem for one in found) else 0


def _copied(session: Session, folder: Path | None) -> int:
    if folder is None:
        raise DeliveryError(
            Text("没有指定模板文件夹", "no folder for templates was named"),
            where="--copy",
            hint=Text(
                "请指定一个，例如 --copy letters，或设置 mail.templates",
                "give one, as in --copy letters, or set mail.templates",
            ),
        )
    written = copy_templates(folder)
    lang = session.speaks
    click.echo(_COPIED.fill(n=len(written), folder=folder).in_(lang))
    used = session.config.mail.templates
    if used is None or used.resolve() != folder.resolve():
        session.say(_NAME_IT.fill(folder=folder.as_posix()).in_(lang))
    return 0
