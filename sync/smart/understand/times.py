"""Time expressions: deadlines, periods, rhythms, response times and 尽快."""

from sync.smart.understand.model import Time
from sync.smart.understand.times_en import english_time, english_times
from sync.smart.understand.times_zh import chinese_time, chinese_times


def times_in(folded: str, original: str) -> tuple[Time, ...]:
    """Find the time expressions of a text, from left to right, none overlapping.

    Args:
        folded: The text after `fold`.
        original: The same text as written.
    """
    found = [] if folded.isascii() else chinese_times(folded)
    found += english_times(folded, original)
    found.sort(key=lambda time: (time.start, -time.end))
    kept: list[Time] = []
    for time in found:
        if not kept or time.start >= kept[-1].end:
            kept.append(time)
    return tuple(kept)


def reread_time(folded: str, original: str, like: Time) -> Time | None:
    """Read one expression again that stands where ``like`` stood in its shape.

    Returns:
        ``None`` when what stands there is another kind of thing.
    """
    start = like.start
    own = None if folded.isascii() else chinese_time(folded, start)
    if own is None or own.end != like.end:
        own = english_time(folded, original, start)
    if own is None or own.end != like.end or own.kind is not like.kind:
        return None
    return own
