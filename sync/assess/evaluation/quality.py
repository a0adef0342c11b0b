"""Whether a feedback text helps the person: situation, behaviour, impact (SBI)."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, get_args

from sync.assess.evaluation.model import Wording
from sync.cells import CellRef

Part = Literal["situation", "behaviour", "impact"]

SHORTEST = 2
"""Characters; a tick or a full stop is no feedback text."""

_LACKING = 2
"""Parts that may not be missing together: one is often said by the sheet around it."""

_CJK = re.compile("[㐀-鿿]")


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Match any of the words: Chinese anywhere, others as whole words.

    A word that ends in ``*`` is the beginning of one.
    """
    found = []
    for word in sorted(words, key=len, reverse=True):
        if _CJK.search(word):
            found.append(re.escape(word))
        else:
            ending = r"\w*" if word.endswith("*") else ""
            found.append(rf"\b{re.escape(word.removesuffix('*'))}{ending}\b")
    return re.compile("|".join(found), re.IGNORECASE)


_LISTS = tomllib.loads(
    Path(__file__).with_name("feedback_words.toml").read_text(encoding="utf-8")
)
_PARTS: dict[Part, re.Pattern[str]] = {
    part: _pattern(_LISTS[part]) for part in get_args(Part)
}
_VAGUE, _TRAITS = _pattern(_LISTS["vague"]), _pattern(_LISTS["traits"])
_OCCASION = re.compile(
    r"\d\s?(?:月|日|号|周|季度)|\b(?:19|20)\d\d\b|\bq[1-4]\b|时[，,]|在\w{1,12}[中上时]",
    re.IGNORECASE,
)


def review_wording(
    text: str, at: CellRef, is_confidential: bool = False
) -> Wording | None:
    """Look for what a feedback text lacks; ``None`` when it lacks little.

    A text is taken to name the situation by a day or an occasion, the behaviour by
    something done, the impact by a consequence. Words are looked for, not understood:
    what is found here is a question to the author, not a verdict.

    Args:
        text: As written, in Chinese or English.
        at: Its cell.
        is_confidential: Whether no word of it may be given, only what it lacks.

    Source:
        SBI (situation, behaviour, impact); specific before vague, behaviour before
        traits: common rules of coaching and review guides.
    """
    missing = [part for part, pattern in _PARTS.items() if not pattern.search(text)]
    if "situation" in missing and _OCCASION.search(text):
        missing.remove("situation")
    vague, traits = _found(_VAGUE, text), _found(_TRAITS, text)
    if len(missing) < _LACKING and not (vague or traits):
        return None
    return Wording(
        at=at,
        missing=tuple(missing),
        vague=() if is_confidential else vague,
        traits=() if is_confidential else traits,
        is_confidential=is_confidential,
    )


def _found(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match[0].casefold() for match in pattern.finditer(text)))
