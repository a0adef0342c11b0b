"""Small XML parts as plain elements, read without ever trusting a document type.

Names are local: workbooks come in the transitional and the strict namespace and under
any prefix, and within one part no two vocabularies we read share a name.
"""

import re
from collections.abc import Iterator
from xml.parsers import expat

from sync.errors import WorkbookError
from sync.wording import Text

MAX_DEPTH = 128
"""No spreadsheet program nests deeper; a hostile file may."""

MAX_ATTRIBUTES = 1_000
"""Of one element; no element has a hundred."""
MAX_NAMESPACES = 1_000
"""Declared around one element."""

DAMAGED_HINT = Text(
    "请用 Excel 或 WPS 打开，让它修复，保存后再运行",
    "open it in Excel or WPS, let the program repair it, save it and run again",
)


_ENCODING = re.compile(rb'^\s*<\?xml[^>]*encoding=["\']([^"\']*)["\']')
_READABLE = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}


def is_plain(data: bytes) -> bool:
    """Whether a part's bytes may be searched for tags without a parser.

    It is UTF-8 and has no comments, CDATA or document type, so that every ``<`` begins
    a tag; and no zero bytes, which no parser would let through.
    """
    declared = _ENCODING.match(data[:200].removeprefix(b"\xef\xbb\xbf"))
    if declared and declared[1].lower() not in _READABLE:
        return False
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return False
    return not has_hidden(data) and b"\0" not in data


def has_hidden(data: bytes) -> bool:
    """Whether a part may hold comments, CDATA or a document type.

    One byte is found many times faster than two, and most sheets lack it.
    """
    return b"!" in data and b"<!" in data


class Element:
    """One XML element: local name, attributes by local name, text, children."""

    __slots__ = ("attributes", "children", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.text = ""
        self.children: list[Element] = []

    def get(self, attribute: str, default: str = "") -> str:
        """Look up an attribute; ``default`` when it is not there."""
        return self.attributes.get(attribute, default)

    def flag(self, attribute: str, *, default: bool = False) -> bool:
        """Look up a boolean attribute as XML Schema writes it: ``1`` or ``true``."""
        value = self.attributes.get(attribute)
        return default if value is None else value.strip() in {"1", "true", "on"}

    def child(self, name: str) -> "Element | None":
        """The first direct child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> "Iterator[Element]":
        """Every direct child of that name, in order."""
        return (child for child in self.children if child.name == name)

    def under(self, *names: str) -> "list[Element]":
        """Every element reached by that path of names."""
        found = [self]
        for name in names:
            found = [child for parent in found for child in parent.all(name)]
        return found


class TreeBuilder:
    """Receives expat's events and grows one tree of elements."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        refuse_many(attributes)
        element = Element(local(name), local_keys(attributes))
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        if len(self._open) >= MAX_DEPTH:
            raise expat.ExpatError("elements are nested too deeply")
        self._open.append(element)

    def end(self, _name: str) -> None:
        """Close the innermost element.

        Of alternatives the last one stands in their place, which needs no vocabulary
        beyond the standard's: ECMA-376-3, 10.2.3 ``Fallback``.
        """
        element = self._open.pop()
        if element.name == "AlternateContent" and self._open:
            fallback = element.child("Fallback")
            self._open[-1].children[-1:] = fallback.children if fallback else []

    def text(self, data: str) -> None:
        """Add character data to the innermost element."""
        if self._open:
            self._open[-1].text += data


def refuse_many(attributes: dict[str, str]) -> None:
    """Stop a parser at an element that only a hostile file has."""
    if len(attributes) > MAX_ATTRIBUTES:
        raise expat.ExpatError(f"an element has {len(attributes):,} attributes")


def local(name: str) -> str:
    """Strip the namespace that expat puts before a name."""
    return name.rpartition(" ")[2]


def local_keys(attributes: dict[str, str]) -> dict[str, str]:
    """Strip namespaces from attribute names; the one without a namespace wins."""
    if not any(" " in key for key in attributes):
        return attributes
    plain = {key: value for key, value in attributes.items() if " " not in key}
    for key, value in attributes.items():
        plain.setdefault(local(key), value)
    return plain


def _no_document_type(*_: object) -> None:
    raise expat.ExpatError("it declares a document type, which no workbook does")


class _Namespaces:
    """Counts the declarations that are in force."""

    def __init__(self) -> None:
        self._n_open = 0

    def start(self, _prefix: str | None, _uri: str) -> None:
        self._n_open += 1
        if self._n_open > MAX_NAMESPACES:
            raise expat.ExpatError(f"it declares over {MAX_NAMESPACES:,} namespaces")

    def end(self, _prefix: str | None) -> None:
        self._n_open -= 1


def new_parser() -> expat.XMLParserType:
    """Make a namespace-aware parser that refuses document types and entities."""
    namespaces = _Namespaces()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_document_type
    parser.EntityDeclHandler = _no_document_type
    parser.StartNamespaceDeclHandler = namespaces.start
    parser.EndNamespaceDeclHandler = namespaces.end
    return parser


def feed(parser: expat.XMLParserType, data: bytes, where: str) -> None:
    """Parse a whole part.

    Raises:
        WorkbookError: If it is not well-formed, in an unknown encoding, or hostile.
    """
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as problem:
        # expat asks Python's codecs for encodings that it does not know, and these
        # raise LookupError and ValueError of their own.
        raise WorkbookError(
            Text(
                "工作簿内部已损坏：{problem}",
                "the workbook is damaged inside: {problem}",
                {"problem": str(problem)},
            ),
            where=where,
            hint=DAMAGED_HINT,
        ) from None


def parse(data: bytes, where: str) -> Element:
    """Read a small part as a tree.

    Args:
        data: The part's bytes, in any encoding XML allows.
        where: What to name in the message when it cannot be read.

    Raises:
        WorkbookError: If it is not well-formed XML.
    """
    builder = TreeBuilder()
    parser = new_parser()
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    feed(parser, data, where)
    assert builder.root is not None  # expat refuses a document without an element
    return builder.root
