"""Words that compare, multiply, or stand where a number should."""

from sync.records.model import Comparator

COMPARATOR_BEFORE: tuple[tuple[tuple[str, ...], Comparator], ...] = (
    (("不低于", "不少于", "不小于", "至少", "最低", "最少", "at least", "minimum", "min",
      "min.", "no less than", "not less than", "minimum of", "not below"), ">="),
    (("不高于", "不超过", "不多于", "不大于", "至多", "最多", "最高", "控制在", "at most",
      "no more than", "not more than", "maximum", "max", "max.", "up to", "maximum of",
      "not exceed", "not to exceed", "within", "不得超过"), "<="),
    (("低于", "少于", "小于", "less than", "under", "below", "fewer than"), "<"),
    (("高于", "多于", "大于", "超过", "more than", "over", "above", "greater than"), ">"),
    (("等于", "equal to"), "="),
)  # fmt: skip

COMPARATOR_AFTER: dict[str, Comparator] = {
    "以上": ">=",
    "及以上": ">=",
    "或以上": ">=",
    "以下": "<=",
    "及以下": "<=",
    "或以下": "<=",
    "以内": "<=",
    "之内": "<=",
    "内": "<=",
    "+": ">=",
    "or more": ">=",
    "or above": ">=",
    "or higher": ">=",
    "or greater": ">=",
    "or less": "<=",
    "or below": "<=",
    "or lower": "<=",
    "or fewer": "<=",
}
"""Endings; the longer spellings end in the shorter ones."""

MULTIPLIERS: dict[str, float] = {
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "十万": 1e5,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "万亿": 1e12,
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
}

NOT_QUANTITIES = frozenset({"pending", "tbd", "tbc", "待定", "未定"})
