import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.cells import Area
from sync.config.model import TableOverride
from sync.errors import ConfigError
from sync.tables.model import Kind, Recognition
from sync.tables.recognise import recognise
from sync.tables.vocabulary import TABLES, vocabulary
from sync.workbooks.memory import rows_of
from sync.workbooks.snapshot import ListObject, OwnMark, Sheet, Snapshot

GOALS: list[list[Any]] = [
    ["姓名", "目标名称", "目标值", "权重", "截止日期"],
    ["王小明", "完成二十家新客户签约", 20, 0.4, "2026-09-30"],
    ["王小明", "把回款周期缩短到四十天", 40, 0.6, "2026-12-31"],
    ["李芳", "客户投诉率降到百分之一以下", 0.01, 1, "2026-09-30"],
]


def snapshot(*sheets: Sheet) -> Snapshot:
    return Snapshot(
        locator="goals.xlsx", format="memory", fingerprint="1", sheets=tuple(sheets)
    )


def goal_sheet(**more: Any) -> Sheet:
    return Sheet(name="目标", index=0, **{"rows": rows_of(GOALS), **more})


def fields(found: Recognition, table: int = 0) -> dict[str, str | None]:
    return {column.header: column.field for column in found.tables[table].columns}


def codes(found: Recognition) -> list[str]:
    return [finding.code for finding in found.findings]


def test_our_own_columns_and_our_board_are_left_out() -> None:
    rows = [[*row, "On track"] for row in GOALS]
    ours = OwnMark("status", 1, 6)
    board = Sheet(name="Board", index=1, rows=rows_of(GOALS), is_board=True)

    found = recognise(snapshot(goal_sheet(rows=rows_of(rows), own=(ours,)), board))

    assert len(found.tables) == 1
    assert [column.column for column in found.tables[0].columns] == [1, 2, 3, 4, 5]


def test_our_column_in_the_middle_does_not_tear_the_table_apart() -> None:
    rows = [[*row[:2], "x", *row[2:]] for row in GOALS]

    found = recognise(
        snapshot(goal_sheet(rows=rows_of(rows), own=(OwnMark("status", 1, 3),)))
    )

    assert len(found.tables) == 1
    assert [column.column for column in found.tables[0].columns] == [1, 2, 4, 5, 6]


def test_two_columns_with_one_meaning_are_reported_and_one_is_used() -> None:
    later = ["到期日", "2027-01-01", "2027-01-02", "2027-01-03"]
    rows = [[*row, day] for row, day in zip(GOALS, later, strict=True)]

    found = recognise(snapshot(goal_sheet(rows=rows_of(rows))))
    table = found.tables[0]

    assert codes(found) == ["L101"]
    assert len(table.columns_of("due_date")) == 1
    assert "到期日" in found.findings[0].what.in_("zh")
    assert found.findings[0].at is not None


@pytest.mark.parametrize(
    ("header", "values", "wanted"),
    [
        ("目标", [20, 30, 40], "target"),
        (
            "目标",
            ["完成三个新客户的签约", "上线会员积分系统", "培训二十名店员"],
            "goal_title",
        ),
        ("完成情况", ["进行中", "已完成", "未开始"], "status"),
        ("完成情况", ["60%", "80%", "100%"], "progress_pct"),
        ("Target", ["≥95%", "3 days", "12"], "target"),
    ],
)
def test_the_values_decide_what_an_ambiguous_header_means(
    header: str, values: list[Any], wanted: str
) -> None:
    names = ["姓名", "王小明", "李芳", "赵磊"]
    weights = ["权重", 0.3, 0.3, 0.4]
    measures = ["KPI指标", "签约客户数量", "会员活跃比例", "培训合格人数"]
    columns = [names, weights, [header, *values]]
    if wanted != "goal_title":
        columns.insert(1, measures)
    rows = [list(row) for row in zip(*columns, strict=True)]

    found = recognise(snapshot(goal_sheet(rows=rows_of(rows))))

    assert fields(found)[header] == wanted


def test_a_number_beside_the_staff_number_is_the_goals_own() -> None:
    rows = [
        ["编号", "工号", *GOALS[0]],
        *[[n, "E1", *row] for n, row in enumerate(GOALS[1:], 1)],
    ]

    found = recognise(snapshot(goal_sheet(rows=rows_of(rows))))

    assert fields(found)["编号"] == "goal_id"
    assert fields(found)["工号"] == "employee_id"


