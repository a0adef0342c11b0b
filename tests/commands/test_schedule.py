"""Installing the schedule: shown first, twice is once, other people's lines stay."""

import json
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from sync.config.load import load
from sync.history.store import History

Run = Callable[..., Result]
Write = Callable[..., Path]

FAKE = """#!{python}
import pathlib, sys
table = pathlib.Path({table!r})
if sys.argv[1:] == ["-l"]:
    if not table.exists():
        sys.exit("no crontab for ann")
    sys.stdout.buffer.write(table.read_bytes())
elif sys.argv[1:] == ["-"]:
    new = sys.stdin.buffer.read()
    if new and not new.endswith(b"\\n"):
        sys.exit("new crontab file is missing newline before EOF")
    table.write_bytes(new)
    with table.with_suffix(".writes").open("a") as writes:
        writes.write("x")
else:
    sys.exit("usage")
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no cron")


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The crontab behind a `crontab` of our own; there is none at first."""
    programs = tmp_path / "programs"
    programs.mkdir()
    path = tmp_path / "table"
    fake = programs / "crontab"
    fake.write_text(FAKE.format(python=sys.executable, table=str(path)))
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return path


@pytest.fixture
def config(write: Write, tmp_path: Path) -> Path:
    """A configuration in an awkward folder, and a workbook beside it."""
    folder = tmp_path / "绩效 100%"
    folder.mkdir()
    write().rename(folder / "goals.xlsx")
    path = folder / "config.toml"
    path.write_text('[[source]]\npath = "goals.xlsx"\n', "utf-8")
    return path


def writes(table: Path) -> int:
    count = table.with_suffix(".writes")
    return len(count.read_text()) if count.exists() else 0


def schedule(run: Run, config: Path, *words: str) -> Result:
    return run("--config", config, "schedule", words[0], "--with", "cron", *words[1:])


def test_it_is_installed_once_shown_and_found_again(
    run: Run, config: Path, table: Path
) -> None:
    before = schedule(run, config, "show")
    installed = schedule(run, config, "install", "--yes")
    again = schedule(run, config, "install", "--yes")
    after = schedule(run, config, "show")
    lines = table.read_text("utf-8").splitlines()

    assert "cron: not installed" in before.stdout
    assert "installed; next run 2026-11-23 07:30" in installed.stdout
    assert lines[1] in installed.stderr
    assert lines[1] in before.stdout
    assert lines[1].startswith("30 7-17 * * 1 cd '")
    assert "绩效 100\\%' && FOLLOWUP_STATE=" in lines[1]
    assert lines[1].endswith("sync --scheduled --yes")
    assert "绩效 100\\%/config.toml'" in lines[1]
    assert "nothing was changed" in again.stdout
    assert "cron: installed\n" in after.stdout
    assert writes(table) == 1


def test_without_a_terminal_it_asks_for_yes_and_changes_nothing(
    run: Run, config: Path, table: Path
) -> None:
    result = schedule(run, config, "install")

    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert not table.exists()


def test_a_change_replaces_our_own_entry_alone(
    run: Run, config: Path, table: Path
) -> None:
    table.write_bytes(b"MAILTO=hr\n5 4 * * * \xff other\n")
    schedule(run, config, "install", "--yes")
    with table.open("ab") as file:
        file.write(b"# after ours\n0 0 * * * last")
        file.write(b"\n")
    config.write_text(
        config.read_text("utf-8") + '[schedule]\nat = "08:15"\nsend = true\n', "utf-8"
    )
    drifted = schedule(run, config, "show").stdout
    schedule(run, config, "install", "--yes")
    lines = table.read_bytes().split(b"\n")

    assert "installed, but not as below" in drifted
    assert lines[:2] == [b"MAILTO=hr", b"5 4 * * * \xff other"]
    assert lines[3].startswith(b"15 8-18 * * 1 ")
    assert lines[3].endswith(b"--yes --send")
    assert lines[5:] == [b"# after ours", b"0 0 * * * last", b""]
    assert sum(b"--scheduled" in line for line in lines) == 1


def test_another_configuration_has_an_entry_of_its_own(
    run: Run, config: Path, table: Path, tmp_path: Path
) -> None:
    other = tmp_path / "config.toml"
    other.write_text('[[source]]\npath = "b.xlsx"\n', "utf-8")
    schedule(run, config, "install", "--yes")
    first = table.read_bytes()
    schedule(run, other, "install", "--yes")

    assert table.read_bytes().startswith(first)
    assert table.read_text("utf-8").count("--scheduled") == 2

    schedule(run, other, "remove", "--yes")

    assert table.read_bytes() == first


