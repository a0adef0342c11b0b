"""Which scheduler starts jobs on this machine."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sync.schedule.cron import Cron
from sync.schedule.launchd import Launchd
from sync.schedule.scheduler import Scheduler
from sync.schedule.systemd import Systemd
from sync.schedule.windows import Windows

SCHEDULERS: dict[str, Callable[[datetime], Scheduler]] = {
    "cron": Cron,
    "systemd": Systemd,
    "launchd": Launchd,
    "windows": Windows,
}
"""Name → how it is made, given the moment."""


def usual_scheduler() -> str:
    """Name the scheduler that this kind of machine comes with."""
    if sys.platform == "win32":
        return "windows"
    if sys.platform == "darwin":
        return "launchd"
    # The test of sd_booted(3).
    return "systemd" if Path("/run/systemd/system").is_dir() else "cron"
