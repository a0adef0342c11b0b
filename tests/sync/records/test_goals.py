from collections.abc import Callable
from datetime import date

import pytest

from sync.cells import CellRef
from sync.records.model import Direction, Records, Status
from sync.workbooks.snapshot import CellError, Percent, Uncalculated

Read = Callable[..., Records]


def test_a_goal_row_is_read_field_by_field(read: Read) -> None:
    records = read(
        goals=[
            (
                "goal_id", "employee_id", "employee_name", "period", "goal_title",
                "measure", "baseline", "target", "actual", "weight", "due_date",
                "progress_pct", "status", "last_update", "acknowledged", "comments",
            ),
            (
                "G-1", 20417.0, " 王 小明 ", "2026年上半年", "降低\n缺货率", "缺货率",
                "5%", "≤3%", Percent(0.042), 40, "6月底", "已完成80%", "进行中",
                date(2026, 5, 1), "是", "第一行\n第二行",
            ),
            ("G-2", 20417.0, "王小明", None, "第二个", *[None] * 4, 60),
        ]
    )  # fmt: skip
    goal = records.goals[0]

    assert not records.findings
    assert (goal.key, goal.goal_id, goal.person_key) == ("G-1", "G-1", "20417")
    assert (goal.employee, goal.employee_id) == ("王小明", "20417")
    assert (goal.title, goal.metric, goal.review_cycle) == (
        "降低 缺货率",
        "缺货率",
        "2026H1",
    )
    assert goal.baseline is not None
    assert goal.target is not None
    assert goal.current is not None
    assert [goal.baseline.value, goal.target.value, goal.current.value] == [
        0.05,
        0.03,
        0.042,
    ]
    assert (goal.direction, goal.unit) == (Direction.LOWER, "%")
    assert goal.weight == pytest.approx(0.4)
    assert (goal.due_on, goal.due_text) == (date(2026, 6, 30), "6月底")
    assert goal.progress == pytest.approx(0.8)
    assert (goal.claimed_status, goal.claimed_weak) == (Status.ON_TRACK, True)
    assert goal.claimed_text == "进行中"
    assert goal.checked_in_on == date(2026, 5, 1)
    assert goal.acknowledged is True
    assert goal.comments == "第一行\n第二行"
    assert goal.at("due_date") == CellRef("goals", 2, 11)


def test_missing_stays_missing(read: Read) -> None:
    fields = (
        "goal_title",
        "target",
        "weight",
        "progress_pct",
        "due_date",
        "status",
        "actual",
    )
    goal = read(goals=[fields, ("减少返工", "-", "N/A", "---", None, "", " ")]).goals[0]

    assert goal.target is None
    assert goal.weight is None
    assert goal.progress is None
    assert goal.due_on is None
    assert goal.claimed_status is None
    assert goal.current is None


def test_a_bad_cell_is_one_finding_and_stops_nothing(read: Read) -> None:
    records = read(
        goals=[
            ("goal_id", "goal_title", "due_date", "weight", "progress_pct"),
            ("G1", "one", "03/04/2026", "a lot", CellError("#DIV/0!")),
            ("G2", "two", "2026-06-30", "20%", Uncalculated("=B2*2")),
        ]
    )

    assert [goal.due_on for goal in records.goals] == [None, date(2026, 6, 30)]
    assert [goal.progress for goal in records.goals] == [None, None]
    assert [(str(it.at), it.code, it.subject) for it in records.findings] == [
        ("'goals'!C2", "D102", "G1"),
        ("'goals'!D2", "D110", "G1"),
        ("'goals'!E2", "D001", "G1"),
        ("'goals'!E3", "D002", "G2"),
    ]
    assert "=B2*2" in records.findings[-1].what.in_("en")


def test_the_column_of_weights_decides_its_scale(read: Read) -> None:
    rows = [("goal_title", "weight"), ("a", 40), ("b", 59), ("c", 1)]
    goals = read(goals=rows).goals

    assert [goal.weight for goal in goals] == pytest.approx([0.4, 0.59, 0.01])


