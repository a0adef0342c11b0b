"""Time every command on a made-up workbook: `make bench`, or with ARGS="--goals 500".

Not a test: it measures and judges nothing. Each command runs in a process of its own,
as people run it, so the figures include starting Python.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from xlsxwriter import Workbook

TODAY = date(2026, 11, 22)
START, END = date(2026, 7, 1), date(2026, 12, 31)
HEADER = (
    *("编号", "姓名", "部门", "目标内容", "衡量指标", "基准值", "目标值", "当前值"),
    *("权重", "开始日期", "截止日期", "状态", "最近更新"),
)
PER_PERSON = 4
COMMANDS = (
    ("columns", "--json"),
    ("check", "--json"),
    ("status", "--json", "--as-of", TODAY.isoformat()),
    ("plan", "--json"),
    ("sync", "--yes", "--json", "--as-of", TODAY.isoformat()),
    ("sync", "--yes", "--json", "--as-of", TODAY.isoformat()),
)
"""The second sync has nothing to write."""


def make_workbook(path: Path, n_goals: int) -> None:
    """Write a plain goal sheet: the size matters here, not the shape."""
    with Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("目标")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADER)
        for number in range(1, n_goals + 1):
            who = (number - 1) // PER_PERSON
            target = 50 + number % 90
            title = f"第{number}号门店月均销售额从40万元提升到{target}万元"
            names = (f"G{number:05}", f"员工{who:04}", f"第{who % 12 + 1}区")
            numbers = (40, target, 40 + (target - 40) * (number % 100) / 100)
            sheet.write_row(number, 0, (*names, title, "月均销售额", *numbers, 0.25))
            sheet.write_datetime(number, 9, START, day)
            sheet.write_datetime(number, 10, END, day)
            sheet.write_string(number, 11, ("正常", "有风险", "滞后")[number % 3])
            sheet.write_datetime(number, 12, TODAY - timedelta(number % 40), day)


def measure(command: tuple[str, ...], book: Path, state: Path) -> tuple[float, int]:
    """Run a command.

    Returns:
        Seconds, and the exit code.
    """
    name, *options = command
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "sync", name, str(book), *options],
        cwd=book.parent,
        env={**os.environ, "FOLLOWUP_STATE": str(state)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - began
    # 1 says that there are findings; of course there are.
    if done.returncode > 1:
        sys.stderr.write(done.stderr)
    return seconds, done.returncode


def main() -> None:
    """Print one line a command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--goals", type=int, default=5000)
    n_goals: int = parser.parse_args().goals
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "goals.xlsx"
        make_workbook(book, n_goals)
        sys.stdout.write(f"{n_goals} goals, {book.stat().st_size / 1e6:.1f} MB\n")
        for command in COMMANDS:
            seconds, code = measure(command, book, Path(folder) / "state")
            sys.stdout.write(f"{command[0]:8} {seconds:6.2f} s   exit {code}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
