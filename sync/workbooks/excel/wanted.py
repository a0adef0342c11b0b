"""What the cells of one sheet shall hold: edits, which come by column, put into rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sync.workbooks.plan import ColumnEdits, Scalar


class Wanted:
    """Cells to write, row by row.

    Columns that change in the same rows, as those of a sync do, are put together without
    a look at each cell.
    """

    def __init__(
        self, edits: Iterable[ColumnEdits], headers: Mapping[tuple[int, int], str]
    ) -> None:
        """Sort cells; where two edits meet in one, the later one counts.

        Args:
            edits: Cells of one sheet.
            headers: (row, column) → the header that it shall hold.
        """
        self.columns: dict[int, tuple[int, ...]] = {}
        """Row → the columns of its cells to write, ascending."""
        self.values: dict[int, tuple[Scalar, ...]] = {}
        """Row → what these cells shall hold."""
        self.careful: set[int] = set()
        """Rows of which each cell needs care of its own: headers look like their
        neighbours, and a boolean equals a number."""
        in_the_same_rows: dict[tuple[int, ...], dict[int, tuple[Scalar, ...]]] = {}
        for one in edits:
            in_the_same_rows.setdefault(one.rows, {})[one.column] = one.after
            self.careful |= _rows_with_booleans(one)
        for rows, columns in in_the_same_rows.items():
            self._take(rows, dict(sorted(columns.items())))
        for (row, column), header in headers.items():
            self._add(row, {column: header})
            self.careful.add(row)

    def value(self, row: int, column: int) -> Scalar:
        """Look up what a cell shall hold."""
        return self.values[row][self.columns[row].index(column)]

    def places(self) -> Iterator[tuple[int, int]]:
        """Give the row and column of every cell."""
        for row, columns in self.columns.items():
            for column in columns:
                yield row, column

    def _take(
        self, rows: tuple[int, ...], columns: Mapping[int, Sequence[Scalar]]
    ) -> None:
        lines = zip(*columns.values(), strict=True)
        if self.columns.keys().isdisjoint(rows):
            self.columns.update(dict.fromkeys(rows, tuple(columns)))
            self.values.update(zip(rows, lines, strict=True))
            return
        for row, line in zip(rows, lines, strict=True):
            self._add(row, dict(zip(columns, line, strict=True)))

    def _add(self, row: int, cells: Mapping[int, Scalar]) -> None:
        """Take up cells of a row that may have others already."""
        columns, values = self.columns.get(row, ()), self.values.get(row, ())
        line = {**dict(zip(columns, values, strict=True)), **cells}
        ascending = sorted(line)
        self.columns[row] = tuple(ascending)
        self.values[row] = tuple(line[column] for column in ascending)


def _rows_with_booleans(edits: ColumnEdits) -> set[int]:
    if bool not in set(map(type, edits.after)):
        return set()
    cells = zip(edits.rows, edits.after, strict=True)
    return {row for row, value in cells if isinstance(value, bool)}
