"""Text as Excel stores it: shared strings, rich runs, escaped characters."""

import re

from sync.errors import WorkbookError
from sync.workbooks.excel.elements import (
    Element,
    feed,
    is_plain,
    local,
    new_parser,
    parse,
)

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|([a-z]{2,4}));")
_STRAY_AMPERSAND = re.compile(r"&(?!#[0-9]{1,7};|#x[0-9A-Fa-f]{1,6};|[a-z]{2,4};)")
_PLAIN_ITEM = re.compile(r"<t(?:\s[^<>]*)?>([^<]*)</t></si>\s*")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_SURROGATES = range(0xD800, 0xE000)
_LAST_CODE_POINT = 0x10FFFF


def unescape(text: str) -> str:
    r"""Resolve ``_xHHHH_``, which stands for a UTF-16 unit that XML cannot hold.

    A surrogate pair may be written as two such escapes; one without its partner is
    replaced, because no text file could hold it. A line break is always one ``\n``.

    Source:
        ECMA-376-1, 22.9.2.19 ``ST_Xstring``.

    >>> unescape("a_x000A_b"), unescape("_x005F_x000A_")
    ('a\nb', '_x000A_')
    """
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    plain = plain.replace("\r\n", "\n")
    if not any("\ud800" <= letter <= "\udfff" for letter in plain):
        return plain
    paired = plain.encode("utf-16-le", "surrogatepass")
    return paired.decode("utf-16-le", "replace")


def resolve(data: bytes) -> str:
    """Read character data straight from a part's UTF-8 bytes, as a parser would.

    Raises:
        ValueError: If it is not UTF-8 or refers to an unknown entity.
    """
    return _resolve(_one_line_end(data.decode("utf-8")))


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _resolve(text: str) -> str:
    if "&" not in text:
        return text
    if _STRAY_AMPERSAND.search(text):
        raise ValueError("an ampersand that begins no entity")
    return _ENTITY.sub(_entity, text)


def _entity(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        if name not in _NAMED:
            raise ValueError(f"unknown entity &{name};")
        return _NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    is_control = code < ord(" ") and chr(code) not in "\t\n\r"
    if code > _LAST_CODE_POINT or code in _SURROGATES or is_control:
        raise ValueError(f"no such character: {found[0]}")
    return chr(code)


def rich_text(element: Element) -> str:
    """Join the runs of a string item, a comment or an inline string.

    Phonetic runs (``rPh``) repeat the text in another script and are left out.
    """
    pieces: list[str] = []
    for child in element.children:
        if child.name == "t":
            pieces.append(child.text)
        elif child.name == "r":
            pieces.extend(part.text for part in child.all("t"))
    return unescape("".join(pieces))


class _Strings:
    """Collects the string items of ``sharedStrings.xml`` as they are parsed."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._phonetic = False
        self._in_text = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "t":
            self._in_text = not self._phonetic
        elif name == "rPh":
            self._phonetic = True
        elif name == "si":
            self._pieces = []

    def end(self, name: str) -> None:
        name = local(name)
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.found.append(unescape("".join(self._pieces)))

    def text(self, data: str) -> None:
        if self._in_text:
            self._pieces.append(data)


def shared_strings(data: bytes, where: str) -> list[str]:
    """Read all shared strings, by position; counts in the part are not believed.

    Raises:
        WorkbookError: If the part is not well-formed.
    """
    if is_plain(data):
        try:
            return _plain_strings(data.decode("utf-8-sig"), where)
        except (ValueError, WorkbookError):
            pass  # the parser says what is wrong, and where
    strings = _Strings()
    parser = new_parser()
    parser.StartElementHandler = strings.start
    parser.EndElementHandler = strings.end
    parser.CharacterDataHandler = strings.text
    feed(parser, data, where)
    return strings.found


def _plain_strings(text: str, where: str) -> list[str]:
    """Cut the items out of the text, of which nearly all are one run each.

    Raises:
        ValueError: If an item is in another shape.
        WorkbookError: If an item of several runs is not well-formed.
    """
    if "<si/" in text or "<si " in text:
        raise ValueError("items with attributes, or empty ones")
    found: list[str] = []
    head, *items = _one_line_end(text).split("<si>")
    if ":sst" in head or not items:
        raise ValueError("a prefix, or no items")
    items[-1], end, behind = items[-1].partition("</sst>")
    if not end or behind.strip():
        raise ValueError("an end that is missing, or more behind it")
    for item in items:
        plain = _PLAIN_ITEM.fullmatch(item)
        if plain:
            found.append(unescape(_resolve(plain[1])))
        else:
            several, end, between = item.partition("</si>")
            if not end or between.strip():
                raise ValueError("something else between the items")
            element = parse(f"<si>{several}</si>".encode(), where)
            found.append(rich_text(element))
    return found
