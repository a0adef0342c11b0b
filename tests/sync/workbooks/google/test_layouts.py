"""Sheets as people lay them out, and what people do to our columns."""

from dataclasses import replace
from typing import Any

import pytest

from sync.workbooks.google.workbook import Mode
from tests.sheets_server import edits
from tests.sheets_server.book import Book
from tests.sheets_server.cells import Metadata
from tests.sheets_server.server import SheetFile, SheetsServer
from tests.sync.workbooks.google.conftest import BOT, Open
from tests.sync.workbooks.google.race import (
    HEAD,
    change_figures,
    misplaced,
    spreadsheet,
    sync,
    table,
)

N = 6
STATUS = len(HEAD)
MODES: tuple[Mode, ...] = ("lookup", "direct")


def made(server: SheetsServer, rows: list[list[Any]], **options: Any) -> SheetFile:
    file = server.spreadsheet({"Goals": rows}, **options)
    file.tab().resize(rows=len(rows) + 20)
    file.share(BOT, "writer")
    return file


def renamed(rows: list[list[Any]], letter: str) -> list[list[Any]]:
    return [rows[0], *([row[0].replace("G", letter), *row[1:]] for row in rows[1:])]


@pytest.mark.parametrize("mode", MODES)
def test_two_tables_one_below_the_other_keep_their_statuses_apart(
    sheets_server: SheetsServer, open_sheet: Open, mode: Mode
) -> None:
    below = renamed(table(N), "H")
    rows = [*table(N), [], ["Goals of the second team"], *below]
    file = made(sheets_server, rows)
    first, statuses = sync(open_sheet(file, mode), {})
    shown = {
        row[0]: row[STATUS]
        for row in file.rows("Goals")
        if len(row) > STATUS and row[0] in statuses
    }

    assert shown == statuses
    assert len(statuses) == 2 * N
    assert not sync(open_sheet(file, mode), first.texts)[0].plan.edits
    file.edit(edits.type_value(2, HEAD.index("Actual"), 20))
    file.edit(edits.type_value(N + 5, HEAD.index("Actual"), 20))
    _, statuses = sync(open_sheet(file, mode), first.texts)
    after = {
        row[0]: row[STATUS]
        for row in file.rows("Goals")
        if row[:1] != [] and row[0] in statuses
    }

    assert after == statuses


@pytest.mark.parametrize("locale", ["de_DE", "tr_TR", "zh_CN", "ja_JP"])
def test_the_formulas_are_understood_in_every_locale(
    sheets_server: SheetsServer, open_sheet: Open, locale: str
) -> None:
    file = made(sheets_server, table(N), locale=locale)
    _, statuses = sync(open_sheet(file), {})

    assert misplaced(file, statuses) == (0, 0)
    assert file.tab("Goals").conditional_formats


@pytest.mark.parametrize("mode", MODES)
def test_a_grid_without_a_free_column_grows(
    sheets_server: SheetsServer, open_sheet: Open, mode: Mode
) -> None:
    file = spreadsheet(sheets_server, N, BOT)
    file.tab("Goals").resize(columns=len(HEAD))
    _, statuses = sync(open_sheet(file, mode), {})

    assert misplaced(file, statuses) == (0, 0)


def test_what_stands_right_of_the_table_on_other_rows_is_not_pushed_into(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    rows = table(N)
    far: list[Any] = [*([None] * (len(HEAD) + 1)), "legend", "of colours"]
    file = made(sheets_server, [*rows, [], far])
    _, statuses = sync(open_sheet(file), {})
    shown = file.rows("Goals")

    assert shown[-1][len(HEAD) + 1 : len(HEAD) + 3] == ["legend", "of colours"]
    assert shown[0].index("Follow-up") == len(HEAD) + 3
    assert misplaced(file, statuses) == (0, 0)


@pytest.mark.parametrize("mode", MODES)
def test_a_column_of_ours_that_people_move_is_found_where_it_is(
    sheets_server: SheetsServer, open_sheet: Open, mode: Mode
) -> None:
    file = spreadsheet(sheets_server, N, BOT)
    first, _ = sync(open_sheet(file, mode), {})
    file.edit(edits.move_column(STATUS, 1))
    change_figures(file, N)
    file.edit(edits.type_value(2, HEAD.index("Actual") + 1, 20))
    second, statuses = sync(open_sheet(file, mode), first.texts)

    assert not any(column.is_new for column in second.plan.columns)
    assert file.rows("Goals")[0][1] == "Follow-up"
    assert misplaced(file, statuses) == (0, 0)


@pytest.mark.parametrize("mode", MODES)
def test_a_column_of_ours_that_people_delete_comes_back(
    sheets_server: SheetsServer, open_sheet: Open, mode: Mode
) -> None:
    file = spreadsheet(sheets_server, N, BOT)
    first, _ = sync(open_sheet(file, mode), {})
    file.edit(edits.delete_column(STATUS))
    second, statuses = sync(open_sheet(file, mode), first.texts)

    assert [column.key for column in second.plan.columns if column.is_new] == ["status"]
    assert misplaced(file, statuses) == (0, 0)


def test_new_goals_get_their_status_and_deleted_ones_leave_nothing_behind(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    file = spreadsheet(sheets_server, N, BOT)
    first, _ = sync(open_sheet(file), {})
    new: list[Any] = ["G-500", "New", "Win 5 new customers", "customers", 20, 20, 46023]
    file.edit(edits.insert_rows(N + 1, [new]))
    file.edit(edits.delete_rows(2))
    _, statuses = sync(open_sheet(file), first.texts)
    kept = {row[0] for row in file.rows("_followup")[1:] if row and row[0]}

    assert "G-500" in statuses
    assert "G-002" not in statuses
    assert misplaced(file, statuses) == (0, 0)
    assert kept == set(statuses)


def test_a_renamed_results_tab_goes_on_working(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    file = spreadsheet(sheets_server, N, BOT)
    first, _ = sync(open_sheet(file), {})
    file.edit(edits.rename_tab("it's ours", title="_followup"))
    file.edit(edits.type_value(0, STATUS, "State"))
    change_figures(file, N)
    _, statuses = sync(open_sheet(file), first.texts)
    rows = file.rows("Goals")

    assert [row[STATUS] for row in rows] == ["State", *statuses.values()]


def test_a_copy_of_the_tab_harms_neither(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    file = spreadsheet(sheets_server, N, BOT)
    first, _ = sync(open_sheet(file), {})
    file.edit(copied)
    file.edit(edits.type_value(1, HEAD.index("Actual"), 20))
    second, _ = sync(open_sheet(file), first.texts)
    shown = [[row[STATUS] for row in file.rows(t)] for t in ("Goals", "Copy of Goals")]
    third, _ = sync(open_sheet(file), second.texts)

    assert shown[0] != shown[1]
    assert all(map(all, shown))
    assert not any(column.is_new for column in second.plan.columns)
    assert not third.plan.edits


def copied(book: Book) -> None:
    """Copy the tab; every piece of metadata has a number of its own, copies as well."""
    edits.copy_tab("Copy of Goals", title="Goals")(book)
    copy = book.titled("Copy of Goals")
    assert copy
    copy.columns = [replace(it, metadata=anew(it.metadata)) for it in copy.columns]
    copy.rows = [replace(it, metadata=anew(it.metadata)) for it in copy.rows]


def anew(marks: tuple[Metadata, ...]) -> tuple[Metadata, ...]:
    return tuple(one._replace(id=one.id + 1) for one in marks)
