"""Who is let in, and what everybody else is told."""

from collections.abc import Callable

import gspread
import pytest
import requests
from google.auth.transport.requests import AuthorizedSession
from google.oauth2 import service_account

from tests.sheets_server.files import UPLOADED, SheetFile
from tests.sheets_server.refusals import Json
from tests.sheets_server.server import SheetsServer

BOT = "bot@tests.iam.gserviceaccount.com"
APIError = gspread.exceptions.APIError
Asked = Callable[[gspread.Client, str], object]


@pytest.fixture
def file(sheets_server: SheetsServer) -> SheetFile:
    return sheets_server.spreadsheet({"Goals": [["ID", "Goal"], ["G-1", "Sell"]]})


@pytest.fixture
def client(sheets_server: SheetsServer) -> gspread.Client:
    return sheets_server.gspread(sheets_server.account(BOT))


def read(client: gspread.Client, key: str) -> object:
    return client.http_client.values_get(key, "A1")


def write(client: gspread.Client, key: str) -> object:
    return client.http_client.values_update(
        key, "A1", {"valueInputOption": "RAW"}, {"values": [["x"]]}
    )


def add(client: gspread.Client, key: str) -> object:
    return client.http_client.batch_update(key, {"requests": [{"addSheet": {}}]})


@pytest.mark.parametrize(
    ("role", "refused"),
    [("", [read, write, add]), ("reader", [write, add]), ("commenter", [write, add]),
     ("writer", [])],
)  # fmt: skip
def test_a_role_lets_in_what_it_covers(
    file: SheetFile, client: gspread.Client, role: str, refused: list[Asked]
) -> None:
    if role:
        file.share(BOT, role)
    for asked in (read, write, add):
        if asked in refused:
            with pytest.raises(APIError, match="The caller does not have permission"):
                asked(client, file.id)
        else:
            asked(client, file.id)


def test_drive_does_not_tell_strangers_that_a_file_is_there(
    file: SheetFile, client: gspread.Client
) -> None:
    with pytest.raises(APIError, match="File not found") as refused:
        client.http_client.get_file_drive_metadata(file.id)

    assert refused.value.response.status_code == 404


def test_drive_says_what_the_caller_may_do_and_how_often_a_file_changed(
    file: SheetFile, client: gspread.Client
) -> None:
    file.share(BOT, "writer")
    session = client.http_client.session
    url = f"https://www.googleapis.com/drive/v3/files/{file.id}"
    fields = {"fields": "mimeType,version,capabilities(canEdit)"}
    before = session.get(url, params=fields).json()
    write(client, file.id)
    after = session.get(url, params=fields).json()

    assert before["mimeType"] == "application/vnd.google-apps.spreadsheet"
    assert before["capabilities"] == {"canEdit": True}
    assert int(after["version"]) > int(before["version"])


def test_an_uploaded_workbook_is_no_spreadsheet(
    file: SheetFile, client: gspread.Client
) -> None:
    file.share(BOT, "writer")
    file.mime_type = UPLOADED

    with pytest.raises(APIError, match="not supported for this document") as refused:
        read(client, file.id)

    assert refused.value.response.json()["error"]["status"] == "FAILED_PRECONDITION"


def test_an_api_that_is_off_says_where_to_switch_it_on(
    file: SheetFile, client: gspread.Client, sheets_server: SheetsServer
) -> None:
    file.share(BOT, "writer")
    sheets_server.disabled.add("sheets.googleapis.com")

    with pytest.raises(APIError, match="Enable it by visiting https://") as refused:
        read(client, file.id)

    error = refused.value.response.json()["error"]
    assert "SERVICE_DISABLED" in [one.get("reason") for one in error["details"]]


def test_a_token_for_something_else_does_not_open_sheets(
    file: SheetFile, sheets_server: SheetsServer
) -> None:
    file.share(BOT, "writer")
    narrow = service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
        sheets_server.account(BOT),
        scopes=["https://www.googleapis.com/auth/drive.metadata.readonly"],
    )
    with AuthorizedSession(narrow) as session:  # type: ignore[no-untyped-call]
        reply = session.get(f"{sheets_server.url}/v4/spreadsheets/{file.id}")

    assert reply.status_code == 403
    assert reply.json()["error"]["details"][0]["reason"] == (
        "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    )


def test_a_call_without_a_token_is_not_heard(
    file: SheetFile, sheets_server: SheetsServer
) -> None:
    url = f"{sheets_server.url}/v4/spreadsheets/{file.id}"

    assert requests.get(url, timeout=5).status_code == 403
    wrong = {"Authorization": "Bearer nonsense"}
    assert requests.get(url, headers=wrong, timeout=5).status_code == 401


def test_a_revoked_token_is_replaced_without_a_word(
    file: SheetFile, client: gspread.Client, sheets_server: SheetsServer
) -> None:
    file.share(BOT, "reader")
    read(client, file.id)
    sheets_server.sign_in.revoke()
    read(client, file.id)

    assert [entry.status for entry in sheets_server.log] == [200, 401, 200]


def test_calls_beyond_the_quota_are_refused(
    file: SheetFile, client: gspread.Client, sheets_server: SheetsServer
) -> None:
    file.share(BOT, "writer")
    sheets_server.quota["write"] = 2
    write(client, file.id)
    write(client, file.id)

    with pytest.raises(APIError, match="Quota exceeded") as refused:
        write(client, file.id)
    read(client, file.id)

    assert refused.value.response.status_code == 429


PROTECTED: list[tuple[str, Json, bool]] = [
    ("cells of mine", {"range": {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1}}, False),
    ("other cells", {"range": {"sheetId": 0, "startRowIndex": 5}}, True),
    ("the sheet", {"range": {"sheetId": 0}}, False),
    ("the sheet but my column",
     {"range": {"sheetId": 0},
      "unprotectedRanges": [{"sheetId": 0, "startColumnIndex": 0, "endColumnIndex": 1}]},
     True),
    ("a warning", {"range": {"sheetId": 0}, "warningOnly": True}, True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("protected", "free"),
    [one[1:] for one in PROTECTED],
    ids=[one[0] for one in PROTECTED],
)
def test_what_is_protected_is_written_by_its_editors_only(
    file: SheetFile, client: gspread.Client, protected: Json, free: bool
) -> None:
    file.share(BOT, "writer")
    one = {"protectedRangeId": 1, "editors": {"users": ["hr@example.com"]}, **protected}
    file.tab().protected.append(one)
    if free:
        write(client, file.id)
    else:
        with pytest.raises(APIError, match="protected cell or object"):
            write(client, file.id)

    assert (file.rows()[0][0] == "x") is free


def test_of_a_protected_range_only_editors_see_who_may_edit_it(
    file: SheetFile, client: gspread.Client
) -> None:
    file.share(BOT, "writer")
    theirs = {
        "protectedRangeId": 1,
        "range": {"sheetId": 0},
        "editors": {"users": ["hr@example.com"]},
    }
    file.tab().protected.append(theirs)
    found = client.http_client.fetch_sheet_metadata(
        file.id, {"fields": "sheets.protectedRanges"}
    )

    (seen,) = found["sheets"][0]["protectedRanges"]
    assert "editors" not in seen
    assert "requestingUserCanEdit" not in seen


def test_a_service_account_cannot_make_files_of_its_own(
    client: gspread.Client, sheets_server: SheetsServer
) -> None:
    sheets_server.account_storage = False

    with pytest.raises(APIError, match="storage quota"):
        client.create("New")
