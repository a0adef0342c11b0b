"""This machine: as many processes as it has cores, as many workbooks as fit in memory."""

import gc
import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from pathlib import Path

from sync.engines.engine import (
    J,
    LostError,
    R,
    Window,
    Work,
    as_error,
    memory_for,
    outcome_of,
)
from sync.errors import FollowupError
from sync.wording import Text

WORTH_SECONDS = 5.0
"""Shorter work is done sooner than processes are started for it."""
_SHARE = 0.5
"""How much of the free memory may be used: the machine does other work as well."""
_UNKNOWN = 4 << 30
"""Free memory where the system does not tell."""


class LocalEngine:
    """A pool of processes; one that dies takes nothing with it but its own workbook."""

    def __init__(self, processes: int | None = None, memory: int | None = None) -> None:
        """Size the pool.

        Args:
            processes: How many; ``None``: one a core.
            memory: Bytes for all of them; ``None``: half of what is free.
        """
        self._processes = processes or _cores()
        self._memory = memory or int(_free_memory() * _SHARE)

    def run(
        self, work: Work[J, R], jobs: Sequence[J], sizes: Sequence[int]
    ) -> Iterator[tuple[int, R | FollowupError]]:
        """Carry jobs out; see `Engine.run`."""
        if self._processes == 1 or _seconds_for(sizes) < WORTH_SECONDS:
            for index, job in enumerate(jobs):
                yield index, _here(work, job)
            return
        costs = [memory_for(size) for size in sizes]
        left = set(range(len(jobs)))
        for index, result in self._pooled(work, jobs, costs, sorted(left)):
            left.discard(index)
            yield index, result
        # A process died and broke the pool: whoever did it is alone in the next one.
        for index in sorted(left):
            alone = list(self._pooled(work, jobs, costs, [index]))
            yield alone[0] if alone else (index, _died())

    def _pooled(
        self,
        work: Work[J, R],
        jobs: Sequence[J],
        costs: Sequence[int],
        order: Sequence[int],
    ) -> Iterator[tuple[int, R | FollowupError]]:
        """Give results until all are there or the pool breaks."""
        processes = min(self._processes, len(order))
        with ProcessPoolExecutor(
            processes, mp_context=_context(), initializer=_begin
        ) as pool:
            window = Window(pool, work, most=2 * processes, budget=self._memory)
            try:
                for index, future in window.results(jobs, costs, order):
                    if isinstance(future.exception(), BrokenProcessPool):
                        continue
                    result = outcome_of(future)
                    yield index, result
            except BrokenProcessPool:
                return


def _seconds_for(sizes: Sequence[int]) -> float:
    """Estimate how long files take one after the other, by `make bench-engines`."""
    return sum(0.03 + size / 400_000 for size in sizes)


def _here(work: Work[J, R], job: J) -> R | FollowupError:
    try:
        return work(job)
    except Exception as error:  # noqa: BLE001 - the others go on
        return as_error(error)


def _begin() -> None:
    """Prepare a process: it judges and ends, and leaves Ctrl-C to whoever began it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(200_000, 50, 50)


def _context() -> BaseContext:
    """Start processes from a clean one: a fork of ours would copy locks in any state."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["sync.engines.work"])
    return context


def _died() -> LostError:
    return LostError(
        Text(
            "读取这个工作簿的进程两次被强行终止",
            "the process that read this workbook was killed, twice",
        ),
        hint=Text(
            "可能是内存不够：请拆分工作簿，或换一台内存更大的机器",
            "it may need more memory than there is: split the "
            "workbook, or read it on a larger machine",
        ),
    )


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def _free_memory() -> int:
    """Give the bytes that are free for use."""
    try:
        for line in Path("/proc/meminfo").read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) << 10
    except (OSError, ValueError):
        pass
    return _UNKNOWN
