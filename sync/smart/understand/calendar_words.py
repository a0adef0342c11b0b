"""What both languages' time expressions share."""

import math
import re
from typing import Final

from sync.smart.understand.model import Span, Time
from sync.smart.understand.numerals import number

# Every quantifier is bounded, so a search takes time linear in the text.
YEAR: Final = r"(?:19|20)[0-9]{2}"

SERVICE: Final = re.compile(
    "响应|回复|回应|答复|处理|解决|反馈|到岗|办结|送达|发货|关闭|完成率|交付率|退款"
    "|respon|resol|reply|answer|of request|of receipt|turnaround|ship"
)
"""What is promised within a response time."""
PLAIN: Final = {
    "rhythm": Span.RECURRING,
    "past": Span.PAST,
    "event": Span.EVENT,
    "vague": Span.VAGUE,
}
"""Alternatives that need no further reading."""
_LAST_DAY: Final = 31


def alternative(match: "re.Match[str]") -> str:
    """Name the alternative that matched: the outermost group that took part."""
    for name, value in match.groupdict().items():
        if value is not None:
            return name
    return ""


def whole(text: str | None) -> int | None:
    """Read a whole number in any writing; ``None`` for none."""
    value = number(text) if text else math.nan
    return None if math.isnan(value) else int(value)


def day_of(start: int, end: int, *parts: str | None) -> Time | None:
    """Build a date from the texts of year, month and day; ``None`` for no such day."""
    year, month, day = (whole(part) for part in parts)
    if day is None or not 1 <= day <= _LAST_DAY:
        return None
    return Time(start, end, Span.DATE, year, month, day)
