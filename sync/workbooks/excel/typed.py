"""What one cell says: its stored text, type and format become a value."""

import math
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from sync.workbooks.excel.formats import Kind
from sync.workbooks.excel.strings import unescape
from sync.workbooks.snapshot import CellError, Percent, RawValue

DateSystem = Literal[1900, 1904]

_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 (a sheet knows no time zone)
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_SERIAL = {1900: 2_958_466, 1904: 2_957_004}
"""The first serial that would lie after 9999-12-31."""
_LEAP_1900 = 60
"""The serial of 29 February 1900, a day that only Excel knows."""

EXACT = 18
"""Digits up to which a whole number is read as it is written."""


def day_of(serial: float, system: DateSystem) -> date | datetime | None:
    """Turn a serial number into a day, or into a moment when it has a time of day.

    Returns:
        A ``date`` or naive ``datetime``, to the millisecond that Excel shows;
        ``None`` when the serial is no day: a time alone (below 1), negative, after
        the year 9999, or Excel's 29 February 1900.

    Source:
        ECMA-376-1, 18.17.4.1. Below serial 60 Excel is one day off because it holds
        1900 for a leap year.

    >>> day_of(46387, 1900), day_of(0.5, 1900)
    (datetime.date(2026, 12, 31), None)
    """
    first = 1 if system == 1900 else 0  # noqa: PLR2004 (the name of the system)
    if not first <= serial < _LAST_SERIAL[system]:
        return None
    whole, share = divmod(serial, 1)
    milliseconds = round(share * 86_400_000)
    if system == 1904:  # noqa: PLR2004
        start = _EPOCH_1904
    elif int(whole) == _LEAP_1900:
        return None
    else:
        start = _EPOCH_1900 + timedelta(days=1 if whole < _LEAP_1900 else 0)
    try:
        return _plain(start + timedelta(days=whole, milliseconds=milliseconds))
    except OverflowError:  # the last millisecond of 9999 rounds up
        return None


def _plain(moment: datetime) -> date | datetime:
    at_midnight = not (
        moment.hour or moment.minute or moment.second or moment.microsecond
    )
    return moment.date() if at_midnight else moment


def iso_day(text: str) -> RawValue:
    """Read a cell that stores its date as ISO 8601 (``t="d"``); else keep its text."""
    try:
        return _plain(datetime.fromisoformat(text.strip()).replace(tzinfo=None))
    except ValueError:
        return text or None


class Values:
    """Types the cells of one workbook."""

    def __init__(
        self, strings: Sequence[str], kinds: Sequence[Kind], system: DateSystem
    ) -> None:
        """Prepare for one workbook.

        Args:
            strings: The shared strings, by position.
            kinds: What each cell format makes of a number, by position.
            system: The workbook's date system.
        """
        self.strings = strings
        self._kinds = kinds
        self._system: DateSystem = system
        self._days: dict[bytes, RawValue] = {}
        self.zeros_are_stale = False
        """Whether a formula's stored 0 was written by a program that cannot calculate."""
        self.missing: Counter[str] = Counter()
        """What cells point to that the workbook does not have, and how often."""

    def kind(self, style: str | None) -> Kind:
        """Look up what a cell's ``s`` attribute makes of a number.

        A cell without one takes the first format, which need not be General.
        """
        if not self._kinds:
            return "number"
        if not style:
            return self._kinds[0]
        position = int(style) if style.isdigit() else len(self._kinds)
        if position < len(self._kinds):
            return self._kinds[position]
        self.missing["the format"] += 1
        return "number"

    def is_uncalculated(self, stored: bytes, cell_type: str) -> bool:
        """Whether a formula cell holds no result of its formula."""
        if not stored:
            return cell_type != "str"  # an empty text is a result
        return self.zeros_are_stale and stored == b"0" and cell_type == "n"

    def shared(self, position: bytes) -> RawValue:
        """Look up a shared string; empty text is an empty cell.

        One that is missing is counted: as an empty cell it would vanish.
        """
        number = int(position) if position.strip().isdigit() else len(self.strings)
        if number < len(self.strings):
            return self.strings[number] or None
        self.missing["the text"] += 1
        return CellError("#REF!")

    def number(self, stored: bytes, kind: Kind) -> RawValue:
        """Type what a numeric cell stores, ``b""`` being an empty one.

        What is no number (a damaged file) stays as the text it is.
        """
        if stored.isdigit() and len(stored) < EXACT:
            number: int | float = int(stored)
        else:
            number = _float(stored)
            if math.isnan(number):
                return stored.decode("utf-8", "replace").strip() or None
            if math.isinf(number):
                return CellError("#NUM!")
        if kind == "number":
            return number
        if kind == "percent":
            return Percent(number)
        if stored not in self._days:
            day = day_of(number, self._system)
            self._days[stored] = number if day is None else day
        return self._days[stored]

    def other(self, stored: str, cell_type: str, kind: Kind) -> RawValue:
        """Type a cell that is neither a shared string nor a plain number.

        Args:
            stored: The content of its ``v``, entities resolved.
            cell_type: Its ``t`` attribute; an unknown one is read as a number.
            kind: What its format makes of a number.
        """
        if cell_type in {"str", "inlineStr"}:
            return unescape(stored) or None
        if cell_type == "b":
            return stored.strip() in {"1", "true"} if stored.strip() else None
        if cell_type == "e":
            return CellError(stored) if stored else None
        if cell_type == "d":
            return iso_day(stored)
        if cell_type == "s":
            return self.shared(stored.encode())
        return self.number(stored.encode(), kind)


def _float(stored: bytes) -> int | float:
    """Read a number as XML Schema writes it; NaN when it is none.

    A whole number stays whole, however it is written.
    """
    if b"_" in stored:  # Python's own notation, not a workbook's
        return math.nan
    try:
        number = float(stored)
    except ValueError:
        return math.nan
    return int(number) if number.is_integer() and abs(number) < 10**EXACT else number
