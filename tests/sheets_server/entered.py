"""What a typed text becomes: the reading of ``USER_ENTERED`` and of humans.

The spreadsheet's locale decides which comma is decimal and whether the day comes first.
"""

import math
import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tests.sheets_server.cells import Cell, Formula, Value
from tests.sheets_server.refusals import Json

DAY_0 = date(1899, 12, 30)

COMMA_IS_DECIMAL = {
    "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "lt",
    "lv", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk",
    "vi",
}  # fmt: skip
DOTS_IN_DATES = {"de", "ru", "pl", "cs", "sk", "fi", "nb", "no", "da", "tr", "uk", "ro"}
YEAR_FIRST = {"zh", "ja", "ko", "hu", "lt", "sv"}
MONTH_FIRST = {"en_US", "en_PH", "es_US"}

MONTHS = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
]  # fmt: skip

NUMBER = re.compile(r"[-+]?(?:(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?|\.\d+)(E[-+]?\d+)?")
URL = re.compile(r"https?://[^\s/]+\.[^\s]+")
CURRENCY = re.compile(r"([-+])?\s*([$€£¥])\s*([\d.,]+)")
TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AaPp])\.?[Mm]\.?)?")
ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
NAMED = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:, ?| )(\d{4})")
DAY_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})")


class Entered(NamedTuple):
    value: Value
    format: Json | None = None
    """The number format that such an entry brings along."""


def as_entered(value: str | float | bool, locale: str) -> Entered:
    """Read a value as if somebody had typed it into a cell."""
    if not isinstance(value, str):
        return Entered(value)
    if value.startswith("'"):
        return Entered(value[1:])
    if value.startswith("=") and len(value) > 1:
        return Entered(Formula(value))
    if re.match(r"\+[A-Za-z(]", value):
        return Entered(Formula("=" + value[1:]))
    return read_text(value.strip(), locale) or Entered(value or None)


def typed_into(cell: Cell, value: str | float | bool, locale: str) -> Cell:
    """Make what a cell becomes; typed text may bring a number format along.

    A cell that is formatted as text keeps what is typed as it is.
    """
    format_ = cell.format
    if (format_ or {}).get("numberFormat", {}).get("type") == "TEXT":
        return cell._replace(value=None if value == "" else value, runs=())
    entered = as_entered(value, locale)
    if entered.format and not (format_ or {}).get("numberFormat"):
        format_ = (format_ or {}) | {"numberFormat": entered.format}
    if isinstance(entered.value, str) and URL.fullmatch(entered.value):
        # Measured on the real API by others: a typed address becomes a link.
        text = (format_ or {}).get("textFormat", {}) | {"link": {"uri": entered.value}}
        format_ = (format_ or {}) | {"textFormat": text}
    return cell._replace(value=entered.value, format=format_, runs=())


def read_text(text: str, locale: str) -> Entered | None:
    if text.upper() in {"TRUE", "FALSE"}:
        return Entered(text.upper() == "TRUE")
    found = number(text, locale) or percent(text, locale) or currency(text, locale)
    return found or moment(text, locale)


def pointed(text: str, locale: str) -> str:
    """Spell a number with commas between thousands and a decimal point."""
    if locale.split("_", maxsplit=1)[0] not in COMMA_IS_DECIMAL:
        return text
    if "." in text and not re.fullmatch(r"[-+]?\d{1,3}(\.\d{3})+(,\d*)?", text):
        return "no number here"
    return text.replace(".", "\0").replace(",", ".").replace("\0", ",")


def number(text: str, locale: str) -> Entered | None:
    text = pointed(text, locale).upper()
    match = NUMBER.fullmatch(text)
    if match is None:
        return None
    value = plain(float(text.replace(",", "")))
    if math.isinf(value):
        return None
    if match[1]:
        return Entered(value, {"type": "SCIENTIFIC", "pattern": "0.00E+00"})
    if "," in text:
        pattern = "#,##0.00" if "." in text else "#,##0"
        return Entered(value, {"type": "NUMBER", "pattern": pattern})
    return Entered(value)


