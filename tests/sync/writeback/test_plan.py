"""What is planned for a sheet people work in, and what is left alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from sync.assess.model import Assessment, GoalAssessment
from sync.assess.process import BurnPoint
from sync.cells import MAX_COLUMNS, Area, CellRef
from sync.config.model import WriteBack
from sync.findings import Finding
from sync.records.model import Goal, Origin, Place, Status
from sync.smart.model import Verdict
from sync.tables.model import Column, Kind, Recognition, Table
from sync.wording import Lang, Text, same
from sync.workbooks.memory import MemoryWorkbook, rows_of
from sync.workbooks.plan import Plan
from sync.workbooks.snapshot import Decision, ListObject, Sheet
from sync.writeback.plan import Intention, intend

SHEET = "Goals"
HEADS = ["ID", "Goal", "Due"]
ROWS: list[list[Any]] = [
    ["G1", "Open two stores", date(2026, 12, 31)],
    ["G2", "Cut returns to 3 %", date(2026, 6, 30)],
    ["G3", "Be better", None],
]
STATUS = {"G1": Status.ON_TRACK, "G2": Status.OVERDUE, "G3": Status.NO_DATA}
UNCLEAR = {"G3": ("S001", "goal_title", 2)}


def workbook(rows: Sequence[Sequence[Any]] = ROWS) -> MemoryWorkbook:
    return MemoryWorkbook({SHEET: [HEADS, *rows]})


def recognised(book: MemoryWorkbook) -> Recognition:
    sheet = book.snapshot().sheets[0]
    fields = ("goal_id", "goal_title", "due_date")
    columns = tuple(
        Column(column=n, header=head, field=name, confidence=1.0, why=same(""))
        for n, (head, name) in enumerate(zip(HEADS, fields, strict=True), 1)
    )
    last = max((row.number for row in sheet.rows if row.values[0]), default=1)
    table = Table(
        kind=Kind.GOALS,
        sheet=SHEET,
        sheet_index=0,
        header_top=1,
        header_row=1,
        first_row=2,
        last_row=last,
        columns=columns,
    )
    return Recognition(tables=(table,))


def judged(book: MemoryWorkbook, status: Mapping[str, Status]) -> Assessment:
    goals: list[GoalAssessment] = []
    findings: list[Finding] = []
    for row in book.snapshot().sheets[0].rows:
        key = row.values[0]
        if not isinstance(key, str) or key not in status:
            continue
        place = Place(SHEET, row.number, {"goal_id": 1, "goal_title": 2, "due_date": 3})
        found: tuple[Finding, ...] = ()
        if key in UNCLEAR:
            code, _, column = UNCLEAR[key]
            at = CellRef(SHEET, row.number, column)
            found = (
                Finding(
                    code=code, severity="warning", what=same("w"), fix=same("f"), at=at
                ),
            )
        findings += found
        goals.append(
            GoalAssessment(
                goal=Goal(
                    key=key,
                    place=place,
                    origin=Origin(SHEET, 1),
                    goal_id=key,
                    title=str(row.values[1]),
                ),
                status=status[key],
                rule="behind-ratio",
                reason=Text("完成 40%", "40 % done"),
                progress_raw=0.4,
                progress=0.4,
                expected=0.5,
                ratio=0.8,
                gap=0.1,
                claimed=None,
                disagrees=False,
                days_silent=None,
                next_on=date(2026, 11, 30),
                verdict=Verdict(score=80, missing=(), findings=found),
            )
        )
    return Assessment(
        today=date(2026, 11, 22),
        goals=tuple(goals),
        people=(),
        teams=(),
        conversations=(),
        health=(),
        n_by_status={s: list(status.values()).count(s) for s in status.values()},
        findings=tuple(findings),
    )


def planned(
    book: MemoryWorkbook,
    *,
    status: Mapping[str, Status] = STATUS,
    remembered: Mapping[tuple[str, str], str] | None = None,
    options: WriteBack | None = None,
    lang: Lang = "en",
) -> Intention:
    return intend(
        book.snapshot(),
        recognised(book),
        judged(book, status),
        remembered=remembered or {},
        options=options or WriteBack(),
        lang=lang,
    )


def column(book: MemoryWorkbook, number: int) -> list[Any]:
    sheet = book.snapshot().sheets[0]
    return [sheet.value(row, number) for row in range(1, 6)]


def synced(book: MemoryWorkbook) -> Intention:
    intention = planned(book)
    book.commit(intention.plan)
    return intention


def test_four_columns_are_added_right_of_the_table() -> None:
    book = workbook()
    synced(book)

    assert column(book, 4) == [
        "Follow-up",
        "● On track",
        "■ Overdue",
        "? No data",
        None,
    ]
    assert column(book, 5)[1] == "40 % done [behind-ratio]"
    assert column(book, 6) == ["SMART", "80", "80", "80 (S001)", None]
    assert column(book, 7)[1] == date(2026, 11, 30)


def test_columns_go_beyond_anything_that_stands_beside_the_table() -> None:
    rows = [[*ROWS[0]], [*ROWS[1], None, None, "a note of mine"], [*ROWS[2]]]
    plan = planned(workbook(rows)).plan

    assert [column.column for column in plan.columns] == [7, 8, 9, 10]


def test_columns_go_beyond_formulas_that_show_nothing() -> None:
    sheet = workbook().snapshot().sheets[0]
    silent = {4: (3, 3), 5: (1, 1), 9: (7, 400)}
    plan = planned(MemoryWorkbook([replace(sheet, silent=silent)])).plan

    assert [column.column for column in plan.columns] == [6, 7, 8, 9]


def test_a_second_plan_is_empty() -> None:
    book = workbook()
    first = synced(book)

    assert planned(book, remembered=first.texts).plan.is_empty
    assert planned(book).plan.is_empty


@pytest.mark.parametrize("kind", [Kind.ACTIONS, Kind.GOALS])
def test_beside_a_neighbour_table_a_second_plan_is_empty_too(kind: Kind) -> None:
    book = MemoryWorkbook(
        {
            SHEET: [
                [*HEADS, None, "Action", "Owner"],
                *([*row, None, "Call them", "Ann"] for row in ROWS),
            ]
        }
    )
    (goals,) = recognised(book).tables
    beside = tuple(
        Column(column=n, header="x", field=name, confidence=1.0, why=same(""))
        for n, name in ((5, "goal_title"), (6, "owner"))
    )
    both = Recognition(tables=(goals, replace(goals, kind=kind, columns=beside)))

    def plan() -> Plan:
        status = judged(book, STATUS)
        none = dict[tuple[str, str], str]()
        return intend(
            book.snapshot(),
            both,
            status,
            remembered=none,
            options=WriteBack(),
            lang="en",
        ).plan

    first = plan()
    book.commit(first)

    assert [it.column for it in first.columns] == [7, 8, 9, 10]
    assert plan().is_empty


def test_a_changed_status_changes_that_cell_only() -> None:
    book = workbook()
    first = synced(book)
    status = {**STATUS, "G1": Status.BEHIND}
    edits = planned(book, status=status, remembered=first.texts).plan.edits

    assert [(edit.at.a1, edit.after) for edit in edits] == [("D2", "▼ Behind")]


@pytest.mark.parametrize("with_history", [True, False])
def test_what_a_person_typed_into_our_column_is_kept_and_reported(
    *, with_history: bool
) -> None:
    book = workbook()
    first = synced(book)
    book.edit(SHEET, "D2", "on leave, ask Li")
    texts = first.texts if with_history else None
    plan = planned(book, remembered=texts).plan

    assert not plan.edits
    assert [str(skipped.at) for skipped in plan.skipped] == ["'Goals'!D2"]
    assert "on leave, ask Li" in plan.skipped[0].why.in_("en")


def test_a_date_typed_into_our_column_is_kept_even_without_any_history() -> None:
    book = workbook()
    synced(book)
    book.edit(SHEET, "G2", date(2027, 1, 4))
    plan = planned(book).plan

    assert not plan.edits
    assert plan.skipped[0].at == CellRef(SHEET, 2, 7)


def test_a_date_typed_by_a_person_is_kept_even_when_it_is_another_goals_date() -> None:
    book = workbook()
    first = synced(book)
    dates = {("G1", "next"): "2026-12-07", ("G2", "next"): "2027-01-04"}
    remembered = {**first.texts, **dates}
    book.edit(SHEET, "G2", date(2027, 1, 4))
    plan = planned(book, remembered=remembered).plan

    assert CellRef(SHEET, 2, 7) in {skipped.at for skipped in plan.skipped}
    assert CellRef(SHEET, 2, 7) not in {edit.at for edit in plan.edits}


def test_what_is_kept_once_is_kept_again() -> None:
    book = workbook()
    synced(book)
    book.edit(SHEET, "G2", date(2027, 1, 4))
    book.edit(SHEET, "D3", "ask Li")
    first = planned(book)
    book.commit(first.plan)
    second = planned(book, remembered=first.texts)

    assert second.plan.is_empty
    assert [s.at for s in second.plan.skipped] == [s.at for s in first.plan.skipped]


def test_our_texts_in_both_languages_are_known_without_any_history() -> None:
    book = workbook()
    book.commit(planned(book, lang="zh").plan)
    english = planned(book)
    book.commit(english.plan)
    chinese = planned(book, lang="zh")

    for changed in (english.plan, chinese.plan):
        assert {e.at.column for e in changed.edits if e.at} >= {4, 5}
        assert [s.at for s in changed.skipped if s.at and s.at.column in {4, 5}] == []


def test_a_word_without_our_sign_is_a_persons_typing() -> None:
    book = workbook()
    first = synced(book)
    book.edit(SHEET, "D3", "On track")

    assert not planned(book, remembered=first.texts).plan.edits
    assert not planned(book).plan.edits


def test_after_sorting_without_our_columns_every_status_stands_beside_its_goal() -> (
    None
):
    book = workbook()
    first = synced(book)
    for row, values in enumerate(reversed(ROWS), 2):
        for number, value in enumerate(values, 1):
            book.edit(SHEET, CellRef(SHEET, row, number).a1, value)
    book.commit(planned(book, remembered=first.texts).plan)

    assert column(book, 1)[1:4] == ["G3", "G2", "G1"]
    assert column(book, 4)[1:4] == ["? No data", "■ Overdue", "● On track"]


def test_a_status_beside_a_row_that_lost_its_goal_is_taken_away() -> None:
    book = workbook()
    first = synced(book)
    for cell in ("A3", "B3", "C3"):
        book.edit(SHEET, cell, None)
    status = {key: value for key, value in STATUS.items() if key != "G2"}
    book.commit(planned(book, status=status, remembered=first.texts).plan)

    assert column(book, 4)[2] is None


def test_our_columns_are_found_where_people_moved_them() -> None:
    book = workbook()
    synced(book)
    sheet = book.snapshot().sheets[0]
    moved = [
        Sheet(
            name=SHEET,
            index=0,
            rows=rows_of(
                [[*row.values[:3], None, None, *row.values[3:]] for row in sheet.rows]
            ),
            own=tuple(replace_column(mark, mark.column + 2) for mark in sheet.own),
        )
    ]
    plan = planned(MemoryWorkbook(moved), options=WriteBack(highlights=False)).plan

    assert [column.column for column in plan.columns] == [6, 7, 8, 9]
    assert not any(column.is_new for column in plan.columns)
    assert not plan.edits


def replace_column(mark: Any, column: int) -> Any:
    return mark._replace(column=column)


def test_a_deleted_column_returns_unless_the_user_wants_it_gone() -> None:
    book = workbook()
    first = synced(book)
    sheet = book.snapshot().sheets[0]
    kept = tuple(mark for mark in sheet.own if mark.key != "smart")
    without = MemoryWorkbook([replace(sheet, own=kept, is_board=False)])

    back = planned(without, remembered=first.texts).plan
    gone = planned(
        without, remembered=first.texts, options=WriteBack(return_deleted=False)
    ).plan

    assert [c.key for c in back.columns if c.is_new] == ["smart"]
    assert not [c.key for c in gone.columns if c.is_new]


def test_a_cell_in_a_merge_is_reported_and_not_written() -> None:
    book = workbook()
    synced(book)
    sheet = book.snapshot().sheets[0]
    merged = MemoryWorkbook([replace(sheet, merges=(Area(2, 4, 3, 4),))])
    plan = planned(merged, status={**STATUS, "G2": Status.BEHIND}).plan

    assert CellRef(SHEET, 3, 4) in {skipped.at for skipped in plan.skipped}
    assert CellRef(SHEET, 3, 4) not in {edit.at for edit in plan.edits}


def test_a_protected_sheet_is_left_alone_and_the_reason_is_said() -> None:
    sheet = workbook().snapshot().sheets[0]
    why = Text("工作表受保护", "the sheet is protected")
    locked = MemoryWorkbook([replace(sheet, writing=Decision(allowed=False, why=why))])
    plan = planned(locked).plan

    assert not plan.edits
    assert not plan.columns
    assert plan.skipped[0].why is why


def test_a_table_that_a_query_fills_gets_no_column_but_the_board() -> None:
    sheet = workbook().snapshot().sheets[0]
    fed = ListObject("Goals", Area(1, 1, 4, 3), 1, 0, is_fed=True)
    plan = planned(MemoryWorkbook([replace(sheet, list_objects=(fed,))])).plan

    assert not plan.edits
    assert not plan.highlights
    assert plan.board
    assert "Goals" in plan.skipped[0].why.in_("en")


def test_a_locked_structure_leaves_out_the_board_and_nothing_else() -> None:
    book = workbook()
    why = Text("结构受保护", "the structure is protected")
    locked = Decision(allowed=False, why=why)
    snapshot = replace(book.snapshot(), board_writing=locked)
    plan = intend(
        snapshot,
        recognised(book),
        judged(book, STATUS),
        remembered={},
        options=WriteBack(),
        lang="en",
    ).plan

    assert plan.board is None
    assert plan.edits
    assert [skipped.why for skipped in plan.skipped] == [why]


def test_a_table_at_the_edge_of_the_sheet_gets_a_reason_instead_of_columns() -> None:
    sheet = workbook().snapshot().sheets[0]
    merge = Area(1, MAX_COLUMNS - 1, 1, MAX_COLUMNS)
    plan = planned(MemoryWorkbook([replace(sheet, merges=(merge,))])).plan

    assert not plan.columns
    assert "last column" in plan.skipped[0].why.in_("en")


def test_a_status_colours_the_title_by_our_own_column() -> None:
    rules = planned(workbook()).plan.highlights
    assert rules
    late = [rule for rule in rules if rule.style == "late"]

    assert {rule.area.a1 for rule in late} == {"D2:D4", "B2:B4"}
    assert '$D2="■ Overdue"' in late[0].formula


def test_a_finding_colours_the_very_cell_it_speaks_of() -> None:
    rules = planned(workbook()).plan.highlights
    assert rules
    hints = [rule for rule in rules if rule.style == "hint"]

    assert [(rule.area.a1, rule.formula) for rule in hints] == [
        ("B2:B4", 'OR(ISNUMBER(SEARCH("S001",$F2)))')
    ]


def board_text(plan: Plan) -> str:
    assert plan.board
    return "\n".join(str(cell.value) for row in plan.board.rows for cell in row)


def test_the_board_links_every_finding_to_its_cell() -> None:
    board = planned(workbook()).plan.board
    assert board

    links = {cell.link for row in board.rows for cell in row if cell.link}
    assert links == {CellRef(SHEET, 4, 2)}


def test_another_day_alone_does_not_rewrite_the_board() -> None:
    book = workbook()
    first = synced(book)
    later = intend(
        book.snapshot(),
        recognised(book),
        replace(judged(book, STATUS), today=date(2026, 11, 23)),
        remembered=first.texts,
        options=WriteBack(),
        lang="en",
    )

    assert later.plan.is_empty


def test_a_quiet_day_leaves_the_board_ours() -> None:
    book = workbook()
    first = synced(book)
    quiet = intend(
        book.snapshot(),
        recognised(book),
        replace(judged(book, STATUS), today=date(2026, 11, 23)),
        remembered=first.texts,
        options=WriteBack(),
        lang="en",
    )
    status = {**STATUS, "G1": Status.BEHIND}
    later = planned(book, status=status, remembered=quiet.texts).plan

    assert quiet.plan.is_empty
    assert later.board
    assert later.skipped == ()


def test_a_board_is_ours_again_once_what_was_typed_is_gone() -> None:
    book = workbook()
    first = synced(book)
    book.edit("Follow-up board", "H3", "call Li on Monday")
    status = {**STATUS, "G1": Status.BEHIND}
    refused = planned(book, status=status, remembered=first.texts)
    book.edit("Follow-up board", "H3", None)
    later = planned(book, status=status, remembered=refused.texts).plan

    assert refused.plan.board is None
    assert later.board


def test_weeks_that_pass_alone_do_not_rewrite_the_board() -> None:
    def _weeks(judgement: Assessment, *done: float) -> Assessment:
        points = tuple(
            BurnPoint(
                on=judgement.today - timedelta(7 * ago), n=2, done=share, expected=0.5
            )
            for ago, share in zip(range(len(done), 0, -1), done, strict=True)
        )
        return replace(judgement, burn_up=points)

    book = workbook()

    def _intend(judgement: Assessment, remembered: Any) -> Intention:
        return intend(
            book.snapshot(),
            recognised(book),
            judgement,
            remembered=remembered,
            options=WriteBack(),
            lang="en",
        )

    first = _intend(_weeks(judged(book, STATUS), 0.1, 0.2), {})
    book.commit(first.plan)
    passed = _weeks(judged(book, STATUS), 0.1, 0.2, 0.3)
    quiet = _intend(replace(passed, today=date(2026, 11, 30)), first.texts)
    told = _intend(_weeks(judged(book, {**STATUS, "G1": Status.BEHIND}), 0.4, 0.5), {})

    assert first.plan.board
    assert [one.kind for one in first.plan.board.charts][-1] == "lines"
    assert quiet.plan.is_empty
    assert told.plan.board


def test_a_board_somebody_typed_on_is_kept_and_reported() -> None:
    book = workbook()
    first = synced(book)
    book.edit("Follow-up board", "H3", "call Li on Monday")
    status = {**STATUS, "G1": Status.BEHIND}
    plan = planned(book, status=status, remembered=first.texts).plan

    assert plan.board is None
    assert "call Li on Monday" in plan.skipped[0].why.in_("en")


def test_a_sheet_of_theirs_keeps_its_name_when_it_is_called_like_our_board() -> None:
    book = MemoryWorkbook({SHEET: [HEADS, *ROWS], "Follow-up board": [["mine"]]})
    board = planned(book).plan.board

    assert board
    assert board.name == "Follow-up board 2"


def test_after_a_crash_between_workbook_and_history_our_text_is_still_ours() -> None:
    book = workbook()
    first = synced(book)
    status = {**STATUS, "G1": Status.BEHIND}
    second = planned(book, status=status, remembered=first.texts)
    book.commit(second.plan)
    # History knows only what was about to be written: the crash came before the rest.
    remembered = {**first.texts, **second.about_to_be_written}
    third = planned(book, remembered=remembered).plan

    assert [(edit.at.a1, edit.after) for edit in third.edits] == [("D2", "● On track")]
