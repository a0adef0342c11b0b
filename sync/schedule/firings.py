"""When a scheduler has to start us, in the words that schedulers understand.

None of them knows slots. They are told every time of the week at which a slot may be
due or made up for; started too early, twice or in vain, the run sees it and leaves.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from sync.schedule.timetable import Timetable

_YEAR = timedelta(days=366)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, order=True)
class Firings:
    """Times of the week: every one of the hours on every one of the days."""

    minute: int
    hours: tuple[int, ...]
    """0 to 23, rising."""
    weekdays: tuple[int, ...]
    """0 is Monday, rising."""


def firings(
    timetable: Timetable,
    start: datetime,
    zone: tzinfo | None,
    *,
    made_up: bool = True,
) -> tuple[Firings, ...]:
    """List the times of the week at which a run may be due.

    Args:
        timetable: Which slots there are.
        start: The year after this moment is looked at, so that both sides of every
            change of the clocks are in it.
        zone: Whose clock the scheduler goes by; ``None``: the machine's.
        made_up: Whether the hours in which a missed run is made up for belong to it.
    """
    times: set[tuple[int, int, int]] = set()
    hours = int(timetable.catch_up / _HOUR) if made_up else 0
    for slot in timetable.after(start):
        if slot.moment.timestamp() > (start + _YEAR).timestamp():
            break
        first = slot.moment.astimezone(UTC) + timetable.spread
        for hour in range(hours + 1):
            local = (first + hour * _HOUR).astimezone(zone)
            times.add((local.minute, local.hour, local.weekday()))
    days: dict[tuple[int, int], set[int]] = defaultdict(set)
    for minute, hour, weekday in times:
        days[minute, hour].add(weekday)
    together: dict[tuple[int, tuple[int, ...]], list[int]] = defaultdict(list)
    for (minute, hour), weekdays in sorted(days.items()):
        together[minute, tuple(sorted(weekdays))].append(hour)
    return tuple(
        Firings(minute, tuple(hours), weekdays)
        for (minute, weekdays), hours in together.items()
    )


def ranges(numbers: Sequence[int], dash: str) -> str:
    """Write rising numbers with runs of three and more drawn together.

    >>> ranges((1, 2, 3, 5, 6), "-")
    '1-3,5,6'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [
        f"{run[0]}{dash}{run[-1]}" if len(run) > 2 else ",".join(map(str, run))  # noqa: PLR2004
        for run in runs
    ]
    return ",".join(words)
