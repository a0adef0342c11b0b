"""Who hears of a scheduled run: the service that waits for it, Prometheus, cron's mail."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import click

from reports.deliver.credentials import find_secret
from sync.causes import cause
from sync.cli.session import Session
from sync.errors import FollowupError, HistoryError
from sync.schedule.lock import AlreadyRunningError
from sync.schedule.metrics import Figures, write_metrics
from sync.schedule.outcomes import OUTCOMES
from sync.schedule.ping import Event, Ping
from sync.wording import Text

INTERRUPTED, BUG = 130, 3

_SILENT = Text("运行通知没有送达：{why}", "the ping did not get through: {why}")
_NO_METRICS = Text(
    "监控指标文件写不进去：{why}", "metrics_file cannot be written: {why}"
)
_SUMMARY = Text(
    "定时运行 {slot}：{outcome}，用时 {seconds:.1f} 秒{counts}",
    "scheduled run {slot}: {outcome} in {seconds:.1f} s{counts}",
)
_COUNTED = {
    "goals": Text("目标", "goals"),
    "cells": Text("写入单元格", "cells written"),
    "letters": Text("新信", "new letters"),
    "sent": Text("已发送", "sent"),
    "undelivered": Text("未送达", "undelivered"),
    "sources": Text("工作簿", "workbooks"),
    "failed_sources": Text("失败的工作簿", "workbooks that failed"),
}
"""What is counted, in the order it is told; other counts are for machines."""


@dataclass(slots=True, kw_only=True)
class Attendance:
    """What a run says about itself while it is attended."""

    job: str
    slot: str | None = None
    """The occasion it is for; ``None`` for a run that a person started."""
    began: datetime
    counts: dict[str, int] = field(default_factory=dict)
    """What was counted, such as ``goals``; never anything about one person."""
    exit_code: int = 0
    error: str = ""
    """The code or the kind of the error that ended it."""

    def count(self, **numbers: int) -> None:
        """Add to what was counted; a second source adds to the first one's."""
        for name, number in numbers.items():
            self.counts[name] = self.counts.get(name, 0) + number

    def ended(self, exit_code: int) -> int:
        """Note the exit code of a run that came to its end, and give it back."""
        self.exit_code = exit_code
        return exit_code

    @property
    def outcome(self) -> str:
        """A word for it: a slot is kept once it is ``done``.

        Letters that wait for another day are no failure; a workbook that could not be
        read or written is one, and the next firing tries again.
        """
        if self.exit_code == INTERRUPTED:
            return "interrupted"
        if self.exit_code in {0, 1} and not self.counts.get("failed_sources"):
            return "done"
        return "failed"

    def broke_off(self, problem: BaseException) -> None:
        """Note what ended it early: the exit code that this leads to, and its code."""
        match problem:
            case click.exceptions.Exit():
                self.exit_code = problem.exit_code
            case KeyboardInterrupt() | click.Abort():
                self.exit_code = INTERRUPTED
            case FollowupError():
                self.exit_code, self.error = problem.exit_code, problem.code
            case click.ClickException():
                self.exit_code, self.error = problem.exit_code, "usage"
            case _:
                # Its words may quote a cell; its kind does not.
                self.exit_code, self.error = BUG, type(problem).__name__


class Listeners:
    """Those who hear of one scheduled run."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._url = _address(session, os.environ)
        self._start: Ping | None = None

    def hear_start(self) -> None:
        """Tell the service that a run begins; nobody waits for its answer."""
        if self._url:
            self._start = Ping(self._url, "start")

    def hear_end(self, attendance: Attendance) -> None:
        """Tell everybody how a run ended."""
        event: Event = "success" if attendance.exit_code == 0 else "fail"
        ping = Ping(self._url, event, self._start) if self._url else None
        session, lang = self._session, self._session.speaks
        seconds = (session.now() - attendance.began).total_seconds()
        if problem := _wrote_metrics(session, attendance, seconds):
            session.say(_NO_METRICS.fill(why=problem).in_(lang))
        if ping and (why := ping.wait()):
            session.say(_SILENT.fill(why=why).in_(lang))
        told = [
            f"{name.in_(lang)} {attendance.counts.get(key, 0)}"
            for key, name in _COUNTED.items()
            if attendance.counts.get(key) or key == "goals"
        ]
        comma, colon = ("，", "；") if lang == "zh" else (", ", "; ")
        summary = _SUMMARY.fill(
            slot=attendance.slot or "",
            outcome=OUTCOMES[attendance.outcome],
            seconds=seconds,
            counts=colon + comma.join(told) if told else "",
        )
        session.say(summary.in_(lang))


@contextmanager
def heard(session: Session, attendance: Attendance) -> Iterator[Listeners]:
    """Let the listeners hear how the block ended, unless there was nothing to do."""
    listeners = Listeners(session)
    try:
        yield listeners
    except (click.exceptions.Exit, AlreadyRunningError):
        # Not due, done before, or somebody else is at it: that run is heard of.
        raise
    except BaseException as problem:
        attendance.broke_off(problem)
        listeners.hear_end(attendance)
        raise
    else:
        listeners.hear_end(attendance)


def _address(session: Session, environ: Mapping[str, str]) -> str | None:
    """Find the address to ping; one that cannot be found is no reason not to run."""
    wanted = session.config.schedule
    try:
        return find_secret(
            {
                "ping_url_env": wanted.ping_url_env,
                "ping_url_file": wanted.ping_url_file,
            },
            where="config.toml: schedule",
            folder=session.settings.folder,
            environ=environ,
        )
    except FollowupError as problem:
        session.say(problem.in_(session.speaks))
        return None


def _wrote_metrics(
    session: Session, attendance: Attendance, seconds: float
) -> Text | None:
    """Write the file for Prometheus, if one is wanted; give what went wrong."""
    wanted = session.config.schedule.metrics_file
    if wanted is None:
        return None
    now = session.now()
    try:
        with session.history() as history:
            fine = history.rounds.last_fine(attendance.job)
        figures = Figures(
            job=attendance.job,
            ended_at=now,
            seconds=round(seconds, 3),
            exit_code=attendance.exit_code,
            succeeded_at=fine.finished_at if fine else None,
            counts=attendance.counts,
        )
        write_metrics(session.settings.folder / wanted.expanduser(), figures)
    except HistoryError as problem:
        return problem.said
    except OSError as problem:
        return cause(problem)
    return None
