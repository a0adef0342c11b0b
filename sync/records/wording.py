"""What we say about people and rows that cannot be told apart or found; codes ``P…``."""

from sync.records.values.unreadable import Notice
from sync.wording import Text

DUPLICATE_EMPLOYEE_ID = Notice(
    "P101",
    "error",
    Text(
        "工号“{text}”重复，{other} 也是这个工号",
        'employee id "{text}" is used twice; see also {other}',
    ),
    Text("给每位员工填写自己的工号", "give each person an id of their own"),
)
DUPLICATE_GOAL_ID = Notice(
    "P102",
    "warning",
    Text(
        "目标编号“{text}”重复，{other} 也是这个编号",
        'goal id "{text}" is used twice; see also {other}',
    ),
    Text("给每个目标填写不同的编号", "give each goal an id of its own"),
)
DUPLICATE_GOAL = Notice(
    "P103",
    "info",
    Text(
        "同一人同一周期有两个相同的目标“{text}”，另一个在 {other}",
        'the same person has the goal "{text}" twice in one period; see also {other}',
    ),
    Text(
        "合并或删除重复的目标，或加上目标编号以便区分",
        "merge the two, or add a goal id that tells them apart",
    ),
)
NUMBER_LIKE_GOAL_ID = Notice(
    "P104",
    "info",
    Text(
        "目标编号“{text}”看起来像数字，重新录入或导出时会被改成别的写法",
        'goal id "{text}" looks like a number: typed anew or exported, it would change',
    ),
    Text(
        "在编号前加字母，例如 G-{text}",
        "begin it with a letter, as in G-{text}",
    ),
)
UNKNOWN_MANAGER = Notice(
    "P110",
    "warning",
    Text(
        "上级“{text}”不在员工名单里",
        'the manager "{text}" is not in the list of people',
    ),
    Text(
        "核对上级姓名，或把这位上级加进员工名单",
        "check the name, or add this manager to the list",
    ),
)
SEVERAL_MANAGERS = Notice(
    "P111",
    "warning",
    Text(
        "有多位员工叫“{text}”，无法确定是哪一位上级",
        'more than one person fits the manager "{text}"',
    ),
    Text("填写上级的工号或邮箱", "give the manager's id or e-mail address"),
)
MANAGER_LOOP = Notice(
    "P112",
    "warning",
    Text("汇报关系成环：{text}", "the reporting lines run in a circle: {text}"),
    Text("核对这几位的直属上级", "check who reports to whom"),
)
MANAGER_DISAGREES = Notice(
    "P113",
    "warning",
    Text(
        "上级姓名“{text}”与上级邮箱不是同一个人",
        'the manager "{text}" and the manager\'s e-mail are two different people',
    ),
    Text("更正其中一个", "correct one of the two"),
)
UNKNOWN_EMPLOYEE_ID = Notice(
    "P120",
    "error",
    Text(
        "工号“{text}”不在员工名单里",
        'employee id "{text}" is not in the list of people',
    ),
    Text(
        "更正工号，或把这位员工加进员工名单",
        "correct the id, or add the person to the list",
    ),
)
UNKNOWN_PERSON = Notice(
    "P121",
    "warning",
    Text("“{text}”不在员工名单里", '"{text}" is not in the list of people'),
    Text(
        "核对姓名，或把这位员工加进员工名单",
        "check the spelling, or add the person to the list",
    ),
)
SEVERAL_PEOPLE = Notice(
    "P122",
    "warning",
    Text("有多位员工符合“{text}”，无法确定是谁", 'more than one person fits "{text}"'),
    Text("填写工号或邮箱", "add the employee id or the e-mail address"),
)
ID_AND_NAME_DISAGREE = Notice(
    "P123",
    "error",
    Text(
        "工号“{text}”在名单里是 {listed}，这里写的却是 {name}",
        'employee id "{text}" belongs to {listed}, but this row names {name}',
    ),
    Text("更正工号或姓名", "correct the id or the name"),
)
SHORT_NAME = Notice(
    "P124",
    "info",
    Text(
        "“{text}”可能是 {listed}，但我们不猜",
        '"{text}" may be {listed}, but we do not guess',
    ),
    Text("写出完整姓名", "write the full name"),
)
SEVERAL_OWNERS = Notice(
    "P125",
    "warning",
    Text(
        "“{text}”写了不止一个人，没有唯一的责任人",
        '"{text}" names more than one person, so nobody in particular answers for it',
    ),
    Text(
        "只写一位责任人，其他人写进备注",
        "name one person, and put the others into the comments",
    ),
)
NOBODY_NAMED = Notice(
    "P126",
    "warning",
    Text("这一行没有写员工姓名", "this row names no employee"),
    Text("补上员工姓名或工号", "add the employee's name or id"),
)
PLAN_OF_NOTHING = Notice(
    "P130",
    "warning",
    Text(
        "目标分解里的“{text}”在目标表中找不到",
        'the plan is of "{text}", which no sheet of goals has',
    ),
    Text(
        "核对目标编号，或让名称与目标表一致",
        "check the goal id, or name the goal as the sheet of goals does",
    ),
)
PLAN_OF_SEVERAL = Notice(
    "P131",
    "warning",
    Text(
        "“{text}”对应不止一个目标，各期之和 {total} 也判断不出是哪一个",
        'several goals fit "{text}", and the total of its parts, {total}, does not tell '
        "which",
    ),
    Text("在目标分解里加上目标编号", "add the goal id to the plan"),
)
PLAN_ADDS_UP_OTHERWISE = Notice(
    "P132",
    "warning",
    Text(
        "“{text}”各期之和是 {total}，目标值却是 {target}，这份分解没有采用",
        'the parts of "{text}" add up to {total}, its target is {target}; the plan was '
        "not used",
    ),
    Text(
        "改分解或改目标值，让两者相等；填的是实际值时，在config.toml里把这张表的kind设为other",
        "let the two be equal; if these are results and no targets, set the kind of the "
        "sheet to other in config.toml",
    ),
)
PLAN_OF_A_PART = Notice(
    "P133",
    "info",
    Text(
        "“{text}”的分解只有 {first} 到 {last}，目标却不止这段时间，这份分解没有采用",
        'the plan of "{text}" covers {first} to {last} only, its goal runs longer; the '
        "plan was not used",
    ),
    Text(
        "补上其余时间的分解，让各期之和等于目标值",
        "add the rest of its time, so that the parts add up to the target",
    ),
)
