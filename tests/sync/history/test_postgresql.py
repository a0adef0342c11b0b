"""The same history on a real PostgreSQL server, started here on the loopback."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from sync.assess.model import Observation, Past
from sync.errors import HistoryError
from sync.history.rounds import Beginning
from sync.history.store import History, RunRecord
from sync.records.model import Status

pytest.importorskip("psycopg", reason="the extra postgresql is not installed")

AT = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
DAY = date(2026, 6, 30)
BOOK = "/hr/目标.xlsx"
SERVER_ACCOUNT = "postgres"
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def _program(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    initdb, control = _program("initdb"), _program("pg_ctl")
    if not initdb or not control:
        pytest.skip("no PostgreSQL server is installed")
    folder = tmp_path_factory.mktemp("postgresql")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = _folder(tmp_path_factory, port)
    options = f"-h 127.0.0.1 -p {port} -k '' -c fsync=off"
    base = [control, "-D", str(folder / "db"), "-w", "-s"]
    made = [initdb, "-D", str(folder / "db"), "-U", "hr", "-A", "trust", "-N"]
    try:
        _run([*made, "-E", "UTF8"], folder)
        _run([*base, "-o", options, "start"], folder)
        yield f"postgresql://hr@127.0.0.1:{port}/postgres"
        _run([*base, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder)


def _folder(factory: pytest.TempPathFactory, port: int) -> Path:
    """Make a folder for the server, which refuses to run as root."""
    if not ROOT:
        return factory.mktemp("postgresql")
    # pytest's own folders are root's alone.
    folder = Path(tempfile.gettempdir(), f"followup-postgresql-{port}")
    folder.mkdir(mode=0o700)
    try:
        shutil.chown(folder, SERVER_ACCOUNT)
    except LookupError:
        folder.rmdir()
        pytest.skip("running as root without an account for the server")
    return folder


def _run(command: list[str], folder: Path) -> None:
    user = SERVER_ACCOUNT if ROOT else None
    # The server keeps its output open: into a file, or this would wait for ever.
    with (folder / "log").open("a") as log:
        subprocess.run(
            command, stdout=log, stderr=log, check=True, cwd=folder, user=user
        )


def _remembered(url: str, seed: int) -> tuple[list[Past], object, object, set[str]]:
    """Do the same things in any history, and tell what it knows afterwards."""
    chance, source = Random(seed), f"{BOOK}#{seed}"
    with History.open(url) as history:
        for _ in range(25):
            day = DAY + timedelta(chance.randrange(8))
            goals = {
                key: Observation(
                    on=day,
                    status=chance.choice(list(Status)[:2]),
                    progress=chance.choice([None, 1 / 3]),
                    title="目标\0😀",
                    person_key=key,
                )
                for key in chance.sample("abcd", 3)
            }
            history.record(
                source,
                RunRecord(as_of=day, started_at=AT, finished_at=AT, goals=goals),
            )
            texts = {
                (key, "why"): f"原因 {chance.randrange(3)}"
                for key in chance.sample("abcd", 2)
            }
            history.remember_written(source, texts)
        gone = history.forget("a")
        past = [history.past(source, DAY + timedelta(n)) for n in range(10)]
        line = [history.goal_line(source, key) for key in "abcd"]
        return past, line, dict(history.written(source)), {str(gone)}


@pytest.mark.parametrize("seed", range(3))
def test_postgresql_and_sqlite_remember_the_same(server: str, seed: int) -> None:
    assert _remembered(server, seed) == _remembered("sqlite://", seed)


def test_the_server_may_hold_other_tables_and_is_opened_again(server: str) -> None:
    with History.open(server):
        pass
    with History.open(server) as history:
        assert history.past("/never.xlsx", DAY) == Past()


def test_a_server_that_is_not_there_is_one_clear_error() -> None:
    with pytest.raises(HistoryError) as caught:
        History.open("postgresql://hr:geheim@127.0.0.1:1/x")

    assert "geheim" not in str(caught.value)
    assert "running" in caught.value.hint


def test_of_many_machines_one_runs_the_slot(server: str) -> None:
    def begin(machine: int) -> bool:
        one = Beginning(
            job="followup-1",
            command="sync",
            slot="2026-06-30T07:30",
            host=f"machine {machine}",
            pid=1,
            at=AT,
        )
        with History.open(server) as history:
            number = history.rounds.begin(one, stale_after=timedelta(hours=12))
        return isinstance(number, int)

    with ThreadPoolExecutor(8) as machines:
        began = list(machines.map(begin, range(8)))

    assert sum(began) == 1
