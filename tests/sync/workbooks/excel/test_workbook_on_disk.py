"""A workbook on disk: committed as one change, given back, refused in good time."""

import os
import stat
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from sync.cells import Area, CellRef
from sync.errors import ChangedSinceReadError, InUseError, NotWritableError
from sync.wording import same
from sync.workbooks.backups import Backups
from sync.workbooks.excel import disk, exchange
from sync.workbooks.excel.workbook import ExcelWorkbook
from sync.workbooks.plan import (
    Board,
    BoardCell,
    Edit,
    Edits,
    Highlight,
    OwnColumn,
    Plan,
)

BOARD = Board(name="Board", rows=((BoardCell("as of today"),),), widths=(20,))
STATUS = OwnColumn(
    key="status",
    sheet="Goals",
    header_row=1,
    column=2,
    first_row=2,
    last_row=3,
    header="Follow-up",
    note="written by Followup",
    width=12,
    holds="text",
    is_new=True,
)


@pytest.fixture
def goals(tmp_path: Path) -> Path:
    path = tmp_path / "goals.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Goals")
        sheet.write_column(0, 0, ["Goal", "Sell more", "Ship it"])
        sheet.autofilter("A1:A3")
    return path


def whole_plan(path: Path, status: str = "on track") -> Plan:
    snapshot = ExcelWorkbook(path).snapshot()
    at = CellRef("Goals", 2, 2)
    stands = bool(snapshot.sheets[0].own)
    return Plan(
        locator=str(path),
        fingerprint=snapshot.fingerprint,
        columns=(replace(STATUS, is_new=not stands),),
        edits=Edits.of([Edit(at, None, status, same("x"))]),
        highlights=(Highlight("Goals", Area(2, 1, 3, 2), '$B2="x"', "bad"),),
        board=BOARD,
    )


def spares(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_a_plan_is_carried_out_and_nothing_is_left_beside(goals: Path) -> None:
    committed = ExcelWorkbook(goals).commit(whole_plan(goals))
    after = ExcelWorkbook(goals).snapshot()

    assert committed.outcome == "applied"
    assert committed.n_cells == 2
    assert committed.fingerprint == after.fingerprint
    assert after.sheets[0].value(2, 2) == "on track"
    assert spares(goals.parent) == []


def test_an_empty_plan_does_not_touch_the_file(goals: Path) -> None:
    before = goals.stat()
    fingerprint = ExcelWorkbook(goals).snapshot().fingerprint
    committed = ExcelWorkbook(goals).commit(
        Plan(locator=str(goals), fingerprint=fingerprint)
    )

    assert committed.outcome == "nothing"
    assert goals.stat() == before


def test_a_plan_carried_out_again_does_not_touch_the_file(goals: Path) -> None:
    ExcelWorkbook(goals).commit(whole_plan(goals))
    before = goals.stat()
    committed = ExcelWorkbook(goals).commit(whole_plan(goals))

    assert committed.outcome == "nothing"
    assert goals.stat().st_mtime_ns == before.st_mtime_ns


def test_cleaning_gives_the_original_back_after_several_syncs(goals: Path) -> None:
    original = goals.read_bytes()
    for status in ("on track", "behind", "done"):
        ExcelWorkbook(goals).commit(whole_plan(goals, status))
    ExcelWorkbook(goals).clean()

    assert goals.read_bytes() == original


def test_cleaning_a_workbook_without_us_does_nothing(goals: Path) -> None:
    assert ExcelWorkbook(goals).clean().outcome == "nothing"


def test_cleaning_leaves_an_empty_list_of_names_that_others_wrote(
    tmp_path: Path,
) -> None:
    path = tmp_path / "export.xlsx"
    openpyxl.Workbook().save(path)
    before = path.read_bytes()

    assert ExcelWorkbook(path).clean().outcome == "nothing"
    assert path.read_bytes() == before


def test_cleaning_takes_our_things_out_of_a_workbook_saved_since(goals: Path) -> None:
    original = ExcelWorkbook(goals).snapshot()
    ExcelWorkbook(goals).commit(whole_plan(goals))
    book = openpyxl.load_workbook(goals)
    book["Goals"]["A3"] = "Ship it twice"
    book.save(goals)
    ExcelWorkbook(goals).clean()
    after = ExcelWorkbook(goals).snapshot()

    assert [sheet.name for sheet in after.sheets] == ["Goals"]
    assert after.sheets[0].value(3, 1) == "Ship it twice"
    assert after.sheets[0].value(1, 2) is None
    assert after.sheets[0].value(2, 2) is None
    assert after.sheets[0].own == ()
    assert after.sheets[0].highlights == ()
    assert after.sheets[0].auto_filter == original.sheets[0].auto_filter
    assert openpyxl.load_workbook(goals).sheetnames == ["Goals"]


def test_cleaning_goes_on_below_an_empty_row_and_ends_with_the_table(
    tmp_path: Path,
) -> None:
    path = tmp_path / "goals.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Goals")
        sheet.write_column(0, 0, ["Goal", "Ship it", "Sell it", "", "Keep it"])
        sheet.write(6, 0, "not a goal")
    plan = whole_plan(path, "on track")
    column = replace(plan.columns[0], last_row=5)
    rows = [
        Edit(CellRef("Goals", row, 2), None, "late", same("x")) for row in (2, 3, 5)
    ]
    rule = Highlight("Goals", Area(2, 1, 5, 1), '$B2="late"', "late")
    ExcelWorkbook(path).commit(
        replace(plan, columns=(column,), edits=Edits.of(rows), highlights=(rule,))
    )
    book = openpyxl.load_workbook(path)
    book["Goals"]["B7"] = "typed below the table"
    book.save(path)
    ExcelWorkbook(path).clean()
    sheet = ExcelWorkbook(path).snapshot().sheets[0]

    assert [sheet.value(row, 1) for row in (2, 3, 5)] == [
        "Ship it",
        "Sell it",
        "Keep it",
    ]
    assert [sheet.value(row, 2) for row in range(1, 6)] == [None] * 5
    assert sheet.value(7, 2) == "typed below the table"
    assert sheet.highlights == ()


