"""The rows of one sheet as they are read: sparse, sorted, and bounded."""

import contextlib
from collections.abc import Iterable

from sync.cells import MAX_COLUMNS, MAX_ROWS, Area, CellRef
from sync.errors import WorkbookError
from sync.wording import Text
from sync.workbooks.excel.elements import DAMAGED_HINT
from sync.workbooks.snapshot import RawValue, Row

MAX_CELLS = 20_000_000
"""Cells with a value in one workbook; more would not fit an office computer."""

FAR = 256
"""Empty columns after which a cell no longer belongs to what stands left of it.

A row holds its values from column A on, so one forgotten cell in column XFD would
cost 16,384 places. Excel's Solver leaves such cells behind."""

STRAY = Text(
    "工作表“{sheet}”里有 {n} 个单元格离表格太远（例如 {cell}），没有读取；"
    "如果其中有需要的内容，请移到表格旁边。",
    "On sheet “{sheet}”, {n} cells far away from everything else ({cell} for one) "
    "were not read; move them next to the table if they matter.",
)

_STRAY_ONE = Text(
    "工作表“{sheet}”的单元格 {cell} 离表格太远，没有读取；"
    "如果其中有需要的内容，请移到表格旁边。",
    "On sheet “{sheet}”, cell {cell} stands far away from everything else and was "
    "not read; move it next to the table if it matters.",
)


class SparseRows:
    """Collects one sheet's rows."""

    def __init__(self, sheet: str, where: str, budget: int = MAX_CELLS) -> None:
        """Start a sheet.

        Args:
            sheet: Its name, for remarks.
            where: The workbook, for errors.
            budget: How many more cells the workbook may have.
        """
        self.sheet = sheet
        self.budget = budget
        self.remarks: list[Text] = []
        self._where = where
        self._rows: list[Row] = []
        self._far: list[tuple[int, int, RawValue]] = []
        self._silent: dict[int, tuple[int, int]] = {}

    def spend(self, n_cells: int) -> None:
        """Count cells against the budget.

        Raises:
            WorkbookError: If the workbook has more cells than we can hold.
        """
        self.budget -= n_cells
        if self.budget < 0:
            raise WorkbookError(
                Text(
                    "加上工作表“{sheet}”，工作簿超过了 {most:,} 个单元格",
                    "sheet {sheet!r} brings the workbook over {most:,} cells",
                    {"sheet": self.sheet, "most": MAX_CELLS},
                ),
                where=self._where,
                hint=Text(
                    "请拆分工作簿，或删除存放原始数据的工作表",
                    "split the workbook, or delete the sheets that hold raw data",
                ),
            )

    def add(self, number: int, values: list[RawValue], *, hidden: bool) -> None:
        """Add a finished row; rows come in ascending order."""
        if values:
            self._rows.append(Row(number, tuple(values), hidden))

    def add_far(self, row: int, column: int, value: RawValue) -> None:
        """Put a cell aside that stands more than `FAR` columns after the last one."""
        self._far.append((row, column, value))

    def silence(self, first_row: int, last_row: int, column: int) -> None:
        """Note cells that show nothing and are not free."""
        first, last = self._silent.get(column, (first_row, last_row))
        self._silent[column] = min(first, first_row), max(last, last_row)

    def silence_array(self, reference: str) -> None:
        """Note the cells of an array formula, which a file need not list."""
        with contextlib.suppress(ValueError):
            area = Area.parse(reference)
            self.spend(area.right - area.left)
            for column in range(area.left, area.right + 1):
                self.silence(area.top, area.bottom, column)

    def silent(self) -> dict[int, tuple[int, int]]:
        """Give what was noted, without what is far from the finished rows."""
        reach = max((len(row.values) for row in self._rows), default=0) + FAR
        return {at: rows for at, rows in self._silent.items() if at <= reach}

    def add_cells(
        self, cells: Iterable[tuple[int, int, RawValue]], hidden: set[int]
    ) -> None:
        """Add cells that come in any order.

        Raises:
            WorkbookError: If two are in one place: programs differ in which one counts.
        """
        by_row: dict[int, dict[int, RawValue]] = {}
        for row, column, value in cells:
            if row > MAX_ROWS or column > MAX_COLUMNS:
                continue
            values_of = by_row.setdefault(row, {})
            if column in values_of:
                cell = CellRef(self.sheet, row, column)
                raise WorkbookError(
                    Text(
                        "工作表“{sheet}”的单元格 {a1} 存了两次",
                        "cell {a1} of sheet {sheet!r} is stored twice",
                        {"a1": cell.a1, "sheet": self.sheet},
                    ),
                    where=self._where,
                    hint=DAMAGED_HINT,
                )
            values_of[column] = value
        for row in sorted(by_row):
            values: list[RawValue] = []
            for column in sorted(by_row[row]):
                gap = column - len(values) - 1
                if gap > FAR:
                    self.add_far(row, column, by_row[row][column])
                    continue
                values.extend([None] * gap)
                values.append(by_row[row][column])
            self.add(row, values, hidden=row in hidden)

    def rows(self, hidden: set[int]) -> tuple[Row, ...]:
        """Finish the sheet.

        Args:
            hidden: Numbers of hidden rows, for rows that only far cells made.
        """
        if self._far:
            self._settle_far(hidden)
        return tuple(self._rows)

    def _settle_far(self, hidden: set[int]) -> None:
        """Keep the far cells that the sheet's other rows lead up to; drop the rest."""
        reach = max((len(row.values) for row in self._rows), default=0)
        far = sorted(self._far, key=lambda cell: cell[1])
        n_near = 0
        for _, column, _ in far:
            if column - reach - 1 > FAR:
                break
            reach = max(reach, column)
            n_near += 1
        self._join(far[:n_near], hidden)
        dropped = sorted(far[n_near:])
        if dropped:
            row, column, _ = dropped[0]
            text = _STRAY_ONE if len(dropped) == 1 else STRAY
            cell = CellRef(self.sheet, row, column).a1
            self.remarks.append(text.fill(sheet=self.sheet, n=len(dropped), cell=cell))

    def _join(self, cells: list[tuple[int, int, RawValue]], hidden: set[int]) -> None:
        rows = {row.number: row for row in self._rows}
        for number, column, value in sorted(cells, key=lambda cell: cell[:2]):
            row = rows.get(number) or Row(number, (), number in hidden)
            gap = (None,) * (column - len(row.values) - 1)
            rows[number] = row._replace(values=(*row.values, *gap, value))
        self._rows = [rows[number] for number in sorted(rows)]
