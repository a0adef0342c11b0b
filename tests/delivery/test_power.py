"""A power cut at every step of sending: nobody twice, nobody lost, all explained.

What a power cut leaves of the history is what was last made durable. So a copy of it is
taken at the end of each transaction that waited for the disk, and nothing else survives.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sync.history import era

Letters = Callable[..., tuple[Any, ...]]
ALL = ("mail", "send", "--yes", "--all")
AT_ONCE = 3
"""Letters claimed together: what goes within a second at the pace that is set here."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")

# The process that is cut off. SQLite says itself whether a commit waits for the disk
# (2 is FULL), and counts the rows it has changed: who only reads makes nothing durable.
VICTIM = """
import os, shutil, signal, sys
from pathlib import Path
from sqlalchemy import event, pool
from reports.deliver import smtp
from sync.history import era
from sync.history.postbox import Postbox

state, disk, boot, call, owner, name, when = sys.argv[1:8]
del sys.argv[1:8]
era._BOOT_ID = Path(boot)
changes = {}

@event.listens_for(pool.Pool, "checkin")
def keep(connection, record):
    (level,) = connection.execute("PRAGMA synchronous").fetchone()
    before = changes.get(id(connection), 0)
    changes[id(connection)] = connection.total_changes
    if level == 2 and connection.total_changes != before:
        shutil.rmtree(disk, ignore_errors=True)
        shutil.copytree(state, disk)

owner = {"connection": smtp.Connection, "box": Postbox}[owner]
real, calls = getattr(owner, name), 0

def fatal(*args, **more):
    global calls
    calls += 1
    now = calls == int(call)
    if now and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    done = real(*args, **more)
    if now and when == "after":
        os.kill(os.getpid(), signal.SIGKILL)
    return done

setattr(owner, name, fatal)
from sync.cli import main
main()
"""

STEPS = [
    ("connection", "post", "before"),
    ("box", "begin", "before"),
    ("box", "begin", "after"),
    ("connection", "_end", "after"),
    ("box", "note", "after"),
]
CLAIMS = [
    # (which call, when, letters that had gone)
    pytest.param(1, "before", 0, id="before the first claim"),
    pytest.param(1, "after", 0, id="after the first claim"),
    pytest.param(2, "before", 3, id="before the second claim"),
    pytest.param(2, "after", 3, id="after the second claim"),
]


class Machine:
    """An office whose computer can lose its power."""

    def __init__(self, office: Any, state: Path, folder: Path) -> None:
        self.office = office
        self.state, self.disk = state, folder / "disk"
        self.boot = folder / "boot_id"
        self.boot.write_text("monday\n", "ascii")
        self.turns = office.turns()

    def kill(self, call: int, owner: str, name: str, when: str) -> None:
        """Send until the given step, and no further."""
        shutil.copytree(self.state, self.disk)
        words = (self.state, self.disk, self.boot, call, owner, name, when)
        killed = subprocess.run(
            [sys.executable, "-c", VICTIM, *map(str, words), *ALL],
            check=False,
            capture_output=True,
            cwd=self.office.folder,
        )

        assert killed.returncode == -signal.SIGKILL, killed.stderr

    def cut(self, call: int, owner: str, name: str, when: str) -> None:
        """Send until the given step, and lose all that was not on the disk."""
        self.kill(call, owner, name, when)
        shutil.rmtree(self.state)
        shutil.copytree(self.disk, self.state)
        if self.boot.exists():
            self.boot.write_text("tuesday\n", "ascii")


@pytest.fixture
def machine(
    office: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, letters: Letters
) -> Machine:
    state = tmp_path / "state"
    monkeypatch.setenv("FOLLOWUP_STATE", str(state))
    config = office.folder / "config.toml"
    text = config.read_text("utf-8")
    pace = f"letters_per_minute = {AT_ONCE * 60}"
    config.write_text(text.replace("letters_per_minute = 10000", pace), "utf-8")
    office.put(*letters(5))
    found = Machine(office, state, tmp_path)
    monkeypatch.setattr(era, "_BOOT_ID", found.boot)
    return found


