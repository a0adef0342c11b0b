"""Header fields in any language, written by ourselves.

Python's own writer loses a space between words in one of seven mixed Chinese and English
subjects (seen up to 3.12.1), and versions after it join encoded words in a way that one
large provider refuses (CPython gh-144156). The rules followed here are RFC 2047, 2 and 5.
"""

import base64
import re
from email.utils import quote

_WORD = 75
"""The most characters of one encoded word (RFC 2047, 2)."""
_LINE = 76
"""The most characters of a line that holds one."""
_OPEN, _CLOSE = "=?utf-8?b?", "?="
_PLAIN = re.compile(r"[ -~]*")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def one_header_line(text: str) -> str:
    r"""Take out everything that could begin another header field or line.

    >>> one_header_line("Hello\r\nBcc: all@example.com")
    'Hello Bcc: all@example.com'
    """
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return _UNSAFE.sub(" ", whole).strip()


def unstructured(name: str, text: str) -> str:
    """Write a field such as Subject, folded, without the line break at its end.

    Plain ASCII stays readable when it is short; everything else is encoded whole, so
    that no space stands between an encoded word and a plain one.

    >>> unstructured("Subject", "目标")
    'Subject: =?utf-8?b?55uu5qCH?='
    """
    value = one_header_line(text)
    plain = _PLAIN.fullmatch(value) and "=?" not in value and "  " not in value
    if plain and len(name) + 2 + len(value) <= _LINE:
        return f"{name}: {value}"
    return f"{name}: {_encoded(value, len(name) + 2)}"


def mailbox(name: str, display: str, address: str) -> str:
    """Write a field that holds one mailbox, such as To.

    Args:
        name: The field's name.
        display: The person's name in any language; may be empty.
        address: A plain address, already checked.

    Raises:
        ValueError: If the address holds what could be more than one address.
    """
    if one_header_line(address) != address or re.search(r"[\s<>,;:\"()\\]", address):
        raise ValueError(address)
    # Readers of mail take several spaces in a name for one.
    shown = " ".join(one_header_line(display).split())
    if not shown:
        return f"{name}: {address}"
    if _PLAIN.fullmatch(shown) and len(name) + len(shown) + 6 <= _LINE:
        word = shown if _ATOMS.fullmatch(shown) else f'"{quote(shown)}"'
        if "=?" not in shown and "  " not in shown:
            return f"{name}: {word}\r\n <{address}>"
    return f"{name}: {_encoded(shown, len(name) + 2)}\r\n <{address}>"


def _encoded(text: str, taken: int) -> str:
    """Write text as encoded words, one a line, cut between characters only."""
    room = min(_WORD, _LINE - taken) - len(_OPEN) - len(_CLOSE)
    words: list[str] = []
    held = b""
    for character in text:
        more = character.encode()
        if held and 4 * ((len(held) + len(more) + 2) // 3) > room:
            words.append(_word(held))
            held, room = b"", _WORD - len(_OPEN) - len(_CLOSE)
        held += more
    words.append(_word(held))
    return "\r\n ".join(words)


def _word(raw: bytes) -> str:
    return f"{_OPEN}{base64.b64encode(raw).decode()}{_CLOSE}"
