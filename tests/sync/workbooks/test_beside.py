"""What a sync leaves beside a file that it cannot edit."""

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import openpyxl
import pytest

from sync.cells import Area, CellRef
from sync.errors import ChangedSinceReadError, InUseError, NotWritableError
from sync.wording import same
from sync.workbooks.base import Workbook
from sync.workbooks.open import open_workbook
from sync.workbooks.plan import (
    Board,
    BoardCell,
    BoardChart,
    Edit,
    Edits,
    Highlight,
    OwnColumn,
    Plan,
    Series,
)

TEXT = "目标,负责人\n提升满意度,张三\n降低成本,=1+1\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "goals.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def plan_for(workbook: Workbook, status: str = "逾期") -> Plan:
    column = OwnColumn(
        key="status",
        sheet="goals",
        header_row=1,
        column=3,
        first_row=2,
        last_row=3,
        header="跟进状态 Follow-up",
        note="由 Followup 填写",
        width=14,
        holds="text",
        is_new=True,
    )
    first, second = CellRef("goals", 2, 3), CellRef("goals", 3, 3)
    snapshot = workbook.snapshot()
    rows = (
        (BoardCell("看板", "title"),),
        (),
        (BoardCell("提升满意度", "link", first), BoardCell(dt.date(2026, 11, 22))),
        (BoardCell("elsewhere", "link", CellRef("gone", 1, 1)), BoardCell(3)),
    )
    return Plan(
        locator=snapshot.locator,
        fingerprint=snapshot.fingerprint,
        columns=(column,),
        edits=Edits.of(
            (
                Edit(at=first, before=None, after=status, because=same("")),
                Edit(at=second, before=None, after="正常", because=same("")),
            )
        ),
        highlights=(Highlight("goals", Area(2, 1, 3, 1), '$C2="逾期"', "late"),),
        board=Board(name="跟进看板", rows=rows, widths=(30, 12)),
    )


def test_results_show_the_boards_charts(source: Path) -> None:
    workbook = open_workbook(str(source))
    plan = plan_for(workbook)
    assert plan.board
    kinds: tuple[Literal["ring", "bars", "lines"], ...] = ("ring", "bars", "lines")
    charts = tuple(
        BoardChart(
            kind=kind,
            title="目标",
            names=Area(3, 1, 4, 1),
            series=(Series(Area(3, 2, 4, 2), ("2F7D4A",) * 2, (1, 1)),),
            row=6,
            column=2,
        )
        for kind in kinds
    )
    workbook.commit(replace(plan, board=replace(plan.board, charts=charts)))
    book = openpyxl.load_workbook(source.with_name("goals.followup.xlsx"))
    board: Any = book.worksheets[1]

    assert [type(one).__name__ for one in board._charts] == [
        "DoughnutChart",
        "BarChart",
        "LineChart",
    ]


def test_results_show_the_table_our_columns_and_the_board(source: Path) -> None:
    workbook = open_workbook(str(source))
    committed = workbook.commit(plan_for(workbook))
    book = openpyxl.load_workbook(source.with_name("goals.followup.xlsx"))
    goals, board = book.worksheets

    assert committed.outcome == "applied"
    assert committed.n_cells == 2
    assert committed.written_to == str(source.with_name("goals.followup.xlsx"))
    assert [[cell.value for cell in row] for row in goals.iter_rows()] == [
        ["目标", "负责人", "跟进状态 Follow-up"],
        ["提升满意度", "张三", "逾期"],
        ["降低成本", "=1+1", "正常"],
    ]
    assert goals["B3"].data_type == "s"
    assert goals["C1"].comment.text == "由 Followup 填写"
    assert [str(area.sqref) for area in goals.conditional_formatting] == ["A2:A3"]
    assert board["A1"].value == "看板"
    assert board["A3"].hyperlink.location == "'goals'!C2"
    assert board["B3"].value == dt.datetime(2026, 11, 22)  # noqa: DTZ001
    assert board["A4"].hyperlink is None
    assert source.read_text(encoding="utf-8") == TEXT


def test_same_results_are_not_written_twice(source: Path) -> None:
    workbook = open_workbook(str(source))
    target = Path(workbook.commit(plan_for(workbook)).written_to)
    before = (target.read_bytes(), target.stat().st_mtime_ns)
    again = workbook.commit(plan_for(workbook))

    assert again.outcome == "nothing"
    assert again.n_cells == 0
    assert (target.read_bytes(), target.stat().st_mtime_ns) == before


def test_new_results_replace_ours_and_leave_no_other_file(source: Path) -> None:
    workbook = open_workbook(str(source))
    workbook.commit(plan_for(workbook))
    workbook.commit(plan_for(workbook, status="完成"))
    names = sorted(path.name for path in source.parent.iterdir())
    book = openpyxl.load_workbook(source.with_name("goals.followup.xlsx"))

    assert names == ["goals.csv", "goals.followup.xlsx"]
    assert book.worksheets[0]["C2"].value == "完成"


def test_results_that_a_person_typed_into_are_never_touched(source: Path) -> None:
    workbook = open_workbook(str(source))
    target = Path(workbook.commit(plan_for(workbook)).written_to)
    book = openpyxl.load_workbook(target)
    book.worksheets[0]["D2"] = "已电话沟通"
    book.save(target)
    edited = target.read_bytes()
    committed = workbook.commit(plan_for(workbook))

    assert target.read_bytes() == edited
    assert committed.written_to.endswith("goals.followup-2.xlsx")
    assert workbook.clean().outcome == "applied"
    assert sorted(path.name for path in source.parent.iterdir()) == [
        "goals.csv",
        "goals.followup.xlsx",
    ]


def test_changed_source_is_refused(source: Path) -> None:
    workbook = open_workbook(str(source))
    plan = plan_for(workbook)
    source.write_text(TEXT + "x,y\n", encoding="utf-8")

    with pytest.raises(ChangedSinceReadError):
        workbook.commit(plan)
    assert [path.name for path in source.parent.iterdir()] == ["goals.csv"]


@pytest.mark.parametrize(
    "lock", ["~$goals.followup.xlsx", ".~lock.goals.followup.xlsx#"]
)
def test_open_results_are_refused(source: Path, lock: str) -> None:
    workbook = open_workbook(str(source))
    source.with_name(lock).write_bytes(b"x")

    with pytest.raises(InUseError):
        workbook.commit(plan_for(workbook))


def test_refusing_folder_is_one_clear_error(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    workbook = open_workbook(str(source))
    monkeypatch.setattr(os, "open", refuse)

    with pytest.raises(NotWritableError, match="Permission denied"):
        workbook.commit(plan_for(workbook))


def test_results_are_as_private_as_their_source(source: Path) -> None:
    source.chmod(0o600)
    workbook = open_workbook(str(source))
    target = Path(workbook.commit(plan_for(workbook)).written_to)

    assert target.stat().st_mode & 0o777 == 0o600


def test_taking_the_results_back_leaves_those_a_person_changed(source: Path) -> None:
    workbook = open_workbook(str(source))
    fingerprint = workbook.commit(plan_for(workbook)).fingerprint
    results = source.with_name("goals.followup.xlsx")
    first = workbook.undo(before=fingerprint, after=fingerprint)
    gone = not results.exists()
    workbook.commit(plan_for(workbook))
    results.write_bytes(results.read_bytes() + b"typed")

    assert first is not None
    assert gone
    assert workbook.undo(before=fingerprint, after=fingerprint) is None
    assert results.exists()
    assert source.read_text(encoding="utf-8") == TEXT
