"""The last write-back taken back: ours alone, once, and never over somebody's typing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result

from sync.workbooks.open import open_workbook

Run = Callable[..., Result]
Write = Callable[..., Path]
Edit = Callable[[Any], None]


def cells(path: Path, sheet: str = "Goals") -> dict[str, Any]:
    tab = open_workbook(str(path)).snapshot().sheet(sheet)
    assert tab
    return {
        f"{'ABCDEFGHIJKLMNOPQ'[column]}{row.number}": value
        for row in tab.rows
        for column, value in enumerate(row.values)
        if value is not None
    }


def typed(path: Path, edit: Edit) -> None:
    """Change a workbook with a person's own program."""
    book = openpyxl.load_workbook(path)
    edit(book["Goals"])
    book.save(path)


def test_the_first_write_comes_back_byte_for_byte(run: Run, write: Write) -> None:
    path = write()
    before = path.read_bytes()
    run("sync", path, "--yes")
    result = run("undo", path, "--yes")

    assert result.exit_code == 0
    assert "taken back" in result.stdout
    assert path.read_bytes() == before


def test_only_the_last_of_two_writes_is_taken_back(run: Run, write: Write) -> None:
    path = write()
    run("sync", path, "--yes", "--as-of", "2026-03-01")
    first = path.read_bytes()
    run("sync", path, "--yes")
    second = path.read_bytes()
    run("undo", path, "--yes")

    assert first != second
    assert path.read_bytes() == first


def test_a_second_undo_says_that_there_is_nothing(run: Run, write: Write) -> None:
    path = write()
    run("sync", path, "--yes")
    run("undo", path, "--yes")
    before = path.read_bytes()
    again = run("undo", path, "--yes")

    assert again.exit_code == 2
    assert "nothing to undo" in again.stderr
    assert path.read_bytes() == before


def test_after_an_undo_the_next_sync_writes_the_same_and_tells_nobody_twice(
    run: Run, write: Write
) -> None:
    path = write()
    run("sync", path, "--yes")
    written = path.read_bytes()
    told = run("mail", "list", "--json").stdout
    run("undo", path, "--yes")
    result = run("sync", path, "--yes")

    assert path.read_bytes() == written
    assert "no new letters" in result.stdout
    assert run("mail", "list", "--json").stdout == told


def test_a_sync_that_writes_nothing_leaves_the_way_back_open(
    run: Run, write: Write
) -> None:
    path = write()
    before = path.read_bytes()
    run("sync", path, "--yes")
    run("sync", path)
    run("undo", path, "--yes")

    assert path.read_bytes() == before


def test_a_status_that_a_person_changed_is_named_and_nothing_is_taken_back(
    run: Run, write: Write
) -> None:
    path = write()
    run("sync", path, "--yes")

    def edit(sheet: Any) -> None:
        sheet["J3"] = "on leave"

    typed(path, edit)
    before = path.read_bytes()
    result = run("undo", path, "--yes")

    assert result.exit_code == 2
    assert "'Goals'!J3" in result.stderr
    assert path.read_bytes() == before


def test_edits_elsewhere_stay_and_our_cells_go_back_by_their_goal(
    run: Run, write: Write
) -> None:
    path = write()
    run("sync", path, "--yes", "--as-of", "2026-03-01")
    first = cells(path)
    run("sync", path, "--yes")

    def edit(sheet: Any) -> None:
        sheet.insert_rows(2)
        sheet["C2"] = "a note of somebody's"
        sheet["E3"] = 2

    typed(path, edit)
    result = run("undo", path, "--yes")
    after = cells(path)

    assert result.exit_code == 0
    assert after["C2"] == "a note of somebody's"
    assert after["E3"] == 2
    for column in "JKLM":
        for row in (2, 3, 4):
            assert after.get(f"{column}{row + 1}") == first.get(f"{column}{row}")
    assert run("sync", path, "--yes").exit_code == 0
    assert cells(path)["C2"] == "a note of somebody's"


def test_the_first_write_goes_whole_even_when_somebody_saved_since(
    run: Run, write: Write
) -> None:
    path = write()
    before = cells(path)
    run("sync", path, "--yes")

    def edit(sheet: Any) -> None:
        sheet["E2"] = 2

    typed(path, edit)
    run("undo", path, "--yes")
    after = open_workbook(str(path)).snapshot()

    assert cells(path) == {**before, "E2": 2}
    assert [sheet.name for sheet in after.sheets] == ["Goals"]
    assert not after.sheets[0].own


def test_without_copies_the_write_is_taken_back_cell_by_cell(
    run: Run, write: Write, tmp_path: Path
) -> None:
    (tmp_path / "config.toml").write_text("[writeback]\nbackups = 0\n", "utf-8")
    path = write()
    run("sync", path, "--yes", "--as-of", "2026-03-01")
    first = cells(path)
    run("sync", path, "--yes")
    run("undo", path, "--yes")

    assert cells(path) == first


@pytest.mark.parametrize("name", ["goals.csv"])
def test_results_beside_a_file_go_and_those_somebody_changed_stay(
    run: Run, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text("Employee,Goal,Target,Actual\nAnn,Open two stores,2,1\n", "utf-8")
    before = path.read_bytes()
    run("sync", path, "--yes")
    beside = tmp_path / "goals.followup.xlsx"
    written = beside.exists()
    run("undo", path, "--yes")

    assert written
    assert not beside.exists()
    assert path.read_bytes() == before


def test_history_lists_the_undo_and_no_day_of_it(run: Run, write: Write) -> None:
    path = write()
    run("sync", path, "--yes", "--as-of", "2026-11-01")
    run("undo", path, "--yes")
    runs = json.loads(run("history", path, "--json").stdout)
    status = json.loads(run("status", path, "--json").stdout)

    assert [one["outcome"] for one in runs] == ["undone", "applied"]
    assert status["summary"]["as_of"] == "2026-11-22"


def test_nobody_to_ask_leaves_everything(run: Run, write: Write) -> None:
    path = write()
    run("sync", path, "--yes")
    before = path.read_bytes()
    result = run("undo", path)

    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert path.read_bytes() == before
