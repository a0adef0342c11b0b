"""The small grammar of dates and periods in goal sheets, Chinese and English.

A general date parser is no use here: it finds dates in ``5月份目标`` and in ``may``.
Every pattern below must match the whole text.
"""

import re
from collections.abc import Callable

from sync.records.values.numerals import with_digits
from sync.records.values.spans import Written
from sync.records.values.texts import folded

_MONTHS = (
    "jan(?:uary)?",
    "feb(?:ruary)?",
    "mar(?:ch)?",
    "apr(?:il)?",
    "may",
    "june?",
    "july?",
    "aug(?:ust)?",
    "sept?(?:ember)?",
    "oct(?:ober)?",
    "nov(?:ember)?",
    "dec(?:ember)?",
)
_MONTH_KEYS = tuple(name[:3] for name in _MONTHS)
_THIRDS = {"上旬": 1, "初": 1, "中旬": 2, "中": 2, "下旬": 3} | {
    "early": 1,
    "mid": 2,
    "late": 3,
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}

_MON = rf"(?P<mon>{'|'.join(_MONTHS)})"
_YEAR4 = r"(?P<year>(?:1[0-9]|2[01])\d{2})"
_YEAR = r"(?P<year>(?:1[0-9]|2[01])\d{2}|\d{2})"
_GAP = r"[\s.,/'-]*"
_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"(?P<month>\d{1,2})"
_THIRD = r"(?P<third>上旬|中旬|下旬|初|中)"
_QUARTER = r"(?:第?(?P<n>[1-4])(?:个)?季度?|q\s?(?P<q>[1-4])(?:季度?)?|(?P<p>[1-4])q)"
_QUARTER_WORDS = (
    r"(?:(?:quarter|qtr)\s?(?P<n>[1-4])"
    r"|(?P<word>first|second|third|fourth|1st|2nd|3rd|4th)\s(?:quarter|qtr))"
)
_HALF = r"(?:(?P<zh>上|下)半年(?:度)?|h(?P<n>[12])|(?P<p>[12])h)"
_HALF_WORDS = r"(?P<word>first|second|1st|2nd)\shalf"
_FY = r"(?:fy|fiscal(?: year)?)\s?'?(?P<year>\d{4}|\d{2})(?:年度?)?"


def full_year(digits: str) -> int:
    """Read a year of two or four digits.

    >>> full_year("26")
    2026
    """
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004
        return year
    return year + (2000 if year < 80 else 1900)  # noqa: PLR2004


def _year(match: re.Match[str]) -> int | None:
    digits = match.groupdict().get("year")
    return full_year(digits) if digits else None


def _day(match: re.Match[str]) -> Written:
    month = match.groupdict().get("month")
    number = int(month) if month else _MONTH_KEYS.index(match["mon"][:3]) + 1
    return Written("day", _year(match), number, int(match["day"]))


def _month(match: re.Match[str]) -> Written:
    month = match.groupdict().get("month")
    number = int(month) if month else _MONTH_KEYS.index(match["mon"][:3]) + 1
    return Written("month", _year(match), number)


def _third(match: re.Match[str]) -> Written:
    month = _month(match)
    return Written("third", month.year, month.number, _THIRDS[match["third"]])


def _number(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("word"):
        word = groups["word"]
        return _ORDINALS.get(word) or int(word[0])
    if groups.get("zh"):
        return 1 if groups["zh"] == "上" else 2
    return int(groups.get("n") or groups.get("q") or groups.get("p") or 0)


def _quarter(match: re.Match[str]) -> Written:
    return Written("quarter", _year(match), _number(match), fiscal=True)


def _half(match: re.Match[str]) -> Written:
    return Written("half", _year(match), _number(match), fiscal=True)


def _calendar_year(match: re.Match[str]) -> Written:
    return Written("year", _year(match))


def _fiscal_year(match: re.Match[str]) -> Written:
    return Written("year", _year(match), fiscal=True)


_Build = Callable[[re.Match[str]], Written]
_PATTERNS: tuple[tuple[re.Pattern[str], _Build], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        # 2025-6-30, 2025.6.30, 2025/06/30, 2025年6月30日, 20250630
        (rf"{_YEAR4}\s?[-./年]\s?{_MONTH}\s?[-./月]\s?{_DAY}\s?[日号]?", _day),
        (rf"{_YEAR4}(?P<month>\d\d)(?P<day>\d\d)", _day),
        (rf"{_YEAR}年\s?{_MONTH}月\s?{_DAY}[日号]?", _day),
        (rf"{_MONTH}月\s?{_DAY}[日号]?", _day),
        # 30 Jun 2025, 30-Jun, June 30, 2025
        (rf"{_DAY}(?:st|nd|rd|th)?(?: of)?{_GAP}{_MON}{_GAP}{_YEAR}?", _day),
        (rf"{_MON}{_GAP}{_DAY}(?:st|nd|rd|th)?[\s,.-]+{_YEAR4}", _day),
        (rf"{_MON}{_GAP}{_DAY}(?:st|nd|rd|th)", _day),
        # 7月, 2026年7月, 2026-07, 202607, 7月中旬
        (rf"(?:{_YEAR}年\s?)?{_MONTH}月(?:份)?{_THIRD}", _third),
        (rf"(?:{_YEAR}年\s?)?{_MONTH}月(?:份)?", _month),
        (rf"{_YEAR4}\s?[-./]\s?{_MONTH}月?", _month),
        (rf"{_YEAR4}(?P<month>0[1-9]|1[0-2])", _month),
        (rf"{_MONTH}[-/]{_YEAR4}", _month),
        # Jun-25, March .2024, Aug,2024, June
        (rf"{_MON}(?: of)?{_GAP}{_YEAR4}", _month),
        (rf"{_MON}[-/']\s?{_YEAR}", _month),
        (rf"{_YEAR4}{_GAP}{_MON}", _month),
        (rf"(?P<third>early|mid|late)[\s-]{_MON}(?:{_GAP}{_YEAR4})?", _third),
        (rf"{_MON}\.?", _month),
        # Q3, 2026Q3, 2026年第三季度, Q3 2026, FY26 Q2, third quarter of 2026
        (rf"(?:{_YEAR}\s?(?:年度?)?{_GAP})?{_QUARTER}", _quarter),
        (rf"{_FY}{_GAP}{_QUARTER}", _quarter),
        (rf"{_QUARTER}{_GAP}(?:of )?(?:fy\s?)?'?{_YEAR}年?", _quarter),
        (rf"{_QUARTER_WORDS}(?:{_GAP}(?:of )?{_YEAR4})?", _quarter),
        # 上半年, H1, 2025H2, first half of 2026
        (rf"(?:{_YEAR}\s?(?:年度?)?{_GAP})?{_HALF}", _half),
        (rf"{_FY}{_GAP}{_HALF}", _half),
        (rf"{_HALF}{_GAP}(?:of )?(?:fy\s?)?'?{_YEAR}年?", _half),
        (rf"{_HALF_WORDS}(?:{_GAP}(?:of )?{_YEAR4})?", _half),
        # 2026年, 2026年度, 26年度, FY26
        (rf"{_YEAR}年(?:度|全年)?", _calendar_year),
        (r"(?:全|本|当)?年度?|(?:the )?(?:calendar )?year", _calendar_year),
        (_FY, _fiscal_year),
    )
)

