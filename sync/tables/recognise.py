"""Which tables a workbook holds, and what their columns mean."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

from collections.abc import Sequence

from sync.cells import CellRef
from sync.config.model import TableOverride
from sync.findings import Finding
from sync.tables import overrides as own_word
from sync.tables import reasons
from sync.tables.build import Draft, read_table
from sync.tables.context import (
    Context,
    Surroundings,
    read_above,
    with_the_forms_person,
)
from sync.tables.grid import Grid, cells
from sync.tables.headers import Header, find_headers, header_at
from sync.tables.model import Kind, Recognition, Table
from sync.tables.normalise import clean
from sync.tables.plain import find_plain_header
from sync.tables.plans import Reading, set_apart
from sync.tables.regions import Region, is_legend, region_of, split_columns
from sync.tables.vocabulary import Vocabulary, vocabulary
from sync.workbooks.snapshot import ListObject, Sheet, Snapshot

_END = 1 << 30


def recognise(
    snapshot: Snapshot, overrides: Sequence[TableOverride] = ()
) -> Recognition:
    """Find the tables of a workbook and map their columns to fields.

    Pure: the same snapshot gives the same answer. Our own columns and our board are
    left out. What is not certain enough stays unknown, with a reason.

    Args:
        snapshot: The workbook as it was read.
        overrides: The user's word about single sheets; it outranks every guess.

    Returns:
        The tables in reading order, and findings about the layout.

    Raises:
        ConfigError: If an override names a sheet or a field that does not exist.
    """
    vocab = vocabulary()
    by_sheet = own_word.checked(snapshot, overrides, vocab)
    readings: list[Reading] = []
    findings: list[Finding] = []
    for sheet in snapshot.sheets:
        if sheet.is_board or sheet.visibility == "very_hidden":
            continue
        words = by_sheet.get(sheet.name, [])
        found, remarks = _read_sheet(sheet, words, vocab)
        if sheet.visibility == "hidden" and not words:
            # Hidden sheets mostly hold the lists that drop-downs choose from.
            found = [
                it._replace(remarks=[]) for it in found if _is_full(it.table, sheet)
            ]
            remarks = []
        readings += found
        findings += remarks
    readings = set_apart(readings, vocab)
    findings += [remark for reading in readings for remark in reading.remarks]
    return Recognition(
        tables=tuple(reading.table for reading in readings),
        findings=tuple(findings),
    )


def _is_full(table: Table, sheet: Sheet) -> bool:
    """Whether the records fill the columns evenly, unlike lists side by side."""
    if table.kind is Kind.OTHER:
        return False
    rows = [r for r in sheet.rows if table.first_row <= r.number <= table.last_row]
    n_cells = sum(len(cells(row)) for row in rows)
    return n_cells >= len(rows) * len(table.columns) * 0.7 and bool(rows)


def _read_sheet(
    sheet: Sheet, words: Sequence[TableOverride], vocab: Vocabulary
) -> tuple[list[Reading], list[Finding]]:
    grid = Grid(sheet)
    drafts = _drafts(grid, words, vocab)
    readings = [Reading(draft, *read_table(draft, vocab)) for draft in drafts]
    findings: list[Finding] = []
    if not readings and _looks_like_a_table(grid):
        findings.append(
            Finding(
                code="L102",
                severity="info",
                what=reasons.NO_TABLE_WHAT.fill(sheet=sheet.name),
                fix=reasons.NO_TABLE_FIX,
                at=CellRef(sheet.name, grid.rows[0].number, 1),
            )
        )
    readings.sort(key=lambda it: (it.table.header_row, it.table.columns[0].column))
    return readings, findings


def _looks_like_a_table(grid: Grid) -> bool:
    wide = sum(len(cells(row)) >= 3 for row in grid.rows[:200])
    return wide >= 3


def _drafts(
    grid: Grid, words: Sequence[TableOverride], vocab: Vocabulary
) -> list[Draft]:
    """Find the tables' places, from top to bottom."""
    headers = _all_headers(grid, words, vocab)
    drafts: list[Draft] = []
    previous_end = 0
    known: Context = {}
    for position, header in enumerate(headers):
        stop = next(
            (other.top for other in headers[position + 1 :] if other.top > header.row),
            _END,
        )
        ends = [header.row]
        for part in split_columns(grid, header, vocab, stop):
            word = _word_for(words, part)
            region = _region(grid, part, stop)
            ends.append(region.last)
            if word is None and is_legend(grid, part, region):
                continue
            above = with_the_forms_person(
                _above(grid, region, previous_end, vocab), known
            )
            drafts.append(Draft(grid=grid, region=region, above=above, override=word))
            known = {**known, **above.values}
        previous_end = max(ends)
    return drafts


