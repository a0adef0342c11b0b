"""A worksheet part: its frame as elements, its rows as one long run of bytes.

Rows are most of a workbook. They are never parsed into elements: the frame around them
is, and the rows are scanned for what is needed.
"""

import re

from sync.errors import NotWritableError, WorkbookError
from sync.wording import Text
from sync.workbooks.excel.elements import DAMAGED_HINT
from sync.workbooks.excel.markup import Node, Part, mask, root_prefix

# fmt: off
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData",
    "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter",
    "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr",
    "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions",
    "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks",
    "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects",
    "controls", "webPublishItems", "tableParts", "extLst",
)
"""The order in which a worksheet's parts must stand: ECMA-376-1, ``CT_Worksheet``."""
# fmt: on

_RANK = {name: rank for rank, name in enumerate(ORDER)}
NAMESPACES = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
}


class SheetPart(Part):
    """One worksheet being edited."""

    def _outline(self, depth: int) -> None:
        self.masked = mask(self.data)
        begin, stop = self._rows_between()
        self._outline_around(begin, stop, depth)
        if self.namespace not in NAMESPACES:
            raise self.broken(
                Text("工作表用了未知的格式", "the sheet is in an unknown vocabulary")
            )
        found = self.root.child("sheetData")
        if found is None:
            raise self.broken(
                Text("工作表没有存放行的部分", "the sheet has no rows element")
            )
        self.sheet_data: Node = found

    def _rows_between(self) -> tuple[int, int]:
        """Find where the rows begin and stop; both the same when there are none."""
        prefix = root_prefix(self.masked)
        opening = re.compile(
            rb"""<%ssheetData(?=[\s/>])(?:[^<>"']|"[^"]*"|'[^']*')*>"""
            % re.escape(prefix)
        )
        found = opening.search(self.masked)
        if not found:
            raise self.broken(
                Text("工作表没有存放行的部分", "the sheet has no rows element")
            )
        begin = found.end()
        if found[0].endswith(b"/>"):
            return begin, begin
        stop = self.masked.rfind(b"</%ssheetData" % prefix)
        if stop < begin:
            raise self.broken(
                Text("工作表的行没有结尾", "the rows of the sheet do not end")
            )
        return begin, stop

    def insert(self, name: str, xml: bytes) -> None:
        """Put new elements of one name where they belong among the root's children."""
        rank = _RANK[name]
        at = self.root.inner
        for node in self.root.children:
            if _RANK.get(node.name, len(ORDER)) <= rank:
                at = node.end
        self.splices.insert(at, xml, rank)

    def broken(self, what: Text) -> WorkbookError:
        """Say that the part cannot be read."""
        return WorkbookError(what, where=self.where, hint=DAMAGED_HINT)

    def refused(self, what: Text, hint: Text) -> NotWritableError:
        """Say why the sheet must not be written."""
        return NotWritableError(what, where=self.where, hint=hint)
