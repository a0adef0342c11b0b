"""Sync one changing workbook over and over in one process, and watch what it holds.

``python -m tests.bench_soak [SYNCS]`` prints memory, open files and the history's size
as it goes, and ends with 1 if any of them grows that should not.
"""

import argparse
import gc
import os
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import click

from sync import pipeline
from sync.config.mail import Mail
from sync.config.model import Config
from sync.history.store import History
from sync.workbooks.backups import Backups
from sync.workbooks.excel.workbook import ExcelWorkbook
from tests.properties.desk import Cell, Desk

CONFIG = Config(mail=Mail(hr=["hr@example.com"]))
GOALS = 60
WARM = 0.2
"""The part of the syncs after which caches are filled."""
MAY_GROW = 8.0
"""MiB of memory from then on: below what a leak of one sheet per sync comes to."""
_HEADS = ["编号", "姓名", "邮箱", "目标内容", "目标值", "当前值", "开始日期", "截止日期", "状态"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """What the process holds after some syncs."""

    syncs: int
    memory: float
    """MiB of resident memory."""
    files: int
    """Open file descriptors."""
    history: float
    """KiB of the history's file."""
    letters: int


def soak(folder: Path, syncs: int) -> list[Held]:
    """Sync on as many days, with an edit before each; look twenty times."""
    desk = Desk(folder / "goals.xlsx", [[*_HEADS], *map(_goal, range(GOALS))])
    start = date(2025, 1, 6)
    seen = []
    for number in range(syncs):
        row, column = 2 + number % GOALS, _HEADS.index("当前值") + 1
        desk.type((row, column), 10 + number % 97)
        _sync(folder, desk.path, start + timedelta(days=number % 500))
        if number % max(1, syncs // 20) == 0 or number == syncs - 1:
            seen.append(_held(folder, number + 1))
            click.echo(_line(seen[-1]))
    return seen


def _sync(folder: Path, path: Path, today: date) -> None:
    at = datetime.combine(today, time(9), UTC)
    book = ExcelWorkbook(path, Backups(folder / "backups", 20))
    source = str(path)
    with History.open(f"sqlite:///{folder / 'history.sqlite3'}") as history:
        understood = pipeline.understand(book, CONFIG, ())
        past = history.past(source, today)
        judged = pipeline.judge(understood, CONFIG, past=past, today=today)
        remembered = history.written(source)
        intention = pipeline.plan(understood, judged, CONFIG, remembered)
        pipeline.commit(
            *(book, intention, judged, history),
            source=source,
            started_at=at,
            finished_at=at,
        )
        origin = pipeline.Origin(source=source, name="goals.xlsx", lang="zh")
        letters = pipeline.letters(judged, CONFIG, history, origin)
        outbox = folder / "outbox"
        pipeline.tell(letters, CONFIG, history, source=source, outbox=outbox, at=at)


def grows(seen: list[Held]) -> list[str]:
    """Say what grew after the caches were filled."""
    warm = [one for one in seen if one.syncs >= WARM * seen[-1].syncs]
    first, last = warm[0], warm[-1]
    wrong = []
    if last.memory - first.memory > MAY_GROW:
        wrong.append(f"memory grew by {last.memory - first.memory:.1f} MiB")
    if last.files > first.files:
        wrong.append(f"{last.files - first.files} more files are open")
    half = next(one for one in warm if one.syncs >= last.syncs / 2)
    early = (half.history - first.history) / max(1, half.syncs - first.syncs)
    late = (last.history - half.history) / max(1, last.syncs - half.syncs)
    click.echo(f"history: {early:.2f} KiB a sync at first, {late:.2f} KiB later")
    if late > 1.5 * early + 4:
        wrong.append("each sync costs the history more than the one before")
    return wrong


def _goal(number: int) -> list[Cell | None]:
    return [
        f"G-{number:03}", f"员工{number % 20}", f"p{number % 20}@example.com",
        f"第{number}号门店月均销售额提升到{90 + number}万元", 90 + number, 10,
        date(2025, 1, 1), date(2026, 6, 30), "正常",
    ]  # fmt: skip


def _held(folder: Path, syncs: int) -> Held:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    size = sum(one.stat().st_size for one in folder.glob("history.sqlite3*"))
    return Held(
        syncs=syncs,
        memory=pages * os.sysconf("SC_PAGE_SIZE") / 2**20,
        files=len(os.listdir("/proc/self/fd")),  # noqa: PTH208 - the fewest files
        history=size / 1024,
        letters=sum(1 for _ in (folder / "outbox").glob("*.eml")),
    )


def _line(held: Held) -> str:
    return (
        f"{held.syncs:5} syncs  {held.memory:6.1f} MiB  {held.files:3} files  "
        f"history {held.history:7.0f} KiB  {held.letters} letters"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("syncs", nargs="?", type=int, default=1000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        wrong = grows(soak(Path(name), given.syncs))
    sys.exit("; ".join(wrong) or 0)


if __name__ == "__main__":
    main()
