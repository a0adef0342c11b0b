"""Robots behind the proxy of an office: a tunnel, and nothing told to who keeps it."""

import base64
import http.server
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import trustme

from reports.addresses import Recipient
from reports.audience import AudienceKind
from reports.deliver.chat.robot import Robot, post, robot_of
from reports.letters import Letter
from sync.config.mail import Chat
from sync.errors import DeliveryError

TOKEN = "3f8a-secret-key-77"


@dataclass
class Gate:
    """A proxy: what it was asked and saw, and whom it lets through."""

    port: int = 0
    asked: list[str] = field(default_factory=list)
    proofs: list[str] = field(default_factory=list)
    seen: bytes = b""
    wants: str = ""
    """``name:password``; empty: nothing."""
    cut_after: int | None = None
    """Cut the tunnel when so many bytes have gone to the service."""

    @property
    def url(self) -> str:
        who = f"{self.wants}@" if self.wants else ""
        return f"http://{who}127.0.0.1:{self.port}"


class _Gatekeeper(http.server.BaseHTTPRequestHandler):
    gate: Gate

    def do_CONNECT(self) -> None:
        gate, shown = self.gate, self.headers.get("Proxy-Authorization", "")
        gate.asked.append(self.path)
        gate.proofs.append(shown)
        right = base64.b64encode(gate.wants.encode()).decode()
        if gate.wants and shown != f"Basic {right}":
            self.send_error(407)
            return
        port = int(self.path.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as beyond:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=self._copy, args=(beyond, self.connection))
            back.start()
            with suppress(OSError):
                while chunk := self.connection.recv(65_536):
                    gate.seen += chunk
                    if gate.cut_after is not None and len(gate.seen) > gate.cut_after:
                        break
                    beyond.sendall(chunk)
            for line in (beyond, self.connection):
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
            back.join()
        self.close_connection = True

    @staticmethod
    def _copy(source: socket.socket, to: socket.socket) -> None:
        with suppress(OSError):
            while chunk := source.recv(65_536):
                to.sendall(chunk)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _Service(http.server.BaseHTTPRequestHandler):
    got: list[tuple[str, dict[str, Any]]]

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, json.loads(raw)))
        body = b'{"errcode":0,"errmsg":"ok"}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *args: object) -> None:
        """A line that was cut is what some tests are about."""


@dataclass
class Street:
    """A service with a certificate, and the gate on the way to it."""

    gate: Gate
    port: int
    got: list[tuple[str, dict[str, Any]]]

    @property
    def url(self) -> str:
        return f"https://chat.example.com:{self.port}/send?key={TOKEN}"

    def robot(self, **changes: Any) -> Robot:
        known = {"name": "g", "service": "wecom", "url_env": "URL"}
        return robot_of(Chat(**(known | changes)), Path(), {"URL": self.url})


