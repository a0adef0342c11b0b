"""One workbook being edited: its parts opened when needed, and written back together."""

import posixpath
from collections.abc import Callable
from functools import cached_property

from sync.workbooks.excel.book import OWN_NAME, RELATIONSHIPS, Book, Tab
from sync.workbooks.excel.calculation import has_formula
from sync.workbooks.excel.charset import escape_attribute
from sync.workbooks.excel.freenames import names_in_use
from sync.workbooks.excel.growth import TablePart, refuse_foreign
from sync.workbooks.excel.markup import Part
from sync.workbooks.excel.package import CONTENT_TYPES, Package, relationships_part
from sync.workbooks.excel.sharing import SharedStrings, StringsPart
from sync.workbooks.excel.sheetpart import SheetPart
from sync.workbooks.excel.stylesheet import StyleSheet
from sync.workbooks.excel.undo import UNDO_KIND, UNDO_PART, UNDO_TYPE, carry
from sync.workbooks.excel.untouchable import refuse_shared, refuse_signed
from sync.workbooks.excel.zipwrite import Content, rebuild

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
EMPTY_RELATIONSHIPS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    b'relationships"/>'
)
_EMPTY_STYLES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="%s"/>'
)


class Editing:
    """The parts of one workbook while a plan is carried out."""

    def __init__(self, package: Package) -> None:
        """Open a workbook for editing.

        Raises:
            NotWritableError: If any edit would break what it carries.
        """
        self.package = package
        refuse_signed(package)
        self.book = Book(package)
        kinds = {link.kind for link in package.relationships(self.book.name)}
        refuse_shared(package, kinds)
        self._sheets: dict[str, SheetPart] = {}
        self._tables: dict[str, TablePart] = {}
        self._styles: StyleSheet | None = None
        self._styles_part = ""
        self._strings: SharedStrings | None = None
        self._strings_part = package.related(self.book.name, "sharedStrings") or ""
        self._plain: dict[str, Part] = {}
        self._added: dict[str, bytes] = {}
        self._whole: dict[str, bytes] = {}
        self._dropped: set[str] = set()
        self._calculated: dict[str, bool] = {}
        self._was_ours = any(
            node.get("name").startswith(OWN_NAME) for node in self.book.names()
        )

    @property
    def styles(self) -> StyleSheet:
        """The style sheet, made when the workbook has none."""
        if self._styles is None:
            name = self.package.related(self.book.name, "styles")
            if name is None:
                kind = _SPREADSHEET + "styles+xml"
                lost = self.package.lost(self.book.name, "styles", kind)
                name = lost or self.free_part("styles", "")
                data = _EMPTY_STYLES % self.book.part.namespace.encode()
                self._added[name] = data
                if not lost:
                    self._declare(name, kind)
                    self._relate(name, self._kind("styles"))
                part = Part(data, name)
            else:
                part = self._open(name)
            self._styles_part = name
            self._styles = StyleSheet(part)
        return self._styles

    @property
    def share(self) -> Callable[[str], int] | None:
        """Adds a text to the shared strings; ``None`` when the workbook has none."""
        if not self._strings_part:
            return None
        if self._strings is None:
            where = f"{self.package.where} ({self._strings_part})"
            data = self.package.part(self._strings_part)
            self._strings = SharedStrings(StringsPart(data, where, depth=1))
        return self._strings.index

    def sheet(self, tab: Tab) -> SheetPart:
        """The worksheet behind a tab."""
        if tab.part not in self._sheets:
            data = self.package.part(tab.part)
            where = f"{self.package.where} ({tab.part})"
            self._sheets[tab.part] = SheetPart(data, where)
        return self._sheets[tab.part]

    def tables(self, tab: Tab) -> list[TablePart]:
        """The Excel tables on a tab."""
        found = []
        for link in self.package.relationships(tab.part):
            if link.kind != "table" or link.external:
                continue
            if not self.package.has(link.target):
                continue
            if link.target not in self._tables:
                self._tables[link.target] = TablePart(self._open(link.target))
            found.append(self._tables[link.target])
        return found

    def take_column(self, table: TablePart, header: str) -> str:
        """Let a table grow by a column of ours, unless its columns are a query's."""
        name = next(name for name, one in self._tables.items() if one is table)
        kinds = {link.kind for link in self.package.relationships(name)}
        refuse_foreign(table.part, kinds, self.package.where)
        return table.grow(header)

    def put_part(self, name: str, data: bytes, content_type: str = "") -> None:
        """Put a whole part of ours down, new or in the place of what is there.

        Args:
            name: What to call it.
            data: Its content.
            content_type: Needed for every new part but relationships.
        """
        if self.package.has(name):
            self._whole[self.package.entry(name).name] = data
            return
        if content_type and name not in self._added:
            self._declare(name, content_type)
        self._added[name] = data

    def add_tab(self, name: str, part: str) -> int:
        """Add a tab behind all others for a new part; give its 0-based index."""
        return self.book.add_tab(name, self._relate(part, self._kind("worksheet")))

    def drop_tab(self, tab: Tab) -> None:
        """Take a tab of ours away with its part."""
        self._unlink(self.book.drop_tab(tab))
        self.drop_part(tab.part)
        self._sheets.pop(tab.part, None)

    def drop_undo(self) -> None:
        """Take the way back away, when it leads nowhere any more."""
        for link in self.package.relationships(self.book.name):
            if link.kind == "undo" and link.target == UNDO_PART:
                self._unlink(link.id)
                self.drop_part(UNDO_PART)

    def drop_part(self, name: str) -> None:
        """Take a part of ours away, with its relationships and its content type."""
        for one in (name, relationships_part(name)):
            if self.package.has(one):
                self._dropped.add(self.package.entry(one).name)
        types = self._registry(CONTENT_TYPES, b"")
        for node in types.root.all("Override"):
            if node.get("PartName").lstrip("/").lower() == name.lower():
                types.remove(node)

    def _unlink(self, link: str) -> None:
        """Let the workbook part lead to a part no more."""
        links = self._registry(relationships_part(self.book.name), b"")
        for node in links.root.children:
            if node.get("Id") == link:
                links.remove(node)

    def has_formulas(self) -> bool:
        """Whether anything in the workbook is calculated."""
        if self.package.related(self.book.name, "calcChain"):
            return True
        tabs = (tab for tab in self.book.tabs if tab.is_worksheet and tab.part)
        return any(map(self.has_formula, tabs))

    def has_formula(self, tab: Tab) -> bool:
        """Whether anything on a worksheet is calculated."""
        if tab.part not in self._calculated:
            is_open = tab.part in self._sheets
            data = self.sheet(tab).data if is_open else self.package.part(tab.part)
            self._calculated[tab.part] = has_formula(data)
        return self._calculated[tab.part]

    def result(self) -> bytes:
        """The workbook with all changes; the very same bytes when there are none."""
        replaced: dict[str, Content] = {
            self.package.entry(name).name: part.chunks()
            for name, part in self._sheets.items()
            if part.is_changed
        }
        results: list[tuple[str, bytes]] = [
            (self.book.name, self.book.result()),
            *((name, table.result()) for name, table in self._tables.items()),
        ]
        if self._styles is not None:
            results.append((self._styles_part, self._styles.result()))
        if self._strings is not None:
            results.append((self._strings_part, self._strings.result()))
        for name, content in results:
            if name in self._added:
                self._added[name] = content
            elif content != self.package.part(name):
                replaced[self.package.entry(name).name] = (content,)
        replaced |= {name: (content,) for name, content in self._whole.items()}
        if not replaced and not self._added and not self._plain:
            return self.package.archive.data
        return self._assemble(replaced)

    def _assemble(self, replaced: dict[str, Content]) -> bytes:
        has_undo = self.package.has(UNDO_PART)
        # Where our marks stand but the way back does not, a program has saved the
        # workbook since the first sync, and what it was before is not known any more.
        begins = not has_undo and not self._was_ours and not self._dropped
        if begins:
            self._declare(UNDO_PART, UNDO_TYPE)
            self._relate(UNDO_PART, UNDO_KIND)
        for name, part in self._plain.items():
            content = part.result()
            if self.package.has(name):
                replaced[self.package.entry(name).name] = (content,)
            else:
                self._added[name] = content
        if self._dropped:
            return rebuild(
                self.package.archive,
                replaced,
                self._added,
                dropped=frozenset(self._dropped),
            )
        if begins:
            self._added[UNDO_PART] = carry(self.package, frozenset(replaced))
            return rebuild(
                self.package.archive, replaced, self._added, sealed=UNDO_PART
            )
        name = self.package.entry(UNDO_PART).name if has_undo else ""
        if name:
            replaced[name] = (carry(self.package, frozenset(replaced)),)
        return rebuild(self.package.archive, replaced, self._added, sealed=name)

    def _open(self, name: str) -> Part:
        return Part(self.package.part(name), f"{self.package.where} ({name})")

    def _registry(self, name: str, empty: bytes) -> Part:
        if name not in self._plain:
            exists = self.package.has(name)
            data = self.package.part(name) if exists else empty
            self._plain[name] = Part(data, f"{self.package.where} ({name})")
        return self._plain[name]

    def _declare(self, name: str, content_type: str) -> None:
        part = self._registry(CONTENT_TYPES, b"")
        part.append(
            part.root,
            b'<%sOverride PartName="/%s" ContentType="%s"/>'
            % (part.prefix, name.encode(), content_type.encode()),
        )

    def _kind(self, name: str) -> str:
        return f"{RELATIONSHIPS[self.book.part.is_strict]}/{name}"

    def _relate(self, name: str, kind: str) -> str:
        """Link a new part to the workbook part; give the link's id."""
        part = self._registry(relationships_part(self.book.name), EMPTY_RELATIONSHIPS)
        taken = {node.get("Id") for node in part.root.children}
        # What asks for an id that leads nowhere must not be led to us.
        asking = self.book.part.data
        number = 1
        while (
            (link := f"rId{number}") in taken
            or link.encode() in asking
            or part.splices.mentions(f'"{link}"'.encode())
        ):
            number += 1
        part.append(
            part.root,
            b'<%sRelationship Id="%s" Type="%s" Target="/%s"/>'
            % (
                part.prefix,
                link.encode(),
                kind.encode(),
                escape_attribute(name).encode(),
            ),
        )
        return link

    @cached_property
    def _in_use(self) -> frozenset[str]:
        return names_in_use(self.package)

    def free_part(self, stem: str, folder: str) -> str:
        """Find a name for a new part that no other has or had."""
        folder = folder or posixpath.dirname(self.book.name)
        # The bare name comes first: openpyxl looks for styles nowhere else.
        number = 0 if stem == "styles" else 1
        while True:
            name = posixpath.join(folder, f"{stem}{number or ''}.xml")
            if name.lower() not in self._in_use and name not in self._added:
                return name
            number += 1