_BEFORE = re.compile(
    r"(?:预计|计划|拟|不晚于|不迟于|截至|截止到?|最迟|于|在|到"
    r"|(?:(?:due|latest|by|before|until|till|on or before|no later than|on|in|at|around"
    r"|approx\.?|the|expected)\s)+)\s*"
)
_AFTER = re.compile(
    r"\s*(?:[(\[].*[)\]]|之前|以前|前|为止|截止|止|完成|上线|交付|之内|以内|内|左右"
    r"|t?\s?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[ap]m)?(?:z|[+-]\d\d:?\d\d)?"
    r"|[,;。.]|(?:周|星期)[一二三四五六日天])$"
)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s(?=\S*\d|[a-z]{3})")
_END = re.compile(r"(?:the\s)?(?:end|close)(?:\s+of|-)?(?:\s?the)?[\s-]*(?=[a-z\d])")
_BETWEEN = re.compile(r"\s*(?:至|到|~|—|–|-|\bto\b)\s*")
_YEAR_END = re.compile(
    rf"(?:eoy|year[\s-]?end|end[\s-]?of[\s-]?(?:the[\s-])?year)(?:{_GAP}{_YEAR4})?"
    rf"|(?P<a>\d{{4}})\s(?:eoy|year[\s-]?end)"
)


def _bare(text: str) -> str:
    """Take away what surrounds the date: prepositions, weekdays, times, 前, 完成."""
    text = _WEEKDAY.sub("", _BEFORE.sub("", text, count=1) if text else "", count=1)
    while text:
        shorter = _AFTER.sub("", text)
        if shorter == text:
            break
        text = shorter
    return text.strip()


def read_written(text: str) -> Written | None:
    """Read one day or period written in words or digits.

    Day and month in digits without a leading year, as in ``03/04/2025``, are not
    read here: which is which depends on the column.

    Args:
        text: Any text.

    Returns:
        What is written, or ``None`` when it is not a date as a whole.
    """
    return _read(_spelled(folded(text)))


def read_range(text: str) -> tuple[Written, Written] | None:
    """Read ``2026.1.1-2026.6.30`` or ``2026年1月至6月``: its first and its last part.

    The second part has the year of the first when it names none.
    """
    short = folded(text)
    for mark in _BETWEEN.finditer(short):
        first = read_written(short[: mark.start()])
        last = read_written(short[mark.end() :])
        if first and last:
            year = last.year if last.year is not None else first.year
            return first, last._replace(year=year)
    return None


def bare_date(text: str) -> str:
    """Strip what surrounds a date: prepositions, weekdays, times, 前, 完成.

    >>> bare_date("by 30/6 18:00")
    '30/6'
    """
    return _spelled(folded(text))


def _spelled(text: str) -> str:
    # Weekdays go before numerals are spelled as digits: 周三 is no 周3.
    text = text.removesuffix("年内") + "年底" if text.endswith("年内") else text
    return with_digits(_bare(text)) if len(text) <= 60 else ""  # noqa: PLR2004


def _read(text: str) -> Written | None:
    year_end = _YEAR_END.fullmatch(text)
    if year_end:
        digits = year_end["year"] or year_end["a"]
        return Written("year", int(digits) if digits else None, is_end=True)
    end = _END.match(text)
    if end:
        return _read_end(text[end.end() :])
    if text[-1:] in {"底", "末"}:
        return _read_end(text[:-1])
    written = _match(text)
    # 年 alone is a year only in 年底; a bare 年度 is no date.
    if written and written.unit == "year" and written.year is None:
        return None
    return written


def _read_end(text: str) -> Written | None:
    """Read what the end is of."""
    if re.fullmatch(_YEAR4, text):
        return Written("year", int(text), is_end=True)
    # Nobody writes "end of March 26" for a day.
    month = re.fullmatch(rf"{_MON}{_GAP}{_YEAR}", text)
    written = _month(month) if month else _match(text)
    return written._replace(is_end=True) if written else None


def _match(text: str) -> Written | None:
    for pattern, build in _PATTERNS:
        match = pattern.fullmatch(text)
        if match:
            return build(match)
    return None
