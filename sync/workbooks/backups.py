"""Copies of workbooks as they were before we wrote them, kept for their owner alone.

They lie in a folder for each workbook, numbered, newest last, and are whole workbooks: to go
back, copy one over the workbook. The oldest go when there are more than are wanted.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from sync.causes import cause
from sync.clock import now
from sync.durable import halves_in, sync_folder, write_whole
from sync.errors import NotWritableError
from sync.wording import Text


@dataclass(frozen=True, slots=True)
class Backups:
    """Where copies are kept, and how many of each workbook."""

    folder: Path
    keep: int
    """0 keeps none and leaves those that are there alone."""

    def save(self, path: Path, data: bytes) -> Path | None:
        """Keep a copy of a workbook that is about to be written.

        Args:
            path: The workbook.
            data: What it holds.

        Returns:
            Where the copy lies; ``None`` when none are wanted.

        Raises:
            NotWritableError: If it cannot be kept; nothing should be written then.
        """
        if self.keep < 1:
            return None
        try:
            return self._save(path.resolve(), data)
        except OSError as problem:
            raise NotWritableError(
                Text(
                    "写入前要留的备份无法保存：{why}",
                    "the copy that is kept before writing cannot be saved: {why}",
                    {"why": cause(problem)},
                ),
                where=str(self.folder),
                hint=Text(
                    "请腾出空间，或在 [writeback] 里设 backups = 0",
                    "make room there, or set backups = 0 under [writeback]",
                ),
            ) from None

    def find(self, path: Path, fingerprint: str) -> bytes | None:
        """Give the copy of a workbook with a certain content.

        Args:
            path: The workbook.
            fingerprint: The SHA-256 of what is looked for, in hexadecimal.

        Returns:
            ``None`` when it was not kept, or is gone, or was damaged since.
        """
        try:
            candidates = sorted(self._place(path.resolve()).iterdir(), reverse=True)
            for copy in candidates:
                if copy.stem.endswith(fingerprint[:12]):
                    data = copy.read_bytes()
                    if hashlib.sha256(data).hexdigest() == fingerprint:
                        return data
        except OSError:
            return None
        return None

    def _place(self, path: Path) -> Path:
        place = hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
        return self.folder / f"{path.stem[:40]}-{place}"

    def _save(self, path: Path, data: bytes) -> Path:
        folder = self._place(path)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        content = hashlib.sha256(data).hexdigest()[:12]
        old = _copies(folder)
        if old and old[-1].stem.endswith(content):
            return old[-1]
        # Numbered, because a clock may go backwards.
        last = old[-1].name.partition("-")[0] if old else "0"
        number = int(last) + 1 if last.isdecimal() else 1
        name = f"{number:06}-{now('UTC'):%Y%m%d-%H%M%S}-{content}{path.suffix}"
        copy = folder / name
        _write(copy, data)
        for too_many in [*old, copy][: -self.keep]:
            too_many.unlink(missing_ok=True)
        return copy


def _copies(folder: Path) -> list[Path]:
    """List the whole copies, oldest first, and clear away halves of a crash."""
    for half in halves_in(folder):
        half.unlink(missing_ok=True)
    return sorted(one for one in folder.iterdir() if one.name[0] != ".")


def _write(copy: Path, data: bytes) -> None:
    # A copy is whole or not there: after a crash nobody should restore a half. And it
    # lasts before the workbook is touched: its folders' names have to last as well.
    write_whole(copy, data)
    for folder in (copy.parent, copy.parent.parent, copy.parent.parent.parent):
        sync_folder(folder)
