"""The test server keeps what it promises: unmodified gspread works with it."""

import gspread
import pytest
import requests
from google.auth.exceptions import RefreshError

from tests.sheets_server import edits
from tests.sheets_server.faults import Fault, Kind
from tests.sheets_server.files import SheetFile
from tests.sheets_server.server import SheetsServer

ROWS: list[list[object]] = [
    ["ID", "Goal", "Share"],
    ["G-1", "Sell more", 0.5],
    ["G-2", "Buy less", 2],
]
BOT = "bot@tests.iam.gserviceaccount.com"


@pytest.fixture
def file(sheets_server: SheetsServer) -> SheetFile:
    made = sheets_server.spreadsheet({"Goals": ROWS})
    made.share(BOT, "writer")
    return made


@pytest.fixture
def client(sheets_server: SheetsServer) -> gspread.Client:
    return sheets_server.gspread(sheets_server.account(BOT))


def test_gspread_reads_what_a_sheet_shows(
    file: SheetFile, client: gspread.Client
) -> None:
    sheet = client.open_by_key(file.id).worksheet("Goals")

    assert sheet.get_all_values() == [
        ["ID", "Goal", "Share"],
        ["G-1", "Sell more", "0.5"],
        ["G-2", "Buy less", "2"],
    ]


def test_a_key_that_is_not_the_accounts_signs_nobody_in(
    file: SheetFile, sheets_server: SheetsServer
) -> None:
    key = sheets_server.account(BOT)
    sheets_server.sign_in.accounts.clear()

    with pytest.raises(RefreshError, match="account not found"):
        sheets_server.gspread(key).open_by_key(file.id)


def test_a_batch_that_fails_leaves_nothing_behind(
    file: SheetFile, client: gspread.Client
) -> None:
    book = client.open_by_key(file.id)
    add = {"addSheet": {"properties": {"title": "New"}}}

    with pytest.raises(gspread.exceptions.APIError, match="already exists"):
        book.batch_update({"requests": [add, add]})

    assert [sheet.title for sheet in file.book.sheets] == ["Goals"]


def test_an_edit_happens_right_before_the_call_it_waits_for(
    file: SheetFile, client: gspread.Client, sheets_server: SheetsServer
) -> None:
    sheet = client.open_by_key(file.id).sheet1
    sheets_server.before("GET .*/values/", file, edits.sort_rows(1))

    assert sheet.col_values(1) == ["ID", "G-2", "G-1"]


@pytest.mark.parametrize(
    ("kind", "applied"),
    [
        (Kind.STATUS, False),
        (Kind.HTML, False),
        (Kind.RESET, False),
        (Kind.TRUNCATED, True),
        (Kind.LOST_TO_RESET, True),
        (Kind.LOST_TO_STATUS, True),
    ],
)
def test_a_fault_spoils_the_answer_before_or_after_the_write(
    file: SheetFile,
    client: gspread.Client,
    sheets_server: SheetsServer,
    *,
    kind: Kind,
    applied: bool,
) -> None:
    sheet = client.open_by_key(file.id).sheet1
    sheets_server.fail(Fault(kind, match="PUT "))

    with pytest.raises((gspread.exceptions.APIError, requests.RequestException)):
        sheet.update([["written"]], "A5")

    assert (file.rows()[-1] == ["written"]) is applied


def test_signing_in_goes_wrong_when_a_fault_asks_for_it(
    file: SheetFile, client: gspread.Client, sheets_server: SheetsServer
) -> None:
    sheets_server.fail(Fault(Kind.STATUS, status=400, match="/token"))

    with pytest.raises(RefreshError):
        client.open_by_key(file.id)

    assert client.open_by_key(file.id).sheet1.title == "Goals"


def test_a_refusal_can_say_when_to_come_back(
    file: SheetFile, client: gspread.Client, sheets_server: SheetsServer
) -> None:
    sheets_server.fail(Fault(status=429, match="GET ", retry_after=7))

    with pytest.raises(gspread.exceptions.APIError) as refused:
        client.open_by_key(file.id)

    assert refused.value.response.headers["Retry-After"] == "7"
    assert sheets_server.log[-1].status == 429


def test_answers_are_packed_for_who_says_gzip_twice(
    file: SheetFile, client: gspread.Client, sheets_server: SheetsServer
) -> None:
    session = client.http_client.session
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{file.id}"
    plain = session.get(url)
    packed = session.get(url, headers={"User-Agent": "tests (gzip)"})

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.json() == plain.json()
    assert sheets_server.log[-1].sent < sheets_server.log[-2].sent / 2
