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
LIKE_FORMULA = tuple("=+-@\t\r")


def looks_like_formula(text: str) -> bool:
    """Tell whether a program might take a text for a formula when it is edited.

    Source:
        OWASP ASVS 5.0, 1.2.10.
    """
    return text.startswith(LIKE_FORMULA)


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
        self._prefix = prefix
        self._share = share
        self._letters: dict[int, str] = {}

    @property
    def share(self) -> Callable[[str], int] | None:
        """Adds a text to the shared strings; ``None`` when the workbook has none."""
        return self._share

    def frame(self, column: int, style: int, *, is_text: bool) -> tuple[str, str, str]:
        """Write a cell but for its row's number and its value, which stand between.

        Args:
            column: 1-based.
            style: Its cell format, always written: cell format 0 may be a date.
            is_text: Whether the value is the position of a shared text, not a number.
        """
        p = self._prefix.decode()
        letters = self._letters.get(column)
        if letters is None:
            letters = self._letters[column] = column_letters(column)
        kind = ' t="s"' if is_text else ""
        return f'<{p}c r="{letters}', f'" s="{style}"{kind}><{p}v>', f"</{p}v></{p}c>"

    def write(self, row: int, column: int, style: int, value: Scalar) -> bytes:
        """Write one cell; an empty one keeps its looks.

        Args:
            row: 1-based.
            column: 1-based.
            style: Its cell format, always written: cell format 0 may be a date.
            value: What `storable` gave.
        """
        if isinstance(value, str) and value and self._share is not None:
            head, middle, tail = self.frame(column, style, is_text=True)
            return f"{head}{row}{middle}{self._share(value)}{tail}".encode()
        head, middle, tail = self.frame(column, style, is_text=False)
        tag = f'{head}{row}" s="{style}"'.encode()
        p = self._prefix
        if value is None or value == "":
            return tag + b"/>"
        if isinstance(value, bool):
            return tag + b' t="b"><%sv>%d</%sv></%sc>' % (p, value, p, p)
        if isinstance(value, str):
            text = text_element(value, p)
            return tag + b' t="inlineStr"><%sis>%s</%sis></%sc>' % (p, text, p, p)
        return f"{head}{row}{middle}{value!r}{tail}".encode()
