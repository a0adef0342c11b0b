"""The workbook part: its tabs, its defined names and how it is calculated."""

import re
from dataclasses import dataclass

from sync.cells import CellRef, column_letters
from sync.errors import NotWritableError, WorkbookError
from sync.wording import Text
from sync.workbooks.excel.calculation import OURS
from sync.workbooks.excel.charset import escape_attribute, escape_text
from sync.workbooks.excel.markers import BOARD_NAME, COLUMN_NAME
from sync.workbooks.excel.markup import Node, Part
from sync.workbooks.excel.package import Package

# fmt: off
_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "absPath", "alternateContent",
    "workbookProtection", "bookViews", "sheets", "functionGroups", "externalReferences",
    "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches",
    "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr",
    "webPublishObjects", "extLst",
)
# fmt: on
_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_LOOKS_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*")
OWN_NAME = "_followup_"
"""What every defined name of ours begins with."""
RELATIONSHIPS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the workbook."""

    name: str
    index: int
    """0-based among all tabs."""
    state: str
    """``visible``, ``hidden`` or ``veryHidden``."""
    part: str
    """Empty when it leads nowhere."""
    is_worksheet: bool
    """Whether it has cells, unlike a chart, a dialog or an old macro sheet."""
    number: int
    """Its ``sheetId``."""


class Book:
    """The workbook part being edited."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.name = package.main_part
        self.part = Part(package.part(self.name), f"{package.where} ({self.name})")
        self.tabs = self._read_tabs()
        self._new_names: list[bytes] = []
        self._gone: set[int] = set()

    def tab(self, name: str) -> Tab:
        """Look up a worksheet by its exact name.

        Raises:
            NotWritableError: If there is none, or it has no cells.
        """
        for tab in self.tabs:
            if tab.name == name and tab.is_worksheet and tab.part:
                return tab
        raise NotWritableError(
            Text(
                "没有名为“{name}”且有内容的工作表",
                "there is no sheet {name!r} with cells",
                {"name": name},
            ),
            where=self.package.where,
            hint=Text(
                "请核对工作表的名称，再运行一次", "check the sheet's name and run again"
            ),
        )

    @property
    def counts_from_1904(self) -> bool:
        """Whether day 0 of its dates is 1904-01-01."""
        found = self.part.root.child("workbookPr")
        return found is not None and found.flag("date1904")

    @property
    def locks_structure(self) -> bool:
        """Whether tabs may not be added or removed."""
        found = self.part.root.child("workbookProtection")
        return found is not None and found.flag("lockStructure")

    def names(self) -> list[Node]:
        """All defined names."""
        found = self.part.root.child("definedNames")
        return list(found.all("definedName")) if found else []

    def tab_of_name(self, node: Node) -> int | None:
        """The 0-based index of the tab a name is local to; ``None`` when it is not."""
        index = node.get("localSheetId")
        return int(index) if index.isascii() and index.isdigit() else None

    def board_tab(self) -> Tab | None:
        """The tab that is our board, by its marker."""
        for node in self.names():
            index = self.tab_of_name(node)
            if node.get("name") != BOARD_NAME or index is None:
                continue
            if index < len(self.tabs) and "#REF!" not in node.text:
                return self.tabs[index]
        return None

    def mark_column(self, key: str, at: CellRef) -> None:
        """Mark the header cell of a new column of ours, unless it is marked already."""
        index = self.tab(at.sheet).index
        text = reference(at)
        taken = {
            node.get("name"): node
            for node in self.names()
            if self.tab_of_name(node) == index
        }
        number = 1
        while (name := COLUMN_NAME.format(key=key, number=number)) in taken:
            if taken[name].text.replace(" ", "") == text.replace(" ", ""):
                return
            number += 1
        # Names added in this very run are not in the part yet.
        while b'"%s" localSheetId="%d"' % (name.encode(), index) in b"".join(
            self._new_names
        ):
            number += 1
            name = COLUMN_NAME.format(key=key, number=number)
        self._add_name(name, index, text)

    def mark_board(self, name: str, index: int) -> None:
        """Mark a tab as our board."""
        self._add_name(BOARD_NAME, index, reference(CellRef(name, 1, 1)))

    def _add_name(self, name: str, index: int, text: str) -> None:
        prefix = self.part.prefix
        self._new_names.append(
            b'<%sdefinedName name="%s" localSheetId="%d" hidden="1">%s</%sdefinedName>'
            % (prefix, name.encode(), index, escape_text(text).encode(), prefix)
        )

    def move_name(self, node: Node, text: str) -> None:
        """Let a defined name refer to something else."""
        self.part.splices.replace(node.inner, node.close, escape_text(text).encode())

    def add_tab(self, name: str, relationship: str) -> int:
        """Put a tab behind all others.

        Returns:
            Its 0-based index.
        """
        sheets = self.part.root.child("sheets")
        assert sheets  # tabs were read from it
        number = max((tab.number for tab in self.tabs), default=0) + 1
        prefix = self.part.prefix
        space = RELATIONSHIPS[1 if self.part.is_strict else 0].encode()
        # The prefix is declared here: the root may bind none, or another one.
        new = b'<%ssheet xmlns:r="%s" name="%s" sheetId="%d" r:id="%s"/>' % (
            prefix,
            space,
            escape_attribute(name).encode(),
            number,
            relationship.encode(),
        )
        self.part.append(sheets, new)
        return len(self.tabs)

    def drop_tab(self, tab: Tab) -> str:
        """Take a tab away, and let everything that counts tabs count anew.

        Returns:
            The id of the relationship that led to it.
        """
        sheets = self.part.root.child("sheets")
        assert sheets  # tabs were read from it
        node = list(sheets.all("sheet"))[tab.index]
        self.part.remove(node)
        for name in self.names():
            index = self.tab_of_name(name)
            if index == tab.index:
                self._drop_name(name)
            elif index is not None and index > tab.index:
                self.part.set(name, "localSheetId", str(index - 1))
        views = self.part.root.child("bookViews")
        for view in views.all("workbookView") if views else ():
            for counter in ("activeTab", "firstSheet"):
                value = view.get(counter)
                if value.isdigit() and int(value) >= tab.index and int(value) > 0:
                    self.part.set(view, counter, str(int(value) - 1))
        return node.get("id")

    def drop_own_names(self) -> None:
        """Take all our marks away."""
        for node in self.names():
            if node.get("name").startswith(OWN_NAME):
                self._drop_name(node)
        found = self.part.root.child("definedNames")
        if found and self._gone and len(self._gone) == len(found.children):
            # An empty list of names would not be valid; one that came so stays.
            self.part.splices.replace(found.start, found.inner, b"")
            self.part.splices.replace(found.close, found.end, b"")

    def _drop_name(self, node: Node) -> None:
        if node.start not in self._gone:
            self._gone.add(node.start)
            self.part.remove(node)

    def calculate_on_load(self) -> None:
        """Ask for all formulas to be calculated when the workbook is opened next.

        Where people have chosen to calculate by hand, that is respected.
        """
        found = self.part.root.child("calcPr")
        if found is None:
            xml = b'<%scalcPr fullCalcOnLoad="%s"/>' % (self.part.prefix, OURS.encode())
            self._insert("calcPr", xml)
        elif found.get("calcMode") != "manual" and not found.flag("fullCalcOnLoad"):
            self.part.set(found, "fullCalcOnLoad", OURS)

    def result(self) -> bytes:
        """The part with all changes."""
        if self._new_names:
            xml = b"".join(self._new_names)
            self._new_names = []
            found = self.part.root.child("definedNames")
            if found:
                self.part.append(found, xml)
            else:
                name = self.part.prefix + b"definedNames"
                self._insert("definedNames", b"<%s>%s</%s>" % (name, xml, name))
        return self.part.result()

    def _insert(self, name: str, xml: bytes) -> None:
        """Put a new element where it belongs among the root's children."""
        rank = _ORDER.index(name)
        at = self.part.root.inner
        for node in self.part.root.children:
            if node.name in _ORDER and _ORDER.index(node.name) <= rank:
                at = node.end
        self.part.splices.insert(at, xml, rank)

    def _read_tabs(self) -> tuple[Tab, ...]:
        links = {link.id: link for link in self.package.relationships(self.name)}
        sheets = self.part.root.child("sheets")
        if sheets is None:
            raise WorkbookError(
                Text("工作簿里没有工作表", "the workbook has no sheets"),
                where=self.package.where,
                hint=Text(
                    "请用 Excel 或 WPS 打开，让它修复，然后保存",
                    "open it in Excel or WPS, let it be repaired, and save it",
                ),
            )
        tabs = []
        for index, node in enumerate(sheets.all("sheet")):
            link = links.get(node.get("id"))
            ok = link is not None and not link.external
            ok = ok and link is not None and self.package.has(link.target)
            number = node.get("sheetId")
            tabs.append(
                Tab(
                    node.get("name"),
                    index,
                    node.get("state") or "visible",
                    link.target if link and ok else "",
                    link is not None and link.kind == "worksheet",
                    int(number) if number.isascii() and number.isdigit() else index,
                )
            )
        return tuple(tabs)


def quoted(name: str) -> str:
    """Write a sheet's name as formulas want it."""
    if _PLAIN_NAME.fullmatch(name) and not _LOOKS_LIKE_CELL.fullmatch(name):
        return name
    return "'" + name.replace("'", "''") + "'"


def reference(at: CellRef) -> str:
    """Write a cell's absolute address, as in ``'Goals 2026'!$F$14``."""
    return f"{quoted(at.sheet)}!${column_letters(at.column)}${at.row}"
