"""The commands on the address of a Google Sheet, against the test server."""

import json
import re
import shlex
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Run
from tests.sheets_server import edits
from tests.sheets_server.book import Book
from tests.sheets_server.files import UPLOADED
from tests.sheets_server.server import SheetFile, SheetsServer

BOT = "followup@tests.iam.gserviceaccount.com"
HEAD = ["Goal ID", "Employee", "Goal", "Unit", "Target", "Actual", "Progress"]
ROWS: list[list[Any]] = [
    ["G-1", "Ann Lee", "Win 30 new customers by 31 December", "customers", 30, 9, 0.3],
    ["G-2", "Bob Ray", "Open 2 stores by 31 December", "stores", 2, 2, 1],
    ["G-3", "Cy Dole", "Improve", "", "", "", ""],
]


@pytest.fixture
def sheet(
    sheets_server: SheetsServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> SheetFile:
    """A shared sheet, and a folder with the key as the README has people make it."""
    monkeypatch.setenv("FOLLOWUP_GOOGLE_ENDPOINT", sheets_server.url)
    key = tmp_path / "google-key.json"
    key.write_text(json.dumps(sheets_server.account(BOT)))
    key.chmod(0o600)
    file = sheets_server.spreadsheet({"Goals": [HEAD, *ROWS]}, title="Goals 2026")
    file.share(BOT, "writer")
    return file


def configured(tmp_path: Path, sheet: SheetFile) -> None:
    (tmp_path / "config.toml").write_text(
        f'[google]\nmode = "auto"\n[[source]]\npath = "{sheet.url}"\n'
    )


def test_init_understands_a_sheet_by_its_address(
    run: Run, sheet: SheetFile, tmp_path: Path
) -> None:
    result = run("init", sheet.url)

    assert result.exit_code == 0, result.stderr
    assert "goal_title" in result.stdout
    written = tomllib.loads((tmp_path / "config.toml").read_text())
    assert written["source"][0]["path"] == sheet.url


def test_init_fills_an_empty_sheet_with_the_starter(
    run: Run, sheets_server: SheetsServer, sheet: SheetFile
) -> None:
    empty = sheets_server.spreadsheet({"Sheet1": []})
    empty.share(BOT, "writer")
    made = run("init", "--new", empty.url, "--lang", "en")
    checked = run("check", empty.url, "--json")

    assert made.exit_code == 0, made.stderr
    assert f"followup check {empty.url}" in made.stdout
    assert [tab.title for tab in empty.book.sheets][1:3] == ["People", "Goals"]
    assert checked.exit_code == 0
    assert json.loads(checked.stdout)["findings"] == []

    refused = run("init", "--new", sheet.url)

    assert refused.exit_code == 2
    assert "not empty" in refused.stderr or "已经有内容" in refused.stderr
    assert [tab.title for tab in sheet.book.sheets] == ["Goals"]


def test_every_reading_command_works_on_a_sheet(run: Run, sheet: SheetFile) -> None:
    before = sheet.rows("Goals")
    columns = json.loads(run("columns", sheet.url, "--json").stdout)
    check = run("check", sheet.url, "--json")
    status = json.loads(run("status", sheet.url, "--json").stdout)
    plan = json.loads(run("plan", sheet.url, "--json").stdout)

    assert columns["tables"][0]["columns"][0]["field"] == "goal_id"
    assert check.exit_code in {0, 1}
    assert json.loads(check.stdout)["findings"]
    assert [goal["goal"] for goal in status["goals"]] == ["G-1", "G-2", "G-3"]
    assert not plan["empty"]
    assert sheet.rows("Goals") == before


def test_the_plan_says_how_it_would_write(
    run: Run, sheet: SheetFile, tmp_path: Path
) -> None:
    configured(tmp_path, sheet)
    by_lookup = run("plan").stdout
    text = (tmp_path / "config.toml").read_text()
    for mode in ("direct", "report-only"):
        new = text.replace("auto", mode)
        (tmp_path / "config.toml").write_text(new)

        assert mode.partition("-")[0] in run("plan").stdout
    assert "by lookup" in by_lookup


def test_sync_writes_once_and_clean_takes_it_back(
    run: Run, sheet: SheetFile, tmp_path: Path
) -> None:
    configured(tmp_path, sheet)
    first = run("sync", "--yes")
    rows = sheet.rows("Goals")
    second = run("sync", "--yes")

    assert first.exit_code == 0, first.stderr
    assert rows[0][len(HEAD)] == "Follow-up"
    assert all(row[len(HEAD)] for row in rows[1:])
    assert "up to date" in second.stdout
    assert sheet.rows("Goals") == rows

    assert run("clean", "--yes").exit_code == 0
    assert [one.title for one in sheet.book.sheets] == ["Goals"]
    assert sheet.rows("Goals")[0] == HEAD


def test_the_same_sheet_by_another_form_of_its_address_has_the_same_history(
    run: Run, sheet: SheetFile, tmp_path: Path
) -> None:
    configured(tmp_path, sheet)
    run("sync", "--yes")
    other = f"https://docs.google.com/spreadsheets/u/1/d/{sheet.id}/edit?usp=sharing"
    listed = json.loads(run("history", "--json").stdout)
    again = run("sync", other, "--yes")

    assert listed
    assert "up to date" in again.stdout


def test_undo_takes_the_last_write_back_while_people_go_on_typing(
    run: Run, sheet: SheetFile, tmp_path: Path
) -> None:
    configured(tmp_path, sheet)
    run("sync", "--yes")
    before = [row[len(HEAD)] for row in sheet.rows("Goals")]
    sheet.edit(edits.type_value(1, 5, 30))
    sheet.edit(edits.type_value(1, 6, 1))
    run("sync", "--yes")
    changed = [row[len(HEAD)] for row in sheet.rows("Goals")]
    sheet.edit(edits.sort_rows(0, descending=True))
    undone = run("undo", "--yes")
    after = [row[len(HEAD)] for row in sheet.rows("Goals")]

    assert undone.exit_code == 0, undone.stderr
    assert changed != before
    assert after == [before[0], *reversed(before[1:])]


def uploaded(_: SheetsServer, sheet: SheetFile) -> None:
    sheet.mime_type = UPLOADED


def switched_off(server: SheetsServer, _: SheetFile) -> None:
    server.disabled.add("sheets.googleapis.com")


def not_shared(_: SheetsServer, sheet: SheetFile) -> None:
    sheet.unshare(BOT)


def only_to_look_at(_: SheetsServer, sheet: SheetFile) -> None:
    sheet.share(BOT, "reader")


def protected(_: SheetsServer, sheet: SheetFile) -> None:
    sheet.tab("Goals").protected.append(
        {
            "protectedRangeId": 7,
            "range": {"sheetId": sheet.tab("Goals").id},
            "editors": {"users": ["hr@example.com"]},
        }
    )


def without_account(server: SheetsServer, _: SheetFile) -> None:
    server.sign_in.accounts.clear()


def open_to_others(_: SheetsServer, __: SheetFile) -> None:
    Path("google-key.json").chmod(0o644)


def no_key(_: SheetsServer, __: SheetFile) -> None:
    Path("google-key.json").write_text("{}")


REFUSALS = {
    uploaded: ("this is an Excel file that lies in Google Drive", "Save as Google"),
    switched_off: ("Google Sheets API is not enabled", "press Enable"),
    not_shared: ("may not", f"share the sheet with {BOT} as Editor"),
    only_to_look_at: ("may only look", f"share it with {BOT} as Editor"),
    protected: ("is protected against this account", "add the account to its editors"),
    without_account: ("the service account was deleted", "make a new one"),
    open_to_others: ("other users of this machine can read the key", "chmod 600"),
    no_key: ("neither a service account's key nor a desktop client", "Add key"),
}


@pytest.mark.parametrize("refuse", REFUSALS, ids=lambda one: str(one.__name__))
def test_doctor_says_of_each_refusal_what_to_do(  # noqa: PLR0917 (fixtures)
    run: Run,
    sheets_server: SheetsServer,
    sheet: SheetFile,
    tmp_path: Path,
    refuse: Callable[[SheetsServer, SheetFile], None],
) -> None:
    configured(tmp_path, sheet)
    refuse(sheets_server, sheet)
    shown = " ".join(run("--lang", "en", "doctor").stdout.split())

    for words in REFUSALS[refuse]:
        assert words in shown


def test_doctor_finds_nothing_to_complain_of_in_a_sheet_shared_as_editor(
    run: Run, sheet: SheetFile, tmp_path: Path
) -> None:
    configured(tmp_path, sheet)
    shown = run("--lang", "en", "doctor").stdout

    assert "can be read" in shown
    assert "cannot be written" not in shown


def test_a_range_that_is_protected_against_us_stops_the_write_with_the_way_out(
    run: Run, sheets_server: SheetsServer, sheet: SheetFile, tmp_path: Path
) -> None:
    configured(tmp_path, sheet)
    sheets_server.before(":batchUpdate", sheet, guard_everything, skip=1)
    result = run("sync", "--yes")

    assert result.exit_code == 2
    assert "a protected range keeps this account from writing" in result.stderr
    assert f"add {BOT} to the editors" in result.stderr
    assert [tab.title for tab in sheet.book.sheets] == ["Goals"]


def guard_everything(book: Book) -> None:
    """Protect the tab in the moment between the reading and the write."""
    area = {"sheetId": book.sheets[0].id}
    editors = {"users": ["hr@example.com"]}
    guard = {"protectedRangeId": 7, "range": area, "editors": editors}
    book.sheets[0].protected.append(guard)


def test_a_sheet_that_is_not_shared_says_with_whom_to_share_it(
    run: Run, sheet: SheetFile, tmp_path: Path
) -> None:
    configured(tmp_path, sheet)
    sheet.unshare(BOT)
    result = run("check")

    assert result.exit_code == 2
    assert f"share the sheet with {BOT} as Editor" in result.stderr


@pytest.mark.parametrize(
    ("readme", "title"),
    [
        ("README.md", "### Google Sheets in ten minutes"),
        ("README.zh-CN.md", "### 十分钟用上 Google 表格"),
    ],
)
def test_the_ten_minutes_of_the_readme_work_as_they_are_written(
    run: Run, sheet: SheetFile, readme: str, title: str
) -> None:
    text = (Path(__file__).resolve().parents[2] / readme).read_text("utf-8")
    section = text.partition(title)[2].partition("\n### ")[0]
    lines = re.findall(r"^ *followup (.+)$", section, re.MULTILINE)
    for line in lines:
        words = [sheet.url if "://" in word else word for word in shlex.split(line)]
        result = run(*words)

        assert result.exit_code in {0, 1}, (line, result.stderr)
    assert [line.split()[0] for line in lines] == ["init", "check", "plan", "sync"]
    assert sheet.rows("Goals")[0][len(HEAD)] == "Follow-up"
