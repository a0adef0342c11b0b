"""Who a rater is to the person rated."""

from sync.records.values.texts import folded, text_of
from sync.workbooks.snapshot import RawValue

_WORDS = {
    "self": ("自评", "本人", "自己", "自我", "自我评价", "self", "self assessment", "own"),
    "manager": (
        "上级", "直属上级", "主管", "经理", "领导", "上司", "直接上级", "隔级上级",
        "manager", "supervisor", "boss", "line manager", "supervisors", "superior",
    ),
    "peer": (
        "同事", "同级", "平级", "同僚", "协作方", "合作同事", "同組同事",
        "peer", "peers", "colleague", "co-worker", "coworker", "colleagues",
    ),
    "report": (
        "下属", "下级", "直接下属", "部下", "下屬", "direct report", "report",
        "subordinate", "subordinates", "direct reports", "reports", "reportee",
    ),
    "other": ("其他", "客户", "外部", "other", "others", "customer", "client", "external"),
}  # fmt: skip
_BY_WORD = {folded(word): name for name, words in _WORDS.items() for word in words}


def read_relationship(raw: RawValue) -> str:
    """Give ``self``, ``manager``, ``peer``, ``report``, ``other`` or as written."""
    text = text_of(raw)
    short = folded(text)
    return _BY_WORD.get(short) or _BY_WORD.get(short.removesuffix("评价")) or text
