"""Work on this machine: every job once, whatever becomes of the processes.

The jobs are expressions, since ``eval`` is a function that every process can import.
"""

import os
from concurrent.futures import Executor, Future
from typing import Any

import pytest

from sync.engines.engine import LostError, Window, memory_for
from sync.engines.local import LocalEngine
from sync.errors import FollowupError

KILL = "__import__('os').kill(__import__('os').getpid(), 9)"
OURS = (
    "(_ for _ in ()).throw(__import__('sync.errors').errors.WorkbookError("
    "__import__('sync.wording').wording.same('torn')))"
)


LARGE = 2 << 20
"""Bytes of a workbook for which processes are worth starting."""


def run(
    engine: LocalEngine, jobs: list[str], size: int = LARGE
) -> list[tuple[int, Any]]:
    return sorted(engine.run(eval, jobs, [size] * len(jobs)), key=lambda one: one[0])


@pytest.mark.parametrize("processes", [1, 2])
def test_every_job_is_done_once_and_told_apart(processes: int) -> None:
    jobs = [f"{n} * {n}" for n in range(20)]

    assert run(LocalEngine(processes), jobs) == [(n, n * n) for n in range(20)]


def test_a_few_small_workbooks_are_judged_right_here() -> None:
    (found,) = {pid for _, pid in run(LocalEngine(2), ["__import__('os').getpid()"], 1)}

    assert found == os.getpid()


def test_large_ones_are_judged_elsewhere() -> None:
    found = {pid for _, pid in run(LocalEngine(2), ["__import__('os').getpid()"] * 4)}

    assert os.getpid() not in found


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_is_a_result_and_stops_nothing(processes: int) -> None:
    jobs = ["1", OURS, "2", "1 / 0", "3", "4"]
    found = [result for _, result in run(LocalEngine(processes), jobs)]

    assert found[0::2] == [1, 2, 3]
    assert found[5] == 4
    assert isinstance(found[1], FollowupError)
    assert found[1].what == "torn"
    assert isinstance(found[3], LostError)
    assert "ZeroDivisionError" in found[3].what


@pytest.mark.skipif(os.name != "posix", reason="it kills itself with a signal")
def test_a_process_that_dies_takes_only_its_own_job_with_it() -> None:
    jobs = ["1", "2", KILL, "3", "4", "5", "6"]
    found = run(LocalEngine(2), jobs)

    assert [index for index, _ in found] == list(range(7))
    assert [r for _, r in found if isinstance(r, int)] == [1, 2, 3, 4, 5, 6]
    assert isinstance(found[2][1], LostError)
    assert "killed" in found[2][1].what


class Counting(Executor):
    """Finishes a job when the next one is asked for, and counts those under way."""

    def __init__(self) -> None:
        self.most = 0
        self._open: list[Future[Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self._open = [one for one in self._open if not one.done()] + [future]
        self.most = max(self.most, len(self._open))
        if len(self._open) >= 3:
            self._open[0].set_result(None)
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def test_workbooks_that_fill_the_memory_are_read_one_at_a_time() -> None:
    executor = Counting()
    window: Window[str, Any] = Window(
        executor, eval, most=8, budget=memory_for(1 << 20)
    )
    done = list(window.results(["1"] * 5, [memory_for(1 << 20)] * 5, range(5)))

    assert len(done) == 5
    assert executor.most == 1


def test_one_too_large_for_the_budget_is_read_alone() -> None:
    window: Window[str, Any] = Window(Counting(), eval, most=8, budget=1)
    done = list(window.results(["1"], [memory_for(1 << 30)], [0]))

    assert [index for index, _ in done] == [0]
