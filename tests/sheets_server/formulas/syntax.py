"""Formulas as trees.

A semicolon parts arguments in every locale, a comma only where it is no decimal sign.
"""

import functools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias, cast

from tests.sheets_server.a1 import OpenBox, read_cells
from tests.sheets_server.entered import COMMA_IS_DECIMAL


class UnreadableError(Exception):
    """The formula does not parse; its cell shows ``#ERROR!``."""


class Literal(NamedTuple):
    value: str | int | float | bool | None


class Range(NamedTuple):
    """A reference: a cell, or a range that may be open at the end."""

    sheet: str | None
    box: OpenBox
    single: bool


class Broken(NamedTuple):
    """An error written into the formula, such as ``#REF!``."""

    code: str


class Named(NamedTuple):
    """A named range, or a parameter of LAMBDA and LET."""

    name: str


class Call(NamedTuple):
    name: str
    arguments: tuple["Node", ...]
    written: str = ""
    """The name as somebody typed it."""


class Applied(NamedTuple):
    """``LAMBDA(x; x + 1)(2)``."""

    function: "Node"
    arguments: tuple["Node", ...]


class Operation(NamedTuple):
    operator: str
    left: "Node"
    right: "Node"


class Signed(NamedTuple):
    """A sign before, or a per cent sign behind."""

    operator: str
    operand: "Node"


class Braces(NamedTuple):
    """``{1;2}``: rows of columns."""

    rows: tuple[tuple["Node", ...], ...]


Node: TypeAlias = (
    Literal | Range | Broken | Named | Call | Applied | Operation | Signed | Braces
)

TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>"(?:[^"]|"")*")
    |(?P<error>\#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|ERROR!))
    |(?P<reference>(?:(?:'(?:[^']|'')+'|[^\W\d]\w*)!)?
        (?:\$?[A-Za-z]{1,3}\$?[0-9]+(?::\$?[A-Za-z]{1,3}(?:\$?[0-9]+)?)?
        |\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?:\$?[0-9]+)?
        |\$?[0-9]+:\$?[0-9]+)(?![\w(!]))
    |(?P<number>(?:[0-9]+(?:DECIMAL[0-9]*)?|DECIMAL[0-9]+)(?:[eE][-+]?[0-9]+)?)
    |(?P<name>[^\W\d][\w.]*)
    |(?P<operator><=|>=|<>|[-+*/^&=<>(){},;%\\])
    )""",
    re.VERBOSE,
)
POWERS = {
    "=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1,
    "&": 2,
    "+": 3, "-": 3,
    "*": 4, "/": 4,
    "^": 6,
}  # fmt: skip
SIGN = 7
"""A sign binds closer than a power here: ``=-2^2`` is 4."""


@functools.cache
def tokens_of(decimal: str) -> re.Pattern[str]:
    pattern = TOKEN.pattern.replace("DECIMAL", re.escape(decimal))
    return re.compile(pattern, re.VERBOSE)


class Token(NamedTuple):
    kind: str
    text: str


END = Token("end", "")


@functools.lru_cache(maxsize=4096)
def parsed(text: str, locale: str) -> Node:
    """Read a formula, with its equals sign, as a spreadsheet of that locale does.

    Raises:
        UnreadableError: If it is not a formula there.
    """
    comma = locale.split("_", maxsplit=1)[0] in COMMA_IS_DECIMAL
    pattern = tokens_of("," if comma else ".")
    tokens: list[Token] = []
    at = 1
    body = text.rstrip()
    while at < len(body):
        match = pattern.match(body, at)
        if match is None or match.lastgroup is None:
            raise UnreadableError(text)
        tokens.append(Token(match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return Parser(tokens, comma=comma).whole()


class Parser:
    """Reads tokens by precedence."""

    def __init__(self, tokens: list[Token], *, comma: bool) -> None:
        self.tokens = tokens
        self.at = 0
        self.separators = {";"} if comma else {",", ";"}
        self.beside = {"\\"} if comma else {",", "\\"}

    @property
    def next(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else END

    def take(self, text: str) -> None:
        if self.next != Token("operator", text):
            raise UnreadableError(text)
        self.at += 1

    def sees(self, *texts: str) -> bool:
        return self.next.kind == "operator" and self.next.text in texts

    def whole(self) -> Node:
        node = self.expression(0)
        if self.next is not END:
            raise UnreadableError(self.next.text)
        return node

    def expression(self, least: int) -> Node:
        node = self.operand()
        while self.next.kind == "operator":
            operator = self.next.text
            if operator == "%":
                self.at += 1
                node = Signed("%", node)
                continue
            power = POWERS.get(operator, 0)
            if power <= least:
                break
            self.at += 1
            node = Operation(operator, node, self.expression(power))
        return node

    def operand(self) -> Node:
        token = self.next
        self.at += 1
        if token.kind == "text":
            return Literal(token.text[1:-1].replace('""', '"'))
        if token.kind == "number":
            number = float(token.text.replace(",", "."))
            return Literal(int(number) if number.is_integer() else number)
        if token.kind == "reference":
            return reference(token.text)
        if token.kind == "error":
            return Broken(token.text)
        if token.kind == "name":
            return self.named(token.text)
        return self.punctuated(token)

    def punctuated(self, token: Token) -> Node:
        if token == Token("operator", "("):
            node = self.expression(0)
            self.take(")")
            return self.applied(node)
        if token == Token("operator", "{"):
            return self.braces()
        if token.kind == "operator" and token.text in "+-":
            return Signed(token.text, self.expression(SIGN))
        raise UnreadableError(token.text)

    def named(self, name: str) -> Node:
        if not self.sees("("):
            if name.upper() in {"TRUE", "FALSE"}:
                return Literal(name.upper() == "TRUE")
            return Named(name)
        return self.applied(Call(name.upper(), self.arguments(), name))

    def applied(self, node: Node) -> Node:
        while self.sees("("):
            node = Applied(node, self.arguments())
        return node

    def arguments(self) -> tuple[Node, ...]:
        self.take("(")
        found: list[Node] = []
        if self.sees(")"):
            self.at += 1
            return ()
        while True:
            empty = self.sees(")", *self.separators)
            found.append(Literal(None) if empty else self.expression(0))
            if self.sees(*self.separators):
                self.at += 1
                continue
            self.take(")")
            return tuple(found)

    def braces(self) -> Node:
        rows: list[tuple[Node, ...]] = []
        row: list[Node] = []
        while not self.sees("}"):
            row.append(self.expression(0))
            if self.sees(*self.beside):
                self.at += 1
            elif self.sees(";"):
                self.at += 1
                rows.append(tuple(row))
                row = []
            elif not self.sees("}"):
                raise UnreadableError(self.next.text)
        self.at += 1
        return Braces((*rows, tuple(row)) if row else tuple(rows))


def reference(text: str) -> Range:
    title, mark, cells = text.rpartition("!")
    if title.startswith("'"):
        title = title[1:-1].replace("''", "'")
    box = read_cells(cells.replace("$", ""))
    if box is None:
        raise UnreadableError(text)
    return Range(title if mark else None, box, ":" not in cells)


def inside(node: Node) -> Iterator[Node]:
    """Give a formula's tree part by part, the whole first."""
    yield node
    for part in node:
        if isinstance(part, tuple):
            yield from inside_tuple(part)


def inside_tuple(part: tuple[Any, ...]) -> Iterator[Node]:
    if hasattr(part, "_fields") and not isinstance(part, OpenBox):
        yield from inside(cast("Node", part))
    elif not hasattr(part, "_fields"):
        for inner in part:
            if isinstance(inner, tuple):
                yield from inside_tuple(inner)
