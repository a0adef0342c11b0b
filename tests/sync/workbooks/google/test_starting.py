"""The starter workbook in an empty Google Sheet: the same as the one for Excel."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sync import pipeline
from sync.assess.model import Past
from sync.config.model import Config
from sync.errors import NotWritableError
from sync.pipeline import Understood
from sync.starter.book import starter_book
from sync.starter.columns import TABLES
from sync.wording import LANGS, Lang
from sync.workbooks.base import Workbook
from sync.workbooks.google.timing import Timing
from sync.workbooks.open import open_workbook
from tests.sheets_server import edits
from tests.sheets_server.faults import Fault, Kind
from tests.sheets_server.server import SheetFile, SheetsServer
from tests.sync.workbooks.google.conftest import BOT, Open

TODAY = date(2026, 11, 22)
# Thousands of formatted cells take the test server its time.
PATIENT = Timing(silence=60, call=120)


@pytest.fixture
def empty(sheets_server: SheetsServer) -> SheetFile:
    """A spreadsheet as Google makes a new one, shared with us."""
    file = sheets_server.spreadsheet({"Sheet1": []}, title="Untitled spreadsheet")
    file.share(BOT, "writer")
    return file


def understood(workbook: Workbook) -> Understood:
    return pipeline.understand(workbook, Config(), ())


def findings(it: Understood) -> list[str]:
    assessment = pipeline.judge(it, Config(), past=Past(), today=TODAY)
    return [finding.code for finding in assessment.findings]


@pytest.mark.parametrize("lang", LANGS)
def test_it_reads_as_the_file_for_excel_does(
    empty: SheetFile, open_sheet: Open, tmp_path: Path, lang: Lang
) -> None:
    path = tmp_path / "goals.xlsx"
    path.write_bytes(starter_book(lang, TODAY))
    open_sheet(empty, timing=PATIENT).begin(lang, TODAY)
    excel = understood(open_workbook(str(path)))
    google = understood(open_sheet(empty, timing=PATIENT))

    assert [s.name for s in google.snapshot.sheets] == [
        s.name for s in excel.snapshot.sheets
    ]
    assert google.recognition.tables == excel.recognition.tables
    assert cells(google)[1:] == cells(excel)[1:]
    assert findings(google) == findings(excel) == []


def cells(it: Understood) -> list[list[Any]]:
    """All values; a share that is computed may differ in its last digit."""
    return [
        [
            (
                row.number,
                [round(v, 9) if isinstance(v, float) else v for v in row.values],
            )
            for row in sheet.rows
        ]
        for sheet in it.snapshot.sheets
    ]


def test_lists_bounds_help_colours_and_frozen_heads_are_in_it(
    empty: SheetFile, open_sheet: Open
) -> None:
    open_sheet(empty, timing=PATIENT).begin("en", TODAY)
    goals = empty.tab("Goals")
    names = [column.key for column in TABLES[1].columns]
    below = [goals.cell(400, at) for at in range(len(names))]
    rules = {
        name: cell.validation
        for name, cell in zip(names, below, strict=True)
        if cell and cell.validation
    }

    assert goals.properties["gridProperties"]["frozenRowCount"] == 3
    assert goals.properties["gridProperties"]["frozenColumnCount"] == 3
    assert rules["name"]["condition"] == {
        "type": "ONE_OF_RANGE",
        "values": [{"userEnteredValue": "='People'!$B$4:$B$503"}],
    }
    assert [
        one["userEnteredValue"] for one in rules["status"]["condition"]["values"]
    ] == ["Not started", "On track", "At risk", "Behind", "Completed", "Cancelled"]
    assert rules["weight"]["condition"]["type"] == "NUMBER_BETWEEN"
    assert rules["due"]["condition"] == {"type": "DATE_IS_VALID"}
    assert not any(rule.get("strict") for rule in rules.values())
    head = goals.cell(2, names.index("due"))

    assert head
    assert "a day, not" in head.note
    formulas = [
        one["booleanRule"]["condition"]["values"][0]["userEnteredValue"]
        for one in goals.conditional_formats
    ]
    assert len(formulas) == 6
    assert not any("," in formula for formula in formulas)


def test_the_guide_leads_to_the_others_and_nothing_is_put_in_twice(
    empty: SheetFile, open_sheet: Open
) -> None:
    open_sheet(empty, timing=PATIENT).begin("zh", TODAY)
    first = empty.book.sheets[0]
    links = {
        (cell.format or {}).get("textFormat", {}).get("link", {}).get("uri", "")
        for row in first.rows
        for cell in row.cells
        if cell is not None
    }

    assert first.title == "使用说明"
    assert {link.partition("&")[0] for link in links if link} == {
        f"#gid={sheet.id}" for sheet in empty.book.sheets[1:]
    }
    with pytest.raises(NotWritableError, match="not empty"):
        open_sheet(empty, timing=PATIENT).begin("en", TODAY)
    assert len(empty.book.sheets) == 1 + len(TABLES)


def test_what_is_there_is_never_written_over(
    empty: SheetFile, open_sheet: Open
) -> None:
    empty.edit(edits.type_value(40, 3, "mine"))
    before = empty.book.copy()

    with pytest.raises(NotWritableError, match="not empty"):
        open_sheet(empty, timing=PATIENT).begin("en", TODAY)
    assert empty.rows("Sheet1") == [*[[]] * 40, ["", "", "", "mine"]]
    assert len(empty.book.sheets) == len(before.sheets) == 1


def test_what_somebody_types_in_that_moment_moves_aside_and_stays(
    sheets_server: SheetsServer, empty: SheetFile, open_sheet: Open
) -> None:
    sheets_server.before(":batchUpdate", empty, edits.type_value(0, 1, "typing…"))
    open_sheet(empty, timing=PATIENT).begin("en", TODAY)

    assert empty.rows("Read me first")[0] == ["", "Goals and follow-up", "", "typing…"]


def test_it_is_put_in_once_although_the_answer_was_lost(
    sheets_server: SheetsServer, empty: SheetFile, open_sheet: Open
) -> None:
    sheets_server.fail(Fault(Kind.LOST_TO_STATUS, match=":batchUpdate"))
    open_sheet(empty, timing=PATIENT).begin("en", TODAY)

    assert len(empty.book.sheets) == 1 + len(TABLES)


def test_who_may_only_look_is_told_whom_to_share_it_with(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    file = sheets_server.spreadsheet({"Sheet1": []})
    file.share(BOT, "reader")

    with pytest.raises(NotWritableError, match=BOT):
        open_sheet(file, timing=PATIENT).begin("en", TODAY)
