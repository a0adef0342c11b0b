"""Chinese time expressions."""

import math
import re
from typing import Final

from sync.smart.understand.calendar_words import (
    PLAIN,
    SERVICE,
    YEAR,
    alternative,
    day_of,
    whole,
)
from sync.smart.understand.model import Span, Time
from sync.smart.understand.numerals import number

# Every quantifier is bounded, so a search takes time linear in the text.
_N = r"(?:(?<![0-9])[0-9]{1,3}|[一二三四五六七八九十两半]{1,3})"
_MONTH_NO = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_TAIL = r"(?:底|末|初|中旬|上旬|下旬)?(?:之?前|以前|内)?"
_EVENTS = "春节|国庆节?|五一|中秋节?|元旦|端午节?|双十一|双11|双12|618|圣诞节?|开学|学期末|学期结束|[暑寒]假|期[中末]考试|[高中]考"
_PATTERN: Final = re.compile(
    rf"""
    (?P<date>(?<![0-9])(?P<dy>{YEAR})[ ]?[年./-][ ]?(?P<dm>1[0-2]|0?[1-9])[ ]?[月./-]
        [ ]?(?P<dd>[0-3]?[0-9])(?![0-9])(?:[ ]?[日号])?(?:之?前|以前)?)
  | (?P<md>(?<![0-9.])(?P<mm>{_MONTH_NO})[ ]?月[ ]?(?P<mday>[0-3]?[0-9])[ ]?[日号]?(?:之?前|以前)?)
  | (?P<ym>(?<![0-9])(?P<yy>{YEAR})[ ]?年[ ]?(?P<ymm>{_MONTH_NO})[ ]?月份?{_TAIL})
  | (?P<quarter>(?:(?<![0-9])(?P<qy>{YEAR})[ ]?年?[ ]?)?第?[ ]?(?P<qn>[一二三四1-4])[ ]?季度?{_TAIL})
  | (?P<half>(?:(?<![0-9])(?P<hy>{YEAR})[ ]?年?[ ]?)?(?P<hn>[上下])半年度?{_TAIL})
  | (?P<rhythm>[每逐][ ]?(?:个|隔|双|两)?(?:{_N}[ ]?个?)?[ ]?(?:工作日|季度?|半年|学期|星期
        |[天日周月年旬])|按[月周季]度?|(?<=\d次)/[月周年]|定期|月度|周度)
  | (?P<past>去年(?:同期)?|上年(?:同期)?|上个?季度|上个?月|前年|往年|同比|环比|上期)
  | (?P<year>(?<![0-9])(?P<yn>{YEAR})[ ]?年度?{_TAIL})
  | (?P<dur>(?P<lead>未来|接下来的?|今后|历时|持续|坚持|用|在|于|后|至|到|于)?[ ]?
        (?P<dn>{_N})[ ]?(?P<du>个月|年|个?季度|周|个?星期|天|日|个?工作日|个?小时|分钟|秒)
        (?:的?时间)?(?P<dt>之内|以内|内|左右)?)
  | (?P<month>(?<![0-9.个])(?P<mn>{_MONTH_NO})[ ]?月份?{_TAIL})
  | (?P<rel>(?P<rw>[本今当明]|这个?|下一?个?|全)(?P<ru>年度?|季度?|月|周|半年|财年|学期|学年){_TAIL}
        |(?P<bare>年|月|季度?|周|半年|财年|学期|学年)(?:底|末|终)(?:之?前|以前)?
        |年内|月内|季度内|一年四季|年度(?=内|末|终|目标))
  | (?P<event>(?:{_EVENTS})(?:之?前|以前|期间)|试用期(?:内|结束前|满前)?|转正前)
  | (?P<vague>尽快|尽早|近期|早日|长期|持续|不断|随时|适时|日后|待定|择机|逐步|有空时)
    """,
    re.VERBOSE,
)
_DAYS: Final = {"年": 365, "季": 91, "月": 30, "周": 7, "星": 7, "天": 1, "日": 1}
_SHORT: Final = ("小时", "分钟", "秒")
_LEADS: Final = ("未来", "接下来", "接下来的", "今后", "历时", "持续", "坚持")
_CHANGING: Final = re.compile("提升|提高|增长|增加|新增|完成|上线|成为|建成|减掉|涨")
_MEASURED: Final = ("由", "从", "自", "期", "长", "间", "数", "每")
_TRIGGER: Final = re.compile(
    r"[年月日号周季天旬星期节秒分时前间快早近长持不随适待择逐转试同环上每按定]"
)
_DAYS_OF: Final = {"date": ("dy", "dm", "dd"), "md": ("", "mm", "mday")}
"""Alternative → its groups for year, month and day."""
_PERIODS: Final = {
    "ym": (Span.MONTH, "yy", "ymm"),
    "month": (Span.MONTH, "", "mn"),
    "quarter": (Span.QUARTER, "qy", "qn"),
    "half": (Span.HALF, "hy", "hn"),
    "year": (Span.YEAR, "yn", ""),
}
"""Alternative → its kind and its groups for the year and the number."""
_UNITS: Final = {
    "年": Span.YEAR,
    "财": Span.YEAR,
    "季": Span.QUARTER,
    "月": Span.MONTH,
    "半": Span.HALF,
}


