"""Putting a text's own numbers into what was read of its shape."""

from sync.smart.understand.amounts import reread_amount
from sync.smart.understand.fold import fold
from sync.smart.understand.model import DEADLINES, Amount, Sort, Time, Understanding
from sync.smart.understand.times import reread_time


def results_of(amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """Pick the numbers that say what is to be reached."""
    return tuple([a for a in amounts if a.role != "from" and a.sort is not Sort.RANK])


def deadlines_of(times: tuple[Time, ...]) -> tuple[Time, ...]:
    """Pick the times that say when it is to be done."""
    return tuple([time for time in times if time.kind in DEADLINES])


def reread(flat: str, like: Understanding) -> Understanding | None:
    """Put a text's own numbers into what was read of its shape.

    Returns:
        ``None`` when the numbers do not fit where those of the shape stood.
    """
    folded = fold(flat)
    times = _own_times(flat, folded, like)
    amounts = _own_amounts(folded, like)
    if times is None or amounts is None:
        return None
    deadlines = like.deadlines if times is like.times else deadlines_of(times)
    results = results_of(amounts) if amounts else ()
    own = (flat, folded, amounts, times, results, deadlines)
    return Understanding._make((*own, *like[len(own) :]))


def _own_times(flat: str, folded: str, like: Understanding) -> tuple[Time, ...] | None:
    times, shape = like.times, like.folded
    for at, time in enumerate(times):
        start, end = time.start, time.end
        if folded[start:end] == shape[start:end]:
            continue
        again = reread_time(folded, flat, time)
        if again is None:
            return None
        times = (*times[:at], again, *times[at + 1 :])
    return times


def _own_amounts(folded: str, like: Understanding) -> tuple[Amount, ...] | None:
    own = []
    for amount in like.amounts:
        again: Amount | None = amount
        start, end = amount.start, amount.end
        if folded[start:end] != like.folded[start:end]:
            again = reread_amount(folded, amount)
        if again is None:
            return None
        own.append(again)
    return tuple(own)
