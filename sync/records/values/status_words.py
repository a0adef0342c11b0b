"""Status words of both languages; data, compared after `texts.folded`."""

from sync.records.model import Status

WORDS: dict[Status, tuple[str, ...]] = {
    Status.ACHIEVED: (
        "完成", "已完成", "全部完成", "按期完成", "按时完成", "提前完成", "超额完成", "达标",
        "已达标", "达成", "已达成", "超额达成", "完结", "已完结", "结项", "已结项", "已解决",
        "已上线", "已交付", "已实现", "已验收", "已结束", "结束", "已落实", "圆满完成",
        "done", "complete", "completed", "achieved", "met", "exceeded", "finished",
        "accomplished", "delivered", "reached", "fulfilled", "resolved", "fixed",
        "target met", "goal met", "fully met", "100% complete", "success", "successful",
        "pass", "passed", "implemented", "✅", "✔", "✓", "√",
    ),
    Status.AHEAD: (
        "超前", "提前", "领先", "超进度", "快于计划", "ahead", "ahead of schedule",
        "ahead of plan", "exceeding",
    ),
    Status.ON_TRACK: (
        "正常", "顺利", "按计划", "按计划进行", "按期", "按期进行", "如期", "正常推进",
        "正常进行", "进展顺利", "进展正常", "绿", "绿灯", "绿色", "良好", "可控",
        "on track", "ontrack", "on schedule", "on plan", "on target", "green", "g",
        "healthy", "good", "ok", "going well", "🟢", "💚",
    ),
    Status.NOT_STARTED: (
        "未开始", "未启动", "未开展", "未进行", "尚未开始", "尚未启动", "还未开始", "没开始",
        "待开始", "待启动", "待开展", "待办", "待处理", "计划中", "筹备中", "准备中", "未实施",
        "not started", "notstarted", "not yet started", "yet to start", "not begun",
        "to do", "todo", "planned", "scheduled", "pending", "backlog", "new", "queued",
        "upcoming", "to be started", "not commenced", "⚪", "⬜",
    ),
    Status.AT_RISK: (
        "风险", "有风险", "存在风险", "风险中", "有一定风险", "预警", "需关注", "关注", "黄",
        "黄灯", "黄色", "橙", "橙色", "有困难", "略滞后", "略有滞后", "轻微滞后",
        "at risk", "risk", "amber", "yellow", "orange", "a", "y", "caution", "warning",
        "needs attention", "watch", "slightly behind", "some concerns", "🟡", "🟠", "⚠",
    ),
    Status.BEHIND: (
        "滞后", "落后", "延期", "已延期", "延期中", "延迟", "延误", "推迟", "拖延", "严重滞后",
        "进度滞后", "偏慢", "红", "红灯", "红色", "未达标", "未达成", "不达标", "没达标", "异常",
        "受阻", "阻塞", "卡住", "失败",
        "behind", "behind schedule", "behind plan", "delayed", "delay", "off track",
        "offtrack", "red", "r", "slipping", "slipped", "lagging", "missed", "not met",
        "not achieved", "not_met", "target not met", "failed", "fail", "blocked",
        "stuck", "postponed", "critical", "🔴", "❌", "✗",
    ),
    Status.OVERDUE: (
        "逾期", "已逾期", "超期", "已超期", "过期", "已过期", "超时", "逾期未完成",
        "超期未完成", "到期未完成", "overdue", "past due", "late", "expired",
    ),
    Status.CLOSED: (
        "暂停", "已暂停", "暂缓", "取消", "已取消", "撤销", "已撤销", "撤消", "终止", "已终止",
        "中止", "已中止", "停止", "搁置", "已搁置", "作废", "废弃", "关闭", "已关闭", "不再跟进",
        "移交", "已移交", "已转交", "失效", "无效", "冻结", "挂起",
        "on hold", "onhold", "hold", "held", "cancelled", "canceled", "cancel",
        "suspended", "paused", "stopped", "dropped", "closed", "abandoned", "deferred",
        "discontinued", "terminated", "withdrawn", "archived", "inactive", "parked",
        "handed over", "transferred", "obsolete", "void", "🚫", "⏸",
    ),
    Status.NO_DATA: ("无数据", "暂无数据", "no data", "not reported", "not available"),
}  # fmt: skip
"""Words that claim a status; "at risk" is the middle level here, before behind."""

GOES_ON: tuple[str, ...] = (
    "进行中", "已开始", "已启动", "刚启动", "刚开始", "启动", "实施中", "执行中", "推进中",
    "处理中", "开展中", "跟进中", "持续推进", "持续跟进", "持续进行", "持续", "开发中", "测试中",
    "设计中", "评审中", "办理中", "改进中", "整改中", "部分完成", "基本完成", "即将完成", "有进展",
    "in progress", "inprogress", "in process", "ongoing", "on going", "started",
    "open", "active", "working", "work in progress", "wip", "underway", "under way",
    "progressing", "running", "in development", "in testing", "in review", "testing",
    "developing", "current", "partially complete", "partially completed", "partly done",
    "partial", "partially met", "continuing", "doing", "begun", "just started",
    "🔵", "🔄", "▶",
)  # fmt: skip
"""Words that merely say work goes on: a weak claim of being on track."""

CLAIMS_NOTHING: tuple[str, ...] = (
    "未完成", "尚未完成", "未结束", "待确认", "待审核", "待审批", "待定", "待评估", "草稿",
    "已提交", "已确认", "审批中", "待验收", "否", "未知", "不适用", "超标",
    "incomplete", "not complete", "not completed", "not done", "unfinished", "tbd",
    "tbc", "draft", "submitted", "approved", "under review", "awaiting approval", "no",
    "to be confirmed", "unknown", "not applicable", "future", "n",
)  # fmt: skip
"""Known words that take no side."""

YES = ("是", "yes", "y", "true")
"""Under a header that asks a question, such as ``是否完成``."""
