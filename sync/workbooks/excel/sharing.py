"""The shared string table being added to: one entry a text, found again when it is there.

Excel itself writes texts nowhere else, and some readers show no others: inline strings
are blank in the preview of an iPhone (jmcnamara/excel-writer-xlsx#132).
"""

import re

from sync.workbooks.excel.charset import escape_text
from sync.workbooks.excel.markup import Part, mask, root_prefix

MAX_TEXT = 32_767
"""Longest text of a cell, in UTF-16 units: Excel's specification and limits."""


def text_element(text: str, prefix: bytes) -> bytes:
    """Write a text as a ``t`` element that keeps its spaces."""
    keep = b""
    if text != text.strip() or "\n" in text or "  " in text or "\t" in text:
        keep = b' xml:space="preserve"'
    body = escape_text(cut(text)).encode()
    return b"<%st%s>%s</%st>" % (prefix, keep, body, prefix)


def cut(text: str) -> str:
    """Cut a text to what one cell can hold."""
    if len(text) <= MAX_TEXT // 2:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= MAX_TEXT * 2:
        return text
    return units[: (MAX_TEXT - 1) * 2].decode("utf-16-le", "ignore") + "…"


class StringsPart(Part):
    """The table's part: its frame as elements, its items as one run of bytes."""

    def _outline(self, depth: int) -> None:
        self.masked = mask(self.data)
        prefix = root_prefix(self.masked)
        closing = b"</%ssi>" % prefix
        begin = self.masked.find(b"<%ssi>" % prefix)
        stop = self.masked.rfind(closing) + len(closing)
        if not 0 <= begin < stop:
            begin = stop = 0
        self._outline_around(begin, stop, depth)


class SharedStrings:
    """The table of one workbook."""

    def __init__(self, part: StringsPart) -> None:
        self._part = part
        self._items: dict[bytes, int] = {}
        """A plain text's element → its position; rich texts are not looked up."""
        self._by_text: dict[str, int] = {}
        self._count = self._read()
        self._old = self._count
        self._new: list[bytes] = []
        self._uses = 0

    def index(self, text: str) -> int:
        """Give the position of a text, which is added when it is new."""
        self._uses += 1
        seen = self._by_text.get(text)
        if seen is not None:
            return seen
        element = text_element(text, self._part.prefix)
        known = self._items.get(element)
        if known is None:
            known = self._items[element] = self._count
            self._count += 1
            self._new.append(element)
        self._by_text[text] = known
        return known

    def result(self) -> bytes:
        """The part with the new texts behind the old ones."""
        if not self._new:
            return self._part.original
        prefix = self._part.prefix
        items = b"".join(
            b"<%ssi>%s</%ssi>" % (prefix, element, prefix) for element in self._new
        )
        root = self._part.root
        if root.is_closed_at_once:
            self._part.append(root, items)
        else:
            self._part.splices.insert(self._end_of_items(), items)
        if "uniqueCount" in root.attributes:
            self._part.set(root, "uniqueCount", str(self._count))
        uses = root.get("count")
        if uses.isascii() and uses.isdigit():
            self._part.set(root, "count", str(int(uses) + self._uses))
        return self._part.result()

    def _end_of_items(self) -> int:
        """Where the last item ends: extensions may follow it."""
        extension = self._part.root.child("extLst")
        return extension.start if extension else self._part.root.close

    def _read(self) -> int:
        """Number the items; the counts in the part are often wrong."""
        prefix = self._part.prefix
        data = self._part.masked
        begin = self._part.root.inner
        stop = self._part.root.close
        closing = b"</%ssi>" % prefix
        opening = b"<%ssi>" % prefix
        n_items = data.count(b"<%ssi" % prefix, begin, stop)
        first, last = data.find(opening, begin, stop), data.rfind(closing, begin, stop)
        # Most programs put one right behind the other.
        elements = data[first + len(opening) : last].split(closing + opening)
        if first < 0 or len(elements) != n_items:
            return self._read_one_by_one(data, begin, stop)
        # Of two items that are alike, the first one is found.
        backwards = reversed(range(n_items))
        self._items = dict(zip(reversed(elements), backwards, strict=True))
        return n_items

    def _read_one_by_one(self, data: bytes, begin: int, stop: int) -> int:
        """Number items of which some are empty or oddly spaced."""
        prefix = re.escape(self._part.prefix)
        item = rb"<%ssi(?=[\s/>])(?:>(.*?)</%ssi>)?" % (prefix, prefix)
        number = 0
        for found in re.compile(item, re.DOTALL).finditer(data, begin, stop):
            if found[1] is not None:
                self._items.setdefault(found[1], number)
            number += 1
        return number
