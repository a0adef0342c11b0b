"""Spreadsheets on the test server, and workbooks of ours that speak with it."""

import json
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sync.workbooks.google.access import ENDPOINT, GoogleAccess
from sync.workbooks.google.timing import Timing
from sync.workbooks.google.workbook import GoogleWorkbook, Mode
from tests.sheets_server.grid import Sheet
from tests.sheets_server.server import SheetFile, SheetsServer

BOT = "followup@tests.iam.gserviceaccount.com"
DAY_0 = datetime(1899, 12, 30)  # noqa: DTZ001
FAST = Timing(
    connect=5, silence=5, call=10, tries=5, first_wait=0.001, longest_wait=0.01
)

Open = Callable[..., GoogleWorkbook]


@pytest.fixture
def key(sheets_server: SheetsServer, tmp_path: Path) -> Path:
    """The key file of a service account, as its owner alone may read it."""
    path = tmp_path / "key.json"
    path.write_text(json.dumps(sheets_server.account(BOT)))
    path.chmod(0o600)
    return path


@pytest.fixture
def open_sheet(
    sheets_server: SheetsServer,
    key: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Open]:
    """Open a spreadsheet of the test server as a run of ours does."""
    monkeypatch.setenv(ENDPOINT, sheets_server.url)
    opened: list[GoogleAccess] = []

    def _open(
        file: SheetFile, mode: Mode = "auto", timing: Timing = FAST
    ) -> GoogleWorkbook:
        access = GoogleAccess(key, tmp_path, timing=timing)
        opened.append(access)
        return GoogleWorkbook(file.url, access, mode)

    yield _open
    for access in opened:
        access.http.close()


def loaded(server: SheetsServer, path: Path, *, editor: str = BOT) -> SheetFile:
    """Make the spreadsheet that uploading a workbook to Google would make."""
    with warnings.catch_warnings(), path.open("rb") as content:
        # It names what it cannot keep; values are all that is wanted here.
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(content, data_only=True)
    file = server.spreadsheet(title=path.stem)
    file.book.sheets = []
    for tab in book.worksheets:
        number = server.new_integer() if file.book.sheets else 0
        sheet = Sheet(number, tab.title, tab.max_row + 50, tab.max_column + 6)
        file.book.add(sheet)
        if tab.sheet_state != "visible":
            sheet.properties["hidden"] = True
        for row in tab.iter_rows():
            for cell in row:
                if cell.value is not None:
                    put(
                        sheet,
                        cell.row - 1,
                        cell.column - 1,
                        value=cell.value,
                        pattern=cell.number_format,
                    )
        for merge in tab.merged_cells.ranges:
            sheet.merges.append(
                {
                    "sheetId": sheet.id,
                    "startRowIndex": merge.min_row - 1,
                    "endRowIndex": merge.max_row,
                    "startColumnIndex": merge.min_col - 1,
                    "endColumnIndex": merge.max_col,
                }
            )
    file.book.number()
    file.share(editor, "writer")
    return file


def put(sheet: Sheet, row: int, column: int, *, value: Any, pattern: str) -> None:
    """Enter a value as an upload does, with its number format."""
    format_: dict[str, Any] | None = None
    if isinstance(value, datetime | date):
        moment = (
            value if isinstance(value, datetime) else datetime.combine(value, time())
        )
        value = (moment - DAY_0).total_seconds() / 86_400
        value = int(value) if value == int(value) else value
        format_ = {"numberFormat": {"type": "DATE", "pattern": pattern}}
    elif "%" in pattern:
        format_ = {"numberFormat": {"type": "PERCENT", "pattern": pattern}}
    sheet.change(row, column, value=value, format=format_)


def goals(n: int = 6) -> Sequence[Sequence[Any]]:
    """A small table of goals."""
    head = ["Goal ID", "Employee", "Goal", "Unit", "Target", "Actual", "Weight"]
    rows = [
        [
            f"G-{i}",
            f"Ann {i}",
            f"Win {i + 3} new customers",
            "customers",
            10 + i,
            i,
            0.5,
        ]
        for i in range(1, n + 1)
    ]
    return [head, *rows]
