"""Whether a part that we changed is still well-formed, without reading all of it again.

Rows are most of a part, and most of every row is what it was. What stands unchanged
between two places where an element begins or ends cannot make the new part ill-formed
where the old one was not; so it is left out, and only the rest goes through a parser.
"""

from xml.parsers import expat

from sync.workbooks.excel.elements import has_hidden

_SHORT = 1 << 20
"""Bytes below which leaving things out saves nothing."""
_ROW = b"<row"
_ROW_END = b"</row>"
_SLASH = ord("/")


def check_well_formed(new: bytes, old: bytes | None) -> None:
    """Check a changed part.

    Args:
        new: The part as we wrote it.
        old: The part as it was; ``None`` when it is a new one.

    Raises:
        expat.ExpatError: If it is not well-formed.
        LookupError: If it names an unknown encoding.
        ValueError: If it holds a zero byte.
    """
    if old is not None and len(new) > _SHORT and not has_hidden(new):
        try:
            expat.ParserCreate().Parse(_without_old_cells(new, old), True)
        except expat.ExpatError:
            pass  # it may be what was left out: the whole part decides
        else:
            return
    expat.ParserCreate().Parse(new, True)


def _without_old_cells(new: bytes, old: bytes) -> bytes:
    """Leave out the rows that are as they were, and the old cells of the others.

    A row is compared with the one at its turn in the old part. Where that is another
    one, it is kept whole: nothing is left out that does not stand in the old part.
    """
    at, there = new.find(_ROW), old.find(_ROW)
    if at < 0 or there < 0:
        return new
    kept = [new[:at]]
    while True:
        old_inner, old_close = old.find(b">", there) + 1, old.find(_ROW_END, there)
        inner = new.find(b">", at) + 1
        if old_close < 0 or inner == 0:
            break
        cells = old[old_inner:old_close]
        # A row that is closed at once ends before these cells begin.
        is_opened = new[inner - 2] != _SLASH != old[old_inner - 2]
        if is_opened and new.startswith(cells, inner):
            rest = inner + len(cells)
            close = new.find(_ROW_END, rest)
            if close < 0:
                break
            kept += (new[at:inner], new[rest : close + len(_ROW_END)])
        else:
            close = new.find(_ROW_END, inner)
            if close < 0:
                break
            kept.append(new[at : close + len(_ROW_END)])
            if _number(new, at, inner) != _number(old, there, old_inner):
                old_close = there - len(_ROW_END)  # a new row: the old one comes later
        at, there = close + len(_ROW_END), old_close + len(_ROW_END)
    kept.append(new[at:])
    return b"".join(kept)


def _number(data: bytes, at: int, inner: int) -> bytes:
    """Give the number that a row's tag begins with, as nearly all do."""
    at = data.find(b' r="', at, inner)
    return data[at : data.find(b'"', at + 4, inner)] if at >= 0 else b""
