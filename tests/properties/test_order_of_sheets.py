"""In which order sheets and rows stand changes nothing that is judged."""

import json
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import xlsxwriter

from sync.assess.model import Assessment, Past
from sync.config.model import Config
from sync.pipeline import judge, understand
from sync.workbooks.backups import Backups
from sync.workbooks.open import open_workbook

START, END = date(2026, 1, 1), date(2026, 12, 31)
SHEETS: dict[str, list[list[Any]]] = {
    "人员": [
        ["工号", "姓名", "部门", "直接上级", "休假起止"],
        ["E1", "林晓芸", "东城", "", ""],
        ["E2", "陈立", "东城", "林晓芸", "2026-03-01至2026-03-31"],
        ["E3", "吴佳宁", "东城", "林晓芸", ""],
    ],
    "目标": [
        [
            "目标编号",
            "姓名",
            "目标内容",
            "目标值",
            "当前值",
            "开始日期",
            "截止日期",
            "状态",
        ],
        ["G1", "陈立", "销售额达到100万元", 100, 40, START, END, "正常"],
        ["G2", "陈立", "缺货率降到4%", "4%", "5%", START, END, "正常"],
        ["G3", "吴佳宁", "复购率达到45%", "45%", "20%", START, END, "滞后"],
        ["G4", "林晓芸", "新开门店3家", 3, 2, START, END, ""],
    ],
    "沟通": [
        ["日期", "参与人", "沟通主题", "困难"],
        [date(2026, 6, 1), "陈立", "进度", "缺人"],
        [date(2026, 5, 4), "吴佳宁", "进度", ""],
    ],
    "请假记录": [
        ["姓名", "请假类型", "开始日期", "结束日期", "审批状态"],
        ["吴佳宁", "年假", date(2026, 6, 8), date(2026, 6, 12), "已通过"],
        ["陈立", "事假", date(2026, 4, 7), date(2026, 4, 8), "已通过"],
        ["陈立", "年假", date(2026, 9, 1), date(2026, 9, 4), "审批中"],
    ],
    "月度目标分解": [
        ["目标编号", "指标", *(f"{n}月" for n in range(1, 13))],
        ["G1", "销售额", 5, 5, 5, 5, 5, 5, 10, 10, 10, 10, 15, 15],
        ["G4", "新店", 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1],
    ],
    "改进措施": [
        ["问题", "改进措施", "负责人", "完成期限", "状态"],
        ["客流下降", "每周两场地推", "陈立", date(2026, 6, 15), "进行中"],
        ["复购低", "会员日活动", "吴佳宁", date(2026, 8, 1), "未开始"],
    ],
}


def judged(folder: Path, chance: Random) -> Assessment:
    path = folder / "目标.xlsx"
    names = list(SHEETS)
    chance.shuffle(names)
    with xlsxwriter.Workbook(path) as out:
        day = out.add_format({"num_format": "yyyy-mm-dd"})
        for name in names:
            tab = out.add_worksheet(name)
            head, *rows = SHEETS[name]
            chance.shuffle(rows)
            for number, row in enumerate([head, *rows]):
                for column, value in enumerate(row):
                    style = day if isinstance(value, date) else None
                    tab.write(number, column, value, style)
    workbook = open_workbook(str(path), Backups(folder / "backups", 0))
    found = understand(workbook, Config(), ())
    return judge(found, Config(), past=Past(), today=date(2026, 7, 1))


def told(found: Assessment) -> str:
    """Everything that does not say in which row or sheet something stands."""
    return json.dumps(
        {
            "goals": sorted(
                (g.goal.goal_id, str(g.status), g.reason.in_("zh"), g.expected)
                for g in found.goals
            ),
            "people": sorted(
                (p.person.key, str(p.status), p.progress, p.coverage)
                for p in found.people
            ),
            "talks": [
                (t.person.key, t.score, [w.in_("zh") for w in t.why])
                for t in found.conversations
            ],
            "rhythms": [(r.person.key, r.missed, r.asks_days) for r in found.rhythms],
            "rollups": [
                (r.kind, r.name, r.n, r.progress, r.coverage, str(r.status))
                for r in found.rollups
            ],
            "health": [(h.name, h.n, h.of) for h in found.health],
            "findings": sorted(f.code for f in found.findings),
        },
        ensure_ascii=False,
    )


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_sheets_and_rows_changes_nothing(
    seed: int, tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = judged(tmp_path / "a", Random(0))
    other = judged(tmp_path / "b", Random(seed + 1))

    reasons = {g.goal.goal_id: g.reason.in_("zh") for g in one.goals}

    assert len(one.goals) == 4
    assert "按月度目标" in reasons["G1"]
    assert "已扣除休假" in reasons["G3"]
    assert told(one) == told(other)
