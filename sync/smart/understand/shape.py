"""The shape of a text: what is left when numbers of one class are the same number.

Goals of one workbook are often one sentence with other numbers in it. What the sentence
says depends on the numbers only through a few classes, such as "can be a month".
"""

import re
from typing import Final

_RUN: Final = re.compile("[0-9]+")
_LAST: Final = str.maketrans("246789", "135555")
"""A last digit can be a half-year, a quarter, or neither."""
_YEARS: Final = ("19", "20")
_MARKS: Final = "年月/.第双-"
"""Beside the marks of a date a long number is kept."""
_KEPT: Final = frozenset({"00", "10", "11", "12", "20", "30", "31"})


def _two(run: str) -> str:
    """Tell months, days and other numbers apart, and what their last digit can be."""
    first, last = run[0], run[1]
    if first >= "4":
        return "4" + last.translate(_LAST)
    if first == "3" or run < "10":
        return first + last.translate(_LAST)
    # 13 to 29 can be days only.
    return "2" + ("0" if last == "0" else "1" if last < "5" else "5")


def _masked(match: "re.Match[str]") -> str:
    run = match[0]
    if run in _KEPT:
        return run
    length = len(run)
    if length == 1:
        return run.translate(_LAST)
    if length == 2:  # noqa: PLR2004
        return _two(run)
    start = match.start()
    beside = start and match.string[start - 1] in _MARKS
    # 618 is a day of sales wherever it stands.
    if beside or "618" in run or (length > 3 and run.startswith(_YEARS)):  # noqa: PLR2004
        return run
    return "4" * (length - 1) + run[-1].translate(_LAST)


def shape_of(text: str) -> str:
    """Replace the numbers of a text by one of their class; the length stays the same.

    >>> shape_of("6月28日前从 87% 提升到 95%")
    '5月25日前从 45% 提升到 45%'
    """
    return _RUN.sub(_masked, text)
