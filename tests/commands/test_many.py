"""Several workbooks in one configuration: one letter each, one failure stops nobody."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from reports.deliver.entry import read_parts
from sync.workbooks.open import open_workbook

Run = Callable[..., Result]
Write = Callable[..., Path]

HEADS = ["ID", "Employee", "Employee ID", "E-mail", "Goal", "Target", "Actual"]
MORE = ["Weight", "Start", "Due"]


def goal(number: str, name: str, badge: str, email: str = "") -> list[Any]:
    return [number, name, badge, email, f"Sell {number} to 20 shops by December", 20, 5,
            1.0, date(2026, 1, 1), date(2026, 12, 31)]  # fmt: skip


ANN_EAST = goal("G-1", "Ann Lee", "E7", "ann@example.com")
ANN_WEST = goal("G-2", "Ann Lee", "E7")
BO_WEST = goal("G-3", "Bo Chen", "E8", "bo@example.com")


@pytest.fixture
def books(write: Write, tmp_path: Path) -> Path:
    """Two departments' workbooks, found by a pattern."""
    (tmp_path / "teams").mkdir()
    write([HEADS + MORE, ANN_EAST], "teams/east.xlsx")
    write([HEADS + MORE, ANN_WEST, BO_WEST], "teams/west.xlsx")
    (tmp_path / "teams" / "~$gone.xlsx").write_bytes(b"lock")
    (tmp_path / "config.toml").write_text(
        '[[source]]\npath = "teams/*.xlsx"\n[mail]\nhr = ["hr@example.com"]\n', "utf-8"
    )
    return tmp_path


def told(run: Run, address: str) -> list[dict[str, Any]]:
    listed = json.loads(run("mail", "list", "--json").stdout)
    return [one for one in listed if one["to"] == address]


def text_of(letter: dict[str, Any]) -> str:
    _, text = read_parts(Path(letter["path"]))
    return text


def test_one_person_gets_one_letter_about_all_workbooks(run: Run, books: Path) -> None:
    result = run("sync", "--yes")
    (letter,) = told(run, "ann@example.com")
    text = text_of(letter)

    assert result.exit_code == 0
    assert result.stdout.count("wrote ") == 2
    assert "G-1" in text
    assert "G-2" in text
    assert "G-3" not in text
    for name in ("east", "west"):
        sheet = open_workbook(str(books / "teams" / f"{name}.xlsx")).snapshot().sheets
        assert sheet[0].own


def test_a_second_sync_of_all_writes_nothing_and_tells_nobody(
    run: Run, books: Path
) -> None:
    run("sync", "--yes")
    before = {p: p.read_bytes() for p in books.rglob("*") if p.is_file()}
    result = run("sync")

    assert result.exit_code == 0
    assert "up to date: 2" in result.stdout
    assert "no new letters" in result.stdout
    assert {p: p.read_bytes() for p in books.rglob("*") if p.is_file()} == before


def test_a_workbook_that_fails_stops_no_other_and_is_named(
    run: Run, books: Path
) -> None:
    (books / "teams" / "north.xlsx").write_bytes(b"no workbook")
    result = run("sync", "--yes")

    assert result.exit_code == 1
    assert "north.xlsx" in result.stderr
    assert "workbooks that failed: 1" in result.stderr
    assert result.stdout.count("wrote ") == 2
    assert "north.xlsx" in text_of(told(run, "hr@example.com")[0])


def test_when_all_fail_the_exit_code_says_so(run: Run, books: Path) -> None:
    for path in books.glob("teams/*.xlsx"):
        path.write_bytes(b"no workbook")
    result = run("status")

    assert result.exit_code == 2
    assert "workbooks that failed: 2" in result.stderr


def test_whoever_has_goals_in_a_failing_workbook_waits_for_a_whole_letter(
    run: Run, books: Path
) -> None:
    run("sync", "--yes")
    first = told(run, "ann@example.com")
    west = books / "teams" / "west.xlsx"
    kept = west.read_bytes()
    west.write_bytes(b"no workbook")
    run("sync", "--yes", "--as-of", "2026-12-01")
    half = told(run, "ann@example.com")
    west.write_bytes(kept)
    run("sync", "--yes", "--as-of", "2026-12-01")

    assert half == first
    assert len(told(run, "ann@example.com")) == 2
    assert "G-2" in text_of(told(run, "ann@example.com")[-1])


