"""Sums, counts and roundings."""

import math
import operator
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from tests.sheets_server.formulas import coercion
from tests.sheets_server.formulas.evaluation import as_rows, plain
from tests.sheets_server.formulas.grids import Any, Grid, flat, scalar
from tests.sheets_server.formulas.results import Failure, Scalar

SIGN = re.compile(r"(<=|>=|<>|=|<|>)?(.*)", re.DOTALL)
HOLDS: dict[str, Callable[[int, int], bool]] = {
    "": operator.eq,
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def figures(arguments: tuple[Any, ...]) -> Iterator[int | float]:
    """Give the numbers to add up: text and truth values in a range are passed over."""
    for value, in_array in flat(arguments):
        if isinstance(value, Failure):
            raise coercion.WrongError(value)
        if not in_array and value is not None:
            yield coercion.number(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield value


def average(*arguments: Any) -> Scalar:
    every = list(figures(arguments))
    if not every:
        return Failure(
            "#DIV/0!", "Evaluation of function AVERAGE caused a divide by zero error."
        )
    return plain(math.fsum(every) / len(every))


def median(*arguments: Any) -> Scalar:
    every = sorted(figures(arguments))
    if not every:
        return Failure("#NUM!")
    half = len(every) // 2
    return every[half] if len(every) % 2 else plain((every[half - 1] + every[half]) / 2)


def count(*arguments: Any) -> Scalar:
    return sum(
        isinstance(value, int | float) and not isinstance(value, bool)
        for value, _ in flat(arguments)
    )


def count_all(*arguments: Any) -> Scalar:
    return sum(value is not None for value, _ in flat(arguments))


def count_blank(*arguments: Any) -> Scalar:
    return sum(value in (None, "") for value, _ in flat(arguments))


def rounded(way: str) -> Callable[..., Scalar]:
    def to_places(value: Scalar, places: Scalar = 0) -> Scalar:
        step = Decimal(1).scaleb(-int(coercion.number(places)))
        exact = Decimal(repr(coercion.number(value)))
        return plain(float((exact / step).to_integral_value(way) * step))

    return to_places


def modulo(value: Scalar, by: Scalar) -> Scalar:
    under = coercion.number(by)
    if under == 0:
        return Failure("#DIV/0!", "Function MOD parameter 2 cannot be zero.")
    return plain(coercion.number(value) % under)


def criterion(wanted: Scalar) -> Callable[[Scalar], bool]:
    """Read a condition such as ``">=3"`` or ``"sales*"``."""
    found = SIGN.fullmatch(wanted if isinstance(wanted, str) else "")
    sign, rest = (found[1] or "", found[2]) if found else ("", "")
    target: Scalar = wanted
    if isinstance(wanted, str):
        try:
            target = coercion.number(rest) if rest else ""
        except coercion.WrongError:
            target = rest
    if isinstance(target, str) and sign in {"", "=", "<>"} and target:
        pattern = wildcard(target)
        return lambda value: (
            (isinstance(value, str) and pattern.fullmatch(value) is not None)
            is (sign != "<>")
        )

    def holds(value: Scalar) -> bool:
        if isinstance(value, Failure):
            return False
        if target == "":
            return HOLDS[sign](int(value not in (None, "")), 0)
        same_kind = isinstance(value, str) == isinstance(target, str)
        if value is None or not same_kind:
            return sign == "<>"
        return HOLDS[sign](coercion.compared(value, target), 0)

    return holds


def wildcard(text: str) -> re.Pattern[str]:
    """Read ``*``, ``?`` and the ``~`` that makes them plain."""
    pattern = re.sub(
        r"~([*?~])|([*?])|([^*?~]+|~)",
        lambda found: (
            re.escape(found[1])
            if found[1]
            else {"*": ".*", "?": "."}[found[2]]
            if found[2]
            else re.escape(found[3])
        ),
        text,
    )
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


def selected(pairs: tuple[Any, ...]) -> list[bool]:
    """Say of each cell whether all conditions hold; they come as range, condition."""
    keep: list[bool] = []
    for place, wanted in zip(pairs[::2], pairs[1::2], strict=True):
        test = criterion(scalar(wanted))
        tests = [test(value) for row in as_rows(place) for value in row]
        keep = [a and b for a, b in zip(keep, tests, strict=True)] if keep else tests
    return keep


def count_ifs(*pairs: Any) -> Scalar:
    return sum(selected(pairs))


def sum_ifs(values: Any, *pairs: Any) -> Scalar:
    return plain(math.fsum(chosen(values, pairs)))


def chosen(values: Any, pairs: tuple[Any, ...]) -> list[int | float]:
    cells = [value for row in as_rows(values) for value in row]
    return [
        value
        for value, keep in zip(cells, selected(pairs), strict=True)
        if keep and isinstance(value, int | float) and not isinstance(value, bool)
    ]


def sum_if(place: Any, wanted: Any, values: Any = None) -> Scalar:
    return sum_ifs(place if values is None else values, place, wanted)


def average_if(place: Any, wanted: Any, values: Any = None) -> Scalar:
    return average(
        Grid([list(chosen(place if values is None else values, (place, wanted)))])
    )


def sum_product(*arrays: Any) -> Scalar:
    rows = [[value for row in as_rows(one) for value in row] for one in arrays]
    return plain(
        math.fsum(
            math.prod(
                value if isinstance(value, int | float) else 0 for value in values
            )
            for values in zip(*rows, strict=True)
        )
    )


def one(function: Callable[[float], float]) -> Callable[[Scalar], Scalar]:
    return lambda value: plain(function(coercion.number(value)))


MAPPED: dict[str, Callable[..., Scalar]] = {
    "ABS": one(abs),
    "INT": one(math.floor),
    "SQRT": one(math.sqrt),
    "SIGN": one(lambda value: (value > 0) - (value < 0)),
    "ROUND": rounded(ROUND_HALF_UP),
    "ROUNDUP": rounded(ROUND_UP),
    "ROUNDDOWN": rounded(ROUND_DOWN),
    "CEILING": rounded(ROUND_CEILING),
    "MOD": modulo,
    "POWER": lambda value, by: plain(coercion.number(value) ** coercion.number(by)),
}
WHOLE: dict[str, Callable[..., Any]] = {
    "SUM": lambda *all_: plain(math.fsum(figures(all_))),
    "AVERAGE": average,
    "MEDIAN": median,
    "MIN": lambda *all_: min(figures(all_), default=0),
    "MAX": lambda *all_: max(figures(all_), default=0),
    "COUNT": count,
    "COUNTA": count_all,
    "COUNTBLANK": count_blank,
    "COUNTIF": count_ifs,
    "COUNTIFS": count_ifs,
    "SUMIF": sum_if,
    "SUMIFS": sum_ifs,
    "AVERAGEIF": average_if,
    "SUMPRODUCT": sum_product,
}