def test_marks_that_somebody_changed_are_not_guessed_at(
    run: Run, config: Path, table: Path
) -> None:
    schedule(run, config, "install", "--yes")
    kept = table.read_bytes().rpartition(b"# followup")[0] + b"* * * * * theirs\n"
    table.write_bytes(kept)
    for words in (("install", "--yes"), ("remove", "--yes")):
        result = schedule(run, config, *words)

        assert result.exit_code == 2
        assert "marks" in result.stderr
        assert table.read_bytes() == kept
    assert "marks" in schedule(run, config, "show").stdout


def test_removing_takes_our_entry_and_a_second_time_nothing(
    run: Run, config: Path, table: Path
) -> None:
    table.write_bytes(b"5 4 * * * other\n")
    schedule(run, config, "install", "--yes")
    removed = schedule(run, config, "remove", "--yes")
    again = schedule(run, config, "remove", "--yes")

    assert removed.stdout == "removed\n"
    assert "not installed" in again.stdout
    assert table.read_bytes() == b"5 4 * * * other\n"
    assert writes(table) == 2


def test_what_cron_would_start_keeps_the_slot_that_show_speaks_of(
    run: Run, config: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    from sync import clock  # noqa: PLC0415

    class Monday(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 11, 23, 9, tzinfo=tz or UTC)  # type: ignore[arg-type]

    schedule(run, config, "install", "--yes")
    monkeypatch.setattr(clock, "datetime", Monday)
    started = run("--config", config, "sync", "--scheduled", "--yes")
    shown = json.loads(schedule(run, config, "show", "--json").stdout)

    assert started.exit_code == 0
    assert shown["last"]["slot"] == "2026-11-23T07:30"
    assert shown["last"]["exit_code"] == 0
    assert shown["state"] == "same"
    assert shown["command"][-3:] == ["sync", "--scheduled", "--yes"]
    assert shown["job"] in table.read_text("utf-8")
    with History.open(None) as history:
        assert history.rounds.listed()[0].job == shown["job"]


CONTROL = """#!{python}
import pathlib, sys
log = pathlib.Path({log!r})
with log.open("a") as file:
    file.write(" ".join(sys.argv[1:]) + "\\n")
on = log.with_suffix(".on")
if "enable" in sys.argv:
    on.touch()
if "disable" in sys.argv:
    on.unlink()
if "is-enabled" in sys.argv:
    sys.exit(0 if on.exists() else 1)
"""


def test_the_units_of_systemd_are_written_switched_on_and_taken_away(
    run: Run,
    config: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    log = tmp_path / "log"
    control = programs / "systemctl"
    control.write_text(CONTROL.format(python=sys.executable, log=str(log)))
    control.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    units = tmp_path / "xdg/systemd/user"

    def systemd(word: str, *more: str) -> Result:
        return run("--config", config, "schedule", word, "--with", "systemd", *more)

    systemd("install", "--yes")
    stamps = {path.name: path.stat().st_mtime_ns for path in units.iterdir()}
    again = systemd("install", "--yes")

    assert sorted(name.partition(".")[2] for name in stamps) == ["service", "timer"]
    assert {p.name: p.stat().st_mtime_ns for p in units.iterdir()} == stamps
    assert "nothing was changed" in again.stdout
    assert all(stat.S_IMODE(p.stat().st_mode) == 0o644 for p in units.iterdir())
    asked = [line.split()[1] for line in log.read_text().splitlines()]
    assert asked == ["daemon-reload", "enable", "restart", "is-enabled"]

    systemd("remove", "--yes")

    assert list(units.iterdir()) == []


TASKS = """#!{python}
import pathlib, shutil, sys
words = dict(zip(sys.argv[2::2], sys.argv[3::2]))
task = pathlib.Path({log!r}).with_name(words["/TN"] + ".xml")
if sys.argv[1] == "/Create":
    shutil.copy(words["/XML"], task)
elif not task.exists():
    sys.exit("ERROR: The system cannot find the file specified.")
elif sys.argv[1] == "/Query":
    print(task.read_text("utf-16").replace("<Enabled>true</Enabled>", ""))
else:
    task.unlink()
"""
AGENTS = """#!{python}
import pathlib, sys
loaded = pathlib.Path({log!r})
if sys.argv[1] == "bootstrap":
    if loaded.exists():
        sys.exit("Bootstrap failed: 5: Input/output error")
    loaded.write_bytes(pathlib.Path(sys.argv[3]).read_bytes())
elif not loaded.exists():
    sys.exit("Could not find service")
elif sys.argv[1] == "bootout":
    loaded.unlink()
"""


@pytest.mark.parametrize(
    ("way", "program", "text"),
    [("windows", "schtasks", TASKS), ("launchd", "launchctl", AGENTS)],
)
def test_windows_and_macs_are_told_once_and_told_of_changes(  # noqa: PLR0913, PLR0917
    run: Run,
    config: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
    program: str,
    text: str,
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    fake = programs / program
    fake.write_text(text.format(python=sys.executable, log=str(tmp_path / "log")))
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    agents = tmp_path / "home/Library/LaunchAgents"

    def told(word: str, *more: str) -> str:
        result = run("--config", config, "schedule", word, "--with", way, *more)

        assert result.exit_code == 0, result.output
        return result.stdout

    assert ": not installed" in told("show")
    assert "installed; next run" in told("install", "--yes")
    assert ": installed\n" in told("show")
    assert "nothing was changed" in told("install", "--yes")
    with config.open("a", encoding="utf-8") as file:
        file.write('[schedule]\nat = "08:15"\n')
    assert "but not as below" in told("show")
    assert "installed; next run" in told("install", "--yes")
    assert ": installed\n" in told("show")
    assert "removed" in told("remove", "--yes")
    assert "nothing was removed" in told("remove", "--yes")
    assert not list(agents.glob("*"))
    assert not list(tmp_path.glob("followup-*.xml"))


def test_a_scheduler_that_refuses_is_quoted(
    run: Run, config: Path, table: Path, tmp_path: Path
) -> None:
    fake = tmp_path / "programs/crontab"
    fake.write_text("#!/bin/sh\necho 'you (ann) are not allowed to use it' >&2; exit 1")
    for words in (("install", "--yes"), ("remove", "--yes")):
        result = schedule(run, config, *words)

        assert result.exit_code == 2
        assert "not allowed" in result.stderr
    assert "not allowed" in schedule(run, config, "show").stdout
    assert not table.exists()


def test_what_a_scheduler_will_not_know_is_said(
    run: Run, config: Path, table: Path
) -> None:
    config.write_text(
        config.read_text("utf-8") + '[schedule]\nping_url_env = "PING"\n', "utf-8"
    )
    result = schedule(run, config, "install", "--yes")

    assert "schedule.ping_url_env" in result.stderr
    assert table.exists()


@pytest.mark.parametrize("way", ["github", "container"])
def test_examples_are_printed(run: Run, config: Path, way: str) -> None:
    result = run("--config", config, "schedule", "show", "--with", way)

    assert result.exit_code == 0
    assert "--scheduled" in result.stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_speaks_the_language_that_was_asked_for(
    run: Run, config: Path, table: Path, lang: str
) -> None:
    shown = run(
        "--lang", lang, "--config", config, "schedule", "show", "--with", "cron"
    )

    assert ("未安装" in shown.stdout) == (lang == "zh")
    assert ("周一 07:30" if lang == "zh" else "Monday at 07:30") in shown.stdout
    assert not table.exists()


def test_runs_are_listed_those_that_failed_too(run: Run, write: Write) -> None:
    path = write()
    run("sync", path, "--yes")
    path.write_bytes(b"no workbook")
    run("sync", path, "--yes")
    listed = json.loads(run("schedule", "runs", "--json").stdout)
    shown = run("--lang", "zh", "schedule", "runs").stdout

    assert [one["outcome"] for one in listed] == ["failed", "done"]
    assert [one["exit_code"] for one in listed] == [2, 0]
    assert listed[1]["counts"]["goals"] == 3
    assert "失败" in shown
    assert "F110" in shown


def test_a_wrong_schedule_is_named_with_its_key(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[schedule]\nat = "7.30"\nweekdays = []\n', "utf-8")
    with pytest.raises(Exception, match=r"schedule\.at") as wrong:
        load(path)

    assert "schedule.weekdays" in str(wrong.value)
