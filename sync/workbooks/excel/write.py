"""A plan carried out on the bytes of an .xlsx or .xlsm: bytes in, bytes out, no file.

Only the parts concerned are rewritten, inside them only the byte ranges concerned, and
every other entry of the archive is copied as its original compressed bytes. Carrying out
the same plan twice gives the very same bytes.
"""

from collections import defaultdict
from collections.abc import Sequence

from sync.cells import MAX_COLUMNS, CellRef
from sync.errors import NotWritableError
from sync.wording import Text
from sync.workbooks.excel.board import board_xml
from sync.workbooks.excel.book import Book, Tab
from sync.workbooks.excel.charts import chart_xml, drawing_xml
from sync.workbooks.excel.conditional import MARK, set_highlights
from sync.workbooks.excel.editing import Editing
from sync.workbooks.excel.ownsheet import new_sheet_part, put_sheet
from sync.workbooks.excel.package import Package
from sync.workbooks.excel.sheetwrite import SheetWriter
from sync.workbooks.excel.values import CellWriter
from sync.workbooks.plan import Board, ColumnEdits, Highlight, OwnColumn, Plan
from sync.workbooks.tabnames import free_name


def write(data: bytes, plan: Plan) -> bytes:
    """Carry out a plan on a workbook's bytes; see `write_package`."""
    return write_package(Package.open(data, plan.locator), plan)


def write_package(package: Package, plan: Plan) -> bytes:
    """Carry out a plan on an opened workbook.

    Args:
        package: The workbook, as the plan was made from it.
        plan: What to change; its fingerprint is the caller's to check.

    Returns:
        The whole new file; the very bytes of the old one when nothing changes.

    Raises:
        WorkbookError: If the workbook is damaged.
        NotWritableError: If something in it forbids the change; nothing is changed then.
    """
    if plan.is_empty:
        return package.archive.data
    editing = Editing(package)
    cells_changed = _write_cells(editing, plan.columns, plan.edits.columns)
    if plan.highlights is not None:
        _write_highlights(editing, plan.highlights)
    if plan.board is not None:
        write_board(editing, plan.board)
    if cells_changed and editing.has_formulas():
        editing.book.calculate_on_load()
    return editing.result()


def _write_cells(
    editing: Editing, columns: Sequence[OwnColumn], edits: Sequence[ColumnEdits]
) -> bool:
    """Write new columns' headers and all edits; tell whether any cell was spliced."""
    new: defaultdict[str, list[OwnColumn]] = defaultdict(list)
    own: defaultdict[str, list[OwnColumn]] = defaultdict(list)
    wanted: defaultdict[str, list[ColumnEdits]] = defaultdict(list)
    for column in columns:
        own[column.sheet].append(column)
        if column.is_new:
            new[column.sheet].append(column)
    for edit in edits:
        wanted[edit.sheet].append(edit)
    changed = False
    for sheet in dict.fromkeys((*new, *wanted)):
        tab = editing.book.tab(sheet)
        _check_bounds(editing.package.where, (*new[sheet], *wanted[sheet]))
        writer = SheetWriter(editing, tab, own[sheet])
        writer.add_columns(new[sheet])
        changed |= writer.write(wanted[sheet])
        for column in new[sheet]:
            at = CellRef(sheet, column.header_row, column.column)
            editing.book.mark_column(column.key, at)
    return changed


def _check_bounds(where: str, columns: Sequence[OwnColumn | ColumnEdits]) -> None:
    for one in columns:
        if one.column > MAX_COLUMNS:
            raise NotWritableError(
                Text(
                    "表格已经到了工作表的最后一列，放不下我们的列",
                    "the table reaches the last column of the sheet, so "
                    "there is no room for a column of ours",
                ),
                where=where,
                hint=Text(
                    "请删除空列，或把表格移到单独的工作表",
                    "delete empty columns, or move the table to a sheet of its own",
                ),
            )


def _write_highlights(editing: Editing, wanted: Sequence[Highlight]) -> None:
    by_sheet: defaultdict[str, list[Highlight]] = defaultdict(list)
    for one in wanted:
        by_sheet[one.sheet].append(one)
    for name in by_sheet:
        editing.book.tab(name)
    for tab in editing.book.tabs:
        if not tab.is_worksheet or not tab.part:
            continue
        if by_sheet[tab.name] or _may_hold_ours(editing, tab):
            part = editing.sheet(tab)
            writer = SheetWriter(editing, tab, ())
            writer.check_formats(by_sheet[tab.name])
            if writer.protection.allows_formats:
                styles = editing.styles if by_sheet[tab.name] else None
                set_highlights(part, by_sheet[tab.name], styles)


def _may_hold_ours(editing: Editing, tab: Tab) -> bool:
    content = editing.package.part(tab.part)
    return MARK in content or MARK.decode().encode("utf-16-le") in content


def write_board(editing: Editing, board: Board) -> None:
    """Make the board, or replace it where it stands.

    Raises:
        NotWritableError: If the workbook's structure is locked and there is none yet.
    """
    book = editing.book
    old = book.board_tab()
    stands = old is not None and bool(old.part)
    if book.locks_structure and not stands:
        raise NotWritableError(
            Text(
                "工作簿的结构受保护，无法为看板添加工作表",
                "the workbook's structure is protected, so no sheet can "
                "be added for the board",
            ),
            where=editing.package.where,
            hint=Text(
                "请取消保护（“审阅 > 保护工作簿”），或在 config.toml 里关闭看板",
                "take the protection off (Review > Protect Workbook), or "
                "switch the board off in config.toml",
            ),
        )
    name = old.name if old and stands else _free_tab_name(book, board.name)
    part = old.part if old and stands else new_sheet_part(editing)
    strict = book.part.is_strict
    sheet = board_xml(
        board,
        editing.styles,
        CellWriter(b"", editing.share),
        strict=strict,
        from_1904=book.counts_from_1904,
    )
    put_sheet(
        editing,
        part,
        sheet,
        drawing=drawing_xml(board.charts, strict=strict),
        charts=[chart_xml(one, board, name, strict=strict) for one in board.charts],
    )
    if not stands:
        book.mark_board(name, editing.add_tab(name, part))


def _free_tab_name(book: Book, wanted: str) -> str:
    return free_name(wanted, {tab.name.casefold() for tab in book.tabs})
