"""A year's target with a column for each month, from the file to the status."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
Write = Callable[..., Path]

SALES = (80, 70, 60, 70, 80, 90, 90, 80, 100, 110, 80, 90)


@pytest.mark.parametrize("head", ["{n}月目标", "{n}月"])
def test_a_season_is_the_plan_of_a_shop(run: Run, write: Write, head: str) -> None:
    months = [head.format(n=n) for n in range(1, 13)]
    rows: list[list[Any]] = [
        ["姓名", "目标", "权重", "年度目标", *months, "累计完成", "周期"],
        ["陈立", "城南店全年销售额", 1, 1000, *SALES, 610, "2026"],
    ]
    found = json.loads(
        run("status", write(rows), "--as-of", "2026-08-31", "--json").stdout
    )
    (goal,) = found["goals"]

    assert goal["expected"] == pytest.approx(0.62)
    assert goal["status"] == "on_track"
    assert "应完成量按月度目标" in goal["reason"]
