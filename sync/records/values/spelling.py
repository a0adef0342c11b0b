"""Obvious slips of the pen."""

_LONG_WORD = 9


def is_slip_of(text: str, word: str) -> bool:
    """Tell whether text is a word with one slip, or two in a long one.

    A slip is a letter too many, one missing, a wrong one, or two swapped. The first
    letter must be right, so that ``uncompleted`` is no slip of ``completed``.

    >>> is_slip_of("in progess", "in progress")
    True
    """
    allowed = 2 if len(word) >= _LONG_WORD else 1
    if text[:1] != word[:1] or abs(len(text) - len(word)) > allowed:
        return False
    return _distance(text, word) <= allowed


def _distance(one: str, other: str) -> int:
    """Count edits (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, previous, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            best = min(
                before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted)
            )
            swapped = (
                i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted
            )
            row.append(min(best, previous[j - 2] + 1) if swapped else best)
    return row[-1]
