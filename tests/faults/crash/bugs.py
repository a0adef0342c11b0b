"""Mistakes planted on purpose: what the harness must catch, or it proves nothing."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sync.workbooks import backups
from sync.workbooks.excel import disk, spares
from tests.faults.crash.human import save_before_line


def plant(name: str) -> None:
    """Plant a mistake into this process; none for an empty name.

    ``human@7:NAME`` also lets a person save the workbook before the seventh line.
    """
    if name.startswith("human@"):
        line, _, name = name.removeprefix("human@").partition(":")
        save_before_line(int(line))
    if name:
        BUGS[name]()


def _in_place() -> None:
    def replace_file(path: Path, data: bytes, *, expected: str) -> str:
        assert disk.fingerprint_of(path.read_bytes()) == expected
        with path.open("r+b") as file:
            half = len(data) // 2
            file.write(data[:half])
            file.flush()
            file.write(data[half:])
            file.truncate()
        return disk.fingerprint_of(data)

    _set("sync.workbooks.excel.workbook", "replace_file", replace_file)


def _no_fsync() -> None:
    os.fsync = lambda fd: None  # noqa: ARG005 - as the caller names it


def _no_folder_sync() -> None:
    vars(disk)["sync_folder"] = lambda _folder: None


def _look_then_replace() -> None:
    vars(disk)["exchange"] = lambda *_: False
    vars(disk)["_replace_at_once"] = lambda target, spare, _expected: spare.replace(
        target
    )


def _no_backup() -> None:
    vars(backups)["_write"] = lambda *_: None


def _backup_without_name() -> None:
    """Keep a copy, and not make its name last."""
    vars(backups)["sync_folder"] = lambda _folder: None


def _letters_without_name() -> None:
    """Remember letters whose names need not last."""
    _set("reports.deliver.outbox", "sync_folder", lambda _folder: None)


def _lost_mode() -> None:
    vars(disk)["_dress"] = lambda *_, **__: None


def _litter() -> None:
    vars(disk)["_remove"] = lambda _spare: None
    vars(disk)["clear_leftovers"] = lambda _target: None
    vars(spares)["clear_leftovers"] = lambda _target: None


def _done_early() -> None:
    """Remember a run as done before the workbook is written."""
    from sync import pipeline  # noqa: PLC0415
    from sync.history.runs import RunRecord  # noqa: PLC0415

    commit = pipeline.commit

    def early(workbook: Any, intention: Any, assessment: Any, history: Any, **how: Any):  # type: ignore[no-untyped-def] # noqa: ANN202
        record = RunRecord.of(
            assessment,
            started_at=how["started_at"],
            finished_at=how["finished_at"],
            outcome="applied",
        )
        history.record(how["source"], record)
        return commit(workbook, intention, assessment, history, **how)

    _set("sync.pipeline", "commit", early)


def _letters_in_place() -> None:
    """Write letters under their own name from the first byte on."""

    def write(path: Path, data: bytes) -> None:
        with path.open("wb", buffering=0) as file:
            file.write(data[: len(data) // 2])
            file.write(data[len(data) // 2 :])

    _set("reports.deliver.outbox", "write_whole", write)


def _set(module: str, name: str, value: object) -> None:
    import importlib  # noqa: PLC0415

    there = vars(importlib.import_module(module))
    assert name in there, f"{module} has no {name}"
    there[name] = value


BUGS: Mapping[str, Callable[[], None]] = {
    "in-place": _in_place,
    "no-fsync": _no_fsync,
    "no-folder-sync": _no_folder_sync,
    "look-then-replace": _look_then_replace,
    "no-backup": _no_backup,
    "backup-without-name": _backup_without_name,
    "letters-without-name": _letters_without_name,
    "lost-mode": _lost_mode,
    "litter": _litter,
    "done-early": _done_early,
    "letters-in-place": _letters_in_place,
}
"""Name → what makes the program behave that badly."""
