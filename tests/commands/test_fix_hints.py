"""`followup check --fix-hints`: a fill-in sheet for the authors of the goals."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result

Write = Callable[..., Path]
Run = Callable[..., Result]


def rows_of(path: Path) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[0].values)


def test_each_goal_that_lacks_something_has_a_row_to_fill_in(
    write: Write, run: Run, tmp_path: Path
) -> None:
    hints = tmp_path / "hints.xlsx"
    run("check", str(write()), "--fix-hints", str(hints))
    _, *rows = rows_of(hints)
    vague = next(row for row in rows if row[3] == "Improve service")

    assert vague[:3] == ("Goals", "C4", "Bo Chen")
    assert vague[4].startswith("a concrete object, a measure, a due date\n")
    assert "[" in vague[5]
    assert vague[6] is None
    assert not any("Cut returns" in row[3] for row in rows)


def test_our_own_untouched_sheet_is_made_anew(
    write: Write, run: Run, tmp_path: Path
) -> None:
    hints = tmp_path / "hints.xlsx"
    book = write()
    run("check", str(book), "--fix-hints", str(hints))
    first = hints.read_bytes()
    run("check", str(book), "--fix-hints", str(hints))

    assert hints.read_bytes() == first
    assert list(tmp_path.glob("*.tmp")) == []


def test_what_somebody_filled_in_is_left_alone(
    write: Write, run: Run, tmp_path: Path
) -> None:
    hints = tmp_path / "hints.xlsx"
    book = write()
    run("check", str(book), "--fix-hints", str(hints))
    filled = openpyxl.load_workbook(hints)
    filled.worksheets[0]["G2"] = "Answer 95 % of calls within 20 seconds"
    filled.save(hints)
    before = hints.read_bytes()

    result = run("check", str(book), "--fix-hints", str(hints))

    assert result.exit_code == 2
    assert "F141" in result.stderr
    assert hints.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"my notes"])
def test_somebody_elses_file_is_left_alone(
    content: bytes, write: Write, run: Run, tmp_path: Path
) -> None:
    hints = tmp_path / "hints.xlsx"
    hints.write_bytes(content)

    result = run("check", str(write()), "--fix-hints", str(hints))

    assert result.exit_code == 2
    assert "F141" in result.stderr
    assert hints.read_bytes() == content


def test_the_source_itself_is_never_the_fill_in_sheet(write: Write, run: Run) -> None:
    book = write()
    before = book.read_bytes()

    result = run("check", str(book), "--fix-hints", str(book))

    assert result.exit_code == 2
    assert "F141" in result.stderr
    assert book.read_bytes() == before
