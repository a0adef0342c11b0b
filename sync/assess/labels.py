"""How a status is shown everywhere: one sign, one word, and back again."""

from collections.abc import Mapping

from sync.assess.process import RollUpKind, TrendName
from sync.records.model import Status
from sync.wording import LANGS, Lang, Text

SIGNS: dict[Status, str] = {
    Status.ACHIEVED: "√",
    Status.AHEAD: "▲",
    Status.ON_TRACK: "●",
    Status.NOT_STARTED: "○",
    Status.AT_RISK: "◆",
    Status.BEHIND: "▼",
    Status.OVERDUE: "■",
    Status.NO_DATA: "?",
    Status.CLOSED: "—",
}
"""Shapes that differ without colour. All are in GBK, hence in every Chinese font;
none has a colour-emoji form, as U+2714 has."""

WORDS: dict[Status, Text] = {
    Status.ACHIEVED: Text("已达成", "Achieved"),
    Status.AHEAD: Text("超前", "Ahead"),
    Status.ON_TRACK: Text("正常", "On track"),
    Status.NOT_STARTED: Text("未开始", "Not started"),
    Status.AT_RISK: Text("风险", "At risk"),
    Status.BEHIND: Text("滞后", "Behind"),
    Status.OVERDUE: Text("逾期", "Overdue"),
    Status.NO_DATA: Text("无数据", "No data"),
    Status.CLOSED: Text("已关闭", "Closed"),
}


def label(status: Status, lang: Lang) -> str:
    """Show a status as a sign and a word.

    >>> label(Status.BEHIND, "zh")
    '▼ 滞后'
    """
    return _LABELS[status, lang]


_LABELS = {
    (status, lang): f"{SIGNS[status]} {WORDS[status].in_(lang)}"
    for status in Status
    for lang in LANGS
}
_PARSED = {text: status for (status, _), text in _LABELS.items()}


def parse_label(text: str) -> Status | None:
    """Recognise a label of ours, in either language.

    Args:
        text: What stands in the cell; spaces around it do not matter.

    Returns:
        The status, or ``None`` when it is not exactly one of our labels: the word
        without its sign is a person's typing and must be treated as such.

    >>> parse_label("▼ Behind"), parse_label("Behind")
    (<Status.BEHIND: 'behind'>, None)
    """
    return _PARSED.get(text.strip())


TRENDS: Mapping[TrendName, Text] = {
    "goals_red": Text("滞后或逾期的目标", "goals behind or overdue"),
    "goals_without_value": Text("没有数值的目标", "goals without a value"),
    "goals_unacknowledged": Text("没有确认的目标", "goals not confirmed"),
    "goals_failing_s_or_m": Text(
        "不够具体或无法衡量的目标", "goals not specific or not measurable"
    ),
    "people_missing_talks": Text("错过约定沟通的同事", "people whose talk was missed"),
    "feedback_unacknowledged": Text("本人没有确认的评价", "appraisals not confirmed"),
}
"""What each figure over the weeks counts."""
ROLLUPS: Mapping[RollUpKind, Text] = {
    "goal": Text("上级目标（由下级目标汇总）", "goals, by what supports them"),
    "department": Text("部门", "departments"),
    "team": Text("团队（按主管）", "teams, by manager"),
}
"""What is rolled up, in the order in which it is shown."""
