"""The sheets of the starter workbook and their columns, as data."""

from sync.starter.model import Column, Table
from sync.wording import Text

PEOPLE = Text("@people", "@people")
_YES = Text("是|否", "Yes|No")

TABLES = (
    Table(
        key="people",
        name=Text("员工名单", "People"),
        colour="#3A73A8",
        hint=Text(
            "每人一行。灰色斜体是示例，开始填写前请整行删除。",
            "One row a person. Grey italics are examples: delete their rows first.",
        ),
        about=Text(
            "谁、在哪个部门、上级是谁、邮箱：跟进信按这里发。",
            "Who is who, in which department, whose manager, which address.",
        ),
        columns=(
            Column("id", Text("工号", "Employee ID"), 12),
            Column("name", Text("姓名", "Employee"), 14),
            Column("department", Text("部门", "Department"), 16),
            Column("position", Text("岗位", "Position"), 18),
            Column(
                "manager",
                Text("直接上级", "Manager"),
                14,
                ask=Text(
                    "上级的姓名，与本表一致", "The manager's name, as on this sheet"
                ),
                choices=PEOPLE,
            ),
            Column("email", Text("邮箱", "E-mail"), 28),
            Column("hired", Text("入职日期", "Hire date"), 13, "date"),
            Column(
                "employment",
                Text("在职状态", "Employment status"),
                12,
                choices=Text("在职|试用|休假|离职", "Active|Probation|On leave|Left"),
            ),
            Column(
                "language",
                Text("沟通语言", "Language"),
                12,
                choices=Text("中文|English", "English|中文"),
                ask=Text("跟进信用哪种语言写", "The language letters are written in"),
            ),
        ),
        names_first=2,
    ),
    Table(
        key="goals",
        name=Text("目标", "Goals"),
        colour="#1F5F5B",
        hint=Text(
            "每个目标一行；每人各目标权重合计 100%。选中单元格可看到填写说明。",
            "One row a goal; a person's weights add up to 100 %. Select a cell for help.",
        ),
        about=Text(
            "做什么、怎么衡量、做到多少、什么时候完成，以及现在到哪儿了。",
            "What, measured how, how much, by when, and where it stands now.",
        ),
        columns=(
            Column("id", Text("目标编号", "Goal ID"), 11),
            Column("name", Text("姓名", "Employee"), 14, choices=PEOPLE),
            Column(
                "goal",
                Text("目标内容", "Goal title"),
                44,
                "long",
                ask=Text(
                    "S 具体：动词＋对象＋结果，一行只写一个目标",
                    "S, specific: a verb, an object, a result; one goal a row",
                ),
            ),
            Column(
                "measure",
                Text("衡量指标", "Metric"),
                20,
                "long",
                ask=Text(
                    "M 可衡量：用哪个数字判断做没做到",
                    "M, measurable: which figure tells whether it is reached",
                ),
            ),
            Column("unit", Text("单位", "Unit"), 8),
            Column(
                "baseline",
                Text("基准值", "Baseline"),
                10,
                "number",
                ask=Text("开始时是多少", "What it was at the start"),
            ),
            Column(
                "target",
                Text("目标值", "Target"),
                10,
                "number",
                ask=Text(
                    "A 可实现：与基准值相比跳一跳够得着",
                    "A, achievable: a stretch from the baseline, within reach",
                ),
            ),
            Column(
                "current",
                Text("当前值", "Current"),
                10,
                "number",
                ask=Text("每次更新时改这里", "Change this at every update"),
            ),
            Column("progress", Text("完成进度", "Progress"), 10, "share"),
            Column(
                "weight",
                Text("权重", "Weight"),
                9,
                "share",
                ask=Text("每人合计 100%", "100 % in all for each person"),
            ),
            Column("start", Text("开始日期", "Start date"), 13, "date"),
            Column(
                "due",
                Text("截止日期", "Due date"),
                13,
                "date",
                ask=Text(
                    "T 有时限：写到哪一天，而不是“年底前”",
                    "T, time-bound: a day, not “by year end”",
                ),
            ),
            Column(
                "status",
                Text("状态", "Status"),
                11,
                choices=Text(
                    "未开始|正常|有风险|滞后|已完成|已取消",
                    "Not started|On track|At risk|Behind|Completed|Cancelled",
                ),
            ),
            Column("updated", Text("最近更新", "Last update"), 13, "date"),
            Column(
                "supports",
                Text("支撑目标", "Supports"),
                13,
                ask=Text(
                    "R 相关：它支撑哪个上级目标，写目标编号",
                    "R, relevant: the ID of the goal above that it supports",
                ),
            ),
            Column("notes", Text("备注", "Notes"), 28, "long"),
        ),
        names_first=3,
    ),
    Table(
        key="ratings",
        name=Text("评分", "Ratings"),
        colour="#8473A8",
        hint=Text(
            "1–5 分，5 分最好。仅人力资源可见：分享工作簿前请删除或另存本表。",
            "1 to 5, 5 is best. For HR only: remove this sheet before sharing the file.",
        ),
        about=Text(
            "自评、主管评分、最终得分。只有人力资源能在报告里看到。",
            "Own, manager's and final marks. Only HR sees them in a report.",
        ),
        columns=(
            Column("name", Text("姓名", "Employee"), 14, choices=PEOPLE),
            Column("cycle", Text("考核周期", "Review cycle"), 12),
            Column("own", Text("自评得分", "Self rating"), 11, "number"),
            Column("manager", Text("上级评分", "Manager rating"), 12, "number"),
            Column("final", Text("最终得分", "Final rating"), 11, "number"),
            Column(
                "grade",
                Text("等级", "Grade"),
                9,
                choices=Text("S|A|B|C|D", "S|A|B|C|D"),
            ),
            Column(
                "comment",
                Text("评语", "Comments"),
                48,
                "long",
                ask=Text(
                    "写情境、行为和影响各一句，不写性格",
                    "A situation, what was done, and its effect; no traits",
                ),
            ),
            Column("on", Text("考核日期", "Rating date"), 13, "date"),
            Column("seen", Text("员工确认", "Acknowledged"), 12, choices=_YES),
        ),
    ),
    Table(
        key="feedback",
        name=Text("360反馈", "360 feedback"),
        colour="#8473A8",
        hint=Text(
            "每位评价人每项能力一行。每组不足 3 人时结果不显示，以保护评价人。",
            "One row a rater and competency. Groups of fewer than three are not shown.",
        ),
        about=Text(
            "谁评价谁、什么关系、几分、为什么。只有人力资源能看到汇总。",
            "Who rates whom, how they relate, the mark and why. HR sees sums only.",
        ),
        columns=(
            Column("ratee", Text("被评价人", "Ratee"), 14, choices=PEOPLE),
            Column("rater", Text("评价人", "Rater"), 14, choices=PEOPLE),
            Column(
                "relation",
                Text("评价关系", "Relationship"),
                13,
                choices=Text(
                    "本人|上级|同事|下属|其他", "Self|Manager|Peer|Direct report|Other"
                ),
            ),
            Column("competency", Text("能力项", "Competency"), 16),
            Column("score", Text("评分（1-5）", "Score (1-5)"), 12, "number"),
            Column("comment", Text("评语", "Comment"), 56, "long"),
        ),
    ),
    Table(
        key="talks",
        name=Text("沟通记录", "Check-ins"),
        colour="#24807A",
        hint=Text(
            "每次面谈一行；约好的下次也写上。",
            "One row a talk; note the next one, too.",
        ),
        about=Text(
            "谈了什么、有什么困难、需要什么支持、下次什么时候。",
            "What was said, what is hard, what support is needed, and when next.",
        ),
        columns=(
            Column("on", Text("沟通日期", "Date"), 13, "date"),
            Column("name", Text("员工", "Employee"), 14, choices=PEOPLE),
            Column("with", Text("沟通人", "Manager"), 14, choices=PEOPLE),
            Column("notes", Text("沟通内容", "Notes"), 44, "long"),
            Column("issues", Text("困难与问题", "Issues"), 28, "long"),
            Column("support", Text("需要的支持", "Support needed"), 28, "long"),
            Column("next", Text("下一步", "Next steps"), 28, "long"),
            Column("next_on", Text("下次沟通日期", "Next check-in"), 14, "date"),
        ),
    ),
    Table(
        key="actions",
        name=Text("改进措施", "Actions"),
        colour="#C4602C",
        hint=Text(
            "每项措施一行：一个负责人，一个截止日期。",
            "One row an action: one owner, one due date.",
        ),
        about=Text(
            "落后的目标打算怎么补救，谁负责，什么时候完成。",
            "What is done about goals that are behind, by whom, by when.",
        ),
        columns=(
            Column("id", Text("编号", "No."), 9),
            Column("issue", Text("问题", "Issue"), 34, "long"),
            Column("action", Text("改进措施", "Action"), 44, "long"),
            Column("owner", Text("责任人", "Owner"), 14, choices=PEOPLE),
            Column("raised", Text("提出日期", "Date raised"), 13, "date"),
            Column("due", Text("截止日期", "Due date"), 13, "date"),
            Column(
                "status",
                Text("状态", "Status"),
                11,
                choices=Text(
                    "未开始|进行中|已完成|已取消",
                    "Not started|In progress|Done|Cancelled",
                ),
            ),
            Column("closed", Text("关闭日期", "Date closed"), 13, "date"),
            Column("outcome", Text("效果", "Outcome"), 30, "long"),
        ),
    ),
)
