"""The file for Prometheus: read by its own parser, and never half there."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from sync.schedule.metrics import Figures, exposition, write_metrics

AT = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
FINE = Figures(
    job="followup-0a1b2c3d",
    ended_at=AT,
    seconds=8.25,
    exit_code=0,
    succeeded_at=AT,
    counts={"goals": 180, "cells": 14},
)


def values(text: str) -> dict[str, float]:
    return {
        sample.name + sample.labels.get("what", ""): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_prometheus_reads_every_figure() -> None:
    assert values(exposition(FINE)) == {
        "followup_last_run_timestamp_seconds": AT.timestamp(),
        "followup_last_run_duration_seconds": 8.25,
        "followup_last_run_exit_code": 0,
        "followup_last_success_timestamp_seconds": AT.timestamp(),
        "followup_last_run_countcells": 14,
        "followup_last_run_countgoals": 180,
    }


def test_a_job_that_never_succeeded_tells_no_time_of_success() -> None:
    failed = Figures(job="j", ended_at=AT, seconds=0, exit_code=2, succeeded_at=None)

    assert not any("success" in name for name in values(exposition(failed)))


def test_a_write_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "followup.prom"
    write_metrics(path, FINE)
    before = path.read_text()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_metrics(
            path,
            Figures(job="j", ended_at=AT, seconds=0, exit_code=2, succeeded_at=None),
        )

    assert path.read_text() == before
    assert list(tmp_path.iterdir()) == [path]
