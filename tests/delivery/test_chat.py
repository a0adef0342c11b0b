"""Robots of group chats: counts only, each note once, judged by the code inside."""

import base64
import hashlib
import hmac
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from reports.addresses import Recipient
from reports.audience import AudienceKind
from reports.deliver.chat.robot import Robot, post, robot_of
from reports.deliver.chat.services import within
from reports.deliver.smtp import NotClaimedError
from reports.letters import Letter
from sync.config.mail import Chat
from sync.errors import DeliveryError

OK = {"wecom": {"errcode": 0, "errmsg": "ok"}, "feishu": {"code": 0, "msg": "success"}}
OK["dingtalk"] = OK["wecom"]
SERVICES = ("wecom", "dingtalk", "feishu")
ALL = ("mail", "send", "--yes", "--all")
TOKEN = "3f8a-secret-key-77"


@dataclass
class Group:
    """The service's side: what it got, and what it answers."""

    port: int = 0
    got: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answer: dict[str, Any] | bytes = field(default_factory=lambda: OK["wecom"])
    status: int = 200
    hang: float = 0
    """Seconds before it answers, once it has the whole note."""
    drop: bool = False
    """Whether it cuts the line once it has the whole note."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/cgi-bin/webhook/send?key={TOKEN}"


class _Handler(BaseHTTPRequestHandler):
    group: Group

    def do_POST(self) -> None:
        size = int(self.headers["Content-Length"])
        raw = self.rfile.read(size)
        if len(raw) < size:
            return
        self.group.got.append((self.path, json.loads(raw)))
        if self.group.drop:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        time.sleep(self.group.hang)
        answer = self.group.answer
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(self.group.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def group() -> Iterator[Group]:
    one = Group()
    handler = type("Handler", (_Handler,), {"group": one})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    one.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield one
    server.shutdown()
    server.server_close()
    thread.join()


def robot(group: Group, **changes: Any) -> Robot:
    known: dict[str, Any] = {"name": "hr-group", "service": "wecom", "url": group.url}
    return Robot(**(known | {"timeout": 1} | changes))


def told(group: Group, text: str = "目标 3 项", **changes: Any) -> Any:
    return post(robot(group, **changes), text, before_end=lambda: True)


@pytest.mark.parametrize("service", SERVICES)
def test_a_note_arrives_as_the_service_wants_it(group: Group, service: str) -> None:
    group.answer = OK[service]

    answer = told(group, service=service)

    assert answer.fate == "sent"
    ((path, body),) = group.got
    assert path.endswith(f"?key={TOKEN}")
    assert body == (
        {"msg_type": "text", "content": {"text": "目标 3 项"}}
        if service == "feishu"
        else {"msgtype": "text", "text": {"content": "目标 3 项"}}
    )


@pytest.mark.parametrize(
    ("service", "answer", "fate"),
    [
        ("wecom", {"errcode": 93000, "errmsg": "invalid webhook url"}, "rejected"),
        ("wecom", {"errcode": 45009, "errmsg": "api freq out of limit"}, "deferred"),
        ("dingtalk", {"errcode": 310000, "errmsg": "sign not match"}, "rejected"),
        ("dingtalk", {"errcode": 130101, "errmsg": "send too fast"}, "deferred"),
        ("feishu", {"code": 19021, "msg": "sign match fail"}, "rejected"),
        ("feishu", {"code": 11232, "msg": "frequency limited psm"}, "deferred"),
        ("feishu", {"StatusCode": 0, "StatusMessage": "success"}, "sent"),
        ("wecom", b"<html>welcome to the hotel's wifi</html>", "unknown"),
        ("wecom", {"hello": "world"}, "unknown"),
        ("wecom", b"[]", "unknown"),
    ],
)
def test_two_hundred_is_no_yes_but_the_code_inside_is(
    group: Group, service: str, answer: Any, fate: str
) -> None:
    group.answer = answer

    assert told(group, service=service).fate == fate


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        (302, "rejected"),
        (404, "rejected"),
        (429, "deferred"),
        (503, "deferred"),
        (502, "unknown"),
    ],
)
def test_other_answers_are_judged_by_whether_the_note_may_be_out(
    group: Group, status: int, fate: str
) -> None:
    group.status = status

    assert told(group).fate == fate


def test_dingtalk_is_signed_with_time_and_key(group: Group) -> None:
    post(
        robot(group, service="dingtalk", key="SEC1"),
        "x",
        before_end=lambda: True,
        clock=lambda: 1_790_000_000.25,
    )

    query = parse_qs(urlsplit(group.got[0][0]).query)
    stamp = "1790000000250"
    proof = hmac.new(b"SEC1", f"{stamp}\nSEC1".encode(), hashlib.sha256).digest()
    assert query["timestamp"] == [stamp]
    assert query["sign"] == [base64.b64encode(proof).decode()]


def test_feishu_is_signed_inside_the_body(group: Group) -> None:
    group.answer = OK["feishu"]
    post(
        robot(group, service="feishu", key="SEC1"),
        "x",
        before_end=lambda: True,
        clock=lambda: 1_790_000_000.25,
    )

    body = group.got[0][1]
    proof = hmac.new(b"1790000000\nSEC1", b"", hashlib.sha256).digest()
    assert body["timestamp"] == "1790000000"
    assert body["sign"] == base64.b64encode(proof).decode()


def test_nobody_there_means_later(group: Group) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/send?key={TOKEN}"

        answer = told(group, url=url)

    assert answer.fate == "deferred"
    assert TOKEN not in answer.words


@pytest.mark.parametrize("trouble", [{"hang": 3.0}, {"drop": True}])
def test_no_answer_after_the_whole_note_is_unknown(
    group: Group, trouble: dict[str, Any]
) -> None:
    for name, value in trouble.items():
        setattr(group, name, value)

    answer = told(group)

    assert answer.fate == "unknown"
    assert len(group.got) == 1


def test_without_leave_the_service_never_has_the_whole_note(group: Group) -> None:
    with pytest.raises(NotClaimedError):
        post(robot(group), "x", before_end=lambda: False)

    time.sleep(0.1)
    assert group.got == []


def test_what_the_service_says_never_shows_the_secret(group: Group) -> None:
    group.answer = {"errcode": 93000, "errmsg": f"bad {group.url} and {TOKEN}"}

    answer = told(group, key="SEC-long-enough")

    assert TOKEN not in answer.words
    assert TOKEN not in repr(robot(group))
    assert "SEC-long" not in repr(robot(group, key="SEC-long-enough"))


@pytest.mark.parametrize(
    ("url", "well"),
    [
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k", True),
        ("http://127.0.0.1:9/send?key=k", True),
        ("http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k", False),
        ("qyapi.weixin.qq.com/send", False),
    ],
)
def test_an_address_is_encrypted_or_on_this_machine(url: str, *, well: bool) -> None:
    options = Chat(name="g", service="wecom", url_env="URL")

    if well:
        assert robot_of(options, Path(), {"URL": url}).url == url
        return
    with pytest.raises(DeliveryError, match="https") as found:
        robot_of(options, Path(), {"URL": url})
    assert "key=k" not in str(found.value)


def test_a_long_note_is_cut_between_lines_and_characters() -> None:
    text = "目标跟进\n" + "一项目标\n" * 400

    cut = within(text, 2048)

    assert len(cut.encode()) <= 2048
    assert cut.endswith("一项目标…")
    assert within("短", 2048) == "短"


def note(**changes: Any) -> Letter:
    known: dict[str, Any] = {
        "audience": AudienceKind.CHAT,
        "key": "chat:0123456789abcdef:2026-W47:0123456789abcdef",
        "person_key": "",
        "recipient": Recipient("hr-group", None, "hr-group"),
        "language": "zh",
        "subject": "目标跟进小结",
        "text": "目标跟进小结\n\n12 位同事，40 项目标在跟进。\n",
        "html": "",
        "told": (),
    }
    return Letter(**(known | changes))


@pytest.fixture
def chatty(office: Any, group: Group, monkeypatch: pytest.MonkeyPatch) -> Any:
    """An office whose configuration knows the group's robot too."""
    monkeypatch.setenv("CHAT_URL", group.url)
    config = office.folder / "config.toml"
    config.write_text(
        config.read_text("utf-8") + '[[mail.chat]]\nname = "hr-group"\n'
        'service = "wecom"\nurl_env = "CHAT_URL"\ntimeout_seconds = 1\n',
        "utf-8",
    )
    return office


