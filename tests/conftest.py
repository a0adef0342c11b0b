"""What every test gets without asking: its own state, the same day, no network.

These three are autouse although we avoid that elsewhere: a test that forgets one of
them still passes, while it writes into the developer's own history, breaks next year or
speaks to somebody's server. None of them gives a value that a test could miss.
"""

import socket
from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest
from hypothesis import settings

from sync import clock

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

TODAY = date(2026, 11, 22)
"""A Sunday in the fourth quarter: late enough for goals to be behind."""

AT_HOME = frozenset({"127.0.0.1", "localhost", "::1"})


class Noon(datetime):
    """A clock that stands still at noon of `TODAY`, in whatever zone it is asked for."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=tz)


class OutsideWorldError(AssertionError):
    """A test tried to reach another machine."""


# A machine that does other work at the same time makes no example wrong.
settings.register_profile("followup", deadline=None)
settings.load_profile("followup")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--live",
        action="store_true",
        help="run tests/conformance against the real Google Sheets (see README)",
    )
    parser.addoption(
        "--cassettes",
        metavar="DIR",
        help="recorded conversations with Google Sheets to replay",
    )


@pytest.fixture
def today() -> date:
    """The day on which all tests happen; give it to whatever asks for one."""
    return TODAY


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    # Below `clock.now`, so that it holds wherever somebody imported that by its name.
    monkeypatch.setattr(clock, "datetime", Noon)


@pytest.fixture(autouse=True)
def _private_state(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Not below the test's own tmp_path: a test may compare the whole folder.
    folder: Path = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("FOLLOWUP_STATE", str(folder))
    # A terminal's colours and width would decide what a command prints.
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    # And the developer's language, in which it talks; the rest of a locale stays.
    for name in ("LANGUAGE", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_MESSAGES", "C")


@pytest.fixture(autouse=True, scope="session")
def _no_network(pytestconfig: pytest.Config) -> Iterator[None]:
    if pytestconfig.getoption("--live"):
        yield
        return
    connect = socket.socket.connect

    def connect_at_home(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else address
        if self.family != getattr(socket, "AF_UNIX", None) and host not in AT_HOME:
            raise OutsideWorldError(f"a test wanted to talk to {host}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_at_home)
        yield


@pytest.fixture
def sheets_server(monkeypatch: pytest.MonkeyPatch) -> Iterator["SheetsServer"]:
    """Google Sheets on this machine; see tests/sheets_server/server.py."""
    # Here and not above: it loads gspread and the description of Google's API, which
    # hardly any test needs.
    from google.auth import credentials  # noqa: PLC0415

    from tests.sheets_server.server import SheetsServer  # noqa: PLC0415

    # With each token google-auth asks Google, in the background, in which regions an
    # account may be used. It does without an answer, but a test asks nobody outside.
    boundary = getattr(credentials, "CredentialsWithRegionalAccessBoundary", None)
    if boundary is not None:
        lookup = "_is_regional_access_boundary_lookup_required"
        monkeypatch.setattr(boundary, lookup, lambda _: False)
    with SheetsServer() as server:
        yield server

    assert server.problems == []
