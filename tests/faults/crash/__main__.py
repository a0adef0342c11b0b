"""Break a sync at every step and see that nothing is lost: `make crash`.

``python -m tests.faults.crash MODE [--every N] [--bug NAME]``; modes: ``kill`` (kill -9
at each system call), ``error`` (each fails once, and for ever), ``power`` (a power cut
after each), ``space`` (disks of every size; needs root), ``human`` (somebody saves the
workbook between any two lines), ``all``, and ``bugs``: every mistake planted on purpose
must be caught. Linux only; all but ``human`` need strace. Ends with 1 on a violation.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.faults.crash import human, power, space
from tests.faults.crash.bugs import BUGS
from tests.faults.crash.forks import Forks
from tests.faults.crash.scene import Rest, office
from tests.faults.crash.traced import ERRORS, KILL, Fault, disturb, points

Wrong = list[str]
"""What was violated by one fault; empty when nothing was."""

_SHOWN = 12


def kill(forks: Forks, rest: Rest, bug: str, every: int) -> Iterator[tuple[str, Wrong]]:
    """Kill at each system call."""
    yield from _traced(forks, rest, bug, every, faults=KILL)


def error(
    forks: Forks, rest: Rest, bug: str, every: int
) -> Iterator[tuple[str, Wrong]]:
    """Let each system call fail, once and for ever."""
    yield from _traced(forks, rest, bug, every, faults=ERRORS)


def _traced(
    forks: Forks, rest: Rest, bug: str, every: int, *, faults: tuple[Fault, ...]
) -> Iterator[tuple[str, Wrong]]:
    with office(forks, bug) as scene:
        found = points(scene)
    cases = [(point, fault) for point in found for fault in faults]
    for point, fault in cases[::every]:
        if fault.how != "signal=KILL" and point.call == "exit_group":
            continue
        with office(forks, bug) as scene:
            code = disturb(scene, point, fault)
            wrong = scene.wrong_now(rest) + scene.wrong_after(rest)
        when = f"{point.call}#{point.nth} {fault.how} {point.what} (exit {code})"
        yield when, wrong


MODES: dict[str, Callable[[Forks, Rest, str, int], Iterator[tuple[str, Wrong]]]] = {
    "kill": kill,
    "error": error,
    "power": power.cuts,
    "space": space.disks,
    "human": human.saves,
}


def show(mode: str, faults: Iterator[tuple[str, Wrong]]) -> int:
    """Print one mode's line, and its first violations; give their number."""
    began, n, bad = time.monotonic(), 0, []
    for when, wrong in faults:
        n += 1
        bad += [f"{when}: {one}" for one in wrong]
    took = time.monotonic() - began
    sys.stdout.write(f"{mode:6} {n:5} faults {len(bad):4} violations {took:6.0f} s\n")
    for line in bad[:_SHOWN]:
        sys.stdout.write(f"       {line}\n")
    sys.stdout.flush()
    return len(bad)


def caught(forks: Forks, rest: Rest, bug: str, every: int) -> str:
    """Name the mode that catches a planted mistake, and by what; empty when none does."""
    for mode in ("human", "space", "power", "kill", "error"):
        for when, wrong in MODES[mode](forks, rest, bug, every):
            if wrong:
                return f"{mode}: {wrong[0]} ({when})"
    return ""


def main() -> int:
    """Do what was asked; give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mode", choices=[*MODES, "all", "bugs"])
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--bug", choices=BUGS, default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        forks = Forks(Path(name))
        with office(forks) as scene:
            rest = scene.rest()
        if options.mode == "bugs":
            missed = 0
            for bug in BUGS:
                by = caught(forks, rest, bug, options.every)
                missed += not by
                sys.stdout.write(f"{bug:18} {by or 'MISSED'}\n")
                sys.stdout.flush()
            return int(missed > 0)
        modes = [*MODES] if options.mode == "all" else [options.mode]
        found = [
            show(mode, MODES[mode](forks, rest, options.bug, options.every))
            for mode in modes
        ]
        forks.close()
    return int(any(found))


if __name__ == "__main__":
    sys.exit(main())
