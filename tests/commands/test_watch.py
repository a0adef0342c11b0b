"""Watching: a saved change is synced, our own writes are not."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from sync.cli import watch
from sync.history.store import History
from sync.schedule.lock import alone
from tests.sheets_server import edits
from tests.sheets_server.server import SheetFile, SheetsServer

Run = Callable[..., Result]
Write = Callable[..., Path]
Step = Callable[[], object]


@pytest.fixture
def live(monkeypatch: pytest.MonkeyPatch) -> Callable[[Iterable[Step]], None]:
    """Let something happen every minute, and Ctrl-C be pressed at the end."""

    def script(steps: Iterable[Step]) -> None:
        left = iter(steps)
        seconds = [0.0]

        class Clock:
            @staticmethod
            def monotonic() -> float:
                return seconds[0]

            @staticmethod
            def sleep(length: float) -> None:
                if seconds[0] % 60 == 0:
                    step = next(left, None)
                    if step is None:
                        raise KeyboardInterrupt
                    step()
                seconds[0] += length

        monkeypatch.setattr(watch, "time", Clock)

    return script


def edit(path: Path, cell: str, value: float) -> None:
    book = openpyxl.load_workbook(path)
    book["Goals"][cell] = value
    book.save(path)
    book.close()


def status(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    value = book["Goals"]["J3"].value
    book.close()
    return str(value).partition(" ")[2]


def nothing() -> None:
    pass


def commands() -> list[str]:
    with History.open(None) as history:
        return [one.command for one in history.rounds.listed()]


def outcomes() -> list[str]:
    with History.open(None) as history:
        return [one.outcome for one in history.rounds.listed()]


def test_a_saved_change_is_synced_and_our_own_writes_are_not(
    run: Run, write: Write, live: Callable[[Iterable[Step]], None]
) -> None:
    path = write()
    seen: list[str] = []
    live(
        [
            lambda: seen.append(status(path)),
            nothing,
            lambda: edit(path, "E3", 0.03),
            lambda: seen.append(status(path)),
            nothing,
        ]
    )
    result = run("watch", path, "--yes")

    assert result.exit_code == 0
    assert seen == ["Overdue", "Achieved"]
    assert commands() == ["watch", "watch"]
    assert "no longer watching" in result.stderr


def test_an_error_in_one_round_is_shown_and_it_goes_on(
    run: Run, write: Write, live: Callable[[Iterable[Step]], None]
) -> None:
    path = write()
    whole = path.read_bytes()
    live(
        [
            lambda: path.write_bytes(whole[:900]),
            nothing,
            lambda: path.write_bytes(whole),
            nothing,
        ]
    )
    result = run("watch", path, "--yes")

    assert result.exit_code == 0
    assert result.stderr.count("goals.xlsx: F1") == 1
    assert commands() == ["watch"] * 3
    assert status(path) == "Overdue"


def test_a_workbook_that_is_open_is_synced_when_it_is_closed(
    run: Run, write: Write, live: Callable[[Iterable[Step]], None]
) -> None:
    path = write()
    owner = path.with_name(f".~lock.{path.name}#")
    owner.write_text("Ann,ann,pc,,;", "utf-8")
    before = path.read_bytes()

    def close() -> None:
        assert path.read_bytes() == before
        owner.unlink()

    live([nothing, nothing, close, nothing])
    result = run("watch", path, "--yes")

    assert result.stderr.count("has the workbook open") == 1
    assert not owner.exists()
    assert status(path) == "Overdue"


def test_another_run_on_the_workbook_is_waited_for(
    run: Run, write: Write, live: Callable[[Iterable[Step]], None]
) -> None:
    path = write()
    folder = Path(os.environ["FOLLOWUP_STATE"]) / "locks"
    other = alone(folder, str(path), datetime.now(UTC))
    other.__enter__()
    live([nothing, lambda: other.__exit__(None, None, None), nothing])
    result = run("watch", path, "--yes")

    assert result.stderr.count("another run is at work") == 1
    assert commands() == ["watch"]
    assert status(path) == "Overdue"


def test_without_a_terminal_watching_needs_yes(run: Run, write: Write) -> None:
    path = write()
    before = path.read_bytes()
    result = run("watch", path)

    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert path.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_it_really_runs_and_ends_when_it_is_told_to(write: Write) -> None:
    path = write()
    command = [sys.executable, "-P", "-m", "sync", "watch", str(path), "--yes"]
    with subprocess.Popen(
        [*command, "--settle", "2.5"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("wrote")

        edit(path, "E3", 0.03)

        until = time.monotonic() + 60
        while outcomes() != ["done", "done"] and time.monotonic() < until:
            time.sleep(0.5)
        # A round that is entered as done has a few steps left to its very end.
        time.sleep(2)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)

    assert status(path) == "Achieved"
    assert process.returncode == 0
    assert "no longer watching" in said


@pytest.fixture
def shared(
    sheets_server: SheetsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> SheetFile:
    """A Google Sheet that is shared with us, and the key beside config.toml."""
    bot = "followup@tests.iam.gserviceaccount.com"
    monkeypatch.setenv("FOLLOWUP_GOOGLE_ENDPOINT", sheets_server.url)
    key = tmp_path / "google-key.json"
    key.write_text(json.dumps(sheets_server.account(bot)))
    key.chmod(0o600)
    head = ["Goal ID", "Employee", "Goal", "Unit", "Target", "Actual"]
    goal = ["G-1", "Ann Lee", "Win 30 new customers by 31 December", "deals", 30, 9]
    file = sheets_server.spreadsheet({"Goals": [head, goal]})
    file.share(bot, "writer")
    return file


def hinted(folder: Path, file: SheetFile, hint: str) -> None:
    text = f'google.version_hint = {hint}\n[[source]]\npath = "{file.url}"\n'
    (folder / "config.toml").write_text(text)


@pytest.mark.parametrize(("hint", "reads"), [("false", 7), ("true", 4)])
def test_a_google_sheet_is_read_again_when_its_version_is_another_one(  # noqa: PLR0913, PLR0917 (fixtures)
    run: Run,
    live: Callable[[Iterable[Step]], None],
    sheets_server: SheetsServer,
    shared: SheetFile,
    tmp_path: Path,
    hint: str,
    reads: int,
) -> None:
    hinted(tmp_path, shared, hint)
    still = [nothing] * 14
    live([*still, lambda: shared.edit(edits.type_value(1, 5, 30)), *still])
    result = run("watch", "--yes", "--every", "300")
    calls = [one.path.split("/")[1] for one in sheets_server.log if one.verb == "GET"]

    assert result.exit_code == 0, result.stderr
    assert calls.count("v4") == reads
    assert bool(calls.count("drive")) == (hint == "true")
    assert "Achieved" in str(shared.rows("Goals")[1])


def test_doctor_says_when_the_version_cannot_be_asked_for(
    run: Run, sheets_server: SheetsServer, shared: SheetFile, tmp_path: Path
) -> None:
    hinted(tmp_path, shared, "true")

    assert "Drive tells its version" in run("doctor").stdout
    sheets_server.disabled.add("drive.googleapis.com")
    assert "the Google Drive API is not enabled" in run("doctor").stdout
