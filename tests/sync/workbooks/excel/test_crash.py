"""Killed at any step of a write: the workbook is the old one or the new one, whole."""

import subprocess
import sys
from pathlib import Path

import pytest

from sync.workbooks.excel.disk import fingerprint_of, replace_file
from sync.workbooks.excel.spares import whole_of

OLD, NEW = b"old" * 50_000, b"new" * 60_000
KILLED = 77

CHILD = """
import os, sys
from pathlib import Path
from sync.workbooks.excel import disk

path, stop, after, can_exchange = sys.argv[1:]
left = [int(stop)]
path = Path(path)


def deadly(step, real):
    def call(*given, **named):
        left[0] -= 1
        if left[0] == 0 and after == "before":
            os._exit(77)
        result = real(*given, **named)
        if left[0] == 0:
            os._exit(77)
        return result
    return call


class File:
    # An open file whose writes are steps too; half of the content is a step.
    def __init__(self, real):
        self.real = real
    def __enter__(self):
        return self
    def __exit__(self, *_):
        self.real.close()
    def write(self, data):
        half = len(data) // 2
        deadly("write", self.real.write)(data[:half])
        self.real.flush()
        deadly("write", self.real.write)(data[half:])
    def flush(self):
        deadly("flush", self.real.flush)()
    def fileno(self):
        return self.real.fileno()


fdopen = os.fdopen
os.fdopen = lambda *given, **named: File(fdopen(*given, **named))
for name in ("open", "fsync", "rename", "replace", "chmod", "chown", "unlink", "close",
             "setxattr"):
    if hasattr(os, name):
        setattr(os, name, deadly(name, getattr(os, name)))
swap = disk.exchange if can_exchange == "yes" else lambda *_: False
disk.exchange = deadly("exchange", swap)
old = path.read_bytes()
disk.replace_file(path, b"new" * 60_000, expected=disk.fingerprint_of(old))
"""


def killed_at(path: Path, step: int, when: str, exchange: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), str(step), when, exchange],
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.returncode in {0, KILLED}, done.stderr.decode()
    return done.returncode


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("exchange", ["yes", "no"])
def test_a_write_killed_at_any_step_leaves_old_or_new_and_the_next_clears_up(
    tmp_path: Path, when: str, exchange: str
) -> None:
    path = tmp_path / "goals.xlsx"
    seen = set()
    for step in range(1, 60):
        path.write_bytes(OLD)
        ended = killed_at(path, step, when, exchange)
        content = path.read_bytes()

        assert content in {OLD, NEW}, f"torn at step {step}"
        seen.add(content)
        replace_file(path, OLD + b".", expected=fingerprint_of(content))

        assert sorted(one.name for one in tmp_path.iterdir()) == ["goals.xlsx"]
        if ended == 0:
            break
    else:
        pytest.fail("the write never came to its end")

    assert seen == {OLD, NEW}
    assert step > 8


def test_what_somebody_saved_at_that_moment_is_never_cleared_away(
    tmp_path: Path,
) -> None:
    """Killed after the exchange, before it is given back: it lies under our name."""
    path = tmp_path / "goals.xlsx"
    path.write_bytes(OLD)
    theirs = whole_of(path, fingerprint_of(OLD), fingerprint_of(NEW))
    theirs.write_bytes(b"a person's work of the last minute")
    replace_file(path, OLD + b".", expected=fingerprint_of(OLD))

    assert theirs.read_bytes() == b"a person's work of the last minute"
