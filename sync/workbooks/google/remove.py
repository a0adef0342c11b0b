"""Everything of ours taken out of a spreadsheet again.

Our cells are emptied where Google itself finds our columns; our tabs, rules, warnings
and marks go by their numbers. No column is deleted: Google deletes by place, and the
place may be a person's column by then. What stays are empty columns.
"""

from collections.abc import Iterator

from sync.workbooks.google.direct import type_formulas
from sync.workbooks.google.http import SheetsHttp
from sync.workbooks.google.marks import Anchor
from sync.workbooks.google.reading import Reading, Tab
from sync.workbooks.google.results import KEYS, Block
from sync.workbooks.google.rules import put_back, rule_requests
from sync.workbooks.google.setup import unmark
from sync.workbooks.google.tables import shown
from sync.workbooks.google.values import Json
from sync.workbooks.snapshot import RawValue


def remove(http: SheetsHttp, spreadsheet: str, reading: Reading) -> bool:
    """Take everything of ours away.

    Returns:
        Whether there was anything.
    """
    cells = {
        anchor.metadata: _cells(tab, anchor, reading)
        for tab in reading.tabs
        for anchor in tab.anchors
    }
    requests = [*_requests(reading), *map(unmark, reading.commits)]
    if not requests:
        return False
    if cells:
        type_formulas(http, spreadsheet, cells)
    answer = http.ask("POST", f"{spreadsheet}:batchUpdate", json={"requests": requests})
    if lost := put_back(requests, answer.get("replies") or []):
        http.ask("POST", f"{spreadsheet}:batchUpdate", json={"requests": lost})
    return True


def _requests(reading: Reading) -> Iterator[Json]:
    for tab in reading.tabs:
        if tab.role:
            # Google keeps at least one tab; ours are never the only ones.
            yield {"deleteSheet": {"sheetId": tab.sheet_id}}
            continue
        yield from rule_requests(tab, ())
        for guard in tab.guards:
            yield {"deleteProtectedRange": {"protectedRangeId": guard}}
        yield from map(unmark, tab.marks)


def _cells(tab: Tab, anchor: Anchor, reading: Reading) -> dict[int, str]:
    """Give the cells of a column that are emptied: a lookup has but its header.

    In a column that was a lookup once, what our tab does not know was typed by a
    person and stays.
    """
    emptied = {anchor.row: ""}
    if anchor.by_key:
        return emptied
    block = Block.of(anchor.table, reading.ours("results"))
    known = {
        str(values[KEYS.index(anchor.key)])
        for values in block.there.values()
        if values[KEYS.index(anchor.key)] is not None
    }
    below = min(
        (
            other.row
            for other in tab.anchors
            if other.column == anchor.column and other.row > anchor.row
        ),
        default=len(tab.cells) + 1,
    )
    for row, values in enumerate(tab.rows, start=1):
        there: RawValue = shown(values, anchor.column)
        is_ours = not block.there or str(there) in known
        if anchor.row < row < below and there is not None and is_ours:
            emptied[row] = ""
    return emptied
