"""Whether a part that we changed is still well-formed, without parsing all of it.

Rows are most of a sheet, and nearly all of them differ in their digits only: numbers of
rows, of styles and of shared texts. Without the digits a few kinds of rows are left, and
what holds for one row of a kind holds for all, because digits never open or close
anything. Two things they could break: a character reference, which fails to parse here
and has the whole part read; and a name, which in rows has none but in its prefix.
"""

from collections.abc import Callable, Iterator
from xml.parsers import expat

from sync.workbooks.excel.elements import has_hidden, is_plain
from sync.workbooks.excel.markup import root_prefix

_NUMBERS = b"0123456789.-"
_DIGITS = frozenset(_NUMBERS)


class _OtherShapeError(ValueError):
    """The part is not one that begins with plain rows soon."""


def check_well_formed(read: Callable[[], Iterator[bytes]]) -> None:
    """Check a part that we wrote.

    Args:
        read: Gives its content from the beginning, piece by piece.

    Raises:
        expat.ExpatError: If it is not well-formed.
        LookupError: If it names an unknown encoding.
        ValueError: If it holds a zero byte.
    """
    try:
        expat.ParserCreate().Parse(_each_kind_of_row_once(read()), True)
    except (expat.ExpatError, _OtherShapeError):
        pass  # it may be what was left out: the whole part decides
    else:
        return
    parser = expat.ParserCreate()
    for piece in read():
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _each_kind_of_row_once(pieces: Iterator[bytes]) -> bytes:
    """Leave out the rows that differ from another one in their digits only.

    Raises:
        _OtherShapeError: If rows cannot be told apart by their end tags.
    """
    rest = next(pieces, b"")
    prefix = root_prefix(rest)
    end = b"</%srow>" % prefix
    begin = rest.find(b"<%srow" % prefix)
    head, rest = rest[:begin], rest[begin:]
    if begin < 0 or _DIGITS.intersection(prefix) or not is_plain(head):
        raise _OtherShapeError
    kinds: dict[bytes, None] = {}
    latest = b" "
    while True:
        close = rest.rfind(end)
        if close >= 0:
            rows = rest[:close]
            if has_hidden(rows) or (b"?" in rows and b"<?" in rows):
                raise _OtherShapeError
            whole = rows.translate(None, _NUMBERS) + end
            # Where all rows are of one kind, this is told sooner than by taking them up.
            if whole != latest * (len(whole) // len(latest)):
                found = whole.split(end)[:-1]
                kinds.update(dict.fromkeys(found))
                latest = found[-1] + end
            rest = rest[close + len(end) :]
        piece = next(pieces, b"")
        if not piece:
            break
        rest += piece
    # Each in an element of its own, which it can neither leave nor leave open.
    once = b"".join(b"<followup>%s%s</followup>" % (kind, end) for kind in kinds)
    return head + once + rest
