"""Cells that answer in words instead of numbers: done, not yet, three of five."""

import re

from sync.assess.words import plain, words
from sync.records.model import Quantity

_DONE = words("done")
_NOT_DONE = words("not_done")

_OF = re.compile(r"(?P<n>\d+) ?[个项]? ?(?:/|of|／) ?(?P<of>\d+)")


def answer(text: str) -> bool | None:
    """Read a word that says done or not; ``None`` when it says neither."""
    word = plain(text)
    if word in _DONE:
        return True
    return False if word in _NOT_DONE else None


def count_done(current: Quantity, target: Quantity | None) -> float | None:
    """Read ``3/5`` as a share of milestones done, 0–1.

    A bare ``3/5`` may be the third of May: it counts only beside a target of 5, or with
    words around it such as ``完成 3/5`` and ``3 of 5 milestones``.
    """
    text = plain(current.text)
    found = _OF.search(text)
    if not found:
        return None
    done, of = int(found["n"]), int(found["of"])
    bare = found.group() == text and "of" not in text
    if bare and (target is None or target.value != of):
        return None
    return done / of if of > 0 and done <= of else None


def same_words(current: Quantity, target: Quantity | None) -> bool:
    """Tell whether the current state is, word for word, the wanted one."""
    return (
        target is not None
        and bool(plain(current.text))
        and (plain(current.text) == plain(target.text))
    )
