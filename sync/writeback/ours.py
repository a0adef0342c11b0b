"""Telling what we wrote into our columns from what a person typed there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sync.assess.labels import parse_label
from sync.assess.rulebook import CHINESE_NAMES
from sync.wording import shorten
from sync.workbooks.plan import OwnKey
from sync.workbooks.snapshot import RawValue

_RULES = "|".join(map(re.escape, {*CHINESE_NAMES.values()}))
_WHY = re.compile(rf"[^\[\]]*\[([a-z]+(-[a-z]+)*|{_RULES})\]")
_SMART = re.compile(r"[0-9]{1,3}( (缺|lacks) [SMART](·[SMART])*)?( \([A-Z0-9 ]+\))?")


@dataclass(frozen=True, slots=True)
class Written:
    """What history says we wrote into one workbook."""

    texts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Column key → every text of ours that may stand in that column. By column and not
    by row: people sort rows without our columns, and then our own text stands beside
    the wrong goal and must be put right."""
    dates: frozenset[tuple[str, str]] = frozenset()
    """(goal key, date) of the column of dates. A date is nobody's handwriting: the one
    that a person types may well be the one that we wrote for another goal."""
    dated: frozenset[tuple[str, str]] = frozenset()
    """(reason, date) as they stood side by side: how a displaced date is told."""
    reasons: frozenset[tuple[str, str]] = frozenset()
    """(goal key, reason): a row that shows its own reason is not displaced."""

    @classmethod
    def of(cls, remembered: Mapping[tuple[str, str], str]) -> "Written":
        """Read what history remembers: (goal key, column key) → text."""
        texts: dict[str, set[str]] = {}
        dates, dated = set[tuple[str, str]](), set[tuple[str, str]]()
        reasons = {
            (row, text)
            for (row, key), text in remembered.items()
            if key.removesuffix(INTENDED) == "why"
        }
        for (row, key), text in remembered.items():
            column = key.removesuffix(INTENDED)
            texts.setdefault(column, set()).add(text)
            if column == "next":
                dates.add((row, text))
                if reason := remembered.get((row, key.replace("next", "why"))):
                    dated.add((reason, text))
        frozen = {key: frozenset(found) for key, found in texts.items()}
        return cls(frozen, frozenset(dates), frozenset(dated), frozenset(reasons))

    def is_ours(
        self, key: OwnKey, value: RawValue, *, row: str = "", reason: RawValue = None
    ) -> bool:
        """Whether a cell of our column holds something we may replace.

        Without any memory of the column, only what has exactly the shape of our own
        text counts as ours; a bare date never does, since anybody may have typed it.

        Args:
            key: Which of our columns.
            value: What the cell holds.
            row: The key of the goal beside it; empty where none is.
            reason: What our column of reasons holds in the same row.
        """
        if value is None:
            return True
        text = as_text(value)
        if key == "next":
            beside = "" if reason is None else as_text(reason)
            displaced = (row, beside) not in self.reasons
            return (row, text) in self.dates or (
                displaced and (beside, text) in self.dated
            )
        if key in self.texts:
            return text in self.texts[key]
        match key:
            case "status":
                return parse_label(text) is not None
            case "why":
                return all(_WHY.fullmatch(line) for line in text.splitlines())
            case "smart":
                return _SMART.fullmatch(text) is not None


INTENDED = "~"
"""Suffix of the column key under which history keeps what is about to be written: after
a crash between the workbook and the history, both texts count as ours."""


def as_text(value: RawValue) -> str:
    """Write a cell's value the way history remembers it."""
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def quoted(value: RawValue) -> str:
    """Quote a cell's value for a message."""
    return shorten(as_text(value))