@pytest.fixture
def street(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Street]:
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    monkeypatch.setenv("SSL_CERT_FILE", str(ca_file))
    for name in ("HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    gate, got = Gate(), list[tuple[str, dict[str, Any]]]()
    keeper = type("Keeper", (_Gatekeeper,), {"gate": gate})
    service = type("Service", (_Service,), {"got": got})
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("chat.example.com").configure_cert(context)
    servers = [_Server(("127.0.0.1", 0), handler) for handler in (keeper, service)]
    servers[1].socket = context.wrap_socket(servers[1].socket, server_side=True)
    threads = [threading.Thread(target=one.serve_forever) for one in servers]
    for one in threads:
        one.start()
    gate.port = servers[0].server_address[1]
    yield Street(gate, servers[1].server_address[1], got)
    for server, thread in zip(servers, threads, strict=True):
        server.shutdown()
        thread.join()
        server.server_close()


def told(robot: Robot) -> Any:
    return post(robot, "目标 3 项", before_end=lambda: True)


def test_a_note_goes_through_the_proxy_that_the_system_names(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", street.gate.url)

    answer = told(street.robot())

    assert answer.fate == "sent"
    assert street.gate.asked == [f"chat.example.com:{street.port}"]
    ((path, body),) = street.got
    assert path == f"/send?key={TOKEN}"
    assert body["text"]["content"] == "目标 3 项"


def test_the_proxy_learns_neither_the_robots_key_nor_the_note(
    street: Street,
) -> None:
    told(street.robot(proxy=street.gate.url))

    assert street.gate.seen
    assert TOKEN.encode() not in street.gate.seen
    assert "目标".encode() not in street.gate.seen


def test_the_configurations_proxy_comes_before_the_systems(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "chat.example.com")

    assert told(street.robot(proxy=street.gate.url)).fate == "sent"


def test_hosts_that_the_system_excepts_are_reached_straight(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", street.gate.url)
    monkeypatch.setenv("NO_PROXY", ".example.com")

    assert street.robot().proxy is None


def test_a_proxy_that_wants_a_password_gets_the_one_in_its_address(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    street.gate.wants = "hr:p%40ss"  # as an address has to write it
    monkeypatch.setenv("HTTPS_PROXY", street.gate.url)
    street.gate.wants = "hr:p@ss"

    robot = street.robot()

    assert told(robot).fate == "sent"
    assert "p@ss" not in repr(robot)


def test_a_proxy_that_lets_nobody_through_puts_the_note_off(street: Street) -> None:
    robot = street.robot(proxy=street.gate.url)
    street.gate.wants = "hr:other"

    answer = told(robot)

    assert answer.fate == "deferred"
    assert "407" in answer.words
    assert TOKEN not in answer.words
    assert street.got == []


def test_a_proxy_that_is_not_there_puts_the_note_off(street: Street) -> None:
    assert told(street.robot(proxy="http://127.0.0.1:9")).fate == "deferred"


def test_a_tunnel_cut_after_the_last_byte_leaves_the_note_in_doubt(
    street: Street,
) -> None:
    robot = street.robot(proxy=street.gate.url, timeout_seconds=2)

    def cut_from_here() -> bool:
        street.gate.cut_after = len(street.gate.seen)
        return True

    answer = post(robot, "目标 3 项", before_end=cut_from_here)

    assert answer.fate == "unknown"
    assert street.got == []


@pytest.mark.parametrize(
    "address", ["socks5://127.0.0.1:1080", "https://proxy:8443", "http://proxy:none"]
)
def test_another_kind_of_proxy_is_refused_without_showing_its_password(
    street: Street, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", address.replace("//", "//hr:geheim@"))

    with pytest.raises(DeliveryError, match="proxy") as caught:
        street.robot()

    assert "geheim" not in str(caught.value)
    assert "HTTPS_PROXY" in str(caught.value)


@pytest.mark.parametrize(
    ("service", "proxy"),
    [("wecom", "http://hr:geheim@proxy:8080"), ("apprise", "http://proxy:8080")],
)
def test_the_configuration_takes_no_password_and_none_for_apprise(
    service: Any, proxy: str
) -> None:
    with pytest.raises(ValueError, match="proxy"):
        Chat(name="g", service=service, url_env="URL", proxy=proxy)


def test_the_command_line_sends_a_note_through_the_proxy_once(
    street: Street, office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAT_URL", street.url)
    config = office.folder / "config.toml"
    config.write_text(
        config.read_text("utf-8") + '[[mail.chat]]\nname = "hr-group"\n'
        f'service = "wecom"\nurl_env = "CHAT_URL"\nproxy = "{street.gate.url}"\n',
        "utf-8",
    )
    note = Letter(
        audience=AudienceKind.CHAT,
        key="chat:0000000000000001:2026-W47:0000000000000001",
        person_key="",
        recipient=Recipient("", None, robot="hr-group"),
        language="zh",
        subject="目标跟进",
        text="目标 3 项\n",
        html="",
        told=("3",),
    )
    office.put(note)

    first = office.run("mail", "send", "--yes", "--all")
    office.run("mail", "send", "--yes", "--all")

    assert first.exit_code == 0, first.output
    assert len(street.got) == len(street.gate.asked) == 1
