"""Functions of texts."""

import re
from collections.abc import Callable

from tests.sheets_server.formulas import coercion
from tests.sheets_server.formulas.coercion import VALUE, WrongError
from tests.sheets_server.formulas.grids import Any, flat, scalar
from tests.sheets_server.formulas.results import Failure, Scalar
from tests.sheets_server.shown import shown


def count(value: Scalar, default: int = 1) -> int:
    number = default if value is None else int(coercion.number(value))
    if number < 0:
        raise WrongError(VALUE)
    return number


def left(value: Scalar, length: Scalar = 1) -> Scalar:
    return coercion.text(value)[: count(length, 0)]


def right(value: Scalar, length: Scalar = 1) -> Scalar:
    text, size = coercion.text(value), count(length, 0)
    return text[-size:] if size else ""


def mid(value: Scalar, start: Scalar, length: Scalar) -> Scalar:
    begin = count(start) - 1
    return coercion.text(value)[begin : begin + count(length, 0)]


def find(wanted: Scalar, value: Scalar, start: Scalar = 1) -> Scalar:
    at = coercion.text(value).find(coercion.text(wanted), count(start) - 1)
    return at + 1 if at >= 0 else VALUE


def search(wanted: Scalar, value: Scalar, start: Scalar = 1) -> Scalar:
    text = coercion.text(value).lower()
    at = text.find(coercion.text(wanted).lower(), count(start) - 1)
    return at + 1 if at >= 0 else VALUE


def substitute(value: Scalar, old: Scalar, new: Scalar, which: Scalar = None) -> Scalar:
    text, gone = coercion.text(value), coercion.text(old)
    if which is None or not gone:
        return text.replace(gone, coercion.text(new)) if gone else text
    parts = text.split(gone)
    number = count(which)
    if number >= len(parts):
        return text
    return gone.join(parts[:number]) + coercion.text(new) + gone.join(parts[number:])


def in_format(value: Scalar, pattern: Scalar) -> Scalar:
    if isinstance(value, str):
        return value
    return shown(coercion.number(value), {"pattern": coercion.text(pattern)}, "en_US")


def matches(value: Scalar, pattern: Scalar) -> Scalar:
    return re.search(coercion.text(pattern), coercion.text(value)) is not None


def replaced(value: Scalar, pattern: Scalar, new: Scalar) -> Scalar:
    references = re.sub(r"\$(\d)", r"\\\1", coercion.text(new))
    return re.sub(coercion.text(pattern), references, coercion.text(value))


def extracted(value: Scalar, pattern: Scalar) -> Scalar:
    found = re.search(coercion.text(pattern), coercion.text(value))
    if found is None:
        return Failure("#N/A")
    return found[1] if found.re.groups else found[0]


def concatenate(*arguments: Any) -> Any:
    return "".join(coercion.text(value) for value, _ in flat(arguments))


def join(mark: Any, *arguments: Any) -> Any:
    between = coercion.text(scalar(mark))
    return between.join(coercion.text(value) for value, _ in flat(arguments))


def text_join(mark: Any, skip: Any, *arguments: Any) -> Any:
    parts = [coercion.text(value) for value, _ in flat(arguments)]
    if coercion.truth(scalar(skip)):
        parts = [part for part in parts if part]
    return coercion.text(scalar(mark)).join(parts)


MAPPED: dict[str, Callable[..., Scalar]] = {
    "LEN": lambda value: len(coercion.text(value)),
    "TRIM": lambda value: " ".join(coercion.text(value).split()),
    "CLEAN": lambda value: re.sub(r"[\x00-\x1f]", "", coercion.text(value)),
    "LOWER": lambda value: coercion.text(value).lower(),
    "UPPER": lambda value: coercion.text(value).upper(),
    "PROPER": lambda value: coercion.text(value).title(),
    "EXACT": lambda one, two: coercion.text(one) == coercion.text(two),
    "CONCAT": lambda one, two: coercion.text(one) + coercion.text(two),
    "LEFT": left,
    "RIGHT": right,
    "MID": mid,
    "FIND": find,
    "SEARCH": search,
    "SUBSTITUTE": substitute,
    "REPT": lambda value, times: coercion.text(value) * count(times),
    "CHAR": lambda number: chr(count(number)),
    "CODE": lambda value: ord(coercion.text(value)[0]),
    "TEXT": in_format,
    "VALUE": coercion.number,
    "TO_TEXT": coercion.text,
    "HYPERLINK": lambda url, label=None: url if label is None else label,
    "REGEXMATCH": matches,
    "REGEXREPLACE": replaced,
    "REGEXEXTRACT": extracted,
}
WHOLE: dict[str, Callable[..., Any]] = {
    "CONCATENATE": concatenate,
    "JOIN": join,
    "TEXTJOIN": text_join,
}
