"""The rules of status, in the order in which they are tried, each with a code."""

from collections.abc import Mapping

from sync.records.model import Status
from sync.wording import Text

RULES: Mapping[str, tuple[Status, Text]] = {
    "closed": (
        Status.CLOSED,
        Text("填报为取消、暂停或移交", "reported cancelled, suspended or handed over"),
    ),
    "achieved": (
        Status.ACHIEVED,
        Text(
            "完成 100%；上限类指标到期仍守住",
            "100% done; a limit still kept when it was due",
        ),
    ),
    "claimed-done": (
        Status.ACHIEVED,
        Text(
            "填报为已完成，没有数字可核对",
            "reported done, with no number to check it",
        ),
    ),
    "overdue": (
        Status.OVERDUE,
        Text("已过截止日，仍未达成", "past the due date and not achieved"),
    ),
    "overdue-no-value": (
        Status.OVERDUE,
        Text(
            "已过截止日，从未填过进展",
            "past the due date, and no value was ever given",
        ),
    ),
    "before-start": (
        Status.NOT_STARTED,
        Text("还没到开始日", "the start date has not come"),
    ),
    "behind-not-started": (
        Status.BEHIND,
        Text(
            "填报为未开始，但按进度早该有进展",
            "reported not started, though progress was due by now",
        ),
    ),
    "claimed-not-started": (
        Status.NOT_STARTED,
        Text("填报为未开始，时间还来得及", "reported not started, still in time"),
    ),
    "no-data": (
        Status.NO_DATA,
        Text("没有任何进展数据", "there is no value to judge"),
    ),
    "behind-ratio": (
        Status.BEHIND,
        Text(
            "完成 ÷ 应完成低于滞后线，且差距达到滞后线",
            "done ÷ expected below the behind ratio, and the gap at least its gap",
        ),
    ),
    "at-risk-ratio": (
        Status.AT_RISK,
        Text(
            "完成 ÷ 应完成低于风险线，且差距达到风险线",
            "done ÷ expected below the at-risk ratio, and the gap at least its gap",
        ),
    ),
    "at-risk-forecast": (
        Status.AT_RISK,
        Text(
            "照最近几周的节奏，到期时连预测区间的上限也达不到目标",
            "at the pace of the last weeks even the upper end of the forecast misses "
            "the target",
        ),
    ),
    "not-started": (
        Status.NOT_STARTED,
        Text("进度为 0，时间还来得及", "nothing done yet, still in time"),
    ),
    "at-risk-silent": (
        Status.AT_RISK,
        Text("进度正常，但太久没有更新", "in pace, but silent for too long"),
    ),
    "ahead": (
        Status.AHEAD,
        Text(
            "完成 ÷ 应完成达到超前线，且领先达到风险线的差距",
            "done ÷ expected at the ahead ratio, and the lead at least the at-risk gap",
        ),
    ),
    "grace": (
        Status.ON_TRACK,
        Text(
            "刚开始，宽限期内不判断快慢", "just begun: pace is not judged in the grace"
        ),
    ),
    "within-limit": (
        Status.ON_TRACK,
        Text("没有超过上限，还没到期", "within the limit, not due yet"),
    ),
    "claimed-only": (
        Status.ON_TRACK,
        Text(
            "没有起止日期，状态以填报为准",
            "without dates the reported status stands, whatever it is",
        ),
    ),
    "no-dates": (
        Status.ON_TRACK,
        Text(
            "有进展，但没有起止日期，无法判断快慢",
            "has progress, but without dates its pace cannot be judged",
        ),
    ),
    "on-track": (Status.ON_TRACK, Text("与计划相符", "as planned")),
}
"""Code → the status it gives and what it says, in the order in which they are tried.
``claimed-only`` alone gives another status: the claimed one."""

CHINESE_NAMES: Mapping[str, str] = {
    "closed": "填报已关闭",
    "achieved": "已达成",
    "claimed-done": "填报已完成",
    "overdue": "已逾期",
    "overdue-no-value": "逾期且无数据",
    "before-start": "未到开始日",
    "behind-not-started": "该开始未开始",
    "claimed-not-started": "填报未开始",
    "no-data": "无数据",
    "behind-ratio": "按进度比",
    "at-risk-ratio": "按进度比",
    "at-risk-forecast": "按近期节奏",
    "not-started": "尚未开始",
    "at-risk-silent": "久未更新",
    "ahead": "按进度比",
    "grace": "刚开始",
    "within-limit": "未超上限",
    "claimed-only": "以填报为准",
    "no-dates": "没有日期",
    "on-track": "按进度比",
}


def rule_name(code: str) -> Text:
    """Name a rule as a sheet's reader knows it: in English by its code."""
    return Text(CHINESE_NAMES.get(code, code), code)
