"""``followup mail``: the letters of the outbox, and sending them."""

import click

from reports.deliver.standing import STANDINGS, Letter, called
from sync.cli.attend import attended
from sync.cli.letter_templates import templates
from sync.cli.looking_back import preview_letters
from sync.cli.sending import deliver_letters, outbox_letters, prepared
from sync.cli.sent import Wish, report_json, tell, whom
from sync.cli.session import Session, current, json_option
from sync.cli.show import emit_json, emit_table
from sync.errors import DeliveryError
from sync.history.store import History
from sync.wording import Lang, Text, same

States = tuple[str, ...]

_ONCE_MORE = Text(
    "确实要再发一次：followup mail resend --again {key}",
    "to send it a second time: followup mail resend --again {key}",
)
_STANDS = Text("这封信现在是“{standing}”：{why}", "the letter is {standing}: {why}")
_NONE = Text("没有编号为“{name}”的信", "no letter is called '{name}'")
_SEVERAL = Text("有 {n} 封信的编号是“{name}”", "{n} letters are called '{name}'")
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
    "author": Text("目标写法", "wording"),
}
"""Whom a letter is for → what people call them."""
"""Signs of a letter's mark that are shown; more are needed only if two agree in them."""


@click.group("mail")
def command() -> None:
    """Look at the letters in the outbox, send them, hold them."""


command.add_command(preview_letters)
command.add_command(templates)


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
            STANDINGS[letter.standing].in_(lang),
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
                Text("这封信已经发过了", "the letter was sent already"),
                where=letter.entry.path.name,
                hint=_ONCE_MORE.fill(key=key),
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


def _change(
    session: Session, history: History, letter: Letter, *, state: str, among: States
) -> None:
    done = history.postbox.settle(letter.entry.key, state, session.now(), among=among)
    if not done:
        raise DeliveryError(
            _STANDS.fill(standing=STANDINGS[letter.standing], why=letter.why),
            where=letter.entry.path.name,
            hint=Text(
                "每封信的状态见 followup mail list",
                "followup mail list shows where every letter stands",
            ),
        )


def _only(name: str, letters: tuple[Letter, ...]) -> Letter:
    found = called(name, letters)
    if len(found) == 1:
        return found[0]
    what = _SEVERAL if found else _NONE
    raise DeliveryError(
        what.fill(name=name, n=len(found)),
        where="KEY",
        hint=Text(
            "编号见 followup mail list 的第一列，完整编号见 followup mail list --json",
            "take it from the first column of followup mail list, or the whole key "
            "from followup mail list --json",
        ),
    )


def _show(session: Session, letter: Letter, *, as_json: bool) -> None:
    lang = session.speaks
    if as_json:
        emit_json(_json(letter, lang))
        return
    why = letter.why.in_(lang)
    standing = STANDINGS[letter.standing].in_(lang)
    click.echo(f"{letter.mark[:_MARK]} {whom(letter)}: {standing}: {why}")


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
