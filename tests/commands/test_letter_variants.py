"""Letters of the month and of a period's end, asked for and looked at first."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def book(
    write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    monkeypatch.chdir(tmp_path)
    return write()


def letters(folder: str = "outbox") -> list[str]:
    return sorted(path.name for path in Path(folder).glob("*.eml"))


def test_a_preview_of_another_kind_is_neither_sent_nor_remembered(
    run: Callable[..., Any], book: Path
) -> None:
    shown = run("mail", "preview", str(book), "--variant", "closing")
    page = Path(shown.stdout.strip())

    assert page.parent.name == "preview-closing"
    assert page.is_file()
    assert letters(str(page.parent))
    assert letters() == []
    assert run("mail", "list", "--json").stdout.strip() == "[]"


def test_a_preview_looked_at_twice_shows_what_is_true_now(
    run: Callable[..., Any], book: Path
) -> None:
    first = run("mail", "preview", str(book), "--variant", "monthly").stdout
    stale = Path(first.strip()).parent / "2026-W01-employee-00.eml"
    stale.write_bytes(b"X-Followup-Key: old\r\n\r\n")
    run("mail", "preview", str(book), "--variant", "monthly")

    assert not stale.exists()


def test_letters_that_were_asked_for_are_written_once(
    run: Callable[..., Any], book: Path
) -> None:
    run("sync", str(book), "--yes", "--variant", "closing")
    first = letters()
    run("sync", str(book), "--yes", "--variant", "closing")

    assert first
    assert letters() == first


def test_an_unknown_kind_is_refused_with_those_there_are(
    run: Callable[..., Any], book: Path
) -> None:
    refused = run("sync", str(book), "--variant", "yearly")

    assert refused.exit_code == 2
    assert "weekly" in refused.stderr