def _above(grid: Grid, region: Region, after: int, vocab: Vocabulary) -> Surroundings:
    rows = grid.between(after + 1, region.header.top - 1)
    return read_above(grid, rows, (region.left, region.right), vocab)


def _word_for(words: Sequence[TableOverride], header: Header) -> TableOverride | None:
    """The override that speaks of this table: by its header row, else of the sheet."""
    for word in words:
        if word.header_row == header.row:
            return word
    return next((word for word in words if word.header_row is None), None)


def _all_headers(
    grid: Grid, words: Sequence[TableOverride], vocab: Vocabulary
) -> list[Header]:
    """Gather headers: the user's, those of Excel tables, those found by reading."""
    fixed = [
        header_at(grid, word.header_row, vocab, downwards=False)
        for word in words
        if word.header_row is not None and grid.row(word.header_row) is not None
    ]
    fixed += [
        header
        for item in grid.sheet.list_objects
        if (header := _of_list_object(grid, item, vocab))
        and all(header.row != other.row for other in fixed)
    ]
    found = [
        header
        for header in find_headers(grid, vocab)
        if not any(_overlap(grid, header, other) for other in fixed)
    ]
    if words and any(word.header_row is not None for word in words):
        found = []  # Who names a header row names them all.
    headers = sorted(fixed + found, key=lambda header: header.row)
    headers = _without_repeats(grid, headers)
    if not headers:
        plain = find_plain_header(grid, vocab)
        headers = [plain] if plain else []
    return [header for header in headers if header.texts]


def _of_list_object(grid: Grid, item: ListObject, vocab: Vocabulary) -> Header | None:
    if item.header_rows < 1:
        return None
    header = header_at(grid, item.area.top, vocab, downwards=False)
    inside = [c for c in header.texts if item.area.left <= c <= item.area.right]
    return header.part(inside, vocab) if inside else None


def _overlap(grid: Grid, found: Header, fixed: Header) -> bool:
    """Whether a header was found inside a table whose bounds are known."""
    if found.row == fixed.row:
        return True
    for item in grid.sheet.list_objects:
        if item.area.top == fixed.row and item.area.contains(found.row, found.left):
            return True
    return False


def _without_repeats(grid: Grid, headers: Sequence[Header]) -> list[Header]:
    """Drop a header that merely stands again inside its own table."""
    kept: list[Header] = []
    for header in headers:
        if kept and _says_the_same(kept[-1], header):
            above = grid.row(header.top - 1)
            if above is not None and len(cells(above)) >= 3:
                continue
            gap = grid.between(kept[-1].row + 1, header.top - 1)
            if gap and len(cells(gap[-1])) >= max(3, len(header.texts) // 2):
                continue
        kept.append(header)
    return kept


def _says_the_same(one: Header, other: Header) -> bool:
    first = {clean(text) for text in one.texts.values()}
    second = {clean(text) for text in other.texts.values()}
    return len(first & second) >= 0.8 * max(len(first), len(second))


def _region(grid: Grid, header: Header, stop: int) -> Region:
    """Find a table's rows; an Excel table knows its own."""
    for item in grid.sheet.list_objects:
        area = item.area
        if area.top == header.row and area.left <= header.left <= area.right:
            last = item.area.bottom - item.totals_rows
            region = region_of(grid, header, min(stop, last + 1))
            region.left, region.right = item.area.left, item.area.right
            return region
    return region_of(grid, header, stop)
