"""One counted list of a style sheet, such as its fonts, being added to."""

from sync.workbooks.excel.charset import escape_attribute
from sync.workbooks.excel.elements import Element, parse
from sync.workbooks.excel.markup import Node, Part

Canon = tuple[object, ...]
"""What an element says, however it is written."""


class StyleList:
    """One counted list of a style sheet."""

    def __init__(self, part: Part, tree: Element, name: str) -> None:
        self.name = name
        self._part = part
        self._node: Node | None = part.root.child(name)
        found = tree.child(name)
        self.items: list[Element] = list(found.children) if found else []
        self.canons = [self.canon(item) for item in self.items]
        self._places: dict[Canon, int] = {}
        for place, canon in enumerate(self.canons):
            self._places.setdefault(canon, place)
        self._added: list[bytes] = []

    def canon(self, element: Element) -> Canon:
        """What an element says, however it is written."""
        attributes = {
            name: value
            for name, value in element.attributes.items()
            if not name.startswith("apply") and (name, value) != ("quotePrefix", "0")
        }
        return (
            element.name,
            tuple(sorted(attributes.items())),
            tuple(
                self.canon(child)
                for child in element.children
                if child.name != "extLst"
            ),
        )

    def add(self, element: Element) -> int:
        """Give the place of an element, which is appended when it is new."""
        canon = self.canon(element)
        known = self._places.get(canon)
        if known is not None:
            return known
        place = self._places[canon] = len(self.items)
        self.items.append(element)
        self.canons.append(canon)
        self._added.append(serialise(element, self._part.prefix))
        return place

    def add_raw(self, xml: bytes, prefix: bytes) -> None:
        """Append the elements that every style sheet begins with."""
        name = prefix.rstrip(b":")
        declared = b' xmlns:%s="urn:x"' % name if name else b""
        root = parse(b"<root%s>%s</root>" % (declared, xml), self.name)
        for element in root.children:
            self.items.append(element)
            self.canons.append(self.canon(element))
            self._places.setdefault(self.canons[-1], len(self.items) - 1)
        self._added.append(xml)

    def flush(self) -> bytes:
        """Write what was added into the list; give it whole when there is none yet."""
        prefix, xml = self._part.prefix, b"".join(self._added)
        self._added = []
        if not xml:
            return b""
        if self._node is None:
            name = prefix + self.name.encode()
            return b'<%s count="%d">%s</%s>' % (name, len(self.items), xml, name)
        self._part.append(self._node, xml)
        if "count" in self._node.attributes or self._node.is_closed_at_once:
            self._part.set(self._node, "count", str(len(self.items)))
        return b""


def serialise(element: Element, prefix: bytes) -> bytes:
    """Write an element of the main vocabulary under the part's prefix."""
    attributes = b"".join(
        b' %s="%s"' % (name.encode(), escape_attribute(value).encode())
        for name, value in element.attributes.items()
    )
    name = prefix + element.name.encode()
    if not element.children:
        return b"<%s%s/>" % (name, attributes)
    inner = b"".join(serialise(child, prefix) for child in element.children)
    return b"<%s%s>%s</%s>" % (name, attributes, inner, name)
