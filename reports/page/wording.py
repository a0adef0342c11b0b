"""The names of figures and letters on the page, in both languages."""

from collections.abc import Mapping

from sync.assess.process import TrendName
from sync.smart.model import Letter
from sync.wording import Text

TRENDS: Mapping[TrendName, Text] = {
    "goals_red": Text("滞后或逾期的目标", "Goals behind or overdue"),
    "goals_without_value": Text("没有当前值的目标", "Goals without a current figure"),
    "goals_unacknowledged": Text("本人尚未确认的目标", "Goals not yet acknowledged"),
    "goals_failing_s_or_m": Text(
        "不够具体或无法衡量的目标", "Goals not specific or not measurable"
    ),
    "people_missing_talks": Text("错过约定沟通的同事", "People whose talk was missed"),
    "feedback_unacknowledged": Text(
        "本人尚未确认的评价", "Appraisals not yet acknowledged"
    ),
}

LETTERS: Mapping[Letter, Text] = {
    "S": Text("具体", "Specific"),
    "M": Text("可衡量", "Measurable"),
    "A": Text("可实现", "Achievable"),
    "R": Text("相关", "Relevant"),
    "T": Text("有时限", "Time-bound"),
}

AUDIENCES: Mapping[str, Text] = {
    "hr": Text(
        "HR 版 · 含全员数据，仅限人力资源内部使用",
        "HR edition · holds everybody's data, for HR only",
    ),
    "manager": Text(
        "主管版 · 仅含{name}的直属下属",
        "Manager's edition · direct reports of {name} only",
    ),
    "employee": Text(
        "个人版 · 仅含{name}本人的目标",
        "Personal edition · {name}'s own goals only",
    ),
}

UI: Mapping[str, Text] = {
    "goal": Text("目标", "Goal"),
    "person": Text("员工", "Person"),
    "department": Text("部门", "Department"),
    "manager": Text("主管", "Manager"),
    "period": Text("周期", "Period"),
    "status": Text("状态", "Status"),
    "progress": Text("进度", "Progress"),
    "due": Text("截止", "Due"),
    "smart": Text("SMART", "SMART"),
    "cell": Text("单元格", "Cell"),
    "goals": Text("目标数", "Goals"),
    "by_status": Text("各状态目标", "Goals by status"),
    "weights": Text("权重合计", "Weights"),
    "level": Text("级别", "Level"),
    "rule": Text("编号", "Code"),
    "what": Text("问题与改法", "What is wrong, and the fix"),
    "action": Text("改进措施", "Action"),
    "owner": Text("负责人", "Owner"),
    "known": Text("目前情况", "Where it stands"),
    "last": Text("最近一次", "Latest"),
    "next": Text("已约下次", "Next agreed"),
    "talk_due": Text("应在何时前", "Due by"),
    "missed": Text("连续未进行", "Missed in a row"),
    "expected": Text("按时间应完成", "Expected by now"),
    "claimed": Text("表中填报", "Stated in the sheet"),
    "look": Text("下次跟进", "Look at it again"),
    "weight": Text("权重", "Weight"),
    "before": Text("上次状态", "Status before"),
    "moved": Text("有过调整", "What was changed"),
    "step": Text("下一步", "Next step"),
    "ask": Text("可以这样问", "You could ask"),
    "lint": Text("SMART 提示", "SMART findings"),
    "fix": Text("改法：", "Fix: "),
    "all": Text("全部", "All"),
    "none": Text("未填写", "Not filled in"),
    "no_figure": Text("暂无数据", "no figure yet"),
    "no_goals": Text("还没有目标", "no goals yet"),
    "never": Text("没有记录", "none on record"),
    "shown": Text("{n} 项目标，共 {all} 项", "{n} of {all} goals"),
    "page": Text("第 {page} / {pages} 页", "Page {page} of {pages}"),
    "previous": Text("上一页", "Previous page"),
    "following": Text("下一页", "Next page"),
    "empty": Text(
        "没有符合条件的目标，放宽筛选试试", "No goal fits; try fewer filters"
    ),
    "nothing": Text("这里没有记录", "Nothing here"),
    "differs": Text("与填报不一致", "differs from the sheet"),
    "sort": Text("按{name}排序", "Sort by {name}"),
    "times": Text("{n} 次", "{n}"),
    "goals_of": Text("只看{name}的目标", "Show the goals of {name}"),
    "own_mark": Text("自评", "Own mark"),
    "manager_mark": Text("主管评分", "Manager's"),
    "final_mark": Text("最终得分", "Final"),
    "grade": Text("等级", "Grade"),
    "gap": Text("差距（百分制）", "Gap, of 100"),
    "composite": Text("综合", "Composite"),
    "score": Text("得分", "Score"),
    "coverage": Text("有数据的权重", "Weight with figures"),
    "scored": Text("计分目标", "Goals scored"),
    "others_view": Text("他人评价", "Others' view"),
    "groups": Text("各组（百分制）", "Groups, of 100"),
    "too_few": Text("人数不足，不显示", "too few, not shown"),
    "too_little": Text("数据不足", "too few figures"),
    "timeline": Text("{name}的目标时间轴", "Timeline of the goals of {name}"),
    "no_dates": Text("目标没有截止日期", "The goals have no due dates"),
    "error": Text("错误", "Error"),
    "warning": Text("提醒", "Warning"),
    "info": Text("提示", "Note"),
    "title": Text("绩效跟进报告", "Follow-up report"),
}
"""What the page's script says, by the name it asks for it."""
