"""Calls wait, repeat and give up as Google asks, and never beyond the quota."""

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from sync.errors import (
    FollowupError,
    NotWritableError,
    SignInError,
    UnreachableError,
    WorkbookError,
)
from sync.workbooks.google.access import ENDPOINT, GoogleAccess, endpoint
from sync.workbooks.google.address import canonical, spreadsheet_id
from sync.workbooks.google.quota import Quota
from sync.workbooks.google.timing import Timing
from sync.workbooks.google.workbook import GoogleWorkbook
from tests.sheets_server.faults import Fault, Kind
from tests.sheets_server.files import UPLOADED
from tests.sheets_server.server import SheetFile, SheetsServer
from tests.sync.workbooks.google.conftest import BOT, Open

ID = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"


class Clock:
    def __init__(self) -> None:
        self.now = 0.0
        self.naps: list[float] = []

    def tell(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds


@pytest.fixture
def file(sheets_server: SheetsServer) -> SheetFile:
    made = sheets_server.spreadsheet({"Goals": [["Goal"], ["Sell"]]})
    made.share(BOT, "writer")
    return made


def test_sixty_calls_a_minute_go_out_and_the_next_waits_for_its_turn() -> None:
    clock = Clock()
    quota = Quota(clock.tell, clock.sleep)
    for _ in range(60):
        quota.spend("read")
        clock.now += 0.5

    assert clock.naps == []
    assert quota.spend("write") == 0
    assert quota.spend("read") == pytest.approx(30)


def test_all_sheets_of_a_run_share_one_quota(
    key: Path, tmp_path: Path, file: SheetFile, open_sheet: Open
) -> None:
    del open_sheet  # it leads the calls to the test server
    access = GoogleAccess(key, tmp_path)
    first, second = (GoogleWorkbook(file.url, access) for _ in range(2))
    first.snapshot()
    second.snapshot()

    assert len(access.quota._made["read"]) == 2
    access.http.close()


def test_a_retry_waits_as_long_as_google_asks_for(
    sheets_server: SheetsServer, open_sheet: Open, file: SheetFile
) -> None:
    clock = Clock()
    sheets_server.fail(Fault(Kind.STATUS, status=429, retry_after=7))
    timing = Timing(clock=clock.tell, sleep=clock.sleep, first_wait=0.5)
    open_sheet(file, timing=timing).snapshot()

    assert clock.naps == [7]


def test_waits_double_and_are_spread_and_then_it_gives_up(
    sheets_server: SheetsServer, open_sheet: Open, file: SheetFile
) -> None:
    clock = Clock()
    sheets_server.fail(Fault(Kind.STATUS, times=99))
    timing = Timing(
        clock=clock.tell, sleep=clock.sleep, jitter=lambda: 0.5, first_wait=1, tries=4
    )

    with pytest.raises(UnreachableError, match="does not answer"):
        open_sheet(file, timing=timing).snapshot()
    assert clock.naps == [0.75, 1.5, 3.0]


def test_answers_come_compressed_and_compact(
    sheets_server: SheetsServer, open_sheet: Open, file: SheetFile
) -> None:
    for row in range(200):
        file.tab().change(row, 0, value="a goal that many people share")
    open_sheet(file).snapshot()
    entry = sheets_server.log[0]

    assert entry.query["prettyPrint"] == ["false"]
    assert entry.sent < 3000


Break = Callable[[SheetsServer, SheetFile], None]


def not_shared(_server: SheetsServer, file: SheetFile) -> None:
    file.unshare(BOT)


def api_off(server: SheetsServer, _file: SheetFile) -> None:
    server.disabled.add("sheets.googleapis.com")


def uploaded(_server: SheetsServer, file: SheetFile) -> None:
    file.mime_type = UPLOADED


def gone(server: SheetsServer, file: SheetFile) -> None:
    del server.files[file.id]


@pytest.mark.parametrize(
    ("breaks", "kind", "says"),
    [
        (not_shared, NotWritableError, f"share the sheet with {BOT} as Editor"),
        (api_off, SignInError, "press Enable"),
        (uploaded, WorkbookError, "Save as Google Sheets"),
        (gone, WorkbookError, "check the address"),
    ],
)
def test_every_refusal_says_what_to_do(  # noqa: PLR0917 (fixtures)
    sheets_server: SheetsServer,
    open_sheet: Open,
    file: SheetFile,
    breaks: Break,
    kind: type[FollowupError],
    says: str,
) -> None:
    breaks(sheets_server, file)

    with pytest.raises(kind) as caught:
        open_sheet(file).snapshot()
    assert says in str(caught.value)
    assert file.id in caught.value.where


def test_a_key_that_others_can_read_is_refused_with_the_command_that_mends_it(
    file: SheetFile, key: Path, tmp_path: Path
) -> None:
    key.chmod(key.stat().st_mode | stat.S_IRGRP)

    with pytest.raises(SignInError, match=f"chmod 600 {key}"):
        GoogleWorkbook(file.url, GoogleAccess(key, tmp_path)).snapshot()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("no json", "JSON"),
        ("{}", "neither a service account's key nor"),
        ('{"type": "service_account", "client_email": "a@b"}', "damaged"),
        ('{"installed": {"client_id": "x"}}', "consent in the browser"),
    ],
)
def test_a_file_that_is_no_key_is_told_from_one(
    file: SheetFile, tmp_path: Path, content: str, says: str
) -> None:
    key = tmp_path / "k.json"
    key.write_text(content)
    key.chmod(0o600)

    with pytest.raises(SignInError, match=says):
        GoogleWorkbook(file.url, GoogleAccess(key, tmp_path)).snapshot()


