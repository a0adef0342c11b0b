"""A person signs in: asked in the browser once, remembered from then on."""

import json
import stat
import threading
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
import requests

from sync.errors import SignInError
from sync.workbooks.google import consent
from sync.workbooks.google.access import ENDPOINT, GoogleAccess
from sync.workbooks.google.signin import SHEETS, VERSIONS
from sync.workbooks.google.workbook import GoogleWorkbook
from tests.sheets_server.server import SheetFile, SheetsServer

Open = Callable[..., GoogleAccess]


class Browser:
    """A browser whose user does what the test server's consent screen is told."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.shown: list[str] = []
        self.windows: list[threading.Thread] = []

    def open(self, url: str, **_: object) -> bool:
        self.asked.append(url)
        self.windows.append(threading.Thread(target=self.follow, args=[url]))
        self.windows[-1].start()
        return True

    def follow(self, url: str) -> None:
        self.shown.append(requests.get(url, timeout=10).text)

    def close(self) -> None:
        for one in self.windows:
            one.join()


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    made = Browser()
    monkeypatch.setattr(webbrowser, "get", lambda _: made)
    yield made
    made.close()


@pytest.fixture
def file(sheets_server: SheetsServer) -> SheetFile:
    made = sheets_server.spreadsheet({"Goals": [["Goal"], ["Sell"]]})
    made.share("ann@example.com", "writer")
    return made


@pytest.fixture
def sign_in(
    sheets_server: SheetsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    """Reach the test server as the user of a desktop client that was downloaded."""
    monkeypatch.setenv(ENDPOINT, sheets_server.url)
    # oauthlib takes a token from https only; the test server has no certificate.
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    # Google's own address stands in google-auth, whatever the client's file says.
    monkeypatch.setattr(
        "google.oauth2.credentials._GOOGLE_OAUTH2_TOKEN_ENDPOINT",
        f"{sheets_server.url}/token",
    )
    client = tmp_path / "google-key.json"
    client.write_text(json.dumps(sheets_server.sign_in.client()))
    client.chmod(0o600)
    opened: list[GoogleAccess] = []

    def _open(*, ask: bool, sees_versions: bool = False) -> GoogleAccess:
        state = tmp_path / "state"
        access = GoogleAccess(client, state, ask=ask, sees_versions=sees_versions)
        opened.append(access)
        return access

    yield _open
    for one in opened:
        if "http" in vars(one):
            one.http.close()


def test_consent_is_asked_for_once_and_kept_where_nobody_else_reads_it(  # noqa: PLR0917 (fixtures)
    sheets_server: SheetsServer,
    file: SheetFile,
    browser: Browser,
    sign_in: Open,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sheets_server.sign_in.at_browser = "ann@example.com"
    first = GoogleWorkbook(file.url, sign_in(ask=True)).snapshot()
    kept = tmp_path / "state" / "google-sign-in.json"
    sheets_server.sign_in.revoke()
    later = GoogleWorkbook(file.url, sign_in(ask=False)).snapshot()
    printed = capsys.readouterr()

    assert first.writing.allowed
    assert later.writing.allowed
    assert len(browser.asked) == 1
    assert (
        "scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fspreadsheets&"
        in (browser.asked[0])
    )
    assert "code_challenge_method=S256" in browser.asked[0]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert json.loads(kept.read_text())["scopes"] == [SHEETS]
    assert printed.out == ""
    assert browser.asked[0] in printed.err
    browser.close()
    assert "close this page" in browser.shown[0]


def test_a_wider_right_is_asked_for_anew(
    sheets_server: SheetsServer, file: SheetFile, browser: Browser, sign_in: Open
) -> None:
    sheets_server.sign_in.at_browser = "ann@example.com"
    GoogleWorkbook(file.url, sign_in(ask=True)).snapshot()
    wider = sign_in(ask=True, sees_versions=True)

    assert GoogleWorkbook(file.url, wider).version()
    assert len(browser.asked) == 2
    assert VERSIONS in unquote(browser.asked[1])


def test_consent_that_was_taken_back_is_asked_for_again_where_somebody_is_there(
    sheets_server: SheetsServer, file: SheetFile, browser: Browser, sign_in: Open
) -> None:
    sheets_server.sign_in.at_browser = "ann@example.com"
    GoogleWorkbook(file.url, sign_in(ask=True)).snapshot()
    GoogleWorkbook(file.url, sign_in(ask=True)).snapshot()

    assert len(browser.asked) == 1
    sheets_server.sign_in.people.clear()
    sheets_server.sign_in.revoke()
    with pytest.raises(SignInError, match="run followup init"):
        GoogleWorkbook(file.url, sign_in(ask=False)).snapshot()
    GoogleWorkbook(file.url, sign_in(ask=True)).snapshot()
    assert len(browser.asked) == 2


def test_who_says_no_is_told_what_that_means(
    file: SheetFile, browser: Browser, sign_in: Open, tmp_path: Path
) -> None:
    with pytest.raises(SignInError, match="consent was not given") as refused:
        GoogleWorkbook(file.url, sign_in(ask=True)).snapshot()

    assert "access_denied" in str(refused.value)
    assert len(browser.asked) == 1
    assert not (tmp_path / "state" / "google-sign-in.json").exists()


def test_nobody_is_waited_for_without_end(
    file: SheetFile, sign_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ignored:
        def open(self, _: str, **__: object) -> bool:
            return True

    monkeypatch.setattr(webbrowser, "get", lambda _: Ignored())
    monkeypatch.setattr(consent, "_WAIT", 0.05)

    with pytest.raises(SignInError, match="nobody consented"):
        GoogleWorkbook(file.url, sign_in(ask=True)).snapshot()


def test_a_machine_without_a_browser_says_so(
    file: SheetFile, sign_in: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_: object) -> None:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", none)

    with pytest.raises(SignInError, match="service account's key instead"):
        GoogleWorkbook(file.url, sign_in(ask=True)).snapshot()


def test_a_run_that_nobody_attends_asks_nobody(
    file: SheetFile, browser: Browser, sign_in: Open
) -> None:
    with pytest.raises(SignInError, match="run followup init"):
        GoogleWorkbook(file.url, sign_in(ask=False)).snapshot()

    assert browser.asked == []