def test_homonyms_of_two_workbooks_never_read_of_each_other(
    run: Run, write: Write, books: Path
) -> None:
    write([HEADS + MORE, goal("G-9", "Bo Chen", "", "b.chen@example.com")],
          "teams/east.xlsx")  # fmt: skip
    run("sync", "--yes")
    texts = {
        address: text_of(told(run, address)[0])
        for address in ("bo@example.com", "b.chen@example.com")
    }

    assert "G-9" not in texts["bo@example.com"]
    assert "west.xlsx" not in texts["b.chen@example.com"]
    assert "G-3" not in texts["b.chen@example.com"]
    assert books.exists()


def test_json_of_several_is_a_list_of_what_one_would_say(run: Run, books: Path) -> None:
    (books / "teams" / "north.xlsx").write_bytes(b"no workbook")
    alone = json.loads(run("status", "teams/east.xlsx", "--json").stdout)
    several = json.loads(run("status", "--json").stdout)
    east, west, north = several["sources"]

    assert several["summary"] == {"sources": 3, "failed": 1}
    assert east == {"source": str(books / "teams" / "east.xlsx"), **alone}
    assert [one["goal"] for one in west["goals"]] == ["G-2", "G-3"]
    assert set(north) == {"source", "error"}
    assert set(north["error"]) == {"code", "what", "where", "fix"}


@pytest.mark.parametrize("command", ["check", "status", "plan", "report"])
def test_looking_at_several_writes_into_none(
    run: Run, books: Path, command: str
) -> None:
    before = {p: p.read_bytes() for p in books.glob("teams/*")}
    result = run(command, *(["--json"] if command == "report" else []))

    assert result.exit_code == 0
    assert {p: p.read_bytes() for p in books.glob("teams/*")} == before
    if command != "report":
        assert result.stdout.index("east.xlsx") < result.stdout.index("west.xlsx")
    else:
        assert "Bo Chen" in result.stdout


def test_a_sheet_lists_the_workbooks(run: Run, write: Write, books: Path) -> None:
    write(
        [["Our departments"], ["Team", "File"], ["East", "teams/east.xlsx"],
         ["West", "teams\\west.xlsx"], ["Gone", "teams/gone.xlsx"], ["Later", None]],
        "departments.xlsx", "List",
    )  # fmt: skip
    (books / "config.toml").write_text(
        '[[source_list]]\npath = "departments.xlsx"\ncolumn = "file"\n', "utf-8"
    )
    found = json.loads(run("status", "--json").stdout)["sources"]

    assert [Path(one["source"]).name for one in found] == [
        "east.xlsx",
        "west.xlsx",
        "gone.xlsx",
    ]
    assert found[2]["error"]["code"] == "F101"


def test_a_workbook_named_twice_is_worked_on_once(run: Run, books: Path) -> None:
    (books / "config.toml").write_text(
        '[[source]]\npath = "teams/west.xlsx"\n[[source]]\npath = "teams/*.xlsx"\n',
        "utf-8",
    )
    found = json.loads(run("status", "--json").stdout)["sources"]

    assert [Path(one["source"]).name for one in found] == ["west.xlsx", "east.xlsx"]


def test_a_pattern_that_fits_nothing_is_a_failure_with_its_folder(
    run: Run, books: Path
) -> None:
    (books / "config.toml").write_text('[[source]]\npath = "nowhere/*.xlsx"\n', "utf-8")
    result = run("check")

    assert result.exit_code == 2
    assert "no workbook fits" in result.stderr


def test_a_command_for_one_workbook_asks_which(run: Run, books: Path) -> None:
    result = run("columns")

    assert result.exit_code == 2
    assert "names 2 workbooks" in result.stderr
    assert books.exists()


def test_one_of_several_synced_alone_is_written_and_brings_no_letter_of_its_own(
    run: Run, books: Path
) -> None:
    alone = run("sync", "teams/east.xlsx", "--yes")
    before = told(run, "ann@example.com")
    run("sync", "--yes")

    assert "wrote" in alone.stdout
    assert "written when all of them are synced" in alone.stderr
    assert before == []
    assert len(told(run, "ann@example.com")) == 1
    assert books.exists()
