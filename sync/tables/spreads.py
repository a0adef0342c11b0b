"""Columns that repeat one name: for several periods, key results or measures."""

# ruff: noqa: PLR2004 - shares and counts of cells read best as plain numbers.

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from sync.tables.periods import HINT, period_of


class Spread(NamedTuple):
    """A header that names a field and what of several things it is for."""

    name: str
    """What is left, as in ``目标`` of ``Q1目标``."""
    period: str = ""
    """As `period_of` writes it."""
    part: str = ""
    """Which key result, as in ``KR2 progress``, or which measure, as in ``客单价目标``."""

    @property
    def group(self) -> str:
        """The measure, as a wide cell above its columns would say it."""
        return "" if self.part.isdigit() else self.part


def spread_over(texts: Mapping[int, str]) -> dict[int, Spread]:
    """Find headers that repeat one name for several periods or measures.

    One header alone, such as ``2026年目标``, is a name like any other; only a second
    one with the same name and another period shows that the columns are a series.

    Args:
        texts: Column → header.

    >>> spread_over({1: "姓名", 2: "Q1目标", 3: "Q2目标", 4: "2026年目标"})[3]
    Spread(name='目标', period='Q2', part='')
    >>> spread_over({1: "客单价目标", 2: "客单价实际", 3: "会员目标", 4: "会员实际"})[4]
    Spread(name='实际', period='', part='会员')
    """
    found = {
        column: spread
        for column, text in texts.items()
        if len(text) <= 30 and HINT.search(text) and (spread := _spread(text))
    }
    members: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for spread in found.values():
        members[_series_of(spread)].add(spread.period or spread.part)
    series = {
        column: spread
        for column, spread in found.items()
        if len(members[_series_of(spread)]) > 1
    }
    return {**_measures(texts), **series}


def _series_of(spread: Spread) -> tuple[str, int]:
    return spread.name.lower(), len(spread.period)


def _spread(text: str) -> Spread | None:
    whole = text.strip()
    if numbered := _NUMBERED.fullmatch(whole):
        name = f"{numbered['head'].strip()} {numbered['tail'].strip()}"
        return Spread(name.strip(), part=numbered["n"])
    for cut in range(len(whole) - 1, 0, -1):
        head, tail = whole[:cut], whole[cut:]
        if head[-1].isdigit() and tail[0].isdigit():
            continue
        for period, name in ((head, tail), (tail, head)):
            bare = name.strip(_BETWEEN)
            is_apart = name != bare or not (name.isascii() and period.isascii())
            if bare and is_apart and (found := period_of(period.strip(_BETWEEN))):
                return Spread(bare, found)
    return None


def _measures(texts: Mapping[int, str]) -> dict[int, Spread]:
    """Find measures that each have a column for the target and one for the result."""
    found: dict[int, Spread] = {}
    sides: defaultdict[str, set[str]] = defaultdict(set)
    for column, text in texts.items():
        bare = _BRACKETED.sub("", text).strip()
        half = _BEHIND.fullmatch(bare) or _AHEAD.fullmatch(bare)
        if half and not _OF_TIME.search(half["part"]):
            part = half["part"].strip()
            found[column] = Spread(half["name"], part=part)
            sides[part].add("target" if _TARGET.match(half["name"]) else half["name"])
    paired = {part for part, names in sides.items() if len(names) > 1}
    paired = {part for part in paired if "target" in sides[part]}
    if len(paired) < 2:
        return {}
    return {column: it for column, it in found.items() if it.part in paired}


_NUMBERED = re.compile(
    r"(?P<head>kr|key results?|关键结果|关键成果|kpi|measure|metric|指标)[ _#-]*"
    r"(?P<n>[1-9])(?P<tail>(?:[^\d.][^\d]*)?)",
    re.IGNORECASE,
)
_BETWEEN = " -_/·:：()（）【】[]"
_BRACKETED = re.compile(r"[(（【\[].*?[)）】\]]")
_BEHIND = re.compile(
    r"(?P<part>.{1,40}?)\s*(?P<name>目[标標]值?|指[标標]值|实际值?|實際值?|实绩|實績|完成值"
    r"|[达達]成值|[达達]成率|完成率|\b(?:target|actual|result|achieved|achievement))",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"(?P<name>目[标標]|实际|實際|(?:target|actual)\b)\s*(?P<part>.{1,40})",
    re.IGNORECASE,
)
_TARGET = re.compile(r"目[标標]|指[标標]|target", re.IGNORECASE)
_OF_TIME = re.compile(
    r"日期|时间|時間|[年月季周日]度?$|开始|結束|结束|完成|累计|全年|本期|当期|date|start|end"
    r"|finish|month|quarter|annual|year|ytd|week|^\s*(?:值|数|量|率|数值)\s*$",
    re.IGNORECASE,
)
"""A plan and what became of it in time, or one period beside another: no measure."""
