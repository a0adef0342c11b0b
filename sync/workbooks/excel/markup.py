"""XML parts with the byte range of every element, for editing in place.

Everything here works on UTF-8; a part in another encoding is turned into UTF-8 first and
back at the end, its declaration untouched.
"""

import re
from collections.abc import Iterator
from xml.parsers import expat

from sync.errors import WorkbookError
from sync.wording import Text
from sync.workbooks.excel.charset import Encoding, escape_attribute
from sync.workbooks.excel.elements import (
    DAMAGED_HINT,
    feed,
    has_hidden,
    local,
    local_keys,
)
from sync.workbooks.excel.splice import Splices

_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_ROOT = re.compile(rb"<(?![?!])")
_PREFIX = re.compile(rb"<(?:([^\s:/>]+):)?")
_INVISIBLE = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)


class Node:
    """One element and where it stands in its part."""

    __slots__ = (
        "attributes",
        "children",
        "close",
        "end",
        "inner",
        "name",
        "start",
        "text",
    )

    def __init__(self, name: str, attributes: dict[str, str], start: int) -> None:
        self.name = name
        """Without namespace or prefix."""
        self.attributes = attributes
        self.start = start
        """Where its opening tag begins."""
        self.inner = start
        """Where its opening tag has ended."""
        self.close = start
        """Where its closing tag begins; equal to ``end`` when it is self-closed."""
        self.end = start
        self.text = ""
        self.children: list[Node] = []

    def get(self, name: str, default: str = "") -> str:
        """Look up an attribute."""
        return self.attributes.get(name, default)

    def flag(self, name: str) -> bool:
        """Look up a boolean attribute; absent is false."""
        return self.attributes.get(name) in {"1", "true", "on"}

    def child(self, name: str) -> "Node | None":
        """The first direct child of that name."""
        return next((node for node in self.children if node.name == name), None)

    def all(self, name: str) -> Iterator["Node"]:
        """Every direct child of that name."""
        return (node for node in self.children if node.name == name)

    @property
    def is_closed_at_once(self) -> bool:
        """Whether it is written ``<a/>``."""
        return self.close == self.end

    def make_room(self, at: int, by: int) -> None:
        """Shift all places behind a byte, here and inside."""
        if self.start >= at:
            self.move(by)
        elif self.close >= at and not self.is_closed_at_once:
            self.close += by
            self.end += by
            for node in self.children:
                node.make_room(at, by)

    def move(self, by: int) -> None:
        """Shift all its places, and those of everything inside."""
        self.start += by
        self.inner += by
        self.close += by
        self.end += by
        for node in self.children:
            node.move(by)


class Outline:
    """Receives expat's events and notes where elements stand, down to a depth."""

    def __init__(self, data: bytes, depth: int) -> None:
        self.data = data
        self.depth = depth
        self.root: Node | None = None
        self.namespace = ""
        self._open: list[Node | None] = []
        # The encoding is given: the declaration may still name the original one.
        self.parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _no_document_type
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) > self.depth:
            self._open.append(None)
            return
        at = self.parser.CurrentByteIndex
        node = Node(local(name), local_keys(attributes), at)
        node.inner = end_of_tag(self.data, at)
        if not self._open:
            self.root = node
            self.namespace = name.rpartition(" ")[0]
        elif (parent := self._open[-1]) is not None:
            parent.children.append(node)
        self._open.append(node)

    def _end(self, _name: str) -> None:
        node = self._open.pop()
        if node is None:
            return
        if self.data[node.inner - 2 : node.inner] == b"/>":
            node.close = node.end = node.inner
        else:
            node.close = self.parser.CurrentByteIndex
            node.end = self.data.index(b">", node.close) + 1

    def _text(self, text: str) -> None:
        node = self._open[-1] if self._open else None
        if node is not None:
            node.text += text


def _no_document_type(*_: object) -> None:
    raise expat.ExpatError("it declares a document type, which no workbook does")


