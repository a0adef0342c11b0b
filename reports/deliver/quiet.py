"""When nobody is written to: holidays, quiet days and quiet hours."""

from datetime import datetime, time, timedelta

from sync.config.calendars import DaysOff
from sync.config.mail import WEEKDAYS, Mail

_FAR = 400
"""Changes between quiet and not that are looked at: longer than any holiday."""


def quiet_until(at: datetime, options: Mail, off: DaysOff) -> datetime | None:
    """Say until when letters wait; ``None`` when they may go.

    Args:
        at: The moment, in the office's time zone.
        options: Quiet days and hours.
        off: Holidays, and weekends on which people work.
    """
    if not _is_quiet(at, options, off):
        return None
    then = at
    for _ in range(_FAR):
        then = _next_change(then, options)
        if not _is_quiet(then, options, off):
            return then
    return then


def _is_quiet(at: datetime, options: Mail, off: DaysOff) -> bool:
    day = at.date()
    if day in off.holidays:
        return True
    if WEEKDAYS[day.weekday()] in options.quiet_days and day not in off.workdays:
        return True
    if not options.quiet_hours:
        return False
    begin, end = options.quiet_hours
    now = at.time()
    return begin <= now < end if begin < end else now >= begin or now < end


def _next_change(at: datetime, options: Mail) -> datetime:
    """Give the next moment at which a quiet time could end."""
    ends = [time.min, *options.quiet_hours[1:]]
    today = (datetime.combine(at, end, at.tzinfo) for end in ends)
    later = [one for one in today if one > at]
    tomorrow = datetime.combine(at.date() + timedelta(days=1), time.min, at.tzinfo)
    return min([*later, tomorrow])
