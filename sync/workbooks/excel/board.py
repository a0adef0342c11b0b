"""The board sheet as XML: made whole each time, because all of it is ours."""

import math
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date

from sync.cells import column_letters
from sync.workbooks.excel.book import RELATIONSHIPS, quoted
from sync.workbooks.excel.charset import escape_attribute
from sync.workbooks.excel.stylesheet import StyleSheet
from sync.workbooks.excel.values import (
    CellWriter,
    looks_like_formula,
    storable,
)
from sync.workbooks.plan import Board, BoardCell

MAX_LINKS = 65_530
"""Excel's limit of hyperlinks on a sheet: Excel specifications and limits."""
MAX_FROZEN = 8
"""More frozen rows than this would leave no room to scroll on a laptop."""
_LINE = 16
_TITLE_LINE = 28
"""Heights in points."""
_MOST_LINES = 12
_PRINT = (
    b'<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" '
    b'footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
    b"<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter>"
    b"</headerFooter>"
)
_DRAWING = b'<drawing xmlns:r="%s" r:id="rId1"/>'
_MAIN = (
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
)


def board_xml(
    board: Board,
    styles: StyleSheet,
    write: CellWriter,
    *,
    strict: bool,
    from_1904: bool,
) -> bytes:
    """Write the board as a worksheet part.

    Args:
        board: What it says.
        styles: Where its looks are found or added.
        write: Writes its cells, without a prefix.
        strict: Whether the workbook uses the strict namespaces.
        from_1904: Whether its dates count from 1904.
    """
    rows = b"".join(_rows(board, styles, write, from_1904=from_1904))
    columns = max([1, *map(len, board.rows)])
    size = f"A1:{column_letters(columns)}{max(1, len(board.rows))}"
    return b"".join(
        (
            b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
            b'<worksheet xmlns="%s">' % _MAIN[strict],
            b'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
            b'<dimension ref="%s"/>' % size.encode(),
            b'<sheetViews><sheetView showGridLines="0" workbookViewId="0">',
            _frozen(board),
            b'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>',
            _widths(board),
            b"<sheetData>%s</sheetData>" % rows,
            _links(board),
            _PRINT,
            _DRAWING % RELATIONSHIPS[strict].encode() if board.charts else b"",
            b"</worksheet>",
        )
    )


def _rows(
    board: Board, styles: StyleSheet, write: CellWriter, *, from_1904: bool
) -> Iterator[bytes]:
    looks: dict[tuple[str, bool, bool], int] = {}
    for number, row in enumerate(board.rows, start=1):
        if not row:
            continue
        cells = []
        for column, cell in enumerate(row, start=1):
            key = (cell.style, isinstance(cell.value, date), _is_risky(cell))
            if key not in looks:
                base = styles.of(cell.style, date=key[1])
                looks[key] = (
                    styles.fitting(base, "text", quoted=True) if key[2] else base
                )
            value = storable(cell.value, from_1904=from_1904)
            cells.append(write.write(number, column, looks[key], value))
        height = _height(row, board.widths)
        yield b'<row r="%d" ht="%d" customHeight="1">%s</row>' % (
            number,
            height,
            b"".join(cells),
        )


def _height(row: Sequence[BoardCell], widths: Sequence[float]) -> int:
    """Give the height, in points, that shows a row's wrapped text in whole.

    Programs work a height out by themselves only when somebody edits the row.
    """
    if row[0].style == "title":
        return _TITLE_LINE
    if len(row) == 1:
        return _LINE
    lines = max(
        _lines(str(cell.value or ""), width)
        for cell, width in zip(row, widths, strict=False)
    )
    return _LINE * min(lines, _MOST_LINES)


def _lines(text: str, width: float) -> int:
    """Count the lines that a text takes in a column of ``width`` characters."""
    room = max(width - 2, 1)
    return sum(
        max(1, math.ceil(sum(_width_of(sign) for sign in line) / room))
        for line in text.split("\n")
    )


def _width_of(sign: str) -> float:
    return 2.1 if unicodedata.east_asian_width(sign) in "WF" else 1.1


def _is_risky(cell: BoardCell) -> bool:
    return isinstance(cell.value, str) and looks_like_formula(cell.value)


def _frozen(board: Board) -> bytes:
    """Keep the first table's head in sight."""
    for number, row in enumerate(board.rows[:MAX_FROZEN], start=1):
        if row and row[0].style == "head":
            return (
                b'<pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" '
                b'state="frozen"/><selection pane="bottomLeft"/>' % (number, number + 1)
            )
    return b""


def _widths(board: Board) -> bytes:
    if not board.widths:
        return b""
    return b"<cols>%s</cols>" % b"".join(
        b'<col min="%d" max="%d" width="%s" customWidth="1"/>'
        % (column, column, f"{width:g}".encode())
        for column, width in enumerate(board.widths, start=1)
    )


def _links(board: Board) -> bytes:
    found = [
        b'<hyperlink ref="%s%d" location="%s"/>'
        % (
            column_letters(column).encode(),
            number,
            escape_attribute(f"{quoted(cell.link.sheet)}!{cell.link.a1}").encode(),
        )
        for number, row in enumerate(board.rows, start=1)
        for column, cell in enumerate(row, start=1)
        if cell.link is not None
    ]
    if not found:
        return b""
    return b"<hyperlinks>%s</hyperlinks>" % b"".join(found[:MAX_LINKS])
