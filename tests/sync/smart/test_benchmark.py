"""Published goals: the SMART version has to score above the vague one."""

import hashlib
import json
from pathlib import Path

import pytest

from sync.smart.score import GOOD
from sync.smart.text import lint_text

GOALS = Path(__file__).resolve().parents[3] / "../shared/data/smart_goals.jsonl"
pytestmark = pytest.mark.skipif(not GOALS.exists(), reason="published goals absent")

Row = dict[str, str | None]


def _rows(part: str) -> list[Row]:
    lines = GOALS.read_text(encoding="utf-8").splitlines()
    rows: list[Row] = [json.loads(line) for line in lines]
    return [row for row in rows if part in ("all", _part(row))]


def _part(row: Row) -> str:
    """Hold out a third, chosen by the id alone."""
    digest = hashlib.sha256(str(row["id"]).encode()).hexdigest()
    return "held out" if int(digest, 16) % 3 == 0 else "developed on"


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


@pytest.mark.parametrize("part", ["all", "developed on", "held out"])
def test_the_smart_version_scores_above_the_vague_one(part: str) -> None:
    wins = [
        lint_text(row["good"]).score > lint_text(row["bad"]).score
        for row in _rows(part)
        if row["good"] and row["bad"]
    ]

    assert _share(wins) >= 0.95


@pytest.mark.parametrize("part", ["all", "developed on", "held out"])
def test_single_goals_fall_on_the_right_side_of_the_line(part: str) -> None:
    rows = _rows(part)
    bad = [lint_text(r["bad"]).score < GOOD for r in rows if r["bad"] and not r["good"]]
    good = [
        lint_text(r["good"]).score >= GOOD for r in rows if r["good"] and not r["bad"]
    ]

    assert _share(bad) >= 0.90
    assert _share(good) >= 0.85


@pytest.mark.parametrize("part", ["all", "developed on", "held out"])
def test_the_letters_that_the_source_misses_are_named(part: str) -> None:
    named = [
        letter in lint_text(row["bad"]).missing
        for row in _rows(part)
        if row["bad"] and row["missing"]
        for letter in row["missing"]
    ]

    assert _share(named) >= 0.85
