"""The in-memory workbook behaves like a file: what is written is read again."""

import pytest

from sync.cells import Area, CellRef
from sync.errors import ChangedSinceReadError
from sync.wording import same
from sync.workbooks.memory import Cells, MemoryWorkbook
from sync.workbooks.plan import (
    Board,
    BoardCell,
    Edit,
    Edits,
    Highlight,
    OwnColumn,
    Plan,
)
from sync.workbooks.snapshot import OwnMark

GOALS: dict[str, Cells] = {"Goals": [["Goal", "Due"], ["grow", ""], [], ["cut", None]]}


def status(*, is_new: bool = True) -> OwnColumn:
    return OwnColumn(
        key="status",
        sheet="Goals",
        header_row=1,
        column=3,
        first_row=2,
        last_row=4,
        header="Follow-up",
        note="written by Followup",
        width=12,
        holds="text",
        is_new=is_new,
    )


def whole_plan(workbook: MemoryWorkbook) -> Plan:
    edit = Edit(
        at=CellRef("Goals", 2, 3), before=None, after="late", because=same("late")
    )
    return Plan(
        locator="memory",
        fingerprint=workbook.snapshot().fingerprint,
        columns=(status(),),
        edits=Edits.of([edit]),
        highlights=(Highlight("Goals", Area(2, 1, 4, 1), '$C2="late"', "late"),),
        board=Board(name="Board", rows=((BoardCell("1 late"),),), widths=(20,)),
    )


def test_rows_are_those_a_file_would_give() -> None:
    sheet = MemoryWorkbook(GOALS).snapshot().sheets[0]

    assert [(row.number, row.values) for row in sheet.rows] == [
        (1, ("Goal", "Due")),
        (2, ("grow",)),
        (4, ("cut",)),
    ]


def test_plan_is_carried_out_and_read_again() -> None:
    workbook = MemoryWorkbook(GOALS)
    before = workbook.snapshot().fingerprint
    committed = workbook.commit(whole_plan(workbook))
    snapshot = workbook.snapshot()
    goals, board = snapshot.sheets

    assert (committed.outcome, committed.n_cells) == ("applied", 1)
    assert committed.fingerprint == snapshot.fingerprint != before
    assert goals.value(1, 3) == "Follow-up"
    assert goals.value(2, 3) == "late"
    assert goals.own == (OwnMark("status", 1, 3),)
    assert goals.highlights[0].style == "late"
    assert (board.name, board.is_board, board.index) == ("Board", True, 1)


def test_empty_plan_changes_nothing() -> None:
    workbook = MemoryWorkbook(GOALS)
    workbook.commit(whole_plan(workbook))
    again = Plan(
        locator="memory",
        fingerprint=workbook.snapshot().fingerprint,
        columns=(status(is_new=False),),
    )

    assert workbook.commit(again).outcome == "nothing"
    assert workbook.n_commits == 1


def test_clean_gives_back_what_was_there() -> None:
    workbook = MemoryWorkbook(GOALS)
    before = workbook.snapshot()
    workbook.commit(whole_plan(workbook))
    workbook.clean()

    assert workbook.snapshot() == before


def test_plan_for_an_older_state_is_refused() -> None:
    workbook = MemoryWorkbook(GOALS)
    plan = whole_plan(workbook)
    workbook.edit("Goals", "A2", "grow faster")

    with pytest.raises(ChangedSinceReadError):
        workbook.commit(plan)
    assert workbook.snapshot().sheets[0].value(2, 1) == "grow faster"


def test_a_write_is_taken_back_once_if_nobody_typed_since() -> None:
    workbook = MemoryWorkbook(GOALS)
    before = workbook.snapshot().fingerprint
    after = workbook.commit(whole_plan(workbook)).fingerprint
    undone = workbook.undo(before=before, after=after)

    assert undone is not None
    assert undone.fingerprint == before == workbook.snapshot().fingerprint
    assert workbook.undo(before=before, after=after) is None


def test_a_write_typed_over_is_not_taken_back_as_a_whole() -> None:
    workbook = MemoryWorkbook(GOALS)
    before = workbook.snapshot().fingerprint
    after = workbook.commit(whole_plan(workbook)).fingerprint
    workbook.edit("Goals", "A2", "grow faster")

    assert workbook.undo(before=before, after=after) is None
    assert workbook.snapshot().sheets[0].value(2, 1) == "grow faster"
