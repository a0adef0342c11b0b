"""The two stories the demo tells, from syncs that were really done."""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result

Run = Callable[..., Result]

pytestmark = pytest.mark.filterwarnings(r"ignore:.*extension is not supported")


def test_the_shops_recover_after_talks_and_an_adjusted_target(
    run: Run, tmp_path: Path
) -> None:
    text = run("demo", "shops", "--lang", "en", "--as-of", "2026-11-18").stdout
    (path,) = tmp_path.glob("shops/*.xlsx")
    board = openpyxl.load_workbook(path)["Follow-up board"]
    cells = [str(cell) for row in board.iter_rows(values_only=True) for cell in row]

    assert text.count("goals behind or overdue") == 9
    assert (
        "Ben Whitfield: “Raise South Road's monthly sales from 210k to 236k” has recovered"
        in text
    )
    assert "target changed from “210” to “204” (Metro works" in text
    assert "Metro works: a third fewer people pass by (agreed by Grace Okafor)" in cells
    assert "goals behind or overdue" in cells
    assert any("points a week" in cell for cell in cells)


def test_feedback_leads_to_actions_and_is_measured_again(
    run: Run, tmp_path: Path
) -> None:
    text = run(
        *("demo", "tech", "--lang", "en", "--case", "tech", "--as-of", "2026-11-18")
    ).stdout
    lines = [line for line in text.splitlines() if "360 feedback (" in line]

    assert len(lines) == 2
    for line in lines:
        told = [one for one in line.split("; ") if "360 feedback (" in one]

        assert any("came in for Felix" in one for one in told)
        assert not any(re.search(r"\d\.\d", one) for one in told)

    assert "action done: Post-mortem within 48 hours" in text

    (path,) = tmp_path.glob("tech/*.xlsx")
    (history,) = tmp_path.glob("tech/*.sqlite3")
    config = tmp_path / "config.toml"
    config.write_text(f'[history]\nurl = "sqlite:///{history}"\n', encoding="utf-8")
    found = json.loads(
        run(
            *("--config", config, "status", path, "--as-of", "2026-11-18", "--json")
        ).stdout
    )
    trend = next(one for one in found["trends"] if one["name"] == "goals_red")

    assert len(trend["points"]) >= 6


def test_the_board_counts_points_behind_as_the_sheet_does(
    run: Run, tmp_path: Path
) -> None:
    run("demo", "shops", "--lang", "en", "--as-of", "2026-11-18")
    (path,) = tmp_path.glob("shops/*.xlsx")
    book = openpyxl.load_workbook(path)
    rows = [row for tab in book for row in tab.iter_rows(values_only=True)]
    why = [str(cell) for row in rows for cell in row if cell]
    told = re.compile(r"“(.+?)” is (\d+)% done, (\d+) points behind")
    found = {match.groups() for cell in why for match in told.finditer(cell)}

    assert len(found) > 5
    for title, done, gap in found:
        (row,) = (row for row in book["Goals"].iter_rows() if _titled(row, title))
        sentence = " ".join(str(cell.value) for cell in row)

        assert f"{done}% done, " in sentence
        assert f", {gap} points behind" in sentence


def _titled(row: Sequence[Any], title: str) -> bool:
    behind = any("Behind" in str(cell.value) for cell in row)
    return behind and any(cell.value == title for cell in row)
