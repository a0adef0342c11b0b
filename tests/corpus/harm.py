"""What writing to a workbook may not do to it, looked for in what came out.

Every untouched entry keeps its bytes, every cell of theirs its value, formula and looks;
our cells are visible to other readers; a second run changes nothing; cleaning gives the
original back byte for byte; and no part breaks a rule of the schema that it kept before.
"""

import copy
import io
import os
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import CalamineWorkbook

from sync.cells import column_number
from sync.workbooks.excel.exercise import exercise, plan_for
from sync.workbooks.excel.package import Package
from sync.workbooks.excel.reader import read
from sync.workbooks.excel.remove import clean
from sync.workbooks.excel.workbook import ExcelWorkbook
from sync.workbooks.excel.zipraw import Archive
from tests.corpus.schema import new_faults

MAX_FOR_OTHER_READERS = 400_000
"""Bytes; openpyxl needs minutes for the largest."""
MAX_BOX = 4_000_000
"""Cells of a sheet's rectangle; calamine allocates all of them and then aborts."""
MAX_OPENPYXL_BOX = 200_000
MAY_CHANGE = (
    "xl/worksheets/",
    "xl/sharedstrings",
    "xl/styles",
    "xl/tables/",
    "xl/querytables/",
    "xl/workbook",
    "xl/_rels/workbook",
    "[content_types].xml",
    "followup/",
)


_ADDRESS = re.compile(rb' r="([A-Z]{1,3})([0-9]{1,7})"')


def harm(name: str, before: bytes, after: bytes) -> Iterator[str]:
    """Say what writing did to a workbook that it should not have done."""
    if after == before:
        yield "nothing was written"
    if exercise(after, name) != after:
        yield "a second run writes again"
    if clean(after, name) != before:
        yield "cleaning does not give the original back"
    yield from _wrong_again(name, after)
    yield from _wrong_entries(name, before, after)
    yield from _wrong_snapshot(name, before, after)
    if len(before) <= MAX_FOR_OTHER_READERS:
        yield from _wrong_for_calamine(name, before, after)
        yield from _wrong_for_openpyxl(before, after)
    yield from new_faults(before, after)


def _wrong_again(name: str, after: bytes) -> Iterator[str]:
    """Plan and write once more, on disk: neither bytes nor times may change."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(after)
        os.utime(path, ns=(1, 1))
        workbook = ExcelWorkbook(path)
        workbook.commit(plan_for(workbook.snapshot()))
        if path.read_bytes() != after or path.stat().st_mtime_ns != 1:
            yield "a second write touches the file"


def _wrong_entries(name: str, before: bytes, after: bytes) -> Iterator[str]:
    old, new = Archive.parse(before, name), Archive.parse(after, name)
    entries = {entry.name: entry for entry in new.entries}
    for entry in old.entries:
        found = entries.get(entry.name)
        if found is None:
            yield f"{entry.name} is lost"
        elif not _may_change(entry.name) and (
            before[entry.start : entry.stop] != after[found.start : found.stop]
        ):
            yield f"{entry.name} changed"


def _may_change(name: str) -> bool:
    plain = name.replace("\\", "/").lstrip("/").lower()
    return plain.startswith(MAY_CHANGE) or not plain.startswith("xl/")


def _wrong_snapshot(name: str, before: bytes, after: bytes) -> Iterator[str]:
    old = read(Package.open(before, name), name, "")
    new = read(Package.open(after, name), name, "")
    for sheet in old.sheets:
        found = new.sheet(sheet.name)
        if found is None:
            yield f"sheet {sheet.name!r} is lost"
            continue
        ours = {mark.column for mark in found.own}
        for row in sheet.rows:
            for column, value in enumerate(row.values, 1):
                if value is None:
                    continue
                if found.value(row.number, column) != value:
                    yield f"{sheet.name!r} row {row.number} column {column} changed"
                if column in ours:
                    yield f"{sheet.name!r} column {column} was not free"
        if (sheet.merges, sheet.notes) != (found.merges, found.notes):
            yield f"merges or notes of {sheet.name!r} changed"
    if not any(sheet.own or sheet.is_board for sheet in new.sheets):
        yield "our columns are not found again"


def _wrong_for_calamine(name: str, before: bytes, after: bytes) -> Iterator[str]:
    snapshot = read(Package.open(after, name), name, "")
    if _largest_box(before) > MAX_BOX:
        return
    try:
        old = _calamine(before)
    except Exception:  # noqa: BLE001
        return
    new = _calamine(after)
    for sheet, cells in old.items():
        for place, value in cells.items():
            if not _same(value, new.get(sheet, {}).get(place)):
                yield f"calamine: {sheet!r} {place} {value!r} changed"
    for tab in snapshot.sheets:
        # A sheet that calamine could not read before says nothing about us.
        for mark in tab.own if old.get(tab.name) else ():
            header = new.get(tab.name, {}).get((mark.row, mark.column))
            if not header:
                yield f"calamine does not see our header in {tab.name!r}"


def _largest_box(data: bytes) -> int:
    """Cells of the largest rectangle around a sheet's cells, strays included."""
    largest = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if "worksheets/" not in name or not name.endswith(".xml"):
                continue
            found = _ADDRESS.findall(archive.read(name))
            rows = max((int(row) for _, row in found), default=0)
            columns = max((column_number(a.decode()) for a, _ in found), default=0)
            largest = max(largest, rows * columns)
    return largest


