"""How long what goals were is remembered, and what outlives it."""

import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.assess.model import Observation
from sync.history.store import History, RunRecord
from sync.records.model import Status

BOOK, OTHER = "/hr/目标.xlsx", "/hr/other.xlsx"
DAY = date(2026, 6, 30)


def seen(on: date, progress: float | None = 0.5) -> Observation:
    return Observation(on=on, status=Status.ON_TRACK, progress=progress)


def run(on: date, **goals: Observation) -> RunRecord:
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    return RunRecord(as_of=on, started_at=at, finished_at=at, goals=goals)


@dataclass(frozen=True)
class Told:
    key: str
    state: str = "written"
    path: Path | None = None


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


def test_what_is_older_than_the_limit_is_forgotten_and_the_rest_stays(
    path: Path,
) -> None:
    with History.open(str(path), keep_days=90) as history:
        for ago, progress in ((200, 0.1), (120, 0.3), (60, 0.3), (30, 0.6), (0, 0.6)):
            day = DAY - timedelta(ago)
            history.record(BOOK, run(day, a=seen(day, progress)))
        line = history.goal_line(BOOK, "a")
        runs = history.runs(BOOK)

    assert [(one.on, one.progress) for one in line] == [
        (DAY - timedelta(90), 0.3),
        (DAY - timedelta(60), 0.3),
        (DAY - timedelta(30), 0.6),
        (DAY, 0.6),
    ]
    assert len(runs) == 5


def test_without_a_limit_nothing_is_forgotten(path: Path) -> None:
    with History.open(str(path)) as history:
        history.record(BOOK, run(DAY - timedelta(3000), a=seen(DAY)))
        history.record(BOOK, run(DAY, a=seen(DAY, 0.9)))

        assert len(history.goal_line(BOOK, "a")) == 2


def test_what_was_counted_goes_with_its_days(path: Path) -> None:
    with History.open(str(path), keep_days=90) as history:
        for ago in (200, 60, 0):
            one = run(DAY - timedelta(ago))
            history.record(BOOK, replace(one, figures={"goals_silent": (1, 2)}))
        (known,) = history.past(BOOK, DAY + timedelta(1)).figures.values()

    assert [point.on for point in known] == [DAY - timedelta(60), DAY]


def test_another_workbook_keeps_its_own_time(path: Path) -> None:
    with History.open(str(path), keep_days=90) as history:
        history.record(OTHER, run(DAY - timedelta(200), a=seen(DAY)))
        history.record(BOOK, run(DAY, a=seen(DAY)))

        assert len(history.goal_line(OTHER, "a")) == 1


def test_old_letters_keep_their_keys_and_lose_whom_they_were_for(path: Path) -> None:
    with History.open(str(path), keep_days=90) as history:
        for key, ago in (("old", 200), ("new", 2)):
            at = datetime(2026, 6, 30, tzinfo=UTC) - timedelta(ago)
            receipt = Told(key)
            history.remember_letters(BOOK, [receipt], at)
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE followup_letter SET recipient = 'ann@x.com'")
        connection.close()
        history.record(BOOK, run(DAY, a=seen(DAY)))
        known = {one.key: one.recipient for one in history.letters(BOOK)}

        assert history.told(["old", "new"]) == {"old", "new"}
    assert known == {"old": "", "new": "ann@x.com"}


@given(
    days=st.lists(st.integers(0, 40), min_size=1, max_size=15),
    values=st.lists(st.sampled_from([0.1, 0.2]), min_size=15, max_size=15),
    keep=st.integers(1, 30),
)
def test_what_is_kept_is_what_a_history_without_a_limit_knows_of_those_days(
    days: list[int], values: list[float], keep: int
) -> None:
    with History.open("sqlite://", keep) as kept, History.open("sqlite://") as whole:
        days = sorted(set(days))
        for n, value in zip(days, values, strict=False):
            on = DAY + timedelta(n)
            for history in (kept, whole):
                history.record(BOOK, run(on, a=seen(on, value)))
        limit = DAY + timedelta(days[-1] - keep)
        after = DAY + timedelta(50)
        found = kept.past(BOOK, after).goals["a"]
        wanted = whole.past(BOOK, after).goals["a"]

    assert [one for one in found if one.on > limit] == [
        one for one in wanted if one.on > limit
    ]
    assert all(one.on >= limit for one in found)
