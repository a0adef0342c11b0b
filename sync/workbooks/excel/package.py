"""The package of an Excel workbook: parts, their relationships and content types.

It is opened by content, never by the file's name, and nothing in it is believed: sizes
are limited, document types refused, and two parts under one name end the reading,
because two readers would then see two different workbooks.
"""

import posixpath
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from sync.errors import WorkbookError
from sync.wording import Text
from sync.workbooks.excel.elements import Element, parse
from sync.workbooks.excel.imposters import not_a_package, other_document
from sync.workbooks.excel.zipdirectory import HOSTILE
from sync.workbooks.excel.zipraw import Archive, Entry

CONTENT_TYPES = "[Content_Types].xml"
_ZIP = b"PK"
MAIN_SUFFIXES = (
    "sheet.main+xml",
    "sheet.macroEnabled.main+xml",
    "template.main+xml",
    "template.macroEnabled.main+xml",
    "addin.macroEnabled.main+xml",
)

_NAMED = Text("有个部分名为“{name}”", "a part is named {name!r}")
_TWICE = Text("有两个部分都名为“{name}”", "two parts are named {name!r}")


class Relationship(NamedTuple):
    """A link from one part to another, or out of the package."""

    id: str
    kind: str
    """Last word of its type, the same in transitional and strict files, such as
    ``worksheet`` or ``sharedStrings``."""
    target: str
    """Name of the part it leads to, from the package's root and without a leading
    slash; for an external one, the address as it is written."""
    external: bool