class Part:
    """One XML part being edited."""

    def __init__(self, data: bytes, where: str, *, depth: int = 8) -> None:
        """Outline a part.

        Args:
            data: Its bytes as they are in the package.
            where: What to call it in messages.
            depth: How many levels below the root are noted.

        Raises:
            WorkbookError: If it is not well-formed.
        """
        self.where = where
        self.original = data
        self.encoding = Encoding.of(data)
        try:
            self.data = self.encoding.to_utf8(data)
        except (ValueError, LookupError) as problem:
            raise WorkbookError(
                Text(
                    "工作簿内部已损坏：{problem}",
                    "the workbook is damaged inside: {problem}",
                    {"problem": str(problem)},
                ),
                where=where,
                hint=DAMAGED_HINT,
            ) from None
        self.splices = Splices(self.data)
        self._outline(depth)

    def _outline(self, depth: int) -> None:
        self._outline_around(0, 0, depth)

    def _outline_around(self, begin: int, stop: int, depth: int) -> None:
        """Outline the part without a run of whole elements inside it."""
        skeleton = self.data[:begin] + self.data[stop:] if stop else self.data
        outline = Outline(skeleton, depth)
        feed(outline.parser, skeleton, self.where)
        assert outline.root is not None  # expat refuses a document without an element
        self.root = outline.root
        self.namespace = outline.namespace
        self.prefix = prefix_at(self.data, self.root.start)
        if stop > begin:
            self.root.make_room(begin, stop - begin)

    @property
    def is_strict(self) -> bool:
        """Whether it uses the strict namespaces of ISO/IEC 29500."""
        return "purl.oclc.org" in self.namespace

    def set(self, node: Node, name: str, value: str) -> None:
        """Give an element an attribute, or another value for it."""
        found = attribute_at(self.data, node, name)
        quoted = escape_attribute(value).encode()
        if found:
            self.splices.replace(*found, quoted)
        else:
            at = node.inner - (2 if self.data[node.inner - 2] == ord("/") else 1)
            self.splices.insert(at, b' %s="%s"' % (name.encode(), quoted))

    def append(self, node: Node, xml: bytes) -> None:
        """Put ``xml`` behind the last child of an element."""
        if not node.is_closed_at_once:
            self.splices.insert(node.close, xml)
            return
        name = tag_name(self.data, node.start)
        self.splices.replace(node.inner - 2, node.inner, b">%s</%s>" % (xml, name))

    def remove(self, node: Node) -> None:
        """Take an element away with everything in it."""
        self.splices.replace(node.start, node.end, b"")

    def raw(self, node: Node) -> bytes:
        """The element as it is written."""
        return self.data[node.start : node.end]

    @property
    def is_changed(self) -> bool:
        """Whether it has become another one."""
        return self.splices.is_changed

    def chunks(self) -> Iterator[bytes]:
        """The part with all changes, in its own encoding, piece by piece."""
        if self.encoding.is_utf8:
            yield from self.splices.chunks()
        else:
            yield self.encoding.from_utf8(self.splices.result())

    def result(self) -> bytes:
        """The part with all changes, in its own encoding."""
        new = self.splices.result()
        return self.original if new is self.data else self.encoding.from_utf8(new)


def prefix_at(data: bytes, at: int) -> bytes:
    """Read the prefix of the tag that begins at ``at``, with its colon."""
    found = _PREFIX.match(data, at)
    return found[1] + b":" if found and found[1] else b""


def root_prefix(data: bytes) -> bytes:
    """Read the prefix of a part's first element, with its colon."""
    first = _ROOT.search(data)
    return prefix_at(data, first.start()) if first else b""


def tag_name(data: bytes, at: int) -> bytes:
    """Read the name of the tag that begins at ``at``, with its prefix."""
    stop = at + 1
    while data[stop] not in b" \t\r\n/>":
        stop += 1
    return data[at + 1 : stop]


def end_of_tag(data: bytes, at: int) -> int:
    """Find where the tag that begins at ``at`` has ended."""
    found = _TAG.match(data, at)
    assert found  # the parser has read this tag
    return found.end()


def attribute_at(data: bytes, node: Node, name: str) -> tuple[int, int] | None:
    """Find where an attribute's value stands, between its quotes."""
    pattern = rb"""\s%s\s*=\s*(?:"([^"]*)"|'([^']*)')""" % re.escape(name).encode()
    found = re.compile(pattern).search(data, node.start, node.inner)
    if not found:
        return None
    return found.span(1) if found[1] is not None else found.span(2)


def mask(data: bytes) -> bytes:
    """Blank out comments, CDATA and instructions, so that a scan sees tags only.

    Every other byte stays at its place.
    """
    # The declaration at the beginning, and one byte sought before two: see has_hidden.
    begin = data.find(b"?>", 0, 200) + 1
    has_instruction = data.find(b"?", begin) >= 0 and data.find(b"<?", begin) >= 0
    if not has_instruction and not has_hidden(data):
        return data
    return _INVISIBLE.sub(lambda found: b" " * len(found[0]), data)
