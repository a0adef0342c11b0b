"""Reading numbers written in digits, Chinese characters and English words."""

import math
from typing import Final

# fmt: off
_DIGITS: Final = {
    "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
    "八": 8, "九": 9, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7,
    "捌": 8, "玖": 9,
}
_STEPS: Final = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_SCALES: Final = {"万": 1e4, "亿": 1e8}

ENGLISH: Final = {
    "zero": 0.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0,
    "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0,
    "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0,
    "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0,
    "hundred": 100.0, "dozen": 12.0,
}
SCALES: Final = {
    "百": 1e2, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8,
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mm": 1e6, "mn": 1e6, "million": 1e6,
    "b": 1e9, "bn": 1e9, "billion": 1e9, "hundred": 1e2, "dozen": 12.0,
}
# fmt: on
CHINESE: Final = "".join(_DIGITS) + "".join(_STEPS) + "".join(_SCALES)
"""Every character a Chinese numeral is made of."""

LONGEST: Final = 15
"""Digits beyond which a run is an identifier, not a quantity."""


def digits(text: str) -> float:
    """Read ``1,234.5``; identifiers of absurd length are not a number (NaN)."""
    plain = text.replace(",", "")
    return float(plain) if len(plain) <= LONGEST else math.nan


def chinese(text: str) -> float:
    """Read a Chinese numeral; mixed forms such as 一百二十万 and 二零二五 included.

    Source:
        GB/T 15835-2011, positional and spelled-out numerals.

    >>> chinese("一百二十万"), chinese("二零二五"), chinese("十五")
    (1200000.0, 2025.0, 15.0)
    """
    if all(char in _DIGITS for char in text):
        return float("".join(str(_DIGITS[char]) for char in text[:LONGEST]) or 0)
    total, section, digit = 0.0, 0.0, 0.0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _STEPS:
            section += (digit or 1) * _STEPS[char]
            digit = 0.0
        else:
            section += digit
            total = (total + (section or 1)) * _SCALES[char]
            section = digit = 0.0
    return total + section + digit


def number(text: str) -> float:
    """Read digits, a Chinese numeral or an English number word.

    Returns:
        NaN for what is none of them.
    """
    if text[:1].isascii() and text[:1].isdigit():
        return digits(text)
    if text in ENGLISH:
        return ENGLISH[text]
    tens, _, ones = text.partition("-")
    if tens in ENGLISH and ones in ENGLISH:
        return ENGLISH[tens] + ENGLISH[ones]
    if text and all(char in CHINESE for char in text):
        return chinese(text)
    return math.nan
