"""The marks by which Google finds our columns, and we their headers' rows, again."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sync.workbooks.google.structure import COLUMN, HEADER, KEY
from sync.workbooks.google.values import Json
from sync.workbooks.plan import OwnKey


class Anchor(NamedTuple):
    """One of our columns: what it is, and the metadata that moves along with it."""

    metadata: int
    key: OwnKey
    table: int
    """The number of its table, from 1 on, unique in the spreadsheet."""
    by_key: bool
    """Whether a formula fills it, or values typed into each row."""
    row: int
    """Of its header cell, 1-based."""
    column: int
    """1-based."""


class Mark(NamedTuple):
    """A piece of metadata of ours on a row or a column."""

    metadata: int
    """Its id."""
    key: str
    value: str
    at: int
    """1-based row or column."""


def marks_of(data: Json) -> list[Mark]:
    """List our marks on the rows and columns of a tab."""
    return [
        Mark(
            int(one["metadataId"]),
            one["metadataKey"],
            one.get("metadataValue", ""),
            at,
        )
        for lines in ("rowMetadata", "columnMetadata")
        for at, line in enumerate(data.get(lines) or (), start=1)
        if line
        for one in line.get("developerMetadata") or ()
        if one["metadataKey"] in {HEADER, COLUMN, KEY}
    ]


def headers_of(marks: Iterable[Mark]) -> dict[int, tuple[int, ...]]:
    """Give, by table, the ids of the marks on the rows of its header."""
    found: dict[int, tuple[int, ...]] = {}
    for mark in marks:
        if mark.key == HEADER and mark.value.isdigit():
            table = int(mark.value)
            found[table] = (*found.get(table, ()), mark.metadata)
    return found


def keys_of(
    marks: Iterable[Mark],
) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    """Give the columns that name rows: (table, position) and (metadata, column)."""
    for mark in marks:
        table, _, position = mark.value.partition(":")
        if mark.key == KEY and table.isdigit() and position.isdigit():
            yield (int(table), int(position)), (mark.metadata, mark.at)


def anchors_of(marks: Iterable[Mark]) -> Iterable[Anchor]:
    """Find our columns; one whose header's row was deleted is none any more."""
    marks = list(marks)
    headers = {mark.value: mark.at for mark in marks if mark.key == HEADER}
    for mark in marks:
        if mark.key != COLUMN:
            continue
        key, _, rest = mark.value.partition(":")
        table, _, way = rest.partition(":")
        if table in headers and key in {"status", "why", "smart", "next"}:
            known: Any = key
            yield Anchor(
                mark.metadata,
                known,
                int(table),
                way == "lookup",
                headers[table],
                mark.at,
            )
