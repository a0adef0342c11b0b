"""How a number looks in its cell: ``FORMATTED_VALUE`` and ``TEXT()``.

Source: https://developers.google.com/workspace/sheets/api/guides/formats
"""

import math
import re
from datetime import datetime

from tests.sheets_server.entered import COMMA_IS_DECIMAL, MONTH_FIRST, moment_of
from tests.sheets_server.refusals import Json

MOMENTS = {"DATE", "TIME", "DATE_TIME"}
DEFAULTS = {
    "NUMBER": "#,##0.00",
    "PERCENT": "0.00%",
    "CURRENCY": '"$"#,##0.00',
    "SCIENTIFIC": "0.00E+00",
    "TIME": "h:mm:ss am/pm",
}
TOKEN = re.compile(
    r'"[^"]*"|\\.|am/pm|a/p|\[h+\]|\[m+\]|\[s+\]|y+|m+|d+|h+|s+|\.0+|.', re.IGNORECASE
)
DIGITS = re.compile(r"[#0?,.]*[#0?](?:[#0?,.]*)")


def shown(number: float, pattern_of: Json | None, locale: str) -> str:
    """Show a number as its cell does."""
    kind = (pattern_of or {}).get("type", "")
    pattern = (pattern_of or {}).get("pattern") or default_pattern(kind, locale)
    if kind == "TEXT" or not pattern or pattern.lower() == "general":
        return localised(general(number), locale)
    if kind in MOMENTS or looks_like_moment(pattern):
        return moment_text(number, pattern)
    return localised(number_text(number, pattern), locale)


def default_pattern(kind: str, locale: str) -> str:
    if kind in {"DATE", "DATE_TIME"}:
        day = "M/d/yyyy" if locale in MONTH_FIRST else "dd/MM/yyyy"
        return day if kind == "DATE" else f"{day} h:mm:ss"
    return DEFAULTS.get(kind, "")


def general(number: float) -> str:
    """Show a number without a format: at most ten digits after the point."""
    if isinstance(number, float) and not math.isfinite(number):
        return "#NUM!"
    if float(number).is_integer() and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.10g}"
    if "e" not in text:
        return text
    if 1e-9 <= abs(number) < 1:
        return f"{number:.15f}".rstrip("0")
    mantissa, power = text.split("e")
    return f"{mantissa}E{int(power):+03d}"


def localised(text: str, locale: str) -> str:
    if locale.split("_", maxsplit=1)[0] not in COMMA_IS_DECIMAL:
        return text
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def looks_like_moment(pattern: str) -> bool:
    bare = re.sub(r'"[^"]*"|\\.', "", pattern)
    return re.search(r"[ydhs]", bare, re.IGNORECASE) is not None and not re.search(
        r"[0#]", bare.replace(".000", "")
    )


def number_text(number: float, pattern: str) -> str:
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', pattern)
    section, value = sections[0], number
    if number < 0 and len(sections) > 1:
        section, value = sections[1], -number
    elif number == 0 and len(sections) > 2:
        section = sections[2]
    section = re.sub(r"\[[^\]]*\]", "", section)
    place = DIGITS.search(re.sub(r'"[^"]*"', lambda text: "\1" * len(text[0]), section))
    if place is None:
        return literal(section)
    before, digits, after = (
        section[: place.start()],
        section[place.start() : place.end()],
        section[place.end() :],
    )
    if "%" in before + after:
        value *= 100
    if match := re.match(r"[Ee]([+-])(0+)", after):
        return (
            literal(before)
            + scientific(value, digits, len(match[2]))
            + literal(after[match.end() :])
        )
    sign = "-" if value < 0 else ""
    return sign + literal(before) + grouped(abs(value), digits) + literal(after)


def scientific(value: float, digits: str, places: int) -> str:
    fraction = digits.partition(".")[2]
    mantissa, power = f"{value:.{len(fraction)}E}".split("E")
    return f"{mantissa}E{int(power):+0{places + 1}d}"


def grouped(value: float, digits: str) -> str:
    """Fill a pattern of ``0``, ``#``, ``,`` and ``.`` with the digits of a number."""
    whole, _, fraction = digits.partition(".")
    fraction = fraction.replace(",", "")
    # Half away from zero, as people round, on the decimal that repr shows.
    text = rounded(value, len(fraction))
    left, _, right = text.partition(".")
    while right and len(right) > fraction.count("0") and right.endswith("0"):
        right = right[:-1]
    left = left.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        left = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", left)
    return left + (f".{right}" if right else "." if digits.endswith(".") else "")


def rounded(value: float, places: int) -> str:
    from decimal import ROUND_HALF_UP, Decimal  # noqa: PLC0415

    step = Decimal(1).scaleb(-places)
    return f"{Decimal(repr(value)).quantize(step, ROUND_HALF_UP):f}"


def literal(text: str) -> str:
    """Read what stands around the digits: quotes, backslashes, padding."""
    text = re.sub(r'"([^"]*)"', r"\1", text)
    text = re.sub(r"\\(.)", r"\1", text)
    return re.sub(r"[_*].", "", text)


def moment_text(number: float, pattern: str) -> str:
    moment = moment_of(number)
    tokens = TOKEN.findall(pattern)
    twelve = any(token.lower() in {"am/pm", "a/p"} for token in tokens)
    parts: list[str] = []
    for index, token in enumerate(tokens):
        if token[0].lower() == "m" and is_minute(tokens, index):
            parts.append(f"{moment.minute:0{min(len(token), 2)}d}")
        else:
            parts.append(moment_part(token, moment, number, twelve=twelve))
    return "".join(parts)


def is_minute(tokens: list[str], index: int) -> bool:
    """Decide what m means: minutes after hours or before seconds."""
    if tokens[index][0] == "M":
        return False
    before = [token[0].lower() for token in tokens[:index] if token[0].isalpha()]
    after = [token[0].lower() for token in tokens[index + 1 :] if token[0].isalpha()]
    bracketed = any(token.startswith("[h") for token in tokens[:index])
    return bracketed or before[-1:] == ["h"] or after[:1] == ["s"]


def moment_part(token: str, moment: datetime, number: float, *, twelve: bool) -> str:
    letter, width = token[0].lower(), len(token)
    if token.lower() in {"am/pm", "a/p"}:
        name = "AM" if moment.hour < 12 else "PM"
        return name if width > 3 else name[0]
    if token.startswith("[h"):
        return str(int(number * 24 + 1e-9))
    if letter == "h":
        hour = (moment.hour % 12 or 12) if twelve else moment.hour
        return f"{hour:0{min(width, 2)}d}"
    named = {
        "y": f"{moment:%Y}" if width > 2 else f"{moment:%y}",
        "m": [str(moment.month), f"{moment:%m}", f"{moment:%b}", f"{moment:%B}"][
            min(width, 4) - 1
        ],
        "d": [str(moment.day), f"{moment:%d}", f"{moment:%a}", f"{moment:%A}"][
            min(width, 4) - 1
        ],
        "s": f"{moment.second:0{min(width, 2)}d}",
    }
    return named.get(letter) or literal(token)
