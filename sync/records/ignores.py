"""Which rules of the lint a row asks to leave unsaid, and where it does."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sync.cells import CellRef
from sync.records.reading import TableReader

_HEADERS: Final = frozenset(
    {
        *("忽略规则", "忽略", "忽略检查", "豁免规则", "不检查", "忽略规则ignorerules"),
        *("ignorerules", "ignorerule", "ignoredrules", "ignore", "followupignore"),
    }
)
"""Headers of the column, without spaces, case and punctuation."""
_PLAIN: Final = re.compile(r"[\W_]+")
_CODE: Final = r"(?:[A-Za-z][0-9]{3}|[SMARTsmart](?![A-Za-z0-9]))"
_BETWEEN: Final = r"[ \t,，、;；/和与&]{1,6}"
_ASKED: Final = re.compile(
    rf"(?:followup[ ]?[:：][ ]?ignore|忽略(?:规则)?)[ ]?[:：]?[ ]?"
    rf"(?P<codes>{_CODE}(?:{_BETWEEN}(?:and )?{_CODE}){{0,40}})",
    re.IGNORECASE,
)
"""In a comment or a note, among other words."""
_WORD: Final = re.compile(r"[^\s,，、;；/。]+")
_LONGEST: Final = 2000
_NONE: Final[Mapping[str, CellRef]] = {}


def read_ignores(reader: TableReader) -> Sequence[Mapping[str, CellRef]]:
    """Read what each row asks to ignore: in its own column, a comment or a cell's note.

    Returns:
        For each record, rule code or letter in capitals → the cell that asks for it.
    """
    column = _column(reader)
    comments = reader.cells("comments")
    notes = _notes_by_row(reader)
    if column is None and not notes and not any(map(_may_ask, comments)):
        return [_NONE] * reader.n
    found = []
    for index, comment in enumerate(comments):
        row = reader.sheet.rows[reader.rows[index]]
        asked: dict[str, CellRef] = {}
        if column is not None and column <= len(row.values):
            at = CellRef(reader.table.sheet, row.number, column)
            for word in _WORD.findall(str(row.values[column - 1] or "")[:_LONGEST]):
                asked.setdefault(word.upper(), at)
        if _may_ask(comment):
            for code in _codes(str(comment)):
                asked.setdefault(code, reader.at("comments", index))
        for at, note in notes.get(row.number, ()):
            for code in _codes(note):
                asked.setdefault(code, at)
        found.append(asked or _NONE)
    return found


def _column(reader: TableReader) -> int | None:
    plain = (
        (it.column, _PLAIN.sub("", it.header).lower()) for it in reader.table.columns
    )
    return next((column for column, header in plain if header in _HEADERS), None)


def _may_ask(raw: object) -> bool:
    return isinstance(raw, str) and ("忽略" in raw or "ignore" in raw.lower())


def _codes(text: str) -> Iterator[str]:
    for match in _ASKED.finditer(text[:_LONGEST]):
        for code in re.findall(_CODE, match["codes"]):
            yield code.upper()


def _notes_by_row(reader: TableReader) -> dict[int, list[tuple[CellRef, str]]]:
    """Gather the notes that ask for anything, row by row."""
    found: dict[int, list[tuple[CellRef, str]]] = {}
    for (row, column), note in reader.sheet.notes.items():
        if _may_ask(note):
            at = CellRef(reader.table.sheet, row, column)
            found.setdefault(row, []).append((at, note))
    return found
