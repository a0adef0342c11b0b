"""What a goal's own words add to its columns: where it starts, and which way is better."""

import math
from dataclasses import replace

from sync.records.model import Direction, Goal, Quantity
from sync.smart.understand.model import Amount, Sort, Understanding

_SCALES = (0, 2, 3, 4, 6, 8)
"""Powers of ten between the same number written twice: 3 and 3 %, 1,850万 and 1,850."""


def completed(goal: Goal, words: Understanding) -> Goal:
    """Add direction and baseline where no column gives them and the words do.

    ``Cut returns from 6 % to 3 %`` beside a target of 3 % says that less is better and
    that it began at 6 %; without that, 5 % would count as more than reached. Words are
    believed only when the number they end in is the number in the target column: in
    ``cost down by 4 %`` beside a target of 4 % more is better.

    Args:
        goal: The goal.
        words: What its title says.

    Returns:
        The same goal when the words add nothing.
    """
    target = goal.target
    if target is None or target.value is None or not goal.title:
        return goal
    end = next((a for a in words.results if _is_same(a, target)), None)
    if end is None:
        return goal
    direction, baseline = goal.direction, goal.baseline
    if direction is None and not target.comparator:
        direction = _direction(words, end)
    if baseline is None and (start := _start(words, end)) is not None:
        baseline = _baseline(words, start, end, target)
    if direction is goal.direction and baseline is goal.baseline:
        return goal
    return replace(goal, direction=direction, baseline=baseline)


def _direction(words: Understanding, end: Amount) -> Direction | None:
    """Tell which way is better: by the verb and the end it reaches, or by the limit."""
    if end.comparator in {"<=", "<"}:
        return Direction.LOWER
    if end.role == "to" and words.clear:
        return {"up": Direction.HIGHER, "down": Direction.LOWER}.get(words.change)
    return None


def _start(words: Understanding, end: Amount) -> Amount | None:
    """Find the number the change starts at, counted in the same thing as its end."""
    starts = (a for a in words.amounts if a.role == "from" and a.sort is end.sort)
    return next(starts, None)


def _baseline(
    words: Understanding, start: Amount, end: Amount, target: Quantity
) -> Quantity | None:
    """Write the start in the scale of the target column."""
    assert target.value is not None
    scale = target.value / end.value if end.value else 1.0
    text = words.text[start.start : start.end].strip()
    return Quantity(text=text, value=start.value * scale, unit=target.unit)


def _is_same(amount: Amount, target: Quantity) -> bool:
    """Whether the words and the column hold one number, in whatever scale."""
    wanted = target.value or 0.0
    if amount.sort is Sort.POINTS and target.unit == "%":
        return False
    if not amount.value or not wanted or amount.value == wanted:
        return amount.value == wanted
    ratio = abs(wanted / amount.value)
    if wanted * amount.value < 0 or not math.isfinite(ratio) or not ratio:
        return False
    power = abs(math.log10(ratio))
    return any(math.isclose(power, scale, abs_tol=1e-9) for scale in _SCALES)
