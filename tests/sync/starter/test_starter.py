"""The starter workbook: understood in whole, free of findings, kind to whoever types."""

import json
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.cli import cli
from sync.starter.book import starter_book
from sync.starter.columns import TABLES
from sync.wording import LANGS, Lang

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Without a configuration letters go into the folder that one is in.
    monkeypatch.chdir(tmp_path)


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words])


@pytest.fixture(params=LANGS)
def starter(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "goals.xlsx"
    path.write_bytes(starter_book(request.param, TODAY))
    return path


def test_every_column_is_recognised_and_every_table_is_what_it_says(
    starter: Path,
) -> None:
    tables = json.loads(run("columns", starter, "--json").stdout)["tables"]
    found = {table["kind"]: table["columns"] for table in tables}

    assert list(found) == [
        "people",
        "goals",
        "ratings",
        "feedback",
        "checkins",
        "actions",
    ]
    assert {kind: len(columns) for kind, columns in found.items()} == {
        kind: len(table.columns) for kind, table in zip(found, TABLES, strict=True)
    }
    for columns in found.values():
        assert [one["header"] for one in columns if not one["field"]] == []
        assert min(one["confidence"] for one in columns) > 0.6


def test_it_has_no_finding_and_is_synced_twice_the_second_time_for_nothing(
    starter: Path,
) -> None:
    checked = run("check", starter, "--json")

    assert checked.exit_code == 0
    assert json.loads(checked.stdout)["findings"] == []
    assert run("sync", starter, "--yes", "--as-of", "2026-11-22").exit_code == 0

    once = starter.read_bytes()

    assert run("sync", starter, "--yes", "--as-of", "2026-11-22").exit_code == 0
    assert starter.read_bytes() == once


@settings(max_examples=15, deadline=None)
@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)), st.sampled_from(LANGS))
def test_no_example_is_overdue_on_the_day_it_is_made(today: date, lang: Lang) -> None:
    book = openpyxl.load_workbook(BytesIO(starter_book(lang, today)))
    goals: Any = book.worksheets[2]
    heads = [cell.value for cell in goals[3]]
    at = heads.index("截止日期" if lang == "zh" else "Due date")
    due = [row[at].value.date() for row in goals.iter_rows(min_row=4)]

    assert min(due) >= today + timedelta(days=100)


def test_lists_help_and_colours_reach_below_the_examples(starter: Path) -> None:
    book = openpyxl.load_workbook(starter)
    goals: Any = book.worksheets[2]
    lists = [
        str(one.sqref)
        for one in goals.data_validations.dataValidation
        if one.type == "list"
    ]

    assert goals.freeze_panes == "D4"
    assert goals.print_title_rows == "$3:$3"
    assert goals.page_setup.fitToHeight == 0
    assert len(lists) == 2
    assert all(":" in one and int(one.rpartition(":")[2][1:]) > 500 for one in lists)
    assert goals.conditional_formatting
    assert list(goals.tables) == ["Goals"]


def test_the_same_day_gives_the_same_bytes() -> None:
    assert starter_book("zh", TODAY) == starter_book("zh", TODAY)


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    made = run("init", "--new", path, "--lang", "en")
    path.write_bytes(b"mine")
    again = run("init", "--new", path)

    assert made.exit_code == 0
    assert "followup check" in made.stdout
    assert "exists already" in again.stderr
    assert path.read_bytes() == b"mine"
    assert run("init", "--new", tmp_path / "new.csv").exit_code == 2
    assert run("init", path, "--new", tmp_path / "b.xlsx").exit_code == 2


def test_it_keeps_to_the_schema_of_the_format(starter: Path) -> None:
    validator = pytest.importorskip("openxml_audit").OpenXmlValidator(max_errors=0)

    assert [one.description for one in validator.validate(str(starter)).errors] == []
