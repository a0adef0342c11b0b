"""One run at a time: who holds the lock, and what becomes of it."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.schedule import lock
from sync.schedule.lock import STALE_AFTER, AlreadyRunningError, alone

AT = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
HOLD = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from sync.schedule.lock import alone
with alone(Path(sys.argv[1]), "goals", datetime(2026, 11, 23, 7, 30, tzinfo=UTC)):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout

    assert process.stdout.readline() == "held\n"
    return process


def leave(folder: Path, *, host: str, pid: int) -> None:
    """Leave the lock's file as a holder on a share would."""
    with alone(folder, "goals", AT):
        pass
    owner = {"user": "ann", "host": host, "pid": pid, "since": AT.isoformat()}
    next(folder.iterdir()).write_text(json.dumps(owner))


def test_a_second_run_is_told_who_holds_it_and_since_when(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        try:
            with (
                pytest.raises(AlreadyRunningError) as busy,
                alone(tmp_path, "goals", AT),
            ):
                pass
        finally:
            process.kill()

    assert busy.value.exit_code == 1
    assert f"(process {process.pid}) since 2026-11-2" in busy.value.what
    assert socket.gethostname() in busy.value.what


def test_even_the_same_process_does_not_get_it_twice(tmp_path: Path) -> None:
    with (
        alone(tmp_path, "goals", AT),
        pytest.raises(AlreadyRunningError),
        alone(tmp_path, "goals", AT),
    ):
        pass
    with alone(tmp_path, "goals", AT) as left:
        assert left is None


def test_another_thing_is_another_lock(tmp_path: Path) -> None:
    with alone(tmp_path, "goals", AT), alone(tmp_path, "ratings", AT):
        assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9")
def test_a_run_that_was_killed_holds_nothing_and_is_reported(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    with alone(tmp_path, "goals", AT) as left:
        assert left
        assert left.pid == process.pid
    with alone(tmp_path, "goals", AT) as left:
        assert left is None


def test_a_holder_on_another_machine_is_given_up_after_its_time(tmp_path: Path) -> None:
    leave(tmp_path, host="elsewhere", pid=1)
    with (
        pytest.raises(AlreadyRunningError, match="ann on elsewhere"),
        alone(tmp_path, "goals", AT + STALE_AFTER - timedelta(seconds=1)),
    ):
        pass
    with alone(tmp_path, "goals", AT + STALE_AFTER) as left:
        assert left
        assert left.host == "elsewhere"


@pytest.mark.parametrize(("pid", "free"), [(os.getppid(), False), (2**22 + 7, True)])
def test_without_locks_in_the_kernel_the_process_itself_is_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pid: int, *, free: bool
) -> None:
    leave(tmp_path, host=socket.gethostname(), pid=pid)
    monkeypatch.setattr(lock, "kernel_lock", lambda _: "unsupported")
    try:
        with alone(tmp_path, "goals", AT) as left:
            assert left
    except AlreadyRunningError:
        assert not free
    else:
        assert free


def test_what_is_left_of_a_torn_write_is_no_holder(tmp_path: Path) -> None:
    leave(tmp_path, host="elsewhere", pid=1)
    path = next(tmp_path.iterdir())
    path.write_bytes(path.read_bytes()[:20])

    with alone(tmp_path, "goals", AT) as left:
        assert left is None


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept elsewhere")
def test_the_lock_is_private_and_follows_no_link(tmp_path: Path) -> None:
    folder = tmp_path / "locks"
    with alone(folder, "goals", AT):
        path = next(folder.iterdir())

        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    path.unlink()
    path.symlink_to(tmp_path / "victim")
    with pytest.raises(OSError, match="symbolic"), alone(folder, "goals", AT):
        pass

    assert not (tmp_path / "victim").exists()
