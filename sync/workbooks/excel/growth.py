"""Ranges that must grow with a new column: Excel tables and filters.

A column beside a filtered range stays where it is when people sort, and its statuses
then stand beside the wrong rows. So the range grows first.
"""

import re

from sync.cells import Area, column_letters
from sync.errors import NotWritableError
from sync.wording import Text
from sync.workbooks.excel.book import Book, Tab
from sync.workbooks.excel.charset import escape_attribute
from sync.workbooks.excel.markup import Part
from sync.workbooks.excel.sheetpart import SheetPart
from sync.workbooks.excel.strings import unescape

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
FILTER_NAME = "_xlnm._FilterDatabase"


class TablePart:
    """One Excel table being edited."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.area: Area | None
        try:
            self.area = Area.parse(part.root.get("ref"))
        except ValueError:
            self.area = None
        self._grown: list[str] = []

    @property
    def has_header(self) -> bool:
        """Whether its first row is a header row."""
        return self.part.root.get("headerRowCount", "1") != "0"

    @property
    def name(self) -> str:
        """What people call it."""
        return self.part.root.get("displayName") or self.part.root.get("name")

    @property
    def right(self) -> int:
        """Its last column, with the columns it has grown by."""
        return self.area.right + len(self._grown) if self.area else 0

    def takes(self, row: int, column: int) -> bool:
        """Whether a header cell there would be the table's next column."""
        return (
            self.area is not None
            and self.right + 1 == column
            and (self.area.top == row if self.has_header else self._touches(row))
        )

    def _touches(self, row: int) -> bool:
        area = self.area
        return area is not None and area.top - 1 <= row <= area.bottom

    def grow(self, header: str) -> str:
        """Take one more column into the table.

        Returns:
            The header to write: table columns must differ in name.
        """
        name = self._unique(header)
        self._grown.append(name)
        return name

    def _unique(self, header: str) -> str:
        columns = self.part.root.child("tableColumns")
        taken = {
            _plain(node.get("name"))
            for node in (columns.all("tableColumn") if columns else ())
        } | {_plain(name) for name in self._grown}
        name, number = header, 1
        while _plain(name) in taken:
            number += 1
            name = f"{header} {number}"
        return name

    def result(self) -> bytes:
        """The part with its new columns."""
        area, columns = self.area, self.part.root.child("tableColumns")
        if not self._grown or area is None or columns is None:
            return self.part.result()
        more = len(self._grown)
        self.part.set(self.part.root, "ref", area._replace(right=area.right + more).a1)
        self._grow_filter(area, more)
        old = list(columns.all("tableColumn"))
        numbers = [int(one.get("id")) for one in old if one.get("id").isdigit()]
        first = max(numbers, default=0) + 1
        self.part.append(
            columns,
            b"".join(
                b'<%stableColumn id="%d" name="%s"/>'
                % (self.part.prefix, first + place, _column_name(name))
                for place, name in enumerate(self._grown)
            ),
        )
        self.part.set(columns, "count", str(len(old) + more))
        return self.part.result()

    def shrink(self, by: int) -> None:
        """Take the last columns, which are ours, out of the table again."""
        area, columns = self.area, self.part.root.child("tableColumns")
        if area is None or columns is None or area.right - by < area.left:
            return
        self.part.set(self.part.root, "ref", area._replace(right=area.right - by).a1)
        self._grow_filter(area, -by)
        old = list(columns.all("tableColumn"))
        for node in old[-by:]:
            self.part.remove(node)
        self.part.set(columns, "count", str(len(old) - by))

    def _grow_filter(self, area: Area, more: int) -> None:
        node = self.part.root.child("autoFilter")
        if node is None:
            return
        try:
            old = Area.parse(node.get("ref"))
        except ValueError:
            return
        if old.right == area.right:
            self.part.set(node, "ref", old._replace(right=old.right + more).a1)


def _plain(name: str) -> str:
    return unescape(name).casefold().strip()


def _column_name(header: str) -> bytes:
    """Write a header as Excel does in a table: a line break is escaped as text."""
    name = _LINE_BREAK.sub("_x000a_", header)
    return escape_attribute(name).encode()


def refuse_foreign(part: Part, kinds: set[str], where: str) -> None:
    """Refuse a table whose columns another program or a query decides.

    Raises:
        NotWritableError: If the table belongs to a query or an XML map.
    """
    if "queryTable" in kinds or part.root.get("tableType", "worksheet") != "worksheet":
        name = part.root.get("displayName") or part.root.get("name")
        raise NotWritableError(
            Text(
                "表格“{name}”由查询填充：一刷新行的顺序就会变，状态会对错行",
                "the table {name!r} is filled by a query: a refresh "
                "reorders its rows and would leave a status beside the "
                "wrong one",
                {"name": name},
            ),
            where=where,
            hint=Text(
                "请断开表格与查询的链接（“表设计 > 取消链接”），或把目标"
                "放在单独的表格里",
                "unlink the table from its query (Table Design > "
                "Unlink), or keep the goals in a table of their own",
            ),
        )


def grow_filter(
    book: Book, tab: Tab, part: SheetPart, columns: list[tuple[int, int]]
) -> None:
    """Let the sheet's own filter cover new columns that stand right beside it.

    Args:
        book: Where the hidden name of the filter's range lives.
        tab: The sheet's tab.
        part: The sheet.
        columns: (header row, column) of the new columns, ascending.
    """
    old = filter_area(part)
    if old is None:
        return
    new = old
    for row, column in columns:
        if row == new.top and column == new.right + 1:
            new = new._replace(right=column)
    set_filter(book, tab, part, old, new)


def shrink_filter(
    book: Book, tab: Tab, part: SheetPart, columns: list[tuple[int, int]]
) -> None:
    """Let the sheet's own filter end before columns of ours at its right edge.

    Args:
        book: Where the hidden name of the filter's range lives.
        tab: The sheet's tab.
        part: The sheet.
        columns: (header row, column) of our columns, descending.
    """
    old = filter_area(part)
    if old is None:
        return
    new = old
    for row, column in columns:
        if row == new.top and column == new.right > new.left:
            new = new._replace(right=column - 1)
    set_filter(book, tab, part, old, new)


def filter_area(part: SheetPart) -> Area | None:
    """The range of the sheet's own filter."""
    node = part.root.child("autoFilter")
    try:
        return Area.parse(node.get("ref")) if node else None
    except ValueError:
        return None


def set_filter(  # noqa: PLR0917
    book: Book, tab: Tab, part: SheetPart, old: Area, new: Area
) -> None:
    """Move the sheet's own filter, and the hidden name that repeats its range."""
    node = part.root.child("autoFilter")
    if node is None or new == old:
        return
    part.set(node, "ref", new.a1)
    for name in book.names():
        if name.get("name") == FILTER_NAME and book.tab_of_name(name) == tab.index:
            sheet, _, area = name.text.rpartition("!")
            if area.replace("$", "") == old.a1:
                book.move_name(name, f"{sheet}!{_absolute(new)}")


def _absolute(area: Area) -> str:
    first = f"${column_letters(area.left)}${area.top}"
    return f"{first}:${column_letters(area.right)}${area.bottom}"