def check_nobody_twice_nobody_lost(office: Any, letters: Letters) -> list[str]:
    """Look, send, sync and send again; give whom a person has to ask."""
    looked = office.states()
    office.run(*ALL)
    office.put(*letters(5))
    office.run(*ALL)
    states, got = office.states(), office.got()
    unknown = [to for to, state in states.items() if state == "unknown"]

    assert len(got) == len(set(got)), "somebody got it twice"
    assert set(states.values()) <= {"sent", "unknown"}
    assert {to for to in states if to not in got} <= set(unknown), "somebody is lost"
    # What is listed is what is done: nothing looked unknown and went after all.
    assert all(state != "unknown" or to in unknown for to, state in looked.items())
    return unknown


@pytest.mark.parametrize("nth", [2, 4])
@pytest.mark.parametrize(("owner", "name", "when"), STEPS)
def test_a_power_cut_sends_nobody_anything_twice_and_loses_nobody(  # noqa: PLR0917
    machine: Machine, letters: Letters, nth: int, owner: str, name: str, when: str
) -> None:
    machine.cut(nth, owner, name, when)
    office = machine.office

    unknown = check_nobody_twice_nobody_lost(office, letters)

    turns = machine.turns
    claimed = turns[:AT_ONCE] if nth <= AT_ONCE else turns[AT_ONCE:]

    assert sorted(unknown) == sorted(claimed)
    assert all("power failed" in office.why(to) for to in unknown)


@pytest.mark.parametrize(("call", "when", "n_gone"), CLAIMS)
def test_a_power_cut_around_a_claim_leaves_in_doubt_what_was_claimed(  # noqa: PLR0917
    machine: Machine, letters: Letters, call: int, when: str, n_gone: int
) -> None:
    machine.cut(call, "box", "claim", when)
    office = machine.office

    assert len(office.got()) == n_gone

    unknown = check_nobody_twice_nobody_lost(office, letters)

    first = {(1, "before"): 0, (1, "after"): 3, (2, "before"): 3, (2, "after"): 2}
    assert len(unknown) == first[call, when]
    # A claim makes all that went before it durable.
    assert not (when == "after" and set(unknown) & set(office.got()[:n_gone]))


@pytest.mark.parametrize("when", ["before", "after"])
def test_what_was_settled_before_the_end_of_a_run_stays_settled(
    machine: Machine, letters: Letters, when: str
) -> None:
    machine.cut(1, "box", "release", when)

    unknown = check_nobody_twice_nobody_lost(machine.office, letters)

    assert len(unknown) == (2 if when == "before" else 0)


def test_letters_in_doubt_go_again_or_never_as_somebody_says(
    machine: Machine, letters: Letters
) -> None:
    machine.cut(2, "connection", "_end", "after")
    office, turns = machine.office, machine.turns
    keys = {one.recipient.email: one.key for one in letters(5)}

    assert office.got() == turns[:2]
    assert "held" in office.run("mail", "hold", keys[turns[0]]).stdout
    assert "queued" in office.run("mail", "resend", keys[turns[2]]).stdout

    office.run(*ALL)

    assert office.got().count(turns[0]) == office.got().count(turns[1]) == 1
    assert office.got().count(turns[2]) == 1
    assert [office.states()[to] for to in turns] == [
        *("held", "unknown"),
        *("sent", "sent", "sent"),
    ]


def test_a_killed_run_and_no_power_cut_leaves_one_letter_in_doubt_of_many_claimed(
    machine: Machine, letters: Letters
) -> None:
    machine.kill(2, "connection", "_end", "after")

    unknown = check_nobody_twice_nobody_lost(machine.office, letters)

    assert unknown == [machine.turns[1]]


def test_where_nobody_can_tell_a_power_cut_letters_are_claimed_one_by_one(
    machine: Machine, letters: Letters
) -> None:
    machine.boot.unlink()
    machine.cut(3, "box", "begin", "before")

    unknown = check_nobody_twice_nobody_lost(machine.office, letters)

    assert unknown == [machine.turns[2]]
