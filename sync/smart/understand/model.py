"""What a goal's words say, as values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from sync.wording import Lang


class Sort(StrEnum):
    """What a number in a goal counts."""

    PERCENT = "percent"
    POINTS = "points"
    """Percentage points, or points of a scale."""
    TIMES = "times"
    """A multiple, as in 3倍 or "double"."""
    MONEY = "money"
    DURATION = "duration"
    """A length of time that is the result itself, as in "from 10 days to 7"."""
    RANK = "rank"
    COUNT = "count"
    """A number with any other unit."""
    BARE = "bare"
    """A number without a unit."""


Role = Literal["", "from", "to", "by"]
"""Where the number stands in a change: its start, its end, or its size."""


class Amount(NamedTuple):
    """One number with its unit."""

    start: int
    end: int
    """Half-open span in the text, unit included."""
    value: float
    """Percentages are shares: ``15%`` is 0.15; 1.5万 is 15000."""
    sort: Sort
    unit: str = ""
    """Folded to lower case and simplified characters; empty when none is written."""
    upper: float | None = None
    """The far end of a range such as 80-90."""
    comparator: str = ""
    """``>=``, ``<=`` or empty."""
    role: Role = ""
    digits: tuple[int, int] | None = None
    """Half-open span of the plain digits that alone make the value; else ``None``."""
    scale: float = 1.0
    """What the digits are multiplied by: 1e4 for 万, negative for a loss."""
    factor: float = 1.0
    """What makes the value canonical: 0.01 for a percentage."""


class Span(StrEnum):
    """What kind of time an expression names."""

    DATE = "date"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DURATION = "duration"
    """A deadline counted from now, as in 三个月内."""
    EVENT = "event"
    """A deadline everybody knows without a date: 春节前, end of probation."""
    RECURRING = "recurring"
    SLA = "sla"
    """A response time such as 24小时内: part of the measure, not a deadline."""
    PAST = "past"
    """A time to compare with, such as 去年."""
    VAGUE = "vague"
    """尽快, ASAP, ongoing."""


DEADLINES = frozenset(
    {
        Span.DATE,
        Span.MONTH,
        Span.QUARTER,
        Span.HALF,
        Span.YEAR,
        Span.DURATION,
        Span.EVENT,
    }
)
"""The kinds that say when a goal is to be done."""


@dataclass(frozen=True, slots=True)
class Time:
    """One time expression."""

    start: int
    end: int
    kind: Span
    year: int | None = None
    """``None``: not written; see ``shift``."""
    number: int | None = None
    """Month 1–12, quarter 1–4 or half 1–2; ``None``: the current one plus ``shift``."""
    day: int | None = None
    shift: int = 0
    """Units from now, for 本季度 (0) and 下季度 (1)."""
    days: int | None = None
    """Length of a duration, in days."""


class Understanding(NamedTuple):
    """One goal text, understood; the same text always gives the same value.

    A tuple, since one is made for every goal: its first six fields are the text's own,
    the others it shares with all texts of its shape.
    """

    text: str
    """On one line, as written."""
    folded: str
    """Same length as ``text``: lower case, half-width, simplified characters."""
    amounts: tuple[Amount, ...]
    times: tuple[Time, ...]
    results: tuple[Amount, ...]
    """The numbers that say what is to be reached, not where it starts."""
    deadlines: tuple[Time, ...]
    """The times that say when it is to be done."""
    lang: Lang
    change: Literal["", "up", "down", "keep"]
    """What the first verb of change asks for."""
    clear: bool
    """Whether that verb can mean only more or only less: "increase", not "improve"."""
    verb: tuple[int, int] | None
    """Span of that verb."""
    baseline: Literal["", "value", "reference"]
    """A starting number in the text, or only something to compare with (同比)."""
    deliverable: bool
    """Whether the text promises a thing that is either finished or not."""
    acceptance: bool
    """Whether it says who or what accepts the thing."""
    activity: bool
    """Whether it only says what somebody will be doing."""
    learning: bool
    ambition: bool
    """Whether it wants to be the best there is."""
    purpose: bool
    """Whether it says what it is good for."""
    means: bool
    """Whether it says by which way."""
    sourced: bool
    """Whether it says where the number is read: a survey, a report."""
    vague: tuple[tuple[int, int], ...]
    """Spans of words that nobody can check: 尽量, better."""
    placeholder: tuple[int, int] | None
    """A slot that nobody filled, as in ``[metric]`` or ``XX%``."""
    nouns: int
    """How many general nouns such as 满意度 or "quality" the text has."""
    abstract: int
    """How many of them cannot be counted, such as 意识 or "culture"."""
    content: int
    """Words beyond verbs, general nouns and fillers; two characters are one."""
    goals: int
    """How many goals the one text seems to hold; 1 unless it is plain."""

    def has(self, kind: Span) -> bool:
        """Tell whether the text names a time of this kind."""
        return any(time.kind is kind for time in self.times)
