"""Sheets written down as text, the way they look on the screen."""

from collections.abc import Callable, Mapping, Sequence

import pytest

from sync.cells import Area
from sync.tables.model import Recognition
from sync.tables.recognise import recognise
from sync.workbooks.memory import rows_of
from sync.workbooks.snapshot import Percent, RawValue, Sheet, Snapshot


def cell(text: str) -> RawValue:
    """Type a cell as a spreadsheet would: numbers and plain percentages."""
    text = text.strip().replace("\\n", "\n")
    if text.endswith("%") and text[:-1].replace(".", "", 1).isdigit():
        return Percent(float(text[:-1]) / 100)
    for number in (int, float):
        try:
            return number(text)
        except ValueError:
            continue
    return text or None


def sheet(
    text: str, name: str = "Sheet1", *, merges: Sequence[str] = (), index: int = 0
) -> Sheet:
    """Read a sheet from lines of cells with ``|`` between; an empty line is a row."""
    lines = text.rstrip("\n").split("\n")
    return Sheet(
        name=name,
        index=index,
        rows=rows_of([[cell(part) for part in line.split("|")] for line in lines]),
        merges=tuple(Area.parse(a1) for a1 in merges),
    )


def workbook(*sheets: Sheet) -> Snapshot:
    """Put sheets into a workbook."""
    return Snapshot(
        locator="memory", format="memory", fingerprint="1", sheets=tuple(sheets)
    )


Read = Callable[..., Recognition]


@pytest.fixture
def read() -> Read:
    """Recognise one sheet given as text."""

    def recognised(
        text: str, name: str = "Sheet1", *, merges: Sequence[str] = ()
    ) -> Recognition:
        return recognise(workbook(sheet(text, name, merges=merges)))

    return recognised


@pytest.fixture
def read_sheets() -> Callable[[Mapping[str, str]], Recognition]:
    """Recognise several sheets given as text."""

    def recognised(texts: Mapping[str, str]) -> Recognition:
        made = [
            sheet(text, name, index=index)
            for index, (name, text) in enumerate(texts.items())
        ]
        return recognise(workbook(*made))

    return recognised
