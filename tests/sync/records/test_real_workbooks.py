"""What is known of workbooks in layouts seen in the wild; they are not in the repo."""

from collections import Counter, defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from sync.cells import CellRef
from sync.records.model import Direction, Goal, Records, Status
from sync.records.parse import parse
from sync.tables.recognise import recognise
from sync.workbooks.open import open_workbook
from sync.workbooks.snapshot import Snapshot

WORKBOOKS = Path(__file__).resolve().parents[4] / "shared" / "workbooks"
AS_OF = date(2026, 8, 31)

pytestmark = pytest.mark.skipif(
    not (WORKBOOKS / "cleanroom").is_dir(), reason="the example workbooks are not here"
)


@cache
def snapshot_of(name: str) -> Snapshot:
    (path,) = (WORKBOOKS / "cleanroom").glob(f"{name}_*.xlsx")
    return open_workbook(str(path)).snapshot()


@cache
def records_of(name: str) -> Records:
    snapshot = snapshot_of(name)
    return parse(snapshot, recognise(snapshot), today=AS_OF)


def is_date_cell(name: str, at: CellRef) -> bool:
    sheet = snapshot_of(name).sheet(at.sheet)
    return sheet is not None and isinstance(sheet.value(at.row, at.column), date)


def weights_of(goals: tuple[Goal, ...]) -> dict[tuple[str, str], float]:
    sums: defaultdict[tuple[str, str], float] = defaultdict(float)
    for goal in goals:
        sums[goal.employee, goal.review_cycle] += goal.weight or 0
    return {who: round(total * 100) for who, total in sums.items()}


def is_open(status: Status | None) -> bool:
    return status not in {Status.ACHIEVED, Status.CLOSED}


def test_a_monthly_form_with_text_weights_and_comparators() -> None:
    records = records_of("01")
    by_row = {goal.place.row: goal for goal in records.goals}
    passed = by_row[7]

    assert sorted(by_row) == [6, 7, 8, 9, 10, 11]
    assert sum(goal.weight or 0 for goal in records.goals) == pytest.approx(1)
    assert passed.weight == pytest.approx(0.25)
    assert {row for row, it in by_row.items() if it.direction is Direction.LOWER} == {
        8, 9, 11,
    }  # fmt: skip
    assert passed.current is not None
    assert passed.target is not None
    assert (passed.current.value or 0) < (passed.target.value or 0)
    assert {goal.person_key for goal in records.goals} == {"20417"}
    assert (records.actions[1].due_on, records.actions[1].due_text) == (
        date(2026, 7, 31),
        "7月底",
    )


def test_a_form_for_each_employee() -> None:
    records = records_of("03")
    points = Counter[str]()
    for goal in records.goals:
        points[goal.employee] += int(goal.max_points or 0)

    assert len(records.goals) == 40
    assert len(records.people) == 5
    assert set(points.values()) == {100}
    assert {goal.review_cycle for goal in records.goals} == {"2026Q2"}
    assert [it.final_rating for it in records.ratings] == [81, 88, 88, 84, 90]
    assert [it.grade for it in records.ratings] == ["乙", "乙", "乙", "乙", "甲"]


def test_goals_as_blocks_of_columns() -> None:
    records = records_of("04")
    sales = [it for it in records.goals if it.title == "销售达成"]

    assert len(records.goals) == 27
    assert set(weights_of(records.goals).values()) == {100}
    assert sum(it.target.value or 0 for it in sales if it.target) == 34_410_000
    assert records.ratings[0].final_rating == pytest.approx(99.7)


def test_merged_names_sections_and_subtotals() -> None:
    records = records_of("05")
    others = weights_of(records.goals)
    first = records.goals[0]

    assert len(records.goals) == 42
    assert len(records.people) == 12
    assert [total for who, total in others.items() if who[0] == "廖慧敏"] == [90]
    assert sorted(others.values()) == [90] + [100] * 11
    assert (first.place.row, first.due_on, first.due_text) == (
        6, date(2026, 6, 30), "6月底",
    )  # fmt: skip
    assert sum(not it.metric and it.target is None for it in records.goals) == 6


def test_a_library_of_indicators() -> None:
    library = [it for it in records_of("06").goals if it.place.sheet == "指标库"]

    assert len(library) == 20
    assert sum(it.direction is Direction.LOWER for it in library) == 9
    assert library[1].category == "财务"
    assert library[8].target is not None
    assert library[8].target.value == pytest.approx(0.003)


def test_weekly_plans_with_a_person_in_the_title() -> None:
    records = records_of("08")
    tasks = [it for it in records.goals if it.place.sheet == "2026-08-24"]
    plan = [it for it in records.goals if it.place.sheet == "开发计划"]

    assert [it.place.row for it in tasks] == [3, 4, 5, 6, 7, 8]
    assert tasks[1].due_on == date(2026, 8, 31)
    assert len(plan) == 9
    assert sum(it.ended_on is not None for it in plan) == 4
    assert records.check_ins[3].held_on == date(2026, 7, 17)


