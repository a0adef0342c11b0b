"""Chinese numerals as digits."""

import re

_DIGITS = {
    mark: value
    for value, marks in enumerate(
        (
            "零〇○",
            "一壹",
            "二贰两",
            "三叁",
            "四肆",
            "五伍",
            "六陆",
            "七柒",
            "八捌",
            "九玖",
        )
    )
    for mark in marks
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
_RUN = re.compile(f"[{''.join(_DIGITS)}{''.join(_UNITS)}{''.join(_BIG)}]+")


def _value(run: str) -> int | None:
    if not any(mark in _UNITS or mark in _BIG for mark in run):
        return int("".join(str(_DIGITS[mark]) for mark in run))
    total = section = digit = 0
    for mark in run:
        if mark in _DIGITS:
            digit = _DIGITS[mark]
        elif mark in _UNITS:
            # 十五 leaves out the leading 一.
            section += (digit or 1) * _UNITS[mark]
            digit = 0
        else:
            total += (section + digit) * _BIG[mark]
            section = digit = 0
    return total + section + digit or None


def with_digits(text: str) -> str:
    """Replace Chinese numerals by digits; a lone 万 or 亿 stays.

    >>> with_digits("二〇二六年六月三十日")
    '2026年6月30日'
    """

    def digits(match: re.Match[str]) -> str:
        value = _value(match[0]) if match[0][0] not in _BIG else None
        return match[0] if value is None else str(value)

    return _RUN.sub(digits, text)
