"""An Excel workbook, read once into a snapshot."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from sync.errors import WorkbookError
from sync.wording import Text
from sync.workbooks.excel import names, notes, structure
from sync.workbooks.excel.calculation import has_results, is_left_to_excel
from sync.workbooks.excel.elements import DAMAGED_HINT, Element, parse
from sync.workbooks.excel.formats import cell_kinds
from sync.workbooks.excel.package import Package
from sync.workbooks.excel.parsed import parse_sheet
from sync.workbooks.excel.rows import OtherShape, PlainRows, part_sheet
from sync.workbooks.excel.sparse import MAX_CELLS, SparseRows
from sync.workbooks.excel.strings import shared_strings
from sync.workbooks.excel.typed import DateSystem, Values
from sync.workbooks.snapshot import ALLOWED, Decision, ListObject, Row, Sheet, Snapshot

MAX_SHEETS = 1_000

SIGNED = Text(
    "这个工作簿带有数字签名，任何改动都会使签名失效，所以没有写入。"
    "请另存一份不带签名的副本，再对副本运行。",
    "The workbook is digitally signed and any change would break the signature, so "
    "nothing was written. Save an unsigned copy and run on that.",
)
SHARED = Text(
    "这个工作簿开启了旧式“共享工作簿”，带有修订记录，所以没有写入。"
    "请在 Excel 的“审阅”里关闭“共享工作簿”，再运行一次。",
    "The workbook is shared in Excel's old way and keeps a log of revisions, so "
    "nothing was written. Turn off Share Workbook under Review in Excel and run again.",
)
_UNREADABLE_PART = Text(
    "工作表“{sheet}”的{what}已损坏，没有读取。",
    "The {what} of sheet “{sheet}” are damaged and were not read.",
)
_TABLES = Text("表格定义", "tables")
_NOTES = Text("批注", "comments")

Visibility = Literal["visible", "hidden", "very_hidden"]
_Silent = dict[int, tuple[int, int]]
_VISIBILITY: dict[str, Visibility] = {"hidden": "hidden", "veryHidden": "very_hidden"}

_MISSING = {
    "the format": Text("格式", "the format"),
    "the text": Text("文字", "the text"),
}
"""What cells may point to; see `typed`."""


class _Tab(NamedTuple):
    """What ``workbook.xml`` says about one worksheet."""

    name: str
    position: int
    part: str
    visibility: Visibility
    marks: names.Marks


def read(package: Package, locator: str, fingerprint: str) -> Snapshot:
    """Read a whole workbook.

    Args:
        package: The opened file.
        locator: The path the user gave, for messages.
        fingerprint: What the file's bytes were.

    Raises:
        WorkbookError: If it is damaged, not a workbook, or over a limit.
    """
    return _Reader(package, locator).snapshot(fingerprint)


class _Reader:
    """Reads one workbook."""

    def __init__(self, package: Package, locator: str) -> None:
        self._package = package
        self._locator = locator
        self._main = package.main_part
        self._workbook = package.tree(self._main)
        self._links = package.relationships(self._main)
        self._budget = MAX_CELLS
        self._remarks: list[Text] = []
        self._values = self._typing()

    def snapshot(self, fingerprint: str) -> Snapshot:
        tabs = self._tabs()
        has_chain = any(link.kind == "calcChain" for link in self._links)
        if is_left_to_excel(self._workbook, has_chain=has_chain):
            parts = (self._package.part(tab.part) for tab in tabs)
            self._values.zeros_are_stale = not any(map(has_results, parts))
        sheets = tuple(self._sheet(tab) for tab in tabs)
        return Snapshot(
            locator=self._locator,
            format=self._format(),
            fingerprint=fingerprint,
            sheets=sheets,
            date_system=self._date_system(),
            writing=self._writing(),
            board_writing=self._board_writing(sheets),
            remarks=tuple(self._remarks),
        )

    def _format(self) -> str:
        declared = self._package.content_type(self._main).lower()
        return "xlsm" if "macroenabled" in declared else "xlsx"

    def _date_system(self) -> DateSystem:
        properties = self._workbook.child("workbookPr")
        return 1904 if properties and properties.flag("date1904") else 1900

    def _writing(self) -> Decision:
        if self._package.is_signed:
            return Decision(allowed=False, why=SIGNED)
        if any(link.kind == "revisionHeaders" for link in self._links):
            return Decision(allowed=False, why=SHARED)
        return ALLOWED

    def _board_writing(self, sheets: tuple[Sheet, ...]) -> Decision:
        protection = self._workbook.child("workbookProtection")
        if protection is None or not protection.flag("lockStructure"):
            return ALLOWED
        if any(sheet.is_board for sheet in sheets):
            return ALLOWED
        return Decision(allowed=False, why=structure.LOCKED_STRUCTURE)

    def _typing(self) -> Values:
        """Read what all sheets share: strings and formats."""
        strings_part = self._package.related(self._main, "sharedStrings")
        styles_part = self._package.related(self._main, "styles")
        strings: list[str] = []
        if strings_part:
            where = f"{self._locator} ({strings_part})"
            strings = shared_strings(self._package.part(strings_part), where)
            self._package.release(strings_part)
        styles = self._package.tree(styles_part) if styles_part else None
        return Values(strings, cell_kinds(styles), self._date_system())

    def _tabs(self) -> list[_Tab]:
        """List the worksheets in order; chart and dialog sheets are left out.

        Raises:
            WorkbookError: If there is no sheet at all, or more than we read, or two of
                one name.
        """
        elements = self._workbook.under("sheets", "sheet")
        if len(elements) > MAX_SHEETS:
            raise WorkbookError(
                Text(
                    "工作簿有 {n:,} 张工作表，超过了 {most:,} 张",
                    "the workbook has {n:,} sheets, more than {most:,}",
                    {"n": len(elements), "most": MAX_SHEETS},
                ),
                where=self._locator,
                hint=Text("请拆分成几个工作簿", "split it into several workbooks"),
            )
        sheet_names = [one.get("name") for one in elements]
        self._refuse_double(sheet_names)
        marks = names.marks(self._workbook, sheet_names)
        there = [link for link in self._links if self._package.has(link.target)]
        if not {link.id for link in there} & {one.get("id") for one in elements}:
            raise WorkbookError(
                Text("工作簿里没有工作表", "the workbook has no worksheet"),
                where=self._locator,
                hint=Text(
                    "请提供有目标的工作簿", "give the workbook that holds the goals"
                ),
            )
        targets = {link.id: link.target for link in there if link.kind == "worksheet"}
        return [
            _Tab(
                name=element.get("name"),
                position=index,
                part=targets[element.get("id")],
                visibility=_VISIBILITY.get(element.get("state"), "visible"),
                marks=marks[index],
            )
            for index, element in enumerate(elements)
            if element.get("id") in targets
        ]

    def _refuse_double(self, sheet_names: list[str]) -> None:
        """Refuse two sheets of one name: a status could land in the wrong one."""
        seen: set[str] = set()
        for name in sheet_names:
            if name.lower() in seen:  # casefold takes "Maße" for "Masse"
                raise WorkbookError(
                    Text(
                        "有两张工作表都叫“{name}”，没有哪个表格软件会这样写",
                        "two sheets are named {name!r}, which no spreadsheet "
                        "program writes",
                        {"name": name},
                    ),
                    where=self._locator,
                    hint=DAMAGED_HINT,
                )
            seen.add(name.lower())

    def _sheet(self, tab: _Tab) -> Sheet:
        frame, rows, silent = self._rows(tab)
        merges = structure.merges(frame)
        if wrong := structure.contradiction(frame, merges):
            raise WorkbookError(
                Text(
                    "工作表“{name}”已损坏：{wrong}",
                    "sheet {name!r} is damaged: {wrong}",
                    {"name": tab.name, "wrong": wrong},
                ),
                where=self._locator,
                hint=DAMAGED_HINT,
            )
        return Sheet(
            name=tab.name,
            index=tab.position,
            visibility=tab.visibility,
            rows=rows,
            merges=merges,
            list_objects=self._list_objects(tab),
            hidden_columns=structure.hidden_columns(frame),
            auto_filter=structure.auto_filter(frame),
            silent=silent,
            notes=self._notes(tab),
            writing=structure.writing(frame, tab.name),
            own=tab.marks.own,
            highlights=structure.highlights(frame, tab.name),
            is_board=tab.marks.is_board,
        )

    def _rows(self, tab: _Tab) -> tuple[Element, tuple[Row, ...], _Silent]:
        """Read the sheet part: its frame, its rows and what stands silent in them."""
        where = f"{self._locator} ({tab.part})"
        data = self._package.part(tab.part)
        grid = SparseRows(tab.name, self._locator, self._budget)
        try:
            parted = part_sheet(data)
            plain = PlainRows(data, parted, self._values)
            plain.fill(grid)
            frame, hidden = parse(parted.frame, where), plain.hidden
        except (OtherShape, ValueError):  # ValueError: text only the parser explains
            self._values.missing.clear()
            grid = SparseRows(tab.name, self._locator, self._budget)
            frame, hidden = parse_sheet(data, where, self._values, grid)
        self._refuse_missing(where)
        self._package.release(tab.part)
        rows = grid.rows(hidden)
        self._budget = grid.budget
        self._remarks.extend(grid.remarks)
        return frame, rows, grid.silent()

    def _refuse_missing(self, where: str) -> None:
        """Refuse a sheet whose cells point to what is not there.

        Programs differ in what they make of such a cell: a text that is another
        cell's, nothing at all, or a day that is read as a number.
        """
        if self._values.missing:
            what, n = self._values.missing.most_common(1)[0]
            raise WorkbookError(
                Text(
                    "工作簿内部已损坏：有 {n:,} 个单元格的{what}不在文件里",
                    "the workbook is damaged inside: {what} of {n:,} cells "
                    "is not in the file",
                    {"what": _MISSING[what], "n": n},
                ),
                where=where,
                hint=DAMAGED_HINT,
            )

    def _list_objects(self, tab: _Tab) -> tuple[ListObject, ...]:
        found = []
        for part, root in self._parts(tab, "table", _TABLES):
            links = self._package.relationships(part)
            has_query = any(link.kind == "queryTable" for link in links)
            found.append(structure.list_object(root, has_query=has_query))
        return tuple(sorted((one for one in found if one), key=lambda one: one.area))

    def _notes(self, tab: _Tab) -> notes.Notes:
        old = [notes.legacy(root) for _, root in self._parts(tab, "comments", _NOTES)]
        new = [
            notes.threaded(root)
            for _, root in self._parts(tab, "threadedComment", _NOTES)
        ]
        return notes.together(old, new)

    def _parts(self, tab: _Tab, kind: str, what: Text) -> Iterable[tuple[str, Element]]:
        """Read the parts a sheet leads to; a damaged one is a remark, no more."""
        for link in self._package.relationships(tab.part):
            if link.kind != kind or link.external or not self._package.has(link.target):
                continue
            try:
                yield link.target, self._package.tree(link.target)
            except WorkbookError:
                remark = _UNREADABLE_PART.fill(sheet=tab.name, what=what)
                self._remarks.append(remark)
