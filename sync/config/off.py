"""On which days an office is closed, and on which weekends it works."""

from datetime import date

from sync.config.calendars import DaysOff, country_days
from sync.config.model import Config


def days_off(config: Config, today: date) -> DaysOff:
    """Put a country's days and the office's own together; the office's outrank.

    Args:
        config: Its country, and its own holidays and workdays.
        today: The day judged.
    """
    off, worked = frozenset(config.holidays), frozenset(config.workdays)
    if config.office.country is None:
        return DaysOff(off, worked)
    country = country_days(config.office.country, today)
    return DaysOff(off | (country.holidays - worked), worked | (country.workdays - off))
