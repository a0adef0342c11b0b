"""The outbox: each letter once, whole, for its owner's eyes only."""

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reports.addresses import Recipient
from reports.deliver.outbox import deliver, list_outbox, preview
from reports.letters import Letter
from sync.errors import DeliveryError

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def letters(company_letters: tuple[Letter, ...]) -> tuple[Letter, ...]:
    return company_letters


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.iterdir()
    }


def test_every_letter_gets_a_file_and_a_receipt(
    letters: Sequence[Letter], tmp_path: Path
) -> None:
    receipts = deliver(letters, tmp_path / "out", already=set(), at=AT)

    assert [one.key for one in receipts] == [one.key for one in letters]
    assert {one.state for one in receipts} == {"written", "held"}
    assert all(one.path and one.path.is_file() for one in receipts)


def test_the_same_letters_are_never_written_twice(
    letters: Sequence[Letter], tmp_path: Path
) -> None:
    deliver(letters, tmp_path, already=set(), at=AT)
    before = contents(tmp_path)

    again = deliver(letters, tmp_path, already=set(), at=AT.replace(hour=18))

    assert contents(tmp_path) == before
    assert {one.state for one in again} == {"skipped", "held"}


def test_what_history_remembers_as_told_is_skipped_with_a_reason(
    letters: Sequence[Letter], tmp_path: Path
) -> None:
    told = {one.key for one in letters}

    receipts = deliver(letters, tmp_path / "out", already=told, at=AT)

    assert {one.state for one in receipts} == {"skipped"}
    assert not (tmp_path / "out").exists()
    assert receipts[0].why.in_("en") == "the same has been told before"


def test_a_held_letter_goes_out_once_its_address_is_known(
    letters: Sequence[Letter], tmp_path: Path
) -> None:
    deliver(letters, tmp_path, already=set(), at=AT)
    held = next(one for one in letters if one.recipient.email is None)
    known = replace(held, recipient=Recipient("陈思远", "c@example.com"), problems=())

    (receipt,) = deliver([known], tmp_path, already=set(), at=AT)
    entry = next(one for one in list_outbox(tmp_path) if one.key == held.key)

    assert receipt.state == "written"
    assert (entry.email, entry.held) == ("c@example.com", False)


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
def test_only_the_owner_may_read_the_outbox(
    letters: Sequence[Letter], tmp_path: Path
) -> None:
    folder = tmp_path / "out"

    deliver(letters, folder, already=set(), at=AT)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_file_names_are_ascii_and_say_no_name(
    letters: Sequence[Letter], tmp_path: Path
) -> None:
    deliver(letters, tmp_path, already=set(), at=AT)

    names = sorted(path.name for path in tmp_path.glob("*.eml"))

    assert all(
        re.fullmatch(r"2026-W47-(employee|manager|hr)-[0-9a-f]{16}\.eml", name)
        for name in names
    )
    assert len(names) == len(letters)


def test_the_list_tells_who_gets_what_and_what_waits(
    letters: Sequence[Letter], tmp_path: Path
) -> None:
    deliver(letters, tmp_path, already=set(), at=AT)

    listed = {one.key: one for one in list_outbox(tmp_path)}
    waiting = [one for one in listed.values() if one.held]

    assert {one.key: one.subject for one in letters} == {
        key: one.subject for key, one in listed.items()
    }
    assert [(one.recipient, one.problems) for one in waiting] == [("陈思远", ("P901",))]
    assert {one.at for one in listed.values()} == {AT}


def test_files_that_are_not_ours_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x.eml").write_bytes(
        b"Subject: mine\r\nContent-Type: x\xff\r\n\r\nhello"
    )
    (tmp_path / "y.eml").write_bytes(b"\x00\xff")

    assert list_outbox(tmp_path) == ()
    assert list_outbox(tmp_path / "missing") == ()


def test_a_folder_that_cannot_be_made_says_what_to_do(
    letters: Sequence[Letter], tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("a file")

    with pytest.raises(DeliveryError) as caught:
        deliver(letters, tmp_path / "out", already=set(), at=AT)

    assert "mail.outbox" in caught.value.hint
    assert str(tmp_path) in caught.value.where


def test_a_bad_sender_leaves_nothing_behind(
    letters: Sequence[Letter], tmp_path: Path
) -> None:
    with pytest.raises(DeliveryError, match="sender"):
        deliver(letters, tmp_path / "out", already=set(), at=AT, sender="me")

    assert not (tmp_path / "out").exists()


def test_a_crash_while_writing_leaves_no_torn_letter(
    letters: Sequence[Letter], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(KeyboardInterrupt):
        deliver(letters, tmp_path, already=set(), at=AT)

    assert list(tmp_path.iterdir()) == []


def test_the_page_runs_one_script_and_reaches_no_network(
    letters: Sequence[Letter], tmp_path: Path
) -> None:
    deliver(letters, tmp_path, already=set(), at=AT)

    page = preview(tmp_path).read_text()

    assert "default-src 'none'" in page
    assert "allow-scripts" not in page
    assert not re.findall(r"(?:src|href)=[\"']?https?:", page)
    assert page.count("</script>") == 2


def test_hostile_letters_cannot_break_out_of_the_page(
    letters: Sequence[Letter], tmp_path: Path
) -> None:
    evil = "</script><script>alert(1)</script><!--\u2028\u202e"
    hostile = replace(
        letters[0],
        subject=evil,
        html=evil,
        text=evil,
        recipient=Recipient(evil, "e@example.com"),
    )

    deliver([hostile], tmp_path, already=set(), at=AT)
    page = preview(tmp_path).read_text()

    assert "<script>alert" not in page
    assert "\u2028" not in page
    assert "\u202e" not in page
    assert page.count("</script>") == 2


def test_an_empty_outbox_has_no_preview(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="empty"):
        preview(tmp_path)
