"""Reads one .xls, .xlsb or .ods from stdin, in a process of its own.

The library behind it ends the whole process on some files (a value in the last column
of the grid, a damaged record), and no ``except`` catches that. Here only a child dies.
Each tab is one JSON line on stdout, so that nothing is lost in the way of types.
"""

import datetime as dt
import json
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MAX_MEMORY = 3 << 30
"""Bytes the child may use; a sheet stretched by a stray cell asks for far more."""

_VISIBILITY = (
    (SheetVisibleEnum.Hidden, "hidden"),
    (SheetVisibleEnum.VeryHidden, "very_hidden"),
)  # pairs: these enumerations cannot be keys


def main() -> int:
    """Print the workbook that comes in on stdin."""
    _limit_memory()
    try:
        for tab in _tabs(BytesIO(sys.stdin.buffer.read())):
            _print(tab)
    except PasswordError:
        _print({"error": "password"})
    except (CalamineError, OSError, ValueError, OverflowError) as problem:
        _print({"error": str(problem) or type(problem).__name__})
    return 0


def _print(line: dict[str, Any]) -> None:
    # JSON escapes everything beyond ASCII: no terminal's encoding matters.
    sys.stdout.write(json.dumps(line) + "\n")


def _limit_memory() -> None:
    try:
        import resource  # noqa: PLC0415 (not on Windows)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def _tabs(file: BytesIO) -> Iterator[dict[str, Any]]:
    workbook = CalamineWorkbook.from_filelike(file)
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        yield {
            "name": about.name,
            "index": index,
            "visibility": next(
                (name for state, name in _VISIBILITY if state == about.visible),
                "visible",
            ),
            "merges": sheet.merged_cell_ranges or [],
            "rows": list(_rows(sheet)),
        }


def _rows(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """Each row with content as ``[number, first column, values]``, both 1-based."""
    if sheet.start is None:
        return
    top, left = sheet.start
    # iter_rows() begins at row 1 and yet at the first used column; this call begins
    # at `start` both ways.
    used = sheet.to_python(skip_empty_area=True)
    for number, values in enumerate(used, start=top + 1):
        coded = [_coded(value) for value in values]
        while coded and coded[-1] is None:
            coded.pop()
        if coded:
            yield [number, left + 1, coded]


def _coded(value: Any) -> Any:
    """Make a value fit for JSON; days and moments become ``[kind, text]``."""
    if isinstance(value, dt.datetime):
        return ["datetime", value.isoformat()]
    if isinstance(value, dt.date):
        return ["date", value.isoformat()]
    if isinstance(value, dt.time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return (seconds + value.microsecond / 1e6) / 86_400
    if isinstance(value, dt.timedelta):
        return value / dt.timedelta(days=1)
    return None if value == "" else value


if __name__ == "__main__":
    sys.exit(main())
