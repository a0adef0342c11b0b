"""One clear message, exit 2, and nothing changed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[..., Path]

FILES: dict[str, bytes] = {
    "empty.xlsx": b"",
    "text.xlsx": b"not a workbook at all, just words\n" * 3,
    "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "page.xls": b"<html><body><table><tr><td>1</td></tr></table></body></html>",
    "letter.pdf": b"%PDF-1.7\n%...",
    "broken.xlsx": b"PK\x03\x04" + b"\0" * 40,
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("command", ["columns", "check", "status", "plan", "sync"])
def test_a_file_that_is_no_workbook_is_named_and_left_alone(
    run: Run, tmp_path: Path, name: str, command: str
) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name])
    before = sorted(tmp_path.iterdir())
    result = run(command, path)

    if name != "text.xlsx":
        assert result.exit_code == 2
        assert name in result.stderr
        assert "fix: " in result.stderr
    assert path.read_bytes() == FILES[name]
    assert sorted(tmp_path.iterdir()) == before


def test_a_missing_file_is_named(run: Run) -> None:
    result = run("check", "absent.xlsx")

    assert result.exit_code == 2
    assert "absent.xlsx" in result.stderr


def test_a_truncated_workbook_is_named(run: Run, write: Write) -> None:
    path = write()
    path.write_bytes(path.read_bytes()[:-300])
    result = run("status", path)

    assert result.exit_code == 2
    assert "goals.xlsx" in result.stderr


def test_a_workbook_without_goals_says_what_was_seen(run: Run, write: Write) -> None:
    result = run("check", write([["x", "y"], [1, 2]], sheet="Lab"))

    assert result.exit_code == 2
    assert "no table of goals was recognised" in result.stderr
    assert "'Lab'" in result.stderr


def test_an_empty_workbook_says_so(run: Run, write: Write) -> None:
    result = run("sync", write([]), "--yes")

    assert result.exit_code == 2


def test_two_columns_claiming_one_field_are_a_finding(
    run: Run, write: Write, sheet: list[list[Any]]
) -> None:
    heads, *goals = sheet
    rows = [[*heads, "Due date"], *([*goal, goal[7]] for goal in goals)]
    result = run("check", write(rows), "--json")

    assert result.exit_code in {0, 1}
    assert '"code": "L' in result.stdout


def test_an_unknown_config_key_is_named(run: Run, write: Write, tmp_path: Path) -> None:
    path = write()
    (tmp_path / "config.toml").write_text("[mail]\noutbx = 'x'\n")
    result = run("check", path)

    assert result.exit_code == 2
    assert "config.toml: mail.outbx" in result.stderr
    assert "did you mean outbox?" in result.stderr


def test_a_bad_cell_is_a_finding_and_stops_nothing(
    run: Run, write: Write, sheet: list[list[Any]]
) -> None:
    sheet[1][7] = "sometime in 2026-13-45"
    result = run("check", write(sheet), "--json")

    assert result.exit_code in {0, 1}
    assert '"cell": "H2"' in result.stdout
    assert '"goals": 3' in result.stdout


@pytest.mark.skipif(os.name == "nt", reason="the lock file is Excel's own affair there")
def test_a_workbook_open_in_libreoffice_is_not_written(run: Run, write: Write) -> None:
    path = write()
    lock = path.with_name(f".~lock.{path.name}#")
    lock.write_text(",wang.fang,office-7,22.11.2026 10:00,file:///home;")
    before = path.read_bytes()
    result = run("sync", path, "--yes")

    assert result.exit_code == 2
    assert "wang.fang" in result.stderr
    assert path.read_bytes() == before


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere"
)
def test_an_unwritable_folder_is_named(run: Run, write: Write, tmp_path: Path) -> None:
    path = write()
    tmp_path.chmod(0o500)
    try:
        result = run("sync", path, "--yes")
    finally:
        tmp_path.chmod(0o700)

    assert result.exit_code == 2
    assert str(tmp_path) in result.stderr


def test_the_program_itself_shows_one_message_and_exits_2(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sync", "check", "absent.xlsx"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 2
    assert "absent.xlsx" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_misspelt_command_is_answered_with_the_nearest_one(run: Run) -> None:
    near, far = run("chek", "goals.xlsx"), run("zzzz")

    assert near.exit_code == far.exit_code == 2
    assert "Did you mean 'check'?" in near.stderr
    assert "Did you mean" not in far.stderr


def test_the_history_of_a_file_that_never_was_says_so(run: Run, write: Write) -> None:
    absent = run("history", "gaols.xlsx")
    present = run("history", write())

    assert absent.exit_code == 2
    assert "gaols.xlsx" in absent.stderr
    assert "there is no such file" in absent.stderr
    assert present.exit_code == 0
    assert "nothing was synced yet" in present.stdout


def test_the_history_of_a_file_since_deleted_is_still_shown(
    run: Run, write: Write
) -> None:
    path = write()
    run("sync", path, "--yes")
    path.unlink()
    result = run("history", path)

    assert result.exit_code == 0
    assert "goals.xlsx" in result.stdout
