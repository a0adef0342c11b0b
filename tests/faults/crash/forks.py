"""Runs the command line again and again, each time in a process of its own.

Importing everything takes longer than a sync. One process imports it once and forks: a
child waits until whoever wants to trace it is ready, then does what was asked.
"""

import contextlib
import gc
import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import reports
import sync

SECONDS = 60
"""After which a run has hung."""
ROOT = Path(__file__).parents[3]


class Forks:
    """The process that forks, as the harness sees it."""

    def __init__(self, folder: Path) -> None:
        """Start it.

        Args:
            folder: Where runs may work.
        """
        self.folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.crash.forks"],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """Let the process end."""
        self._process.communicate()

    @contextmanager
    def started(
        self, folder: Path, arguments: Sequence[str], bug: str
    ) -> Iterator["Started"]:
        """Fork a run that waits for its start."""
        wanted = {"folder": str(folder), "arguments": list(arguments), "bug": bug}
        pid = int(self._say(wanted))
        yield Started(pid, self)

    def run(self, folder: Path, arguments: Sequence[str], bug: str = "") -> int:
        """Run a command to its end.

        Returns:
            Its exit code; negative when a signal ended it.
        """
        with self.started(folder, arguments, bug) as run:
            return run.go()

    def _say(self, what: object) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()

    def go(self) -> int:
        """Let the waiting run begin, and wait for its end."""
        return int(self._say("go"))


class Started:
    """A run that waits."""

    def __init__(self, pid: int, forks: Forks) -> None:
        self.pid = pid
        self._forks = forks

    def go(self) -> int:
        """Let it begin, and give its exit code."""
        return self._forks.go()


def _serve() -> None:
    """Fork a child for each line, start it at the next, and say how it ended."""
    for package in (sync, reports):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if module.name.rpartition(".")[2] != "__main__":
                with contextlib.suppress(ImportError):  # an extra that is not here
                    importlib.import_module(module.name)
    importlib.import_module("sqlalchemy.dialects.sqlite")
    # What is not in the way of the collector is not copied at each fork.
    gc.freeze()
    for line in sys.stdin:
        wanted = json.loads(line)
        held, release = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(release)
            os.read(held, 1)
            os.close(held)
            _child(wanted)
        os.close(held)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        sys.stdin.readline()
        os.write(release, b"!")
        os.close(release)
        status = os.waitpid(pid, 0)[1]
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _child(wanted: dict[str, Any]) -> None:
    """Do what was asked and end, whatever happens."""
    from sync.cli import main  # noqa: PLC0415
    from tests.faults.crash.bugs import plant  # noqa: PLC0415

    code = 99
    try:
        signal.alarm(SECONDS)
        os.environ["FOLLOWUP_STATE"] = str(Path(wanted["folder"]) / "state")
        os.chdir(wanted["folder"])
        said = os.open("said.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        null = os.open(os.devnull, os.O_RDONLY)
        for number, instead in ((0, null), (1, said), (2, said)):
            os.dup2(instead, number)
        plant(wanted["bug"])
        sys.argv = ["followup", *wanted["arguments"]]
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 98
    finally:
        os._exit(code)


if __name__ == "__main__":
    _serve()