@pytest.mark.parametrize(
    ("name", "off", "twice", "boss", "stranger", "idle", "vague", "overdue", "stale"),
    [
        (
            "10",
            {
                ("苏国栋", "2025H2"): 80, ("田浩然", "2025H2"): 60,
                ("邱雨辰", "2026H1"): 90, ("叶嘉怡", "2026H1"): 110,
                ("顾浩然", "2026H1"): 90,
            },
            "H1012", "聂长青", "H1999", "韩海燕", 35, 18, 19,
        ),
        (
            "15",
            {
                ("Leila Whitcombe", "2025H2"): 80, ("Felix Hartwell", "2025H2"): 60,
                ("Hanna Mercer", "2026H1"): 90, ("Hanna Sato", "2026H1"): 110,
                ("Leila Castellan", "2026H1"): 90,
            },
            "E1012", "Bertram Oake", "E1999", "Felix Mercer", 25, 33, 25,
        ),
    ],
)  # fmt: skip
def test_complete_workbooks(  # noqa: PLR0913, PLR0917
    name: str,
    off: dict[tuple[str, str], float],
    twice: str,
    boss: str,
    stranger: str,
    idle: str,
    vague: int,
    overdue: int,
    stale: int,
) -> None:
    records = records_of(name)
    goals = records.goals
    at = {(it.code, it.at.a1) for it in records.findings if it.at}
    unfinished = [it for it in goals if is_open(it.claimed_status)]
    real = [it for it in unfinished if is_date_cell(name, it.at("due_date"))]

    assert len(goals) == 130
    assert {who: it for who, it in weights_of(goals).items() if it != 100} == off
    assert {("P101", "A13"), ("P101", "A26"), ("P102", "A77"), ("P102", "A78")} <= at
    assert sum(it.employee_id == twice for it in records.people) == 2
    assert sum(it.manager == boss for it in records.people) == 2
    assert sum(it.code == "P110" for it in records.findings) == 2
    assert next(it for it in goals if it.goal_id == "G-090").employee_id == stranger
    assert ("P120", "B91") in at
    assert idle not in {it.employee for it in goals}
    assert sum(not it.metric and it.target is None for it in goals) == vague
    assert sum(it.due_on is None and not it.due_text for it in goals) == 5
    assert sum(it.due_on < AS_OF for it in real if it.due_on) == overdue
    assert (
        sum(
            (AS_OF - it.checked_in_on).days > 60
            for it in unfinished
            if it.checked_in_on
        )
        == stale
    )
    assert len(records.ratings) == 58
    assert sum(it.final_rating is None for it in records.ratings) == 10
    assert len(records.feedback) == 94
    assert all(it.score is not None for it in records.feedback)
    late = [
        it
        for it in records.actions
        if is_open(it.status) and it.due_on and not it.due_text and it.due_on < AS_OF
    ]
    assert len(late) == 10


def test_a_list_of_metrics_and_their_odd_targets() -> None:
    metrics = [it for it in records_of("12").goals if it.place.sheet == "Metrics Map"]
    by_row = {it.place.row: it for it in metrics}

    assert len(metrics) == 14
    assert by_row[12].start_on == date(2026, 6, 30)


def test_a_tracker_with_many_spellings() -> None:
    records = records_of("14")
    by_row = {it.place.row: it for it in records.actions}

    assert len(records.actions) == 27
    assert by_row[10].due_on == date(2026, 6, 30)
    assert sum(it.status is Status.ACHIEVED for it in records.actions) == 5
    assert ("P110", "E2") in {(it.code, it.at.a1) for it in records.findings if it.at}


def test_five_thousand_goals() -> None:
    records = records_of("16")
    claims = Counter(it.claimed_text for it in records.goals)
    sums = weights_of(records.goals)

    assert len(records.goals) == 5000
    assert len(records.people) == 1250
    assert claims == {"Completed": 2016, "In Progress": 2854, "Not Started": 130}
    assert sum(it.department == "People" for it in records.goals) == 832
    assert records.goals[-1].key == "G05000"
    assert all(it.current is None for it in records.goals)
    assert sorted(sums.values())[-26:] == [100] + [110] * 25
    assert not records.findings


@pytest.mark.parametrize(
    "path",
    sorted(WORKBOOKS.glob("real/*.*sv")) + sorted(WORKBOOKS.glob("real/*.xlsx")),
    ids=lambda path: path.name,
)
def test_public_workbooks_are_read_without_a_crash(path: Path) -> None:
    snapshot = open_workbook(str(path)).snapshot()
    records = parse(snapshot, recognise(snapshot), today=AS_OF)

    assert all(it.at is not None for it in records.findings)
    assert all(goal.title and goal.key for goal in records.goals)