def test_a_row_with_entries_but_no_goal_is_a_finding(read: Read) -> None:
    records = read(
        goals=[("goal_id", "goal_title", "weight"), ("1", None, None), ("2", None, 0.5)]
    )

    assert records.goals == ()
    assert [(str(it.at), it.code) for it in records.findings] == [
        ("'goals'!B3", "D190")
    ]


def test_a_kpi_without_a_title_is_called_after_its_measure(read: Read) -> None:
    goal = read(kpi=[("category", "measure"), ("质量", "一次合格率")]).goals[0]

    assert (goal.title, goal.metric, goal.category) == (
        "一次合格率",
        "一次合格率",
        "质量",
    )


def test_excluded_rows_are_skipped(read: Read) -> None:
    records = read(
        goals=[("goal_title", "weight"), ("a", 0.5), ("合计", 1.0)], excluded=[3]
    )

    assert [goal.title for goal in records.goals] == ["a"]


def test_merged_and_blank_names_continue_and_tell_where_they_stand(read: Read) -> None:
    records = read(
        goals=[
            ("employee_name", "department", "goal_title"),
            ("石启明", "门店", "a"),
            (None, None, "b"),
            ("小计", None, None),
            (None, None, "c"),
            ("夏嘉怡", None, "d"),
        ],
        filled_down=[1, 2],
        excluded=[4],
    )

    assert [goal.employee for goal in records.goals] == ["石启明"] * 3 + ["夏嘉怡"]
    assert [goal.department for goal in records.goals] == ["门店"] * 3 + [""]
    assert records.goals[2].at("employee_name") == CellRef("goals", 2, 1)
    assert records.goals[2].at("goal_title") == CellRef("goals", 5, 3)


def test_a_department_merged_over_two_people_holds_for_both(read: Read) -> None:
    records = read(
        goals=[
            ("employee_name", "department", "goal_title"),
            ("石启明", "门店", "a"),
            ("夏嘉怡", None, "b"),
        ],
        filled_down=[1, 2],
        merges=["B2:B3"],
    )

    assert [goal.department for goal in records.goals] == ["门店", "门店"]


def test_a_title_row_gives_the_employee_and_period_of_every_row(read: Read) -> None:
    at = CellRef("kpi", 1, 1)
    records = read(
        kpi=[("measure", "due_date"), ("a", "月底"), ("b", "Q3")],
        context={"employee_name": ("石海燕", at), "period": ("2026年7月", None)},
    )

    assert {goal.person_key for goal in records.goals} == {"石海燕"}
    assert records.goals[0].at("employee_name") == at
    assert records.goals[0].due_on == date(2026, 7, 31)
    assert records.goals[1].review_cycle == "2026-07"


def test_groups_of_columns_are_goals_weighted_by_their_labels(read: Read) -> None:
    records = read(
        kpi=[
            ("employee_name", "target", "actual", "target", "actual", "final_rating"),
            ("林海燕", 326, 337.9, Percent(0.012), Percent(0.0127), 99.7),
            ("邓书瑶", 305, 286.8, Percent(0.012), Percent(0.018), 79),
        ],
        groups={
            2: "销售达成50％",
            3: "销售达成50％",
            4: "损耗控制（30%）",
            5: "损耗控制（30%）",
        },
    )

    assert [(it.title, it.weight, it.employee) for it in records.goals] == [
        ("销售达成", 0.5, "林海燕"),
        ("销售达成", 0.5, "邓书瑶"),
        ("损耗控制", 0.3, "林海燕"),
        ("损耗控制", 0.3, "邓书瑶"),
    ]
    assert [it.target.value for it in records.goals if it.target] == [
        326,
        305,
        0.012,
        0.012,
    ]
    assert [(it.employee, it.final_rating) for it in records.ratings] == [
        ("林海燕", 99.7),
        ("邓书瑶", 79),
    ]


def test_points_of_a_hundred_are_weights_under_another_name(read: Read) -> None:
    rows = [
        ("employee_name", "measure", "max_points"),
        ("a", "x", 60),
        ("a", "y", "40分"),
    ]
    goals = read(kpi=rows).goals

    assert [goal.weight for goal in goals] == pytest.approx([0.6, 0.4])
    assert [goal.max_points for goal in goals] == [60, 40]


