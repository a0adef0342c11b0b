"""Characters of XML parts: how they are stored, and how text is escaped."""

import re
from typing import NamedTuple

_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_UTF8_BOM = b"\xef\xbb\xbf"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class Encoding(NamedTuple):
    """How a part's characters are stored."""

    codec: str
    bom: bytes

    @classmethod
    def of(cls, data: bytes) -> "Encoding":
        """Tell a part's encoding by its first bytes and its declaration."""
        for bom, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
            if data.startswith(bom):
                return cls(codec, bom)
        if data.startswith(b"<\0"):
            return cls("utf-16-le", b"")
        if data.startswith(b"\0<"):
            return cls("utf-16-be", b"")
        declared = _DECLARED.match(data.removeprefix(_UTF8_BOM))
        name = declared[1].decode().lower() if declared else "utf-8"
        if name == "utf8" or data.startswith(_UTF8_BOM):
            name = "utf-8"
        return cls(name, b"")

    @property
    def is_utf8(self) -> bool:
        """Whether the part's bytes are what we edit."""
        return self.codec == "utf-8"

    def to_utf8(self, data: bytes) -> bytes:
        """Turn a part into UTF-8; the very same object when it is that already.

        Raises:
            ValueError: If the bytes are not in the encoding.
            LookupError: If the encoding is unknown.
        """
        if self.is_utf8:
            return data
        return data[len(self.bom) :].decode(self.codec).encode()

    def from_utf8(self, data: bytes) -> bytes:
        """Turn an edited part back; characters it cannot hold become references."""
        if self.is_utf8:
            return data
        return self.bom + data.decode().encode(self.codec, "xmlcharrefreplace")


def escape_text(text: str) -> str:
    """Write text so that XML and Excel give it back unchanged.

    Source:
        ECMA-376-1, 22.9.2.19 ``ST_Xstring``: ``_xHHHH_`` stands for what XML cannot
        hold, and text that looks like it has its underscore escaped.
    """
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    text = _FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def escape_attribute(text: str) -> str:
    """Write text as the value of an attribute in double quotes."""
    text = _FORBIDDEN.sub("", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace('"', "&quot;").replace("\r", "&#13;")
    return text.replace("\n", "&#10;").replace("\t", "&#9;")
