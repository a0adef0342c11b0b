"""Measure the lint: `make bench-smart`.

Not a test: it prints figures and judges nothing. The published goals lie beside the
repository; without them only the speed is shown.
"""

import argparse
import gc
import json
import sys
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from time import process_time

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from sync.config.model import Config, Smart
from sync.pipeline import understand
from sync.records.model import Records
from sync.records.parse import parse
from sync.smart.lint import lint
from sync.smart.score import GOOD
from sync.smart.text import lint_text
from sync.workbooks.open import open_workbook

GOALS = Path(__file__).resolve().parents[1] / "../shared/data/smart_goals.jsonl"
TODAY = date(2026, 11, 22)
START, DUE = date(2026, 7, 1), date(2026, 12, 31)
UPDATED = date(2026, 11, 16)
HEADER = (
    *("编号", "工号", "姓名", "部门", "直接上级", "考核周期", "目标内容", "衡量指标"),
    *("数据来源", "基准值", "目标值", "当前值", "权重", "开始日期", "截止日期", "状态"),
    *("岗位", "更新日期", "协作部门", "备注"),
)
PER_PERSON = 4
TITLES = (
    "将{place}门店的缺货率从{a}%降低到{b}%",
    "12月{day}日前完成{place}仓库搬迁并通过验收",
    "{place}区域客户满意度提升到{b}分以上",
    "提升{place}团队的协作效率",
    "每月走访{place}的{a}家重点客户，输出{day}份走访报告",
    "Reduce the {place} ticket backlog from {a} to {b} by December {day}",
    "Launch the {place} onboarding course for {b} new hires",
    "Improve communication with the {place} office",
)
"""Every goal gets a place of its own, so that no two texts are the same."""

MEASURES = ("缺货率", "搬迁完成率", "满意度得分", "协作评分", "走访家数")

Row = Mapping[str, str | None]


def make_workbook(path: Path, n_goals: int) -> None:
    """Write a goal sheet in which all titles differ."""
    with Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("目标")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADER)
        for number in range(1, n_goals + 1):
            who = (number - 1) // PER_PERSON
            title = TITLES[number % len(TITLES)].format(
                place=f"P{number}",
                a=40 + number % 50,
                b=number % 40,
                day=number % 30 + 1,
            )
            ids, boss = (f"G{number:05}", f"E{who:05}"), f"员工{who // 8:05}"
            names = (f"员工{who:05}", f"第{who % 12 + 1}区", boss, "2026H2")
            words = (title, MEASURES[number % len(MEASURES)], "月度报表")
            numbers = (40 + number % 50, number % 40, number % 60, 0.25)
            sheet.write_row(number, 0, (*ids, *names, *words, *numbers))
            sheet.write_datetime(number, 13, START, day)
            sheet.write_datetime(number, 14, DUE, day)
            sheet.write_string(number, 15, ("正常", "有风险", "滞后")[number % 3])
            sheet.write_string(number, 16, f"第{number % 9 + 1}组组长")
            sheet.write_datetime(number, 17, UPDATED, day)
            sheet.write_row(number, 18, (f"第{number % 7 + 1}区", f"第{number}次跟进"))


def read_with_calamine(path: Path) -> float:
    """Give the CPU seconds of reading every cell."""
    began = process_time()
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
    return process_time() - began


def lint_all(records: Records) -> tuple[float, int]:
    """Lint a workbook.

    Returns:
        CPU seconds, and how many findings there are.
    """
    began = process_time()
    linted = lint(records, Smart(), today=TODAY)
    took = process_time() - began
    return took, sum(len(it.findings) for it in linted.verdicts) + len(linted.findings)


def say(name: str, hits: Iterable[bool], wanted: str) -> None:
    """Print one share."""
    counted = list(hits)
    share = sum(counted) / len(counted)
    figures = f"{sum(counted):3} of {len(counted):3} = {share:6.1%}"
    sys.stdout.write(f"{name:44} {figures}   ({wanted})\n")


def published(rows: Iterable[Row]) -> None:
    """Print how the lint does on goals that others have judged."""
    pairs, bad, good, letters = [], [], [], []
    for row in rows:
        vague = lint_text(row["bad"]) if row["bad"] else None
        smart = lint_text(row["good"]) if row["good"] else None
        if vague and smart:
            pairs.append(smart.score > vague.score)
        elif vague:
            bad.append(vague.score < GOOD)
        elif smart:
            good.append(smart.score >= GOOD)
        if vague:
            letters += [letter in vague.missing for letter in row["missing"] or ""]
    say("pairs: the SMART version scores higher", pairs, "95 % wanted")
    say("single goals: bad ones flagged", bad, "90 % wanted")
    say("single goals: good ones left alone", good, "85 % wanted")
    say("letters the source misses, named", letters, "85 % wanted")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--goals", type=int, default=50_000)
    n_goals: int = parser.parse_args().goals
    # As the command line does.
    gc.set_threshold(200_000, 50, 50)
    if GOALS.exists():
        lines = GOALS.read_text(encoding="utf-8").splitlines()
        published([json.loads(line) for line in lines])
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "goals.xlsx"
        make_workbook(book, n_goals)
        base = read_with_calamine(book)
        read = understand(open_workbook(str(book)), Config(), ())
        records = parse(read.snapshot, read.recognition, today=TODAY)
        took, n = lint_all(records)
    sys.stdout.write(
        f"{len(records.goals)} goals, all different: calamine reads {base:.2f} s CPU, "
        f"the lint takes {took:.2f} s = {took / base:.1f} x ({n} findings)\n"
    )


if __name__ == "__main__":
    main()
