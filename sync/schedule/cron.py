"""The user's crontab: one block of ours, everything else stays byte for byte.

Source:
    crontab(5): five fields, then a command for ``/bin/sh`` in which ``%`` is a line
    break unless a backslash stands before it. Sunday is 0.
"""

import re
import shlex
from dataclasses import dataclass
from datetime import datetime

from sync.schedule.firings import Firings, firings, ranges
from sync.schedule.job import Job
from sync.schedule.scheduler import (
    ScheduleError,
    State,
    ask,
    check_words,
    demand,
)
from sync.wording import Text

_NONE = re.compile("no crontab|no such file", re.IGNORECASE)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Cron:
    """The crontab of whoever runs us."""

    now: datetime
    title: str = "cron"

    def text(self, job: Job) -> str:
        """Show our block."""
        check_words(job)
        lines = [f"{when} {_command(job)}" for when in cron_times(job, self.now)]
        return "\n".join((_begin(job), *lines, _end(job), ""))

    def state(self, job: Job) -> State:
        """Compare our block with the one that stands there."""
        table = _read()
        found = _block(job, table)
        if found is None:
            return "absent"
        same = table[found].decode("utf-8", "replace") == self.text(job)
        return "same" if same else "different"

    def install(self, job: Job) -> None:
        """Put our block in the place of the old one, else at the end."""
        demand(["crontab", "-"], with_block(_read(), job, self.text(job)))

    def remove(self, job: Job) -> None:
        """Take our block away."""
        demand(["crontab", "-"], without_block(_read(), job))


def with_block(table: bytes, job: Job, block: str) -> bytes:
    """Put a job's block in the place of its old one, else at the end."""
    found = _block(job, table)
    if found is not None:
        return table[: found.start] + block.encode() + table[found.stop :]
    # cron ignores, and crontab refuses, a last line without its end.
    end = b"\n" if table and not table.endswith(b"\n") else b""
    return table + end + block.encode()


def without_block(table: bytes, job: Job) -> bytes:
    """Take a job's block away; all else stays as it is."""
    found = _block(job, table)
    return table if found is None else table[: found.start] + table[found.stop :]


def cron_times(job: Job, now: datetime) -> tuple[str, ...]:
    """Write out when the machine's cron has to start a job: five fields each."""
    return tuple(five_fields(one) for one in firings(job.timetable, now, None))


def five_fields(one: Firings) -> str:
    """Write times of the week as cron does."""
    days = sorted((day + 1) % _WEEK for day in one.weekdays)
    which = "*" if len(days) == _WEEK else ranges(days, "-")
    return f"{one.minute} {ranges(one.hours, '-')} * * {which}"


def _command(job: Job) -> str:
    words = ["cd", shlex.quote(str(job.folder)), "&&"]
    words += [f"{name}={shlex.quote(to)}" for name, to in job.environment.items()]
    words += [shlex.quote(word) for word in job.command]
    # cron takes the backslash away again, even within quotes.
    return " ".join(words).replace("%", r"\%")


def _begin(job: Job) -> str:
    return (
        f"# {job.name} begin (by followup schedule install; it finds it by this line)"
    )


def _end(job: Job) -> str:
    return f"# {job.name} end"


def _read() -> bytes:
    ran = ask(["crontab", "-l"])
    if ran.code == 0:
        return ran.out
    if _NONE.search(ran.err):
        return b""
    raise ScheduleError(
        Text(
            "无法读取 crontab：{words}",
            "the crontab cannot be read: {words}",
            {"words": " ".join(ran.err.split())},
        ),
        where="schedule",
        hint=Text(
            "请向管理这台机器的同事申请使用 cron 的权限",
            "ask whoever keeps the machine for the right to use cron",
        ),
    )


def _block(job: Job, table: bytes) -> slice | None:
    """Find our block, from the start of its first line to the end of its last.

    Raises:
        ScheduleError: If one of its two marks is missing or there is more than one.
    """
    begins = [m.start() for m in re.finditer(_line(f"# {job.name} begin"), table)]
    ends = [m.end() for m in re.finditer(_line(f"# {job.name} end"), table)]
    if not begins and not ends:
        return None
    if len(begins) == len(ends) == 1 and begins[0] < ends[0]:
        return slice(begins[0], ends[0])
    raise ScheduleError(
        Text(
            "标记“{name}”段落的两行被改过，中间的内容可能是您自己写的",
            "the marks around our block {name!r} were changed, and "
            "what is between them might be yours",
            {"name": job.name},
        ),
        where="crontab",
        hint=Text(
            "请用 crontab -e 删掉我们的几行和标记，再重新安装",
            "delete our lines and marks with crontab -e, then install again",
        ),
    )


def _line(start: str) -> bytes:
    return rb"(?m)^" + re.escape(start.encode()) + rb"(?![^\s])[^\n]*(?:\n|\Z)"
