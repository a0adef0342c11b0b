"""What to change where values came to stand beside other keys than they were meant for."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sync.workbooks.google.reading import Reading, Tab
from sync.workbooks.google.setup import Place
from sync.workbooks.google.tables import shown
from sync.workbooks.google.values import storable, typed
from sync.workbooks.plan import Scalar
from sync.workbooks.rowkeys import BETWEEN
from sync.workbooks.snapshot import RawValue, Sheet


class Job(NamedTuple):
    """What is to be typed beside one table."""

    tab: Tab
    places: Sequence[Place]
    """Its columns that are filled by place."""
    keys: Sequence[int]
    """The marks of the columns that name its rows."""
    edits: Mapping[int, Mapping[int, Scalar]]
    """Mark of a column → row → what it shall hold."""
    foreign: Mapping[int, Mapping[int, str]]
    """Mark of a column → row → what a person typed there."""

    @property
    def sheet(self) -> Sheet:
        """What was read."""
        return self.tab.sheet

    @property
    def header_row(self) -> int:
        """1-based."""
        return self.places[0].column.header_row

    @property
    def key_columns(self) -> Sequence[int]:
        """1-based."""
        return self.places[0].column.keys


class After(NamedTuple):
    """What Google says the columns of one job hold after a write."""

    keys: Sequence[Sequence[Any]]
    own: Mapping[int, Sequence[Any]]


def after_of(job: Job, reading: Reading) -> After:
    """Find the columns of a job in a later reading; one that is gone holds nothing."""
    columns = {
        mark: [_plain(shown(row, at)) for row in tab.rows]
        for tab in reading.tabs
        for mark, at in (
            *tab.keys.values(),
            *((anchor.metadata, anchor.column) for anchor in tab.anchors),
        )
        if mark in {*job.keys, *(place.metadata for place in job.places)}
    }
    keys = [columns.get(mark, []) for mark in job.keys]
    return After(keys, {p.metadata: columns.get(p.metadata, []) for p in job.places})


def outstanding(job: Job, after: After) -> Mapping[int, Mapping[int, Scalar]]:
    """Give what of a job a sheet does not show yet, or shows beside other keys."""
    if not _same_rows(job, after):
        return repairs(job, after)
    return {
        mark: {
            row: value
            for row, value in cells.items()
            if _plain(_at(after.own[mark], row)) != _text(storable(value))
        }
        for mark, cells in job.edits.items()
    }


def repairs(job: Job, after: After) -> Mapping[int, Mapping[int, Scalar]]:
    """Compare what stands beside each key with what should, and give what to change."""
    if _same_rows(job, after):
        return {}
    there_before = _before(job)
    head = _header_row(job, after)
    names, before = _names(after.keys), _names(there_before)
    column = job.places[0].column
    of_others = {
        name
        for row, name in enumerate(before, start=1)
        if not column.header_row < row <= column.last_row
    }
    n_rows = max([len(names), *map(len, after.own.values())], default=0)
    changes: dict[int, dict[int, Scalar]] = {}
    for place in job.places:
        own = [*after.own[place.metadata]]
        own += [""] * (n_rows - len(own))
        wanted = _by_name(job, place, before)
        ours = _texts_of_ours(job, place, wanted)
        strangers = _strangers(job, place, before, own)
        cells: dict[int, Scalar] = {}
        for row in range(1, n_rows + 1):
            there = own[row - 1]
            name = names[row - 1] if row <= len(names) else None
            if name is not None and name in of_others and row != head:
                continue
            if row == head:
                should: Any = place.header
            elif row < head or name is None:
                should = None
            else:
                should = strangers.get(name, wanted.get(name))
            is_ours = there in {"", None} or str(there) in ours
            if is_ours and _text(there) != _text(storable(should)):
                cells[row] = should
        changes[place.metadata] = cells
    return changes


def _same_rows(job: Job, after: After) -> bool:
    """Tell whether every key stands in the row in which it was read."""
    there = [_texts(one) for one in after.keys]
    return there == [_texts(one) for one in _before(job)]


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _texts(column: Sequence[Any]) -> list[str]:
    texts = [_plain(value) for value in column]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _header_row(job: Job, after: After) -> int:
    """Find the row that shows the header of the key columns now."""
    shown = [_text(job.sheet.value(job.header_row, key)) for key in job.key_columns]
    rows = max(map(len, after.keys), default=0)
    found = [
        row
        for row in range(1, rows + 1)
        if [_text(_at(column, row)) for column in after.keys] == shown
    ]
    return min(found, key=lambda row: abs(row - job.header_row), default=job.header_row)


def _at(column: Sequence[Any], row: int) -> Any:
    return column[row - 1] if row <= len(column) else None


def _before(job: Job) -> list[list[Any]]:
    last = max((row.number for row in job.sheet.rows), default=0)
    return [
        [job.sheet.value(row, key) for row in range(1, last + 1)]
        for key in job.key_columns
    ]


def _names(columns: Sequence[Sequence[Any]]) -> list[str | None]:
    """Name each row by its keys; a name that several rows have is nobody's."""
    rows = max(map(len, columns), default=0)
    names: list[str | None] = []
    for row in range(1, rows + 1):
        parts = [_plain(_at(column, row)) for column in columns]
        names.append(BETWEEN.join(parts) if any(parts) else None)
    seen: dict[str | None, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
    return [name if seen[name] == 1 else None for name in names]


def _plain(value: RawValue) -> str:
    return _text(storable(typed(value, None)))


def _by_name(job: Job, place: Place, before: Sequence[str | None]) -> dict[str, Scalar]:
    """Give what each row shall show: what it showed, or what is written now."""
    column = place.column
    edits = job.edits.get(place.metadata, {})
    wanted: dict[str, Scalar] = {}
    for row, name in enumerate(before, start=1):
        if name is None or row <= column.header_row or row > column.last_row:
            continue
        there = None if column.is_new else job.sheet.value(row, column.column)
        value = edits.get(row, there)
        wanted[name] = None if isinstance(value, bool) else value
    return wanted


def _texts_of_ours(
    job: Job, place: Place, wanted: Mapping[str, Scalar]
) -> frozenset[str]:
    """List everything that we may have left in the column, at whatever place."""
    texts = {_text(storable(value)) for value in wanted.values()}
    texts |= {
        _text(storable(value)) for value in job.edits.get(place.metadata, {}).values()
    }
    texts.add(place.header)
    column = place.column
    foreign = job.foreign.get(place.metadata, {})
    if not column.is_new:
        for row in job.sheet.rows:
            if row.number not in foreign and column.column <= len(row.values):
                texts.add(_plain(row.values[column.column - 1]))
    return frozenset(texts)


def _strangers(
    job: Job, place: Place, before: Sequence[str | None], own: Sequence[Any]
) -> dict[str, str]:
    """Give what people typed and a write of ours came to stand on, by row's name."""
    standing = {_text(value) for value in own}
    lost: dict[str, str] = {}
    for row, text in job.foreign.get(place.metadata, {}).items():
        name = before[row - 1] if row <= len(before) else None
        if name is not None and text not in standing:
            lost[name] = text
    return lost
