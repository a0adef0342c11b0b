"""Where our own columns stand, or will stand, beside a table of goals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sync.records.keys import merely_number_rows, mostly_repeated
from sync.tables.model import Kind, Recognition, Table
from sync.wording import Lang, Text
from sync.workbooks.plan import OwnColumn, OwnKey
from sync.workbooks.rowkeys import row_keys
from sync.workbooks.snapshot import ListObject, OwnMark, Sheet
from sync.writeback.ours import as_text


@dataclass(frozen=True, slots=True)
class _Kind:
    header: Text
    note: Text
    width: float
    holds: Literal["text", "date", "number"]


KINDS: dict[OwnKey, _Kind] = {
    "status": _Kind(
        Text("跟进状态", "Follow-up"),
        Text(
            "由 Followup 按数字、日期和历史计算，每次同步都会更新。"
            "请不要在这里填写；在这里写下的文字会保留并提示。",
            "Computed by Followup from numbers, dates and history at every sync. "
            "Please do not type here; what you type is kept and reported.",
        ),
        13.0,
        "text",
    ),
    "why": _Kind(
        Text("原因", "Why"),
        Text(
            "为什么是这个状态：所用的数字，方括号里是判定规则。由 Followup 更新。",
            "Why the status is what it is: the numbers used, and in brackets the rule "
            "that decided. Updated by Followup.",
        ),
        60.0,
        "text",
    ),
    "smart": _Kind(
        Text("SMART", "SMART"),
        Text(
            "目标写得有多清楚（0–100 分）、缺哪几个字母、提示编号。由 Followup 更新。",
            "How clear the goal is (0–100), which letters fall short, and the codes of "
            "the hints. Updated by Followup.",
        ),
        24.0,
        "text",
    ),
    "next": _Kind(
        Text("下次跟进", "Next follow-up"),
        Text(
            "最晚哪天再看一次这个目标。由 Followup 更新。",
            "The day by which to look at this goal again. Updated by Followup.",
        ),
        13.0,
        "date",
    ),
}

NO_ROOM = Text(
    "表格已到工作表的最后一列，没有位置放跟进列；请删除空列，或把表格移到单独的工作表",
    "the table reaches the last column of the sheet, so there is no room for columns "
    "of ours; please delete empty columns or move the table to a sheet of its own",
)
_FED = Text(
    "表格“{name}”由查询填充：刷新会重排各行，跟进状态就会落到别的目标旁边，"
    "所以没有在旁边写入；请取消与查询的链接（表设计 > 取消链接），"
    "或把目标复制到单独的表格",
    "the table “{name}” is filled by a query: a refresh reorders its rows and would "
    "leave a status beside the wrong goal, so nothing was written beside it; please "
    "unlink it (Table Design > Unlink) or keep the goals in a table of their own",
)
_NOT_WRITABLE = Text("工作表不可写", "the sheet is not writable")


def closed(sheet: Sheet, table: Table) -> Text | None:
    """Say why nothing may be written beside a table; ``None`` when it may.

    A table that a query fills is left alone: between a refresh and the next sync its
    rows would stand beside statuses of other goals.
    """
    if not sheet.writing.allowed:
        return sheet.writing.why or _NOT_WRITABLE
    inside = list_object_of(sheet, table)
    return _FED.fill(name=inside.name) if inside and inside.is_fed else None


def own_columns(
    sheet: Sheet,
    table: Table,
    recognition: Recognition,
    *,
    keys: Sequence[OwnKey],
    lang: Lang,
) -> tuple[OwnColumn, ...]:
    """Find our columns of one table by their markers, and place the ones it lacks.

    Args:
        sheet: The sheet as read.
        table: A table of goals on it.
        recognition: All tables, to tell which of them a marker belongs to.
        keys: Which columns are wanted, in order.
        lang: The language of new headers.
    """
    standing = {
        mark.key: mark.column
        for mark in sheet.own
        if _owner(mark, sheet, recognition) is table
    }
    names = naming_columns(sheet, table)
    by_key = sheet.by_key and _name_most_rows(sheet, table, names)
    free = _first_free_column(sheet, table, tuple(standing.values()))
    columns = []
    for key in keys:
        kind = KINDS[key]
        column = standing.get(key)
        if column is None:
            column, free = free, free + 1
        columns.append(
            OwnColumn(
                key=key,
                sheet=sheet.name,
                header_row=table.header_row,
                column=column,
                first_row=table.first_row,
                last_row=table.last_row,
                header=kind.header.in_(lang),
                note=kind.note.in_(lang),
                width=kind.width,
                holds=kind.holds,
                is_new=key not in standing,
                keys=names,
                by_key=by_key,
            )
        )
    return tuple(columns)


def naming_columns(sheet: Sheet, table: Table) -> tuple[int, ...]:
    """Give the columns that together name a row: a goal id, else whose and which.

    Ids that merely count the rows name none, for after a sort people count anew; nor do
    those that many rows share.
    """
    rows = range(table.first_row, table.last_row + 1)
    number = table.column_of("goal_id")
    if number:
        ids = [as_text(sheet.value(row, number) or "") for row in rows]
        counts = merely_number_rows(ids) or mostly_repeated([it for it in ids if it])
        if any(ids) and not counts:
            return (number,)
    fields = ["employee_id", "goal_title", "measure", "review_cycle"]
    if not table.column_of("employee_id"):
        fields[0] = "employee_name"
    found = [column for it in fields if (column := table.column_of(it))]
    return tuple(dict.fromkeys(found)) or (table.columns[0].column,)


def _name_most_rows(sheet: Sheet, table: Table, names: Sequence[int]) -> bool:
    """Tell whether results that go by key would reach the table's rows at all."""
    left_out = {row.row for row in table.excluded}
    rows = [
        row
        for row in range(table.first_row, table.last_row + 1)
        if row not in left_out and sheet.row(row)
    ]
    return 2 * len(row_keys(sheet, names, rows).named) >= len(rows)


