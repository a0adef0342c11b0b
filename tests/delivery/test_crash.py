"""``kill -9`` at every step of sending: nobody twice, nobody lost, all explained."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from sync.history.store import History

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
Letters = Callable[..., tuple[Any, ...]]
ALL = ("mail", "send", "--yes", "--all")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")

# A process that kills itself at one step of the second letter. Where the step lies
# inside a method, the method is done first, or not at all.
VICTIM = """
import os, signal, sys
from reports.deliver import smtp
from sync.history.postbox import Postbox

where, owner, name, when = sys.argv[1:5]
del sys.argv[1:5]
owner = {"connection": smtp.Connection, "box": Postbox}[owner]
real, calls = getattr(owner, name), 0

def fatal(*args, **more):
    global calls
    calls += 1
    second = calls == int(where)
    if second and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    done = real(*args, **more)
    if second and when == "after":
        os.kill(os.getpid(), signal.SIGKILL)
    return done

setattr(owner, name, fatal)
from sync.cli import main
main()
"""

STEPS = [
    # (call that is fatal, whose, name, when) → arrived by then, state it leaves
    pytest.param(2, "connection", "post", "before", False, id="before the letter"),
    pytest.param(4, "connection", "_said", "after", False, id="after MAIL"),
    pytest.param(5, "connection", "_said", "after", False, id="after RCPT"),
    pytest.param(6, "connection", "_said", "after", False, id="after DATA"),
    pytest.param(2, "box", "begin", "before", False, id="body sent, not begun"),
    pytest.param(2, "box", "begin", "after", False, id="begun, no dot"),
    pytest.param(2, "connection", "_end", "after", True, id="taken, not remembered"),
    pytest.param(2, "box", "note", "after", True, id="remembered"),
]
CERTAIN = {
    "before the letter",
    "after MAIL",
    "after RCPT",
    "after DATA",
    "body sent, not begun",
}


@pytest.mark.parametrize(("where", "owner", "name", "when", "arrived"), STEPS)
def test_a_killed_run_sends_nobody_anything_twice_and_loses_nobody(  # noqa: PLR0913, PLR0917
    office: Any,
    letters: Letters,
    request: pytest.FixtureRequest,
    where: int,
    owner: str,
    name: str,
    when: str,
    arrived: bool,
) -> None:
    office.put(*letters(3))
    second, step = "reader2@example.com", request.node.callspec.id

    killed = subprocess.run(
        [sys.executable, "-c", VICTIM, str(where), owner, name, when, *ALL],
        check=False,
        capture_output=True,
        cwd=office.folder,
    )

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert office.got().count(second) == int(arrived)

    again = office.run(*ALL)
    office.put(*letters(3))
    office.run(*ALL)
    states = office.states()

    assert sorted(office.got()) == sorted(set(office.got())), "somebody got it twice"
    if step in CERTAIN or step == "remembered":
        assert again.exit_code == 0
        assert set(states.values()) == {"sent"}
        assert len(office.got()) == 3
    else:
        assert again.exit_code == 1
        assert states.pop(second) == "unknown"
        assert "interrupted" in office.why(second)
        assert set(states.values()) == {"sent"}


def test_a_letter_that_another_run_claims_meanwhile_is_left_to_it(
    office: Any, letters: Letters
) -> None:
    office.put(*letters(2))
    first = letters(2)[0]

    def other_run(step: str, to: str) -> str | None:
        if (step, to) == ("RCPT", "reader1@example.com"):
            with History.open(None) as history:
                assert history.postbox.claim([first.key], "other")
                assert history.postbox.begin(first.key, "other", AT)
        return None

    office.server.room.script = other_run
    office.run(*ALL)

    assert office.got() == ["reader2@example.com"]
    assert office.states()["reader1@example.com"] == "sending"


def test_a_letter_being_sent_by_another_run_is_not_sent_by_this_one(
    office: Any, letters: Letters
) -> None:
    office.put(*letters(1))
    seen: list[Any] = []

    def other_run(step: str, _to: str) -> str | None:
        if step == "end" and not seen:
            seen.append(None)
            seen[0] = subprocess.run(
                [sys.executable, "-m", "sync", *ALL],
                check=False,
                capture_output=True,
                text=True,
                cwd=office.folder,
            )
        return None

    office.server.room.script = other_run
    config = office.folder / "config.toml"
    text = config.read_text("utf-8")
    config.write_text(
        text.replace("timeout_seconds = 1", "timeout_seconds = 30"), "utf-8"
    )

    assert office.run(*ALL).exit_code == 0
    assert seen[0].returncode == 1, seen[0].stderr
    assert office.got() == ["reader1@example.com"]
    # The other run took it for interrupted; this one had the last word.
    assert office.states() == {"reader1@example.com": "sent"}
