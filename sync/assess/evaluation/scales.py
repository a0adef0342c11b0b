"""Which scale marks are on, and marks in words."""

import math
import tomllib
from collections.abc import Iterable
from pathlib import Path

from sync.assess.evaluation.model import Scale
from sync.assess.words import plain
from sync.wording import Text

_LADDERS: tuple[tuple[str, ...], ...] = tuple(
    tuple(plain(grade) for grade in ladder)
    for ladder in tomllib.loads(
        Path(__file__).with_name("ladders.toml").read_text(encoding="utf-8")
    )["ladders"]
)
"""Best first; in the order in which they are tried."""

_USUAL = ((1, 5), (0, 5), (1, 10), (0, 10), (0, 100), (0, 120))
_WHY = Text(
    "分值在 {least} 到 {most} 之间，按 {low}–{high} 分制理解",
    "marks from {least} to {most}: taken for a scale of {low} to {high}",
)


def scale_of(marks: Iterable[float | None]) -> Scale | None:
    """Recognise the scale of one sheet's marks from its values.

    The narrowest of 1–5, 0–5, 1–10, 0–10, 0–100 and 0–120 that holds them all.

    Args:
        marks: All marks of the sheet; ``None`` for those that are missing.

    Returns:
        ``None`` without any number, and when a number fits no scale.

    Source:
        The scales of the systems compared: 1–5 (Frappe, Horilla), 1–10, percent, and
        points with a premium up to 120 (state-owned companies' rules).
    """
    known = [mark for mark in marks if mark is not None and math.isfinite(mark)]
    if not known:
        return None
    least, most = min(known), max(known)
    for low, high in _USUAL:
        if low <= least and most <= high:
            why = _WHY.fill(least=f"{least:g}", most=f"{most:g}", low=low, high=high)
            return Scale(float(low), float(high), why)
    return None


def share_of_grades(grades: Iterable[str]) -> dict[str, float]:
    """Map the grades of one sheet to 0–1, the best of their ladder being 1.

    Steps are taken for equal. The shortest ladder that knows every grade counts, so
    that ``A`` is the best where no ``S`` occurs.

    Args:
        grades: As written.

    Returns:
        Grade as written → share; empty when no ladder knows all of them.
    """
    written = {grade for grade in grades if grade}
    wanted = {plain(grade) for grade in written}
    for ladder in _LADDERS:
        if wanted and wanted <= set(ladder):
            last = len(ladder) - 1
            return {it: 1 - ladder.index(plain(it)) / last for it in written}
    return {}
