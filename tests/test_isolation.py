"""The guards of conftest.py, which would fail silently."""

import os
import socket
from datetime import date
from pathlib import Path

import pytest

from sync.clock import now, today


def test_no_test_reaches_another_machine() -> None:
    with (
        socket.socket() as caller,
        pytest.raises(AssertionError, match=r"192\.0\.2\.1"),
    ):
        # TEST-NET-1 of RFC 5737: it is nobody's address even if the guard fails.
        caller.connect(("192.0.2.1", 9))


def test_a_server_on_this_machine_may_be_spoken_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as caller:
        caller.connect(server.getsockname())

        assert caller.getpeername() == server.getsockname()


def test_every_test_happens_on_the_same_day() -> None:
    assert today() == date(2026, 11, 22)
    assert now().date() == date(2026, 11, 22)
    assert now("Asia/Shanghai").isoformat() == "2026-11-22T12:00:00+08:00"


def test_every_test_has_an_empty_state_folder_of_its_own(tmp_path: Path) -> None:
    state = Path(os.environ["FOLLOWUP_STATE"])

    assert state.is_dir()
    assert not any(state.iterdir())
    assert not state.is_relative_to(tmp_path)
