"""The part each number plays in a change: its start, its end or its size."""

import re
from typing import Final

from sync.smart.understand.model import Amount, Role

_FROM: Final = re.compile(
    r"从|由|自|原来|原有|当前|目前|现有|现在|现状|基线|基准|\bfrom\b|\bcurrent(?:ly)?\b|\bbaseline\b"
    r"|\brate of\b|\bup from\b|\bexisting\b|\btoday's\b"
)
_STARTS: Final = re.compile(r"从|由|自|\bfrom\b|current|目前|当前|现|原|基线|baseline")
_TO: Final = re.compile(
    r"[到至达为成](?:了|约)?$|达标|保持在|控制在|维持在|稳定在|\bto(?: at least| about| around| over)?(?: an?)?$"
    r"|\breach(?:es|ing)?\b|\bachieve\b|\bat$|\bto$|->|→|=>|目标|\btarget\b|\bor (?:less|more)"
)


def with_roles(folded: str, found: list[Amount]) -> tuple[Amount, ...]:
    """Say of each number whether a change starts there, ends there or is that big."""
    settled: list[Amount] = []
    behind = 0
    for amount in found:
        before = folded[max(behind, amount.start - 24) : amount.start]
        after = folded[amount.end : amount.end + 6]
        settled.append(_placed(amount, before, after, settled))
        behind = amount.end
    if len(settled) == 1 and settled[0].role == "from" and not _STARTS.search(folded):
        # "an open rate of 35%" is the whole aim unless another number follows.
        settled[0] = settled[0]._replace(role="")
    return tuple(settled)


def _placed(amount: Amount, before: str, after: str, earlier: list[Amount]) -> Amount:
    role: Role = ""
    last = before.rstrip(" 约")
    if _TO.search(last) and not (
        _FROM.search(last) and not last.endswith(("到", "至", "to"))
    ):
        role = "to"
    elif _FROM.search(last) and "以上" not in after:
        role = "from"
    elif earlier and earlier[-1].role == "from" and re.search(r"[到至]|to|->|→", last):
        role = "to"
    elif re.match(
        r" ?(?:->|→|=>|提[升高]|[增降减缩]\S{0,2}[到至]|降?至|到|to (?=[0-9$]))", after
    ):
        role = "from"
    elif re.search(r"\bby\b", last) or re.search(
        r"[提增降减缩下上压升长少]\S{0,2}$", last
    ):
        role = "by"
    return amount if role == amount.role else amount._replace(role=role)
