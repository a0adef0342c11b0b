"""Runs that nobody watches: one at a time, once a slot, in time, and heard of."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import Result
from prometheus_client.parser import text_string_to_metric_families

from sync import clock
from sync.history.store import History
from sync.schedule.lock import alone
from sync.workbooks import open as opening

Run = Callable[..., Result]
Write = Callable[..., Path]
Set = Callable[[str], None]

MONDAY = "2026-11-23T07:40"


def state() -> Path:
    return Path(os.environ["FOLLOWUP_STATE"])


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Set:
    """Set the clock to a moment in the office's zone."""

    def set_clock(moment: str) -> None:
        class Clock(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
                naive = datetime.fromisoformat(moment)
                return naive.replace(tzinfo=tz or UTC)  # type: ignore[arg-type]

        monkeypatch.setattr(clock, "datetime", Clock)

    return set_clock


@pytest.fixture
def configured(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Path]:
    """Write a workbook and a configuration that names it."""

    def configure(schedule: str) -> Path:
        path = write()
        config = tmp_path / "config.toml"
        config.write_text(
            f'office.time_zone = "Asia/Shanghai"\n[[source]]\npath = "{path.name}"\n'
            f"[schedule]\n{schedule}\n",
            "utf-8",
        )
        monkeypatch.chdir(tmp_path)
        return path

    return configure


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a service heard whose address is in the variable PING."""
    heard: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("PING", f"http://127.0.0.1:{server.server_port}/s3cret")
    yield heard
    server.shutdown()
    thread.join()
    server.server_close()


def log_lines() -> Sequence[dict[str, object]]:
    text = (state() / "runs.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_a_slot_is_run_once_however_often_it_is_fired(
    run: Run, configured: Callable[[str], Path], at: Set
) -> None:
    path = configured("")
    before = path.read_bytes()
    at("2026-11-23T07:29")
    early = run("sync", "--scheduled", "--yes")

    assert (early.exit_code, early.output, path.read_bytes()) == (0, "", before)

    at("2026-11-23T07:31")
    first = run("sync", "--scheduled", "--yes")

    assert first.exit_code == 0
    assert "scheduled run 2026-11-23T07:30: done" in first.stderr
    assert path.read_bytes() != before

    path.write_bytes(before)
    at("2026-11-23T08:31")
    again = run("sync", "--scheduled", "--yes")

    assert (again.exit_code, again.output, path.read_bytes()) == (0, "", before)

    at("2026-11-30T07:31")
    assert "wrote" in run("sync", "--scheduled", "--yes").stdout


def test_a_missed_run_is_made_up_for_once_and_not_too_late(
    run: Run, configured: Callable[[str], Path], at: Set
) -> None:
    configured('weekdays = ["mon", "tue", "wed", "thu"]\ncatch_up_hours = 3')
    at("2026-11-26T12:00")
    late = run("sync", "--scheduled", "--yes")
    at("2026-11-26T11:00")
    made_up = run("sync", "--scheduled", "--yes")
    at("2026-11-26T11:05")
    again = run("sync", "--scheduled", "--yes")

    assert late.output == ""
    assert "2026-11-26T07:30: done" in made_up.stderr
    assert again.output == ""


def test_a_run_that_failed_is_tried_again_at_the_next_firing(
    run: Run, configured: Callable[[str], Path], at: Set
) -> None:
    path = configured("")
    owner = path.with_name(f".~lock.{path.name}#")
    owner.write_text("Ann,ann,pc,,;", "utf-8")
    at("2026-11-23T07:30")
    failed = run("sync", "--scheduled", "--yes")
    owner.unlink()
    at("2026-11-23T08:30")
    again = run("sync", "--scheduled", "--yes")

    assert failed.exit_code == 2
    assert "has the workbook open" in failed.stderr
    assert again.exit_code == 0
    assert "wrote" in again.stdout
    with History.open(None) as history:
        assert [one.error for one in history.rounds.listed()] == ["", "F302"]


def test_a_second_run_on_the_same_workbook_is_told_who_is_at_it(
    run: Run, write: Write
) -> None:
    path = write()
    before = path.read_bytes()
    with alone(state() / "locks", str(path), datetime.now(UTC)):
        busy = run("sync", path, "--yes")
        other = run("clean", path, "--yes")

    assert busy.exit_code == other.exit_code == 1
    assert f"process {os.getpid()}" in busy.stderr
    assert path.read_bytes() == before
    assert run("sync", path, "--yes").exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_a_container_that_was_killed_is_given_up_after_its_time_limit(
    run: Run,
    configured: Callable[[str], Path],
    at: Set,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = configured("time_limit_minutes = 60")
    before = path.read_bytes()

    def killed(*_: object) -> None:
        os._exit(9)

    with monkeypatch.context() as there:
        at("2026-11-23T07:30")
        there.setattr(socket, "gethostname", lambda: "pod-1")
        there.setattr(opening, "ExcelWorkbook", killed)
        child = os.fork()
        if child == 0:
            run("sync", "--scheduled", "--yes")
            os._exit(1)
        _, status = os.waitpid(child, 0)

        assert os.waitstatus_to_exitcode(status) == 9
    at("2026-11-23T08:30")
    early = run("sync", "--scheduled", "--yes")

    assert early.exit_code == 1
    assert "on pod-1" in early.stderr
    assert path.read_bytes() == before

    at("2026-11-23T09:30")
    later = run("sync", "--scheduled", "--yes")

    assert later.exit_code == 0
    assert "pod-1" in later.stderr
    assert "wrote" in later.stdout


def test_letters_are_sent_by_one_run_at_a_time(run: Run, tmp_path: Path) -> None:
    with alone(state() / "locks", str(tmp_path / "outbox"), datetime.now(UTC)):
        busy = run("mail", "send", "--yes")

    assert busy.exit_code == 1
    assert "F303" in busy.stderr


SLOW = """
import sys, time
from sync.cli import main
from sync.workbooks.excel import workbook
real = workbook.ExcelWorkbook.snapshot
def slow(self):
    print("reading", flush=True)
    time.sleep(60)
    return real(self)
workbook.ExcelWorkbook.snapshot = slow
main()
"""


def slow_sync(path: Path, config: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, "--config", config, "sync", path, "--yes"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout

    assert process.stdout.readline() == "reading\n"
    return process


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_run_that_is_asked_to_end_says_so_and_lets_go(
    run: Run, write: Write, tmp_path: Path
) -> None:
    path = write()
    before = path.read_bytes()
    config = tmp_path / "config.toml"
    config.write_text("", "utf-8")
    with slow_sync(path, config) as process:
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate()

    assert process.returncode == 130
    assert "interrupted" in said
    assert path.read_bytes() == before
    assert [line.get("outcome") for line in log_lines()] == [None, "interrupted"]
    assert run("sync", path, "--yes").exit_code == 0


def test_a_run_is_ended_at_its_time_limit_with_nothing_torn(
    run: Run,
    configured: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = configured("time_limit_minutes = 1")
    before = path.read_bytes()
    slow = threading.Event()
    seconds: list[float] = []
    real = signal.setitimer

    def sooner(which: int, after: float) -> tuple[float, float]:
        seconds.append(after)
        return real(which, 0.2 if after == 60 else after)

    monkeypatch.setattr(signal, "setitimer", sooner)
    monkeypatch.setattr(opening, "ExcelWorkbook", lambda *_: slow.wait(60))
    ended = run("sync", "--yes")

    assert ended.exit_code == 2
    assert "F304" in ended.stderr
    assert "limit of 1 min" in ended.stderr
    assert seconds[0] == 60
    assert path.read_bytes() == before


def test_the_service_hears_of_scheduled_runs_alone(
    run: Run,
    configured: Callable[[str], Path],
    at: Set,
    heard: list[str],
) -> None:
    path = configured('ping_url_env = "PING"')
    at(MONDAY)
    run("sync", "--yes")

    assert heard == []

    run("sync", "--scheduled", "--yes")
    run("sync", "--scheduled", "--yes")

    assert sorted(heard) == ["/s3cret", "/s3cret/start"]

    heard.clear()
    path.write_bytes(b"no workbook")
    at("2026-11-30T07:40")
    failed = run("sync", "--scheduled", "--yes")

    assert failed.exit_code == 2
    assert sorted(heard) == ["/s3cret/fail", "/s3cret/start"]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/s3cret", "file:///etc/s3cret", "s3cret", "http://["]
)
def test_a_service_that_cannot_be_reached_takes_nothing_from_the_run(
    run: Run,
    configured: Callable[[str], Path],
    at: Set,
    url: str,
) -> None:
    secret = configured('ping_url_file = "ping"').with_name("ping")
    secret.write_text(url, "utf-8")
    secret.chmod(0o600)
    at(MONDAY)
    result = run("sync", "--scheduled", "--yes")

    assert result.exit_code == 0
    assert "wrote" in result.stdout
    assert "did not get through" in result.stderr
    assert "s3cret" not in result.output
    assert "s3cret" not in (state() / "runs.jsonl").read_text("utf-8")


def test_prometheus_reads_what_the_last_scheduled_run_counted(
    run: Run, configured: Callable[[str], Path], at: Set, tmp_path: Path
) -> None:
    configured('metrics_file = "followup.prom"')
    at(MONDAY)
    run("sync", "--scheduled", "--yes")
    path = tmp_path / "followup.prom"
    families = {
        family.name: family
        for family in text_string_to_metric_families(path.read_text("utf-8"))
    }
    code = families["followup_last_run_exit_code"].samples[0]
    counts = {
        sample.labels["what"]: sample.value
        for sample in families["followup_last_run_count"].samples
    }

    assert code.value == 0
    assert code.labels["schedule"].startswith("followup-")
    assert counts["goals"] == 3
    assert counts["cells"] > 0
    assert families["followup_last_success_timestamp_seconds"].samples[0].value > 0
    assert [p.name for p in tmp_path.iterdir() if ".prom" in p.name] == [path.name]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_the_log_says_what_happened_and_nothing_of_people(
    run: Run, write: Write
) -> None:
    path = write()
    run("sync", path, "--yes")
    path.write_bytes(b"no workbook")
    run("sync", path, "--yes")
    lines = log_lines()
    log = state() / "runs.jsonl"

    assert [line["event"] for line in lines] == ["started", "finished"] * 2
    assert [line.get("exit_code") for line in lines] == [None, 0, None, 2]
    assert lines[1]["counts"]
    assert lines[3]["error"] == "F110"
    assert not {path.name, "Ann", "G-1"} & set(log.read_text("utf-8").split('"'))
    if os.name == "posix":
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_what_hears_of_runs_takes_nothing_from_them_when_it_is_wrong(
    run: Run, configured: Callable[[str], Path], at: Set, tmp_path: Path
) -> None:
    configured('ping_url_file = "ping"\nmetrics_file = "none/followup.prom"')
    (tmp_path / "ping").write_text("http://127.0.0.1:9/s3cret", "utf-8")
    (tmp_path / "ping").chmod(0o644)
    (state() / "runs.jsonl").mkdir()
    at(MONDAY)
    result = run("sync", "--scheduled", "--yes")

    assert result.exit_code == 0
    assert "others may read ping" in result.stderr
    assert "metrics_file cannot be written" in result.stderr
    assert "the log cannot be written" in result.stderr
    assert "wrote" in result.stdout


def test_a_bug_is_known_by_its_kind_and_not_by_its_words(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("Ann Lee earns too much")

    path = write()
    monkeypatch.setattr(opening, "ExcelWorkbook", broken)
    with pytest.raises(ValueError, match="Ann"):
        run("sync", path, "--yes")
    last = log_lines()[-1]

    assert (last["exit_code"], last["error"], last["outcome"]) == (
        3,
        "ValueError",
        "failed",
    )


def test_a_state_folder_that_cannot_be_used_is_an_error_with_its_fix(
    run: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write()
    before = path.read_bytes()
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "locks").write_text("in the way")
    monkeypatch.setenv("FOLLOWUP_STATE", str(tmp_path / "state"))
    result = run("sync", path, "--yes")

    assert result.exit_code == 2
    assert "the lock cannot be made" in result.stderr
    assert "FOLLOWUP_STATE" in result.stderr
    assert path.read_bytes() == before


def test_an_unknown_time_zone_is_named_with_its_key(
    run: Run, configured: Callable[[str], Path], tmp_path: Path
) -> None:
    configured("")
    config = tmp_path / "config.toml"
    text = config.read_text("utf-8").replace("Asia/Shanghai", "Asia/Nowhere")
    config.write_text(text, "utf-8")
    result = run("schedule", "show", "--with", "cron")

    assert result.exit_code == 2
    assert "office.time_zone" in result.stderr
    assert "Asia/Shanghai" in result.stderr
