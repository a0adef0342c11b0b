"""Somebody saves the workbook between any two lines of the write-back."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from openpyxl import load_workbook

from tests.faults.crash.forks import Forks
from tests.faults.crash.scene import COMMAND, Rest, make_workbook, office

SAVED = 33
"""What the person has typed: how much the first goal has reached, less one."""
ROOMS = (
    "sync/pipeline.py",
    "sync/workbooks/excel/disk.py",
    "sync/workbooks/excel/workbook.py",
)
"""Where lines are counted: the read, the plan and the write pass through them."""


def saves(
    forks: Forks, rest: Rest, bug: str, every: int
) -> Iterator[tuple[str, list[str]]]:
    """Save before each line, one run a line, until no line is left.

    Args:
        forks: Runs the command line.
        rest: Not needed: what the person saved is what everything must come to.
        bug: A mistake to plant.
        every: Try each n-th line only.
    """
    del rest
    n = 1
    while True:
        with office(forks, bug) as scene:
            theirs = scene.folder / "theirs.xlsx"
            make_workbook(theirs, SAVED)
            code = forks.run(scene.folder, COMMAND, f"human@{n}:{bug}")
            if theirs.exists():  # no line was left to save before
                return
            wrong = [] if _theirs(scene.book) else ["what a person saved was lost"]
            again = scene.run()
            if not _theirs(scene.book):
                wrong.append("what a person saved was lost by the next run")
            if again or scene.run():
                wrong.append(f"the next run ended with {again}")
        yield f"a save before line {n} (exit {code})", wrong
        n += every


def _theirs(book: Path) -> bool:
    sheet = load_workbook(book).worksheets[0]
    return sheet.cell(2, 7).value == SAVED + 1


def save_before_line(n: int) -> None:
    """Exchange the workbook for the person's, as Excel saves, before the n-th line."""
    seen = 0

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal seen
        if not _is_watched(frame.f_code):
            return None
        if event == "line":
            seen += 1
            if seen == n:
                sys.settrace(None)
                # As Excel does: a new file, then its name.
                os.replace("theirs.xlsx", "goals.xlsx")  # noqa: PTH105
        return trace

    sys.settrace(trace)


def _is_watched(code: CodeType) -> bool:
    return code.co_filename.endswith(ROOMS)
