"""The log of runs: whole lines, private files, and never too much of it."""

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.schedule import log
from sync.schedule.log import write_line

AT = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_lines_of_runs_at_the_same_time_do_not_mix(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as runs:
        for n in range(200):
            runs.submit(write_line, tmp_path, AT, "finished", {"n": n})
    found = lines(tmp_path / log.NAME)

    assert sorted(line["n"] for line in found if isinstance(line["n"], int)) == list(
        range(200)
    )
    assert {line["at"] for line in found} == {AT.isoformat()}


def test_old_lines_are_put_away_and_the_oldest_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "MOST_BYTES", 1)
    for n in range(8):
        write_line(tmp_path, AT, "finished", {"n": n})
    names = sorted(path.name for path in tmp_path.iterdir())

    assert names == ["runs.1.jsonl", *(f"runs.{n}.jsonl" for n in (2, 3, 4)), log.NAME]
    assert [lines(tmp_path / name)[0]["n"] for name in names] == [6, 5, 4, 3, 7]
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {
            0o600
        }


def test_no_fact_can_take_the_place_of_when_and_what(tmp_path: Path) -> None:
    write_line(tmp_path, AT, "finished", {"event": "x", "at": "y"})

    assert lines(tmp_path / log.NAME) == [{"at": AT.isoformat(), "event": "finished"}]
