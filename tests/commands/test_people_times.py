"""Who joined, left, moved, was away or is met monthly, from the people sheet."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import Result

Run = Callable[..., Result]

START, END = date(2026, 1, 1), date(2026, 12, 31)
PEOPLE = {
    "zh": [
        "工号",
        "姓名",
        "部门",
        "入职日期",
        "离职日期",
        "调岗日期",
        "休假起止",
        "沟通频率",
    ],
    "en": [
        *("Employee ID", "Name", "Department", "Hire date", "Last working day"),
        *("Transfer date", "Leave dates", "1:1 cadence"),
    ],
}
GOALS = {
    "zh": [
        "工号",
        "姓名",
        "目标",
        "目标值",
        "当前值",
        "开始日期",
        "截止日期",
        "信心指数",
    ],
    "en": [
        *("Employee ID", "Employee", "Goal", "Target", "Actual", "Start date"),
        *("Due date", "Confidence (0-10)"),
    ],
}
TALKS = {"zh": ["日期", "参与人", "沟通主题"], "en": ["Date", "Participants", "Topic"]}


def book(path: Path, lang: str) -> Path:
    away = "2026-03-01至2026-05-31" if lang == "zh" else "2026-03-01 to 2026-05-31"
    people: list[list[Any]] = [
        PEOPLE[lang],
        ["E1", "王芳", "销售部", date(2019, 3, 1), None, None, None, None],
        ["E2", "李强", "销售部", date(2026, 6, 1), None, None, None, None],
        ["E3", "陈晨", "研发部", date(2018, 5, 7), None, None, away, None],
        ["E4", "周宁", "研发部", date(2020, 8, 3), date(2026, 3, 31), None, None, None],
        ["E5", "吴越", "研发部", date(2020, 8, 3), None, None, None, "每月"],
    ]
    if lang == "en":
        people[5][7] = "monthly"
    goals: list[list[Any]] = [
        GOALS[lang],
        *(
            [
                f"E{n}",
                name,
                f"拜访客户{n}轮",
                100,
                24,
                START,
                END,
                8 if n == 1 else None,
            ]
            for n, name in enumerate(("王芳", "李强", "陈晨", "周宁", "吴越"), 1)
        ),
    ]
    talks: list[list[Any]] = [
        TALKS[lang],
        *([date(2026, 6, 8), name, "进度"] for name in ("王芳", "吴越")),
    ]
    with xlsxwriter.Workbook(path) as out:
        day = out.add_format({"num_format": "yyyy-mm-dd"})
        for title, rows in (("People", people), ("Goals", goals), ("Check-ins", talks)):
            tab = out.add_worksheet(title)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    tab.write(
                        number, column, value, day if isinstance(value, date) else None
                    )
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_expected_follows_from_when_people_are_there(
    run: Run, tmp_path: Path, lang: str
) -> None:
    path = book(tmp_path / "goals.xlsx", lang)
    found = json.loads(run("status", path, "--as-of", "2026-07-01", "--json").stdout)
    expected = {one["employee"]: one["expected"] for one in found["goals"]}
    reasons = {one["employee"]: one["reason"] for one in found["goals"]}
    rhythm = {one["employee"]: one for one in found["check_ins"]}

    assert expected["王芳"] == pytest.approx(181 / 364)
    assert expected["李强"] == pytest.approx(30 / 213)
    assert expected["陈晨"] == pytest.approx((181 - 92) / (364 - 92))
    assert expected["周宁"] == pytest.approx(89 / 364)
    assert "2026-06-01" in reasons["李强"]
    assert "92" in reasons["陈晨"]
    assert "2026-03-31" in reasons["周宁"]
    assert (rhythm["王芳"]["missed"], rhythm["吴越"]["missed"]) == (1, 0)
    assert found["goals"][0]["doubt"] == "sure"
    assert "周宁" not in rhythm
