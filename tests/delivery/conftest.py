"""Real mail servers on this machine, and an outbox with letters to send through them."""

# ruff: noqa: ARG002, N802, PLR0917 - a handler's names and arguments are aiosmtpd's

import asyncio
import base64
import json
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from click.testing import CliRunner, Result

from reports.addresses import Recipient
from reports.audience import AudienceKind
from reports.deliver.account import Account
from reports.deliver.outbox import deliver, file_name
from reports.letters import Letter
from sync.cli import cli
from sync.history.store import History

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
USER, PASSWORD, TOKEN = "hr@example.com", "right horse", "ya29.token"
BOOK = "/office/goals.xlsx"

Script = Callable[[str, str], str | None]
"""Step and recipient → what the server answers instead of yes; ``drop`` cuts the line,
``keep and drop`` takes the letter first, ``hang`` says nothing."""


@dataclass
class Mailroom:
    """A mail server's side: what it took, and what it was told to do wrong."""

    taken: list[tuple[str, bytes]] = field(default_factory=list)
    script: Script = lambda step, to: None  # noqa: ARG005
    login: str | None = None
    """The answer to whoever signs in; ``None``: the right password is let in."""
    n_sessions: int = 0
    token: str = TOKEN
    """The one that XOAUTH2 lets in."""
    pipelining: bool = False
    """Whether it offers to hear several commands at once."""

    async def handle_EHLO(
        self, server: Any, session: Any, envelope: Any, host: str, answers: list[str]
    ) -> list[str]:
        session.host_name = host
        self.n_sessions += 1
        offers = ["250-PIPELINING"] if self.pipelining else []
        return [answers[0], *offers, *answers[1:]]

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if said := await self._play("MAIL", "", server):
            return said
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if said := await self._play("RCPT", address, server):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        (to,) = envelope.rcpt_tos
        if self.script("end", to) == "keep and drop":
            self.taken.append((to, envelope.original_content))
            server.transport.abort()
            return "250 OK"
        if self.script("end", to) == "keep and hang":
            self.taken.append((to, envelope.original_content))
            await asyncio.sleep(5)
            return "250 OK"
        if said := await self._play("end", to, server):
            return said
        self.taken.append((to, envelope.original_content))
        return "250 2.0.0 queued as 4711"

    async def handle_NOOP(
        self, server: Any, session: Any, envelope: Any, arg: str
    ) -> str:
        return await self._play("NOOP", "", server) or "250 OK"

    async def auth_XOAUTH2(self, server: Any, args: list[str]) -> AuthResult:
        proof = base64.b64decode(args[1])
        right = f"user={USER}\x01auth=Bearer {self.token}\x01\x01".encode()
        return AuthResult(success=proof == right, handled=False)

    def let_in(
        self, server: Any, session: Any, envelope: Any, mechanism: str, proof: Any
    ) -> AuthResult:
        right = isinstance(proof, LoginPassword) and (proof.login, proof.password) == (
            USER.encode(),
            PASSWORD.encode(),
        )
        if self.login is None and right:
            return AuthResult(success=True)
        said = self.login or "535 5.7.8 wrong password"
        return AuthResult(success=False, handled=False, message=said)

    async def _play(self, step: str, to: str, server: Any) -> str | None:
        said = self.script(step, to)
        if said == "drop":
            server.transport.abort()
            return "250 never heard"
        if said == "hang":
            await asyncio.sleep(5)
            return "250 too late"
        return said


