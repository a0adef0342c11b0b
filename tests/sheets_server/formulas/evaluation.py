"""Works out a formula's tree."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeAlias

from tests.sheets_server.a1 import Box
from tests.sheets_server.formulas import coercion
from tests.sheets_server.formulas.coercion import WrongError
from tests.sheets_server.formulas.grids import Any, Function, Grid, scalar, spread
from tests.sheets_server.formulas.results import Failure, Scalar
from tests.sheets_server.formulas.syntax import (
    Applied,
    Braces,
    Broken,
    Call,
    Literal,
    Named,
    Node,
    Operation,
    Range,
    Signed,
)
from tests.sheets_server.grid import Sheet
from tests.sheets_server.refusals import Json

REF = Failure("#REF!")


class Cells(Protocol):
    """What a formula can look at."""

    def titled(self, title: str) -> Sheet | None: ...
    def named(self, name: str) -> Json | None: ...
    def with_id(self, number: int) -> Sheet | None: ...
    def rectangle(self, sheet: Sheet, box: Box) -> list[list[Scalar]]: ...


class Scope(NamedTuple):
    """Where a formula stands and what its names mean."""

    cells: Cells
    functions: "Functions"
    sheet: Sheet
    row: int
    column: int
    arrays: bool = False
    """Inside ARRAYFORMULA and its like: a range is all of its cells."""
    names: Mapping[str, Any] = {}

    def evaluate(self, node: Node) -> Any:
        try:
            return EVALUATE[type(node)](self, node)
        except WrongError as wrong:
            return wrong.failure

    def single(self, value: Any) -> Any:
        """Take of a range the cell beside the formula, unless arrays are wanted."""
        if self.arrays or not isinstance(value, Grid) or value.box is None:
            return value
        box = value.box
        if box.height == box.width == 1:
            return value.first()
        if box.width == 1 and box.top <= self.row < box.bottom:
            return value.rows[self.row - box.top][0]
        if box.height == 1 and box.left <= self.column < box.right:
            return value.rows[0][self.column - box.left]
        return Failure("#VALUE!")

    def value(self, node: Node) -> Any:
        return self.single(self.evaluate(node))

    def wide(self) -> "Scope":
        return self._replace(arrays=True)


Lazy: TypeAlias = Callable[[Scope, Sequence[Node]], Any]


class Functions(NamedTuple):
    """The functions there are, by how they take their arguments."""

    lazy: Mapping[str, Lazy]
    """Get their arguments unevaluated."""
    mapped: Mapping[str, Callable[..., Scalar]]
    """Take single values; an array makes them work cell by cell."""
    whole: Mapping[str, Callable[..., Any]]
    """Take arrays as a whole."""


def literal(scope: Scope, node: Literal) -> Any:
    del scope
    return node.value


def broken(scope: Scope, node: Broken) -> Any:
    del scope
    return Failure(node.code)


def reference(scope: Scope, node: Range) -> Any:
    sheet = scope.sheet if node.sheet is None else scope.cells.titled(node.sheet)
    if sheet is None:
        return Failure("#REF!", f"Unresolved sheet name '{node.sheet}'.")
    box = node.box
    bottom = sheet.height if box.bottom is None else min(box.bottom, sheet.height)
    right = sheet.width if box.right is None else min(box.right, sheet.width)
    closed = Box(box.top or 0, bottom, box.left or 0, right)
    if closed.height < 1 or closed.width < 1:
        return REF
    return Grid(sheet=sheet, box=closed, load=scope.cells.rectangle)


def name(scope: Scope, node: Named) -> Any:
    if node.name.lower() in scope.names:
        return scope.names[node.name.lower()]
    found = scope.cells.named(node.name)
    sheet = scope.cells.with_id(found.get("sheetId", 0)) if found else None
    if found is None or sheet is None:
        return Failure("#NAME?", f"Unknown range name: '{node.name}'.")
    box = Box(
        found.get("startRowIndex", 0),
        found.get("endRowIndex", sheet.height),
        found.get("startColumnIndex", 0),
        found.get("endColumnIndex", sheet.width),
    )
    return Grid(sheet=sheet, box=box, load=scope.cells.rectangle)


def operation(scope: Scope, node: Operation) -> Any:
    left, right = scope.value(node.left), scope.value(node.right)
    return spread(guarded(OPERATORS[node.operator]), left, right)


def signed(scope: Scope, node: Signed) -> Any:
    return spread(guarded(SIGNS[node.operator]), scope.value(node.operand))


def guarded(function: Callable[..., Scalar]) -> Callable[..., Scalar]:
    """Turn what goes wrong inside one cell into that cell's error value."""

    def safe(*arguments: Scalar) -> Scalar:
        try:
            return function(*arguments)
        except WrongError as wrong:
            return wrong.failure
        except (OverflowError, ValueError):
            return Failure("#NUM!")

    return safe


