"""From Google's answer to a snapshot, and to where our own things stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sync.cells import Area
from sync.wording import Text
from sync.workbooks.google.formula import unmark_rule
from sync.workbooks.google.marks import (
    Anchor,
    anchors_of,
    headers_of,
    keys_of,
    marks_of,
)
from sync.workbooks.google.structure import (
    COMMIT,
    SHEET,
    Noted,
    has_notes,
    of_sheet,
    values_of,
)
from sync.workbooks.google.values import Json
from sync.workbooks.plan import Highlight, Style
from sync.workbooks.snapshot import (
    ALLOWED,
    Decision,
    ListObject,
    OwnMark,
    RawValue,
    Row,
    Sheet,
)

FIRST_COMMIT = 1_700_000_000
"""The id of the metadata of commit number 0; each commit takes the next one."""

_PROTECTED = Text(
    "工作表“{sheet}”受保护，本账号不能编辑，所以没有写入；"
    "请在“数据 > 保护工作表和范围”里把本账号加为编辑者",
    "the sheet “{sheet}” is protected against this account, so nothing was written; "
    "add the account to its editors under Data > Protect sheets and ranges",
)


class Rule(NamedTuple):
    """A conditional format of ours."""

    place: int
    """Its place among all rules of the sheet, 0-based."""
    highlight: Highlight


@dataclass(slots=True, kw_only=True)
class Tab:
    """One tab as Google knows it."""

    sheet_id: int
    title: str
    index: int
    n_rows: int
    n_columns: int
    cells: Sequence[Sequence[Any]]
    """Rows of values from A1 on; an empty row may be ``None``."""
    is_hidden: bool = False
    role: str = ""
    """``results`` or ``board`` for our own tabs."""
    anchors: tuple[Anchor, ...] = ()
    keys: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """(table, position among the columns that name its rows) → (metadata, column)."""
    headers: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Table → the metadata that marks its header's row."""
    marks: tuple[int, ...] = ()
    """Ids of all our metadata on its rows and columns."""
    rules: tuple[Rule, ...] = ()
    n_rules: int = 0
    """Everybody's."""
    guards: tuple[int, ...] = ()
    """Ids of the warnings on our header cells."""
    charts: tuple[int, ...] = ()
    source: Json = field(default_factory=dict)
    _sheet: Sheet | None = None

    @property
    def sheet(self) -> Sheet:
        """The tab as every other room knows it."""
        if self._sheet is None:
            self._sheet = sheet_of(self)
        return self._sheet

    @property
    def rows(self) -> tuple[tuple[RawValue, ...], ...]:
        """Its values as they are, for a tab of ours."""
        return tuple(tuple(values_of(row or ())) for row in self.cells)


@dataclass(slots=True, kw_only=True)
class Reading:
    """One moment of a spreadsheet."""

    title: str
    tabs: tuple[Tab, ...]
    commit: int
    """The number of the last commit of ours; 0 when there was none."""
    commits: tuple[int, ...]
    """Ids of the metadata that tell it; more than one only after an accident."""

    def tab(self, title: str) -> Tab:
        """Look up a tab by its name."""
        return next(tab for tab in self.tabs if tab.title == title)

    def ours(self, role: str) -> Tab | None:
        """Look up one of our own tabs; a copy that people made of it stands later."""
        found = (tab for tab in self.tabs if tab.role == role)
        return min(found, key=lambda tab: tab.index, default=None)


def reading_of(answer: Json) -> Reading:
    """Sort out what a read gave.

    Args:
        answer: Made of `plain` values under the mask `FIELDS`.
    """
    ids = [
        int(one["metadataId"])
        for one in answer.get("developerMetadata") or ()
        if one["metadataKey"] == COMMIT
    ]
    last = max(ids, default=FIRST_COMMIT)
    tabs = (
        _tab(sheet)
        for sheet in answer.get("sheets") or ()
        if sheet["properties"].get("sheetType", "GRID") == "GRID"
    )
    return Reading(
        title=answer["properties"]["title"],
        tabs=tuple(tabs),
        commit=last - FIRST_COMMIT,
        commits=tuple(ids),
    )


