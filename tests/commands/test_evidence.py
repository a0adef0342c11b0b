"""What is on record about one person, and how it is forgotten."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from click.testing import Result

Run = Callable[..., Result]

GOALS = [
    "目标编号",
    "姓名",
    "目标内容",
    "目标值",
    "当前值",
    "开始日期",
    "截止日期",
    "调整原因",
    "批准人",
]
TALKS = ["日期", "参与人", "沟通主题", "困难", "需要的支持", "下一步"]
ACTIONS = ["问题", "改进措施", "负责人", "完成期限", "状态", "提出日期", "类型"]
START, END = date(2026, 1, 1), date(2026, 12, 31)


def book(path: Path, *, target: float = 100, why: str = "", by: str = "") -> Path:
    """A workbook with one person's goals, talk and plan, and another's goal."""
    sheets: dict[str, list[list[Any]]] = {
        "目标": [
            GOALS,
            ["G1", "王芳", "门店销售额达到目标", target, 40, START, END, why, by],
            ["G2", "李强", "新开门店达到10家", 10, 5, START, END, "", ""],
        ],
        "一对一沟通": [
            TALKS,
            [date(2026, 6, 1), "王芳", "进度", "缺人", "招两名店员", "本周发布招聘"],
            [date(2026, 6, 2), "李强", "选址", "李强的困难", "", ""],
        ],
        "绩效改进计划": [
            ACTIONS,
            [
                *("客流下降", "每周两场地推", "王芳", date(2026, 8, 1)),
                *("进行中", date(2026, 6, 1), "改进"),
            ],
            [
                *("谈判弱", "参加谈判培训", "王芳", date(2026, 7, 15)),
                *("进行中", date(2026, 6, 1), "支持"),
            ],
        ],
    }
    with xlsxwriter.Workbook(path) as out:
        day = out.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            tab = out.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    style = day if isinstance(value, date) else None
                    tab.write(number, column, value, style)
    return path


@pytest.fixture
def told(run: Run, tmp_path: Path) -> Path:
    """Two weeks of syncs, with a target that was changed between them."""
    path = book(tmp_path / "目标.xlsx")
    run("sync", path, "--yes", "--as-of", "2026-06-22")
    book(path, target=80, why="地铁施工", by="林晓芸")
    run("sync", path, "--yes", "--as-of", "2026-06-29")
    return path


def test_a_record_holds_what_was_agreed_changed_said_and_given(
    run: Run, told: Path
) -> None:
    text = run("evidence", "王芳", told, "--as-of", "2026-06-30").stdout

    assert "# 王芳 的跟进记录（截至 2026-06-30）" in text
    assert "2026-06-22 ● 正常，完成 40%" in text or "2026-06-22" in text
    assert "目标值由“100”改为“80”；原因：地铁施工；批准人：林晓芸" in text
    assert (
        "2026-06-01 进度；困难：缺人；需要的支持：招两名店员；下一步：本周发布招聘"
        in text
    )
    assert "参加谈判培训；期限 2026-07-15" in text
    assert "约定的检查点：2026-07-15, 2026-08-01" in text
    assert "已告知" in text
    assert "你的目标" in text


def test_a_record_holds_nothing_of_others_and_concludes_nothing(
    run: Run, told: Path
) -> None:
    text = run("evidence", "王芳", told, "--as-of", "2026-06-30").stdout

    assert "李强" not in text
    assert not {"辞退", "解除", "淘汰", "不胜任"} & {
        word for word in ("辞退", "解除", "淘汰", "不胜任") if word in text
    }


def test_a_record_of_an_earlier_day_knows_nothing_of_later_ones(
    run: Run, told: Path
) -> None:
    found = json.loads(
        run("evidence", "王芳", told, "--as-of", "2026-05-31", "--json").stdout
    )

    assert found["talks"] == []
    assert found["changes"] == []
    assert found["goals"][0]["line"] == []


def test_a_day_that_is_not_known_is_null_in_json(run: Run, tmp_path: Path) -> None:
    path = book(tmp_path / "目标.xlsx")
    filled = openpyxl.load_workbook(path)
    filled["绩效改进计划"]["D2"] = filled["绩效改进计划"]["F2"] = None
    filled.save(path)
    found = json.loads(run("evidence", "王芳", path, "--json").stdout)
    days = {
        one["action"]: (one["raised_on"], one["due_on"]) for one in found["actions"]
    }

    assert days["每周两场地推"] == (None, None)
    assert days["参加谈判培训"] == ("2026-06-01", "2026-07-15")


def test_somebody_who_is_not_there_is_one_clear_error(run: Run, told: Path) -> None:
    result = run("evidence", "张三", told)

    assert result.exit_code == 2
    assert "nobody is called “张三”" in result.stderr


def test_somebody_is_forgotten_and_the_workbook_stays(run: Run, told: Path) -> None:
    before = told.read_bytes()
    done = run("forget", "王芳", "--yes")
    again = run("forget", "王芳", "--yes")
    left = json.loads(
        run("evidence", "王芳", told, "--as-of", "2026-06-30", "--json").stdout
    )

    assert "entries were deleted" in done.stdout
    assert "holds nothing" in again.stdout
    assert told.read_bytes() == before
    assert (left["changes"], left["letters"]) == ([], [])


def test_nobody_is_forgotten_without_being_asked(run: Run, told: Path) -> None:
    result = run("forget", "王芳")
    kept = run("evidence", "王芳", told, "--as-of", "2026-06-30").stdout

    assert result.exit_code == 2
    assert "2026-06-22" in kept
