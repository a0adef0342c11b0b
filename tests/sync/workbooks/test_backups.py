"""Copies from before a write: whole, private, and never too many."""

import hashlib
import stat
from pathlib import Path

import pytest
import xlsxwriter

from sync.errors import NotWritableError
from sync.workbooks.backups import Backups
from sync.workbooks.open import open_workbook
from sync.workbooks.plan import Board, BoardCell, Plan


def test_the_last_copies_are_kept_oldest_first(tmp_path: Path) -> None:
    backups = Backups(tmp_path / "state", 3)
    for content in (b"1", b"2", b"3", b"4", b"5"):
        backups.save(tmp_path / "目标.xlsx", content)
    kept = sorted((tmp_path / "state").rglob("*.xlsx"))

    assert [one.read_bytes() for one in kept] == [b"3", b"4", b"5"]


def test_only_the_owner_may_read_a_copy(tmp_path: Path) -> None:
    copy = Backups(tmp_path / "state", 5).save(tmp_path / "goals.xlsm", b"x")

    assert copy is not None
    assert copy.suffix == ".xlsm"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700


def test_workbooks_of_one_name_do_not_push_out_each_others_copies(
    tmp_path: Path,
) -> None:
    backups = Backups(tmp_path / "state", 1)
    first = backups.save(tmp_path / "a" / "goals.xlsx", b"a")
    second = backups.save(tmp_path / "b" / "goals.xlsx", b"b")

    assert first is not None
    assert second is not None
    assert (first.read_bytes(), second.read_bytes()) == (b"a", b"b")


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    backups = Backups(tmp_path / "state", 5)
    first = backups.save(tmp_path / "goals.xlsx", b"a")

    assert backups.save(tmp_path / "goals.xlsx", b"a") == first


def test_none_wanted_makes_no_folder(tmp_path: Path) -> None:
    assert Backups(tmp_path / "state", 0).save(tmp_path / "goals.xlsx", b"a") is None
    assert not (tmp_path / "state").exists()


def test_half_a_copy_of_a_crash_is_cleared_away(tmp_path: Path) -> None:
    backups = Backups(tmp_path / "state", 5)
    first = backups.save(tmp_path / "goals.xlsx", b"a")
    assert first is not None
    half = first.with_name(".4242-0011223344556677.part")
    half.write_bytes(b"ha")
    backups.save(tmp_path / "goals.xlsx", b"b")

    assert not half.exists()
    assert first.exists()


def test_a_copy_that_cannot_be_kept_stops_the_write(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")

    with pytest.raises(NotWritableError, match="copy"):
        Backups(tmp_path / "state", 5).save(tmp_path / "goals.xlsx", b"a")


def test_a_write_names_the_copy_from_before_it(tmp_path: Path) -> None:
    path = tmp_path / "goals.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Goals").write(0, 0, "Goal")
    before = path.read_bytes()
    workbook = open_workbook(str(path), Backups(tmp_path / "state", 5))
    plan = Plan(
        locator=str(path),
        fingerprint=workbook.snapshot().fingerprint,
        board=Board(name="Board", rows=((BoardCell("x"),),), widths=(20,)),
    )
    written = workbook.commit(plan)
    again = workbook.commit(
        Plan(locator=str(path), fingerprint=written.fingerprint, board=None)
    )

    assert written.backup is not None
    assert Path(written.backup).read_bytes() == before
    assert path.read_bytes() != before
    assert again.backup is None


def test_a_copy_is_found_by_what_it_holds(tmp_path: Path) -> None:
    backups = Backups(tmp_path / "state", 5)
    path = tmp_path / "goals.xlsx"
    backups.save(path, b"a")
    copy = backups.save(path, b"b")
    wanted = hashlib.sha256(b"b").hexdigest()

    assert copy is not None
    assert backups.find(path, wanted) == b"b"
    assert backups.find(path, hashlib.sha256(b"c").hexdigest()) is None
    assert backups.find(tmp_path / "other.xlsx", wanted) is None


def test_a_damaged_copy_is_not_given_back(tmp_path: Path) -> None:
    backups = Backups(tmp_path / "state", 5)
    copy = backups.save(tmp_path / "goals.xlsx", b"a")
    assert copy is not None
    copy.write_bytes(b"torn")

    wanted = hashlib.sha256(b"a").hexdigest()

    assert backups.find(tmp_path / "goals.xlsx", wanted) is None
