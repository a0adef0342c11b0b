"""A small workbook of our own, and the command line to try it with."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from sync.cli import cli

HEADS = [
    "ID",
    "Employee",
    "Goal",
    "Target",
    "Actual",
    "Weight",
    "Start",
    "Due",
    "Status",
]
GOALS: list[list[Any]] = [
    ["G-1", "Ann Lee", "Open two stores in the North by December", 2, 1, 0.6,
     date(2026, 1, 1), date(2026, 12, 31), "On track"],
    ["G-2", "Ann Lee", "Cut returns from 6 % to 3 %", "3%", "5%", 0.4,
     date(2026, 1, 1), date(2026, 6, 30), "On track"],
    ["G-3", "Bo Chen", "Improve service", None, None, 1, date(2026, 1, 1), None, ""],
]  # fmt: skip

Write = Callable[..., Path]
Run = Callable[..., Result]


@pytest.fixture
def sheet() -> list[list[Any]]:
    """The rows of the small workbook, header first."""
    return [[*HEADS], *([*goal] for goal in GOALS)]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows into a workbook as an HR colleague would have them."""

    def _write(
        rows: Sequence[Sequence[Any]] = (HEADS, *GOALS),
        name: str = "goals.xlsx",
        sheet: str = "Goals",
    ) -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as book:
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            tab = book.add_worksheet(sheet)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    style = day if isinstance(value, date) else None
                    tab.write(number, column, value, style)
        return path

    return _write


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Without a configuration letters go into the folder that one is in.
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run() -> Run:
    """Run a command in an empty folder; it ends as on a terminal."""

    def _run(
        *words: str | Path, stdin: str | None = None, color: bool = False
    ) -> Result:
        runner = CliRunner()
        result = runner.invoke(
            cli,
            [str(word) for word in words],
            input=stdin,
            color=color,
            standalone_mode=False,  # as in `main`: click would lose the exit code
        )
        if isinstance(result.exception, click.ClickException):
            result.exit_code = result.exception.exit_code
            result.stderr_bytes = result.exception.format_message().encode()
        elif result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        elif isinstance(result.return_value, int):
            result.exit_code = result.return_value
        return result

    return _run
