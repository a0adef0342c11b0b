"""Milestones with their days, written one after the other in one cell."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sync.records.values.date_habits import DateHabits
from sync.records.values.dates import Around, read_date
from sync.records.values.unreadable import UnreadableCell

_ITEMS = re.compile(r"[;；\n]+|(?<=[。])")
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    "sep(?:t|tember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DAY = re.compile(
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?|(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|"
    r"(?:\d{4}年)?\d{1,2}月(?:底|末)|"
    rf"\b\d{{1,2}}\s(?:{_MONTHS})(?:\s\d{{4}})?\b|"
    rf"\b(?:{_MONTHS})\s\d{{1,2}}(?:,?\s\d{{4}})?\b",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*[%％]")
_DONE = re.compile(
    r"[✓✔√☑✅]|(?<!未)(?<!没有)已?完成|已验收|已上线|\bdone\b|\bcompleted\b",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"[✗✘×☐]|未完成|未开始|\bnot done\b|\bopen\b|\bto do\b", re.IGNORECASE
)
_WHOLE = 100.0


class Milestone(NamedTuple):
    """One step on the way."""

    due_on: date
    share: float
    """Of the whole, 0–1; all of them add up to 1."""
    done: bool | None
    """``None`` where the cell does not say."""


def read_milestones(
    text: str, today: date, start: date | None
) -> tuple[tuple[Milestone, ...], bool]:
    """Read a list such as ``3月31日 选型（30%）；6月30日 上线（50%）；9月30日 验收（20%）``.

    Args:
        text: The cell.
        today: What a date without a year is near to, where ``start`` is not known.
        start: The first day of the goal.

    Returns:
        The milestones by day, and whether the cell itself gives their shares: in parts
        that add up to 100 %, or as what is reached by then. Empty with fewer than two
        days, or with one that cannot be read.

    Source:
        Σ weights of the milestones due so far, as the OKR scoring guides have it.
    """
    if not text:
        return (), False
    items = [item for item in _ITEMS.split(text) if item.strip()]
    found: list[tuple[date, str]] = []
    around = Around(today, start=start)
    for item in items:
        if not (day := _DAY.search(item)):
            continue
        try:
            on = read_date(day[0].strip(), DateHabits(), around)
        except UnreadableCell:
            return (), False
        if on:
            found.append((on, item[: day.start()] + item[day.end() :]))
    if len(found) < 2:  # noqa: PLR2004 - one step is the due date
        return (), False
    found.sort(key=lambda it: it[0])
    said = _shares([rest for _, rest in found])
    shares = said or [1 / len(found)] * len(found)
    milestones = tuple(
        Milestone(on, share, _is_done(rest))
        for (on, rest), share in zip(found, shares, strict=True)
    )
    return milestones, said is not None


def _shares(texts: Sequence[str]) -> list[float] | None:
    """Read the shares, as parts or as totals; ``None`` where they are neither."""
    matches = [_SHARE.search(text) for text in texts]
    values = [float(it[1]) for it in matches if it]
    if len(values) < len(texts):
        return None
    if abs(sum(values) - _WHOLE) <= 1:
        return [value / sum(values) for value in values]
    steps = [b - a for a, b in zip([0.0, *values], values, strict=False)]
    if abs(values[-1] - _WHOLE) <= 1 and min(steps) > 0:
        return [step / values[-1] for step in steps]
    return None


def _is_done(text: str) -> bool | None:
    if _NOT_DONE.search(text):
        return False
    return True if _DONE.search(text) else None
