"""What ``followup mail`` and ``followup sync --send`` share: asking, sending, saying."""

import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import click

from reports.addresses import is_address
from reports.deliver.account import Account, account_of
from reports.deliver.outbox import list_outbox
from reports.deliver.pace import Pace
from reports.deliver.send import (
    NoBook,
    RealBook,
    Sending,
    check_sending,
    send,
    settle_interrupted,
)
from reports.deliver.standing import WILL_GO, Letter, standings
from sync.cli.session import NeedsYesError, Session
from sync.errors import DeliveryError
from sync.history.store import History
from sync.wording import Lang, Text

_ASK = Text(
    "通过 {host} 以 {sender} 的名义发送 {n} 封信{whom}？",
    "Send letters through {host} from {sender}: {n}{whom}?",
)
_FIRST = Text(
    "第一次发送只发 1 封，请先确认它收到了；还有 {n} 封等待，用 --all 或 --limit 发送",
    "the first time only one letter is sent, to see that it arrives; {n} more wait for "
    "--all or --limit",
)
_LIMITED = Text("还有 {n} 封等待发送", "letters still waiting: {n}")
_NONE = Text("没有等待发送的信", "no letters wait to be sent")
_DONE = Text("已发送 {n} 封", "sent: {n}")
_REHEARSED = Text(
    "试发：已将 {n} 封发到 {to}，信件状态不变",
    "rehearsal: {n} sent to {to}; no letter changed its state",
)
_UNSETTLED = Text(
    "{n} 封不确定是否送达，请看 followup mail list",
    "letters of unknown fate: {n}; see followup mail list",
)
_HELD = Text(
    "{n} 封没有发出，原因见 followup mail list",
    "letters held back: {n}; followup mail list says why",
)
_FATES = {
    "deferred": Text("下次再试", "put off"),
    "rejected": Text("被拒收", "refused"),
    "unknown": Text("不能确定是否收到", "unknown"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the user asked for."""

    limit: int | None = None
    everything: bool = False
    to_me: str | None = None
    """Every letter goes there, and nothing is remembered."""
    yes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What came of it."""

    sending: Sending
    waiting: int
    """Letters that still wait and were not tried."""
    unsettled: int
    """Letters whose fate nobody knows."""
    held: int
    """Letters that will not go before somebody does something about them."""
    first: bool
    """Whether there were more, held back because this was the first time."""

    @property
    def all_well(self) -> bool:
        """Whether nothing stayed undelivered that should not have."""
        return self.sending.all_sent and not self.unsettled


def lang_of(session: Session) -> Lang:
    """Give the language to talk in where no workbook is open."""
    return session.lang or session.config.office.language or "en"


def prepared(session: Session) -> Account:
    """Check sender and server, and fetch the secret, before anything is done.

    Raises:
        DeliveryError: If letters cannot be sent as things are configured.
    """
    check_sending(session.config.mail)
    return account_of(
        session.config.mail.smtp, session.settings.folder, environ=os.environ
    )


def outbox_letters(session: Session, history: History) -> tuple[Letter, ...]:
    """Say where every letter of the outbox stands, oldest first."""
    entries = list_outbox(session.outbox)
    posts = history.postbox.posts(entry.key for entry in entries)
    return standings(entries, posts, session.config.mail, session.now())


def deliver_letters(
    session: Session, history: History, account: Account, wish: Wish
) -> Report | None:
    """Send what waits; ``None`` when the person said no.

    Raises:
        NeedsYesError: If there is something to send and nobody to ask.
        DeliveryError: If ``to_me`` is no address, or the outbox cannot be read.
    """
    if wish.to_me and not is_address(wish.to_me):
        raise DeliveryError(
            f"{wish.to_me!r} is not an address",
            where="--to-me",
            hint="give one plain address, as in --to-me me@example.com",
        )
    settle_interrupted(outbox_letters(session, history), history.postbox, session.now())
    letters = outbox_letters(session, history)
    # Those never tried go first: a few that are put off each time stop nobody.
    waiting = sorted(
        (one for one in letters if one.standing in WILL_GO),
        key=lambda one: one.standing == "deferred",
    )
    n_first = None if wish.everything else wish.limit
    first = n_first is None and not wish.everything and not _ever_sent(letters)
    batch = waiting[: 1 if first else n_first]
    if batch and not wish.yes and not _confirmed(session, account, wish, batch):
        return None
    with session.working("sending the letters", "正在发信"):
        sending = send(
            batch,
            session.config.mail,
            account,
            NoBook() if wish.to_me else RealBook(history.postbox, session.now),
            pace=Pace(session.config.mail.smtp.letters_per_minute),
            to_me=wish.to_me,
        )
    after = Counter(one.standing for one in outbox_letters(session, history))
    return Report(
        sending=sending,
        waiting=len(waiting) - len(batch) + sending.n_left,
        unsettled=after["unknown"],
        held=after["held"] + after["rejected"],
        first=first and len(waiting) > 1,
    )


def tell(report: Report, wish: Wish, lang: Lang) -> None:
    """Say what was sent, what was not and why; end with what stopped it.

    Raises:
        DeliveryError: What stopped the run early, if something did.
    """
    done = report.sending.done
    for letter, answer in done:
        if answer.fate != "sent":
            fate = _FATES[answer.fate].in_(lang)
            click.echo(
                f"{letter.mark[:8]} {letter.entry.email}: {fate}: {answer.words}"
            )
    n_sent = sum(answer.fate == "sent" for _, answer in done)
    if wish.to_me:
        click.echo(_REHEARSED.fill(n=n_sent, to=wish.to_me).in_(lang))
    elif done or report.sending.stopped:
        click.echo(_DONE.fill(n=n_sent).in_(lang))
    else:
        click.echo(_NONE.in_(lang))
    if report.waiting:
        words = _FIRST if report.first else _LIMITED
        click.echo(words.fill(n=report.waiting).in_(lang))
    if report.unsettled:
        click.echo(_UNSETTLED.fill(n=report.unsettled).in_(lang))
    if report.held:
        click.echo(_HELD.fill(n=report.held).in_(lang))
    if report.sending.stopped:
        raise report.sending.stopped


def report_json(report: Report) -> dict[str, object]:
    """Give what was sent in the form the command contract promises."""
    stopped = report.sending.stopped
    return {
        "letters": [
            {
                "key": letter.entry.key,
                "to": letter.entry.email,
                "state": answer.fate,
                "why": answer.words,
            }
            for letter, answer in report.sending.done
        ],
        "waiting": report.waiting,
        "unknown": report.unsettled,
        "held": report.held,
        "stopped": str(stopped) if stopped else None,
    }


def someone_there() -> bool:
    """Whether somebody can answer a question."""
    return sys.stdin.isatty()


def _ever_sent(letters: Sequence[Letter]) -> bool:
    return any(one.standing == "sent" for one in letters)


def _confirmed(
    session: Session, account: Account, wish: Wish, batch: Sequence[Letter]
) -> bool:
    lang = lang_of(session)
    if not someone_there():
        raise NeedsYesError(
            "there are letters to send and nobody to ask",
            where=str(session.outbox),
            hint="look with followup mail list, then add --yes",
        )
    for letter in batch[:10]:
        click.echo(f"  {letter.entry.email}: {letter.entry.subject}", err=True)
    if len(batch) > 10:  # noqa: PLR2004 - as many as are shown
        click.echo("  …", err=True)
    whom = {"zh": f"，全部发到 {wish.to_me}", "en": f", all to {wish.to_me}"}[lang]
    question = _ASK.fill(
        host=account.host,
        sender=session.config.mail.sender,
        n=len(batch),
        whom=whom if wish.to_me else "",
    )
    return click.confirm(question.in_(lang), err=True)
