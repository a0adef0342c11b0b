"""People sort, insert, delete and rename in the very moment in which we write."""

import random
import threading
from collections.abc import Mapping

import pytest

from sync.errors import ChangedSinceReadError
from sync.workbooks.google.workbook import Mode
from tests.sheets_server import edits
from tests.sheets_server.edits import Edit
from tests.sheets_server.server import SheetFile, SheetsServer
from tests.sync.workbooks.google.conftest import BOT, Open
from tests.sync.workbooks.google.race import (
    HEAD,
    WRITES,
    Remembered,
    Result,
    change_figures,
    misplaced,
    race,
    scenarios,
    spreadsheet,
    sync,
)

N = 12
MODES: tuple[Mode, ...] = ("lookup", "direct")


def established(
    server: SheetsServer, open_sheet: Open, mode: Mode
) -> tuple[SheetFile, Remembered]:
    """A sheet that was synced once and has new figures since."""
    file = spreadsheet(server, N, BOT)
    intention, _ = sync(open_sheet(file, mode), {})
    change_figures(file, N)
    return file, intention.texts


@pytest.mark.parametrize("mode", MODES)
def test_no_status_stands_beside_another_goal_whatever_people_do_meanwhile(
    sheets_server: SheetsServer, open_sheet: Open, mode: Mode
) -> None:
    file, texts = established(sheets_server, open_sheet, mode)
    start = file.book.copy()
    results: dict[str, Result] = {}
    for name, edit in scenarios(N).items():
        file.keep(start.copy())
        results[name] = race(
            sheets_server,
            file,
            lambda: sync(open_sheet(file, mode), texts)[1],
            [(WRITES, 0, edit)] if edit else [],
        )

    assert len(results) == 11
    assert {n: r for n, r in results.items() if r.wrong or r.missing or r.error} == {}
    assert {n: r.destroyed for n, r in results.items() if r.destroyed} == {}
    assert max(r.calls for r in results.values()) <= 4


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "name",
    [
        "none",
        "sort by name",
        "delete row",
        "insert column left",
        "insert row and sort",
        "edit one key",
    ],
)
def test_the_first_sync_puts_columns_in_where_nobody_typed(
    sheets_server: SheetsServer, open_sheet: Open, mode: Mode, name: str
) -> None:
    file = spreadsheet(sheets_server, N, BOT)
    edit = scenarios(N)[name]

    result = race(
        sheets_server,
        file,
        lambda: sync(open_sheet(file, mode), {})[1],
        # The first write only asks whether this account may write.
        [(WRITES, 1, edit)] if edit else [],
    )

    assert (result.wrong, result.missing, result.destroyed) == (0, 0, 0), result
    assert not result.error
    assert result.calls <= 4


@pytest.mark.parametrize("mode", MODES)
def test_a_first_sync_too_large_for_one_call_puts_its_columns_in_by_one(
    sheets_server: SheetsServer,
    open_sheet: Open,
    mode: Mode,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("change", "transaction", "results"):
        monkeypatch.setattr(f"sync.workbooks.google.{module}.MAX_BYTES", 2_000)
    file = spreadsheet(sheets_server, N, BOT)
    between = [(WRITES, n, edits.insert_column(n, ["New"])) for n in (1, 2, 3)]

    result = race(
        sheets_server, file, lambda: sync(open_sheet(file, mode), {})[1], between
    )
    inserting = [
        entry
        for entry in sheets_server.log
        if any(
            "insertDimension" in one for one in (entry.body or {}).get("requests", ())
        )
    ]

    assert len(inserting) == 1
    assert (result.wrong, result.destroyed) == (0, 0), result
    assert not result.error


def test_a_row_put_in_above_the_header_moves_the_new_columns_headers_along(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    file = spreadsheet(sheets_server, N, BOT)
    title = edits.insert_rows(0, [["Goals of this year"]])

    race(
        sheets_server,
        file,
        lambda: sync(open_sheet(file), {})[1],
        [(WRITES, 1, title)],
    )

    assert file.rows("Goals")[1][len(HEAD)] == "Follow-up"
    assert file.rows("Goals")[0] == ["Goals of this year"]
    again, _ = sync(open_sheet(file), {})
    assert not any(column.is_new for column in again.plan.columns)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("seed", range(4))
def test_edits_at_random_moments_harm_nothing(
    sheets_server: SheetsServer, open_sheet: Open, mode: Mode, seed: int
) -> None:
    file, texts = established(sheets_server, open_sheet, mode)
    chance = random.Random(seed)
    between: list[tuple[str, int, Edit]] = [
        (
            WRITES,
            chance.randrange(2),
            edits.at_random(seed * 7 + at, columns=range(len(HEAD))),
        )
        for at in range(2)
    ]

    result = race(
        sheets_server, file, lambda: sync(open_sheet(file, mode), texts)[1], between
    )

    assert (result.wrong, result.missing, result.destroyed) == (0, 0, 0), result
    assert not result.error


def test_of_four_runs_at_once_one_writes_and_the_others_say_so(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    file, texts = established(sheets_server, open_sheet, "lookup")
    together = threading.Barrier(4)
    outcomes: list[Mapping[str, str] | Exception] = []

    def run() -> None:
        workbook = open_sheet(file)
        commit = workbook.commit

        def when_all_have_read(plan: object) -> object:
            together.wait()
            return commit(plan)  # type: ignore[arg-type]

        workbook.commit = when_all_have_read  # type: ignore[assignment,method-assign]
        try:
            outcomes.append(sync(workbook, texts)[1])
        except ChangedSinceReadError as problem:
            outcomes.append(problem)

    runs = [threading.Thread(target=run) for _ in range(4)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()

    winners = [one for one in outcomes if not isinstance(one, Exception)]
    assert len(outcomes) == 4
    assert len(winners) == 1
    assert misplaced(file, winners[0]) == (0, 0)
    assert "another run" in str(next(o for o in outcomes if isinstance(o, Exception)))