def _calamine(data: bytes) -> dict[str, dict[tuple[int, int], object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found: dict[str, dict[tuple[int, int], object]] = {}
    for name in book.sheet_names:
        try:
            sheet = book.get_sheet_by_name(name)
        except Exception:  # noqa: BLE001
            continue
        start = sheet.start or (0, 0)
        cells = found[name] = {}
        for row, values in enumerate(sheet.to_python(), start[0] + 1):
            for column, value in enumerate(values, start[1] + 1):
                if value not in ("", None):
                    cells[row, column] = value
    return found


def _wrong_for_openpyxl(before: bytes, after: bytes) -> Iterator[str]:
    try:
        old = openpyxl.load_workbook(io.BytesIO(before))
    except Exception:  # noqa: BLE001
        return
    new = openpyxl.load_workbook(io.BytesIO(after))
    looks, other_looks = _Looks(), _Looks()
    # Without a style sheet each program has its own idea of how a cell looks.
    styled = _has_formats(before)
    for sheet in old.worksheets:
        found = new[sheet.title]
        if sheet.max_row * sheet.max_column > MAX_OPENPYXL_BOX:
            continue
        for row in sheet.iter_rows():
            for cell in row:
                other = found[cell.coordinate]
                if cell.hyperlink:
                    continue  # openpyxl shows the link where the cell is empty
                if cell.value not in (None, "") and not _same(cell.value, other.value):
                    yield f"openpyxl: {sheet.title!r}!{cell.coordinate} changed"
                if not styled or cell.value in (None, ""):
                    continue
                if looks.of(cell) != other_looks.of(other):
                    yield f"openpyxl: {sheet.title!r}!{cell.coordinate} looks different"


def _same(left: object, right: object) -> bool:
    if hasattr(left, "__dict__"):
        return vars(left) == vars(right)
    return left == right or (left != left and right != right)  # noqa: PLR0124


def _has_formats(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(
            b"cellXfs" in archive.read(name)
            for name in archive.namelist()
            if name.lower().endswith("styles.xml")
        )


class _Looks:
    """How cells of one workbook look, each look taken once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, ...]] = {}

    def of(self, cell: Any) -> tuple[object, ...]:
        """Everything a cell's format says; the proxies themselves never compare."""
        number = cell.style_id
        if number not in self._known:
            parts = (cell.font, cell.fill, cell.alignment, cell.border, cell.protection)
            self._known[number] = (cell.number_format, *map(copy.copy, parts))
        return self._known[number]