def test_a_workbook_saved_since_it_was_read_is_left_alone(goals: Path) -> None:
    plan = whole_plan(goals)
    theirs = goals.read_bytes() + b"\0"
    goals.write_bytes(theirs)

    with pytest.raises(ChangedSinceReadError):
        ExcelWorkbook(goals).commit(plan)
    assert goals.read_bytes() == theirs


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_save_between_looking_and_exchanging_is_never_lost(
    goals: Path, monkeypatch: pytest.MonkeyPatch, *, can_exchange: bool
) -> None:
    plan = whole_plan(goals)
    real = exchange.exchange

    def late(spare: Path, target: Path) -> bool:
        if target.read_bytes() != b"theirs" and spare.read_bytes() != b"theirs":
            goals.write_bytes(b"theirs")
        return real(spare, target) if can_exchange else False

    monkeypatch.setattr(disk, "exchange", late)

    with pytest.raises(ChangedSinceReadError):
        ExcelWorkbook(goals).commit(plan)
    assert goals.read_bytes() == b"theirs"
    assert spares(goals.parent) == []


def test_excel_having_it_open_is_respected_and_named(goals: Path) -> None:
    name = "王小明"
    wide = name.encode("utf-16-le").ljust(108, b" \0"[:1])
    owner = bytes([6]) + b"x".ljust(53) + bytes([len(name), 0]) + wide
    (goals.parent / "~$goals.xlsx").write_bytes(owner.ljust(165, b" ")[:165])
    before = goals.read_bytes()

    with pytest.raises(InUseError, match=name):
        ExcelWorkbook(goals).commit(whole_plan(goals))
    with pytest.raises(InUseError):
        ExcelWorkbook(goals).clean()
    assert goals.read_bytes() == before


def test_libreoffice_having_it_open_is_respected_and_named(goals: Path) -> None:
    lock = goals.parent / ".~lock.goals.xlsx#"
    lock.write_text("Li Na,lina,hr-pc,22.11.2026 20:00,file:///x;", "utf-8")

    with pytest.raises(InUseError, match=r"Li Na \(hr-pc\)"):
        ExcelWorkbook(goals).commit(whole_plan(goals))


def test_a_link_keeps_leading_to_the_workbook(goals: Path, tmp_path: Path) -> None:
    link = tmp_path / "current.xlsx"
    link.symlink_to(goals)
    ExcelWorkbook(link).commit(whole_plan(link))

    assert link.is_symlink()
    assert ExcelWorkbook(goals).snapshot().sheets[0].value(2, 2) == "on track"


def test_a_second_name_of_the_file_is_not_torn_off(goals: Path, tmp_path: Path) -> None:
    os.link(goals, tmp_path / "same.xlsx")

    with pytest.raises(NotWritableError, match="2 names"):
        ExcelWorkbook(goals).commit(whole_plan(goals))


def test_the_mode_is_kept(goals: Path) -> None:
    goals.chmod(0o640)
    ExcelWorkbook(goals).commit(whole_plan(goals))

    assert stat.S_IMODE(goals.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write")
def test_a_read_only_file_is_refused(goals: Path) -> None:
    goals.chmod(0o440)

    with pytest.raises(NotWritableError, match="read-only"):
        ExcelWorkbook(goals).commit(whole_plan(goals))


def test_a_full_drive_leaves_the_file_and_nothing_beside_it(
    goals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = goals.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(NotWritableError, match="No space") as refusal:
        ExcelWorkbook(goals).commit(whole_plan(goals))
    assert "make room" in refusal.value.hint
    assert goals.read_bytes() == before
    assert spares(goals.parent) == []


def test_a_write_is_taken_back_byte_for_byte(goals: Path, tmp_path: Path) -> None:
    workbook = ExcelWorkbook(goals, Backups(tmp_path / "state", 3))
    workbook.commit(whole_plan(goals))
    first, before = goals.read_bytes(), workbook.snapshot().fingerprint
    after = workbook.commit(whole_plan(goals, "late")).fingerprint
    undone = workbook.undo(before=before, after=after)

    assert undone is not None
    assert undone.fingerprint == before
    assert goals.read_bytes() == first


def test_a_write_saved_over_or_not_kept_is_not_taken_back(
    goals: Path, tmp_path: Path
) -> None:
    kept = ExcelWorkbook(goals, Backups(tmp_path / "state", 3))
    before = kept.snapshot().fingerprint
    after = kept.commit(whole_plan(goals)).fingerprint
    unkept = ExcelWorkbook(goals).undo(before=before, after=after)
    goals.write_bytes(goals.read_bytes() + b" ")
    saved = goals.read_bytes()

    assert unkept is None
    assert kept.undo(before=before, after=after) is None
    assert goals.read_bytes() == saved