def chinese_times(folded: str) -> list[Time]:
    """Find the Chinese time expressions of a folded text."""
    if not _TRIGGER.search(folded):
        return []
    read = (_read(match, folded) for match in _PATTERN.finditer(folded))
    return [time for time in read if time is not None]


def _read(match: "re.Match[str]", folded: str) -> Time | None:
    kind, (start, end) = alternative(match), match.span()
    if kind in PLAIN:
        return Time(start, end, PLAIN[kind])
    if kind == "dur":
        return _duration(match, folded)
    if kind == "rel":
        return _relative(match)
    if kind in _DAYS_OF:
        return day_of(
            start, end, *(match[part] if part else None for part in _DAYS_OF[kind])
        )
    span, year, number_group = _PERIODS[kind]
    written = match[number_group] if number_group else None
    number_in = {"上": 1, "下": 2}.get(written or "") or whole(written)
    return Time(start, end, span, whole(match[year]) if year else None, number_in)


def _relative(match: "re.Match[str]") -> Time:
    start, end = match.span()
    unit = (match["ru"] or match["bare"] or match[0])[:1]
    word = match["rw"] or ""
    shift = 1 if word == "明" or word.startswith("下") else 0
    return Time(start, end, _UNITS.get(unit, Span.DURATION), shift=shift)


def _duration(match: "re.Match[str]", folded: str) -> Time | None:
    """Tell a deadline (三个月内) from a response time and from a plain amount."""
    start, end = match.span()
    lead, tail, unit = match["lead"] or "", match["dt"] or "", match["du"]
    before = folded[max(0, start - 4) : start]
    # "缩短至20天以内" is the result itself: an amount, however it ends.
    if lead in ("至", "到") or before.endswith(("至", "到", "控制在", "缩短在", "为")):
        return None
    if "控制" in before or (lead == "于" and before.endswith(("低", "高", "少", "多"))):
        return None
    inside = tail in ("之内", "以内", "内") or (
        # "一个月提升30分": the change is what happens within the time.
        not before.endswith(_MEASURED) and bool(_CHANGING.match(folded, end))
    )
    if not inside and lead not in _LEADS:
        return None
    after = folded[end : end + 12]
    days = _DAYS.get(unit.lstrip("个")[:1])
    if unit.endswith(_SHORT) or lead == "后" or before.endswith(("后", "起")):
        return Time(start, end, Span.SLA)
    if unit.endswith(("天", "日")) and SERVICE.search(after):
        return Time(start, end, Span.SLA)
    count = number(match["dn"]) if match["dn"] != "半" else 0.5
    length = None if math.isnan(count) else int(count * (days or 1))
    return Time(start, end, Span.DURATION, days=length)


def chinese_time(folded: str, at: int) -> Time | None:
    """Read the one expression that stands at a place; ``None`` for none."""
    match = _PATTERN.match(folded, at)
    return _read(match, folded) if match else None