def braces(scope: Scope, node: Braces) -> Any:
    """Put arrays beside and below each other."""
    rows: list[list[Scalar]] = []
    for line in node.rows:
        parts = [as_rows(scope.wide().evaluate(one)) for one in line]
        if len({len(part) for part in parts}) > 1:
            return Failure("#VALUE!", "Array rows have different sizes.")
        rows += [list(itertools.chain(*row)) for row in zip(*parts, strict=True)]
    if len({len(row) for row in rows}) > 1:
        return Failure("#VALUE!", "Array columns have different sizes.")
    return Grid(rows)


def as_rows(value: Any) -> list[list[Scalar]]:
    return value.rows if isinstance(value, Grid) else [[scalar(value)]]


def call(scope: Scope, node: Call) -> Any:
    lazy, mapped, whole = scope.functions
    local = scope.names.get(node.name.lower())
    if isinstance(local, Function):
        return local.call([scope.evaluate(one) for one in node.arguments])
    if node.name in lazy:
        return lazy[node.name](scope, node.arguments)
    try:
        if node.name in mapped:
            values = [scope.value(one) for one in node.arguments]
            return spread(guarded(mapped[node.name]), *values)
        if node.name in whole:
            return whole[node.name](*[scope.evaluate(one) for one in node.arguments])
    except TypeError:
        return Failure("#N/A", f"Wrong number of arguments to {node.name}.")
    return Failure("#NAME?", f"Unknown function: '{node.written}'.")


def applied(scope: Scope, node: Applied) -> Any:
    function = scope.evaluate(node.function)
    if not isinstance(function, Function):
        return REF
    return function.call([scope.evaluate(one) for one in node.arguments])


def divided(left: Scalar, right: Scalar) -> Scalar:
    over, under = coercion.number(left), coercion.number(right)
    if under == 0:
        return Failure("#DIV/0!", "Function DIVIDE parameter 2 cannot be zero.")
    return plain(over / under)


def plain(value: float) -> Scalar:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def arithmetic(
    name: str, function: Callable[[float, float], float]
) -> Callable[[Scalar, Scalar], Scalar]:
    def calculated(left: Scalar, right: Scalar) -> Scalar:
        return plain(function(operand(name, 1, left), operand(name, 2, right)))

    return calculated


def operand(name: str, place: int, value: Scalar) -> int | float:
    try:
        return coercion.number(value)
    except WrongError:
        if not isinstance(value, str):
            raise
        # Measured on the real API by others.
        raise WrongError(
            Failure(
                "#VALUE!",
                f"Function {name} parameter {place} expects number values. But "
                f"'{value}' is a text and cannot be coerced to a number.",
            )
        ) from None


def comparison(holds: Callable[[int], bool]) -> Callable[[Scalar, Scalar], Scalar]:
    def judged(left: Scalar, right: Scalar) -> Scalar:
        return holds(coercion.compared(left, right))

    return judged


OPERATORS: dict[str, Callable[[Scalar, Scalar], Scalar]] = {
    "+": arithmetic("ADD", lambda left, right: left + right),
    "-": arithmetic("MINUS", lambda left, right: left - right),
    "*": arithmetic("MULTIPLY", lambda left, right: left * right),
    "/": divided,
    "^": arithmetic("POW", lambda left, right: left**right),
    "&": lambda left, right: coercion.text(left) + coercion.text(right),
    "=": comparison(lambda order: order == 0),
    "<>": comparison(lambda order: order != 0),
    "<": comparison(lambda order: order < 0),
    "<=": comparison(lambda order: order <= 0),
    ">": comparison(lambda order: order > 0),
    ">=": comparison(lambda order: order >= 0),
}
SIGNS: dict[str, Callable[[Scalar], Scalar]] = {
    "-": lambda value: -coercion.number(value),
    "+": lambda value: value,
    "%": lambda value: plain(coercion.number(value) / 100),
}
EVALUATE: dict[type, Callable[..., Any]] = {
    Literal: literal,
    Broken: broken,
    Range: reference,
    Named: name,
    Operation: operation,
    Signed: signed,
    Braces: braces,
    Call: call,
    Applied: applied,
}
