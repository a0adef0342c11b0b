"""Names and addresses of people."""

import re

from sync.records.values import wording
from sync.records.values.texts import (
    folded,
    has_cjk,
    is_missing,
    name_of,
    plain,
    text_of,
)
from sync.workbooks.snapshot import RawValue

_SURELY = re.compile(r"[、;；/／\n&＆+|]|\s(?:and|und|et)\s|，(?=[^\x00-\x7f])")
_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;.]+")
_IN_BRACKETS = re.compile(r"[(\[（【<].*?[)\]）】>]")
_TITLE = re.compile(r"([㐀-鿿])(?:[工总哥姐]|经理|主任|老师|师傅|总监|主管|部长|组长)")


def split_names(text: str) -> tuple[str, ...]:
    """Split a cell that names several people.

    ``、``, ``;``, ``/``, ``&`` and ``and`` always separate; a comma does when what
    stands on both sides is a full name, so that ``Smith, John`` stays one.
    """
    names = []
    for part in _SURELY.split(text):
        pieces = re.split(r"[,，]", part)
        if len(pieces) > 1 and not all(_is_full(piece) for piece in pieces):
            pieces = [part]
        names += [name_of(piece) for piece in pieces]
    return tuple(name for name in names if name and not is_missing(name))


def _is_full(name: str) -> bool:
    return has_cjk(name) or " " in name.strip()


def name_key(name: str) -> str:
    """Give a name for comparing: case, spaces and a bracketed addition do not count.

    >>> name_key("Ann  LEE (HQ)") == name_key("Ann Lee")
    True
    """
    bare = folded(name)
    if "(" in bare or "[" in bare or "【" in bare or "<" in bare:
        bare = folded(_IN_BRACKETS.sub(" ", bare)) or bare
    family, comma, given = bare.partition(",")
    if comma and family and given.strip():
        bare = f"{given.strip()} {family.strip()}"
    return bare


def family_name_of_title(name: str) -> str:
    """Give the family name in a form of address such as ``王工``; else empty."""
    match = _TITLE.fullmatch(plain(name))
    return match[1] if match else ""


def read_address(raw: RawValue) -> str:
    """Read an e-mail address in lower case; empty for an empty cell.

    Raises:
        UnreadableCell: If it is not one.
    """
    text = plain(text_of(raw))
    if is_missing(text):
        return ""
    bare = text.removeprefix("mailto:").strip()
    named = re.fullmatch(r".*<([^<>]+)>", bare)
    bare = (named[1] if named else bare).strip().lower()
    if not _ADDRESS.fullmatch(bare):
        raise wording.NOT_AN_ADDRESS.about(text)
    return bare
