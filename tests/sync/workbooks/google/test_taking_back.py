"""The last write to a Google Sheet taken back while people go on typing in it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from sync import pipeline
from sync.assess.model import Past
from sync.config.model import Config
from sync.history.store import History
from sync.undo import NothingToUndoError, undo
from tests.sheets_server.server import SheetsServer

SOURCE = "sheet"
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def sync(workbook: Any, history: History, today: date) -> None:
    config = Config()
    understood = pipeline.understand(workbook, config, ())
    judged = pipeline.judge(understood, config, past=Past(), today=today)
    intention = pipeline.plan(understood, judged, config, history.written(SOURCE))
    pipeline.commit(
        workbook,
        intention,
        judged,
        history,
        source=SOURCE,
        started_at=AT,
        finished_at=AT,
    )


def ours(workbook: Any) -> dict[tuple[int, str], Any]:
    """Row and key of each cell in our columns → what it shows."""
    sheet = workbook.snapshot().sheets[0]
    return {
        (row.number, mark.key): sheet.value(row.number, mark.column)
        for mark in sheet.own
        for row in sheet.rows
        if row.number > mark.row
    }


@pytest.fixture
def goals() -> list[list[Any]]:
    head = ["Goal ID", "Employee", "Goal", "Target", "Actual", "Due"]
    return [head, *([f"G-{n}", f"Ann {n}", f"Win {n + 3} new customers", 10 + n, n,
                     "2026-12-31"] for n in range(1, 5))]  # fmt: skip


def test_only_the_last_of_two_writes_is_taken_back(
    sheets_server: SheetsServer, open_sheet: Any, goals: Any
) -> None:
    file = sheets_server.spreadsheet({"Goals": goals})
    file.share("followup@tests.iam.gserviceaccount.com", "writer")
    with History.open("sqlite://") as history:
        sync(open_sheet(file), history, date(2026, 3, 1))
        first = ours(open_sheet(file))
        sync(open_sheet(file), history, date(2026, 12, 31))
        second = ours(open_sheet(file))
        undo(open_sheet(file), Config(), (), history, source=SOURCE, at=AT)
        back = ours(open_sheet(file))
        with pytest.raises(NothingToUndoError):
            undo(open_sheet(file), Config(), (), history, source=SOURCE, at=AT)

    assert first
    assert first != second
    assert back == first
