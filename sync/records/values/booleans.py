"""Yes and no, as ticks, words and names of those who signed."""

from datetime import date

from sync.records.values import wording
from sync.records.values.texts import folded, is_missing, text_of
from sync.workbooks.snapshot import RawValue

YES = frozenset(
    {
        "是", "对", "有", "已", "√", "✓", "✔", "☑", "✅", "yes", "y", "true", "t", "1", "ok",
        "已确认", "确认", "已签字", "已签", "已签名", "同意", "已同意", "已阅", "已读", "已知悉",
        "signed", "confirmed", "acknowledged", "agreed", "approved", "accepted", "done",
        "read", "complete", "completed",
    }
)  # fmt: skip
NO = frozenset(
    {
        "否", "不", "没有", "未", "×", "✗", "✘", "☐", "❌", "no", "n", "false", "f", "0", "x",
        "未确认", "待确认", "未签字", "未签", "待签字", "不同意", "未同意", "未阅", "未读", "复议",
        "有异议", "pending", "not signed", "unsigned", "not confirmed", "unconfirmed",
        "not acknowledged", "rejected", "declined", "disagreed", "not yet", "awaiting",
    }
)  # fmt: skip


def read_boolean(raw: RawValue) -> bool | None:
    """Read yes or no.

    Returns:
        ``None`` for an empty cell; true for a date, the day somebody signed.

    Raises:
        UnreadableCell: If it is neither.
    """
    if raw is None or isinstance(raw, bool):
        return raw
    if isinstance(raw, date):
        return True
    text = text_of(raw)
    if is_missing(text):
        return None
    short = folded(text).strip(" .。!")
    if short in YES:
        return True
    if short in NO:
        return False
    raise wording.NOT_YES_OR_NO.about(text)
