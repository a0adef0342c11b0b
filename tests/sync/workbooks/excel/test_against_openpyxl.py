"""Our values beside openpyxl's, on workbooks that other projects made."""

import datetime as dt
import io
import signal
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sync.errors import WorkbookError
from sync.workbooks.excel.package import Package
from sync.workbooks.excel.reader import read
from sync.workbooks.snapshot import Snapshot, Uncalculated

SHARED = Path(__file__).resolve().parents[4] / "../shared"
EVERY = 25
"""One file of so many; the whole corpus takes minutes."""

EXPLAINED = {
    # Both are read; openpyxl leaves _xHHHH_ as it stands or resolves it twice.
    "_x000D_", "shared_strings02", "TEXT__CHAR", "60289",
    # A damaged or pre-release namespace, of which openpyxl reads nothing.
    "sample-beta", "MCExecl",
    # Texts under merged cells, which openpyxl drops, and hyperlinks, whose address it
    # puts into empty cells.
    "stress002", "wordle", "test-issue-877",
    # Values far away from the table, which we leave out with a remark.
    "FilterByCF", "__Foo.xlsx", "ROW_COLUM", "LOG_LOG10_LN",
    # A number too large for a day, which openpyxl turns into an error.
    "NoExtDataA1",
    # Both a stored value and an inline string in one cell.
    "inlineStr_with_value",
}  # fmt: skip


def workbooks() -> Iterator[Path]:
    corpus = sorted(SHARED.glob("corpus/*/*.xls[xm]"))
    yield from corpus[::EVERY]
    yield from sorted(SHARED.glob("workbooks/cleanroom/*.xlsx"))[:-1]


FOUND: list[Path | None] = [*workbooks()]


@pytest.fixture(params=FOUND or [None], ids=lambda path: path and path.name)
def workbook(request: pytest.FixtureRequest) -> Path:
    path: Path | None = request.param
    if path is None:
        pytest.skip("the shared workbooks are not here")
    if any(name in path.name for name in EXPLAINED):
        pytest.skip("differs for a reason that is known")
    return path


def ours(path: Path) -> Snapshot:
    try:
        return read(Package.open(path.read_bytes(), path.name), path.name, "f")
    except WorkbookError as problem:
        pytest.skip(f"refused: {problem.what}")


def theirs(path: Path) -> Any:
    def stop(*_: object) -> None:
        raise TimeoutError

    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, stop)
        signal.alarm(10)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # By its bytes: of a file that it cannot load it leaves the handle open.
            return openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True)
    except Exception as problem:  # noqa: BLE001 (it raises almost anything)
        pytest.skip(f"openpyxl cannot load it: {problem!r}")
    finally:
        if hasattr(signal, "SIGALRM"):
            signal.alarm(0)


def comparable(value: object) -> object:
    """What both call the same: a day as a moment, a time alone as its share of a day."""
    if isinstance(value, Uncalculated) or value == "":
        return None
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001
    return value


def is_time(value: object) -> bool:
    """Times without a day and durations stay numbers with us, on purpose."""
    return isinstance(value, dt.time | dt.timedelta)


def test_values_are_those_that_openpyxl_reads(workbook: Path) -> None:
    snapshot = ours(workbook)
    book = theirs(workbook)
    different = []
    for sheet in snapshot.sheets:
        if sheet.name not in book.sheetnames:
            continue  # openpyxl finds no sheets in strict workbooks
        mine = {
            (row.number, column): comparable(value)
            for row in sheet.rows
            for column, value in enumerate(row.values, start=1)
            if value is not None
        }
        expected = {
            (cell.row, cell.column): comparable(cell.value)
            for cell in book[sheet.name]._cells.values()
            if not is_time(cell.value) and not cell.number_format.startswith("h")
        }
        different += [
            (sheet.name, at, value, mine.get(at))
            for at, value in expected.items()
            if not same(value, mine.get(at))
        ]

    assert different == []


def same(expected: object, mine: object) -> bool:
    if isinstance(expected, dt.datetime) and isinstance(mine, dt.datetime):
        return abs((expected - mine).total_seconds()) < 0.002
    return type(expected) is type(mine) is bool or expected == mine
