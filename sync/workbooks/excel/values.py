"""Values as cells store them."""

import math
from collections.abc import Callable
from datetime import date, datetime, time

from sync.cells import column_letters
from sync.workbooks.excel.sharing import text_element
from sync.workbooks.plan import Scalar

_DAY_0_1900 = datetime(1899, 12, 30)  # noqa: DTZ001
_DAY_0_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_FIRST_SAFE_SERIAL = 61
"""Excel counts a 29 February 1900 that never was; from here on it does not matter."""
_SECONDS = 86_400
_LIKE_FORMULA = tuple("=+-@\t\r")


def looks_like_formula(text: str) -> bool:
    """Tell whether a program might take a text for a formula when it is edited.

    Source:
        OWASP ASVS 5.0, 1.2.10.
    """
    return text.startswith(_LIKE_FORMULA)


def serial(day: date, *, from_1904: bool) -> float | None:
    """Count a day as Excel does; ``None`` when it lies before Excel's calendar."""
    moment = day if isinstance(day, datetime) else datetime.combine(day, time())
    gone = moment.replace(tzinfo=None) - (_DAY_0_1904 if from_1904 else _DAY_0_1900)
    number = gone.days + gone.seconds / _SECONDS
    if number < (0 if from_1904 else _FIRST_SAFE_SERIAL):
        return None
    return int(number) if number == int(number) else number


def storable(value: Scalar, *, from_1904: bool) -> Scalar:
    """Turn a value into what a cell can hold: a number, or text for all that is none."""
    if isinstance(value, date):
        number = serial(value, from_1904=from_1904)
        return value.isoformat() if number is None else number
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


class CellWriter:
    """Writes cells of one workbook under one sheet's prefix."""

    def __init__(self, prefix: bytes, share: Callable[[str], int] | None) -> None:
        """Prepare for one sheet.

        Args:
            prefix: The sheet's, with its colon.
            share: Adds a text to the shared strings; ``None`` when there are none.
        """
        self._prefix = prefix
        self._share = share
        self._heads: dict[int, bytes] = {}

    def head(self, column: int) -> bytes:
        """Write what stands before the row's number in a cell of a 1-based column."""
        found = self._heads.get(column)
        if found is None:
            found = b'<%sc r="%s' % (self._prefix, column_letters(column).encode())
            self._heads[column] = found
        return found

    def tail(self, style: int, value: Scalar) -> bytes:
        """Write what follows the row's number; an empty cell keeps its looks.

        Args:
            style: Its cell format, always written: cell format 0 may be a date.
            value: What `storable` gave.
        """
        p = self._prefix
        if value is None or value == "":
            return b'" s="%d"/>' % style
        if isinstance(value, bool):
            kind, body = b' t="b"', b"%d" % value
        elif not isinstance(value, str):
            kind, body = b"", repr(value).encode()
        elif self._share is not None:
            kind, body = b' t="s"', b"%d" % self._share(value)
        else:
            text = text_element(value, p)
            inline = b'" s="%d" t="inlineStr"><%sis>%s</%sis></%sc>'
            return inline % (style, p, text, p, p)
        return b'" s="%d"%s><%sv>%s</%sv></%sc>' % (style, kind, p, body, p, p)

    def write(self, row: int, column: int, style: int, value: Scalar) -> bytes:
        """Write one cell, of a 1-based row; else as for `head` and `tail`."""
        return b"%s%d%s" % (self.head(column), row, self.tail(style, value))
