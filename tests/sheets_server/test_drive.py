"""The files around the spreadsheets, as gspread handles them."""

import gspread
import pytest

from tests.sheets_server.server import SheetsServer

BOT = "bot@tests.iam.gserviceaccount.com"
ANN = "ann@example.com"


@pytest.fixture
def client(sheets_server: SheetsServer) -> gspread.Client:
    return sheets_server.gspread(sheets_server.account(BOT))


def test_a_new_file_is_found_by_its_name(client: gspread.Client) -> None:
    made = client.create("Goals 2026")
    client.create("Other")

    assert client.open("Goals 2026").id == made.id
    assert [file["name"] for file in client.list_spreadsheet_files()] == [
        "Other",
        "Goals 2026",
    ]


def test_a_copy_has_the_content_and_its_own_life(client: gspread.Client) -> None:
    made = client.create("Goals")
    made.sheet1.update([["a"]])
    twin = client.copy(made.id)
    twin.sheet1.update([["b"]])

    assert twin.title == "Copy of Goals"
    assert made.sheet1.get_all_values() == [["a"]]


def test_a_deleted_file_is_gone(client: gspread.Client) -> None:
    made = client.create("Goals")
    client.del_spreadsheet(made.id)

    with pytest.raises(gspread.exceptions.SpreadsheetNotFound):
        client.open_by_key(made.id)


def test_sharing_lets_in_and_unsharing_keeps_out(
    client: gspread.Client, sheets_server: SheetsServer
) -> None:
    made = client.create("Goals")
    made.share(ANN, perm_type="user", role="writer")
    ann = sheets_server.gspread(sheets_server.person(ANN))
    ann.open_by_key(made.id).sheet1.update([["hers"]])
    shared = {one.get("emailAddress"): one["role"] for one in made.list_permissions()}
    made.remove_permissions(ANN, role="writer")

    assert shared == {BOT: "owner", ANN: "writer"}
    assert made.sheet1.get_all_values() == [["hers"]]
    with pytest.raises(PermissionError):
        ann.open_by_key(made.id)


def test_whoever_has_the_link_may_do_what_it_says(
    client: gspread.Client, sheets_server: SheetsServer
) -> None:
    made = client.create("Goals")
    made.share("", perm_type="anyone", role="reader")
    ann = sheets_server.gspread(sheets_server.person(ANN))

    assert ann.open_by_key(made.id).sheet1.get_all_values() == [[]]
    with pytest.raises(gspread.exceptions.APIError, match="permission"):
        ann.open_by_key(made.id).sheet1.update([["x"]])


def test_a_table_goes_in_and_out_as_text(client: gspread.Client) -> None:
    made = client.create("Goals")
    client.import_csv(made.id, "a,007\nb,1.5")

    assert made.sheet1.get_all_values() == [["a", "7"], ["b", "1.5"]]
    assert made.export(gspread.utils.ExportFormat.CSV) == b"a,7\r\nb,1.5"