def test_rates_of_single_products_are_not_read_as_progress() -> None:
    rows = [["姓名", "目标名称", "工时达成率", "良品达成率", "权重"]]
    rows += [[row[0], row[1], "90%", "95%", row[3]] for row in GOALS[1:]]

    found = recognise(snapshot(goal_sheet(rows=rows_of(rows))))

    assert fields(found)["工时达成率"] is None
    assert fields(found)["良品达成率"] is None


def test_self_manager_and_final_scores_are_told_apart() -> None:
    rows: list[list[Any]] = [
        ["姓名", "自评得分", "直属主管评分", "隔级领导评分", "最终得分", "绩效等级"],
        ["王小明", 90, 88, 89, 88.5, "A"],
        ["李芳", 80, 82, 81, 81.5, "B"],
    ]

    found = recognise(snapshot(Sheet(name="评分", index=0, rows=rows_of(rows))))

    assert list(fields(found).values()) == [
        "employee_name",
        "self_rating",
        "manager_rating",
        "second_rating",
        "final_rating",
        "grade",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["Element", "Symbol", "Mass", "Boils"], ["Iron", "Fe", 55.8, 3134], ["Tin", "Sn", 118.7, 2875], ["Zinc", "Zn", 65.4, 1180]],
        [["Invoice", "Date", "Description", "Quantity", "Unit price", "Amount"], [1, "2026-01-02", "Paper", 3, 4.5, 13.5], [2, "2026-01-03", "Ink", 1, 20, 20]],
        [["日期", "班组", "产量", "不良数", "备注"], ["2026-08-01", "甲班", 1200, 3, None], ["2026-08-02", "乙班", 1180, 5, "停机"]],
        [["Name", "Type", "Value", "Status"], ["alpha", "int", 3, "ok"], ["beta", "str", 4, "ok"]],
        [["ID", "Name", "Category", "Price", "Stock"], [1, "Pen", "Office", 2.5, 10], [2, "Cup", "Kitchen", 4, 7]],
    ],
    ids=["chemistry", "invoices", "production", "variables", "products"],
)  # fmt: skip
def test_other_tables_are_left_alone(rows: list[list[Any]]) -> None:
    found = recognise(snapshot(Sheet(name="Sheet1", index=0, rows=rows_of(rows))))

    assert {table.kind for table in found.tables} <= {Kind.OTHER}
    assert all(c.field is None for t in found.tables for c in t.columns)


def test_a_sheet_of_instructions_and_a_grade_legend_are_no_tables(
    read_sheets: Any,
) -> None:
    found = read_sheets(
        {
            "说明": "填写说明\n1. 每人填写三到五项目标\n2. 权重合计为100%",
            "等级": "等级 | 分数 | 说明\nS | 95 | 远超预期\nA | 85 | 超出预期\nB | 75 | 符合预期",
        }
    )

    assert found.tables == ()


def test_an_excel_table_says_itself_where_it_ends() -> None:
    rows = [
        *GOALS,
        ["合计", None, None, 2.0, None],
        ["李芳", "别的东西写在表下面", 1, 2, None],
    ]
    item = ListObject("Goals", Area.parse("A1:E5"), 1, 1)

    found = recognise(snapshot(goal_sheet(rows=rows_of(rows), list_objects=(item,))))

    assert (found.tables[0].first_row, found.tables[0].last_row) == (2, 4)


def test_hidden_rows_are_records_like_any_other() -> None:
    rows = tuple(row._replace(hidden=row.number > 2) for row in rows_of(GOALS))

    found = recognise(snapshot(goal_sheet(rows=rows)))

    assert found.tables[0].last_row == 4


def test_hidden_lists_for_drop_downs_are_not_tables() -> None:
    lists = rows_of([["部门", "姓名", "状态"], ["销售部", "王小明", "进行中"], [None, "李芳", None], [None, "赵磊", None]])  # fmt: skip
    hidden = Sheet(name="lists", index=1, rows=lists, visibility="hidden")

    found = recognise(snapshot(goal_sheet(), hidden))

    assert [table.sheet for table in found.tables] == ["目标"]


def test_a_missing_name_is_not_filled_from_the_row_above() -> None:
    rows = [list(row) for row in GOALS * 1]
    rows += [["赵磊", "组织四次安全培训活动", 4, 0.5, "2026-10-01"]] * 2
    rows += [[None, "完成仓库盘点并出具报告", 1, 0.5, "2026-10-01"]]

    found = recognise(snapshot(goal_sheet(rows=rows_of(rows))))

    assert found.tables[0].filled_down == frozenset()


