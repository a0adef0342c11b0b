"""What stands around a sheet's rows and must know of new cells: size, widths, notes."""

import re

from sync.cells import MAX_COLUMNS, Area, column_letters
from sync.workbooks.excel.charset import escape_attribute
from sync.workbooks.excel.markers import PROMPT_TITLE
from sync.workbooks.excel.markup import Node
from sync.workbooks.excel.sheetpart import SheetPart
from sync.workbooks.plan import OwnColumn

MAX_PROMPT = 255
"""Longest input message: ECMA-376-1, 18.3.1.32 ``prompt``."""
_ATTRIBUTE = rb"""\s+(?:%s)\s*=\s*(?:"[^"]*"|'[^']*')"""
_BOUNDS = re.compile(_ATTRIBUTE % b"min|max")
_LOOK = re.compile(_ATTRIBUTE % b"min|max|width|customWidth|bestFit|hidden|collapsed")


def widen_dimension(part: SheetPart, written: Area) -> None:
    """Let the sheet's stated size cover the new cells."""
    node = part.root.child("dimension")
    if node is None:
        return
    try:
        old = Area.parse(node.get("ref"))
    except ValueError:
        return
    new = Area(
        min(old.top, written.top),
        min(old.left, written.left),
        max(old.bottom, written.bottom),
        max(old.right, written.right),
    )
    if new != old:
        part.set(node, "ref", new.a1)


def set_widths(part: SheetPart, widths: dict[int, float]) -> None:
    """Give columns a width, and show them where a hidden range would cover them.

    Args:
        part: The sheet.
        widths: 1-based column → width in characters.
    """
    if not widths:
        return
    left = dict(widths)
    node = part.root.child("cols")
    for col in node.all("col") if node else ():
        _split(part, col, left)
    behind = b""
    for column, width in sorted(left.items()):
        new = b"<%scol%s/>" % (part.prefix, _sized(b"", (column, column), width))
        cols = node.all("col") if node else ()
        after = next((col for col in cols if _bounds(col)[0] > column), None)
        if after is None:
            behind += new
        else:
            part.splices.insert(after.start, new)
    if node is None:
        name = part.prefix + b"cols"
        part.insert("cols", b"<%s>%s</%s>" % (name, behind, name))
    elif behind:
        part.append(node, behind)


def _bounds(col: Node) -> tuple[int, int]:
    low, high = col.get("min", "0"), col.get("max", "0")
    if low.isdigit() and high.isdigit():
        return int(low), int(high)
    return 0, 0


def _split(part: SheetPart, col: Node, left: dict[int, float]) -> None:
    """Cut our columns out of a range of columns that covers them."""
    low, high = _bounds(col)
    mine = sorted(column for column in left if low <= column <= high)
    if not mine:
        return
    name = b"<%scol" % part.prefix
    old = part.data[col.start + len(name) : col.inner].rstrip(b"/>")
    pieces = []
    at = low
    for column in mine:
        if column > at:
            pieces.append(_sized(old, (at, column - 1), None))
        pieces.append(_sized(old, (column, column), left.pop(column)))
        at = column + 1
    if at <= min(high, MAX_COLUMNS):
        pieces.append(_sized(old, (at, high), None))
    new = b"".join(b"%s%s/>" % (name, piece) for piece in pieces)
    part.splices.replace(col.start, col.end, new)


def _sized(old: bytes, bounds: tuple[int, int], width: float | None) -> bytes:
    """Give a range of columns its attributes.

    Args:
        old: The attributes of the range that covers it, as they are written.
        bounds: Its first and last column.
        width: Its new width, with which it is shown; ``None`` keeps the old one.
    """
    new = b' min="%d" max="%d"' % bounds
    if width is None:
        return new + _BOUNDS.sub(b"", old)
    return new + _LOOK.sub(b"", old) + b' width="%g" customWidth="1"' % width


def add_prompts(part: SheetPart, columns: list[OwnColumn]) -> None:
    """Show what a column is when its header cell is selected.

    A header that already has a validation of people's own keeps it.
    """
    node = part.root.child("dataValidations")
    taken = [
        area
        for one in (node.all("dataValidation") if node else ())
        for area in _areas(one)
    ]
    new = b"".join(
        b'<%sdataValidation allowBlank="1" showInputMessage="1" promptTitle="%s" '
        b'prompt="%s" sqref="%s%d"/>'
        % (
            part.prefix,
            PROMPT_TITLE.encode(),
            escape_attribute(column.note[:MAX_PROMPT]).encode(),
            column_letters(column.column).encode(),
            column.header_row,
        )
        for column in columns
        if column.note
        and not any(area.contains(column.header_row, column.column) for area in taken)
    )
    if not new:
        return
    count = new.count(b"dataValidation ")
    if node is None:
        name = part.prefix + b"dataValidations"
        whole = b'<%s count="%d">%s</%s>' % (name, count, new, name)
        part.insert("dataValidations", whole)
        return
    part.append(node, new)
    if "count" in node.attributes:
        n_old = sum(1 for _ in node.all("dataValidation"))
        part.set(node, "count", str(n_old + count))


def _areas(node: Node) -> list[Area]:
    found = []
    for piece in node.get("sqref").split():
        try:
            found.append(Area.parse(piece))
        except ValueError:
            continue
    return found
