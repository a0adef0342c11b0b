"""The nine-box: performance by potential, only when an office asks for it."""

from typing import Literal

from sync.assess.words import plain

Third = Literal[1, 2, 3]

_WORDS: dict[str, Third] = {
    "高": 3, "中": 2, "低": 1, "高潜": 3, "high": 3, "medium": 2, "low": 1,
}  # fmt: skip
_MEDIUM_FROM, _HIGH_FROM = (2.5 - 1) / 4, (4 - 1) / 4


def box_of(performance: float, potential: str) -> tuple[Third, Third] | None:
    """Place one person in the nine-box.

    Args:
        performance: Share of the scale, 0–1.
        potential: As written: a word, or a mark of 1–5.

    Returns:
        Performance and potential, 1 low, 2 medium, 3 high; ``None`` when the potential
        is empty or neither.

    Source:
        Worxmate's bands on 1–5, low to 2.4, medium to 3.9, high from 4; 2.45 falls
        between them as worded, so they are taken as half-open: < 2.5, < 4. Accuracy of
        such judgements is about one half (talenteconomy.io): off unless asked for.
    """
    word = plain(potential)
    known = _WORDS.get(word)
    if known is None:
        try:
            mark = float(word)
        except ValueError:
            return None
        if not 1 <= mark <= 5:  # noqa: PLR2004 - the scale of the source
            return None
        known = third_of((mark - 1) / 4)
    return third_of(performance), known


def third_of(share: float) -> Third:
    """Tell low, medium and high apart on a scale of 0–1, half-open."""
    if share < _MEDIUM_FROM:
        return 1
    return 2 if share < _HIGH_FROM else 3
