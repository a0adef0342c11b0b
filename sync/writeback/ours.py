"""Telling what we wrote into our columns from what a person typed there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sync.assess.labels import parse_label
from sync.wording import shorten
from sync.workbooks.plan import OwnKey
from sync.workbooks.snapshot import RawValue

_WHY = re.compile(r"[^\[\]]*\[[a-z]+(-[a-z]+)*\]")
_SMART = re.compile(r"[0-9]{1,3}( (缺|lacks) [SMART](·[SMART])*)?( \([A-Z0-9 ]+\))?")


@dataclass(frozen=True, slots=True)
class Written:
    """What history says we wrote into one workbook."""

    texts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Column key → every text of ours that may stand in that column. By column and not
    by row: people sort rows without our columns, and then our own text stands beside
    the wrong goal and must be put right."""

    @classmethod
    def of(cls, remembered: Mapping[tuple[str, str], str]) -> "Written":
        """Read what history remembers: (goal key, column key) → text."""
        texts: dict[str, set[str]] = {}
        for (_, key), text in remembered.items():
            texts.setdefault(key.removesuffix(INTENDED), set()).add(text)
        return cls({key: frozenset(found) for key, found in texts.items()})

    def is_ours(self, key: OwnKey, value: RawValue) -> bool:
        """Whether a cell of our column holds something we may replace.

        Without any memory of the column, only what has exactly the shape of our own
        text counts as ours; a bare date never does, since anybody may have typed it.
        """
        if value is None:
            return True
        text = as_text(value)
        if key in self.texts:
            return text in self.texts[key]
        match key:
            case "status":
                return parse_label(text) is not None
            case "why":
                return all(_WHY.fullmatch(line) for line in text.splitlines())
            case "smart":
                return _SMART.fullmatch(text) is not None
            case "next":
                return False


INTENDED = "~"
"""Suffix of the column key under which history keeps what is about to be written: after
a crash between the workbook and the history, both texts count as ours."""


def as_text(value: RawValue) -> str:
    """Write a cell's value the way history remembers it."""
    return value.isoformat()[:10] if isinstance(value, date) else str(value)


def quoted(value: RawValue) -> str:
    """Quote a cell's value for a message."""
    return shorten(as_text(value))
