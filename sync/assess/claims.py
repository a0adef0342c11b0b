"""What people claim beside what the facts say."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from sync.records.model import Status

Bias = Literal["better", "worse"]
"""Whether the claim is rosier or gloomier than the facts."""

Doubt = Literal["sure", "worried"]
"""Sure of a goal whose pace does not say so; or worried about one in pace."""

_SURE, _WORRIED = 0.7, 0.5
"""Of ten, 7 and more are sure; 1 to 4 are what FlowyTeam calls at risk."""

_LEVEL: dict[Status, int] = {
    Status.ACHIEVED: 3,
    Status.AHEAD: 2,
    Status.ON_TRACK: 2,
    Status.AT_RISK: 1,
    Status.BEHIND: 0,
    Status.OVERDUE: 0,
}
"""How well it goes. Ahead and on track, behind and overdue are one level: people do not
tell them apart when they fill in a status, and a difference of words is no news."""

_DECISIVE = frozenset({Status.ACHIEVED, Status.OVERDUE, Status.BEHIND})


def doubt_of(confidence: float | None, computed: Status) -> Doubt | None:
    """Compare how sure the owner is with what the pace says.

    Args:
        confidence: 0–1, from a column of its own; ``None`` says nothing.
        computed: The computed status.

    Returns:
        ``worried`` is an early warning the figures do not have yet.
    """
    if confidence is None:
        return None
    if computed in {Status.AT_RISK, Status.BEHIND, Status.OVERDUE}:
        return "sure" if confidence >= _SURE else None
    in_pace = {Status.ON_TRACK, Status.AHEAD, Status.NOT_STARTED}
    return "worried" if computed in in_pace and confidence < _WORRIED else None


def held_since(
    bias: Bias | None, seen: Sequence[tuple[date, Bias | None]], today: date
) -> date | None:
    """Give the first day of the unbroken time in which a claim disagreed this way.

    Args:
        bias: How it disagrees today.
        seen: The days before with how it disagreed then, oldest first.
        today: The day judged.

    Returns:
        ``None`` when it agrees today.
    """
    if bias is None:
        return None
    since = today
    for on, before in reversed(seen):
        if before != bias:
            break
        since = on
    return since


def bias_of(
    claimed: Status | None, computed: Status, *, weak: bool = False
) -> Bias | None:
    """Tell whether a claimed status disagrees with the computed one, and which way.

    Args:
        claimed: What the sheet says; ``None`` disagrees with nothing.
        computed: What the facts say; without data nothing can disagree.
        weak: Whether the claim merely says that work goes on, as ``进行中`` does: then
            only a goal that is achieved, behind or overdue contradicts it.

    Returns:
        ``None`` when both say the same, or one of them says nothing about pace.
    """
    if claimed is None or (weak and computed not in _DECISIVE):
        return None
    if claimed is Status.NOT_STARTED:
        # Not having begun contradicts what is going well, never what is late.
        going = {Status.ACHIEVED, Status.AHEAD, Status.ON_TRACK}
        return "worse" if computed in going else None
    if computed is Status.NOT_STARTED:
        return "better" if claimed is Status.ACHIEVED else None
    mine, theirs = _LEVEL.get(computed), _LEVEL.get(claimed)
    if mine is None or theirs is None or mine == theirs:
        return None
    return "better" if theirs > mine else "worse"