def test_points_that_make_no_hundred_are_no_weights(read: Read) -> None:
    rows = [("employee_name", "measure", "max_points"), ("a", "x", 60), ("a", "y", 60)]

    assert [goal.weight for goal in read(kpi=rows).goals] == [None, None]


def test_a_label_weighs_its_only_item(read: Read) -> None:
    rows = [("category", "measure"), ("态度（15分）", "x"), ("能力（85分）", "y")]

    assert [goal.weight for goal in read(kpi=rows).goals] == pytest.approx([0.15, 0.85])


def test_bare_numbers_take_the_unit_of_header_and_row(read: Read) -> None:
    goal = read(
        kpi=[("measure", "target", "actual"), ("销售额", "326万元", 300)],
        headers={"actual": "实际（万元）"},
    ).goals[0]

    assert goal.target is not None
    assert goal.current is not None
    assert (goal.target.value, goal.current.value) == (3_260_000, 3_000_000)


def test_a_bare_actual_beside_a_percentage_is_one_too(read: Read) -> None:
    rows = [
        ("measure", "target", "actual"),
        ("合格率", "≥98%", 97.6),
        ("b", "98%", 0.976),
    ]
    goals = read(kpi=rows).goals

    assert [goal.current and goal.current.value for goal in goals] == pytest.approx(
        [0.976, 0.976]
    )


def test_progress_in_the_status_column_is_progress(read: Read) -> None:
    rows = [
        ("goal_title", "status"),
        ("a", "已完成80%"),
        ("b", "50%"),
        ("c", "未开始"),
        ("d", "完成4条"),
        ("e", Percent(0.3)),
    ]
    records = read(goals=rows)

    assert [it.progress for it in records.goals] == [0.8, 0.5, None, None, 0.3]
    assert [it.claimed_status for it in records.goals] == [
        None, None, Status.NOT_STARTED, None, None,
    ]  # fmt: skip
    assert [it.code for it in records.findings] == ["D120"]


def test_a_status_in_the_progress_column_is_a_status(read: Read) -> None:
    rows = [
        ("goal_title", "progress_pct"),
        ("a", "未开始"),
        ("b", "进行中"),
        ("c", 0.5),
    ]
    records = read(goals=rows)

    assert [it.progress for it in records.goals] == [0.0, None, 0.5]
    assert [it.claimed_status for it in records.goals] == [
        Status.NOT_STARTED, Status.ON_TRACK, None,
    ]  # fmt: skip
    assert not records.findings


def test_a_year_is_no_due_date_and_its_words_are_kept(read: Read) -> None:
    rows = [
        ("goal_title", "due_date"),
        ("a", 2020),
        ("b", "待定"),
        ("c", "2026-6-30"),
        ("d", CellError("#REF!")),
    ]
    records = read(goals=rows)

    assert [it.due_on for it in records.goals] == [None, None, date(2026, 6, 30), None]
    assert [it.due_text for it in records.goals] == ["", "待定", "", ""]
    assert [it.code for it in records.findings] == ["D104", "D001"]


def test_a_block_without_figures_is_a_goal_when_its_label_weighs_it(read: Read) -> None:
    records = read(
        kpi=[
            ("employee_name", None, "manager_rating", "target", "manager_rating"),
            ("林海燕", 8, 20, 326, 51.8),
        ],
        groups={2: "团队建设20%", 3: "团队建设20%", 4: "销售达成80%", 5: "销售达成80%"},
    )

    assert [(it.title, it.weight) for it in records.goals] == [
        ("团队建设", 0.2),
        ("销售达成", 0.8),
    ]


