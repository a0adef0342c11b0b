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
_MOSTLY = 0.9
"""Share of the marks that a scale must hold when some fit none: typing errors."""

_WHY = Text(
    "分值在 {least} 到 {most} 之间，按 {low}–{high} 分制理解",
    "marks from {least} to {most}: taken for a scale of {low} to {high}",
)
_WHY_MOSTLY = Text(
    "{why}；另有 {n} 个分值超出范围，未计入", "{why}; {n} off it are left out"
)


def scale_of(marks: Iterable[float | None]) -> Scale | None:
    """Recognise the scale of one sheet's marks from its values.

    The narrowest of 1–5, 0–5, 1–10, 0–10, 0–100 and 0–120 that holds them all. When
    none does, the narrowest that holds nine tenths of them, and the rest are off it.

    Args:
        marks: All marks of the sheet; ``None`` for those that are missing.

    Returns:
        ``None`` without any number, and when too many fit no scale.

    Source:
        The scales of the systems compared: 1–5 (Frappe, Horilla), 1–10, percent, and
        points with a premium up to 120 (state-owned companies' rules).
    """
    known = [mark for mark in marks if mark is not None and math.isfinite(mark)]
    if not known:
        return None
    for wanted in (1.0, _MOSTLY):
        for low, high in _USUAL:
            on_it = [mark for mark in known if low <= mark <= high]
            if on_it and len(on_it) >= wanted * len(known):
                least, most = f"{min(on_it):g}", f"{max(on_it):g}"
                why = _WHY.fill(least=least, most=most, low=low, high=high)
                if off := len(known) - len(on_it):
                    why = _WHY_MOSTLY.fill(why=why, n=off)
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
