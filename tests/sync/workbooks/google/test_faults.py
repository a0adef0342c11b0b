"""Everything that can go wrong with an answer, at every call of a sync."""

import time

import pytest

from sync.errors import UnreachableError
from sync.workbooks.google.timing import Timing
from sync.workbooks.google.workbook import Mode
from tests.sheets_server.faults import Fault, Kind
from tests.sheets_server.server import SheetFile, SheetsServer
from tests.sync.workbooks.google.conftest import BOT, Open
from tests.sync.workbooks.google.race import (
    Remembered,
    change_figures,
    misplaced,
    spreadsheet,
    sync,
)

N = 8
FAULTS = {
    "429": Fault(Kind.STATUS, status=429, retry_after=0),
    "500": Fault(Kind.STATUS, status=500),
    "503": Fault(Kind.STATUS, status=503, times=2),
    "html": Fault(Kind.HTML, status=502),
    "reset": Fault(Kind.RESET),
    "truncated": Fault(Kind.TRUNCATED),
    "lost to reset": Fault(Kind.LOST_TO_RESET),
    "lost to status": Fault(Kind.LOST_TO_STATUS, times=2),
}


def fresh(name: str, skip: int) -> Fault:
    known = FAULTS[name]
    return Fault(
        known.kind,
        status=known.status,
        times=known.times,
        retry_after=known.retry_after,
        skip=skip,
    )


def established(
    server: SheetsServer, open_sheet: Open, mode: Mode
) -> tuple[SheetFile, Remembered]:
    file = spreadsheet(server, N, BOT)
    intention, _ = sync(open_sheet(file, mode), {})
    change_figures(file, N)
    return file, intention.texts


def n_commits(file: SheetFile) -> int:
    marks = [one for one in file.book.metadata if one.key == "followup.commit"]

    assert len(marks) == 1

    return marks[0].id


@pytest.mark.parametrize("mode", ["lookup", "direct"])
def test_a_sync_survives_every_fault_at_every_call_and_writes_once(
    sheets_server: SheetsServer, open_sheet: Open, mode: Mode
) -> None:
    file, texts = established(sheets_server, open_sheet, mode)
    start, before = file.book.copy(), n_commits(file)
    n_calls = 2 if mode == "lookup" else 3
    for call in range(n_calls):
        for name in FAULTS:
            file.keep(start.copy())
            sheets_server.fail(fresh(name, skip=call))
            _, statuses = sync(open_sheet(file, mode), texts)

            assert misplaced(file, statuses) == (0, 0), (name, call)
            assert n_commits(file) == before + 1, (name, call)
            assert sheets_server.faults[-1].hits, (name, call)
            again, _ = sync(open_sheet(file, mode), texts)
            assert not again.plan.edits, (name, call)


def test_the_first_sync_adds_its_columns_once_although_the_answer_was_lost(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    file = spreadsheet(sheets_server, N, BOT)
    sheets_server.fail(Fault(Kind.LOST_TO_STATUS, match=":batchUpdate", skip=1))
    _, statuses = sync(open_sheet(file), {})

    assert misplaced(file, statuses) == (0, 0)
    assert file.rows("Goals")[0].count("Follow-up") == 1
    assert [sheet.title for sheet in file.book.sheets].count("_followup") == 1


def test_a_server_that_says_nothing_is_given_up_in_bounded_time(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    file = spreadsheet(sheets_server, N, BOT)
    sheets_server.fail(Fault(Kind.SLOW, seconds=1.0, times=99))
    timing = Timing(silence=0.1, tries=2, first_wait=0.001)
    started = time.monotonic()

    with pytest.raises(UnreachableError, match="does not answer"):
        open_sheet(file, timing=timing).snapshot()
    assert time.monotonic() - started < 3
    # Its threads still sleep; they must not meet the next test's server.
    time.sleep(1.0)


def test_a_server_that_is_down_is_given_up_and_nothing_is_written(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    file, texts = established(sheets_server, open_sheet, "lookup")
    before = file.rows("Goals"), file.rows("_followup")
    sheets_server.fail(Fault(Kind.STATUS, match=":batchUpdate", times=99))

    with pytest.raises(UnreachableError):
        sync(open_sheet(file), texts)
    assert (file.rows("Goals"), file.rows("_followup")) == before
