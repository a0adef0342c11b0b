"""Letters through Exim: a mail server that nobody wrote for a test."""

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.policy import compat32
from pathlib import Path
from typing import Any

import pytest
import trustme

from reports.letters import Letter

_SPEC = importlib.util.spec_from_file_location(
    "followup_exim", Path(__file__).with_name("exim.py")
)
assert _SPEC
assert _SPEC.loader
mta: Any = importlib.util.module_from_spec(_SPEC)
sys.modules["followup_exim"] = mta
_SPEC.loader.exec_module(mta)

Letters = Callable[..., tuple[Letter, ...]]
ALL = ("mail", "send", "--yes", "--all")

pytestmark = pytest.mark.skipif(
    not mta.can_run(), reason="needs exim4-daemon-light, and root to become its user"
)


@pytest.fixture
def exim(authority: trustme.CA) -> Iterator[Any]:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    # Its user must be able to walk to the folder; pytest's own is for root alone.
    with (
        tempfile.TemporaryDirectory() as name,
        mta.running(Path(name), port, authority) as one,
    ):
        yield one


@pytest.fixture
def posting(office: Any, exim: Any) -> Any:
    """The office, with Exim as its mail server."""
    config = office.folder / "config.toml"
    text = config.read_text("utf-8")
    text = text.replace(f"port = {office.server.port}", f"port = {exim.port}")
    ours = office.server.ca_file.as_posix()
    config.write_text(text.replace(ours, exim.ca_file.as_posix()), "utf-8")
    return office


def addressees(exim: Any) -> Counter[str]:
    return Counter(str(one["Envelope-to"]) for one in exim.got())


def raw_subject(exim: Any) -> str:
    """Give the subject as it came: Python's newer parser puts spaces into it."""
    (path,) = (exim.home / "mail" / "new").iterdir()
    return str(BytesParser(policy=compat32).parsebytes(path.read_bytes())["Subject"])


def test_what_arrives_reads_as_it_was_written(
    posting: Any, exim: Any, letters: Letters
) -> None:
    subject = "本周先和李雷、Ann Carter 聊聊 (3 in all)：目标跟进 " * 3
    (plain,) = letters(1)
    one = replace(plain, subject=subject.strip())
    posting.put(one)

    result = posting.run(*ALL)

    assert result.exit_code == 0, result.output
    (mail,) = exim.got()
    assert str(make_header(decode_header(raw_subject(exim)))) == one.subject
    body = mail.get_body(("plain",))
    assert body
    assert body.get_content().replace("\r\n", "\n") == one.text
    assert posting.states() == {"reader1@example.com": "sent"}


def test_one_connection_carries_many_and_nobody_hears_twice(
    posting: Any, exim: Any, letters: Letters
) -> None:
    posting.put(*letters(50))

    posting.run(*ALL)
    posting.run(*ALL)

    assert addressees(exim) == {f"reader{n}@example.com": 1 for n in range(1, 51)}


def test_a_refusal_and_a_delay_stop_nobody_else(
    posting: Any, exim: Any, letters: Letters
) -> None:
    first, second, third = letters(3)
    posting.put(
        replace(first, recipient=replace(first.recipient, email="gone@example.com")),
        replace(second, recipient=replace(second.recipient, email="later@example.com")),
        third,
    )

    result = posting.run(*ALL)

    assert result.exit_code == 1
    assert posting.states() == {
        "gone@example.com": "rejected",
        "later@example.com": "deferred",
        "reader3@example.com": "sent",
    }
    assert "no such user" in posting.why("gone@example.com")
    assert "come back" in posting.why("later@example.com")
    assert addressees(exim) == {"reader3@example.com": 1}


@pytest.mark.parametrize("n_before", [1, 7, 20])
def test_killed_at_any_moment_nobody_hears_twice_and_nobody_is_lost(
    posting: Any, exim: Any, letters: Letters, n_before: int
) -> None:
    posting.put(*letters(30))
    process = subprocess.Popen(
        [sys.executable, "-m", "sync", *ALL], cwd=posting.folder, env=os.environ.copy()
    )
    log = exim.home / "log" / "mainlog"
    deadline = time.monotonic() + 30
    while not log.exists() or log.read_text("utf-8").count(" <= ") < n_before:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()

    posting.run(*ALL)

    got, states = addressees(exim), posting.states()
    assert max(got.values()) == 1
    lost = [to for to, state in states.items() if to not in got and state == "sent"]
    silent = [to for to in states if to not in got and states[to] != "unknown"]
    assert (lost, silent) == ([], [])
    assert sum(state == "unknown" for state in states.values()) <= 1
