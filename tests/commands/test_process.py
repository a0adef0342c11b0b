import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import Result

Run = Callable[..., Result]

GOAL_HEADS = [
    *(
        "编号",
        "姓名",
        "目标内容",
        "目标值",
        "当前值",
        "开始日期",
        "截止日期",
        "支撑目标",
    ),
    *("是否确认", "调整原因"),
]
START, END = date(2026, 1, 1), date(2026, 12, 31)


def book(
    path: Path, *, target: float = 100, current: float = 60, why: str = ""
) -> Path:
    """A workbook with goals, talks and actions, as it stands on one day."""
    goals: list[list[Any]] = [
        ["C1", "", "公司全年销售额达到500万元", 500, 300, START, END, "", "", ""],
        [
            "G1",
            "王芳",
            "门店销售额达到目标",
            target,
            current,
            START,
            END,
            "C1",
            "是",
            why,
        ],
        ["G2", "李强", "新开门店达到10家", 10, 1, START, END, "", "", ""],
    ]
    talks: list[list[Any]] = [[date(2026, 6, 1), "王芳", "进度", "缺人", "招两名店员"]]
    actions: list[list[Any]] = [
        [
            "客流下降",
            "每周两场地推",
            "王芳",
            date(2026, 8, 1),
            "进行中",
            date(2026, 7, 1),
        ],
        ["选址慢", "与两家中介签约", "", None, "未开始", date(2026, 7, 1)],
    ]
    tables: dict[str, tuple[list[str], list[list[Any]]]] = {
        "目标": (GOAL_HEADS, goals),
        "沟通记录": (["沟通日期", "员工", "主题", "困难", "下一步计划"], talks),
        "改进措施": (
            ["问题", "改进措施", "责任人", "完成期限", "状态", "提出日期"],
            actions,
        ),
    }
    with xlsxwriter.Workbook(path) as out:
        day = out.add_format({"num_format": "yyyy-mm-dd"})
        for name, (heads, rows) in tables.items():
            sheet = out.add_worksheet(name)
            for number, row in enumerate([heads, *rows]):
                for column, value in enumerate(row):
                    style = day if isinstance(value, date) else None
                    sheet.write(number, column, value, style)
    return path


@pytest.fixture
def weeks(run: Run, tmp_path: Path) -> Path:
    """Three syncs in September, before the last of which the target was cut."""
    path = tmp_path / "目标.xlsx"
    for day, target, current, why in (
        ("2026-09-07", 100, 60.0, ""),
        ("2026-09-14", 100, 60.5, ""),
        ("2026-09-21", 95, 61.0, "商场装修，客流减少"),
    ):
        book(path, target=target, current=current, why=why)

        assert run("sync", path, "--yes", "--as-of", day).exit_code == 0
    return path


def status(run: Run, path: Path, day: str = "2026-09-21") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        run("status", path, "--as-of", day, "--json").stdout
    )
    return found


def test_status_tells_what_is_known_of_the_follow_up(run: Run, weeks: Path) -> None:
    found = status(run, weeks)

    assert [(a["owner"], a["days_overdue"], a["step"]) for a in found["actions"]] == [
        ("王芳", 51, "hr"),
        (None, 0, "none"),
    ]
    assert found["alignment"]["company_goals"] == 1
    assert found["alignment"]["unaligned"] == ["李强"]
    assert [(one["employee"], one["missed"] > 3) for one in found["check_ins"]] == [
        ("王芳", True),
        ("李强", False),
    ]


def test_a_target_cut_late_is_told_with_its_reason_and_undoes_the_confirmation(
    run: Run, weeks: Path
) -> None:
    found = status(run, weeks)
    (change,) = found["changes"]
    goals = {one["goal"]: one for one in found["goals"]}

    assert (change["goal"], change["before"], change["after"]) == ("G1", "100", "95")
    assert (change["since"], change["on"]) == ("2026-09-14", "2026-09-21")
    assert (change["late"], change["reason"]) == ("last-third", "商场装修，客流减少")
    assert goals["G1"]["confirmed"] == "undone"


def test_history_lists_the_changes(run: Run, weeks: Path) -> None:
    listed = json.loads(run("history", weeks, "--changes", "--json").stdout)
    shown = run("history", weeks, "--changes").stdout

    assert [(one["goal"], one["field"]) for one in listed] == [("G1", "target")]
    assert "2026-09-21 !" in shown
    assert "商场装修，客流减少" in shown


def test_status_on_a_terminal_says_the_same_in_sections(run: Run, weeks: Path) -> None:
    shown = run("status", weeks, "--as-of", "2026-09-21").stdout

    for words in (
        "改进行动：进行中 2 项，逾期 1 项",
        "后期放宽 1 处",
        "目标对齐：1/2",
        "错过",
    ):
        assert words in shown


def test_three_weeks_make_a_forecast_and_two_do_not(run: Run, weeks: Path) -> None:
    third = {one["goal"]: one["forecast"] for one in status(run, weeks)["goals"]}
    second = status(run, weeks, "2026-09-14")["goals"]

    assert third["G1"]["observations"] == 3
    assert third["G1"]["end_low"] < third["G1"]["end_high"]
    assert [one["forecast"] for one in second] == [None] * 3


def test_actions_without_an_owner_or_a_day_are_findings(run: Run, weeks: Path) -> None:
    found = json.loads(run("check", weeks, "--json").stdout)["findings"]
    at = {one["code"]: (one["sheet"], one["cell"]) for one in found}

    assert at["P201"] == ("改进措施", "C3")
    assert at["P202"] == ("改进措施", "D3")


def test_a_bare_goal_sheet_says_nothing_of_what_it_does_not_hold(
    run: Run, write: Callable[..., Path]
) -> None:
    found = status(run, write(), "2026-09-21")

    assert (found["actions"], found["goals_without_action"]) == ([], [])
    assert (found["alignment"], found["check_ins"], found["trends"]) == (None, [], [])
