"""An agent of the user's launchd, on a Mac.

Source:
    launchd.plist(5): weekdays 0 and 7 are Sunday; times are of the machine's own zone;
    what fell into a sleep is started once on waking. What fell into a shut-down is not,
    so the agent starts at login too, and the run sees whether something is due.
"""

import os
import plistlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sync.schedule.files import content_of, put, take
from sync.schedule.firings import firings
from sync.schedule.job import Job
from sync.schedule.scheduler import State, ask, check_words, demand

_PRIVATE = 0o077
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Launchd:
    """The agents of whoever runs us."""

    now: datetime
    title: str = "launchd"

    def text(self, job: Job) -> str:
        """Show the agent's file."""
        return f"<!-- {_path(job)} -->\n{agent(job, self.now).decode()}"

    def state(self, job: Job) -> State:
        """Compare the file, and ask whether it is loaded."""
        found = content_of(_path(job))
        if found is None:
            return "absent"
        loaded = ask(["launchctl", "print", f"{_domain()}/{_label(job)}"]).code == 0
        same = found == agent(job, self.now) and loaded
        return "same" if same else "different"

    def install(self, job: Job) -> None:
        """Write the file and load it."""
        put(_path(job), agent(job, self.now))
        # It may be loaded or not; loading it twice is an error.
        ask(["launchctl", "bootout", f"{_domain()}/{_label(job)}"])
        demand(["launchctl", "bootstrap", _domain(), str(_path(job))])

    def remove(self, job: Job) -> None:
        """Unload it and delete the file."""
        if _path(job).exists():
            ask(["launchctl", "bootout", f"{_domain()}/{_label(job)}"])
            take(_path(job))


def agent(job: Job, now: datetime) -> bytes:
    """Write out the agent's file."""
    check_words(job)
    times = [
        {"Weekday": (day + 1) % _WEEK, "Hour": hour, "Minute": one.minute}
        for one in firings(job.timetable, now, None)
        for day in one.weekdays
        for hour in one.hours
    ]
    said = str(Path(job.environment["FOLLOWUP_STATE"]) / "launchd.log")
    told = {
        "Label": _label(job),
        "ProgramArguments": list(job.command),
        "WorkingDirectory": str(job.folder),
        "EnvironmentVariables": dict(job.environment),
        "StartCalendarInterval": times,
        "RunAtLoad": True,
        "ProcessType": "Background",
        "StandardOutPath": said,
        "StandardErrorPath": said,
        "Umask": _PRIVATE,
    }
    return plistlib.dumps(told, sort_keys=False)


def _label(job: Job) -> str:
    return f"io.github.{job.name}"


def _path(job: Job) -> Path:
    return Path.home() / "Library" / "LaunchAgents" / f"{_label(job)}.plist"


def _domain() -> str:
    return f"gui/{os.getuid()}" if hasattr(os, "getuid") else "gui"
