"""``followup mail``: the letters of the outbox, and sending them."""

import webbrowser
from pathlib import Path

import click

from reports.deliver.outbox import preview
from reports.deliver.standing import Letter, called
from reports.own_templates import copy_templates, in_force
from sync.cli.attend import attended
from sync.cli.sending import deliver_letters, outbox_letters, prepared
from sync.cli.sent import Wish, report_json, tell, whom
from sync.cli.session import Session, current, json_option
from sync.cli.show import emit_json, emit_table
from sync.errors import DeliveryError
from sync.history.store import History
from sync.wording import Lang, Text, same

States = tuple[str, ...]

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

_AGAIN: States = ("rejected", "unknown", "stopped", "written", "deferred")
_MARK = 8
_NO_LETTERS = Text("{outbox} 里没有信", "no letters in {outbox}")
_HEADS = (
    Text("信", "letter"),
    Text("日期", "date"),
    Text("写给", "for"),
    Text("收件人", "to"),
    Text("状态", "state"),
    Text("主题", "subject"),
    Text("说明", "why"),
)
_AUDIENCES = {
    "employee": Text("员工", "employee"),
    "manager": Text("主管", "manager"),
    "hr": Text("HR", "hr"),
}
"""Whom a letter is for → what people call them."""
"""Signs of a letter's mark that are shown; more are needed only if two agree in them."""


@click.group("mail")
def command() -> None:
    """Look at the letters in the outbox, send them, hold them."""


@command.command("list")
@json_option
@click.pass_context
def list_letters(ctx: click.Context, *, as_json: bool) -> None:
    """List the letters in the outbox, oldest first: where each stands, and why."""
    session = current(ctx)
    lang = session.speaks
    with session.history() as history:
        letters = outbox_letters(session, history)
    if as_json:
        emit_json([_json(letter, lang) for letter in letters])
        return
    if not letters:
        click.echo(_NO_LETTERS.fill(outbox=session.outbox).in_(lang))
        return
    rows = [
        (
            letter.mark[:_MARK],
            f"{letter.entry.at:%Y-%m-%d %H:%M}",
            _AUDIENCES.get(letter.entry.audience, same("?")).in_(lang),
            whom(letter),
            letter.standing,
            letter.entry.subject,
            letter.why.in_(lang),
        )
        for letter in letters
    ]
    emit_table([head.in_(lang) for head in _HEADS], rows)


