"""A task of the Windows Task Scheduler, given to ``schtasks`` as XML.

Source:
    Microsoft, "Task Scheduler Schema" 1.2: UTF-16, times without a zone are the
    machine's own. ``StartWhenAvailable`` starts once what was missed, and
    ``InteractiveToken`` runs it as the user without keeping a password.
"""

import hashlib
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from sync.schedule.firings import firings
from sync.schedule.job import Job
from sync.schedule.scheduler import State, ask, check_words, demand

_NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_DAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)


@dataclass(frozen=True, slots=True)
class Windows:
    """The tasks of whoever runs us."""

    now: datetime
    title: str = "Windows Task Scheduler"

    def text(self, job: Job) -> str:
        """Show the task's definition."""
        return task(job, self.now)

    def state(self, job: Job) -> State:
        """Look for the mark of this very definition in what Windows holds.

        Windows gives a task back in its own words, so the texts cannot be compared.
        """
        ran = ask(["schtasks", "/Query", "/TN", job.name, "/XML"])
        if ran.code:
            return "absent"
        mark = _mark(job, self.now).encode()
        same = mark in ran.out or mark in ran.out.replace(b"\0", b"")
        return "same" if same else "different"

    def install(self, job: Job) -> None:
        """Hand the definition over, in the place of an older one."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{job.name}.xml"
            path.write_bytes(self.text(job).encode("utf-16"))
            demand(["schtasks", "/Create", "/TN", job.name, "/XML", str(path), "/F"])

    def remove(self, job: Job) -> None:
        """Delete the task."""
        if self.state(job) != "absent":
            demand(["schtasks", "/Delete", "/TN", job.name, "/F"])


def task(job: Job, now: datetime) -> str:
    """Write out the task's definition."""
    root = _definition(job, now)
    told = ET.SubElement(ET.Element("RegistrationInfo"), "Description")
    told.text = f"Follow up on the goals in the workbook ({_mark(job, now)})"
    about = ET.Element("RegistrationInfo")
    about.append(told)
    root.insert(0, about)
    ET.indent(root)
    head = '<?xml version="1.0" encoding="UTF-16"?>\n'
    return head + ET.tostring(root, encoding="unicode") + "\n"


def _mark(job: Job, now: datetime) -> str:
    """Name this very definition; the day on which it was written is no part of it."""
    root = _definition(job, now)
    for start in root.iter("StartBoundary"):
        start.text = (start.text or "").partition("T")[2]
    return f"{job.name} {hashlib.sha256(ET.tostring(root)).hexdigest()[:16]}"


def _definition(job: Job, now: datetime) -> ET.Element:
    check_words(job)
    root = ET.Element("Task", {"version": "1.2", "xmlns": _NAMESPACE})
    triggers = ET.SubElement(root, "Triggers")
    for one in firings(job.timetable, now, None, made_up=False):
        for hour in one.hours:
            at = f"{now:%Y-%m-%d}T{hour:02}:{one.minute:02}:00"
            _trigger(triggers, job, at, one.weekdays)
    principals = ET.SubElement(root, "Principals")
    principal = ET.SubElement(principals, "Principal", {"id": "Author"})
    _add(principal, "LogonType", "InteractiveToken")
    _add(principal, "RunLevel", "LeastPrivilege")
    settings = ET.SubElement(root, "Settings")
    _add(settings, "MultipleInstancesPolicy", "IgnoreNew")
    _add(settings, "DisallowStartIfOnBatteries", "false")
    _add(settings, "StopIfGoingOnBatteries", "false")
    _add(settings, "StartWhenAvailable", "true")
    limit = job.limit.total_seconds() // 60 + 5 if job.limit else 0
    _add(settings, "ExecutionTimeLimit", f"PT{limit:.0f}M" if limit else "PT0S")
    actions = ET.SubElement(root, "Actions", {"Context": "Author"})
    start = ET.SubElement(actions, "Exec")
    _add(start, "Command", job.command[0])
    _add(start, "Arguments", subprocess.list2cmdline(job.command[1:]))
    _add(start, "WorkingDirectory", str(job.folder))
    return root


def _trigger(
    triggers: ET.Element, job: Job, at: str, weekdays: tuple[int, ...]
) -> None:
    trigger = ET.SubElement(triggers, "CalendarTrigger")
    if job.timetable.catch_up:
        again = ET.SubElement(trigger, "Repetition")
        _add(again, "Interval", "PT1H")
        hours = int(job.timetable.catch_up.total_seconds() // 3600)
        # One minute more: the last repetition belongs to it.
        _add(again, "Duration", f"PT{hours}H1M")
        _add(again, "StopAtDurationEnd", "false")
    _add(trigger, "StartBoundary", at)
    _add(trigger, "Enabled", "true")
    weekly = ET.SubElement(trigger, "ScheduleByWeek")
    days = ET.SubElement(weekly, "DaysOfWeek")
    for day in weekdays:
        ET.SubElement(days, _DAYS[day])
    _add(weekly, "WeeksInterval", "1")


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text
