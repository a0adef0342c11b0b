"""Which way is better, as a column or a comparator says it; never from a name."""

import re

from sync.records.model import Comparator, Direction
from sync.records.values import wording
from sync.records.values.texts import folded, is_missing, text_of
from sync.workbooks.snapshot import RawValue

_WORDS: tuple[tuple[Direction, str], ...] = (
    (
        Direction.LOWER,
        (
            r"越低越好|越小越好|越少越好|反向.*|负向.*|逆向.*|降低|减少|下降|递减|下限.*优"
            r"|lower.*|min(?:imi[sz]e)?|reduce|decrease|decreasing|down|less|fewer|smaller.*"
            r"|negative|reverse|↓|▼|<=?|≤"
        ),
    ),
    (
        Direction.HIGHER,
        (
            r"越高越好|越大越好|越多越好|正向.*|提升|提高|增加|增长|上升|递增"
            r"|higher.*|max(?:imi[sz]e)?|grow|increase|increasing|up|more|greater|bigger.*"
            r"|larger.*|positive|↑|▲|>=?|≥"
        ),
    ),
    (
        Direction.TARGET_IS_BEST,
        (
            r"越接近.*|适中.*|居中.*|区间.*|目标最优|维持|保持|稳定"
            r"|target(?:.?is.?best)?|exact(?:ly)?|range|maintain|keep|stable|=|→|nominal"
        ),
    ),
    (Direction.MILESTONE, r"里程碑.*|节点.*|milestones?"),
    (
        Direction.YES_NO,
        (
            r"是[/ ]?否|是非.*|完成[/或]未完成|yes[ /-]*no|binary|boolean|done[ /-]*not done"
            r"|pass[ /-]*fail"
        ),
    ),
)
_PATTERNS = tuple((direction, re.compile(words)) for direction, words in _WORDS)
_SILENT = re.compile(
    r"unknown|text|定量.*|定性.*|滞后.*|领先.*|结果性.*|过程性.*|lagging.*|leading.*"
    r"|outcome|output|input|qualitative|quantitative|sum|average|avg|last|latest|总和|平均"
)
"""Other things said in such columns: leading and lagging, how values add up."""


def read_direction(raw: RawValue) -> Direction | None:
    """Read an explicit direction.

    Returns:
        ``None`` for an empty cell and for words about something else.

    Raises:
        UnreadableCell: If the words are unknown.
    """
    text = text_of(raw)
    if is_missing(text):
        return None
    short = folded(text)
    for direction, pattern in _PATTERNS:
        if pattern.fullmatch(short):
            return direction
    if _SILENT.fullmatch(short):
        return None
    raise wording.UNKNOWN_DIRECTION.about(text)


def direction_of(comparator: Comparator) -> Direction | None:
    """Tell the direction a target's comparator implies."""
    if comparator in {">=", ">"}:
        return Direction.HIGHER
    if comparator in {"<=", "<"}:
        return Direction.LOWER
    return None
