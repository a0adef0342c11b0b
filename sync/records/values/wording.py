"""What we say about cells that could not be read; codes ``D…``."""

from sync.records.values.unreadable import Notice
from sync.wording import Text

ERROR_VALUE = Notice(
    "D001",
    "error",
    Text("单元格里是错误值“{text}”", 'the cell holds the error value "{text}"'),
    Text(
        "修正公式，或直接填写数值",
        "mend the formula, or type the value instead",
    ),
)
NEVER_CALCULATED = Notice(
    "D002",
    "warning",
    Text(
        "公式“{text}”还没有计算结果",
        'the formula "{text}" was never calculated',
    ),
    Text(
        "用 Excel 打开一次并保存，让公式算出结果",
        "open the workbook once in Excel and save it, so that the result is stored",
    ),
)
NOT_A_DATE = Notice(
    "D101",
    "warning",
    Text("“{text}”不是能识别的日期", '"{text}" is not a date'),
    Text(
        "写成 年-月-日，例如 2026-12-31",
        "write the day as YYYY-MM-DD, for example 2026-12-31",
    ),
)
DAY_OR_MONTH = Notice(
    "D102",
    "warning",
    Text(
        "“{text}”可能是 {one}，也可能是 {other}",
        '"{text}" may be {one} or {other}',
    ),
    Text(
        "写成 年-月-日，例如 {one}",
        "write the day as YYYY-MM-DD, for example {one}",
    ),
)
IMPOSSIBLE_DATE = Notice(
    "D103",
    "warning",
    Text("“{text}”这个日期不可能存在", '"{text}" cannot be right: no such date'),
    Text(
        "核对年月日后重新填写，例如 2026-12-31",
        "check day, month and year, and write it as 2026-12-31",
    ),
)
ONLY_A_YEAR = Notice(
    "D104",
    "warning",
    Text(
        "“{text}”只写了年份 {year}，不是具体日期",
        '"{text}" is only the year {year}, not a day',
    ),
    Text(
        "写出具体日期，例如 {year}-12-31",
        "write the day, for example {year}-12-31",
    ),
)
RELATIVE_DATE = Notice(
    "D105",
    "warning",
    Text(
        "“{text}”要看是哪天写的，过后就说不清了",
        '"{text}" depends on the day it was written',
    ),
    Text(
        "写出具体日期，例如 2026-06-30",
        "write the day itself, for example 2026-06-30",
    ),
)
NOT_AN_ABSENCE = Notice(
    "D106",
    "warning",
    Text(
        "“{text}”看不出从哪天休到哪天，休假没有扣除",
        '"{text}" does not say from which day to which; no leave was counted',
    ),
    Text(
        "写成 2026-08-03至2026-08-21，几段之间用分号隔开",
        "write it as 2026-08-03 to 2026-08-21, several separated by semicolons",
    ),
)
NOT_A_CADENCE = Notice(
    "D107",
    "info",
    Text(
        "“{text}”看不出多久沟通一次，按公司的周期算",
        '"{text}" does not say how often; the office\'s own cadence holds',
    ),
    Text("写天数，或“每周”“双周”“每月”", "write days, or weekly, fortnightly, monthly"),
)
NOT_A_SHARE = Notice(
    "D110",
    "warning",
    Text("“{text}”不是能识别的百分比", '"{text}" is not a share'),
    Text("写成百分比，例如 20%", "write a percentage, for example 20%"),
)
SHARE_SCALE = Notice(
    "D111",
    "warning",
    Text(
        "“{text}”与本列其他数的写法不同，看不出是 {one} 还是 {other}",
        '"{text}" is written unlike the rest of its column: {one} or {other}?',
    ),
    Text("带上百分号，例如 {one}", "write it with a percent sign, for example {one}"),
)
PROGRESS_WITHOUT_SHARE = Notice(
    "D120",
    "info",
    Text(
        "进度“{text}”没有说明完成了几成",
        'progress "{text}" does not say what share is done',
    ),
    Text(
        "补上百分比，例如 40%；完成数量可以写在实际值或备注里",
        "add a percentage, for example 40%; the amount may go into actual or comments",
    ),
)
PROGRESS_AS_DATE = Notice(
    "D121",
    "warning",
    Text(
        "进度单元格里是日期 {text}，多半是 4/5 之类的分数被自动改成了日期",
        "progress holds the date {text}; a fraction such as 4/5 was probably turned "
        "into a date",
    ),
    Text("写成百分比，例如 80%", "write a percentage, for example 80%"),
)
UNKNOWN_STATUS = Notice(
    "D140",
    "info",
    Text(
        "状态“{text}”不是我们认识的说法",
        'the status "{text}" is not one we know',
    ),
    Text(
        "改用常用说法，例如：未开始、进行中、有风险、延期、已完成、取消",
        "use a common word: not started, in progress, at risk, delayed, done, cancelled",
    ),
)
NOT_A_RATING = Notice(
    "D150",
    "warning",
    Text("“{text}”不是能识别的评分", '"{text}" is not a rating'),
    Text("填写数字或等级，例如 4 或 A", "write a number or a grade, such as 4 or A"),
)
RATING_WITHOUT_NUMBER = Notice(
    "D151",
    "info",
    Text(
        "“{text}”是等级，没有分数，不计入平均分",
        '"{text}" is a grade without a number and is left out of averages',
    ),
    Text(
        "需要计算平均分时填写数字，例如 4",
        "write a number, such as 4, if it should count in averages",
    ),
)
NOT_A_PERIOD = Notice(
    "D108",
    "warning",
    Text(
        "“{text}”看不出是哪一个月或季度",
        '"{text}" is no month or quarter that can be read',
    ),
    Text("写成 2026-07 或 2026Q3", "write it as 2026-07 or 2026Q3"),
)
NOT_A_NUMBER = Notice(
    "D130",
    "warning",
    Text("“{text}”不是数字", '"{text}" is not a number'),
    Text("填写数字，例如 20", "write a number, for example 20"),
)
NOT_YES_OR_NO = Notice(
    "D160",
    "info",
    Text("“{text}”看不出是“是”还是“否”", '"{text}" is neither yes nor no'),
    Text("填写“是”或“否”", "write yes or no"),
)
NOT_AN_ADDRESS = Notice(
    "D170",
    "warning",
    Text("“{text}”不是完整的邮箱地址", '"{text}" is not an e-mail address'),
    Text(
        "写成 姓名@公司域名，例如 wang.wei@example.com",
        "write it as name@company, for example ann.lee@example.com",
    ),
)
UNKNOWN_DIRECTION = Notice(
    "D180",
    "info",
    Text(
        "“{text}”没有说明越高越好还是越低越好",
        '"{text}" does not say whether higher or lower is better',
    ),
    Text("填写“越高越好”或“越低越好”", "write higher or lower"),
)
NO_GOAL_TEXT = Notice(
    "D190",
    "warning",
    Text(
        "这一行填了内容，但没有写目标，未纳入跟进",
        "this row has entries but no goal text, so it is not followed up",
    ),
    Text(
        "补上目标内容；如果这一行已作废，请清空整行",
        "write the goal, or clear the row if it is no longer needed",
    ),
)
