"""The seam to whatever carries work out: jobs in, results out, a lost one is told."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import AbstractContextManager
from typing import Generic, Protocol, TypeVar

from sync.errors import FollowupError
from sync.wording import Text

J = TypeVar("J")
R = TypeVar("R")
Work = Callable[[J], R]

_PATIENCE = 5.0
"""Seconds without a result after which it is looked whether there can be one."""


class LostError(FollowupError):
    """A job ended without a result, and not by an error of ours."""

    code = "F510"
    exit_code = 3


class Engine(Protocol):
    """Carries jobs out, in any order, each until it has one result."""

    def run(
        self, work: "Work[J, R]", jobs: Sequence[J], sizes: Sequence[int]
    ) -> Iterator[tuple[int, R | FollowupError]]:
        """Carry jobs out and give each one's index with its result or error.

        Args:
            work: A function that every process can import; it changes nothing, so that
                it may be begun twice.
            jobs: What it is called with, one after the other.
            sizes: How many bytes each job reads; 0 where that is not known.
        """


Opening = Callable[[], AbstractContextManager[Engine]]


class Window(Generic[J, R]):
    """Keeps as many jobs under way as memory allows, and never fewer than one."""

    def __init__(
        self,
        executor: Executor,
        work: "Work[J, R]",
        *,
        most: int,
        budget: int,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        """Set the limits.

        Args:
            executor: What carries them out.
            work: What is called with each job.
            most: So many are handed over at once.
            budget: So many bytes may be read at once; see `memory_for`.
            check: Called now and then while nothing is finished; raises when nothing
                ever will be.
        """
        self._executor = executor
        self._work = work
        self._most = most
        self._budget = budget
        self._check = check

    def results(
        self, jobs: Sequence[J], costs: Sequence[int], order: Sequence[int]
    ) -> Iterator[tuple[int, Future[R]]]:
        """Give every job's index and its finished future, as they finish."""
        waiting = deque(order)
        running: dict[Future[R], int] = {}
        try:
            while waiting or running:
                while waiting and self._fits(costs, running, waiting[0]):
                    index = waiting.popleft()
                    running[self._executor.submit(self._work, jobs[index])] = index
                done, _ = wait(running, _PATIENCE, return_when=FIRST_COMPLETED)
                if not done:
                    self._check()
                for future in done:
                    yield running.pop(future), future
        finally:
            for future in running:
                future.cancel()

    def _fits(
        self, costs: Sequence[int], running: dict[Future[R], int], index: int
    ) -> bool:
        used = sum(costs[one] for one in running.values())
        room = len(running) < self._most and used + costs[index] <= self._budget
        return room or not running


def memory_for(size: int) -> int:
    """Estimate the memory that reading a file of so many bytes takes.

    A workbook of 0.76 MB took 14 MB beside the interpreter's own 60 MB; the rest is
    reserve for rows that compress better.
    """
    return (100 << 20) + 40 * size


def outcome_of(future: Future[R]) -> R | FollowupError:
    """Give a future's result, or its error as a value; see `as_error`."""
    error = future.exception()
    return future.result() if error is None else as_error(error)


def as_error(error: BaseException) -> FollowupError:
    """Give an error as one of ours: a bug in one workbook's judgement stops no other."""
    if isinstance(error, FollowupError):
        return error
    return LostError(
        Text(
            "这是 Followup 的程序错误：{kind}",
            "this is a bug in Followup: {kind}",
            {"kind": type(error).__name__},
        ),
        hint=Text(
            "请单独对这个工作簿运行 followup check，错误详情会记入日志",
            "run followup check on this workbook alone: the report is kept in a log",
        ),
    )
