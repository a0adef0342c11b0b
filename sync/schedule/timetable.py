"""When a run is due: slots by the calendar of a zone, each of which is run once.

A slot is a day and a time on the wall, not a moment: where clocks are put back 01:30
comes twice and is one slot, where they are put forward 02:30 does not come and is one
slot all the same. So whatever fires us too often, too late or twice, the slot decides.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""As `date.weekday` counts: Monday is 0."""

_LATE = timedelta(hours=1)
"""How late a firing may be where nothing is made up for: the machine was busy."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One occasion on which a run is due."""

    day: date
    at: time
    moment: datetime
    """When that is, aware. A time that comes twice is meant the first time, one that is
    left out is meant as long after the last moment before the gap (PEP 495, fold 0)."""

    @property
    def name(self) -> str:
        """Its name in the history: the local day and time, without a zone."""
        return f"{self.day.isoformat()}T{self.at:%H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """Which slots there are."""

    weekdays: tuple[str, ...]
    """Some of `WEEKDAYS`, at least one."""
    at: time
    zone: ZoneInfo | None
    """``None``: the machine's."""
    catch_up: timedelta
    """How long after a slot a missed run is still made up for."""
    spread: timedelta = timedelta()
    """How long after the slot this machine fires, so that not all fire at once."""

    def on(self, day: date) -> Slot:
        """Give the slot of a day, whether or not it is one of the weekdays."""
        naive = datetime.combine(day, self.at)
        # Without a zone Python asks the system, which knows the machine's changes.
        moment = naive.replace(tzinfo=self.zone) if self.zone else naive.astimezone()
        return Slot(day, self.at, moment)

    def after(self, moment: datetime) -> Iterator[Slot]:
        """Give the slots later than a moment, the next one first, without end."""
        # One day back: the zone's day may still be the one before the moment's own.
        day = moment.astimezone(self.zone).date() - timedelta(days=1)
        while True:
            if WEEKDAYS[day.weekday()] in self.weekdays:
                slot = self.on(day)
                if slot.moment.timestamp() > moment.timestamp():
                    yield slot
            day += timedelta(days=1)

    def before(self, moment: datetime) -> Slot:
        """Give the last slot that is not later than a moment."""
        day = moment.astimezone(self.zone).date() + timedelta(days=1)
        while True:
            if WEEKDAYS[day.weekday()] in self.weekdays:
                slot = self.on(day)
                # Seconds since 1970: Python compares two times of one zone by the
                # wall, which is wrong in the hour that comes twice.
                if slot.moment.timestamp() <= moment.timestamp():
                    return slot
            day -= timedelta(days=1)

    def due(self, moment: datetime) -> Slot | None:
        """Give the slot that a firing at ``moment`` is for.

        However many were missed, it is one: the last. ``None`` when that is too long
        ago to be made up for.
        """
        slot = self.before(moment)
        late = moment.timestamp() - slot.moment.timestamp()
        allowed = self.spread + self.catch_up + _LATE
        return slot if late <= allowed.total_seconds() else None