def _owner(mark: OwnMark, sheet: Sheet, recognition: Recognition) -> Table | None:
    """Tell which table a marker stands beside: same header row, nearest to its left.

    Other tables, such as one of actions, may stand between: nothing is written for
    them, so that no marker is theirs.
    """
    beside = [
        table
        for table in recognition.of(Kind.GOALS, Kind.KPI)
        if table.sheet == sheet.name
        and table.header_top <= mark.row <= table.header_row
        and table.columns
    ]
    before = [t for t in beside if t.columns[0].column <= mark.column]
    return max(before or beside, key=lambda t: t.columns[0].column, default=None)


def _first_free_column(sheet: Sheet, table: Table, taken: tuple[int, ...]) -> int:
    """Give the first column right of the table with nothing in it to its right.

    A column that borders the table is preferred, because people's own sorting and
    filtering then takes ours along; but nothing of theirs may stand in the way, and a
    title merged across the top must not cover our header.
    """
    right = max([column.column for column in table.columns] + list(taken))
    inside = list_object_of(sheet, table)
    if inside:
        right = max(right, inside.area.right)
    areas = (*sheet.merges, *(other.area for other in sheet.list_objects))
    standing = [
        *((row.number, row.number, len(row.values)) for row in sheet.rows),
        *((top, bottom, column) for column, (top, bottom) in sheet.silent.items()),
        *((area.top, area.bottom, area.right) for area in areas),
    ]
    used = [right, *(mark.column for mark in sheet.own)]
    for top, bottom, column in standing:
        beside = top <= table.last_row and bottom >= table.header_top
        if sheet.whole_columns or beside:
            used.append(column)
    return max(used) + 1


def list_object_of(sheet: Sheet, table: Table) -> ListObject | None:
    """Find the Excel table that the recognised table is."""
    left = table.columns[0].column if table.columns else 1
    for found in sheet.list_objects:
        if found.area.contains(table.header_row, left):
            return found
    return None
