"""What was looked at, how it is, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sync.errors import FollowupError
from sync.wording import Text

Level = Literal["ok", "warning", "problem"]
Area = Literal[
    "config", "source", "history", "disk", "clock", "secrets", "mail", "schedule"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at."""

    area: Area
    level: Level
    what: Text
    fix: Text | None = None
    """What to do; ``None`` where nothing needs doing."""
    where: str = ""
    """The file, key or server concerned; empty for the machine."""


Checks = Iterator[Check]


def fine(area: Area, what: Text, where: str = "") -> Check:
    """Say that something is in order."""
    return Check(area=area, level="ok", what=what, where=where)


def warning(area: Area, what: Text, fix: Text, where: str = "") -> Check:
    """Say that something will work, and may not always."""
    return Check(area=area, level="warning", what=what, fix=fix, where=where)


def problem(area: Area, what: Text, fix: Text, where: str = "") -> Check:
    """Say that something does not work."""
    return Check(area=area, level="problem", what=what, fix=fix, where=where)


def of_error(area: Area, error: FollowupError, where: str = "") -> Check:
    """Say what a run would be stopped by, in its own words."""
    place = error.where or where
    return problem(area, error.said, error.fix, place)
