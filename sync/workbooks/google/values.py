"""Values between Google's cells and ours."""

import math
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from sync.workbooks.plan import Scalar
from sync.workbooks.snapshot import CellError, Percent, RawValue, Uncalculated

Json = dict[str, Any]
Kind = Literal["date", "percent"] | None
"""What a number format makes of a number; ``None`` leaves it a number."""

_DAY_0 = datetime(1899, 12, 30)  # noqa: DTZ001 (a sheet knows no time zone)
_AFTER_LAST = 2_958_466
"""The first serial that would lie after 9999-12-31."""
_EXACT = 10**18
MAX_CHARACTERS = 50_000
"""Of one cell; Google refuses more."""

_ERRORS: Mapping[str, str] = {
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "ERROR": "#ERROR!",
}
_KINDS: Mapping[str, Kind] = {
    "DATE": "date",
    "DATE_TIME": "date",
    "PERCENT": "percent",
}


def kind_of(number_format: Mapping[str, str]) -> Kind:
    """Tell what a number format makes of a number.

    A time alone stays a number, as in Excel.
    """
    kind = _KINDS.get(number_format.get("type", ""))
    if kind is None and "%" in number_format.get("pattern", ""):
        return "percent"
    return kind


def error_of(value: Mapping[str, str]) -> RawValue:
    """Type an error; one that is still being worked out is no result yet."""
    kind = value.get("type", "ERROR")
    if kind == "LOADING":
        return Uncalculated("=…")
    return CellError(_ERRORS.get(kind, "#ERROR!"))


def typed(value: RawValue, kind: Kind) -> RawValue:
    """Type a number by its format; everything else stays, and empty text is nothing.

    A whole number is an ``int`` however Google writes it, as from Excel.
    """
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        value = int(value)
    if kind == "percent":
        return Percent(value)
    if kind == "date":
        return day_of(value)
    return value


def day_of(serial: float) -> date | datetime | float:
    """Turn a serial number into a day, or a moment when it has a time of day.

    Returns:
        The serial itself when it is no day: a time alone, negative, after 9999.

    Source:
        Sheets API guide, "Date and time values": whole days since 1899-12-30.

    >>> day_of(46387), day_of(0.5)
    (datetime.date(2026, 12, 31), 0.5)
    """
    if not 1 <= serial < _AFTER_LAST:
        return serial
    whole, share = divmod(serial, 1)
    try:
        moment = _DAY_0 + timedelta(days=whole, milliseconds=round(share * 86_400_000))
    except OverflowError:  # the last millisecond of 9999 rounds up
        return serial
    has_time = bool(moment.hour or moment.minute or moment.second or moment.microsecond)
    return moment if has_time else moment.date()


def serial_of(day: date) -> int | float:
    """Count a day as Google does."""
    moment = day if isinstance(day, datetime) else datetime.combine(day, time())
    gone = moment.replace(tzinfo=None) - _DAY_0
    return gone.days + gone.seconds / 86_400 if gone.seconds else gone.days


def storable(value: Scalar) -> str | int | float | None:
    """Turn a value into what a cell can hold."""
    if isinstance(value, date):
        return serial_of(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value[:MAX_CHARACTERS] if isinstance(value, str) else value


def extended(value: Scalar) -> Json:
    """Write a value as ``ExtendedValue``: text stays text, whatever it begins with.

    Args:
        value: ``None`` and the empty text empty the cell.
    """
    plain = storable(value)
    if plain is None or plain == "":
        return {}
    if isinstance(plain, str):
        return {"stringValue": plain}
    return {"numberValue": plain}