def standing(office: Any) -> tuple[str, str]:
    (one,) = json.loads(office.run("mail", "list", "--json").stdout)
    assert one["robot"] == "hr-group"
    return one["state"], one["why"]


def test_a_note_goes_through_the_outbox_once(chatty: Any, group: Group) -> None:
    chatty.put(note())
    assert standing(chatty)[0] == "queued"

    first = chatty.run(*ALL)
    chatty.put(note())
    second = chatty.run(*ALL)

    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert standing(chatty)[0] == "sent"
    ((_, body),) = group.got
    assert body["text"]["content"] == note().text.strip()


def test_a_refusal_in_a_good_status_is_told_and_held(chatty: Any, group: Group) -> None:
    chatty.put(note())
    group.answer = {"errcode": 93000, "errmsg": "invalid webhook url"}

    result = chatty.run(*ALL)

    assert result.exit_code == 1
    assert "chat hr-group" in result.stdout
    state, why = standing(chatty)
    assert state == "rejected"
    assert "93000" in why
    assert "mail.chat" in why
    assert TOKEN not in result.output + why


def test_a_note_of_unknown_fate_waits_for_a_person(chatty: Any, group: Group) -> None:
    chatty.put(note())
    group.drop = True
    chatty.run(*ALL)
    group.drop = False

    again = chatty.run(*ALL)

    assert standing(chatty)[0] == "unknown"
    assert again.exit_code == 1
    assert len(group.got) == 1