@command.command("send")
@click.option("--limit", type=click.IntRange(1), help="At most so many letters.")
@click.option("--all", "everything", is_flag=True, help="All, even the first time.")
@click.option(
    "--to-me",
    metavar="ADDRESS",
    help="Rehearse: everything goes to this address, and nothing counts as sent.",
)
@click.option("--now", is_flag=True, help="Even on a holiday or at a quiet time.")
@click.option("--yes", "-y", is_flag=True, help="Send without asking.")
@json_option
@click.pass_context
def send_letters(  # noqa: PLR0913 - one argument for each option
    ctx: click.Context,
    limit: int | None,
    to_me: str | None,
    *,
    now: bool,
    everything: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Send what waits in the outbox, each letter once.

    The first time one letter goes, unless --limit or --all says otherwise. Exit code 1
    when a letter stayed undelivered; followup mail list says why.
    """
    session = current(ctx)
    wish = Wish(limit=limit, everything=everything, to_me=to_me, yes=yes, now=now)
    with attended(session, "mail send", [str(session.outbox)]) as attendance:
        ways = prepared(session)
        with session.history() as history:
            report = deliver_letters(session, history, ways, wish)
        if report is None:
            return 0
        done = report.sending.done
        attendance.count(sent=sum(answer.fate == "sent" for _, answer in done))
        if as_json:
            emit_json(report_json(report))
            if report.sending.stopped:
                raise report.sending.stopped
        else:
            tell(report, wish, session.speaks)
        return attendance.ended(0 if report.all_well else 1)


@command.command("resend")
@click.argument("key")
@click.option("--again", is_flag=True, help="Even if it was sent already.")
@json_option
@click.pass_context
def resend(ctx: click.Context, key: str, *, again: bool, as_json: bool) -> None:
    """Let a letter go with the next send, though it was refused, held or is unknown.

    KEY is what followup mail list shows in its first column.
    """
    session = current(ctx)
    with session.history() as history:
        letter = _only(key, outbox_letters(session, history))
        if letter.standing == "sent" and not again:
            raise DeliveryError(
                "the letter was sent already",
                where=letter.entry.path.name,
                hint="to send it a second time: followup mail resend --again " + key,
            )
        among = (*_AGAIN, "sent") if again else _AGAIN
        _change(session, history, letter, state="written", among=among)
        letter = _only(letter.entry.key, outbox_letters(session, history))
    _show(session, letter, as_json=as_json)


@command.command("hold")
@click.argument("key")
@json_option
@click.pass_context
def hold(ctx: click.Context, key: str, *, as_json: bool) -> None:
    """Keep a letter from being sent; for an unknown one, settle that it arrived.

    KEY is what followup mail list shows in its first column.
    """
    session = current(ctx)
    with session.history() as history:
        letter = _only(key, outbox_letters(session, history))
        among = ("written", "deferred", "rejected", "unknown")
        _change(session, history, letter, state="stopped", among=among)
        letter = _only(letter.entry.key, outbox_letters(session, history))
    _show(session, letter, as_json=as_json)


@command.command("preview")
@click.option("--open", "open_it", is_flag=True, help="Open it in the browser.")
@click.pass_context
def preview_letters(ctx: click.Context, *, open_it: bool) -> None:
    """Say where the page is that shows every letter of the outbox."""
    page = preview(current(ctx).outbox)
    click.echo(str(page))
    if open_it:
        webbrowser.open(page.as_uri())


@command.command("templates")
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
        emit_table(("template", "whose"), [(one.name, one.whose) for one in found])
        for one in found:
            if one.problem:
                click.echo(str(one.problem), err=True)
        if not folder:
            session.say(_COPY_THEM.in_(lang))
    return 1 if any(one.problem for one in found) else 0


def _copied(session: Session, folder: Path | None) -> int:
    if folder is None:
        raise DeliveryError(
            "no folder for templates was named",
            where="--copy",
            hint="give one, as in --copy letters, or set mail.templates",
        )
    written = copy_templates(folder)
    lang = session.speaks
    click.echo(_COPIED.fill(n=len(written), folder=folder).in_(lang))
    used = session.config.mail.templates
    if used is None or used.resolve() != folder.resolve():
        session.say(_NAME_IT.fill(folder=folder.as_posix()).in_(lang))
    return 0


def _change(
    session: Session, history: History, letter: Letter, *, state: str, among: States
) -> None:
    done = history.postbox.settle(letter.entry.key, state, session.now(), among=among)
    if not done:
        raise DeliveryError(
            f"the letter is {letter.standing}: {letter.why.in_('en')}",
            where=letter.entry.path.name,
            hint="followup mail list shows where every letter stands",
        )


def _only(name: str, letters: tuple[Letter, ...]) -> Letter:
    found = called(name, letters)
    if len(found) == 1:
        return found[0]
    what = "no letter is" if not found else f"{len(found)} letters are"
    raise DeliveryError(
        f"{what} called {name!r}",
        where="KEY",
        hint="take it from the first column of followup mail list, or the whole key "
        "from followup mail list --json",
    )


def _show(session: Session, letter: Letter, *, as_json: bool) -> None:
    lang = session.speaks
    if as_json:
        emit_json(_json(letter, lang))
        return
    why = letter.why.in_(lang)
    click.echo(f"{letter.mark[:_MARK]} {whom(letter)}: {letter.standing}: {why}")


def _json(letter: Letter, lang: Lang) -> dict[str, object]:
    entry = letter.entry
    return {
        "path": str(entry.path),
        "key": entry.key,
        "audience": entry.audience,
        "name": entry.recipient,
        "to": entry.email,
        "robot": entry.robot or None,
        "language": entry.language,
        "subject": entry.subject,
        "at": entry.at.isoformat(),
        "state": letter.standing,
        "why": letter.why.in_(lang),
        "problems": list(entry.problems),
    }
