"""Disks that are too small, of every size from too small to large enough."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from tests.faults.crash.forks import Forks
from tests.faults.crash.scene import Rest, office

_KIB = range(40, 520, 12)
_ENOUGH = "16m"


def disks(
    forks: Forks, rest: Rest, bug: str, every: int
) -> Iterator[tuple[str, list[str]]]:
    """Sync on disks of growing size, then make room and sync again; needs root."""
    if os.geteuid() != 0:
        return
    for kib in _KIB[::every]:
        with _Disk(forks.folder, f"{kib}k") as disk:
            yield from _one(forks, rest, bug, disk)


def _one(
    forks: Forks, rest: Rest, bug: str, disk: "_Disk"
) -> Iterator[tuple[str, list[str]]]:
    try:
        with office(forks, bug) as scene:
            code = scene.run()
            wrong = scene.wrong_now(rest)
            disk.grow()
            wrong += scene.wrong_after(rest)
    except OSError:  # not even the workbook fits
        return
    yield f"a disk of {disk.size} (exit {code})", wrong


class _Disk:
    """A disk in memory, over the folder in which the offices are."""

    def __init__(self, at: Path, size: str) -> None:
        self.at, self.size = at, size

    def __enter__(self) -> Self:
        command = ["mount", "-t", "tmpfs", "-o", f"size={self.size}", "tmpfs"]
        subprocess.run([*command, str(self.at)], check=True)
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", str(self.at)], check=True)

    def grow(self) -> None:
        """Make room enough."""
        command = ["mount", "-o", f"remount,size={_ENOUGH}", str(self.at)]
        subprocess.run(command, check=True)
