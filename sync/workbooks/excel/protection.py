"""What sheet protection leaves open; the rest is not ours to write."""

from sync.cells import Area, CellRef
from sync.errors import NotWritableError
from sync.wording import Text
from sync.workbooks.excel.sheetpart import SheetPart
from sync.workbooks.excel.stylesheet import StyleSheet


class Protection:
    """The protection of one sheet."""

    def __init__(self, part: SheetPart, sheet: str) -> None:
        self._node = part.root.child("sheetProtection")
        self._sheet = sheet
        self._where = part.where
        self._open: list[Area] = []
        ranges = part.root.child("protectedRanges")
        for one in ranges.all("protectedRange") if ranges else ():
            if one.get("password") or one.get("hashValue"):
                continue
            for piece in one.get("sqref").split():
                try:
                    self._open.append(Area.parse(piece))
                except ValueError:
                    continue

    @property
    def is_on(self) -> bool:
        """Whether the sheet is protected at all."""
        return self._node is not None and self._node.flag("sheet")

    @property
    def allows_formats(self) -> bool:
        """Whether people may change how cells look, and so conditional formats."""
        return not self.is_on or self._leaves("formatCells")

    @property
    def allows_widths(self) -> bool:
        """Whether people may change the widths of columns."""
        return not self.is_on or self._leaves("formatColumns")

    def _leaves(self, what: str) -> bool:
        # The attributes say what is locked, and are locked when absent.
        assert self._node is not None  # asked only when protection is on
        return self._node.get(what, "1") in {"0", "false"}

    def check(self, at: CellRef, style: int, styles: StyleSheet) -> None:
        """Refuse a cell that protection locks.

        Raises:
            NotWritableError: If people could not type there either.
        """
        if not self.is_on or any(
            area.contains(at.row, at.column) for area in self._open
        ):
            return
        if not styles.is_unlocked(style):
            raise self.refusal(
                Text("单元格 {at} 已锁定", "cell {at} is locked", {"at": at.a1})
            )

    def refusal(self, what: Text) -> NotWritableError:
        """Say what protection forbids."""
        return NotWritableError(
            Text(
                "工作表受保护，{what}",
                "the sheet is protected and {what}",
                {"what": what},
            ),
            where=Text(
                "{place}，工作表“{sheet}”",
                "{place}, sheet {sheet!r}",
                {"place": self._where.partition(" (")[0], "sheet": self._sheet},
            ),
            hint=Text(
                "请取消保护（“审阅 > 撤消工作表保护”），或给 Followup 要写的列解除锁定",
                "take the protection off (Review > Unprotect Sheet), or "
                "unlock the columns Followup writes",
            ),
        )
