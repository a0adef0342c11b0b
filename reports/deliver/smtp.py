"""One verified connection to a mail server, driven step by step.

``smtplib.sendmail`` raises the same error for a letter that was never handed over and
for one that was taken before the line broke. Only what fails after the final dot leaves
that in doubt, so the dot is a step of its own.
"""

import ipaddress
import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from types import TracebackType

from reports.deliver.account import WHERE, Account
from reports.deliver.answers import (
    ACCEPTED,
    FINAL,
    Answer,
    Phase,
    judge,
    lost,
)
from reports.deliver.our_words import LATIN_ONLY, TOO_LARGE
from reports.deliver.refusals import explained
from reports.headers import one_header_line
from sync.causes import cause
from sync.errors import DeliveryError
from sync.wording import Text

_OURSELVES = "[127.0.0.1]"
"""How we greet (RFC 5321, 4.1.3): the name of somebody's computer is not told."""
_GO_ON = 354
_IDLE = 10.0
"""Seconds after which a server may have gone without a word: some wait half a minute."""


class NotClaimedError(Exception):
    """Somebody else is sending this letter; it was not handed over."""


class Connection(AbstractContextManager["Connection"]):
    """An open, verified and signed-in connection; letters go through it one by one."""

    def __init__(self, account: Account) -> None:
        """Connect.

        Raises:
            DeliveryError: If it cannot be opened, its certificate is not to be trusted,
                or the server does not let us in.
        """
        self._account = account
        self.n_posted = 0
        self.alive = True
        self._last = time.monotonic()
        try:
            self._client = _opened(account)
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            raise explained(error, account) from None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say goodbye; whether that is heard changes nothing."""
        if self.alive and error is None:
            with suppress(smtplib.SMTPException, OSError):
                self._client.quit()
        self._client.close()

    def still_there(self) -> bool:
        """Whether the server still listens; asked only after a while of silence."""
        if self.alive and time.monotonic() - self._last > _IDLE:
            try:
                code, _ = self._client.noop()
            except (smtplib.SMTPException, OSError):
                code = 0
            if code not in ACCEPTED:
                self.hang_up()
        return self.alive

    def post(
        self, raw: bytes, *, sender: str, recipient: str, before_end: Callable[[], bool]
    ) -> Answer:
        """Hand one letter over to one recipient.

        Args:
            raw: The whole mail with CR LF line ends.
            sender: The plain address it is from.
            recipient: The one plain address it is for.
            before_end: Called when everything but the final dot has been sent; the dot
                follows only if it answers ``True``.

        Raises:
            NotClaimedError: If ``before_end`` said no; the connection is gone then.
        """
        self.n_posted += 1
        refusal = self._envelope(raw, sender, recipient)
        if refusal:
            return refusal
        try:
            self._client.send(_stuffed(raw))
        except (smtplib.SMTPException, OSError) as error:
            self.hang_up()
            return lost("body", error)
        self._ask(before_end)
        return self._end()

    def hang_up(self) -> None:
        """Close the line without another word."""
        self.alive = False
        self._client.close()

    def _ask(self, before_end: Callable[[], bool]) -> None:
        """Ask for leave to finish; without it the server gets no dot and drops all."""
        try:
            allowed = before_end()
        except BaseException:
            self.hang_up()
            raise
        if not allowed:
            self.hang_up()
            raise NotClaimedError

    def _end(self) -> Answer:
        try:
            self._client.send(b".\r\n")
            code, text = self._client.getreply()
            self._last = time.monotonic()
        except (smtplib.SMTPException, OSError) as error:
            self.hang_up()
            return lost("end", error)
        if code not in FINAL:
            self.hang_up()
            return lost("end", ConnectionError(f"unreadable answer {code}"))
        return self._seen(judge("end", code, text))

    def _envelope(self, raw: bytes, sender: str, recipient: str) -> Answer | None:
        """Say from whom, to whom, and that the letter comes; ``None`` means go on."""
        options = []
        if not (sender + recipient).isascii():
            if not self._client.has_extn("smtputf8"):
                return Answer(fate="rejected", words=LATIN_ONLY.in_("en"))
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        size = self._client.esmtp_features.get("size", "")
        if size.isdigit() and 0 < int(size) < len(raw):
            words = TOO_LARGE.fill(size=size).in_("en")
            return Answer(fate="rejected", words=words)
        steps: tuple[tuple[Phase, str], ...] = (
            ("MAIL", " ".join([f"MAIL FROM:<{sender}>", *options])),
            ("RCPT", f"RCPT TO:<{recipient}>"),
            ("DATA", "DATA"),
        )
        at_once = len(steps) if self._client.has_extn("pipelining") else 1
        for start in range(0, len(steps), at_once):
            refusal = self._said(steps[start : start + at_once])
            if refusal:
                return refusal
        return None

    def _said(self, steps: Sequence[tuple[Phase, str]]) -> Answer | None:
        """Say several things at once, and hear all the answers (RFC 2920, 3.1)."""
        refused: tuple[Phase, int, bytes] | None = None
        phase, code = steps[0][0], 0
        try:
            lines = "".join(f"{one_header_line(line)}\r\n" for _, line in steps)
            self._client.send(lines.encode())
            for phase, _ in steps:
                code, text = self._client.getreply()
                taken = code == _GO_ON if phase == "DATA" else code in ACCEPTED
                if not taken and refused is None:
                    refused = phase, code, text
        except (smtplib.SMTPException, OSError) as error:
            self.hang_up()
            if refused is None:
                return lost(phase, error)
        if refused is None:
            return None
        if code == _GO_ON:
            # It wants a letter that it has refused: a dot now would end an empty one.
            self.hang_up()
        return self._refused(*refused)

    def _refused(self, phase: Phase, code: int, text: bytes) -> Answer:
        if code in ACCEPTED:  # it answered DATA as if that were the letter
            self.hang_up()
            return lost(phase, ConnectionError(f"unexpected answer {code}"))
        answer = self._seen(judge(phase, code, text))
        if self.alive:
            try:
                self._client.rset()
            except (smtplib.SMTPException, OSError):
                self.hang_up()
        return answer

    def _seen(self, answer: Answer) -> Answer:
        if answer.slow:
            self.hang_up()
        return answer


def _opened(account: Account) -> smtplib.SMTP:
    place = (account.host, account.port)
    context = _context(account)
    client: smtplib.SMTP
    if account.security == "tls":
        client = smtplib.SMTP_SSL(
            *place,
            local_hostname=_OURSELVES,
            timeout=account.timeout,
            context=context,
        )
    else:
        client = smtplib.SMTP(
            *place, local_hostname=_OURSELVES, timeout=account.timeout
        )
    try:
        _prepare(client, account, context)
    except BaseException:
        client.close()
        raise
    return client


def _prepare(client: smtplib.SMTP, account: Account, context: ssl.SSLContext) -> None:
    line = client.sock
    assert line is not None
    # Without this the dot waits for the acknowledgement of the body: 45 ms a letter.
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if account.security == "starttls":
        # Without a context of ours, Python up to 3.12 verifies nothing here.
        client.starttls(context=context)
    elif account.security == "none-on-loopback":
        peer = str(line.getpeername()[0]).partition("%")[0]
        if not ipaddress.ip_address(peer).is_loopback:
            raise DeliveryError(
                Text(
                    "{host} 不是本机，发往那里的信必须加密",
                    "{host} is another machine: letters go there encrypted only",
                    {"host": account.host},
                ),
                where=f"{WHERE}.security",
                hint=Text(
                    '请写 security = "starttls" 或 "tls"',
                    'write security = "starttls" or "tls"',
                ),
            )
    client.ehlo_or_helo_if_needed()
    if not account.username:
        return
    if account.oauth:
        _sign_in_by_token(client, account)
    else:
        client.login(account.username, account.secret)


def _sign_in_by_token(client: smtplib.SMTP, account: Account) -> None:
    """Sign in with XOAUTH2, as Google and Microsoft describe it."""
    proof = f"user={account.username}\x01auth=Bearer {account.secret}\x01\x01"

    def answer(challenge: bytes | None = None) -> str:
        # A challenge holds the reason of a refusal; the server waits for an empty line.
        return proof if challenge is None else ""

    client.auth("XOAUTH2", answer, initial_response_ok=True)


def _context(account: Account) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(
            cafile=str(account.ca_file) if account.ca_file else None
        )
    except OSError as error:
        raise DeliveryError(
            Text(
                "{ca_file} 里没有证书：{why}",
                "{ca_file} holds no certificates: {why}",
                {"ca_file": account.ca_file, "why": cause(error)},
            ),
            where=f"{WHERE}.ca_file",
            hint=Text(
                "请指定公司证书颁发机构的 PEM 证书文件",
                "name a PEM file with the certificate of your own authority",
            ),
        ) from None


def _stuffed(raw: bytes) -> bytes:
    """Double a dot that begins a line (RFC 5321, 4.5.2), and end with a line end."""
    body = raw.replace(b"\r\n.", b"\r\n..")
    if body.startswith(b"."):
        body = b"." + body
    return body if body.endswith(b"\r\n") else body + b"\r\n"
