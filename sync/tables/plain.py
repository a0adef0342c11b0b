"""Tables with headers nobody told us about, found by their shape alone."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

from sync.tables.grid import Grid, cells, is_text
from sync.tables.headers import Header, header_at
from sync.tables.normalise import has_cjk
from sync.tables.vocabulary import Vocabulary
from sync.workbooks.snapshot import RawValue, Row

_LOOK_AT_FIRST = 30


def find_plain_header(grid: Grid, vocab: Vocabulary) -> Header | None:
    """Find a row of short words, all different, above rows filled like it.

    Such a table will mostly be none of ours; it is listed, so that the user sees that
    the sheet was looked at.
    """
    for position, row in enumerate(grid.rows[:_LOOK_AT_FIRST]):
        if _reads_like_names(grid, row) and _has_body(grid, position, row):
            return header_at(grid, row.number, vocab, downwards=False)
    return None


def _reads_like_names(grid: Grid, row: Row) -> bool:
    filled = cells(row)
    words = [str(value).strip() for _, value in filled if is_text(value)]
    if len(filled) < 3 or len(words) < len(filled) * 0.75:
        return False
    if any(grid.span(row.number, column) > 2 for column, _ in filled):
        return False
    short = [w for w in words if len(w) <= (16 if has_cjk(w) else 40)]
    no_labels = not any(word.endswith((":", "：")) for word in words)
    return len(short) == len(words) and len(set(words)) == len(words) and no_labels


def _has_body(grid: Grid, position: int, row: Row) -> bool:
    """Whether the next rows fill the same columns, differently from words alone."""
    columns = {column for column, _ in cells(row)}
    body = grid.rows[position + 1 : position + 6]
    if len(body) < 2:
        return False
    shares = [len(columns & {c for c, _ in cells(r)}) / len(columns) for r in body]
    values = [value for r in body for _, value in cells(r)]
    return sum(shares) / len(shares) >= 0.5 and any(_differs(v) for v in values)


def _differs(value: RawValue) -> bool:
    return not is_text(value) or len(str(value)) > 20 or str(value).strip().isdigit()
