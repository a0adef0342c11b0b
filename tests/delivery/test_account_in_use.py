"""What an account asks for, from the command line: tokens, keyrings, pace, patience."""

import sys
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any, Self

import pytest

from reports.deliver.pace import Pace
from sync import clock

Letters = Callable[..., tuple[Any, ...]]
ALL = ("mail", "send", "--yes", "--all")


def configure(office: Any, old: str, new: str) -> None:
    """Write one line of the configuration anew."""
    config = office.folder / "config.toml"
    text = config.read_text("utf-8")
    assert old in text
    config.write_text(text.replace(old, new), "utf-8")


def by_command(office: Any, key: str) -> None:
    """Let a command print the secret that stands in a file."""
    program = "print(open('secret').read())"
    command = ", ".join(f'"{word}"' for word in (sys.executable, "-c", program))
    configure(office, 'password_env = "MAIL_PASSWORD"', f"{key} = [{command}]")


def test_a_password_comes_from_a_keyrings_command(
    office: Any, letters: Letters
) -> None:
    by_command(office, "password_command")
    (office.folder / "secret").write_text("right horse", "utf-8")
    office.put(*letters(1))

    result = office.run(*ALL)

    assert result.exit_code == 0, result.output
    assert len(office.got()) == 1


def test_a_token_that_ran_out_meanwhile_is_fetched_anew_for_the_next_connection(
    office: Any, letters: Letters
) -> None:
    by_command(office, "token_command")
    configure(office, "[mail.smtp]", "[mail.smtp]\nletters_per_connection = 1")
    secret, room = office.folder / "secret", office.server.room
    secret.write_text("first", "utf-8")
    room.token = "first"
    office.put(*letters(3))

    def an_hour_later(step: str, _to: str) -> None:
        if step == "end":
            room.token = f"{room.token}+"
            secret.write_text(room.token, "utf-8")

    room.script = an_hour_later
    result = office.run(*ALL)

    assert result.exit_code == 0, result.output
    assert len(office.got()) == 3


def test_a_token_that_is_refused_stops_the_run_and_is_not_shown(
    office: Any, letters: Letters
) -> None:
    by_command(office, "token_command")
    (office.folder / "secret").write_text("ya29.stale", "utf-8")
    office.put(*letters(2))

    result = office.run(*ALL)

    assert result.exit_code == 2
    assert "token_command" in result.stderr
    assert "ya29.stale" not in result.output + result.stderr
    assert set(office.states().values()) == {"queued"}


def test_no_minute_holds_more_letters_whichever_run_they_come_from(
    office: Any, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(office, "letters_per_minute = 10000", "letters_per_minute = 3")
    slept: list[float] = []
    assert Pace.__init__.__kwdefaults__ is not None
    monkeypatch.setitem(Pace.__init__.__kwdefaults__, "sleep", slept.append)
    office.put(*letters(5))

    office.run("mail", "send", "--yes", "--limit", "2")
    office.run("mail", "send", "--yes", "--limit", "1")

    assert slept == []

    office.run("mail", "send", "--yes", "--limit", "1")

    assert len(office.got()) == 4
    (pause,) = slept
    assert 50 < pause <= 60


def test_a_letter_put_off_again_and_again_is_tried_less_and_less_often(
    office: Any, letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(office, "retry_after_minutes = [0]", "retry_after_minutes = [5, 15, 60]")
    office.put(*letters(1))
    minute, tried = 0, list[int]()

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls(2026, 11, 22, 12 + minute // 60, minute % 60, tzinfo=tz)

    def greylisted(step: str, _to: str) -> str | None:
        if step != "RCPT":
            return None
        tried.append(minute)
        return "451 4.7.1 greylisted"

    monkeypatch.setattr(clock, "datetime", Later)
    office.server.room.script = greylisted
    for minute in range(0, 240, 5):  # noqa: B007 - the clock goes by it
        office.run(*ALL)

    assert tried == [0, 5, 20, 80, 140, 200]
    assert "451 4.7.1 greylisted" in office.why("reader1@example.com")
