"""Today, in the office's time zone: the only place that reads the clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def now(zone: str | None = None) -> datetime:
    """Tell the moment, aware, in ``zone`` or the machine's own zone.

    Args:
        zone: An IANA name such as ``Asia/Shanghai``; ``None`` for the machine's.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: If the zone is unknown.
    """
    return datetime.now(ZoneInfo(zone)) if zone else datetime.now().astimezone()


def today(zone: str | None = None) -> date:
    """Tell the calendar day in ``zone`` or the machine's own zone."""
    return now(zone).date()
