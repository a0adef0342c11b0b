"""A sheet of leave and one of daily targets, from the file to the status."""

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import Result

Run = Callable[..., Result]

START, END = date(2026, 8, 24), date(2026, 9, 13)
DAYS = [START + timedelta(n) for n in range(21)]
AMOUNTS = [10, 10, 10, 10, 20, 25, 25] * 2 + [10, 10, 10, 10, 10, 15, 15]
"""Mondays to Sundays; 300 in all."""

WORDS: dict[str, dict[str, Any]] = {
    "zh": {
        "goals": [
            "目标编号",
            "姓名",
            "目标",
            "目标值",
            "当前值",
            "开始日期",
            "截止日期",
        ],
        "title": "大学城店开学季销售额达到300万元",
        "days": ["日期", "目标编号", "当日目标"],
        "leave": ["姓名", "请假类型", "开始日期", "结束日期", "审批状态"],
        "kind": "年假",
        "states": ("已通过", "已驳回"),
        "names": ("目标", "每日销售目标", "请假"),
        "plan": "按每日目标",
        "away": "已扣除休假 2 天",
    },
    "en": {
        "goals": ["Goal ID", "Employee", "Goal", "Target", "Actual", "Start", "Due"],
        "title": "Sell 300k in the back-to-campus weeks",
        "days": ["Date", "Goal ID", "Daily target"],
        "leave": ["Employee", "Leave type", "From", "To", "Status"],
        "kind": "Annual leave",
        "states": ("Approved", "Rejected"),
        "names": ("Goals", "Daily targets", "Leave"),
        "plan": "by daily targets",
        "away": "2 days of leave left out",
    },
}


def book(path: Path, lang: str, *, with_leave: bool) -> Path:
    words = WORDS[lang]
    granted, refused = words["states"]
    sheets: list[Sequence[Sequence[Any]]] = [
        [words["goals"], ["G1", "Omar Reyes", words["title"], 300, 100, START, END]],
        [
            words["days"],
            *([day, "G1", n] for day, n in zip(DAYS, AMOUNTS, strict=True)),
        ],
        [
            words["leave"],
            ["Omar Reyes", words["kind"], DAYS[5], DAYS[6], granted],
            ["Omar Reyes", words["kind"], DAYS[7], DAYS[9], refused],
        ],
    ]
    with xlsxwriter.Workbook(path) as out:
        day = out.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in zip(words["names"], sheets, strict=True):
            if name == words["names"][2] and not with_leave:
                continue
            tab = out.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    style = day if isinstance(value, date) else None
                    tab.write(number, column, value, style)
    return path


# Σ daily targets up to Sunday, 6 September: 220 of 300; without a weekend 170 of 250.
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("with_leave", "share"), [(False, 220 / 300), (True, 170 / 250)]
)
def test_days_of_leave_are_taken_out_of_a_shops_daily_targets(
    run: Run, tmp_path: Path, lang: str, *, with_leave: bool, share: float
) -> None:
    path = book(tmp_path / "goals.xlsx", lang, with_leave=with_leave)
    found = json.loads(run("status", path, "--as-of", "2026-09-06", "--json").stdout)
    (goal,) = found["goals"]

    assert goal["expected"] == pytest.approx(share)
    assert WORDS[lang]["plan"] in goal["reason"]
    assert (WORDS[lang]["away"] in goal["reason"]) is with_leave


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_neither_is_taken_for_people_or_for_goals(
    run: Run, tmp_path: Path, lang: str
) -> None:
    path = book(tmp_path / "goals.xlsx", lang, with_leave=True)
    tables = json.loads(run("columns", path, "--json").stdout)["tables"]
    found = json.loads(run("check", path, "--json").stdout)

    assert [one["kind"] for one in tables] == ["goals", "plans", "leave"]
    assert not [one for one in found["findings"] if one["code"][0] in "DPL"]
