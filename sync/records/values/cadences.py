"""How often somebody is talked with, as people write it."""

import re

from sync.records.values import wording
from sync.records.values.numerals import with_digits
from sync.records.values.texts import folded, is_missing, text_of
from sync.workbooks.snapshot import RawValue

_DAYS = {
    "天": 1, "日": 1, "day": 1, "days": 1, "周": 7, "星期": 7, "礼拜": 7, "week": 7,
    "weeks": 7, "月": 30, "month": 30, "months": 30, "季": 91, "季度": 91, "quarter": 91,
    "quarters": 91, "半年": 182, "年": 365, "year": 365,
}  # fmt: skip
_WORDS = {
    "daily": 1, "weekly": 7, "biweekly": 14, "bi-weekly": 14, "fortnightly": 14,
    "双周": 14, "隔周": 14, "半月": 15, "monthly": 30, "bimonthly": 60, "双月": 60,
    "隔月": 60, "quarterly": 91, "yearly": 365, "annually": 365,
}  # fmt: skip
_UNIT = "|".join(sorted(_DAYS, key=len, reverse=True))
_COUNTER = r"(?:个|次)?"
_EVERY = re.compile(
    rf"(?:每隔?|every|once (?:a|every|per)|per)?\s*(?P<n>\d+|other)?\s*{_COUNTER}\s*"
    rf"(?P<unit>{_UNIT})(?:\s*(?:一次|(?P<times>\d+)\s*次|一谈))?"
)
_TIMES = re.compile(
    rf"(?P<times>\d+)\s*(?:次|x|times?)\s*(?:/|每|a|per|every)\s*(?P<unit>{_UNIT})"
)


def read_cadence(raw: RawValue) -> int | None:
    """Read after how many days somebody is talked with again.

    Args:
        raw: A number of days, or words in Chinese or English.

    Returns:
        Days, at least one; ``None`` for an empty cell. A month counts as 30 days.

    Raises:
        UnreadableCell: If it is neither.

    >>> read_cadence("双周"), read_cadence("每月2次"), read_cadence("every 3 weeks")
    (14, 15, 21)
    """
    if raw is None or isinstance(raw, bool):
        return None
    text = text_of(raw)
    if is_missing(text):
        return None
    short = with_digits(folded(text)).strip(" .。")
    if re.fullmatch(r"\d{1,4}(?:\.0+)?", short):
        return max(int(float(short)), 1)
    if short in _WORDS:
        return _WORDS[short]
    if found := _TIMES.fullmatch(short):
        return max(_DAYS[found["unit"]] // max(int(found["times"]), 1), 1)
    if (found := _EVERY.fullmatch(short)) and short not in _DAYS:
        n = 2 if found["n"] == "other" else int(found["n"] or 1)
        return max(n * _DAYS[found["unit"]] // max(int(found["times"] or 1), 1), 1)
    raise wording.NOT_A_CADENCE.about(text)
