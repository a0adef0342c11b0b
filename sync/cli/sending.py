"""What ``followup mail`` and ``followup sync --send`` share: asking, sending, saying."""

import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import click

from reports.addresses import is_address
from reports.deliver.account import Account, account_of
from reports.deliver.carriers import ChatCarrier, MailCarrier, check_sending
from reports.deliver.chat.robot import Robot, robot_of
from reports.deliver.outbox import list_outbox
from reports.deliver.send import (
    Book,
    NoBook,
    RealBook,
    Sending,
    send,
    settle_interrupted,
)
from reports.deliver.standing import WILL_GO, Letter, standings
from sync.cli.session import NeedsYesError, Session
from sync.config.mail import Mail
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How letters can leave."""

    account: Account | None
    """``None``: no mail server is named, only robots are."""
    robots: Mapping[str, Robot]

    def reach(self, letter: Letter) -> bool:
        """Whether a letter can leave."""
        if letter.entry.robot:
            return letter.entry.robot in self.robots
        return self.account is not None


def prepared(session: Session) -> Ways:
    """Check sender and servers, and fetch the secrets, before anything is done.

    Raises:
        DeliveryError: If letters cannot be sent as things are configured.
    """
    mail, folder = session.config.mail, session.settings.folder
    robots = {one.name: robot_of(one, folder, os.environ) for one in mail.chat}
    if robots and not mail.smtp.host:
        return Ways(account=None, robots=robots)
    check_sending(mail)
    return Ways(account=account_of(mail.smtp, folder, os.environ), robots=robots)


def outbox_letters(session: Session, history: History) -> tuple[Letter, ...]:
    """Say where every letter of the outbox stands, oldest first."""
    entries = list_outbox(session.outbox)
    posts = history.postbox.posts(entry.key for entry in entries)
    return standings(entries, posts, session.config.mail, session.now())


def deliver_letters(
    session: Session, history: History, ways: Ways, wish: Wish
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
    waiting = _in_turn(letters, ways, wish)
    n_first = None if wish.everything else wish.limit
    first = n_first is None and not wish.everything and not _ever_sent(letters)
    batch = waiting[: 1 if first else n_first]
    if batch and not wish.yes and not _confirmed(session, ways, wish, batch):
        return None
    with session.working("sending the letters", "正在发信"):
        book = NoBook() if wish.to_me else RealBook(history.postbox, session.now)
        mail = session.config.mail
        sending = _sent(batch, ways, mail, wish.to_me, book=book)
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
            click.echo(f"{letter.mark[:8]} {whom(letter)}: {fate}: {answer.words}")
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
                "to": whom(letter),
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


def whom(letter: Letter) -> str:
    """Name whom a letter goes to: an address, or the robot of a group."""
    entry = letter.entry
    return (
        f"chat {entry.robot}" if entry.robot else entry.email or f"({entry.recipient})"
    )


def someone_there() -> bool:
    """Whether somebody can answer a question."""
    return sys.stdin.isatty()


def _in_turn(letters: Sequence[Letter], ways: Ways, wish: Wish) -> Sequence[Letter]:
    """Give what can leave: mail before notes, those never tried before those put off.

    So a few that are put off each time stop nobody, and the very first letter of all
    reaches one person and not a group. A rehearsal leaves groups alone.
    """
    return sorted(
        (
            one
            for one in letters
            if one.standing in WILL_GO
            and ways.reach(one)
            and not (wish.to_me and one.entry.robot)
        ),
        key=lambda one: (bool(one.entry.robot), one.standing == "deferred"),
    )


def _sent(
    batch: Sequence[Letter], ways: Ways, options: Mail, to_me: str | None, *, book: Book
) -> Sending:
    """Send mail through the mail server, then notes through their robots."""
    mails = [one for one in batch if not one.entry.robot]
    notes = [one for one in batch if one.entry.robot]
    done = Sending(done=(), n_left=0)
    if mails:
        assert ways.account is not None
        mail = MailCarrier(ways.account, options, to_me=to_me)
        done = send(mails, mail, book)
    return done.and_then(send(notes, ChatCarrier(ways.robots), book)) if notes else done


def _ever_sent(letters: Sequence[Letter]) -> bool:
    return any(one.standing == "sent" for one in letters)


def _confirmed(
    session: Session, ways: Ways, wish: Wish, batch: Sequence[Letter]
) -> bool:
    lang = lang_of(session)
    if not someone_there():
        raise NeedsYesError(
            "there are letters to send and nobody to ask",
            where=str(session.outbox),
            hint="look with followup mail list, then add --yes",
        )
    for letter in batch[:10]:
        click.echo(f"  {whom(letter)}: {letter.entry.subject}", err=True)
    if len(batch) > 10:  # noqa: PLR2004 - as many as are shown
        click.echo("  …", err=True)
    to_me = {"zh": f"，全部发到 {wish.to_me}", "en": f", all to {wish.to_me}"}[lang]
    hosts = [ways.account.host] if ways.account else []
    question = _ASK.fill(
        host=", ".join(
            [*hosts, *{one.entry.robot: 0 for one in batch if one.entry.robot}]
        ),
        sender=session.config.mail.sender,
        n=len(batch),
        whom=to_me if wish.to_me else "",
    )
    return click.confirm(question.in_(lang), err=True)