def test_of_months_as_columns_the_latest_entry_counts(read: Read) -> None:
    months = {2: "2026-01", 3: "2026-01", 4: "2026-02", 5: "2026-02", 6: "2026-03"}
    records = read(
        kpi=[
            ("measure", "target", "actual", "target", "actual", "target"),
            ("销售额", 10, 9, 20, 21, 30),
            ("回款", 5, None, 6, " ", 7),
        ],
        months=months,
        groups={2: "1月", 3: "1月", 4: "2月", 5: "2月", 6: "3月"},
    )
    sales, cash = records.goals

    assert sales.current is not None
    assert sales.target is not None
    assert cash.target is not None
    assert (sales.target.value, sales.current.value) == (20, 21)
    assert sales.at("actual") == CellRef("kpi", 2, 5)
    assert sales.at("target") == CellRef("kpi", 2, 4)
    assert (cash.target.value, cash.current) == (7, None)


def test_pending_in_a_progress_column_claims_nothing(read: Read) -> None:
    records = read(goals=[("goal_title", "progress_pct"), ("a", "Pending")])

    assert records.goals[0].claimed_status is None
    assert records.goals[0].progress is None


def test_an_empty_merged_block_continues_nothing(read: Read) -> None:
    records = read(
        goals=[("category", "goal_title"), ("质量", "a"), (None, "b"), (None, "c")],
        filled_down=[1],
        merges=["A3:A4"],
    )

    assert [goal.category for goal in records.goals] == ["质量", "", ""]


def test_a_title_fills_the_empty_cells_of_a_column_of_its_own(read: Read) -> None:
    at = CellRef("goals", 1, 9)
    records = read(
        goals=[("goal_title", "period"), ("a", None), ("b", "2026Q1")],
        context={"period": ("2026Q3", at)},
    )

    assert [goal.review_cycle for goal in records.goals] == ["2026Q3", "2026Q1"]
    assert [goal.at("period") for goal in records.goals] == [at, CellRef("goals", 3, 2)]


def test_a_bad_value_in_a_title_is_one_finding_at_the_title(read: Read) -> None:
    at = CellRef("goals", 1, 9)
    records = read(
        goals=[("goal_title",), ("a",), ("b",)],
        context={"due_date": ("03/04/2026", at)},
    )

    assert [(it.code, it.at) for it in records.findings] == [("D102", at)]


def test_a_column_for_the_whole_year_outranks_its_quarters(read: Read) -> None:
    records = read(
        goals=[
            ("goal_title", "target", "actual", "target", "actual", "target", "actual"),
            ("win customers", 100, 50, 25, 20, 25, 30),
        ],
        months={4: "Q1", 5: "Q1", 6: "Q2", 7: "Q2"},
    )
    (goal,) = records.goals

    assert goal.target
    assert goal.current
    assert (goal.target.value, goal.current.value) == (100, 50)


def test_a_quarter_is_measured_by_its_own_target(read: Read) -> None:
    records = read(
        goals=[
            ("goal_title", "target", "target", "actual", "target", "actual"),
            ("win customers", 100, 25, 20, 30, 28),
        ],
        months={3: "Q1", 4: "Q1", 5: "Q2", 6: "Q2"},
    )
    (goal,) = records.goals

    assert goal.target
    assert goal.current
    assert (goal.target.value, goal.current.value) == (30, 28)
    assert (goal.at("target").a1, goal.at("actual").a1) == ("E2", "F2")


def test_rows_that_take_turns_make_one_goal_a_measure(read: Read) -> None:
    records = read(
        kpi=[
            ("measure", None, None, None, None),
            ("销售额", "目标", 10, 20, 30),
            (None, "实际", 9, 21, None),
            (None, "差异", -1, 1, None),
            ("回款", "目标", 5, 6, 7),
            (None, "实际", None, None, None),
        ],
        months={3: "01", 4: "02", 5: "03"},
        filled_down=[1],
    )
    sales, cash = records.goals

    assert (sales.title, cash.title) == ("销售额", "回款")
    assert sales.target
    assert sales.current
    assert (sales.target.value, sales.current.value) == (20, 21)
    assert (sales.at("target").a1, sales.at("actual").a1) == ("D2", "D3")
    assert (sales.place.row, cash.place.row) == (2, 5)
    assert cash.target
    assert (cash.target.value, cash.current) == (7, None)
