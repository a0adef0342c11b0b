"""Two amounts made comparable: units, finite numbers, percentages."""

import math
from collections.abc import Sequence
from functools import lru_cache

from sync.assess.words import plain, words
from sync.records.model import Quantity

_COUNTERS = words("counters")
_SHARES = words("shares")


def comparable(amounts: Sequence[Quantity]) -> tuple[float, ...] | None:
    """Give the values of amounts in one unit, in the order given.

    A number without a unit takes the unit of the others. Beside percentages, which are
    shares of 1, a bare number above 2 is read as percent: ``95`` beside ``98%`` is 0.95.

    Args:
        amounts: Baseline, target, current: those that are there.

    Returns:
        One value each, or ``None`` when one has none, is not finite, or is in a unit
        that the others are not: ``5 万元`` and ``48,000 元`` are never compared.
    """
    values = [amount.value for amount in amounts]
    units = {unit for amount in amounts if (unit := _unit(amount.unit))}
    if len(units) > 1:
        return None
    found: list[float] = []
    for amount, value in zip(amounts, values, strict=True):
        if value is None or not math.isfinite(value):
            return None
        bare_percent = units == {"%"} and not amount.unit and abs(value) > 2  # noqa: PLR2004
        found.append(value / 100 if bare_percent else value)
    return tuple(found)


@lru_cache(maxsize=1024)
def _unit(written: str) -> str:
    """Reduce a unit to what decides whether two numbers may be compared."""
    unit = plain(written)
    if unit in _SHARES:
        return "%"
    if unit in _COUNTERS:
        return "#"
    return unit.removesuffix("s") if len(unit) > 2 else unit  # noqa: PLR2004
