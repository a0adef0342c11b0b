"""Cells that once stopped a reader; ``make fuzz`` finds more of them."""

from datetime import date

import pytest

from sync import pipeline
from sync.assess.model import Past
from sync.config.model import Config
from sync.workbooks.memory import MemoryWorkbook
from sync.workbooks.snapshot import RawValue

HEADS: list[RawValue] = ["编号", "姓名", "目标", "目标值", "当前值", "截止日期", "状态"]
GOAL: list[RawValue] = [
    "G1",
    "王芳",
    "销售额提升到120万",
    120,
    90,
    "2026-12-31",
    "正常",
]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1e308, 2**70])
@pytest.mark.parametrize("place", [(0, 4), (1, 0), (2, 3), (2, 4), (3, 2)])
def test_number_that_is_none_stops_no_sheet(
    value: float, place: tuple[int, int]
) -> None:
    rows = [[*HEADS], *([*GOAL] for _ in range(3))]
    rows[place[0]][place[1]] = value
    understood = pipeline.understand(MemoryWorkbook({"目标": rows}), Config(), ())
    judged = pipeline.judge(understood, Config(), past=Past(), today=date(2026, 11, 22))

    assert len(judged.goals) >= 2
