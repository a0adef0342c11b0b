"""Weigh the engines on many workbooks: `make bench-engines`, or ARGS="--workbooks 50".

Not a test: it measures and judges nothing but that every engine gave the same results,
each workbook once. Reading and judging is measured, which is what an engine does; all
processes, the scheduler too, run on this machine. Processor time is what counts: where
other work is done at the same time, the clock on the wall says little.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sync.config.model import Config
from sync.engines.dask import connected
from sync.engines.engine import Engine
from sync.engines.local import LocalEngine
from sync.engines.work import Judged, Task, for_judging, judge
from tests.bench_commands import make_workbook

TODAY = date(2026, 11, 22)


def tasks_in(folder: Path, workbooks: int, goals: int) -> list[Task]:
    """Make the workbooks and what is to be done with them."""
    config = for_judging(Config())
    tasks = []
    for number in range(workbooks):
        path = folder / f"team{number:04}.xlsx"
        make_workbook(path, goals)
        tasks.append(
            Task(
                locator=str(path),
                path=str(path),
                tables=(),
                config=config,
                today=TODAY,
            )
        )
    return tasks


class Usage:
    """Processor seconds, of this process and of all that it started."""

    def __init__(self) -> None:
        self._others: dict[int, float] = {}
        self._here = time.process_time()
        self.sample()
        self._before = dict(self._others)

    def sample(self) -> None:
        """Look at those that are alive; what one that has ended used is kept."""
        parents: dict[int, int] = {}
        used: dict[int, float] = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text("utf-8", "replace").rpartition(") ")[2].split()
            except OSError:
                continue
            number = int(path.parent.name)
            parents[number] = int(fields[1])
            used[number] = (int(fields[11]) + int(fields[12])) / os.sysconf(
                "SC_CLK_TCK"
            )
        ours = {os.getpid()}
        while grown := {one for one, above in parents.items() if above in ours} - ours:
            ours |= grown
        self._others |= {one: used[one] for one in ours - {os.getpid()}}

    def spent(self) -> tuple[float, float]:
        """Give the seconds used here, and elsewhere."""
        self.sample()
        elsewhere = sum(
            used - self._before.get(one, 0.0) for one, used in self._others.items()
        )
        return time.process_time() - self._here, elsewhere


@dataclass(frozen=True)
class Cost:
    """What one engine took."""

    wall: float
    here: float
    elsewhere: float
    found: dict[int, int]
    """How many goals each workbook held."""


def measure(engine: Engine, tasks: list[Task]) -> Cost:
    """Carry everything out."""
    sizes = [Path(task.path).stat().st_size for task in tasks]
    found: dict[int, int] = {}
    usage, begin = Usage(), time.perf_counter()
    for index, result in engine.run(judge, tasks, sizes):
        assert index not in found
        assert isinstance(result, Judged), result
        found[index] = len(result.assessment.goals)
        if not len(found) % 10 or len(found) > len(tasks) - 5:
            usage.sample()
    wall = time.perf_counter() - begin
    return Cost(wall, *usage.spent(), found)


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[str]:
    """Start a scheduler and single-threaded workers on the loopback."""
    running: list[subprocess.Popen[bytes]] = []

    def start(what: str, *words: str) -> Path:
        log = folder / f"{what}-{len(running)}.log"
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}"]
        with log.open("wb") as file:
            running.append(
                subprocess.Popen(
                    [*command, *words, "--host", "127.0.0.1", "--no-dashboard"],
                    stdout=file,
                    stderr=file,
                )
            )
        return log

    def wait(log: Path, pattern: str) -> str:
        while True:
            found = re.search(pattern, log.read_text("utf-8", "replace"))
            if found:
                return found[1]
            time.sleep(0.1)

    try:
        place = wait(start("scheduler", "--port", "0"), r"at:\s+tcp://(127\S+)")
        words = (f"tcp://{place}", "--nthreads", "1", "--no-nanny")
        for log in [start("worker", *words) for _ in range(workers)]:
            wait(log, r"(Registered to)")
        yield f"dask://{place}"
    finally:
        for one in reversed(running):
            one.kill()
            one.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workbooks", type=int, default=500)
    parser.add_argument("--goals", type=int, default=20, help="in each workbook")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tasks = tasks_in(folder, options.workbooks, options.goals)
        print(f"{options.workbooks} workbooks of {options.goals} goals")  # noqa: T201
        alone = measure(LocalEngine(1), tasks)
        show("one process", alone, len(tasks))
        pool = measure(LocalEngine(options.processes), tasks)
        assert pool.found == alone.found
        show(f"local pool of {options.processes}", pool, len(tasks))
        with cluster(folder, options.processes) as url, connected(url) as engine:
            measure(engine, tasks[:4])  # workers import what they need
            dask = measure(engine, tasks)
        assert dask.found == alone.found
        show(f"Dask, {options.processes} workers", dask, len(tasks))
        ratio = (dask.here + dask.elsewhere) / (pool.here + pool.elsewhere)
        print(f"Dask / local pool, processor time: {ratio:.2f}")  # noqa: T201


def show(engine: str, cost: Cost, n: int) -> None:
    here, elsewhere = (seconds / n * 1000 for seconds in (cost.here, cost.elsewhere))
    print(  # noqa: T201
        f"{engine:20} {cost.wall:6.1f} s on the wall; processor ms a workbook: "
        f"{here:5.1f} here, {elsewhere:5.1f} elsewhere"
    )


if __name__ == "__main__":
    main()
