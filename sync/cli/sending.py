"""What ``followup mail`` and ``followup sync --send`` share: asking, sending, saying."""

import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import click

from reports.addresses import is_address
from reports.deliver.account import Account, account_of
from reports.deliver.carriers import ChatCarrier, MailCarrier, check_sending
from reports.deliver.chat.robot import Robot, robot_of
from reports.deliver.entry import OutboxEntry
from reports.deliver.outbox import list_outbox
from reports.deliver.pace import MINUTE
from reports.deliver.quiet import quiet_until
from reports.deliver.send import (
    NoBook,
    RealBook,
    Sending,
    send,
    settle_interrupted,
)
from reports.deliver.standing import WILL_GO, Letter, standings
from sync.cli.sent import Report, Wish, whom
from sync.cli.session import NeedsYesError, Session
from sync.config.off import days_off
from sync.errors import DeliveryError
from sync.history.postbox import Postbox
from sync.history.store import History
from sync.wording import Text

_ASK = Text(
    "通过 {host} 以 {sender} 的名义发送 {n} 封信{whom}？",
    "Send letters through {host} from {sender}: {n}{whom}?",
)


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
    return _standing(list_outbox(session.outbox), session, history)


def _standing(
    entries: Sequence[OutboxEntry], session: Session, history: History
) -> tuple[Letter, ...]:
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
            Text(
                "“{to_me}”不是邮箱地址",
                "{to_me!r} is not an address",
                {"to_me": wish.to_me},
            ),
            where="--to-me",
            hint=Text(
                "请只写一个邮箱地址，例如 --to-me me@example.com",
                "give one plain address, as in --to-me me@example.com",
            ),
        )
    entries = list_outbox(session.outbox)
    found = _standing(entries, session, history)
    settle_interrupted(found, history.postbox, session.now())
    letters = _standing(entries, session, history)
    waiting = _in_turn(letters, ways, wish)
    quiet = None if wish.to_me or wish.now else _quiet(session)
    if quiet and waiting:
        waits = Sending(done=(), n_left=0)
        return _report(letters, waits, waiting=len(waiting), quiet=quiet)
    n_first = None if wish.everything else wish.limit
    first = n_first is None and not wish.everything and not _ever_sent(letters)
    batch = waiting[: 1 if first else n_first]
    if batch and not wish.yes and not _confirmed(session, ways, wish, batch):
        return None
    with session.working("sending the letters", "正在发信"):
        sending = _sent(batch, ways, session, wish.to_me, history.postbox)
    n_waiting = len(waiting) - len(batch) + sending.n_left
    first = first and len(waiting) > 1
    last = _standing(entries, session, history)
    return _report(last, sending, waiting=n_waiting, first=first)


def _report(
    last: Sequence[Letter],
    sending: Sending,
    *,
    waiting: int,
    first: bool = False,
    quiet: datetime | None = None,
) -> Report:
    """Count what became of the letters, those not touched too."""
    after = Counter(one.standing for one in last)
    return Report(
        sending=sending,
        waiting=waiting,
        unsettled=after["unknown"],
        held=after["held"] + after["rejected"],
        later=sum(one.not_before is not None for one in last),
        first=first,
        quiet=quiet,
    )


def _quiet(session: Session) -> datetime | None:
    at = session.now()
    return quiet_until(at, session.config.mail, days_off(session.config, at.date()))


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
            and one.not_before is None
            and ways.reach(one)
            and not (wish.to_me and one.entry.robot)
        ),
        key=lambda one: (bool(one.entry.robot), one.standing == "deferred"),
    )


def _sent(  # noqa: PLR0917 - whom, how and what for
    batch: Sequence[Letter],
    ways: Ways,
    session: Session,
    to_me: str | None,
    postbox: Postbox,
) -> Sending:
    """Send mail through the mail server, then notes through their robots."""
    book = NoBook() if to_me else RealBook(postbox, session.now)
    mails = [one for one in batch if not one.entry.robot]
    notes = [one for one in batch if one.entry.robot]
    done = Sending(done=(), n_left=0)
    if mails:
        assert ways.account is not None
        # The server counts letters by the minute, whichever run they came from.
        now = session.now()
        moments = postbox.begun_since(now - timedelta(seconds=MINUTE))
        mail = MailCarrier(
            ways.account,
            session.config.mail,
            to_me=to_me,
            recent=[(now - one).total_seconds() for one in moments],
        )
        done = send(mails, mail, book)
    return done.and_then(send(notes, ChatCarrier(ways.robots), book)) if notes else done


def _ever_sent(letters: Sequence[Letter]) -> bool:
    return any(one.standing == "sent" for one in letters)


def _confirmed(
    session: Session, ways: Ways, wish: Wish, batch: Sequence[Letter]
) -> bool:
    lang = session.speaks
    if not someone_there():
        raise NeedsYesError(
            Text(
                "有信要发，但没有人可以确认",
                "there are letters to send and nobody to ask",
            ),
            where=str(session.outbox),
            hint=Text(
                "请先用 followup mail list 查看，再加上 --yes",
                "look with followup mail list, then add --yes",
            ),
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
