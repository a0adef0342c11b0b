"""Who takes letters away: a mail server, or the robots of group chats."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from reports.deliver.account import Account
from reports.deliver.answers import Answer
from reports.deliver.chat.others import post_by_apprise
from reports.deliver.chat.robot import Robot, post
from reports.deliver.entry import read_parts
from reports.deliver.pace import Pace
from reports.deliver.smtp import Connection
from reports.deliver.standing import Letter
from reports.headers import mailbox
from reports.message import check_sender
from sync.causes import cause
from sync.config.mail import Mail
from sync.durable import write_whole
from sync.errors import DeliveryError
from sync.wording import Text

ROBOT_PACE = 20
"""Notes a minute: what 企业微信 and 钉钉 allow one robot; more mutes it for a while."""


_FROM = re.compile(rb"(?im)^From:(?:.*\r\n[ \t])*.*\r\n")


class Carrier(Protocol):
    """Takes one letter after another."""

    @property
    def one_server(self) -> bool:
        """Whether what it says of several letters in a row is about all of them."""

    @property
    def at_once(self) -> int:
        """How many letters go within about a second: so many are claimed together."""

    def carry(self, letter: Letter, before_end: Callable[[], bool]) -> Answer:
        """Hand one letter over.

        Args:
            letter: The letter.
            before_end: Called at the last moment at which it can still be kept back;
                it goes only if the answer is ``True``.

        Raises:
            NotClaimedError: If ``before_end`` said no.
            DeliveryError: If nothing can be handed over, this letter or any other.
        """

    def close(self) -> None:
        """End in peace."""

    def cut(self) -> None:
        """End without another word."""


class MailCarrier:
    """A mail server, over one connection, made anew when it broke or carried enough."""

    one_server = True

    def __init__(
        self,
        account: Account,
        options: Mail,
        *,
        to_me: str | None = None,
        recent: Sequence[float] = (),
    ) -> None:
        """Prepare; nothing is opened yet.

        Args:
            account: The mail server.
            options: Sender and limits.
            to_me: One address that gets all letters in the place of their readers.
            recent: How many seconds ago earlier runs sent letters, oldest first.

        Raises:
            DeliveryError: If the sender cannot be used.
        """
        self._account = account
        self._address = check_sending(options)
        name, address = check_sender(options.sender)
        self._from = mailbox("From", name, address).encode() + b"\r\n"
        self._most = options.smtp.letters_per_connection
        self._pace = Pace(options.smtp.letters_per_minute, recent=recent)
        # Slower ones have the time to wait for the disk each time.
        self.at_once = max(options.smtp.letters_per_minute // 60, 1)
        self._to_me = to_me
        self._open: Connection | None = None
        self._connected = False
        """Whether it ever was: the first time the token is fresh."""

    def carry(self, letter: Letter, before_end: Callable[[], bool]) -> Answer:
        """Hand one letter to the server; see `Carrier`."""
        raw = _content(letter.entry.path, self._from)
        self._pace.wait()
        return self._ready().post(
            raw,
            sender=self._address,
            recipient=self._to_me or letter.entry.email or "",
            before_end=before_end,
        )

    def close(self) -> None:
        """Say goodbye."""
        if self._open is not None:
            self._open.__exit__(None, None, None)
        self._open = None

    def cut(self) -> None:
        """Leave without a word: in the middle of a letter it would become its text."""
        if self._open is not None:
            self._open.hang_up()
        self._open = None

    def _ready(self) -> Connection:
        one = self._open
        if one is None or one.n_posted >= self._most or not one.still_there():
            self.close()
            if self._connected:
                self._account = self._account.renewed()
            self._open = one = Connection(self._account)
            self._connected = True
        return one


class ChatCarrier:
    """The robots of group chats, by name."""

    one_server = False
    at_once = 1

    def __init__(self, robots: Mapping[str, Robot]) -> None:
        self._robots = robots
        self._paces = {name: Pace(ROBOT_PACE) for name in robots}

    def carry(self, letter: Letter, before_end: Callable[[], bool]) -> Answer:
        """Hand one note to its robot; see `Carrier`."""
        robot = self._robots[letter.entry.robot]
        text = read_parts(letter.entry.path)[1].strip()
        self._paces[robot.name].wait()
        if robot.service == "apprise":
            return post_by_apprise(robot, text, before_end=before_end)
        return post(robot, text, before_end=before_end)

    def close(self) -> None:
        """Nothing stays open between two notes."""

    def cut(self) -> None:
        """Nothing stays open between two notes."""


def check_sending(options: Mail) -> str:
    """Give the plain address that letters are from.

    Raises:
        DeliveryError: If no sender of the user's own is set.
    """
    _, address = check_sender(options.sender)
    nowhere = address.endswith(("@localhost", ".invalid"))
    if nowhere and options.smtp.security != "none-on-loopback":
        raise DeliveryError(
            Text(
                "{address} 不是能收到回信的地址",
                "nobody can answer {address}",
                {"address": address},
            ),
            where="config.toml: mail.sender",
            hint=Text(
                '写上自己的地址，例如 sender = "HR <hr@example.com>"；多'
                "数邮件服务器要求与登录的地址一致",
                'write your own, as in sender = "HR <hr@example.com>"; '
                "most servers want the address you sign in with",
            ),
        )
    return address


def _content(path: Path, from_: bytes) -> bytes:
    """Read the letter; one written before the sender was set is given it first.

    The file is what is sent, byte for byte: so the file itself is changed.
    """
    try:
        raw = path.read_bytes()
        head = raw[: raw.find(b"\r\n\r\n") + 2]
        found = None if from_ in head else _FROM.search(head)
        if found:
            raw = raw[: found.start()] + from_ + raw[found.end() :]
            write_whole(path, raw)
    except OSError as error:
        raise DeliveryError(
            Text(
                "有一封信读不了：{why}",
                "a letter cannot be read: {why}",
                {"why": cause(error)},
            ),
            where=str(path),
            hint=Text(
                "请允许读写这个文件；它在发件箱里的位置保留不变",
                "allow reading and writing it; its place in the outbox is kept",
            ),
        ) from error
    # A bare line feed would let what follows be taken for another command.
    plain = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return plain.replace(b"\n", b"\r\n")
