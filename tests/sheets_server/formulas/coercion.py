"""How formulas take one kind of value for another."""

from tests.sheets_server.entered import as_entered
from tests.sheets_server.formulas.results import Failure, Scalar
from tests.sheets_server.shown import general

VALUE = Failure("#VALUE!")


class WrongError(Exception):
    """An error value that ends the evaluation of what surrounds it."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code)
        self.failure = failure


def number(value: Scalar) -> int | float:
    """Take a value for a number: blank is 0, text is read as if typed."""
    if value is None:
        return 0
    if isinstance(value, Failure):
        raise WrongError(value)
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        entered = as_entered(value, "en_US").value if value else None
        if isinstance(entered, bool) or not isinstance(entered, int | float):
            raise WrongError(VALUE)
        return entered
    return value


def text(value: Scalar) -> str:
    if value is None:
        return ""
    if isinstance(value, Failure):
        raise WrongError(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else general(value)


def truth(value: Scalar) -> bool:
    if isinstance(value, Failure):
        raise WrongError(value)
    if isinstance(value, str):
        if value.upper() in {"TRUE", "FALSE"}:
            return value.upper() == "TRUE"
        raise WrongError(VALUE)
    return bool(value)


def key(value: Scalar) -> tuple[int, float, str]:
    """Order values of any kind: numbers, texts without case, truth values."""
    if isinstance(value, Failure):
        raise WrongError(value)
    if isinstance(value, bool):
        return 2, value, ""
    if isinstance(value, int | float):
        return 0, value, ""
    return 1, 0, (value or "").casefold()


def compared(left: Scalar, right: Scalar) -> int:
    """Compare as the comparison signs do: blank equals 0, ``""`` and FALSE."""
    left, right = like(left, right), like(right, left)
    one, other = key(left), key(right)
    return (one > other) - (one < other)


def like(value: Scalar, other: Scalar) -> Scalar:
    if value is not None:
        return value
    if isinstance(other, bool):
        return False
    return 0 if isinstance(other, int | float) else ""


def alike(left: Scalar, right: Scalar) -> bool:
    """Compare as lookups do: a number never equals a text."""
    if isinstance(left, Failure) or isinstance(right, Failure):
        return False
    return key(like(left, right)) == key(like(right, left))
