"""Raw cells as text, in one spelling."""

import math
import re
import unicodedata
from datetime import date, datetime

from sync.workbooks.snapshot import Percent, RawValue

MISSING_MARKS = frozenset(
    {"-", "--", "---", "----", "—", "——", "–", "/", "\\", "n/a", "na", "n.a.", "nil"}
    | {"none", "null", "无", "暂无", "(blank)", "#n/a"}
)
"""What people type to say that there is nothing to say; never zero."""

_CJK = re.compile(r"[㐀-鿿豈-﫿]")
_SPACE_IN_CJK = re.compile(r"(?<=[㐀-鿿])\s+(?=[㐀-鿿])")


def plain(text: str) -> str:
    r"""Give text in one width, on one line, without spaces around it.

    >>> plain(" ２０％\n完成 ")
    '20% 完成'
    """
    if text.isascii():
        return " ".join(text.split())
    # NFKC can make a space out of a character that is none, so it comes first.
    return " ".join(unicodedata.normalize("NFKC", text).split())


def folded(text: str) -> str:
    """Give text for comparing: `plain`, and in one case."""
    return plain(text).casefold()


def is_missing(text: str) -> bool:
    """Tell whether text merely marks that nothing is there, as ``N/A`` or ``---``."""
    short = text.strip()
    return not short or (len(short) < 8 and folded(short) in MISSING_MARKS)  # noqa: PLR2004


def has_cjk(text: str) -> bool:
    """Tell whether text holds a Chinese character."""
    return _CJK.search(text) is not None


def number_text(number: float) -> str:
    """Write a number as a sheet shows it: no ``.0``, no binary dust.

    >>> number_text(0.1 + 0.2)
    '0.3'
    """
    if isinstance(number, Percent) and math.isfinite(number):
        return f"{float(number) * 100:.12g}%"
    if isinstance(number, int):
        return str(number)
    if math.isfinite(number) and number == int(number) and abs(number) < 1e15:  # noqa: PLR2004
        return str(int(number))
    return f"{number:.12g}"


def text_of(raw: RawValue) -> str:
    """Show a raw cell as text on one line; empty for an empty cell."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        return " ".join(raw.split())
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, datetime):
        return raw.isoformat(" ", "minutes")
    if isinstance(raw, date):
        return raw.isoformat()
    return number_text(raw)


def long_text_of(raw: RawValue) -> str:
    """Show a raw cell as text, keeping its line breaks."""
    return raw.strip() if isinstance(raw, str) else text_of(raw)


def entry_of(raw: RawValue) -> str:
    """Show a raw cell as text on one line; empty for ``-`` and ``N/A`` too."""
    text = text_of(raw)
    return "" if is_missing(text) else text


def long_entry_of(raw: RawValue) -> str:
    """Show a raw cell as text with its line breaks; empty for ``-`` and ``N/A`` too."""
    text = long_text_of(raw)
    return "" if is_missing(text) else text


def name_of(raw: RawValue) -> str:
    """Show a name: one line, and no spaces between Chinese characters.

    >>> name_of(" 王 小明 ")
    '王小明'
    """
    return _SPACE_IN_CJK.sub("", plain(text_of(raw)))


def id_of(raw: RawValue) -> str:
    """Show a number of a person or goal: ``20417.0`` is ``20417``, ``0042`` stays."""
    return plain(raw if isinstance(raw, str) else text_of(raw))