def test_mail_goes_first_and_a_broken_robot_stops_nobody(
    chatty: Any, group: Group, letters: Callable[..., tuple[Letter, ...]]
) -> None:
    group.answer = {"errcode": 93000}
    chatty.put(note(), *letters(2))

    first = chatty.run("mail", "send", "--yes")

    assert first.exit_code == 0
    assert (len(chatty.got()), group.got) == (1, [])

    chatty.run(*ALL)

    assert len(chatty.got()) == 2
    assert len(group.got) == 1


def test_a_rehearsal_leaves_groups_alone(chatty: Any, group: Group) -> None:
    chatty.put(note())

    result = chatty.run(*ALL, "--to-me", "me@example.org")

    assert result.exit_code == 0
    assert group.got == []


def test_a_robot_needs_no_mail_server(
    chatty: Any, group: Group, letters: Callable[..., tuple[Letter, ...]]
) -> None:
    (chatty.folder / "config.toml").write_text(
        '[[mail.chat]]\nname = "hr-group"\nservice = "wecom"\nurl_env = "CHAT_URL"\n',
        "utf-8",
    )
    chatty.put(note(), *letters(1))

    result = chatty.run(*ALL)

    assert result.exit_code == 0, result.output
    assert len(group.got) == 1
    assert chatty.got() == []


def test_a_robot_taken_out_of_the_configuration_is_told_nothing(
    chatty: Any, group: Group
) -> None:
    chatty.put(note(recipient=replace(note().recipient, robot="old-group")))

    result = chatty.run(*ALL)

    assert result.exit_code == 0
    assert group.got == []
    (one,) = json.loads(chatty.run("mail", "list", "--json").stdout)
    assert one["state"] == "held"
    assert "old-group" in one["why"]


# Apprise 2.2 imports a module that Python is about to drop.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_apprise_tells_the_services_we_do_not_speak(
    chatty: Any, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("apprise")
    monkeypatch.setenv("CHAT_URL", f"json://127.0.0.1:{group.port}/hook")
    config = chatty.folder / "config.toml"
    config.write_text(
        config.read_text("utf-8").replace('"wecom"', '"apprise"'), "utf-8"
    )
    chatty.put(note())

    result = chatty.run(*ALL)

    assert result.exit_code == 0, result.output
    assert group.got[0][1]["message"] == note().text.strip()


def test_apprise_is_not_trusted_with_services_whose_refusals_it_misses(
    chatty: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHAT_URL", "wecombot://botkey")
    config = chatty.folder / "config.toml"
    config.write_text(
        config.read_text("utf-8").replace('"wecom"', '"apprise"'), "utf-8"
    )
    chatty.put(note())

    result = chatty.run(*ALL)

    assert result.exit_code != 0
    assert 'service = "wecom"' in result.stderr
    assert standing(chatty)[0] == "queued"


# Kills itself once the note is claimed: before its last byte, or before its answer.
VICTIM = """
import http.client, os, signal, sys
from reports.deliver.chat import robot

when = sys.argv.pop(1)
real = robot._finished

def fatal(robot_, service, line, last):
    if when == "answered":
        line.send(last)
        line.getresponse().read()
    os.kill(os.getpid(), signal.SIGKILL)

robot._finished = fatal
from sync.cli import main
main()
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
@pytest.mark.parametrize(("when", "n_got"), [("claimed", 0), ("answered", 1)])
def test_killed_at_the_last_byte_the_group_is_told_at_most_once(
    chatty: Any, group: Group, when: str, n_got: int
) -> None:
    chatty.put(note())
    done = subprocess.run(
        [sys.executable, "-c", VICTIM, when, *ALL], cwd=chatty.folder, check=False
    )

    again = chatty.run(*ALL)

    assert done.returncode == -signal.SIGKILL
    assert len(group.got) == n_got
    assert standing(chatty)[0] == "unknown"
    assert again.exit_code == 1