def _tab(sheet: Json) -> Tab:
    properties = sheet["properties"]
    grid = properties.get("gridProperties") or {}
    data = next(iter(sheet.get("data") or ()), None) or {}
    own = [m for m in sheet.get("developerMetadata") or () if m["metadataKey"] == SHEET]
    marks = marks_of(data)
    rules = sheet.get("conditionalFormats") or []
    guards = sheet.get("protectedRanges") or ()
    tab = Tab(
        sheet_id=of_sheet(sheet),
        title=properties["title"],
        index=properties.get("index", 0),
        n_rows=grid.get("rowCount", 0),
        n_columns=grid.get("columnCount", 0),
        cells=data.get("rowData") or (),
        is_hidden=bool(properties.get("hidden")),
        role=own[0].get("metadataValue", "") if own else "",
        anchors=tuple(anchors_of(marks)),
        keys=dict(keys_of(marks)),
        headers=headers_of(marks),
        marks=tuple(one.metadata for one in marks),
        n_rules=len(rules),
        guards=tuple(
            one["protectedRangeId"]
            for one in guards
            if one.get("description", "").startswith(GUARD)
        ),
        charts=tuple(one["chartId"] for one in sheet.get("charts") or ()),
        source=sheet,
    )
    tab.rules = tuple(_rules(tab, rules))
    return tab


GUARD = "Followup: "
"""How the description of the warning on our header cells begins."""


def _rules(tab: Tab, rules: Sequence[Json]) -> Iterable[Rule]:
    """Find our rules among everybody's."""
    for index, rule in enumerate(rules):
        condition = (rule.get("booleanRule") or {}).get("condition") or {}
        texts = [
            one.get("userEnteredValue", "") for one in condition.get("values") or ()
        ]
        known = unmark_rule(texts[0]) if len(texts) == 1 else None
        ranges = rule.get("ranges") or []
        if known and len(ranges) == 1:
            style: Any = known[1]
            found: Style = style
            area = area_of(ranges[0], tab)
            yield Rule(index, Highlight(tab.title, area, known[0], found))


def area_of(grid: Mapping[str, int] | None, tab: Tab) -> Area:
    """Turn a GridRange, whose ends may be open, into an area of the tab."""
    there = grid or {}
    return Area(
        there.get("startRowIndex", 0) + 1,
        there.get("startColumnIndex", 0) + 1,
        there.get("endRowIndex", tab.n_rows),
        there.get("endColumnIndex", tab.n_columns),
    )


def sheet_of(tab: Tab) -> Sheet:
    """Give a tab as every other room knows it."""
    source = tab.source
    data = next(iter(source.get("data") or ()), None) or {}
    filtered = source.get("basicFilter")
    read = _read(tab.cells, _hidden(data.get("rowMetadata")))
    return Sheet(
        name=tab.title,
        index=tab.index,
        visibility="hidden" if tab.is_hidden else "visible",
        rows=read.rows,
        merges=tuple(area_of(one, tab) for one in source.get("merges") or ()),
        list_objects=tuple(
            ListObject(one.get("name", ""), area_of(one.get("range"), tab), 1, 0)
            for one in source.get("tables") or ()
        ),
        hidden_columns=frozenset(_hidden(data.get("columnMetadata"))),
        auto_filter=area_of(filtered.get("range"), tab) if filtered else None,
        notes=read.notes,
        writing=_writing(tab),
        own=tuple(OwnMark(one.key, one.row, one.column) for one in tab.anchors),
        highlights=tuple(rule.highlight for rule in tab.rules),
        gid=tab.sheet_id,
        is_board=tab.role == "board",
    )


class _Read(NamedTuple):
    rows: tuple[Row, ...]
    notes: dict[tuple[int, int], str]


def _read(cells: Sequence[Sequence[Any]], hidden: set[int]) -> _Read:
    """Take the rows that hold a value, and the notes, out of the cells."""
    rows = []
    notes = {}
    for number, row in enumerate(cells, start=1):
        if not row:
            continue
        if has_notes(row):
            for column, cell in enumerate(row, start=1):
                if isinstance(cell, Noted):
                    notes[number, column] = cell.note
            values = values_of(row)
        else:
            values = list(row)
        while values and values[-1] is None:
            values.pop()
        if values:
            rows.append(Row(number, tuple(values), number in hidden))
    return _Read(tuple(rows), notes)


def _hidden(lines: Sequence[Json | None] | None) -> set[int]:
    return {
        at
        for at, line in enumerate(lines or (), start=1)
        if line and (line.get("hiddenByUser") or line.get("hiddenByFilter"))
    }


def may_edit(tab: Tab) -> bool:
    """Tell whether this account may write on a tab of ours, which it guards."""
    return all(
        one.get("requestingUserCanEdit", False) or one.get("warningOnly", False)
        for one in tab.source.get("protectedRanges") or ()
    )


def _writing(tab: Tab) -> Decision:
    """Tell whether this account may write anywhere on the sheet.

    A protection of some cells is no reason: what we write stands beside them.
    """
    for one in tab.source.get("protectedRanges") or ():
        whole = set(one.get("range") or {}) <= {"sheetId"}
        free = one.get("unprotectedRanges") or one.get("warningOnly")
        if whole and not free and not one.get("requestingUserCanEdit", False):
            return Decision(allowed=False, why=_PROTECTED.fill(sheet=tab.title))
    return ALLOWED
