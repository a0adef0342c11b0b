"""Every state that a letter can be in, explained in both languages with what to do."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reports.deliver.entry import OutboxEntry
from reports.deliver.standing import WILL_GO, standings
from sync.config.mail import Chat, Mail
from sync.history.posts import POWER_CUT, Post

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEY = "employee:1:2026-W47:1"
ENTRY = OutboxEntry(
    path=Path("outbox/2026-W47-employee-0123456789abcdef.eml"),
    key=KEY,
    audience="employee",
    recipient="李雷",
    email="li@example.com",
    language="zh",
    subject="本周跟进",
    at=NOW,
    held=False,
    robot="",
    problems=(),
)
NOTE = replace(ENTRY, email=None, robot="hr-group", audience="chat")
NO_ADDRESS = replace(ENTRY, email=None, held=True, problems=("P901",))
MAIL = Mail(
    allowed_domains=("example.com",),
    chat=(Chat(name="hr-group", service="wecom", url_env="URL"),),
)


def post(state: str, **changes: Any) -> Post:
    known: dict[str, Any] = {"recipient": "li@example.com", "at": NOW}
    return Post(key=KEY, state=state, **(known | changes))


def to_group(state: str, **changes: Any) -> Post:
    return post(state, recipient="", **changes)


CASES = [
    # (file, history, standing, what is said of it, what to do about it)
    (ENTRY, post("written"), "queued", "waits", ""),
    (ENTRY, post("sending"), "sending", "is being sent", "the next one"),
    (ENTRY, post("sent", why="end 250 ok"), "sent", "250 ok", ""),
    (ENTRY, post("deferred", why="RCPT 450 later"), "deferred", "450 later", ""),
    (
        ENTRY,
        post("deferred", why="450", moved_at=NOW, n_put_off=1),
        *("deferred", "450", "after 11-22 12:05"),
    ),
    (ENTRY, post("rejected", why="RCPT 550"), "rejected", "550", "mail resend"),
    (ENTRY, post("unknown", why="end reset"), "unknown", "reset", "mail hold"),
    (ENTRY, post("unknown"), "unknown", "interrupted", "ask the reader"),
    (ENTRY, post("unknown", why=POWER_CUT), "unknown", "power failed", "mail resend"),
    (ENTRY, post("stopped"), "held", "you asked", "mail resend"),
    (ENTRY, None, "held", "history does not know", "sync first"),
    (NO_ADDRESS, post("held", recipient=""), "held", "no usable address", "P901"),
    (NO_ADDRESS, post("written", recipient=""), "held", "no usable address", "P901"),
    (
        ENTRY,
        post("written", at=NOW - timedelta(days=30)),
        *("held", "older than 7 days", "mail resend"),
    ),
    (
        replace(ENTRY, email="li@example.net"),
        post("written", recipient="li@example.net"),
        *("held", "example.net", "mail.allowed_domains"),
    ),
    (
        ENTRY,
        post("written", recipient="han@example.com"),
        "held",
        "another reader",
        "put the right one",
    ),
    (NOTE, to_group("sent", why="errcode 0"), "sent", "the robot", ""),
    (NOTE, to_group("rejected", why="errcode 93000"), "rejected", "93000", "mail.chat"),
    (NOTE, to_group("unknown", why="reset"), "unknown", "the group", "look there"),
    (
        replace(NOTE, robot="gone"),
        to_group("written"),
        *("held", "gone", "add it to mail.chat"),
    ),
]


@pytest.mark.parametrize(("entry", "known", "standing", "said", "to_do"), CASES)
def test_every_state_is_explained_with_what_to_do(  # noqa: PLR0917
    entry: OutboxEntry, known: Post | None, standing: str, said: str, to_do: str
) -> None:
    posts = {KEY: known} if known else {}

    (letter,) = standings([entry], posts, MAIL, NOW)
    zh, en = letter.why.in_("zh"), letter.why.in_("en")

    assert letter.standing == standing
    assert said in en
    assert to_do in en
    assert re.search("[一-鿿]{3}", zh)
    assert "{" not in zh + en


def test_nothing_in_doubt_is_sent_by_itself() -> None:
    going = {standing for _, _, standing, *_ in CASES if standing in WILL_GO}

    assert going == {"queued", "deferred"}
    assert {standing for _, _, standing, *_ in CASES} == {
        *("queued", "sending", "sent", "deferred", "rejected", "unknown", "held"),
    }
