"""The same sheet gives the same records from Google as from Excel."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from sync import pipeline
from sync.assess.model import Past
from sync.config.model import Config, Google
from sync.demo.build import build
from sync.demo.story import Case
from sync.wording import Lang
from sync.workbooks.google.workbook import GoogleWorkbook
from sync.workbooks.open import open_workbook
from sync.workbooks.sheets import WebSheets
from sync.workbooks.snapshot import CellError, Percent, Row, Uncalculated
from tests.sheets_server import edits
from tests.sheets_server.server import SheetsServer
from tests.sync.workbooks.google.conftest import BOT, Open, loaded
from tests.sync.workbooks.google.race import TODAY

DEMOS: Mapping[Lang, Case] = {"zh": "retail", "en": "tech"}


@pytest.mark.parametrize("lang", DEMOS)
def test_the_demo_gives_equal_cells_records_and_findings_from_both(
    sheets_server: SheetsServer,
    open_sheet: Open,
    tmp_path: Path,
    lang: Lang,
) -> None:
    path = build(tmp_path / "demo", lang=lang, case=DEMOS[lang], today=TODAY)
    file = loaded(sheets_server, path)
    judged = []
    for workbook in (open_workbook(str(path)), open_sheet(file)):
        understood = pipeline.understand(workbook, Config(), ())
        assessment = pipeline.judge(understood, Config(), past=Past(), today=TODAY)
        cells = [
            (sheet.name, sheet.visibility, row.number, row.values, types_of(row))
            for sheet in understood.snapshot.sheets
            for row in sheet.rows
        ]
        judged.append((cells, assessment.records, assessment.findings))
    excel, google = judged

    assert excel[0] == google[0]
    assert excel[1].goals == google[1].goals
    assert excel[1] == google[1]
    assert excel[2] == google[2]


def types_of(row: Row) -> tuple[type, ...]:
    # 5 equals 5.0 and a percentage its number; the records tell them apart.
    return tuple(map(type, row.values))


def test_every_kind_of_value_is_typed_as_from_excel(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    texts = ["0042", "1e5", "=1+1", "'quoted", " spaces ", "line\nbreak", "TRUE"]
    file = sheets_server.spreadsheet({"All": [texts]})
    file.share(BOT, "writer")
    typed: list[Any] = [
        "2026-12-31",
        "20%",
        0.25,
        5.0,
        True,
        "=1/0",
        "=1=1",
        "2026-12-31 06:00",
    ]
    for column, value in enumerate(typed):
        file.edit(edits.type_value(1, column, value))
    snapshot = open_sheet(file).snapshot()
    first, second = (row.values for row in snapshot.sheets[0].rows)

    assert first == tuple(texts)
    assert second[:5] == (date(2026, 12, 31), Percent(0.2), 0.25, 5, True)
    assert isinstance(second[1], Percent)
    assert isinstance(second[3], int)
    assert second[5] == "#DIV/0!"
    assert isinstance(second[5], CellError)
    assert not isinstance(second[5], Uncalculated)
    assert second[6] is True
    assert second[7] == datetime(2026, 12, 31, 6)  # noqa: DTZ001


def test_a_read_is_one_call_and_names_what_people_call_the_sheet(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    file = sheets_server.spreadsheet({"Goals": [["a", 1]]}, title="目标 2026")
    file.share(BOT, "writer")
    snapshot = open_sheet(file).snapshot()
    calls = [entry.verb for entry in sheets_server.log]

    assert snapshot.name == "目标 2026"
    # The second asks, once and for a sheet never written, whether we may write.
    assert calls == ["GET", "POST"]
    assert snapshot.sheet("Goals")


def test_who_may_only_look_gets_a_report_and_is_told_why(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    file = sheets_server.spreadsheet({"Goals": [["Goal", "Target"], ["Sell", 3]]})
    file.share(BOT, "reader")
    snapshot = open_sheet(file).snapshot()

    assert not snapshot.writing.allowed
    assert snapshot.writing.why
    assert BOT in snapshot.writing.why.in_("en")
    assert all(not sheet.writing.allowed for sheet in snapshot.sheets)


def test_a_sheet_protected_against_us_is_left_alone(
    sheets_server: SheetsServer, open_sheet: Open
) -> None:
    file = sheets_server.spreadsheet({"Goals": [["Goal"]], "Other": [["x"]]})
    file.share(BOT, "writer")
    file.tab("Goals").protected.append(
        {
            "protectedRangeId": 7,
            "range": {"sheetId": file.tab("Goals").id},
            "editors": {"users": ["hr@example.com"]},
        }
    )
    snapshot = open_sheet(file).snapshot()
    allowed = {sheet.name: sheet.writing.allowed for sheet in snapshot.sheets}

    assert allowed == {"Goals": False, "Other": True}


def test_two_objects_for_one_address_share_what_was_read(tmp_path: Path) -> None:
    web = WebSheets(Google(), tmp_path, lambda: tmp_path)
    address = "https://docs.google.com/spreadsheets/d/1234567890123456789012345/edit"
    first = web.open(address + "#gid=0")

    assert isinstance(first, GoogleWorkbook)
    assert web.open(address) is first
