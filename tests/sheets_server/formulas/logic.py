"""Conditions, errors, what kind a value is; LET, LAMBDA and what applies it."""

from collections.abc import Callable, Sequence

from tests.sheets_server.formulas import coercion
from tests.sheets_server.formulas.coercion import WrongError
from tests.sheets_server.formulas.evaluation import Lazy, Scope, as_rows, guarded
from tests.sheets_server.formulas.grids import Any, Function, Grid, flat, scalar, spread
from tests.sheets_server.formulas.results import Failure, Scalar
from tests.sheets_server.formulas.syntax import Named, Node

NO_MATCH = Failure("#N/A", "No match.")


def choose(test: Scalar, then: Scalar, otherwise: Scalar) -> Scalar:
    return then if coercion.truth(test) else otherwise


def if_(scope: Scope, nodes: Sequence[Node]) -> Any:
    test = scope.value(nodes[0])
    if isinstance(test, Grid):
        then = scope.value(nodes[1])
        otherwise = scope.value(nodes[2]) if len(nodes) > 2 else False
        return spread(guarded(choose), test, then, otherwise)
    if coercion.truth(scalar(test)):
        return scope.value(nodes[1])
    return scope.value(nodes[2]) if len(nodes) > 2 else False


def ifs(scope: Scope, nodes: Sequence[Node]) -> Any:
    for test, then in zip(nodes[::2], nodes[1::2], strict=True):
        if coercion.truth(scalar(scope.value(test))):
            return scope.value(then)
    return NO_MATCH


def switch(scope: Scope, nodes: Sequence[Node]) -> Any:
    value = scalar(scope.value(nodes[0]))
    rest = nodes[1:]
    for case, then in zip(rest[::2], rest[1::2], strict=False):
        if coercion.compared(value, scalar(scope.value(case))) == 0:
            return scope.value(then)
    return scope.value(rest[-1]) if len(rest) % 2 else NO_MATCH


def instead(errors: Callable[[Scalar], bool]) -> Lazy:
    """Make IFERROR or IFNA."""

    def given(scope: Scope, nodes: Sequence[Node]) -> Any:
        value = scope.value(nodes[0])
        other = scope.value(nodes[1]) if len(nodes) > 1 else None
        return spread(lambda one, two: two if errors(one) else one, value, other)

    return given


def is_error(value: Scalar) -> bool:
    return isinstance(value, Failure)


def is_missing(value: Scalar) -> bool:
    return isinstance(value, Failure) and value.code == "#N/A"


def all_of(scope: Scope, nodes: Sequence[Node]) -> Any:
    return all(truths(scope, nodes))


def any_of(scope: Scope, nodes: Sequence[Node]) -> Any:
    return any(truths(scope, nodes))


def truths(scope: Scope, nodes: Sequence[Node]) -> list[bool]:
    """Read every truth value; in a range, text and blanks say nothing."""
    every = [scope.evaluate(node) for node in nodes]
    return [
        coercion.truth(value)
        for value, in_array in flat(every)
        if not (in_array and (value is None or isinstance(value, str)))
    ]


def array_formula(scope: Scope, nodes: Sequence[Node]) -> Any:
    value = scope.wide().evaluate(nodes[0])
    return Grid(value.rows) if isinstance(value, Grid) else value


def let(scope: Scope, nodes: Sequence[Node]) -> Any:
    names = dict(scope.names)
    for name, value in zip(nodes[:-1:2], nodes[1:-1:2], strict=True):
        if not isinstance(name, Named):
            return Failure("#NAME?")
        names[name.name.lower()] = scope._replace(names=names).evaluate(value)
    return scope._replace(names=names).value(nodes[-1])


def lambda_(scope: Scope, nodes: Sequence[Node]) -> Any:
    names = [node.name.lower() for node in nodes[:-1] if isinstance(node, Named)]

    def called(values: Sequence[Any]) -> Any:
        if len(values) != len(names):
            return Failure("#N/A", "Wrong number of arguments to LAMBDA.")
        known = {**scope.names, **dict(zip(names, values, strict=True))}
        return scope._replace(names=known).value(nodes[-1])

    return Function(called)


def function_in(scope: Scope, node: Node) -> Function:
    function = scope.evaluate(node)
    if not isinstance(function, Function):
        raise WrongError(Failure("#N/A"))
    return function


def map_(scope: Scope, nodes: Sequence[Node]) -> Any:
    function = function_in(scope, nodes[-1])
    arrays = [Grid(as_rows(scope.evaluate(node))) for node in nodes[:-1]]
    return spread(lambda *values: scalar(function.call(values)), *arrays)


def by_row(scope: Scope, nodes: Sequence[Node]) -> Any:
    function = function_in(scope, nodes[1])
    rows = as_rows(scope.evaluate(nodes[0]))
    return Grid([[scalar(function.call([Grid([row])]))] for row in rows])


def by_column(scope: Scope, nodes: Sequence[Node]) -> Any:
    function = function_in(scope, nodes[1])
    columns = zip(*as_rows(scope.evaluate(nodes[0])), strict=True)
    every = (Grid([[value] for value in column]) for column in columns)
    return Grid([[scalar(function.call([column])) for column in every]])


def reduce(scope: Scope, nodes: Sequence[Node]) -> Any:
    value = scope.evaluate(nodes[0])
    function = function_in(scope, nodes[2])
    for row in as_rows(scope.evaluate(nodes[1])):
        for cell in row:
            value = function.call([value, cell])
    return value


LAZY: dict[str, Lazy] = {
    "IF": if_,
    "IFS": ifs,
    "SWITCH": switch,
    "IFERROR": instead(is_error),
    "IFNA": instead(is_missing),
    "AND": all_of,
    "OR": any_of,
    "ARRAYFORMULA": array_formula,
    "LET": let,
    "LAMBDA": lambda_,
    "MAP": map_,
    "BYROW": by_row,
    "BYCOL": by_column,
    "REDUCE": reduce,
}


def number_of(value: Scalar) -> Scalar:
    """N(): what is no number counts as 0."""
    if isinstance(value, Failure):
        return value
    return coercion.number(value) if isinstance(value, bool | int | float) else 0


MAPPED: dict[str, Callable[..., Scalar]] = {
    "TRUE": lambda: True,
    "FALSE": lambda: False,
    "NOT": lambda value: not coercion.truth(value),
    "NA": lambda: Failure("#N/A"),
    "N": number_of,
    "T": lambda value: value if isinstance(value, str) else "",
    "ISBLANK": lambda value: value is None,
    "ISNUMBER": lambda value: (
        isinstance(value, int | float) and not isinstance(value, bool)
    ),
    "ISTEXT": lambda value: isinstance(value, str),
    "ISNONTEXT": lambda value: not isinstance(value, str),
    "ISLOGICAL": lambda value: isinstance(value, bool),
    "ISERROR": is_error,
    "ISERR": lambda value: is_error(value) and not is_missing(value),
    "ISNA": is_missing,
}
