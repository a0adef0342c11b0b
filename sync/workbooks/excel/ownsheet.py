"""A sheet that is ours, with the charts that stand on it: put down, replaced, dropped."""

import posixpath
from collections.abc import Iterator, Sequence

from sync.workbooks.excel.book import RELATIONSHIPS, Tab
from sync.workbooks.excel.charset import escape_attribute
from sync.workbooks.excel.editing import EMPTY_RELATIONSHIPS, Editing
from sync.workbooks.excel.package import Package, relationships_part

_SHEET_TYPE = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
)
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BELONGING = {"drawing", "chart", "chartStyle", "chartColorStyle"}
"""Kinds of parts that a sheet has to itself: Excel adds the last two to charts."""


def new_sheet_part(editing: Editing) -> str:
    """Name the part of a new sheet, beside the others."""
    folder = next(
        (posixpath.dirname(tab.part) for tab in editing.book.tabs if tab.is_worksheet),
        posixpath.join(posixpath.dirname(editing.book.name), "worksheets"),
    )
    return editing.free_part("sheet", folder)


def put_sheet(
    editing: Editing,
    part: str,
    sheet: bytes,
    *,
    drawing: bytes,
    charts: Sequence[bytes],
) -> None:
    """Put a whole worksheet of ours into a part, and what is drawn on it into others.

    A sheet that stands already keeps the parts of its charts, as far as there are any.
    What else the old sheet pointed at (comments, printer settings) is let go.

    Args:
        editing: The workbook.
        part: The part of the sheet, new or ours.
        sheet: The worksheet; it leads to its drawing, if any, by ``rId1``.
        drawing: Where the charts stand; it leads to them by ``rId1``, ``rId2`` …
        charts: One part each; none: nothing is drawn.
    """
    package = editing.package
    if package.has(part) and package.part(part) == sheet:
        return
    editing.put_part(part, sheet, _SHEET_TYPE)
    links = relationships_part(part)
    if not charts:
        if package.has(links):
            editing.put_part(links, EMPTY_RELATIONSHIPS)
        return
    folder = posixpath.dirname(editing.book.name)
    known, old = _standing(package, part)
    place = known or editing.free_part("drawing", posixpath.join(folder, "drawings"))
    names: list[str] = []
    for number, chart in enumerate(charts):
        free = number >= len(old)
        name = (
            editing.free_part("chart", posixpath.join(folder, "charts"))
            if free
            else old[number]
        )
        editing.put_part(name, chart, _CHART_TYPE)
        names.append(name)
    strict = editing.book.part.is_strict
    editing.put_part(place, drawing, _DRAWING_TYPE)
    editing.put_part(relationships_part(place), _links("chart", names, strict=strict))
    editing.put_part(links, _links("drawing", [place], strict=strict))


def drop_sheet(editing: Editing, tab: Tab) -> None:
    """Take a tab of ours away, with its part and what is drawn on it."""
    for name in _belongings(editing.package, tab.part):
        editing.drop_part(name)
    editing.drop_tab(tab)


def _standing(package: Package, part: str) -> tuple[str | None, list[str]]:
    """Give the drawing of a sheet and its charts, as they are now."""
    drawing = package.related(part, "drawing") if package.has(part) else None
    if drawing is None:
        return None, []
    return drawing, [
        link.target
        for link in package.relationships(drawing)
        if link.kind == "chart" and not link.external and package.has(link.target)
    ]


def _belongings(package: Package, part: str) -> Iterator[str]:
    for link in package.relationships(part):
        if link.kind in _BELONGING and not link.external and package.has(link.target):
            yield link.target
            yield from _belongings(package, link.target)


def _links(kind: str, targets: Sequence[str], *, strict: bool) -> bytes:
    space = RELATIONSHIPS[strict].encode()
    links = b"".join(
        b'<Relationship Id="rId%d" Type="%s/%s" Target="/%s"/>'
        % (number, space, kind.encode(), escape_attribute(target).encode())
        for number, target in enumerate(targets, 1)
    )
    return EMPTY_RELATIONSHIPS.replace(b"/>", b">%s</Relationships>" % links)
