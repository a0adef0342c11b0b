"""Numbers with their units, and the part each plays in a change."""

import math
import re
from typing import Final

from sync.smart.understand.fold import is_han
from sync.smart.understand.model import Amount, Sort, Time
from sync.smart.understand.numerals import CHINESE, SCALES, number
from sync.smart.understand.roles import with_roles

_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3}){1,6}(?:\.[0-9]{1,6})?|[0-9]{1,40}(?:\.[0-9]{1,6})?"
_ZH = rf"[{CHINESE}]{{1,12}}"
_EN = (
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four"
    r"|five|six|seven|eight|nine)|zero|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_CLASSIFIERS: Final = (
    "个百分点|百分点|个点|人次|人天|工作日|个工作日|小时|分钟|公里|公斤|平方米|立方米|万元|亿元|美元"
    "|个月|个季度|季度|场次|个|家|次|篇|场|份|项|人|名|位|本|件|台|套|门|款|单|条|起|例|批|张|户"
    "|页|页面|期|节|堂|届|座|所|笔|组|类|种|步|级|档|辆|颗|只|道|分|元|块|吨|米|天|日|周|年|月|秒|倍|成|字|课时|学分|频"
)
_SCALE: Final = r"百万|千万|十万|万|亿|千|百|(?:k|m|mm|mn|bn|b|million|billion|thousand|hundred|dozen)(?![a-z])"

_BEFORE: Final = re.compile(
    r"(?P<low>≥|>=|不低于|不少于|不小于|至少|最少|超过|高于|大于|多于|突破|at least"
    r"|no less than|no fewer than|more than|over|above|minimum of|exceed(?:s|ing)?|>)"
    r" ?$|(?:≤|<=|不超过|不高于|不大于|不多于|至多|最多|低于|小于|少于|at most|no more than"
    r"|less than|fewer than|under|below|up to|maximum of|within|<) ?$"
)
_AFTER: Final = re.compile(
    r" ?(?:(?P<low>及?以上|or (?:more|above|higher|better)|\+)"
    r"|及?以[下内]|之内|or (?:less|fewer|below|lower))"
)
_REACH: Final = 14
"""Characters of the longest comparator, with its space."""

# Every quantifier is bounded, so a search takes time linear in the text.
_AMOUNT: Final = re.compile(
    rf"""
    (?=[0-9{CHINESE}翻减前第\#¥$€£￥]|(?<![a-z])[a-z])
    (?:
      (?P<share>百分之[ ]?(?P<sharen>{_DIGITS}|{_ZH}))
    | (?P<frac>(?P<fb>[一二三四五六七八九十]{{1,2}})分之(?P<fa>[一二三四五六七八九十两]{{1,2}}))
    | (?P<enfrac>\b(?:(?P<efa>one|two|three|a)[- ])?(?P<efb>half|thirds?|quarters?|fifths?)\b(?=[ ]of\b))
    | (?P<turn>翻(?:[一]?番|倍)|翻(?P<turns>[两二三])番|\b(?:double|doubling|triple|tripling|quadruple)d?\b)
    | (?P<halve>减半|一半|\bhalv(?:e|ing)\b|\bby[ ]half\b)
    | (?P<none>(?<=[为归清至到])零(?![一二三四五六七八九十])|[零0][ ]?(?=事故|投诉|缺陷|差错|违规|故障|伤亡|逾期|遗漏|延误|误差|流失|损失|泄露|报废)
        |\b(?:zero|no)(?=[ ](?:accidents?|incidents?|complaints?|errors?|defects?|injur|breach|violations?|downtime|critical|overdue|major)))
    | (?P<rank>第[ ]?(?P<rankn>[0-9]{{1,3}}|[一二三四五六七八九十]{{1,3}})(?![ ]?[季方期阶步批章条者届次轮年个])(?:名|位)?
        |前[ ]?(?P<topn>[0-9]{{1,3}}|[二三四五六七八九十]{{1,2}})(?:名|位|强|%)?(?![个项天年月周次])
        |(?:\#|no\.?[ ]?|number[ ]|top[ ]?)(?P<hashn>[0-9]{{1,3}}|one)\b|\b(?P<ord>[0-9]{{1,2}}(?:st|nd|rd|th))\b)
    | (?P<cur>us\$|[¥$€£￥])?[ ]?
      (?:(?P<num>(?<![a-z0-9.])(?:{_DIGITS}))|(?P<zh>{_ZH}(?=[ ]?(?:多|余|来)?(?:{_CLASSIFIERS}))|[一二三四五六七八九两][{CHINESE}]{{0,6}}[百千万亿])|\b(?P<en>{_EN})\b(?=[ -]\w))
      (?P<plus>\+|多|余)?
      [ ]?(?P<scale>{_SCALE})?(?P<more>多|余)?
      (?:[ ]?(?:-|至|到|to|or)[ ]?(?P<upper>{_DIGITS})(?=[ ]?(?:{_SCALE})?[ ]?(?:%|percent|{_CLASSIFIERS}))[ ]?(?P<uscale>{_SCALE})?)?
      [ ]?(?P<unit>%|个?百分点|percentage[ -]points?|percent(?:age)?|pct|pp[ts]?\b|pts?\b|points?\b|bps\b|倍|times\b|x\b|[-]?fold\b
          |(?:usd|rmb|cny|hkd|twd|eur|gbp|dollars?|euros?)\b|(?:万|亿)?(?:元|美元|块)
          |(?:ms|hrs?|hours?|minutes?|mins?|seconds?|secs?|days?|weeks?|months?|years?)\b|(?:个)?(?:{_CLASSIFIERS}))?
    )
    """,
    re.VERBOSE,
)
_TRIGGER: Final = re.compile(
    rf"[0-9{CHINESE}翻半#]|{_EN}|half|third|quarter|doubl|tripl|quadrup|halv|\bno |number one"
)
_NOT_UNITS: Final = frozenset(
    "的和与及或以并至到则等内上下中后前左右增提降减为在且是了"
)
_STOP: Final = frozenset(
    {
        *("and", "or", "of", "to", "by", "in", "on", "for", "from", "with", "the", "a"),
        *("an", "at", "as", "per", "via", "is", "are", "be", "each", "than", "this"),
        *("within", "before", "after", "through", "until", "next", "over", "while"),
        *("that", "which"),
    }
)
_TIME_UNITS: Final = re.compile(
    r"小时|分钟|秒|天|日|周|个月|月|年|季度|ms|h(?:ou)?rs?|min(?:ute)?s?|sec(?:ond)?s?|days?|weeks?|months?|years?"
)
_MONEY: Final = re.compile(r"元|美元|块|usd|rmb|cny|hkd|twd|eur|gbp|dollar|euro")
_AHEAD_OF_MINUS: Final = " (从由自到至为是达$¥"
_NAMES: Final = re.compile(
    r"(?:iso|gb/?t?|p|v|ver\.?|version|level|tier|phase|step|web|ip|b|cet-?|工业|版本)[ -]?$"
)


