"""A workbook under a new name is the same workbook."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[..., Path]


def letters(folder: Path) -> set[str]:
    return {one.name for one in (folder / "outbox").glob("*.eml")}


def test_a_renamed_workbook_goes_on_and_nobody_gets_a_letter_again(
    run: Run, write: Write, tmp_path: Path
) -> None:
    path = write()
    run("sync", path, "--yes")
    told = letters(tmp_path)
    path.rename(tmp_path / "goals new.xlsx")
    result = run("sync", tmp_path / "goals new.xlsx")

    assert result.exit_code == 0
    assert '"goals new.xlsx" is what "goals.xlsx" was' in result.stderr
    assert "up to date" in result.stdout
    assert "no new letters" in result.stdout
    assert letters(tmp_path) == told
    assert "is what" not in run("sync", tmp_path / "goals new.xlsx").stderr


def test_what_we_wrote_before_is_still_ours_after_renaming_and_an_edit(
    run: Run, write: Write, tmp_path: Path, sheet: list[list[Any]]
) -> None:
    path = write(sheet)
    run("sync", path, "--yes", "--as-of", "2026-05-04")
    moved = path.rename(tmp_path / "2026 goals.xlsx")
    book = openpyxl.load_workbook(moved)
    book["Goals"]["E2"] = 2
    book.save(moved)
    book.close()
    result = run("sync", moved, "--yes", "--as-of", "2026-05-11")
    shown = run("history", "--goal", "G-1", moved).stdout

    assert result.exit_code == 0
    assert "somebody typed" not in result.stderr
    assert "2026-05-04" in shown
    assert "2026-05-11" in shown


def test_a_copy_goes_on_by_itself_and_the_first_one_keeps_its_history(
    run: Run, write: Write, tmp_path: Path
) -> None:
    path = write()
    run("sync", path, "--yes")
    told = letters(tmp_path)
    copy = Path(shutil.copy(path, tmp_path / "week 2.xlsx"))
    second = run("sync", copy)
    first = run("sync", path)

    assert '"week 2.xlsx" is a copy of "goals.xlsx"' in second.stderr
    assert "no new letters" in second.stdout
    assert "copy" not in first.stderr
    assert "no new letters" in first.stdout
    assert letters(tmp_path) == told


def test_another_workbook_begins_anew(
    run: Run, write: Write, tmp_path: Path, sheet: list[list[Any]]
) -> None:
    run("sync", write(), "--yes")
    (tmp_path / "goals.xlsx").unlink()
    run("sync", write([*sheet[:1], sheet[3]], "other.xlsx"), "--yes")
    sheet[1][5:8] = [1, date(2025, 1, 1), date(2025, 3, 31)]
    strange = write([*sheet[:2]], "strange.xlsx")
    result = run("sync", strange, "--yes")

    assert "history goes on" not in result.stderr
    assert "goes on from" not in result.stderr
