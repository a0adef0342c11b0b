"""Weigh a whole sync against openpyxl: `make bench-sync`.

Not a test: it judges nothing. ``python -m tests.bench_sync [GOALS ...]`` makes a workbook
of so many goals in 20 columns (5,000 and 50,000 when none are named; 500,000 takes many
minutes). Ours reads, recognises, parses, lints, assesses, plans, writes back and
remembers, with an empty history; openpyxl loads the workbook, fills four columns and
saves it. Each in a process of its own, in turns, so that the ratio comes from the same
minutes of the same machine. Letters are left out: openpyxl writes none.
"""

import argparse
import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import process_time

from tests.bench_excel import OPENPYXL_UP_TO, peak_memory
from tests.bench_smart import TODAY, make_workbook

ROUNDS = 3
WHOLE = "whole process"
N_COLUMNS = 20

Split = dict[str, float]
"""Room → CPU seconds."""


def start(_book: Path, _state: Path, _took: Split) -> None:
    """Import what we import and do nothing: what no row pays for."""
    import sync.cli  # noqa: F401, PLC0415


def ours(book: Path, state: Path, took: Split) -> None:
    """Do what `followup sync` does, short of the letters."""
    import sync.cli  # noqa: F401, PLC0415
    from sync.assess.assess import assess  # noqa: PLC0415
    from sync.clock import now  # noqa: PLC0415
    from sync.config.model import Config  # noqa: PLC0415
    from sync.history.runs import RunRecord  # noqa: PLC0415
    from sync.history.store import History  # noqa: PLC0415
    from sync.history.undo import LastWrite  # noqa: PLC0415
    from sync.records.parse import parse  # noqa: PLC0415
    from sync.smart.lint import lint  # noqa: PLC0415
    from sync.tables.recognise import recognise  # noqa: PLC0415
    from sync.workbooks.open import open_workbook  # noqa: PLC0415
    from sync.writeback.plan import intend  # noqa: PLC0415

    config, source = Config(), str(book)
    workbook = open_workbook(source)
    with room(took, "history"):
        history = History.open(f"sqlite:///{state}")
        past, remembered = history.past(source, TODAY), history.written(source)
    with room(took, "read"):
        snapshot = workbook.snapshot()
    with room(took, "recognise"):
        recognition = recognise(snapshot, ())
    with room(took, "parse"):
        records = parse(snapshot, recognition, today=TODAY)
    with room(took, "lint"):
        linted = lint(records, config.smart, today=TODAY)
    with room(took, "assess"):
        assessment = assess(records, linted, past, config.followup, today=TODAY)
    # As `pipeline.judge` leaves it: what only the judgement asked is let go.
    del records, linted
    with room(took, "plan"):
        intention = intend(
            snapshot,
            recognition,
            assessment,
            remembered=remembered,
            options=config.writeback,
            lang="zh",
        )
    with room(took, "history"):
        history.last_writes.begin(source, intention.about_to_be_written)
    with room(took, "write"):
        committed = workbook.commit(intention.plan)
    with room(took, "history"):
        last = LastWrite(
            before=intention.plan.fingerprint,
            after=committed.fingerprint,
            texts=remembered,
        )
        history.last_writes.remember(source, last, intention.texts)
        record = RunRecord.of(
            assessment,
            started_at=now(),
            finished_at=now(),
            n_cells=committed.n_cells,
            outcome=committed.outcome,
        )
        history.record(source, record)
        history.close()


def openpyxl(book: Path, _state: Path, _took: Split) -> None:
    """Load, write four cells beside each goal, save."""
    from openpyxl import load_workbook  # noqa: PLC0415

    workbook = load_workbook(book)
    sheet = workbook.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, N_COLUMNS + 1, "有风险 At risk")
        sheet.cell(row, N_COLUMNS + 2, f"完成 {row % 101}%，按日期应完成 {row % 89}%")
        sheet.cell(row, N_COLUMNS + 3, f"{row % 101} · M A")
        sheet.cell(row, N_COLUMNS + 4, TODAY)
    workbook.save(book)


WAYS: dict[str, Callable[[Path, Path, Split], None]] = {
    "start": start,
    "ours": ours,
    "openpyxl": openpyxl,
}


@contextmanager
def room(took: Split, name: str) -> Iterator[None]:
    """Add the CPU seconds of a block to those of its room."""
    began = process_time()
    yield
    took[name] = took.get(name, 0.0) + process_time() - began


def measure(way: str, book: Path, folder: Path) -> tuple[Split, float]:
    """Run one way on a copy, in a process of its own.

    Returns:
        CPU seconds by room and of the whole, and its peak memory in MiB.
    """
    copy, state = folder / "copy.xlsx", folder / "history.sqlite3"
    shutil.copyfile(book, copy)
    state.unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench_sync", "--way", way, str(copy), str(state)],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        check=True,
    )
    took, peak = json.loads(done.stdout)
    return took, peak


def run(way: str, book: str, state: str) -> None:
    """Do the work of one process and print what it took."""
    # As the command line does.
    gc.set_threshold(200_000, 50, 50)
    took: Split = {}
    WAYS[way](Path(book), Path(state), took)
    times = os.times()
    took[WHOLE] = times.user + times.system
    sys.stdout.write(json.dumps([took, peak_memory()]))


def report(n_goals: int, found: dict[str, list[tuple[Split, float]]]) -> float:
    """Print one size; give our CPU seconds a goal."""
    sys.stdout.write(f"\n{n_goals:,} goals\n")
    whole = {way: median(one[0][WHOLE] for one in runs) for way, runs in found.items()}
    for way, runs in found.items():
        peak = max(one[1] for one in runs)
        sys.stdout.write(f"  {way:14} {whole[way]:8.2f} s CPU {peak:8.0f} MiB\n")
    for name in found["ours"][0][0]:
        seconds = median(one[0][name] for one in found["ours"])
        if name != WHOLE:
            sys.stdout.write(f"    {name:12} {seconds:8.2f} s\n")
    if "openpyxl" in found:
        each = zip(found["openpyxl"], found["ours"], strict=True)
        ratio = median(theirs[0][WHOLE] / our[0][WHOLE] for theirs, our in each)
        sys.stdout.write(f"  openpyxl / ours {ratio:6.1f}\n")
    return (whole["ours"] - whole["start"]) / n_goals


def main() -> None:
    """Measure each size, all ways in turns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("goals", nargs="*", type=int, default=[5_000, 50_000])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--skip", nargs="*", default=[], choices=WAYS)
    options = parser.parse_args()
    costs = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for n_goals in options.goals:
            book = folder / f"{n_goals}.xlsx"
            make_workbook(book, n_goals)
            found: dict[str, list[tuple[Split, float]]] = {}
            for _ in range(options.rounds):
                for way in WAYS:
                    too_large = way == "openpyxl" and n_goals > OPENPYXL_UP_TO
                    if way not in options.skip and not too_large:
                        found.setdefault(way, []).append(measure(way, book, folder))
            costs[n_goals] = report(n_goals, found)
    for n_goals, cost in costs.items():
        ratio = cost / min(costs.values())
        sys.stdout.write(f"{n_goals:9,} goals: {ratio:.2f} x a goal\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--way"]:
        run(*sys.argv[2:])
    else:
        main()
