"""The same history on a real PostgreSQL server, started here on the loopback."""

import importlib.util
import inspect
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from sync.assess.model import Observation, Past
from sync.errors import HistoryError
from sync.history import migrations, schema
from sync.history.rounds import Beginning
from sync.history.store import History, RunRecord
from sync.records.model import Status

pytest.importorskip("psycopg", reason="the extra postgresql is not installed")

AT = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
DAY = date(2026, 6, 30)
BOOK = "/hr/目标.xlsx"
SERVER_ACCOUNT = "postgres"
NUMBERS = count(1)
ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def _program(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="module")
def server(running: tuple[str, Callable[[], None]]) -> str:
    return running[0]


@pytest.fixture(scope="module")
def running(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, Callable[[], None]]]:
    """A server's address, and what makes it crash and begin again."""
    initdb, control = _program("initdb"), _program("pg_ctl")
    if not initdb or not control:
        pytest.skip("no PostgreSQL server is installed")
    folder = tmp_path_factory.mktemp("postgresql")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = _folder(tmp_path_factory, port)
    # Ten seconds pass before it writes what may be late: long enough to lose it.
    options = f"-h 127.0.0.1 -p {port} -k '' -c fsync=off -c wal_writer_delay=10s"
    base = [control, "-D", str(folder / "db"), "-w", "-s"]
    made = [initdb, "-D", str(folder / "db"), "-U", "hr", "-A", "trust", "-N"]
    try:
        _run([*made, "-E", "UTF8"], folder)
        _run([*base, "-o", options, "start"], folder)
        yield (
            f"postgresql://hr@127.0.0.1:{port}/postgres",
            lambda: _run([*base, "-m", "immediate", "restart"], folder),
        )
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
    with History.open(url, keep_days=seed * 5) as history:
        for _ in range(25):
            day = DAY + timedelta(chance.randrange(8))
            goals = {
                key: Observation(
                    on=day,
                    status=chance.choice(list(Status)[:2]),
                    progress=chance.choice([None, 1 / 3]),
                    title="目标\0😀",
                    person_key=key,
                    bias=chance.choice([None, "better", "worse"]),
                )
                for key in chance.sample("abcd", 3)
            }
            history.record(
                source,
                RunRecord(
                    as_of=day,
                    started_at=AT,
                    finished_at=AT,
                    goals=goals,
                    figures={"goals_silent": (chance.randrange(3), 4)},
                ),
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


def _suite() -> Iterator[Callable[..., None]]:
    """Give the other tests of the history that open it by a path and look no further."""
    for name in ("test_store", "test_lineage", "test_published", "test_retention"):
        place = Path(__file__).with_name(f"{name}.py")
        spec = importlib.util.spec_from_file_location(f"{name}_on_a_server", place)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        for test in vars(module).values():
            if inspect.isfunction(test) and list(
                inspect.signature(test).parameters
            ) == ["path"]:
                of_a_file = re.search(
                    r"sqlite3|path\.|count\(", inspect.getsource(test)
                )
                if test.__name__.startswith("test_") and not of_a_file:
                    yield test


@pytest.fixture
def database(server: str) -> Iterator[str]:
    """An empty database of its own."""
    psycopg = pytest.importorskip("psycopg")
    name = f"followup_{next(NUMBERS)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield server.replace("/postgres", f"/{name}")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("test", [*_suite()], ids=lambda test: test.__name__)
def test_a_server_passes_what_a_file_does(
    test: Callable[..., None], database: str
) -> None:
    # A path is only ever made a string, and that may as well be a server's address.
    test(path=database)


def _tables(url: str) -> dict[str, list[tuple[str, bool]]]:
    """Give the columns of every table, and which of them may be empty."""
    with History.open(url) as history:
        found = sa.inspect(history._engine)
        return {
            table: sorted(
                (column["name"], bool(column["nullable"]))
                for column in found.get_columns(table)
            )
            for table in found.get_table_names()
        }


@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_every_version_is_brought_up_to_date_on_both(
    version: int, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = f"sqlite:///{tmp_path / 'history.sqlite3'}"
    wanted = _tables("sqlite://")
    with monkeypatch.context() as before:
        before.setattr(schema, "VERSION", version)
        before.setattr(migrations, "STEPS", migrations.STEPS[:version])
        for url in (database, file):
            History.open(url).close()

    assert _tables(database) == _tables(file) == wanted


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


@dataclass(frozen=True)
class _Letter:
    """What history asks of a letter."""

    key: str
    state: str = "written"
    path: Path | None = None
    audience: str = "employee"
    person_key: str = "E1"
    subject: str = "目标"


def _states(history: History) -> str:
    posts = history.postbox.posts(f"k{n}" for n in range(4))
    return " ".join(posts[key].state for key in sorted(posts))


def test_a_server_that_crashed_leaves_claimed_letters_in_doubt(
    running: tuple[str, Callable[[], None]], database: str
) -> None:
    _, crash = running
    letters = [_Letter(f"k{n}") for n in range(4)]
    with History.open(database) as history:
        history.remember_letters(BOOK, letters, AT, letters)
        box = history.postbox

        assert box.claim(["k0", "k1", "k2"], "run") == {"k0", "k1", "k2"}
        assert box.begin("k0", "run", AT)
        assert box.note("k0", "sent", AT, among=("sending",))
        assert not box.begin("k3", "run", AT)
        assert _states(history) == "sent written written written"

    crash()
    with History.open(database) as history:
        assert _states(history) == "unknown unknown unknown written"

        history.postbox.recover(AT)

        assert _states(history) == "unknown unknown unknown written"
        assert history.postbox.claim(["k2", "k3"], "next") == {"k3"}


def test_a_run_that_was_killed_leaves_a_servers_letters_where_they_were(
    database: str,
) -> None:
    letters = [_Letter(f"k{n}") for n in range(4)]
    with History.open(database) as history:
        history.remember_letters(BOOK, letters, AT, letters)
        history.postbox.claim(["k0", "k1", "k2"], "killed")
        history.postbox.begin("k0", "killed", AT)
    with History.open(database) as history:
        history.postbox.recover(AT)

        assert _states(history) == "sending written written written"
        assert history.postbox.claim(["k0", "k1"], "next") == {"k1"}
        # Should the other be at work after all: what it has lost it may not send.
        assert not history.postbox.begin("k1", "killed", AT)
        assert history.postbox.begin("k1", "next", AT)


def test_what_was_released_survives_a_servers_crash(
    running: tuple[str, Callable[[], None]], database: str
) -> None:
    letters = [_Letter("k0")]
    with History.open(database) as history:
        history.remember_letters(BOOK, letters, AT, letters)
        history.postbox.claim(["k0"], "run")
        history.postbox.begin("k0", "run", AT)
        history.postbox.note("k0", "sent", AT, among=("sending",))
        history.postbox.release("run")
    running[1]()
    with History.open(database) as history:
        assert _states(history) == "sent"


def test_two_runs_at_once_never_begin_the_same_letter(database: str) -> None:
    letters = [_Letter(f"k{n:02}") for n in range(40)]
    keys = [one.key for one in letters]

    def send(run: str) -> list[str]:
        with History.open(database) as history:
            box = history.postbox
            some = (keys[start : start + 5] for start in range(0, 40, 5))
            claimed = (key for five in some for key in sorted(box.claim(five, run)))
            gone = [key for key in claimed if box.begin(key, run, AT)]
            box.release(run)
            return gone

    with History.open(database) as history:
        history.remember_letters(BOOK, letters, AT, letters)
    with ThreadPoolExecutor(4) as several:
        gone = [key for keys in several.map(send, "abcd") for key in keys]

    assert sorted(gone) == sorted(set(gone))
    assert gone
