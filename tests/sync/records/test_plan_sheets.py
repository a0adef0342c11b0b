"""Sheets that spread the targets of goals over months, quarters or days."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from sync.records.model import Records
from sync.records.parse import parse
from sync.records.values.planned import PlannedPart
from sync.tables.model import Kind, Recognition
from sync.tables.recognise import recognise
from sync.workbooks.memory import rows_of
from sync.workbooks.snapshot import Sheet, Snapshot

Rows = Sequence[Any]

GOALS: Rows = [
    ["目标编号", "姓名", "目标", "目标值", "当前值", "权重", "开始日期", "截止日期"],
    [
        *("G1", "李伟", "全年销售额达到1200万元", 1200, 500, "60%"),
        *(date(2026, 1, 1), date(2026, 12, 31)),
    ],
    [
        *("G2", "张敏", "新签客户达到60家", 60, 20, "50%"),
        *(date(2026, 1, 1), date(2026, 12, 31)),
    ],
    [
        *("G3", "张敏", "毛利率不低于30%", "30%", "31%", "50%"),
        *(date(2026, 1, 1), date(2026, 12, 31)),
    ],
]
MONTHS = [f"{n}月" for n in range(1, 13)]
SALES = [50, 60, 70, 80, 90, 100, 100, 100, 120, 130, 140, 160]


def book(**sheets: Rows) -> Snapshot:
    return Snapshot(
        locator="memory",
        format="memory",
        fingerprint="1",
        sheets=tuple(
            Sheet(name=name, index=index, rows=rows_of([list(row) for row in rows]))
            for index, (name, rows) in enumerate(sheets.items())
        ),
    )


def read(**sheets: Rows) -> tuple[Recognition, Records]:
    snapshot = book(**sheets)
    found = recognise(snapshot)
    return found, parse(snapshot, found, today=date(2026, 8, 31))


def kinds(found: Recognition) -> list[Kind]:
    return [table.kind for table in found.tables]


def planned(records: Records) -> dict[str, tuple[PlannedPart, ...]]:
    return {goal.goal_id: goal.planned for goal in records.goals if goal.planned}


def goals_of(records: Records) -> list[str]:
    return [goal.goal_id for goal in records.goals]


def by_month(amounts: Sequence[float], year: str = "") -> tuple[PlannedPart, ...]:
    return tuple(
        PlannedPart(f"{year}{n:02}", float(it)) for n, it in enumerate(amounts, 1)
    )


def said(records: Records) -> list[tuple[str, str]]:
    return [(one.code, str(one.at)) for one in records.findings]


def test_months_of_another_sheet_are_the_plan_of_its_goals() -> None:
    found, records = read(
        目标=GOALS,
        月度目标分解=[
            ["目标编号", "姓名", "目标", "全年目标", *MONTHS],
            ["G1", "李伟", "全年销售额达到1200万元", 1200, *SALES],
            ["G2", "张敏", "新签客户达到60家", 60, *[5] * 12],
        ],
    )

    assert kinds(found) == [Kind.GOALS, Kind.PLANS]
    assert goals_of(records) == ["G1", "G2", "G3"]
    assert planned(records) == {"G1": by_month(SALES), "G2": by_month([5] * 12)}
    assert said(records) == []


def test_rising_months_lead_to_the_target_as_well() -> None:
    totals = [sum(SALES[: n + 1]) for n in range(12)]
    _, records = read(
        目标=GOALS,
        月度目标分解=[["目标编号", "指标", *MONTHS], ["G1", "销售额", *totals]],
    )

    assert planned(records) == {"G1": by_month(SALES)}


def test_a_row_a_month_is_a_plan_too_whatever_its_order() -> None:
    rows: Rows = [[f"2026年{n}月", "G1", amount] for n, amount in enumerate(SALES, 1)]
    header: Rows = [["月份", "目标编号", "目标值"]]
    _, records = read(目标=GOALS, 月度目标=[*header, *rows])
    _, turned = read(目标=GOALS, 月度目标=[*header, *reversed(rows)])

    assert planned(records) == {"G1": by_month(SALES, "2026-")}
    assert planned(turned) == planned(records)


def test_days_are_a_plan_where_shops_have_a_target_a_day() -> None:
    first = date(2026, 8, 24)
    amounts = [10, 10, 10, 10, 25, 45, 45, 15, 15, 15, 20, 30, 60]
    goal = [
        *("G9", "马骏", "大学城店开学季销售额达到310万元", 310, 40, "100%"),
        *(first, first + timedelta(days=12)),
    ]
    found, records = read(
        目标=[*GOALS, goal],
        每日销售目标=[
            ["日期", "门店", "销售目标", "实际销售额"],
            *(
                [first + timedelta(days=n), "大学城店", amount, None]
                for n, amount in enumerate(amounts)
            ),
        ],
    )

    assert kinds(found) == [Kind.GOALS, Kind.PLANS]
    assert planned(records) == {
        "G9": tuple(
            PlannedPart((first + timedelta(days=n)).isoformat(), float(amount))
            for n, amount in enumerate(amounts)
        )
    }


def test_shops_are_told_apart_by_their_column() -> None:
    dates = date(2026, 7, 1), date(2026, 9, 30)
    _, records = read(
        目标=[
            ["目标编号", "门店", "目标", "目标值", "当前值", "开始日期", "截止日期"],
            ["G1", "一号店", "三季度销售额达到90万元", 90, 20, *dates],
            ["G2", "二号店", "三季度销售额达到90万元", 90, 30, *dates],
        ],
        月度目标=[
            ["月份", "门店", "销售目标"],
            *([f"2026-0{n}", "一号店", 30] for n in (7, 8, 9)),
            *([f"2026-0{n}", "二号店", n * 10 - 50] for n in (7, 8, 9)),
        ],
    )

    amounts = {
        key: [it.amount for it in plan] for key, plan in planned(records).items()
    }
    assert amounts == {"G1": [30, 30, 30], "G2": [20, 30, 40]}
    assert said(records) == []


def test_a_person_with_one_goal_of_that_sum_needs_no_number() -> None:
    found, records = read(
        Goals=[
            ["Employee", "Goal", "Target", "Actual", "Start", "Due"],
            ["Ann Lee", "Sell 1,200k", 1200, 300, "2026-01-01", "2026-12-31"],
            ["Ann Lee", "Train three colleagues", 3, 1, "2026-01-01", "2026-12-31"],
        ],
        **{
            "Quarterly targets": [
                ["Employee", "Q1", "Q2", "Q3", "Q4"],
                ["Ann Lee", 200, 300, 300, 400],
            ]
        },
    )

    assert kinds(found) == [Kind.GOALS, Kind.PLANS]
    (sales,) = (goal for goal in records.goals if goal.planned)
    assert sales.title == "Sell 1,200k"
    assert [part.period for part in sales.planned] == ["Q1", "Q2", "Q3", "Q4"]


def test_what_a_goals_own_columns_say_stays() -> None:
    header = [*GOALS[0], *MONTHS]
    _, records = read(
        目标=[header, [*GOALS[1], *SALES]],
        月度目标分解=[["目标编号", *MONTHS], ["G1", *[100] * 12]],
    )

    assert planned(records) == {"G1": by_month(SALES)}


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (["G7", "毛利", *SALES], "P130", "A2"),
        (["G1", "销售额", *[100] * 11, 10], "P132", "A2"),
        (["G1", "销售额", *[100] * 11, "约一百"], "D130", "N2"),
    ],
)
def test_what_leads_to_no_goals_target_is_said_at_its_cell(
    row: list[Any], code: str, cell: str
) -> None:
    good = ["G2", "新签客户", *[5] * 12]
    _, records = read(
        目标=GOALS, 月度目标分解=[["目标编号", "指标", *MONTHS], row, good]
    )

    assert (code, f"'月度目标分解'!{cell}") in said(records)
    assert set(planned(records)) == {"G2"}


def test_a_plan_of_one_month_of_a_years_goal_is_said_to_be_a_part() -> None:
    days = [[date(2026, 8, n), "李伟", 4] for n in range(1, 32)]
    _, records = read(目标=GOALS, 每日目标=[["日期", "姓名", "目标值"], *days])

    assert planned(records) == {}
    assert said(records) == [("P133", "'每日目标'!B2")]
    assert "2026-08-01" in records.findings[0].what.in_("zh")


def test_a_rate_that_every_month_has_to_hold_is_no_contradiction() -> None:
    _, records = read(
        目标=GOALS,
        月度目标分解=[["目标编号", "指标", *MONTHS], ["G3", "毛利率", *["30%"] * 12]],
    )

    assert planned(records) == {}
    assert said(records) == []


def test_a_person_with_two_goals_of_one_target_is_not_guessed_at() -> None:
    goals = [
        ["Employee", "Goal", "Target", "Actual"],
        ["Ann Lee", "Sell 120k in the north", 120, 30],
        ["Ann Lee", "Sell 120k in the south", 120, 10],
    ]
    _, records = read(
        Goals=goals,
        **{"Monthly targets": [["Employee", *MONTHS], ["Ann Lee", *[10] * 12]]},
    )

    assert planned(records) == {}
    assert said(records) == [("P131", "'Monthly targets'!A2")]


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("月度实际完成", ["目标编号", "指标", *MONTHS]),
        ("2026年工资", ["姓名", *MONTHS]),
        ("考勤", ["姓名", "部门", *MONTHS]),
    ],
)
def test_months_of_something_else_are_no_plan(name: str, header: list[str]) -> None:
    who = "G1" if header[0] == "目标编号" else "李伟"
    rest = ["销售额"] if len(header) == 14 else []
    found, records = read(目标=GOALS, **{name: [header, [who, *rest, *SALES]]})

    assert Kind.PLANS not in kinds(found)
    assert planned(records) == {}


def test_a_sheet_of_goals_with_months_alone_stays_one_of_goals() -> None:
    found, records = read(
        月度目标分解=[
            ["目标编号", "姓名", "目标", "目标值", *MONTHS],
            ["G1", "李伟", "全年销售额达到1200万元", 1200, *SALES],
        ]
    )

    assert kinds(found) == [Kind.GOALS]
    assert planned(records) == {"G1": by_month(SALES)}
