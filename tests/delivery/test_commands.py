"""``followup mail``: everybody once, nobody lost, every state explained."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from reports.addresses import Recipient
from reports.letters import Letter
from sync.cli import sending
from sync.demo import build
from sync.history.store import History

Letters = Callable[..., tuple[Letter, ...]]
ALL = ("mail", "send", "--yes", "--all")


def test_what_the_server_gets_is_the_file_byte_for_byte(
    office: Any, letters: Letters
) -> None:
    (one,) = letters(1)
    office.put(one)

    result = office.run(*ALL)

    assert result.exit_code == 0, result.output
    assert office.server.room.taken == [
        ("reader1@example.com", office.file_of(one).read_bytes())
    ]


def test_the_first_time_one_letter_goes_then_all_do(
    office: Any, letters: Letters
) -> None:
    office.put(*letters(4))

    first = office.run("mail", "send", "--yes")

    assert first.exit_code == 0
    assert "--all" in first.stdout
    assert len(office.got()) == 1

    second = office.run("mail", "send", "--yes")

    assert second.exit_code == 0
    assert sorted(office.got()) == [f"reader{n}@example.com" for n in (1, 2, 3, 4)]


def test_sending_twice_sends_once(office: Any, letters: Letters) -> None:
    office.put(*letters(3))
    office.run(*ALL)

    again = office.run(*ALL)

    assert again.exit_code == 0
    assert "no letters wait" in again.stdout
    assert len(office.got()) == 3
    assert office.server.room.n_sessions == 2  # before and after STARTTLS


def test_a_limit_is_kept(office: Any, letters: Letters) -> None:
    office.put(*letters(3))

    office.run("mail", "send", "--yes", "--limit", "2")

    assert len(office.got()) == 2


def test_nothing_goes_unless_somebody_says_yes(office: Any, letters: Letters) -> None:
    office.put(*letters(1))

    result = office.run("mail", "send")

    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert office.got() == []


def test_a_rehearsal_goes_to_one_address_and_counts_for_nothing(
    office: Any, letters: Letters
) -> None:
    office.put(*letters(2))

    result = office.run(*ALL, "--to-me", "me@example.org")

    assert result.exit_code == 0
    assert office.got() == ["me@example.org", "me@example.org"]
    assert set(office.states().values()) == {"queued"}


def test_a_rehearsal_goes_to_nothing_but_one_address(
    office: Any, letters: Letters
) -> None:
    office.put(*letters(1))

    result = office.run(*ALL, "--to-me", "a@example.org, b@example.org")

    assert result.exit_code == 2
    assert office.got() == []


def test_a_refused_letter_goes_out_once_its_address_is_corrected(
    office: Any, letters: Letters
) -> None:
    (one,) = letters(1)
    office.put(one)
    office.server.room.script = lambda step, to: (
        "550 5.1.1 no such user"
        if (step, to) == ("RCPT", "reader1@example.com")
        else None
    )

    refused = office.run(*ALL)
    office.put(one)  # the next sync, nothing corrected

    assert refused.exit_code == 1
    assert office.states() == {"reader1@example.com": "rejected"}
    assert "no such user" in office.why("reader1@example.com")

    changed = Recipient("", "right@example.com")
    office.put(replace(one, recipient=changed))

    assert office.run(*ALL).exit_code == 0
    assert office.got() == ["right@example.com"]


def test_hr_is_told_of_a_refused_address_once_and_it_is_not_tried_again(
    office: Any,
) -> None:
    config = office.folder / "config.toml"
    text = config.read_text("utf-8")
    config.write_text(
        text.replace("[mail]", '[mail]\nhr = ["hr@example.com"]'), "utf-8"
    )
    build(office.folder, lang="en", case="retail", today=date(2026, 11, 22)).rename(
        office.folder / "goals.xlsx"
    )
    bad = "ben.whitfield@example.com"
    tried: list[str] = []

    def script(step: str, to: str) -> str | None:
        if (step, to) != ("RCPT", bad):
            return None
        tried.append(to)
        return "550 5.1.1 no such user"

    office.server.room.script = script
    office.run("sync", "goals.xlsx", "--yes")
    first = office.run(*ALL)
    n_to_hr = office.got().count("hr@example.com")
    n_tried = len(tried)
    for _ in range(3):
        office.run("sync", "goals.xlsx", "--yes", "--send")

    assert first.exit_code == 1
    assert n_tried > 0
    assert len(tried) == n_tried
    assert office.got().count("hr@example.com") == n_to_hr + 1
    _, raw = office.server.room.taken[-1]
    texts = [
        part.get_content()
        for part in BytesParser(policy=default).parsebytes(raw).iter_parts()
    ]
    assert all(bad in one and "refused" in one for one in texts)
    assert set(office.states().values()) <= {"sent", "rejected", "held"}

    # It was right after all: one letter that arrives lifts the ban.
    office.server.room.script = lambda _step, _to: None
    listed = json.loads(office.run("mail", "list", "--json").stdout)
    for one in listed:
        if one["state"] == "rejected":
            office.run("mail", "resend", one["key"])
    office.run(*ALL)

    assert office.got().count(bad) == n_tried
    with History.open(None) as history:
        assert history.postbox.refused() == set()


def test_a_letter_held_by_hand_stays_until_it_is_let_go(
    office: Any, letters: Letters
) -> None:
    (one,) = letters(1)
    office.put(one)

    assert office.run("mail", "hold", one.key).exit_code == 0

    office.put(one)  # a sync does not undo it
    office.run(*ALL)

    assert office.got() == []
    assert office.states() == {"reader1@example.com": "held"}

    office.run("mail", "resend", one.key)
    office.run(*ALL)

    assert office.got() == ["reader1@example.com"]


def test_what_was_sent_goes_again_only_when_asked_twice(
    office: Any, letters: Letters
) -> None:
    (one,) = letters(1)
    office.put(one)
    office.run(*ALL)

    refused = office.run("mail", "resend", one.key)
    office.run(*ALL)

    assert refused.exit_code == 2
    assert "--again" in refused.stderr
    assert len(office.got()) == 1

    office.run("mail", "resend", "--again", one.key)
    office.run(*ALL)

    assert len(office.got()) == 2


def test_old_letters_and_foreign_domains_are_held_with_the_reason(
    office: Any, letters: Letters
) -> None:
    office.put(*letters(1))
    config = office.folder / "config.toml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("3660", "0"), "utf-8")

    assert office.states() == {"reader1@example.com": "held"}
    assert "older than 0 days" in office.why("reader1@example.com")

    domains = 'allowed_domains = ["example.org"]\n[mail.smtp]'
    config.write_text(text.replace("[mail.smtp]", domains), "utf-8")

    assert "allowed_domains" in office.why("reader1@example.com")

    result = office.run(*ALL)

    assert result.exit_code == 0
    assert "letters held back: 1" in result.stdout
    assert office.got() == []


def test_a_letter_the_history_does_not_know_is_not_sent(
    office: Any, letters: Letters, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    office.put(*letters(1))
    monkeypatch.setenv("FOLLOWUP_STATE", str(tmp_path / "new"))

    office.run(*ALL)

    assert office.got() == []
    assert "sync first" in office.why("reader1@example.com")


def test_a_forgotten_persons_letter_is_not_sent(office: Any, letters: Letters) -> None:
    office.put(*letters(1))
    with History.open(None) as history:
        history.forget("E1")

    office.run(*ALL)

    assert office.got() == []


def test_letters_written_before_the_sender_was_set_get_it(
    office: Any, letters: Letters
) -> None:
    (one,) = letters(1)
    office.put(one)
    config = office.folder / "config.toml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("HR <hr@", "人力资源 <people@"), "utf-8")

    office.run(*ALL)
    ((_, raw),) = office.server.room.taken

    assert raw == office.file_of(one).read_bytes()
    assert b"people@example.com" in raw
    assert b"hr@example.com" not in raw


def test_without_a_sender_or_server_of_ones_own_nothing_is_tried(
    office: Any, letters: Letters
) -> None:
    office.put(*letters(1))
    config = office.folder / "config.toml"
    text = config.read_text("utf-8")

    config.write_text(text.replace("hr@example.com>", "hr@localhost>"), "utf-8")
    no_sender = office.run(*ALL)
    config.write_text(text.replace('host = "127.0.0.1"', ""), "utf-8")
    no_server = office.run(*ALL)

    assert (no_sender.exit_code, no_server.exit_code) == (2, 2)
    assert "mail.sender" in no_sender.stderr
    assert "mail.smtp.host" in no_server.stderr
    assert office.got() == []


def test_json_says_what_became_of_each_letter(office: Any, letters: Letters) -> None:
    office.put(*letters(2))
    office.server.room.script = lambda step, to: (
        "450 4.2.0 greylisted"
        if (step, to) == ("RCPT", "reader2@example.com")
        else None
    )

    result = office.run(*ALL, "--json")
    report = json.loads(result.stdout)

    assert result.exit_code == 1
    assert [(one["to"], one["state"]) for one in report["letters"]] == [
        ("reader1@example.com", "sent"),
        ("reader2@example.com", "deferred"),
    ]
    assert report["waiting"] == 0


def test_another_name_than_listed_is_refused(office: Any, letters: Letters) -> None:
    office.put(*letters(2))

    assert office.run("mail", "hold", "0000").exit_code == 2
    assert office.run("mail", "hold", "nothing").exit_code == 2


def test_sync_sends_what_it_wrote_and_the_next_one_sends_the_rest_once(
    office: Any,
) -> None:
    build(office.folder, lang="en", case="retail", today=date(2026, 11, 22)).rename(
        office.folder / "goals.xlsx"
    )
    sync = ("sync", "goals.xlsx", "--yes", "--send")

    first = office.run(*sync)

    assert first.exit_code == 0, first.output
    assert "--all" in first.stdout
    assert len(office.got()) == 1

    second = office.run(*sync, "--json")
    sent = json.loads(second.stdout)["sending"]
    waiting = [s for s in office.states().values() if s not in {"sent", "held"}]

    assert second.exit_code == 0
    # A manager with goals gets two, each of its own; nobody gets the same one twice.
    assert len(set(office.server.room.taken)) == len(sent["letters"]) + 1
    assert len(office.got()) == len(sent["letters"]) + 1
    assert waiting == []

    office.run(*sync)

    assert len(office.got()) == len(sent["letters"]) + 1


def test_sync_writes_nothing_when_it_could_not_send(
    office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = build(office.folder, lang="en", case="retail", today=date(2026, 11, 22))
    before = book.read_bytes()
    monkeypatch.delenv("MAIL_PASSWORD")

    result = office.run("sync", str(book), "--yes", "--send")

    assert result.exit_code == 2
    assert "MAIL_PASSWORD" in result.stderr
    assert book.read_bytes() == before
    assert not (office.folder / "outbox").exists()


@pytest.mark.parametrize("answer", ["n", "y"])
def test_on_a_terminal_it_asks_first(
    office: Any, letters: Letters, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    office.put(*letters(1))
    monkeypatch.setattr(sending, "someone_there", lambda: True)

    result = office.run("mail", "send", stdin=f"{answer}\n")

    assert result.exit_code == 0
    assert "from HR <hr@example.com>" in result.stderr
    assert len(office.got()) == (answer == "y")


def test_a_letter_that_was_put_off_waits_longer_each_time(
    office: Any, letters: Letters
) -> None:
    config = office.folder / "config.toml"
    config.write_text(config.read_text("utf-8").replace("[0]", "[5, 15]"), "utf-8")
    (one,) = letters(1)
    office.put(one)
    office.server.room.script = lambda step, to: (  # noqa: ARG005
        "450 4.2.0 greylisted" if step == "RCPT" else None
    )
    office.run(*ALL)
    n_sessions = office.server.room.n_sessions

    soon = office.run(*ALL)

    assert soon.exit_code == 0
    assert "put off by the server: 1" in soon.stdout
    assert office.server.room.n_sessions == n_sessions
    assert "after" in office.why("reader1@example.com")
    with History.open(None) as history:
        assert history.postbox.posts([one.key])[one.key].n_put_off == 1

    office.server.room.script = lambda step, to: None  # noqa: ARG005
    office.run("mail", "resend", one.key)
    office.run(*ALL)

    assert office.got() == ["reader1@example.com"]


@pytest.mark.parametrize(
    ("setting", "quiet"),
    [
        ('[mail]\nquiet_days = ["mon","tue","wed","thu","fri","sat","sun"]', True),
        ('[mail]\nquiet_hours = ["00:00", "23:59:59.999999"]', True),
        ("[mail]", False),
    ],
)
def test_nobody_is_written_to_at_a_quiet_time(
    office: Any, letters: Letters, setting: str, *, quiet: bool
) -> None:
    config = office.folder / "config.toml"
    text = config.read_text("utf-8").replace("[mail]", setting, 1)
    config.write_text(text, "utf-8")
    office.put(*letters(1))

    result = office.run(*ALL)

    assert result.exit_code == 0, result.output
    assert ("quiet time" in result.stdout) == quiet
    assert len(office.got()) == int(not quiet)

    office.run(*ALL, "--now")

    assert len(office.got()) == 1
