"""When letters wait, and until when."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reports.deliver.quiet import quiet_until
from sync.config.calendars import DaysOff
from sync.config.mail import Mail

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPEN = DaysOff(frozenset(), frozenset())


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026; the 22nd is a Sunday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "until", "options"),
    [
        (at(20, 9), None, {}),
        (at(20, 21), at(21, 8, 30), {"quiet_hours": ["20:00", "08:30"]}),
        (at(20, 8), at(20, 8, 30), {"quiet_hours": ["20:00", "08:30"]}),
        (at(20, 9), None, {"quiet_hours": ["20:00", "08:30"]}),
        (at(20, 12, 30), at(20, 14), {"quiet_hours": ["12:00", "14:00"]}),
        (at(21, 9), at(23, 0), {"quiet_days": ["sat", "sun"]}),
        (
            at(20, 23),
            at(23, 8),
            {"quiet_days": ["sat", "sun"], "quiet_hours": ["20:00", "08:00"]},
        ),
    ],
)
def test_letters_wait_until_the_quiet_time_is_over(
    now: datetime, until: datetime | None, options: dict[str, Any]
) -> None:
    assert quiet_until(now, Mail.model_validate(options), OPEN) == until


def test_a_holiday_is_quiet_and_a_weekend_made_up_for_is_not() -> None:
    off = DaysOff(frozenset({date(2026, 11, 20)}), frozenset({date(2026, 11, 21)}))
    weekends = Mail(quiet_days=("sat", "sun"))

    assert quiet_until(at(20, 9), weekends, off) == at(21, 0)
    assert quiet_until(at(21, 9), weekends, off) is None
