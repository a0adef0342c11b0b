"""What is remembered of a workbook that has another name now."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sync.assess.model import Observation
from sync.history.store import History, RunRecord
from sync.records.model import Status

AT = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
DAY = date(2026, 6, 30)
LATER = date(2026, 7, 7)
TEXTS = {("G1", "why"): "50 % done [on-track]"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


@contextmanager
def remembering(path: Path) -> Iterator[History]:
    """A history that knows one workbook."""
    with History.open(str(path)) as opened:
        seen = Observation(on=DAY, status=Status.BEHIND, progress=0.2)
        opened.record(
            "/hr/a.xlsx",
            RunRecord(
                as_of=DAY,
                started_at=AT,
                finished_at=AT,
                goals={"G1": seen},
                figures={"people_missing_talks": (1, 4)},
            ),
        )
        opened.remember_written("/hr/a.xlsx", TEXTS)
        yield opened


def test_a_moved_source_keeps_everything_under_its_new_name(path: Path) -> None:
    with remembering(path) as history:
        history.lineage.moved("/hr/a.xlsx", "/hr/b.xlsx")

        assert history.lineage.locators() == ("/hr/b.xlsx",)
        assert history.past("/hr/b.xlsx", LATER).goals.keys() == {"G1"}
        assert history.written("/hr/b.xlsx") == TEXTS
        assert history.written("/hr/a.xlsx") == {}


def test_letters_know_a_source_by_its_first_name(path: Path) -> None:
    with remembering(path) as history:
        history.lineage.moved("/hr/a.xlsx", "/hr/b.xlsx")
        history.lineage.moved("/hr/b.xlsx", "/hr/c.xlsx")
        history.lineage.copied("/hr/c.xlsx", "/hr/d.xlsx")

        assert history.identity("/hr/c.xlsx") == "/hr/a.xlsx"
        assert history.identity("/hr/d.xlsx") == "/hr/a.xlsx"
        assert history.identity("/hr/other.xlsx") == "/hr/other.xlsx"


def test_a_copy_begins_with_the_past_and_changes_it_for_itself(path: Path) -> None:
    with remembering(path) as history:
        history.lineage.copied("/hr/a.xlsx", "/hr/b.xlsx")
        history.remember_written("/hr/b.xlsx", {})

        assert history.past("/hr/b.xlsx", LATER) == history.past("/hr/a.xlsx", LATER)
        assert "people_missing_talks" in history.past("/hr/b.xlsx", LATER).figures
        assert history.written("/hr/a.xlsx") == TEXTS


def test_a_known_name_is_never_taken_over(path: Path) -> None:
    with remembering(path) as history:
        history.remember_written("/hr/b.xlsx", {("G2", "why"): "x [closed]"})
        history.lineage.moved("/hr/a.xlsx", "/hr/b.xlsx")
        history.lineage.copied("/hr/nobody.xlsx", "/hr/c.xlsx")

        assert set(history.lineage.locators()) == {"/hr/a.xlsx", "/hr/b.xlsx"}
        assert history.written("/hr/a.xlsx") == TEXTS
