"""Words that stand in date cells and name no day."""

NO_DATE = frozenset(
    {
        "tbd", "tba", "tbc", "tbd.", "to be determined", "to be decided",
        "to be confirmed", "ongoing", "on-going", "continuous", "continuing", "rolling",
        "recurring", "daily", "weekly", "monthly", "quarterly", "annually", "yearly",
        "asap", "soon", "now", "immediate", "immediately", "open", "open-ended",
        "no deadline", "not set", "unknown", "as needed", "when ready", "pending",
        "长期", "持续", "持续进行", "长期有效", "常态化", "日常", "随时", "尽快", "立即",
        "马上", "近期", "不定", "不定期", "未定", "未确定", "未知", "另行通知", "按需",
        "每日", "每天", "每周", "每月", "每季度", "每年", "全年", "无期限", "长期坚持",
    }
)  # fmt: skip
"""Whole cells without a date: nothing is unreadable, and the lint judges the rest."""

NO_DATE_STARTS = ("待", "视", "after ", "once ", "pending ", "depends ", "dependent ")
"""Beginnings of conditions, as in ``待前置完成后``."""

RELATIVE = (
    "今天", "明天", "后天", "昨天", "本周", "下周", "上周", "这周", "周", "星期", "礼拜",
    "本月", "下月", "上月", "这个月", "下个月", "月底", "月末", "月初", "月中",
    "本季", "下季", "上季", "这个季度", "下个季度", "季末", "季度末", "季底",
    "今年", "明年", "去年", "本年", "下半年底",
    "today", "tomorrow", "yesterday", "this ", "next ", "last ", "end of month",
    "end of the month", "end of week", "end of quarter", "eom", "eoq", "eow", "month end",
    "month-end", "quarter end", "quarter-end", "within ", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday", "end of next", "end of this",
)  # fmt: skip
"""Beginnings of dates that mean something only on the day they were written."""

RELATIVE_ENDS = ("天内", "日内", "周内", "月内", "小时内", "工作日内")
"""Endings of terms such as ``三个月内``, counted from a day that is not named."""
