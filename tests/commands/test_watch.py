"""Watching: a saved change is synced, our own writes are not."""

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
