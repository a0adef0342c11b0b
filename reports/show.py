"""How days, shares, counts and people's own words are shown to a reader."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_skeleton

from sync.assess.shown import percent
from sync.languages import languages, sentences
from sync.wording import Text

# Marks that reorder or hide the text after them (Unicode TR #36, 3.3): a name that
# carries one would turn around the rest of the line it stands in.
_INVISIBLE = re.compile(
    "[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_BREAKS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
# Half a surrogate pair cannot be written as UTF-8 and would stop every letter.
_HALVES = re.compile("[\ud800-\udfff]")

# fmt: off
_SMALL = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
)
# fmt: on
_ENDS = tuple(".!?。！？…")
_QUOTES = "”』」"
_NO_FIGURE = Text("暂无数据", "no figure yet")


def harmless(text: str) -> str:
    """Take out what a sheet may hold and a letter must not: control and bidi marks.

    Line breaks and tabs stay; other breaks become spaces.
    """
    return _HALVES.sub("\ufffd", _BREAKS.sub(" ", _INVISIBLE.sub("", text)))


def one_line(text: str, limit: int = 120) -> str:
    """Show people's own words on one line of at most ``limit`` characters."""
    flat = " ".join(harmless(text).split())
    if len(flat) <= limit:
        return flat
    cut = flat[: limit - 1]
    while cut and unicodedata.combining(flat[len(cut)]):
        cut = cut[:-1]
    return cut.rstrip() + "…"


def spoken(text: Text | str, tag: str) -> str:
    """Show a sentence in the language of a tag, through its catalogue if it has one."""
    if isinstance(text, str):
        return text
    return text.in_(languages()[tag].base, sentences(tag))


def say(text: Text | str, tag: str, limit: int = 400) -> str:
    """Show a sentence in one language, on one line."""
    return one_line(spoken(text, tag), limit)


def sentence(text: Text | str, tag: str, limit: int = 400) -> str:
    """Show a sentence with a capital where there is one and a full stop at its end."""
    shown = say(text, tag, limit)
    if not shown:
        return ""
    chinese = languages()[tag].base == "zh"
    if not chinese:
        shown = shown[0].upper() + shown[1:]
    if shown[-1] in _ENDS or (shown[-1] in _QUOTES and shown[-2:-1] in _ENDS):
        return shown
    return shown.rstrip("；;，,") + ("。" if chinese else ".")


@lru_cache(maxsize=4096)
def day(on: date, tag: str, today: date) -> str:
    """Show a calendar day, without the year when it is this year's.

    >>> day(date(2026, 11, 22), "zh", date(2026, 1, 1))
    '11月22日'
    """
    locale = languages()[tag].locale
    if on.year == today.year:
        return format_skeleton("MMMMd", on, locale=locale)
    return format_date(on, "long", locale=locale)


def share(value: float | None, tag: str) -> str:
    """Show a share as a percentage; nothing known is said in words, never as 0 %."""
    return spoken(_NO_FIGURE, tag) if value is None else percent(value)


def number(n: int) -> str:
    """Write a count as English prose does: in words up to ten."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else f"{n:,}"


def count(n: int, one: str, many: str = "") -> str:
    """Write a count with its noun in English.

    >>> count(1, "goal"), count(0, "person", "people"), count(12, "goal")
    ('one goal', 'no people', '12 goals')
    """
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def listed(names: Iterable[str], tag: str) -> str:
    """Join names as the language does.

    >>> listed(["Ann", "Bo", "Cy"], "en"), listed(["安", "波", "西"], "zh")
    ('Ann, Bo and Cy', '安、波和西')
    """
    shown = [one_line(name, 80) for name in names]
    if len(shown) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(shown)
    comma, last = ("、", "和") if languages()[tag].base == "zh" else (", ", " and ")
    return comma.join(shown[:-1]) + last + shown[-1]


def capital(text: str) -> str:
    """Begin with a capital and leave the rest alone."""
    return text[:1].upper() + text[1:]
