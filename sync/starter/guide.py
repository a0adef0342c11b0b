"""What the first sheet of the starter workbook says."""

from sync.wording import Text

NAME = Text("使用说明", "Read me first")
TITLE = Text("绩效目标跟进表", "Goals and follow-up")
STEPS_HEAD = Text("五步开始", "Five steps")
STEPS = (
    Text(
        "① 在“员工名单”里每人填一行；姓名会成为其他表的下拉选项。",
        "1. Fill in People, one row each: the names become the lists on other sheets.",
    ),
    Text(
        "② 在“目标”里每个目标填一行。选中单元格，就会看到这一列该怎么写。",
        "2. Fill in Goals, one row each. Select a cell to see what belongs there.",
    ),
    Text(
        "③ 删除灰色斜体的示例行。",
        "3. Delete the example rows in grey italics.",
    ),
    Text(
        "④ 运行 followup check，看看哪些目标还写得不够清楚。",
        "4. Run followup check to see which goals are not clear yet.",
    ),
    Text(
        "⑤ 每周或每两周更新“当前值”和“最近更新”，然后运行 followup sync。",
        "5. Update Current and Last update every week or two, then run followup sync.",
    ),
)
SMART_HEAD = Text("怎样算一个好目标", "What makes a good goal")
SMART = (
    Text(
        "S 具体：写清动词、对象和结果。“提升服务”不具体，“缩短投诉首次响应时间”才具体。",
        "S, specific: verb, object, result. Not “improve service” but “cut the first "
        "response to complaints”.",
    ),
    Text(
        "M 可衡量：有指标、单位、基准值和目标值，例如从 8 小时到 2 小时。",
        "M, measurable: a metric with unit, baseline and target, as from 8 to 2 hours.",
    ),
    Text(
        "A 可实现：和基准值相比要跳一跳，但够得着；自己能够推动。",
        "A, achievable: a stretch from the baseline within reach, and in one's own hands.",
    ),
    Text(
        "R 相关：说明支撑哪个上级目标，填那个目标的编号。",
        "R, relevant: name the goal above that it supports, by its ID.",
    ),
    Text(
        "T 有时限：写到具体的日期，长的目标再加中间节点。",
        "T, time-bound: a day; add milestones when it takes long.",
    ),
)
SHEETS_HEAD = Text("各表用途（点击前往）", "The sheets (click to go there)")
COLOURS_HEAD = Text("颜色的含义", "What the colours mean")
COLOURS = (
    Text(
        "浅黄：这里还缺内容，或同一人的权重合计不是 100%。",
        "Pale yellow: something is missing, or a person's weights do not add up to 100 %.",
    ),
    Text(
        "浅红：已过截止日期而没有完成，或自评与上级评分相差 1 分以上。",
        "Pale red: past its due date and not done, or marks that differ by more than 1.",
    ),
)
PRIVACY_HEAD = Text("请注意", "Please note")
PRIVACY = Text(
    "“评分”和“360反馈”只供人力资源使用：把工作簿发给别人之前，请先删除或另存这两张表。",
    "Ratings and 360 feedback are for HR only: remove both sheets before you pass the "
    "workbook on.",
)
