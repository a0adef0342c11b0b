"""Faults at system calls: each one killed, or failing, with strace.

strace counts the calls of each name from where it takes hold of the process. A run is
recorded once; then each call that touches the office is disturbed in a run of its own.
The signal arrives before the call is carried out.
"""

import re
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.faults.crash.forks import Started
from tests.faults.crash.scene import COMMAND, Scene

CALLS = (
    *("openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "renameat2"),
    *("unlink", "ftruncate", "fchmod", "chmod", "fchown", "mkdir", "flock", "fcntl"),
    *("link", "symlink", "utimensat", "fsetxattr", "exit_group"),
)
"""Those that change files or locks, and the end of the process."""
_ALWAYS = ("exit_group",)
_LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)")
_PATIENCE = 20


class Point(NamedTuple):
    """One system call of a run."""

    call: str
    nth: int
    """Among the calls of that name, from 1."""
    what: str
    """Its arguments, for messages."""


class Fault(NamedTuple):
    """What happens at a point."""

    how: str
    """As strace writes it: ``signal=KILL``, ``error=EIO``."""
    for_ever: bool = False
    """At every later call of that name, too."""


KILL = (Fault("signal=KILL"),)
ERRORS = tuple(
    Fault(f"error={name}", for_ever)
    for name in ("EIO", "ENOSPC", "EACCES")
    for for_ever in (False, True)
)


def points(scene: Scene) -> list[Point]:
    """Sync once under strace, and list the calls that touch the office."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8", errors="replace") as log:
        options = ["-y", "-o", log.name, "-e", f"trace={','.join(CALLS)}"]
        with (
            scene.forks.started(scene.folder, COMMAND, scene.bug) as run,
            attached(run, options),
        ):
            code = run.go()
        assert code == 0
        lines = log.read().splitlines()
    seen: Counter[str] = Counter()
    found = []
    for line in lines:
        match = _LINE.match(line)
        if match is None or match[1] not in CALLS:
            continue
        call, rest = match[1], match[2]
        seen[call] += 1
        if str(scene.folder) in rest or call in _ALWAYS:
            what = rest.replace(str(scene.folder), "")[:70]
            found.append(Point(call, seen[call], what))
    return found


def disturb(scene: Scene, point: Point, fault: Fault) -> int:
    """Sync once, disturbed at one call; give the exit code."""
    when = f"{point.nth}+" if fault.for_ever else str(point.nth)
    inject = f"inject={point.call}:{fault.how}:when={when}"
    options = ["-o", "/dev/null", "-e", f"trace={point.call}", "-e", inject]
    with (
        scene.forks.started(scene.folder, COMMAND, scene.bug) as run,
        attached(run, options),
    ):
        return run.go()


@contextmanager
def attached(run: Started, options: Sequence[str]) -> Iterator[None]:
    """Let strace take hold of a waiting run."""
    tracer = subprocess.Popen(
        ["strace", "-f", "-p", str(run.pid), *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _wait_for_hold(run.pid, tracer)
        yield
    finally:
        try:
            tracer.communicate(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            tracer.kill()
            tracer.communicate()


def _wait_for_hold(pid: int, tracer: "subprocess.Popen[str]") -> None:
    """Wait until the kernel says that the process is traced."""
    status = Path(f"/proc/{pid}/status")
    until = time.monotonic() + _PATIENCE
    while f"TracerPid:\t{tracer.pid}" not in status.read_text("ascii"):
        if tracer.poll() is not None or time.monotonic() > until:
            problem = tracer.stderr.read() if tracer.stderr else ""
            raise RuntimeError(f"strace took no hold: {problem.strip()}")
        time.sleep(0.002)
