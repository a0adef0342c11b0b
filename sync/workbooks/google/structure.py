"""What one read of a spreadsheet asks for, and how its answer becomes plain values.

Everything comes in one answer and is therefore one moment: values, number formats,
hidden rows, rules, our marks. The values methods alone would need a second call, between
which people move columns, and could not say which numbers are days or percentages.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sync.workbooks.google.values import Json, Kind, error_of, kind_of, typed
from sync.workbooks.snapshot import CellError, RawValue

_MARK = "developerMetadata(metadataId,metadataKey,metadataValue)"
_LINE = f"(hiddenByFilter,hiddenByUser,{_MARK})"
FIELDS = (
    f"spreadsheetId,properties(title,locale,timeZone),{_MARK},"
    "sheets(properties(sheetId,title,index,sheetType,hidden,gridProperties),"
    f"merges,conditionalFormats,{_MARK},"
    "protectedRanges(protectedRangeId,range,unprotectedRanges,description,"
    "warningOnly,requestingUserCanEdit),"
    "basicFilter(range),tables(name,range),charts(chartId),"
    "data(startRow,startColumn,"
    "rowData(values(effectiveValue,effectiveFormat(numberFormat(type,pattern)),note)),"
    f"rowMetadata{_LINE},columnMetadata{_LINE}))"
)
"""The field mask of a read."""

COMMIT = "followup.commit"
SHEET = "followup.sheet"
COLUMN = "followup.column"
HEADER = "followup.header"
KEY = "followup.key"
"""Keys of the developer metadata by which our own things are found again: the last
write, our tabs, our columns, the rows of their headers, and the columns of theirs that
name the rows. Google moves them along with
what they mark. Source: Sheets API guide, "Read & write developer metadata"."""


class Noted(NamedTuple):
    """A cell with a note."""

    value: RawValue
    note: str


class _Number(NamedTuple):
    kind: Kind


# Quotation marks inside a text are escaped, so this never begins within one. What
# `typed` would change is left to it: numbers that a whole one could be written as, such
# as 5.0 and 1e3, and formats that make a day or a share of a number.
_PLAIN_CELL = re.compile(
    rb'\{"effectiveValue":\{"[a-z]+Value":'
    rb'("[^"\\]+(?:\\.[^"\\]*)*"|-?\d{1,15}(?:\.\d*[1-9])?|true|false)\}'
    rb'(?:,"effectiveFormat":\{(?:"numberFormat":\{'
    rb'"type":"(?:NUMBER|TEXT|CURRENCY|SCIENTIFIC)"(?:,"pattern":"[^"\\%]*")?\})?\})?\}'
)


def folded(block: bytes) -> bytes:
    r"""Write cells of an answer that hold nothing but a value as that value.

    A million of them are read so in a fraction of the time and of the memory; a cell
    that a block cuts in two stays as it is, and `plain` reads it.

    >>> folded(b'[{"effectiveValue":{"numberValue":2.5}},{"note":"x"}]')
    b'[2.5,{"note":"x"}]'
    """
    return b"".join(_PLAIN_CELL.split(block))


def plain(pairs: list[tuple[str, Any]]) -> Any:
    """Turn one JSON object of the answer into a value, innermost first.

    A large sheet has a million cells: as nested dictionaries they would take a
    gigabyte. An empty object becomes ``None``.
    """
    if not pairs:
        return None
    name, value = pairs[0]
    if len(pairs) == 1 and name in _WRAPPERS:
        return _WRAPPERS[name](value)
    if name in _OF_CELLS:
        return _cell(dict(pairs))
    return dict(pairs)


def _itself(value: Any) -> Any:
    return value


def _number(value: Mapping[str, str]) -> _Number:
    return _Number(kind_of(value))


_WRAPPERS: Mapping[str, Callable[[Any], Any]] = {
    "numberValue": _itself,
    "stringValue": _itself,
    "boolValue": _itself,
    "values": _itself,
    "errorValue": error_of,
    "numberFormat": _number,
}
"""Objects of one member that stand for nothing but its value."""
_OF_CELLS = frozenset({"effectiveValue", "effectiveFormat", "note"})


def _cell(found: Mapping[str, Any]) -> Any:
    number = found.get("effectiveFormat")
    kind = number.kind if isinstance(number, _Number) else None
    value = typed(found.get("effectiveValue"), kind)
    return Noted(value, found["note"]) if found.get("note") else value


def has_notes(row: Sequence[Any]) -> bool:
    """Tell whether any cell of a row has a note; most rows have none."""
    return Noted in set(map(type, row))


def values_of(row: Sequence[Any]) -> list[RawValue]:
    """Give the values of a row's cells, whether they have notes or not."""
    if not has_notes(row):
        return list(row)
    return [cell.value if isinstance(cell, Noted) else cell for cell in row]


def is_error(value: RawValue) -> bool:
    """Tell whether a cell shows an error."""
    return isinstance(value, CellError)


def of_sheet(sheet: Json) -> int:
    """Give a sheet's id; Google leaves a zero out of ranges, not of properties."""
    return int(sheet["properties"]["sheetId"])
