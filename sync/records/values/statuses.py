"""Status words as claims."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from sync.records.model import Status
from sync.records.values.spelling import is_slip_of
from sync.records.values.status_words import CLAIMS_NOTHING, GOES_ON, WORDS, YES
from sync.records.values.texts import folded


class Claim(NamedTuple):
    """What a status cell says."""

    status: Status | None
    """``None`` for known words that take no side, such as ``未完成``."""
    is_weak: bool = False
    """Whether it merely says that work goes on."""


def _dictionary() -> Mapping[str, Claim]:
    words = {folded(word): Claim(None) for word in CLAIMS_NOTHING}
    for status, spellings in WORDS.items():
        words |= {folded(word): Claim(status) for word in spellings}
    weak = Claim(Status.ON_TRACK, is_weak=True)
    words |= {folded(word): weak for word in GOES_ON}
    words["pending"] = words["planned"] = Claim(Status.NOT_STARTED, is_weak=True)
    return MappingProxyType(words)


_WORDS = _dictionary()
_SEPARATORS = re.compile(r"[\s_\-–—]+")
_ASIDE = re.compile(r"\s*(?:\(.*|\[.*|[,;:。,、；：].*|\s[-–—]\s.*)$")
_ENUMERATED = re.compile(r"^\d+\s?[.、)-]\s?")
_SHORTEST_SLIP = 5


def read_status(text: str, *, is_question: bool = False) -> Claim | None:
    """Read a status word in either language.

    Args:
        text: The cell; case, spaces, hyphens and an aside after a comma or in
            brackets do not matter, and one slip of the pen is forgiven.
        is_question: Whether the header asks, as in ``是否完成``: then 是 is a claim.

    Returns:
        The claim, or ``None`` for words we do not know.
    """
    short = _ENUMERATED.sub("", folded(text)).strip(" .!。！*:")
    if is_question and short in YES:
        return Claim(Status.ACHIEVED)
    for spelling in (short, _ASIDE.sub("", short)):
        spaced = _SEPARATORS.sub(" ", spelling).strip()
        claim = _WORDS.get(spelling) or _WORDS.get(spaced)
        if claim is None and spaced and not spaced[0].isalnum():
            claim = _WORDS.get(spaced[0]) or _WORDS.get(spaced.strip("️ ●•")[1:].strip())
        if claim is not None:
            return claim
    return _slip(_SEPARATORS.sub(" ", short))


def _slip(text: str) -> Claim | None:
    if not text.isascii() or len(text) < _SHORTEST_SLIP:
        return None
    found = {
        claim
        for word, claim in _WORDS.items()
        if len(word) >= _SHORTEST_SLIP and is_slip_of(text, word)
    }
    return found.pop() if len(found) == 1 else None
