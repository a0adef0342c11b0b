"""A timer and a service of the user's systemd.

Source:
    systemd.timer(5), systemd.service(5), systemd.syntax(7) and systemd.time(7): in a
    command ``%`` and ``$`` stand doubled, and C escapes are read within quotes.
    Calendar events know time zones. ``Persistent`` fires once for whatever was missed.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sync.schedule.files import content_of, put, take
from sync.schedule.firings import Firings, firings, ranges
from sync.schedule.job import Job
from sync.schedule.scheduler import State, ask, check_words, demand

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MARGIN = 300
"""Seconds after our own limit: then systemd ends what did not end by itself."""


@dataclass(frozen=True, slots=True)
class Systemd:
    """The service manager of whoever runs us."""

    now: datetime
    title: str = "systemd (user)"

    def text(self, job: Job) -> str:
        """Show both files."""
        folder = _folder()
        return "\n".join(
            f"# {folder / name}\n{content}"
            for name, content in units(job, self.now).items()
        )

    def state(self, job: Job) -> State:
        """Compare both files, and ask whether the timer is switched on."""
        wanted = units(job, self.now)
        found = {name: content_of(_folder() / name) for name in wanted}
        if not any(found.values()):
            return "absent"
        same = all(found[name] == text.encode() for name, text in wanted.items())
        enabled = ask([*_CONTROL, "is-enabled", f"{job.name}.timer"]).code == 0
        return "same" if same and enabled else "different"

    def install(self, job: Job) -> None:
        """Write both files and switch the timer on."""
        for name, text in units(job, self.now).items():
            put(_folder() / name, text.encode())
        demand([*_CONTROL, "daemon-reload"])
        demand([*_CONTROL, "enable", f"{job.name}.timer"])
        # Not only started: one that runs already goes on by its old times.
        demand([*_CONTROL, "restart", f"{job.name}.timer"])

    def remove(self, job: Job) -> None:
        """Switch the timer off and delete both files."""
        names = [_folder() / name for name in units(job, self.now)]
        if not any(name.exists() for name in names):
            return
        # It may be known or not; the files go in any case.
        ask([*_CONTROL, "disable", "--now", f"{job.name}.timer"])
        for name in names:
            take(name)
        demand([*_CONTROL, "daemon-reload"])


_CONTROL = ("systemctl", "--user")


def units(job: Job, now: datetime) -> dict[str, str]:
    """Write out both files: name → content."""
    check_words(job)
    zone = job.timetable.zone
    calendar = [
        f"OnCalendar={_calendar(one)}{f' {zone}' if zone else ''}"
        for one in firings(job.timetable, now, zone)
    ]
    command = " ".join(_quoted(word, dollars=True) for word in job.command)
    limit = job.limit.total_seconds() + _MARGIN if job.limit else None
    service = [
        "[Unit]",
        "Description=Follow up on the goals in the workbook",
        "",
        "[Service]",
        "Type=oneshot",
        *(
            f"Environment={_quoted(f'{name}={to}', dollars=False)}"
            for name, to in job.environment.items()
        ),
        # Taken as it stands, without quotes, but for what "%" begins.
        f"WorkingDirectory={str(job.folder).replace('%', '%%')}",
        f"ExecStart={command}",
        f"TimeoutStartSec={f'{limit:.0f}' if limit else 'infinity'}",
        "",
    ]
    timer = [
        "[Unit]",
        "Description=When to follow up on the goals in the workbook",
        "",
        "[Timer]",
        *calendar,
        "Persistent=true",
        "AccuracySec=1s",
        "",
        "[Install]",
        "WantedBy=timers.target",
        "",
    ]
    return {
        f"{job.name}.service": "\n".join(service),
        f"{job.name}.timer": "\n".join(timer),
    }


def _calendar(one: Firings) -> str:
    days = ",".join(_DAYS[day] for day in one.weekdays)
    return f"{days} *-*-* {ranges(one.hours, '..')}:{one.minute:02}:00"


def _quoted(word: str, *, dollars: bool) -> str:
    for sign in ("\\", '"'):
        word = word.replace(sign, "\\" + sign)
    word = word.replace("%", "%%")
    return f'"{word.replace("$", "$$") if dollars else word}"'


def _folder() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "systemd" / "user"
