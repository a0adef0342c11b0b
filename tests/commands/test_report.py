"""``followup report``: one page, or the same as figures."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest


def test_the_page_lies_in_this_folder_under_an_ascii_name(
    run: Any, write: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("report", str(write()), "--as-of", "2026-11-22")
    path = tmp_path / "followup-report-2026-11-22.html"

    assert result.exit_code == 0
    assert result.stdout.strip() == str(path)
    assert "Open two stores in the North" in path.read_text("utf-8")


def test_the_workbook_stays_as_it_was(run: Any, write: Any, tmp_path: Path) -> None:
    workbook: Path = write()
    before = workbook.read_bytes()
    run("report", str(workbook), "--out", str(tmp_path / "r.html"))

    assert workbook.read_bytes() == before


def test_an_employees_page_holds_nobody_elses_goal(
    run: Any, write: Any, tmp_path: Path
) -> None:
    out = tmp_path / "r.html"
    run("report", str(write()), "--audience", "employee:Bo Chen", "--out", str(out))
    html = out.read_text("utf-8")

    assert "Improve service" in html
    assert not re.search("Ann Lee|Open two stores|Cut returns", html)


def test_an_unknown_reader_leaves_no_file(run: Any, write: Any, tmp_path: Path) -> None:
    out = tmp_path / "r.html"
    result = run("report", str(write()), "--audience", "employee:Cy", "--out", str(out))

    assert result.exit_code == 2
    assert "C001" in result.stderr
    assert not out.exists()


def test_the_same_as_figures(
    run: Any, write: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    workbook = str(write())
    found = json.loads(run("report", workbook, "--json").stdout)
    rows = list(csv.DictReader(io.StringIO(run("report", workbook, "--csv").stdout)))

    assert found["goals"] == 3
    assert sum(int(row["value"]) for row in rows if row["section"] == "status") == 3
    assert run("report", workbook, "--csv", "--json").exit_code != 0
    assert run("report", workbook, "--csv", "--out", "x.csv").exit_code != 0
    assert [one.name for one in tmp_path.glob("*.html")] == []