def amounts_in(folded: str, times: tuple[Time, ...]) -> tuple[Amount, ...]:
    """Find the numbers of a folded text that are not part of a time expression.

    Args:
        folded: The text after `fold`.
        times: What `times_in` found: the 30 of 6月30日 is no amount.
    """
    if not _TRIGGER.search(folded):
        return ()
    taken = [(time.start, time.end) for time in times]
    found: list[Amount] = []
    for match in _AMOUNT.finditer(folded):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        amount = _amount(match, folded)
        if amount is not None:
            found.append(amount)
    return with_roles(folded, found)


def reread_amount(folded: str, like: Amount) -> Amount | None:
    """Read one number of a text again that stands where ``like`` stood in its shape.

    Returns:
        ``None`` when what stands there is another kind of thing.
    """
    if like.digits is not None:
        value = number(folded[slice(*like.digits)]) * like.scale
        return Amount(
            like.start,
            like.end,
            round(value * like.factor, 12),
            like.sort,
            like.unit,
            None,
            like.comparator,
            like.role,
            like.digits,
            like.scale,
            like.factor,
        )
    match = _AMOUNT.search(folded, like.start)
    own = _amount(match, folded) if match else None
    if own is None:
        return None
    # Sort and unit are of one class, but the place has to be the very same.
    if own.start != like.start or own.end != like.end or own.sort is not like.sort:
        return None
    return own if own.role == like.role else own._replace(role=like.role)


def _amount(match: "re.Match[str]", folded: str) -> Amount | None:
    start, end = match.span()
    before = _BEFORE.search(folded, max(0, start - _REACH), start)
    after = None if before else _AFTER.match(folded, end)
    compared = before or after
    comparator = "" if compared is None else ">=" if compared["low"] else "<="
    start = before.start() if before else start
    special = _special(match)
    if special is not None:
        value, sort, unit = special
        return Amount(start, end, value, sort, unit, comparator=comparator)
    if match["rank"]:
        word = match["rankn"] or match["topn"] or match["hashn"] or match["ord"][:-2]
        return Amount(start, end, number(word), Sort.RANK, "名")
    text = match["num"] or match["zh"] or match["en"] or ""
    value = number(text)
    if not text or math.isnan(value) or _is_label(match, folded, text):
        return None
    scale = SCALES.get(match["scale"] or "", 1.0) * _sign(folded, match.start())
    value *= scale
    unit = match["unit"] or ""
    upper = number(match["upper"]) if match["upper"] else None
    if upper is not None:
        upper *= SCALES.get(match["uscale"] or match["scale"] or "", 1.0)
    if not unit:
        unit, end = _next_word(folded, end)
    sort, factor = _sort(unit, money=bool(match["cur"]))
    return Amount(
        start,
        end,
        round(value * factor, 12),
        sort,
        unit or (match["cur"] or ""),
        None if upper is None or math.isnan(upper) else round(upper * factor, 12),
        comparator,
        digits=match.span("num") if match["num"] and upper is None else None,
        scale=scale,
        factor=factor,
    )