@dataclass(frozen=True)
class Server:
    """A running server and how to reach it."""

    room: Mailroom
    port: int
    ca_file: Path

    def account(self, **changes: Any) -> Account:
        known: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": self.port,
            "security": "starttls",
            "username": USER,
            "secret": PASSWORD,
            "ca_file": self.ca_file,
            "timeout": 1,
        }
        return Account(**(known | changes))


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(
    authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Server]]:
    """Start servers; they end with the test."""
    running: list[Controller] = []

    def _start(*, implicit: bool = False, name: str = "127.0.0.1") -> Server:
        ca_file = tmp_path_factory.mktemp("ca") / "ca.pem"
        authority.cert_pem.write_to_path(str(ca_file))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(name).configure_cert(context)
        room = Mailroom()
        more: dict[str, Any] = (
            {"ssl_context": context, "auth_require_tls": False}
            if implicit
            else {"tls_context": context, "require_starttls": True}
        )
        controller = Controller(
            room,
            hostname="127.0.0.1",
            port=free_port(),
            auth_required=True,
            authenticator=room.let_in,
            enable_SMTPUTF8=False,
            **more,
        )
        controller.start()
        running.append(controller)
        return Server(room, controller.port, ca_file)

    yield _start
    for controller in running:
        controller.stop(no_assert=True)


@pytest.fixture
def server(start: Callable[..., Server]) -> Server:
    """One that speaks STARTTLS and wants a password."""
    return start()


def letter(n: int, **changes: Any) -> Letter:
    known: dict[str, Any] = {
        "audience": AudienceKind.EMPLOYEE,
        "key": f"employee:{n:016x}:2026-W47:{n:016x}",
        "person_key": f"E{n}",
        "recipient": Recipient("", f"reader{n}@example.com"),
        "language": "zh",
        "subject": f"本周跟进 {n}",
        "text": f"您好\n.这一行以点开头 {n}\n",
        "html": f"<p>{n}</p>" * 50,
        "told": (str(n),),
    }
    return Letter(**(known | changes))


@dataclass
class Office:
    """A folder with a configuration and an outbox, and the command line in it."""

    folder: Path
    server: Server

    def put(self, *letters: Letter) -> None:
        """Do what the last step of a sync does."""
        with History.open(None) as history:
            already = history.told([one.key for one in letters])
            receipts = deliver(
                letters,
                self.folder / "outbox",
                already=already,
                at=AT,
                sender="HR <hr@example.com>",
            )
            history.remember_letters(BOOK, receipts, AT, letters)

    def run(self, *words: str, stdin: str | None = None) -> Result:
        result = CliRunner().invoke(
            cli, list(words), input=stdin, standalone_mode=False
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        if isinstance(result.return_value, int):
            result.exit_code = result.return_value
        return result

    def states(self) -> Mapping[str, str]:
        listed = json.loads(self.run("mail", "list", "--json").stdout)
        return {one["to"]: one["state"] for one in listed}

    def why(self, to: str) -> str:
        listed = json.loads(self.run("mail", "list", "--json").stdout)
        (found,) = (one["why"] for one in listed if one["to"] == to)
        return str(found)

    def got(self) -> list[str]:
        return [to for to, _ in self.server.room.taken]

    def turns(self) -> list[str]:
        """Give whose letter goes first, whose second …"""
        files = sorted((self.folder / "outbox").glob("*.eml"))
        heads = [path.read_bytes().partition(b"\r\n\r\n")[0] for path in files]
        found = (re.search(rb"reader\d+@example.com", head) for head in heads)
        return [one[0].decode() for one in found if one]

    def file_of(self, one: Letter) -> Path:
        return self.folder / "outbox" / file_name(one)


@pytest.fixture
def office(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAIL_PASSWORD", PASSWORD)
    (tmp_path / "config.toml").write_text(
        '[mail]\nsender = "HR <hr@example.com>"\n[mail.smtp]\nhost = "127.0.0.1"\n'
        f'port = {server.port}\nca_file = "{server.ca_file.as_posix()}"\n'
        f'username = "{USER}"\npassword_env = "MAIL_PASSWORD"\ntimeout_seconds = 1\n'
        "letters_per_minute = 10000\nsend_within_days = 3660\n"
        "retry_after_minutes = [0]\n",
        "utf-8",
    )
    return Office(tmp_path, server)


@pytest.fixture
def letters() -> Callable[..., tuple[Letter, ...]]:
    return lambda n: tuple(letter(number) for number in range(1, n + 1))
