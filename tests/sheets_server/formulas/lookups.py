"""Functions that find things, and that put arrays into another shape."""

from collections.abc import Callable, Sequence

from tests.sheets_server.formulas import coercion
from tests.sheets_server.formulas.coercion import WrongError
from tests.sheets_server.formulas.evaluation import Lazy, Scope, as_rows, guarded
from tests.sheets_server.formulas.grids import Any, Grid, scalar, spread
from tests.sheets_server.formulas.numbers import wildcard
from tests.sheets_server.formulas.results import Failure, Scalar
from tests.sheets_server.formulas.syntax import Node


def missing(key: Scalar, function: str) -> Failure:
    # Measured on the real API by others, for VLOOKUP.
    shown = "" if isinstance(key, Failure) else coercion.text(key)
    return Failure("#N/A", f"Did not find value '{shown}' in {function} evaluation.")


REF = Failure("#REF!")


def line(value: Any) -> list[Scalar]:
    """Read a single row or column as a list."""
    rows = as_rows(value)
    if len(rows) == 1:
        return list(rows[0])
    if any(len(row) != 1 for row in rows):
        raise WrongError(
            Failure("#VALUE!", "Lookup range must be a single row or column.")
        )
    return [row[0] for row in rows]


class Finder:
    """Finds values in a line as lookups do: no matter the case, but of one kind."""

    def __init__(self, values: list[Scalar], *, wildcards: bool = False) -> None:
        self.values = values
        self.wildcards = wildcards
        self.places: dict[tuple[int, float, str], int] = {}
        for at, value in enumerate(values):
            if value is not None and not isinstance(value, Failure):
                self.places.setdefault(coercion.key(value), at)

    def exact(self, wanted: Scalar) -> int | None:
        if isinstance(wanted, Failure):
            raise WrongError(wanted)
        if wanted is None:
            return next(
                (at for at, value in enumerate(self.values) if value is None), None
            )
        if self.wildcards and isinstance(wanted, str) and set(wanted) & set("*?~"):
            pattern = wildcard(wanted)
            for at, value in enumerate(self.values):
                if isinstance(value, str) and pattern.fullmatch(value):
                    return at
            return None
        return self.places.get(coercion.key(wanted))

    def nearest(self, wanted: Scalar, *, below: bool) -> int | None:
        """Find the largest value not above the wanted one, or the reverse."""
        if isinstance(wanted, Failure):
            raise WrongError(wanted)
        goal = coercion.key(wanted)
        fitting = [
            (key, at)
            for key, at in self.places.items()
            if key[0] == goal[0] and (key <= goal if below else key >= goal)
        ]
        if not fitting:
            return None
        return (max if below else min)(fitting)[1]


def x_lookup(scope: Scope, nodes: Sequence[Node]) -> Any:
    """Find each key; the answer is a value, or the whole row or column beside it."""
    given = [scope.evaluate(node) for node in nodes]
    given += [None] * (6 - len(given))
    wanted, place, results, otherwise, mode, _ = given
    kind = int(coercion.number(scalar(mode)))
    finder = Finder(line(place), wildcards=kind == 2)
    rows = as_rows(results)
    across = len(as_rows(place)) == 1 and len(finder.values) != 1
    given_up = len(nodes) > 3
    other = scalar(scope.single(otherwise)) if given_up else None

    def lost(key: Scalar) -> Scalar:
        return other if given_up else missing(key, "XLOOKUP")

    def at(key: Scalar) -> int | None:
        found = finder.exact(key)
        if found is None and kind in {-1, 1}:
            found = finder.nearest(key, below=kind == -1)
        return found

    def one(key: Scalar) -> Scalar:
        found = at(key)
        if found is None:
            return lost(key)
        return rows[0][found] if across else rows[found][0]

    keys = scope.single(wanted)
    if isinstance(keys, Grid):
        return spread(guarded(one), keys)
    found = at(scalar(keys))
    if found is None:
        return lost(scalar(keys))
    if across:
        column = [[row[found]] for row in rows]
        return column[0][0] if len(column) == 1 else Grid(column)
    return rows[found][0] if len(rows[found]) == 1 else Grid([rows[found]])


def v_lookup(scope: Scope, nodes: Sequence[Node]) -> Any:
    keys = scope.value(nodes[0])
    rows = as_rows(scope.evaluate(nodes[1]))
    column = int(coercion.number(scalar(scope.value(nodes[2])))) - 1
    # Without the last argument the range is taken for sorted.
    near = len(nodes) < 4 or coercion.truth(scalar(scope.value(nodes[3])))
    if rows and not 0 <= column < len(rows[0]):
        return Failure(
            "#VALUE!" if column < 0 else "#REF!",
            "VLOOKUP evaluates to an out of bounds range.",
        )
    finder = Finder([row[0] for row in rows], wildcards=not near)

    def one(key: Scalar) -> Scalar:
        found = finder.nearest(key, below=True) if near else finder.exact(key)
        return missing(key, "VLOOKUP") if found is None else rows[found][column]

    return spread(guarded(one), keys)


