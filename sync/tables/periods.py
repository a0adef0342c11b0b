"""Periods as people write them in headers, titles and sheet names."""

# ruff: noqa: PLR2004 - lengths of words and numbers read best as plain numbers.

import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_HAN = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}
_HAN |= {"九": 9, "十": 10, "十一": 11, "十二": 12, "上": 1, "下": 2}
_HAN_NUMBER = "十[一二]|[一二三四五六七八九十]"
_YEAR = r"(?P<year>(?:20)\d{2})"
_MONTH_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))

_FORMS: tuple[tuple[str, str], ...] = (
    ("month", rf"{_YEAR}\s*(?:年|[-/.])\s*(?P<n>1[0-2]|0?[1-9])\s*月?(?:份|度)?"),
    ("month", rf"{_YEAR}(?P<n>0[1-9]|1[0-2])"),
    ("month", rf"(?P<name>{_MONTH_NAME})[ .,'-]*(?P<year>(?:20)?\d{{2}})?"),
    ("month", rf"{_YEAR}[ -]*(?P<name>{_MONTH_NAME})"),
    ("month", rf"(?P<n>1[0-2]|0?[1-9]|{_HAN_NUMBER})\s*月(?:份|度)?"),
    (
        "quarter",
        rf"{_YEAR}\s*年?(?:度)?\s*[-/. ]?\s*(?:q|第)\s*(?P<n>[1-4一二三四])\s*(?:季度?)?",
    ),
    ("quarter", rf"{_YEAR}\s*年?(?:度)?\s*(?P<n>[1-4一二三四])\s*季度?"),
    (
        "quarter",
        r"(?:fy)?\s*q(?P<n>[1-4])\s*[-/ ,.']*(?:fy\s*)?(?P<year>(?:20)?\d{2})?",
    ),
    ("quarter", r"第?(?P<n>[1-4一二三四])\s*季度?"),
    ("half", rf"{_YEAR}\s*年?(?:度)?\s*[-/ ]?(?:h)(?P<n>[12])"),
    ("half", rf"{_YEAR}\s*年?(?:度)?\s*(?P<n>[上下])半年(?:度)?"),
    ("half", r"h(?P<n>[12])\s*[-/ ]?\s*(?P<year>(?:20)?\d{2})?"),
    ("half", r"(?P<n>[上下])半年(?:度)?"),
    ("year", rf"(?:fy\s*)?{_YEAR}\s*(?:年度?|财年|fy)?"),
    ("year", r"fy\s*'?(?P<year>\d{2})"),
)
_WHOLE = tuple((unit, re.compile(form, re.IGNORECASE)) for unit, form in _FORMS)
HINT = re.compile(rf"\d|[月季半]|{_MONTH_NAME}", re.IGNORECASE)
_WITHIN = re.compile(
    rf"(?:20\d{{2}})\s*(?:年|[-/.])\s*(?:1[0-2]|0?[1-9])\s*月(?:份|度)?"
    r"|(?:20\d{2})\s*年?(?:度)?\s*[-/. ]?\s*(?:第\s*[1-4一二三四]\s*季度?|q\s*[1-4]|[一二三四]季度?)"
    r"|(?:20\d{2})\s*年?(?:度)?\s*(?:[上下]半年(?:度)?|[-/ ]?h[12]\b)"
    r"|\b(?:fy\s*)?q[1-4]\s*[-/ ,.']*(?:fy\s*)?20\d{2}|\bh[12]\s*[-/ ]?\s*20\d{2}"
    rf"|\b(?:{_MONTH_NAME})[ .,-]+20\d{{2}}"
    r"|(?:20\d{2})[-/.](?:0[1-9]|1[0-2])(?![-/.\d])"
    r"|(?:20\d{2})\s*(?:年度|年|财年)|\bfy\s*'?(?:20)?\d{2}\b|\b20\d{2}\b(?![-/.]\d)",
    re.IGNORECASE,
)


def period_of(text: str) -> str:
    """Read a text that is nothing but a period; empty when it is something else.

    Returns:
        ``2026-07``, ``2026Q3``, ``2026H1`` or ``2026``; without a year in the text
        ``07`` for a month, ``Q3`` for a quarter, ``H1`` for a half.

    >>> period_of("2026年7月"), period_of("Q3"), period_of("三月"), period_of("7 days")
    ('2026-07', 'Q3', '03', '')
    """
    stripped = text.strip()
    if len(stripped) > 16 or not HINT.search(stripped):
        return ""
    for unit, form in _WHOLE:
        found = form.fullmatch(stripped)
        if found:
            return _written(unit, found.groupdict())
    return ""


def _written(unit: str, parts: dict[str, str | None]) -> str:
    year = parts.get("year") or ""
    year = f"20{year}" if len(year) == 2 else year
    if unit == "year":
        return year
    name, digits = parts.get("name"), parts.get("n") or ""
    number = _MONTHS[name.lower()] if name else _HAN.get(digits) or int(digits)
    if unit == "month":
        return f"{year}-{number:02}" if year else f"{number:02}"
    return f"{year}{'Q' if unit == 'quarter' else 'H'}{number}"


def is_period(text: str) -> bool:
    """Whether a text is nothing but a period."""
    return bool(period_of(text))


def period_in(text: str) -> str:
    """Find the first period with a year inside a title, as written, or empty.

    >>> period_in("销售部2026年第三季度绩效考核表")
    '2026年第三季度'
    """
    found = _WITHIN.search(text)
    return found[0].strip() if found else ""