class Package:
    """A workbook's parts, inflated when they are asked for.

    Names of parts are compared without regard to case, percent-escapes or the direction
    of slashes, as the standard and the programs do.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.where = archive.where
        self._entries: dict[str, Entry] = {}
        self._parts: dict[str, bytes] = {}
        for entry in archive.entries:
            if entry.is_folder:
                continue
            key = _key(entry.name)
            if ".." in key.split("/") or "\0" in key:
                raise self._hostile(_NAMED.fill(name=entry.name))
            if key in self._entries:
                raise self._hostile(_TWICE.fill(name=entry.name))
            self._entries[key] = entry

    @classmethod
    def open(cls, data: bytes, where: str) -> "Package":
        """Open a workbook's bytes.

        Args:
            data: The whole file.
            where: What to call it in messages: its path.

        Raises:
            WorkbookError: If it is no package, or encrypted, damaged or hostile; the
                message says what it is instead and what to do.
        """
        if not data.startswith(_ZIP):
            raise not_a_package(data, where)
        package = cls(Archive.parse(data, where))
        if not package.has(CONTENT_TYPES):
            raise WorkbookError(
                Text(
                    "这是 zip 压缩包，不是工作簿",
                    "this is a zip archive, not a workbook",
                ),
                where=where,
                hint=Text(
                    "请解压，使用里面的 .xlsx 文件",
                    "unpack it and give the .xlsx file inside",
                ),
            )
        return package

    def has(self, name: str) -> bool:
        """Tell whether the part exists."""
        return _key(name) in self._entries

    def entry(self, name: str) -> Entry:
        """Look up a part's record in the archive.

        Raises:
            WorkbookError: If there is no such part.
        """
        found = self._entries.get(_key(name))
        if found is None:
            raise WorkbookError(
                Text(
                    "工作簿内部已损坏：缺少“{name}”",
                    "the workbook is damaged inside: part {name!r} is missing",
                    {"name": name},
                ),
                where=self.where,
                hint=Text(
                    "请用 Excel 或 WPS 打开，让它修复，然后保存",
                    "open it in Excel or WPS, let it be repaired, and save it",
                ),
            )
        return found

    def part(self, name: str) -> bytes:
        """Give a part's content.

        Raises:
            WorkbookError: If there is no such part, or it is damaged or too large.
        """
        key = _key(name)
        if key not in self._parts:
            self._parts[key] = self.archive.read(self.entry(name))
        return self._parts[key]

    def release(self, name: str) -> None:
        """Forget a part's content, which is inflated again when it is asked for."""
        self._parts.pop(_key(name), None)

    def names(self) -> tuple[str, ...]:
        """All parts, as the archive spells them, without a leading slash."""
        return tuple(
            _spelling(entry.name)
            for entry in self.archive.entries
            if not entry.is_folder
        )

    def tree(self, name: str) -> Element:
        """Give a small part as elements.

        Raises:
            WorkbookError: If it is missing or not well-formed.
        """
        return parse(self.part(name), f"{self.where} ({name})")

    def relationships(self, part: str = "") -> tuple[Relationship, ...]:
        """Read where a part leads; of the package itself when ``part`` is empty.

        Raises:
            WorkbookError: If the relationships are not well-formed.
        """
        name = relationships_part(part)
        if not self.has(name):
            return ()
        base = posixpath.dirname(_spelling(part))
        return tuple(
            self._relationship(element, base)
            for element in self.tree(name).all("Relationship")
        )

    def related(self, part: str, kind: str) -> str | None:
        """The first existing part that ``part`` leads to by a kind of relationship."""
        for found in self.relationships(part):
            if found.kind == kind and not found.external and self.has(found.target):
                return found.target
        return None

    def lost(self, part: str, kind: str, content_type: str) -> str | None:
        """The place of a part that is linked and declared, but is not there."""
        for found in self.relationships(part):
            name = found.target
            is_lost = not found.external and not self.has(name)
            if found.kind == kind and is_lost:
                return name if self.content_type(name) == content_type else None
        return None

    def content_type(self, name: str) -> str:
        """Tell what a part declares to be; empty when nothing is declared."""
        overrides, defaults = self._content_types
        key = _key(name)
        return overrides.get(key) or defaults.get(key.rpartition(".")[2], "")

    @cached_property
    def main_part(self) -> str:
        """Name of the workbook part.

        Raises:
            WorkbookError: If the package is not an Excel workbook.
        """
        found = next(
            (
                link.target
                for link in self.relationships()
                if link.kind == "officeDocument" and not link.external
            ),
            None,
        )
        if found is None or not self.has(found):
            raise WorkbookError(
                Text(
                    "这不是 Excel 工作簿：缺少主体部分",
                    "this is not an Excel workbook: its main part is missing",
                ),
                where=self.where,
                hint=Text(
                    "请用 Excel 或 WPS 打开，另存为 .xlsx",
                    "open it in Excel or WPS and save it as .xlsx",
                ),
            )
        declared = self.content_type(found)
        if declared and not declared.endswith(MAIN_SUFFIXES):
            raise other_document(declared, self.where)
        return found

    @cached_property
    def is_signed(self) -> bool:
        """Whether the workbook carries a digital signature, which any edit breaks."""
        # An origin without signatures stays behind when they are removed.
        signatures = (
            link.kind == "signature"
            for origin in self.relationships()
            if origin.kind == "origin" and not origin.external
            for link in self.relationships(origin.target)
        )
        return any(signatures) or any(
            key.startswith("_xmlsignatures/") and key.endswith(".xml")
            for key in self._entries
        )

    @cached_property
    def _content_types(self) -> tuple[dict[str, str], dict[str, str]]:
        root = self.tree(CONTENT_TYPES)
        overrides = {
            _key(one.get("PartName")): one.get("ContentType")
            for one in root.all("Override")
        }
        defaults = {
            one.get("Extension").lower(): one.get("ContentType")
            for one in root.all("Default")
        }
        return overrides, defaults

    def _relationship(self, element: Element, base: str) -> Relationship:
        kind = element.get("Type").rstrip("/").rpartition("/")[2]
        target = element.get("Target")
        if element.get("TargetMode").lower() == "external":
            return Relationship(element.get("Id"), kind, target, external=True)
        path = unquote(target.replace("\\", "/"))
        path = path.lstrip("/") if path.startswith("/") else posixpath.join(base, path)
        path = posixpath.normpath(path) if path else base
        entry = self._entries.get(_key(path))
        spelled = _spelling(entry.name) if entry else path
        return Relationship(element.get("Id"), kind, spelled, external=False)

    def _hostile(self, what: Text) -> WorkbookError:
        return WorkbookError(
            Text(
                "{what}，没有哪个表格软件会这样写",
                "{what}, which no spreadsheet program writes",
                {"what": what},
            ),
            where=self.where,
            hint=HOSTILE,
        )


def relationships_part(part: str) -> str:
    """Name the part that holds another part's relationships.

    >>> relationships_part("xl/workbook.xml")
    'xl/_rels/workbook.xml.rels'
    """
    folder, name = posixpath.split(_spelling(part))
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _spelling(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _key(name: str) -> str:
    return unquote(_spelling(name)).lower()