def match(scope: Scope, nodes: Sequence[Node]) -> Any:
    keys, values = scope.value(nodes[0]), line(scope.evaluate(nodes[1]))
    kind = int(coercion.number(scalar(scope.value(nodes[2])))) if len(nodes) > 2 else 1
    return positions(keys, values, kind, wildcards=kind == 0)


def x_match(scope: Scope, nodes: Sequence[Node]) -> Any:
    keys, values = scope.value(nodes[0]), line(scope.evaluate(nodes[1]))
    kind = int(coercion.number(scalar(scope.value(nodes[2])))) if len(nodes) > 2 else 0
    return positions(keys, values, -kind, wildcards=kind == 2)


def positions(keys: Any, values: list[Scalar], kind: int, *, wildcards: bool) -> Any:
    finder = Finder(values, wildcards=wildcards)

    def one(key: Scalar) -> Scalar:
        found = finder.exact(key)
        if found is None and kind in {-1, 1}:
            found = finder.nearest(key, below=kind == 1)
        return missing(key, "MATCH") if found is None else found + 1

    return spread(guarded(one), keys)


def filtered(scope: Scope, nodes: Sequence[Node]) -> Any:
    wide = scope.wide()
    rows = as_rows(wide.evaluate(nodes[0]))
    keep = [True] * len(rows)
    for node in nodes[1:]:
        tests = line(wide.evaluate(node))
        if len(tests) != len(rows):
            return Failure("#N/A", "FILTER has mismatched range sizes.")
        keep = [
            kept and not isinstance(test, Failure) and bool(test)
            for kept, test in zip(keep, tests, strict=True)
        ]
    left = [row for row, kept in zip(rows, keep, strict=True) if kept]
    return (
        Grid(left)
        if left
        else Failure("#N/A", "No matches are found in FILTER evaluation.")
    )


def wide(function: Callable[..., Any]) -> Lazy:
    """Let a function's arguments be arrays without ARRAYFORMULA."""

    def called(scope: Scope, nodes: Sequence[Node]) -> Any:
        return function(*[scope.wide().evaluate(node) for node in nodes])

    return called


def unique(values: Any) -> Any:
    rows = as_rows(values)
    return Grid([list(row) for row in dict.fromkeys(map(tuple, rows))])


def ordered(values: Any, column: Any = 1, ascending: Any = True) -> Any:
    at = int(coercion.number(scalar(column))) - 1
    rows = as_rows(values)
    full = [row for row in rows if row[at] is not None]
    full.sort(
        key=lambda row: coercion.key(row[at]),
        reverse=not coercion.truth(scalar(ascending)),
    )
    return Grid(full + [row for row in rows if row[at] is None])


def index(values: Any, row: Any = 0, column: Any = 0) -> Any:
    rows = as_rows(values)
    at_row, at_column = (int(coercion.number(scalar(one))) for one in (row, column))
    if len(rows) == 1 and column == 0 and at_row:
        at_row, at_column = 0, at_row
    if at_row > len(rows) or at_column > len(rows[0]):
        return Failure("#REF!", "INDEX evaluates to an out of bounds range.")
    lines = rows[at_row - 1 : at_row] if at_row else rows
    cells = [one[at_column - 1 : at_column] if at_column else one for one in lines]
    return cells[0][0] if len(cells) == len(cells[0]) == 1 else Grid(cells)


def sequence(rows: Any, columns: Any = 1, start: Any = 1, step: Any = 1) -> Any:
    height, width, first, by = (
        coercion.number(scalar(one)) for one in (rows, columns, start, step)
    )
    return Grid(
        [
            [first + by * (row * int(width) + column) for column in range(int(width))]
            for row in range(int(height))
        ]
    )


LAZY: dict[str, Lazy] = {
    "XLOOKUP": x_lookup,
    "VLOOKUP": v_lookup,
    "MATCH": match,
    "XMATCH": x_match,
    "FILTER": filtered,
    "UNIQUE": wide(unique),
    "SORT": wide(ordered),
    "TRANSPOSE": wide(
        lambda values: Grid([list(one) for one in zip(*as_rows(values), strict=True)])
    ),
    "SEQUENCE": wide(sequence),
    "FLATTEN": wide(
        lambda *all_: Grid(
            [[cell] for one in all_ for row in as_rows(one) for cell in row]
        )
    ),
    "VSTACK": wide(lambda *all_: Grid([row for one in all_ for row in as_rows(one)])),
}
WHOLE: dict[str, Callable[..., Any]] = {
    "INDEX": index,
    "CHOOSE": lambda number, *all_: all_[int(coercion.number(scalar(number))) - 1],
}
