"""Numbers and titles as a sentence shows them."""

import math
from functools import lru_cache

from sync.assess.process import Forecast
from sync.records.model import Goal, Quantity
from sync.wording import Text, same, shorten

_POINTS = Text("{n} 个百分点", "{n} points")
_POINT = Text("{n} 个百分点", "{n} point")


@lru_cache(maxsize=4096)
def percent(share: float) -> str:
    """Show a share of 0–1 as whole percent.

    What is short of 100 % never reads 100 %: 0.996 is shown as 99.6 %, and as 99.9 %
    at most.

    >>> percent(0.4), percent(0.9999), percent(1.25)
    ('40%', '99.9%', '125%')
    """
    if share >= 100:  # noqa: PLR2004 - a slip of the keyboard, not a figure to read
        return ">9999%"
    if share <= -100:  # noqa: PLR2004
        return "<-9999%"
    if 0.995 <= share < 1:  # noqa: PLR2004 - where rounding would say 100 %
        return f"{math.floor(share * 1000) / 10:.1f}%"
    return f"{points(share)}%"


@lru_cache(maxsize=4096)
def points(share: float) -> int:
    """Round a share to whole percentage points, halves away from zero.

    >>> points(0.345), points(-0.345)
    (35, -35)
    """
    # Multiplying leaves 0.345 at 34.4999…, which people would call 34.5.
    return int(math.copysign(math.floor(round(abs(share) * 100, 6) + 0.5), share))


@lru_cache(maxsize=1024)
def points_of(n: str) -> Text:
    """Write a number of percentage points, as shown."""
    return (_POINT if n == "1" else _POINTS).fill(n=n)


def shown_range(forecast: Forecast) -> tuple[str, str]:
    """Show both ends of a forecast, none of it below 0 %."""
    return percent(max(forecast.end_low, 0.0)), percent(max(forecast.end_high, 0.0))


def missing_points(share: float) -> str:
    """Give the points from a share, as `percent` shows it, to 100 %.

    >>> missing_points(0.4), missing_points(0.996)
    ('60', '0.4')
    """
    if 0.995 <= share < 1:  # noqa: PLR2004 - where `percent` shows a decimal
        return f"{100 - math.floor(share * 1000) / 10:.1f}"
    return str(100 - points(share))


def quantity(value: Quantity) -> str:
    """Show an amount in the sheet's own words, shortened."""
    return _short(value.text or f"{value.value:g}{value.unit}", 20)


def title(goal: Goal) -> Text:
    """Name a goal in a sentence: its title, else its number, else its row."""
    name = goal.title or goal.metric or goal.description or goal.goal_id
    if name:
        # Chinese says in 30 signs what takes alphabets twice as many.
        return same(_short(name, 60 if name.isascii() else 30))
    return Text("第 {row} 行的目标", "the goal in row {row}", {"row": goal.place.row})


def _short(text: str, limit: int) -> str:
    """Shorten text; most is short and on one line already, and then costs nothing."""
    plain = len(text) <= limit and text.isprintable() and "  " not in text
    return text.strip() if plain else shorten(text, limit)
