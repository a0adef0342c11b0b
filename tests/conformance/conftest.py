"""The same expectations against the test server and, with ``--live``, against Google.

``FOLLOWUP_LIVE_KEY`` names a service account's key file, ``FOLLOWUP_LIVE_SHEET`` the
address or id of a scratch spreadsheet that the account may edit. Each expectation works
on a tab of its own, which is deleted again.
"""

import collections
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from google.auth.transport.requests import AuthorizedSession
from google.oauth2 import service_account

from tests.conformance.scratch import Scratch
from tests.sheets_server.server import SheetsServer

TAGS = {
    "recorded": "the real API has answered so, in a recording",
    "documented": "Google says so, in the source that is given",
    "assumed": "nobody has checked it; run with --live to find out",
}
SCOPES = ["https://www.googleapis.com/auth/spreadsheets"]
REAL = "https://sheets.googleapis.com"
ACCOUNT = "conformance@tests.iam.gserviceaccount.com"


def pytest_configure(config: pytest.Config) -> None:
    for tag, meaning in TAGS.items():
        config.addinivalue_line("markers", f"{tag}(source): {meaning}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.parent == here and "scratch" in getattr(item, "fixturenames", ()):
            tags = [tag for tag in TAGS if item.get_closest_marker(tag)]
            assert len(tags) == 1, f"{item.nodeid} needs one of {', '.join(TAGS)}"
            item.user_properties.append(("conformance", tags[0]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(
        collections.Counter
    )
    for outcome in ("passed", "failed", "skipped"):
        for report in terminalreporter.stats.get(outcome, ()):
            for name, tag in getattr(report, "user_properties", ()):
                if name == "conformance":
                    counts[tag][outcome] += 1
    for tag in TAGS:
        if counts[tag]:
            told = ", ".join(f"{n} {outcome}" for outcome, n in counts[tag].items())
            terminalreporter.write_line(f"conformance, {tag}: {told}")


@pytest.fixture
def scratch(request: pytest.FixtureRequest) -> Iterator[Scratch]:
    """A blank tab, on this machine or at Google's."""
    if request.config.getoption("--live"):
        with live_session() as session:
            yield from tab_of(Scratch(session, REAL, live_sheet()))
        return
    server: SheetsServer = request.getfixturevalue("sheets_server")
    session = local_session(server)
    file = server.spreadsheet(owner=ACCOUNT)
    with session:
        yield from tab_of(Scratch(session, server.url, file.id))


def tab_of(scratch: Scratch) -> Iterator[Scratch]:
    scratch.begin()
    yield scratch
    scratch.end()


def local_session(server: SheetsServer) -> AuthorizedSession:
    session = signed_in(server.account(ACCOUNT))
    server.mount(session)
    return session


def live_session() -> requests.Session:
    path = os.environ.get("FOLLOWUP_LIVE_KEY")
    if not path:
        pytest.skip("FOLLOWUP_LIVE_KEY names no key file")
    return signed_in(json.loads(Path(path).read_text(encoding="utf-8")))


def live_sheet() -> str:
    address = os.environ.get("FOLLOWUP_LIVE_SHEET", "")
    match = re.search(r"/d/([\w-]+)", address)
    found = match[1] if match else address
    if not found:
        pytest.skip("FOLLOWUP_LIVE_SHEET names no spreadsheet")
    return found


def signed_in(info: dict[str, str]) -> AuthorizedSession:
    credentials = service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
        info, scopes=SCOPES
    )
    return AuthorizedSession(credentials)  # type: ignore[no-untyped-call]