def test_a_key_that_the_environment_names_is_kept_secret_as_well(
    file: SheetFile, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key))
    access = GoogleAccess(None, tmp_path)

    assert access.account.address == BOT
    key.chmod(0o644)
    with pytest.raises(SignInError, match="chmod 600"):
        GoogleWorkbook(file.url, GoogleAccess(None, tmp_path)).snapshot()


def test_without_any_credentials_the_message_names_the_key_of_the_configuration(
    file: SheetFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    monkeypatch.setenv("NO_GCE_CHECK", "true")

    with pytest.raises(SignInError, match=r"\[google\]"):
        GoogleWorkbook(file.url, GoogleAccess(None, tmp_path)).snapshot()


def test_a_person_signs_in_with_the_consent_given_before(
    sheets_server: SheetsServer,
    file: SheetFile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(ENDPOINT, sheets_server.url)
    file.share("ann@example.com", "writer")
    consent = sheets_server.person("ann@example.com")
    consent["token_uri"] = f"{sheets_server.url}/token"
    client = tmp_path / "client.json"
    client.write_text(json.dumps({"installed": {"client_id": consent["client_id"]}}))
    kept = tmp_path / "google-sign-in.json"
    kept.write_text(json.dumps(consent))
    for path in (client, kept):
        path.chmod(0o600)
    access = GoogleAccess(client, tmp_path)
    monkeypatch.setattr(
        "google.oauth2.credentials._GOOGLE_OAUTH2_TOKEN_ENDPOINT",
        f"{sheets_server.url}/token",
    )

    assert GoogleWorkbook(file.url, access).snapshot().writing.allowed
    access.http.close()


@pytest.mark.parametrize(
    "address", ["https://example.com", "http://10.0.0.8:80", "http://127.0.0.1.evil.io"]
)
def test_the_address_for_tests_is_one_of_this_machine_only(address: str) -> None:
    with pytest.raises(SignInError, match="no address of this machine"):
        endpoint(address)


@pytest.mark.parametrize(
    "address",
    [
        f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0",
        f"https://docs.google.com/spreadsheets/u/1/d/{ID}/edit?usp=sharing",
        f"https://docs.google.com/a/example.com/spreadsheets/d/{ID}",
    ],
)
def test_every_form_of_an_address_is_the_same_sheet(address: str) -> None:
    assert spreadsheet_id(address) == ID
    assert canonical(address) == f"https://docs.google.com/spreadsheets/d/{ID}"


def test_a_published_copy_is_told_from_the_sheet() -> None:
    with pytest.raises(WorkbookError, match="published copy"):
        spreadsheet_id("https://docs.google.com/spreadsheets/d/e/2PACX-1vT/pubhtml")
