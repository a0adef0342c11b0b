"""Numbers as people write them in target, baseline and actual cells."""

import math
import re
from datetime import date

from sync.records.model import Comparator, Quantity
from sync.records.values.quantity_words import (
    COMPARATOR_AFTER,
    COMPARATOR_BEFORE,
    MULTIPLIERS,
    NOT_QUANTITIES,
)
from sync.records.values.texts import folded, is_missing, plain, text_of
from sync.workbooks.snapshot import Percent, RawValue

_SIGN = r"(?P<sign>>\s?=|=\s?>|<\s?=|=\s?<|≥|≤|⩾|⩽|≧|≦|<\s?or\s?=|>\s?or\s?=|>|<|=|±)"
_CURRENCY = r"(?P<currency>[$¥€£]|us\$|rmb|usd|eur|gbp|cny)?"
_NUMBER = r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)"
_TIMES = (
    r"(?P<times>万亿|百万|千万|十万|万|亿|千(?![克米瓦卡伏])|百"
    r"|(?:thousand|million|billion|bn|mn|mio|k|m|b)(?![a-z]))?"
)
_SPAN = re.compile(
    rf"(?:{_SIGN}\s?)?{_CURRENCY}\s?{_NUMBER}\s?(?P<percent1>%)?\s?{_TIMES}"
    rf"(?:\s?(?:-|–|—|~|至|到|\bto\b)\s?{_CURRENCY.replace('currency', 'currency2')}\s?"
    r"(?P<upper>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s?(?P<times2>万|亿|k|m)?)?"
    r"\s?(?P<percent>%|percent\b|pct\b|个?百分点)?"
)
_DATE_LIKE = re.compile(
    r"\d\s?(?:年|月|号)|\d日|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|第\s?\d|\d\s?:\s?\d|"
    r"q[1-4]\b|\bh[12]\b|\d季"
)
_UNIT_TIMES = re.compile(r"万亿|百万|千万|十万|万|亿|千(?![克米瓦卡伏])|k (?=[a-z])")
_OUT_OF = re.compile(r"(?<=\d)\s?/\s?(?:5|10|100)(?:\.0)?分?$")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_UNIT = re.compile(
    r"(?:per|a|an|every)\s\w+|[^\s\d,;。，(\[]+(?:\s(?:per|a|every|/)\s?\w+)?"
)


def read_quantity(raw: RawValue) -> Quantity | None:
    """Read a number with its unit and comparator.

    Args:
        raw: A cell's value.

    Returns:
        The quantity, with the words kept; ``value`` is ``None`` when they hold no
        number, or several. ``None`` for an empty cell.
    """
    if raw is None or (isinstance(raw, str) and is_missing(raw)):
        return None
    text = text_of(raw)
    if isinstance(raw, bool):
        return Quantity(text, 1.0 if raw else 0.0)
    if isinstance(raw, int | float):
        if not math.isfinite(raw):
            return Quantity(text, None)
        unit = "%" if isinstance(raw, Percent) else ""
        return Quantity(text, float(raw), unit)
    if isinstance(raw, date):
        return Quantity(text, None)
    return _from_text(raw, text)


def _from_text(raw: str, text: str) -> Quantity:
    short = folded(raw).replace("，", ",")
    words = plain(raw)
    if "." in short or short[:1] in "<>≤≥":
        # 4.6/5 is 4.6 on a scale of five, while 12/15 may be anything.
        short, words = _OUT_OF.sub("", short), _OUT_OF.sub("", words)
    if short in NOT_QUANTITIES or _DATE_LIKE.search(_ASIDE.sub("", short)):
        return Quantity(text, None)
    found = _numbers_in(short)
    if len(found) > 1:
        # What stands in brackets explains: 25.43 (Q13-Q16).
        short, words = _ASIDE.sub("", short).strip(), _ASIDE.sub("", words).strip()
        found = _numbers_in(short)
    if len(found) != 1:
        return Quantity(text, None)
    return _from_match(found[0], short, words, text)


def _numbers_in(short: str) -> list[re.Match[str]]:
    """Find the numbers that are not part of a name, such as P95 or ISO9001."""
    return [match for match in _SPAN.finditer(short) if not _is_named(match, short)]


def _is_named(match: re.Match[str], short: str) -> bool:
    start = match.end() - len(match[0].lstrip())
    before = short[start - 1 : start]
    return not match["sign"] and before.isascii() and before.isalnum()


def _from_match(match: re.Match[str], short: str, words: str, text: str) -> Quantity:
    before, after = short[: match.start()].strip(), short[match.end() :].strip()
    times = MULTIPLIERS.get(match["times"] or "", 1.0)
    value = float(match["number"].replace(",", "")) * times
    upper = None
    if match["upper"]:
        upper_times = MULTIPLIERS.get(match["times2"] or "", 1.0)
        upper = float(match["upper"].replace(",", "")) * upper_times
        if upper_times > 1 and times == 1:
            value *= upper_times  # 1-2万
    percent = match["percent"] or match["percent1"]
    if percent:
        value = round(value / 100, 12)
        upper = round(upper / 100, 12) if upper is not None else None
    unit = "%" if percent else _unit(match, after, words)
    comparator = _comparator(match["sign"] or "", before, after)
    return Quantity(text, value, unit, comparator, upper)


def _unit(match: re.Match[str], after: str, words: str) -> str:
    if after:
        # Cut from the unfolded text: folding keeps the length of what units are.
        shown = words[len(words) - len(after) :] if words.casefold() != words else after
        for word in COMPARATOR_AFTER:
            shown = shown.removesuffix(word)
        unit = _UNIT.match(shown.strip())
        if unit:
            return unit[0]
    return (match["currency"] or match["currency2"] or "").upper()


_SIGNS: dict[str, Comparator] = {
    **dict.fromkeys(("≥", "⩾", "≧", ">=", "=>"), ">="),
    **dict.fromkeys(("≤", "⩽", "≦", "<=", "=<", "±"), "<="),
    ">": ">",
    "<": "<",
    "=": "=",
}
"""``±5%`` bounds the deviation from above."""


def _comparator(sign: str, before: str, after: str) -> Comparator:
    if sign:
        return _SIGNS[sign.replace(" ", "").replace("or", "")]
    for words, comparator in COMPARATOR_BEFORE:
        if before.endswith(words):
            return comparator
    for word, comparator in COMPARATOR_AFTER.items():
        if after.endswith(word):
            return comparator
    return ""


def in_unit(quantity: Quantity | None, unit: str, *, points: bool) -> Quantity | None:
    """Give a bare number the unit that its column, header or row names.

    Args:
        quantity: As read; one with a unit of its own is left alone.
        unit: ``%``, ``万元``, ``天``, …
        points: Whether bare numbers under ``%`` are points of a hundred.

    Returns:
        The quantity in plain units: 46 under ``万元`` is 460,000 元.
    """
    if quantity is None or quantity.value is None or quantity.unit or not unit:
        return quantity
    short = folded(unit)
    value, upper = quantity.value, quantity.upper
    if short in {"%", "percent", "percentage", "百分比", "pct"}:
        if points or abs(value) > 1.5:  # noqa: PLR2004
            value = round(value / 100, 12)
            upper = round(upper / 100, 12) if upper is not None else None
        return Quantity(quantity.text, value, "%", quantity.comparator, upper)
    times = _UNIT_TIMES.match(short)
    if times:
        factor = MULTIPLIERS[times[0].strip()]
        value, upper = value * factor, upper * factor if upper is not None else None
        unit = unit[times.end() :].strip()
    return Quantity(quantity.text, value, unit, quantity.comparator, upper)
