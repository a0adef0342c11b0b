"""Every fault of a mail server and ``kill -9`` at every step, together.

Whatever goes wrong with the second letter of three, and wherever the run is killed: run
again, everybody has the letter once, or it waits with a reason for somebody's word.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

Letters = Callable[..., tuple[Any, ...]]
ALL = ("mail", "send", "--yes", "--all")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")

# Imports take longer than a run: so they are done once, and each run is a fork.
NURSERY = """
import json, os, signal, sys
from datetime import datetime
from reports.deliver import smtp
from sync import clock
from sync.cli import main
from sync.history.postbox import Postbox

OWNERS = {"connection": smtp.Connection, "module": smtp, "box": Postbox}

class Noon(datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2026, 11, 22, 12, tzinfo=tz)

clock.datetime = Noon

def run(folder, environ, words, owner, name, call, when):
    os.chdir(folder)
    os.environ.update(environ)
    real, calls = getattr(OWNERS[owner], name), 0

    def fatal(*args, **more):
        nonlocal calls
        calls += 1
        if calls == call and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        done = real(*args, **more)
        if calls == call and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    setattr(OWNERS[owner], name, fatal)
    sys.argv = ["followup", *words]
    main()

for line in sys.stdin:
    if not (child := os.fork()):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        try:
            run(**json.loads(line))
        finally:
            os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""

FAULTS = [
    # (step, answer, whether it may have arrived)
    pytest.param("RCPT", "421 4.3.2 going down", False, id="421"),
    pytest.param("RCPT", "450 4.2.0 greylisted", False, id="450"),
    pytest.param("RCPT", "550 5.1.1 no such user", False, id="550"),
    pytest.param("RCPT", "drop", False, id="reset before the dot"),
    pytest.param("RCPT", "hang", False, id="time-out before the dot"),
    pytest.param("end", "554 5.6.0 not taken", False, id="554 after the dot"),
    pytest.param("end", "drop", True, id="reset after the dot"),
    pytest.param("end", "keep and drop", True, id="taken, then reset"),
    pytest.param("end", "keep and hang", True, id="taken, then time-out"),
]
STEPS = [
    pytest.param("connection", "post", 2, "before", id="before the letter"),
    pytest.param("box", "begin", 2, "before", id="before begin"),
    pytest.param("box", "begin", 2, "after", id="after begin"),
    pytest.param("box", "note", 2, "before", id="answered, not noted"),
    pytest.param("box", "note", 2, "after", id="noted"),
    pytest.param("box", "release", 1, "before", id="before release"),
]
NOBODY = ["refused", "535", "certificate"]
EARLY = [
    pytest.param("box", "claim", 1, "before", id="before the claim"),
    pytest.param("box", "claim", 1, "after", id="claimed"),
    pytest.param("module", "_opened", 1, "before", id="before the connection"),
    pytest.param("box", "release", 1, "before", id="before release"),
    pytest.param("box", "release", 1, "after", id="released"),
]


@pytest.fixture(scope="module")
def nursery() -> Iterator[Callable[..., int]]:
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def run(**order: Any) -> int:
            assert process.stdin
            assert process.stdout
            print(json.dumps(order), file=process.stdin, flush=True)
            return int(process.stdout.readline())

        yield run


@pytest.fixture
def killed(office: Any, nursery: Callable[..., int]) -> Callable[..., int]:
    """Send until a step, in a process that kills itself there."""
    names = ("FOLLOWUP_STATE", "MAIL_PASSWORD")
    environ = {name: os.environ[name] for name in names if name in os.environ}

    def run(owner: str, name: str, call: int, when: str) -> int:
        return nursery(
            folder=str(office.folder),
            environ=environ,
            words=ALL,
            owner=owner,
            name=name,
            call=call,
            when=when,
        )

    return run


def check(office: Any, letters: Letters, *, in_doubt: set[str]) -> None:
    """Sync and send again: nobody twice, nobody lost, all explained."""
    office.server.room.script = lambda _step, _to: None
    office.put(*letters(3))
    office.run(*ALL)
    listed = json.loads(office.run("mail", "list", "--json").stdout)
    got = office.got()

    assert len(got) == len(set(got)), "somebody got it twice"
    for one in listed:
        assert one["why"], "a state without a reason"
        if one["to"] not in got:
            assert one["state"] in {"unknown", "rejected"}, "somebody is lost"
        if one["state"] == "unknown":
            assert one["to"] in in_doubt


@pytest.mark.parametrize(("owner", "name", "call", "when"), STEPS)
@pytest.mark.parametrize(("step", "answer", "doubtful"), FAULTS)
def test_a_fault_and_a_kill_send_nobody_anything_twice_and_lose_nobody(  # noqa: PLR0913, PLR0917
    office: Any,
    letters: Letters,
    killed: Callable[..., int],
    step: str,
    answer: str,
    doubtful: bool,
    owner: str,
    name: str,
    call: int,
    when: str,
) -> None:
    office.put(*letters(3))
    second, third = office.turns()[1:]
    office.server.room.script = lambda now, to: (
        answer if (now, to) == (step, second) else None
    )

    assert killed(owner, name, call, when) == -signal.SIGKILL

    # Where the fault came before the dot, the second call is about the third letter.
    begun = name in {"begin", "note"} and (when, name) != ("before", "begin")
    unsettled = {third if step == "RCPT" and name == "begin" else second}
    check(office, letters, in_doubt=unsettled if begun or doubtful else set())


@pytest.mark.parametrize(("owner", "name", "call", "when"), EARLY)
@pytest.mark.parametrize("fault", NOBODY)
def test_a_server_that_lets_nobody_in_and_a_kill_change_no_letter(  # noqa: PLR0913, PLR0917
    office: Any,
    letters: Letters,
    killed: Callable[..., int],
    fault: str,
    owner: str,
    name: str,
    call: int,
    when: str,
) -> None:
    office.put(*letters(3))
    config = office.folder / "config.toml"
    well = config.read_text("utf-8")
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = str(nobody.getsockname()[1])
        if fault == "refused":
            config.write_text(well.replace(str(office.server.port), port), "utf-8")
        elif fault == "certificate":
            lines = [one for one in well.splitlines() if "ca_file" not in one]
            config.write_text("\n".join(lines), "utf-8")
        else:
            office.server.room.login = "535 5.7.8 authentication failed"

        assert killed(owner, name, call, when) == -signal.SIGKILL

    assert set(office.states().values()) == {"queued"}
    assert office.got() == []

    config.write_text(well, "utf-8")
    office.server.room.login = None
    check(office, letters, in_doubt=set())

    assert sorted(office.got()) == sorted(office.turns())
