"""The whole job on workbooks that real teams made, where they are at hand."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from sync.workbooks.open import open_workbook
from sync.workbooks.snapshot import RawValue

SHARED = Path(__file__).resolve().parents[3] / "shared" / "workbooks"
BOOKS = sorted(
    path
    for folder in ("cleanroom", "real")
    for path in (SHARED / folder).glob("*")
    if path.suffix in {".xlsx", ".xlsm", ".csv", ".xls", ".ods"}
)
Run = Callable[..., Result]

pytestmark = pytest.mark.skipif(not BOOKS, reason="no real workbooks beside the clone")


def their_cells(path: Path) -> dict[tuple[str, int, int], RawValue]:
    """Every cell that is not in a column or sheet of ours."""
    return {
        (sheet.name, row.number, column): value
        for sheet in open_workbook(str(path)).snapshot().sheets
        if not sheet.is_board
        for row in sheet.rows
        for column, value in enumerate(row.values, 1)
        if value is not None and column not in {mark.column for mark in sheet.own}
    }


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.name)
def test_every_command_ends_well_and_a_second_sync_writes_nothing(
    run: Run, tmp_path: Path, book: Path
) -> None:
    path = Path(shutil.copy(book, tmp_path))
    before = their_cells(path)

    assert run("columns", path, "--json").exit_code == 0
    for command in ("check", "status", "plan"):
        assert run(command, path, "--json").exit_code in {0, 1, 2}
    first = run("sync", path, "--yes", "--json")
    assert first.exit_code in {0, 2}
    if first.exit_code == 2:
        assert "no table of goals" in first.stderr
        return
    written = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    second = run("sync", path, "--yes", "--json")

    done = json.loads(second.stdout)
    assert done["outcome"] == "nothing"
    assert not [letter for letter in done["letters"] if letter["state"] == "written"]
    assert written == {
        p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()
    }
    assert their_cells(path) == before
