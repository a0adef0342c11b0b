"""Functions that say where things are."""

from collections.abc import Callable, Sequence

from tests.sheets_server.a1 import Box, letters, split
from tests.sheets_server.formulas import coercion
from tests.sheets_server.formulas.evaluation import Lazy, Scope, as_rows
from tests.sheets_server.formulas.grids import Any, Grid, scalar
from tests.sheets_server.formulas.results import Failure
from tests.sheets_server.formulas.syntax import Node, Range, UnreadableError, reference

REF = Failure("#REF!")


def row_of(scope: Scope, nodes: Sequence[Node]) -> Any:
    """ROW(): of a range the number of each of its rows, where arrays are wanted."""
    if not nodes:
        return scope.row + 1
    grid = scope.evaluate(nodes[0])
    if not isinstance(grid, Grid) or grid.box is None:
        return grid if isinstance(grid, Failure) else REF
    if not scope.arrays:
        return grid.box.top + 1
    return Grid([[row + 1] for row in range(grid.box.top, grid.box.bottom)])


def column_of(scope: Scope, nodes: Sequence[Node]) -> Any:
    if not nodes:
        return scope.column + 1
    grid = scope.evaluate(nodes[0])
    if not isinstance(grid, Grid) or grid.box is None:
        return grid if isinstance(grid, Failure) else REF
    if not scope.arrays:
        return grid.box.left + 1
    return Grid([[column + 1 for column in range(grid.box.left, grid.box.right)]])


def indirect(scope: Scope, nodes: Sequence[Node]) -> Any:
    text = coercion.text(scalar(scope.value(nodes[0])))
    title, cells = split(text)
    try:
        found = reference(cells)
    except UnreadableError:
        return REF
    return scope.evaluate(Range(title, found.box, found.single))


def address(row: Any, column: Any, kind: Any = 1) -> Any:
    fixed = int(coercion.number(scalar(kind)))
    name = letters(int(coercion.number(scalar(column))) - 1)
    before = "$" if fixed in {1, 3} else ""
    between = "$" if fixed in {1, 2} else ""
    return f"{before}{name}{between}{int(coercion.number(scalar(row)))}"


def box_size(values: Any) -> Box:
    rows = as_rows(values)
    return Box(0, len(rows), 0, len(rows[0]) if rows else 0)


LAZY: dict[str, Lazy] = {"ROW": row_of, "COLUMN": column_of, "INDIRECT": indirect}
WHOLE: dict[str, Callable[..., Any]] = {
    "ADDRESS": address,
    "ROWS": lambda values: box_size(values).height,
    "COLUMNS": lambda values: box_size(values).width,
}
