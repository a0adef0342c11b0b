"""A real scheduler and two real workers on this machine, one of them killed mid-run."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner

from sync.cli import cli
from sync.engines.dask import DaskEngine, EngineError, connected
from sync.engines.engine import LostError

pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="it kills with a signal"),
    # What a library of others warns of is not ours to mend.
    pytest.mark.filterwarnings("ignore"),
]

N = 8


class Cluster:
    """A scheduler and its workers, all on the loopback."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[subprocess.Popen[bytes]] = []
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0")
        found = self._wait_for(r"Scheduler at:\s+tcp://(127\.0\.0\.1:\d+)", "scheduler")
        self.place = found

    @property
    def url(self) -> str:
        return f"dask://{self.place}"

    def worker(self) -> None:
        name = f"worker-{len(self._running)}"
        self._start("worker", f"tcp://{self.place}", "--nthreads", "1", "--no-nanny",
                    "--host", "127.0.0.1", "--name", name, log=name)  # fmt: skip
        self._wait_for(r"Registered to:", name)

    def kill_worker(self) -> None:
        self._running[1].send_signal(signal.SIGKILL)

    def close(self) -> None:
        for one in reversed(self._running):
            one.kill()
            one.wait(10)

    def _start(self, what: str, *words: str, log: str = "") -> None:
        path = self._folder / (log or what)
        with path.open("wb") as file:
            command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *words]
            self._running.append(
                subprocess.Popen(
                    [*command, "--no-dashboard"],
                    stdout=file,
                    stderr=subprocess.STDOUT,
                    cwd=self._folder,
                )
            )

    def _wait_for(self, pattern: str, name: str) -> str:
        for _ in range(600):
            text = (self._folder / name).read_text("utf-8", "replace")
            if found := re.search(pattern, text):
                return found[1] if found.groups() else ""
            time.sleep(0.1)
        raise AssertionError(text)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    one = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        one.worker()
        one.worker()
        yield one
    finally:
        one.close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Eight departments with one person in all of them."""
    for n in range(N):
        with xlsxwriter.Workbook(tmp_path / f"team{n:02}.xlsx") as book:
            sheet = book.add_worksheet("Goals")
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            heads = ["ID", "Employee", "Employee ID", "E-mail", "Goal", "Target"]
            sheet.write_row(0, 0, [*heads, "Actual", "Due"])
            for row in range(1, 13):
                name = "Ann Lee" if row == 1 else f"Member {n}-{row}"
                badge = "A1" if row == 1 else f"M{n}-{row}"
                address = f"{badge.lower()}@example.com"
                text = f"Open {row} shops in region {n} by June"
                cells = [f"G{n}-{row}", name, badge, address, text, row, 0]
                sheet.write_row(row, 0, cells)
                sheet.write_datetime(row, 7, date(2026, 6, 30), day)
    (tmp_path / "config.toml").write_text(
        '[[source]]\npath = "team*.xlsx"\n[mail]\nhr = ["hr@example.com"]\n', "utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def followup(*words: str) -> Any:
    result = CliRunner().invoke(cli, words, standalone_mode=False)
    if result.exception:
        raise result.exception
    return json.loads(result.stdout)


def test_a_worker_killed_mid_run_loses_no_workbook_and_doubles_no_letter(
    cluster: Cluster, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    real = DaskEngine.run

    def killing(
        self: DaskEngine, work: Callable[..., Any], jobs: Sequence[Any], sizes: Any
    ) -> Iterator[tuple[int, Any]]:
        for index, result in real(self, work, jobs, sizes):
            if not seen:
                cluster.kill_worker()
            seen.append(index)
            yield index, result

    monkeypatch.setattr(DaskEngine, "run", killing)
    done = followup("sync", "--yes", "--json", "--engine", cluster.url)
    monkeypatch.setattr(DaskEngine, "run", real)
    again = followup("sync", "--yes", "--json", "--engine", cluster.url)
    here = followup("sync", "--yes", "--json")
    listed = followup("mail", "list", "--json")
    readers = [one["to"] for one in listed if one["to"]]

    assert sorted(seen) == list(range(N))
    assert [one["outcome"] for one in done["sources"]] == ["applied"] * N
    assert done["summary"] == {"sources": N, "failed": 0}
    for later in (again, here):
        assert [one["outcome"] for one in later["sources"]] == ["nothing"] * N
        assert later["letters"] == []
    assert readers.count("a1@example.com") == 1
    assert len(readers) == len(set(readers)) == 2 + 11 * N
    assert folder.exists()


def test_what_cannot_be_unpacked_is_an_error_of_its_own_job(cluster: Cluster) -> None:
    with connected(cluster.url) as engine:
        found = dict(engine.run(eval, ["1 + 1", "{'a': 1}.keys()", "1 / 0"], [0] * 3))

    assert found[0] == 2
    assert isinstance(found[1], LostError)
    assert "ZeroDivisionError" in found[2].what


def test_a_worker_of_another_version_judges_nothing(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.engines.dask._version", lambda: "99")
    with connected(cluster.url) as engine:
        found = dict(engine.run(eval, ["1 + 1"], [0]))

    assert isinstance(found[0], EngineError)
    assert "this is 99" in found[0].what


def test_a_scheduler_that_is_lost_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.engines.dask._LOST_SECONDS", 1)
    monkeypatch.setattr("sync.engines.engine._PATIENCE", 0.2)
    one = Cluster(tmp_path)
    try:
        one.worker()
        with connected(one.url) as engine:
            work = engine.run(eval, ["1", "__import__('time').sleep(300)"], [0] * 2)
            next(work)
            one.close()
            with pytest.raises(EngineError, match="was lost"):
                next(work)
    finally:
        one.close()


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.engines.dask._WAIT_SECONDS", 1)
    with (
        pytest.raises(EngineError, match="cannot be reached"),
        connected("dask://127.0.0.1:1"),
    ):
        pass


@pytest.mark.parametrize("url", ["spark://x:1", "dask:8786", "dask://"])
def test_an_engine_we_do_not_know_is_told(url: str) -> None:
    with pytest.raises(EngineError, match="no engine we know"), connected(url):
        pass
