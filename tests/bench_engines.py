"""Weigh the engines on many workbooks: `make bench-engines`, or ARGS="--workbooks 50".

Not a test: it measures and judges nothing but that every engine gave the same results,
each workbook once. Reading and judging is measured, which is what an engine does; all
processes, the scheduler too, run on this machine.
"""

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
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


def measure(engine: Engine, tasks: list[Task]) -> tuple[float, dict[int, int]]:
    """Carry everything out.

    Returns:
        Seconds, and how many goals each workbook held.
    """
    sizes = [Path(task.path).stat().st_size for task in tasks]
    found: dict[int, int] = {}
    begin = time.perf_counter()
    for index, result in engine.run(judge, tasks, sizes):
        assert index not in found
        assert isinstance(result, Judged), result
        found[index] = len(result.assessment.goals)
    return time.perf_counter() - begin, found


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
        one, expected = measure(LocalEngine(1), tasks)
        show("one process", one, tasks, one)
        pool, found = measure(LocalEngine(options.processes), tasks)
        assert found == expected
        show(f"local pool of {options.processes}", pool, tasks, one)
        with cluster(folder, options.processes) as url, connected(url) as engine:
            measure(engine, tasks[:4])  # workers import what they need
            dask, found = measure(engine, tasks)
        assert found == expected
        show(f"Dask, {options.processes} workers", dask, tasks, one)
        print(f"Dask / local pool: {dask / pool:.2f}")  # noqa: T201
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        print(f"this process, at most: {memory} MB")  # noqa: T201


def show(engine: str, seconds: float, tasks: list[Task], alone: float) -> None:
    each = seconds / len(tasks) * 1000
    print(  # noqa: T201
        f"{engine:20} {seconds:7.1f} s  {each:6.0f} ms each  {alone / seconds:5.2f} x"
    )


if __name__ == "__main__":
    main()
