"""What we say about a column, a table or a row, in both languages."""

from sync.wording import Text

EXACT = Text("表头写的是“{wording}”", "the header says “{wording}”")
MAYBE = Text(
    "表头“{wording}”可能有几种意思，结合下方的值和其他列判断",
    "“{wording}” can mean several things; decided by the values and the other columns",
)
RULE = Text(
    "表头“{wording}”的构词符合这一字段",
    "the words of “{wording}” are built like this field's",
)
STRIPPED = Text(
    "去掉修饰语后，表头就是“{wording}”",
    "without the words in front, the header says “{wording}”",
)
VALUES = Text(
    "没有表头，但只有这一列的值像目标或指标的名称",
    "no header, yet only this column's values read like names of goals",
)
MARKS = Text(
    "表里没有统一的得分列，这一列“{wording}”下方都是打分",
    "no one column holds the marks, and those of “{wording}” stand below it",
)
CONFIG = Text("配置文件指定", "set in the configuration")
IGNORED = Text("配置文件要求忽略", "ignored as the configuration says")

FITS = Text("，下方的值也相符", ", and the values below agree")
NEUTRAL = Text("", "")
EMPTY = Text("，下方没有值可以印证", ", with no values below to confirm it")
DOUBTS = Text("，但下方的值不太像", ", though the values below look different")

UNKNOWN = Text("词表里没有这个表头", "the vocabulary does not know this header")
NO_HEADER = Text("这一列没有表头", "the column has no header")
AMBIGUOUS = Text(
    "可能是{first}，也可能是{second}，无法确定",
    "could be {first} or {second}; not certain enough to choose",
)
CONTRADICTED = Text(
    "表头像{field}，但下方的值不符", "the header suggests {field}, the values do not"
)
TAKEN = Text(
    "表头像{field}，但{column}列更可信",
    "the header suggests {field}, but column {column} is the surer one",
)
PERIOD = Text("{period}这一期间的列", "a column for the period {period}")
OTHER_TABLE = Text(
    "这张表不是目标、评分、人员等表，不作识别",
    "the table is none of those we read, so its columns are left alone",
)

KIND_NAMES = {
    "goals": Text("目标", "goals"),
    "kpi": Text("KPI指标", "KPIs"),
    "ratings": Text("考核评分", "ratings"),
    "people": Text("人员名单", "people"),
    "feedback": Text("360反馈", "360 feedback"),
    "checkins": Text("沟通记录", "check-ins"),
    "actions": Text("改进措施", "actions"),
    "leave": Text("请假记录", "leave"),
    "plans": Text("目标分解", "target plans"),
    "other": Text("其他", "other"),
}
KIND_BY_COLUMNS = Text(
    "根据列（{fields}）判断为{kind}表", "taken for {kind} because of {fields}"
)
KIND_BY_NAME = Text(
    "根据列（{fields}）和名称“{name}”判断为{kind}表",
    "taken for {kind} because of {fields} and the name “{name}”",
)
KIND_PLANS = Text(
    "这里的目标在别的表里都有，这张表只是把目标值分到各月、各季或各天",
    "its goals stand in other sheets; this one spreads their targets over months, "
    "quarters or days",
)
KIND_UNKNOWN = Text(
    "列不像目标、评分、人员、反馈、沟通、改进措施或请假表",
    "its columns are not those of goals, ratings, people, feedback, check-ins, actions or "
    "leave",
)

EXCLUDED = {
    "total": Text("合计或小计行", "a row of totals"),
    "section": Text("小节标题行", "a section title"),
    "note": Text("说明或签字行", "a note or signature line"),
    "repeated_header": Text("重复的表头", "the header again"),
    "empty_slot": Text("只有序号的空行", "an empty line with nothing but its number"),
    "legend": Text("等级说明", "an explanation of grades"),
    "subhead": Text("表头下的分项要求行", "a line of sub-targets under the header"),
}

TWO_CLAIM_WHAT = Text(
    "“{loser}”和“{winner}”两列都像{field}，采用后者",
    "columns “{loser}” and “{winner}” both look like {field}; the second is used",
)
TWO_CLAIM_FIX = Text(
    "改一个表头，或在config.toml里写明：columns = {{ {letter} = “字段名或ignore” }}",
    "rename one of them, or say in config.toml: columns = {{ {letter} = “field or ignore” }}",
)
NO_TABLE_WHAT = Text(
    "工作表“{sheet}”里没有认出表格", "no table was recognised on sheet “{sheet}”"
)
NO_TABLE_FIX = Text(
    "如果这里有目标或评分，请在config.toml中写明header_row（表头所在行）和kind",
    "if it holds goals or ratings, give its header_row and kind in config.toml",
)
NO_COLUMN_WHAT = Text(
    "配置里的列“{key}”在工作表“{sheet}”的表头中找不到{hint}",
    "the configured column “{key}” is not among the headers of sheet “{sheet}”{hint}",
)
NO_COLUMN_FIX = Text(
    "按表头原文写，或写列字母，例如 F",
    "write it as the header does, or use the column letter, such as F",
)
DID_YOU_MEAN = Text("，是不是“{guess}”？", " (did you mean “{guess}”?)")