def _sign(folded: str, at: int) -> int:
    """Tell a loss, as in 从-6万元, from the dash of a range or a list."""
    sign = folded[at - 1 : at] if at else ""
    if sign == "负":
        return -1
    ahead = folded[at - 2 : at - 1] if at > 1 else " "
    return -1 if sign == "-" and ahead in _AHEAD_OF_MINUS else 1


def _special(match: "re.Match[str]") -> tuple[float, Sort, str] | None:
    """Read the writings that hold their unit inside: 百分之十五, 三分之一, 翻番, 零事故."""
    if match["turn"]:
        turns = number(match["turns"]) if match["turns"] else 1
        value = 3.0 if match["turn"].startswith("tripl") else 2.0**turns
        return value, Sort.TIMES, "倍"
    if match["none"] is not None:
        return 0.0, Sort.COUNT, "起"
    share = _share(match)
    return None if share is None else (share, Sort.PERCENT, "%")


def _share(match: "re.Match[str]") -> float | None:
    if match["share"]:
        return number(match["sharen"]) / 100
    if match["frac"]:
        return number(match["fa"]) / (number(match["fb"]) or 1)
    if match["enfrac"]:
        parts = {"h": 2, "t": 3, "q": 4, "f": 5}[match["efb"][0]]
        return {"two": 2, "three": 3}.get(match["efa"] or "", 1) / parts
    return 0.5 if match["halve"] else None


def _is_label(match: "re.Match[str]", folded: str, text: str) -> bool:
    """Tell a number that names something: ISO 9001, P95, "1." at the head of a list."""
    at = match.start("num") if match["num"] else match.start()
    if _NAMES.search(folded[max(0, at - 9) : at]):
        return True
    if match["zh"] and folded[max(0, at - 1) : at] in (
        "统",
        "唯",
        "单",
        "专",
        "同",
        "进",
        "万",
    ):
        return True
    # 一门 and "one" are articles unless at least one is asked for.
    article = match["en"] == "one" or (match["zh"] == "一" and match["unit"] != "倍")
    if article and not _BEFORE.search(folded, max(0, at - _REACH), at):
        return True
    after = folded[match.end("num") : match.end("num") + 1] if match["num"] else ""
    listed = len(text) <= 2 and after in (".", ",", ")", ":") and not match["unit"]  # noqa: PLR2004
    return listed and (at == 0 or folded[at - 1] in " (;")


def _next_word(folded: str, end: int) -> tuple[str, int]:
    """Take the word after a number as its unit when no known unit follows."""
    rest = folded[end : end + 24]
    word = re.match(r" ?-?([a-z][a-z-]{1,18})", rest)
    if word and word[1] not in _STOP:
        return word[1], end + word.end()
    char = rest.lstrip(" ")[:1]
    if char and is_han(char) and char not in _NOT_UNITS:
        return char, end + rest.index(char) + 1
    return "", end


_FACTORS: Final = {
    "%": 0.01,
    "percent": 0.01,
    "percentage": 0.01,
    "pct": 0.01,
    "成": 0.1,
}


def _sort(unit: str, *, money: bool) -> tuple[Sort, float]:
    """Name the kind of a unit and the factor that makes the value canonical."""
    if unit in _FACTORS:
        return Sort.PERCENT, _FACTORS[unit]
    if money or _MONEY.search(unit):
        scale = next((SCALES[char] for char in unit if char in "万亿"), 1.0)
        return Sort.MONEY, scale
    sort = Sort.COUNT if unit else Sort.BARE
    if "百分点" in unit or unit.startswith(("percentage", "pp", "pt", "point", "bps")):
        sort = Sort.POINTS
    elif unit in ("倍", "times", "x", "fold", "-fold"):
        sort = Sort.TIMES
    elif _TIME_UNITS.fullmatch(unit):
        sort = Sort.DURATION
    return sort, 1.0
