"""Number formats: which of them turn a number into a day or a percentage."""

import re
from collections.abc import Sequence
from typing import Literal

from sync.workbooks.excel.elements import Element

Kind = Literal["number", "date", "percent"]

BUILTIN: dict[int, Kind] = {
    9: "percent",
    10: "percent",
    **dict.fromkeys((14, 15, 16, 17, 22), "date"),
    # East Asian editions keep their own formats at 27-36 and 50-58 without writing
    # them down. 32 and 33 are times everywhere; what is a time in one language only
    # (34, 35, 55, 56) is told from a day by its value, which is below 1.
    **dict.fromkeys((27, 28, 29, 30, 31, 34, 35, 36, *range(50, 59)), "date"),
}
"""Formats that a file names by number only. Source: ECMA-376-1, 18.8.30."""

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.', re.DOTALL)
_BRACKET = re.compile(r"\[([^\]]*)\]")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_GENERAL = re.compile(r"General|Standard|G/[^;\s]+", re.IGNORECASE)
_FRACTION_OF_SECOND = re.compile(r"s\.0+")
_PLACEHOLDER = re.compile(r"[0#?]")


def kind_of(code: str) -> Kind:
    """Tell what a format code makes of a positive number.

    Durations (``[h]:mm``) and times without a day stay numbers.

    >>> kind_of('yyyy"年"m"月"d"日"'), kind_of("[h]:mm"), kind_of('0.0" d"%')
    ('date', 'number', 'percent')
    """
    bare = _LITERAL.sub("", code).split(";")[0]
    if any(_ELAPSED.fullmatch(inside) for inside in _BRACKET.findall(bare)):
        return "number"
    bare = _GENERAL.sub("", _BRACKET.sub("", bare)).lower()
    if "%" in bare:
        return "percent"
    if _PLACEHOLDER.search(_FRACTION_OF_SECOND.sub("s", bare)):
        # Digits are asked for: letters beside them are a unit somebody forgot to
        # quote ("0 days") or an exponent, never a day.
        return "number"
    bare = bare.replace("am/pm", "").replace("a/p", "")
    # "e" is a year of an era, "bb" a Buddhist year, "aaa" a weekday.
    if any(part in bare for part in ("y", "d", "e", "bb", "aaa")):
        return "date"
    # "m" is a month unless hours or seconds stand beside it.
    return "date" if "m" in bare and not set("hs") & set(bare) else "number"


def cell_kinds(styles: Element | None) -> Sequence[Kind]:
    """Read which kind each cell format is, by its position in ``cellXfs``.

    Args:
        styles: The root of ``styles.xml``; ``None`` when the workbook has none.

    Returns:
        Nothing when the workbook has no styles: then every number is plain.
    """
    if styles is None:
        return ()
    codes: dict[int, Kind] = dict(BUILTIN)
    for element in styles.under("numFmts", "numFmt"):
        number = _whole(element.get("numFmtId"))
        if number is not None:
            codes[number] = kind_of(element.get("formatCode"))
    kinds: list[Kind] = [
        codes.get(_whole(xf.get("numFmtId")) or 0, "number")
        for xf in styles.under("cellXfs", "xf")
    ]
    return kinds or ("number",)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
