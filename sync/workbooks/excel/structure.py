"""What surrounds a sheet's rows: merges, tables, filters, protection, highlights."""

from bisect import bisect_left
from collections.abc import Iterable
from heapq import heappop, heappush
from itertools import chain
from typing import get_args

from sync.cells import MAX_COLUMNS, Area
from sync.wording import Text
from sync.workbooks.excel.elements import Element
from sync.workbooks.excel.markers import unmark_formula
from sync.workbooks.plan import Highlight, Style
from sync.workbooks.snapshot import ALLOWED, Decision, ListObject

MAX_AREA = 1 << 24
"""Cells of one merge or link: sixteen whole columns."""

_STYLES: dict[str, Style] = {name: name for name in get_args(Style)}

PROTECTED = Text(
    "工作表“{sheet}”已被保护，跟进列所需的单元格、列宽和条件格式都被锁定，"
    "所以没有写入。请在 Excel 的“审阅”里撤销工作表保护，再运行一次。",
    "Sheet “{sheet}” is protected, which locks the cells, widths and highlights that "
    "our columns need, so nothing was written to it. Unprotect it under Review in "
    "Excel and run again.",
)

_COVERS = Text("一处合并或超链接覆盖了 {area}", "one merge or link covers {area}")
_OVERLAP = Text(
    "合并区域 {one} 和 {other} 重叠", "the merged ranges {one} and {other} overlap"
)


LOCKED_STRUCTURE = Text(
    "工作簿的结构已被保护，不能添加工作表，所以没有跟进看板。"
    "请在 Excel 的“审阅”里撤销工作簿保护，或在 config.toml 里关闭看板。",
    "The structure of the workbook is protected and no sheet can be added, so there is "
    "no board. Take the protection off under Review in Excel, or switch the board off "
    "in config.toml.",
)


def area_of(reference: str) -> Area | None:
    """Read a range; ``None`` when it is no bounded range, as in ``A:A`` or damage."""
    try:
        return Area.parse(reference.strip())
    except ValueError:
        return None


def merges(frame: Element) -> tuple[Area, ...]:
    """The merged ranges, in reading order."""
    found = (
        area_of(merge.get("ref")) for merge in frame.under("mergeCells", "mergeCell")
    )
    return tuple(sorted({area for area in found if area is not None}))


def contradiction(frame: Element, areas: Iterable[Area]) -> Text | None:
    """Name what no spreadsheet program would make of a sheet; ``None`` when all is well.

    Args:
        frame: The sheet part without its rows.
        areas: Its merged ranges, in reading order.
    """
    links = (area_of(one.get("ref")) for one in frame.under("hyperlinks", "hyperlink"))
    for area in chain(areas, filter(None, links)):
        n_rows = area.bottom - area.top + 1
        if n_rows * (area.right - area.left + 1) > MAX_AREA:
            return _COVERS.fill(area=area.a1)
    return _overlap(areas)


def _overlap(areas: Iterable[Area]) -> Text | None:
    """Find two merges that share a cell, going down the rows.

    Those that reach the current row stand beside each other as long as none overlap;
    so a new one has to be compared with its neighbours only.
    """
    open_until: list[tuple[int, int]] = []
    beside: list[tuple[int, int, Area]] = []
    for area in areas:
        while open_until and open_until[0][0] < area.top:
            _, column = heappop(open_until)
            del beside[bisect_left(beside, (column,))]
        at = bisect_left(beside, (area.left,))
        for other in beside[max(0, at - 1) : at + 1]:
            if other[0] <= area.right and area.left <= other[1]:
                return _OVERLAP.fill(one=other[2].a1, other=area.a1)
        beside.insert(at, (area.left, area.right, area))
        heappush(open_until, (area.bottom, area.left))
    return None


def auto_filter(frame: Element) -> Area | None:
    """The range of the sheet's own filter."""
    element = frame.child("autoFilter")
    return None if element is None else area_of(element.get("ref"))


def hidden_columns(frame: Element) -> frozenset[int]:
    """Numbers of the hidden columns, 1-based."""
    hidden: set[int] = set()
    for column in frame.under("cols", "col"):
        first, last = column.get("min"), column.get("max")
        if column.flag("hidden") and first.isdigit() and last.isdigit():
            hidden.update(range(int(first), min(int(last), MAX_COLUMNS) + 1))
    return frozenset(hidden)


def writing(frame: Element, sheet: str) -> Decision:
    """Whether the sheet's protection lets us write into it.

    A protected sheet is closed as a whole. New columns stand where the sheet's default
    format applies, which is locked unless somebody unlocked whole columns (2 of 29
    protected sheets in other people's workbooks); and even there protection forbids
    their widths, messages and highlights, and lets no table or filter grow over them:
    sorting would then leave a status beside the wrong goal.
    """
    protection = frame.child("sheetProtection")
    if protection is None or not protection.flag("sheet"):
        return ALLOWED
    return Decision(allowed=False, why=PROTECTED.fill(sheet=sheet))


def highlights(frame: Element, sheet: str) -> tuple[Highlight, ...]:
    """The conditional formats that are ours, in order of precedence."""
    found: list[tuple[int, int, Highlight]] = []
    for block in frame.all("conditionalFormatting"):
        for rule in block.all("cfRule"):
            formula = rule.child("formula")
            ours = unmark_formula(formula.text) if formula is not None else None
            if ours is None or ours[1] not in _STYLES:
                continue
            priority = rule.get("priority")
            rank = int(priority) if priority.isdigit() else 0
            for reference in block.get("sqref").split():
                area = area_of(reference)
                if area is not None:
                    highlight = Highlight(sheet, area, ours[0], _STYLES[ours[1]])
                    found.append((rank, len(found), highlight))
    return tuple(highlight for _, _, highlight in sorted(found, key=lambda x: x[:2]))


def list_object(table: Element, *, has_query: bool = False) -> ListObject | None:
    """Read the part of one Excel table; ``None`` when it has no usable range.

    Args:
        table: The root of the part.
        has_query: Whether the part leads to a query.
    """
    area = area_of(table.get("ref"))
    if area is None:
        return None
    return ListObject(
        name=table.get("displayName") or table.get("name"),
        area=area,
        header_rows=_count(table.get("headerRowCount", "1")),
        totals_rows=_count(table.get("totalsRowCount", "0")),
        is_fed=has_query or table.get("tableType", "worksheet") != "worksheet",
    )


def _count(text: str) -> int:
    return int(text) if text.isdigit() else 0