def test_a_tab_named_after_a_person_tells_whose_goals_stand_there(
    read_sheets: Any,
) -> None:
    text = (
        "目标名称 | 衡量指标 | 目标值 | 权重\n完成二十家客户签约 | 签约数 | 20 | 100%"
    )

    found = read_sheets({"王小明": text, "李芳": text})

    assert [t.context["employee_name"] for t in found.tables] == [
        ("王小明", None),
        ("李芳", None),
    ]


def test_a_period_stands_in_the_name_of_the_tab(read_sheets: Any) -> None:
    text = "姓名 | 目标名称 | 权重\n王小明 | 完成二十家客户签约 | 100%"

    found = read_sheets({"2026Q3": text})

    assert found.tables[0].context["period"] == ("2026Q3", None)


def test_the_users_word_outranks_every_guess() -> None:
    override = TableOverride(
        sheet="目标", kind="goals", columns={"目标值": "actual", "D": "ignore"}
    )

    found = recognise(snapshot(goal_sheet()), (override,))
    table = found.tables[0]

    assert fields(found)["目标值"] == "actual"
    assert fields(found)["权重"] is None
    assert table.columns_of("actual")[0].confidence == 1


def test_a_sheet_set_to_other_is_left_alone() -> None:
    found = recognise(
        snapshot(goal_sheet()), (TableOverride(sheet="目标", kind="other"),)
    )

    assert all(table.kind is Kind.OTHER for table in found.tables)
    assert all(c.field is None for t in found.tables for c in t.columns)


def test_the_user_may_name_the_header_row() -> None:
    rows = [["a", "b", "c", "d", "e"], *GOALS]
    override = TableOverride(sheet="目标", header_row=2)

    found = recognise(snapshot(goal_sheet(rows=rows_of(rows))), (override,))

    assert [table.header_row for table in found.tables] == [2]


@pytest.mark.parametrize(
    ("override", "named"),
    [
        (TableOverride(sheet="目票"), "目标"),
        (TableOverride(sheet="目标", columns={"权重": "wieght"}), "weight"),
        (TableOverride(sheet="目标", kind="people", columns={"A": "weight"}), "level"),
    ],
)
def test_a_misspelt_setting_is_refused_with_what_may_be_meant(
    override: TableOverride, named: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        recognise(snapshot(goal_sheet()), (override,))

    assert named in refused.value.hint
    assert "config.toml" in refused.value.where


def test_a_setting_for_a_column_that_is_gone_is_reported() -> None:
    override = TableOverride(sheet="目标", columns={"目标直": "target"})

    found = recognise(snapshot(goal_sheet()), (override,))

    assert codes(found) == ["L103"]
    assert "目标值" in found.findings[0].what.in_("zh")


def test_what_a_table_lacks_is_named() -> None:
    found = recognise(snapshot(goal_sheet()))

    assert "progress_pct" in found.tables[0].missing
    assert "goal_title" not in found.tables[0].missing


CELLS = st.one_of(
    st.none(),
    st.text(alphabet=string.printable + "姓名目标权重合计说明一二：（）", max_size=12),
    st.integers(-10, 3000),
    st.floats(allow_nan=False, allow_infinity=False, width=16),
    st.booleans(),
    st.sampled_from(["姓名", "目标", "权重", "Goal", "Due date", "合计", "1月", "Q3"]),
)


@given(st.lists(st.lists(CELLS, max_size=7), max_size=12))
def test_any_sheet_is_read_without_failing_and_twice_alike(
    rows: list[list[Any]],
) -> None:
    book = snapshot(Sheet(name="x", index=0, rows=rows_of(rows)))

    found = recognise(book)

    assert found == recognise(book)
    for table in found.tables:
        columns = [column.column for column in table.columns]
        assert columns == sorted(set(columns))
        assert table.header_top <= table.header_row < table.first_row
        assert all(row.row > table.header_row for row in table.excluded)


def test_every_field_has_a_shape_and_every_sign_is_a_field() -> None:
    known = vocabulary()

    for table in TABLES:
        names = set(known.fields[table])
        assert names <= set(known.shape_of_field)
        assert set(known.shapes[table].signs) <= names