def plain(value: float) -> int | float:
    """Give whole numbers as JSON gives them, without a fraction."""
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def percent(text: str, locale: str) -> Entered | None:
    if not text.endswith("%"):
        return None
    found = number(text[:-1].rstrip(), locale)
    if found is None or not isinstance(found.value, int | float):
        return None
    # 7 % is 0.07 and not 0.07 and a bit: the decimal point moves, nothing is divided.
    value = plain(float(f"{found.value!r}e-2"))
    pattern = "0.00%" if "." in pointed(text, locale) else "0%"
    return Entered(value, {"type": "PERCENT", "pattern": pattern})


def currency(text: str, locale: str) -> Entered | None:
    match = CURRENCY.fullmatch(text)
    found = number(match[3], locale) if match else None
    if match is None or found is None or not isinstance(found.value, int | float):
        return None
    sign = -1 if match[1] == "-" else 1
    places = ".00" if "." in pointed(match[3], locale) else ""
    pattern = f'"{match[2]}"#,##0{places}'
    return Entered(sign * found.value, {"type": "CURRENCY", "pattern": pattern})


def moment(text: str, locale: str) -> Entered | None:
    """Read a day, a time of day, or both."""
    first, _, rest = text.replace("T", " ").partition(" ")
    day = day_of(text, locale)
    if day:
        return Entered(day.value, {"type": "DATE", "pattern": day.pattern})
    if (share := time_of(text)) is not None:
        return Entered(share.value, {"type": "TIME", "pattern": share.pattern})
    day, share = day_of(first, locale), time_of(rest)
    if day is None or share is None:
        return None
    pattern = f"{day.pattern} {share.pattern.replace('h:mm:ss am/pm', 'h:mm:ss')}"
    return Entered(
        plain(day.value + share.value), {"type": "DATE_TIME", "pattern": pattern}
    )


class Read(NamedTuple):
    value: int | float
    pattern: str


def day_of(text: str, locale: str) -> Read | None:
    if match := ISO.fullmatch(text):
        pattern = f"yyyy{text[4]}mm{text[4]}dd"
        return serial(int(match[1]), int(match[2]), int(match[3]), pattern)
    if match := NAMED.fullmatch(text):
        return serial(int(match[3]), month(match[1]), int(match[2]), "mmm d, yyyy")
    if match := DAY_NAMED.fullmatch(text):
        mark = text[len(match[1])]
        pattern = f"d{mark}mmm{mark}yyyy"
        return serial(int(match[3]), month(match[2]), int(match[1]), pattern)
    dotted = (
        DOTTED.fullmatch(text)
        if locale.split("_", maxsplit=1)[0] in DOTS_IN_DATES
        else None
    )
    match = dotted or SLASHED.fullmatch(text)
    if match is None or locale.split("_", maxsplit=1)[0] in YEAR_FIRST:
        return None
    one, two, year = (int(part) for part in match.groups())
    if year < 100:
        year += 2000 if year < 50 else 1900
    mark = text[len(match[1])]
    if locale in MONTH_FIRST:
        return serial(year, one, two, f"M{mark}d{mark}yyyy")
    return serial(year, two, one, f"dd{mark}MM{mark}yyyy")


def month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in MONTHS else 0


def serial(year: int, month: int, day: int, pattern: str) -> Read | None:
    try:
        return Read((date(year, month, day) - DAY_0).days, pattern)
    except ValueError:
        return None


def time_of(text: str) -> Read | None:
    match = TIME.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups()[:3])
    if match[4]:
        hours = hours % 12 + (12 if match[4].lower() == "p" else 0)
    if minutes > 59 or seconds > 59:
        return None
    share = (hours * 3600 + minutes * 60 + seconds) / 86_400
    pattern = "h:mm" + (":ss" if match[3] else "") + (" am/pm" if match[4] else "")
    return Read(share, pattern)


def moment_of(number: float) -> datetime:
    """Turn a serial number into the moment it stands for."""
    whole = datetime(DAY_0.year, DAY_0.month, DAY_0.day)  # noqa: DTZ001
    return whole + timedelta(seconds=round(number * 86_400))
