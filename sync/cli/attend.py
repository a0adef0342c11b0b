"""A run from its beginning to its end: due, alone, in time, and known afterwards."""

import os
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta

import click

from sync.causes import cause
from sync.cli.session import Session
from sync.cli.telling import Attendance, heard
from sync.errors import HistoryError
from sync.history.folder import state_folder
from sync.history.rounds import Beginning, End, Round
from sync.schedule.job import job_name, timetable_of
from sync.schedule.limit import stopped_by_terminate, within
from sync.schedule.lock import STALE_AFTER, AlreadyRunningError, alone
from sync.schedule.log import write_line
from sync.wording import Text

__all__ = ["Attendance", "attended", "locked", "scheduled_option"]

_MARGIN = timedelta(minutes=10)
"""For a letter that is finished first, and for clocks that differ."""
_TAKEN_OVER = Text(
    "上一次运行没有正常结束（{owner}），现在接手",
    "an earlier run ended without finishing ({owner}); this one takes over",
)
_NO_LOG = Text("日志写不进去：{why}", "the log cannot be written: {why}")

scheduled_option = click.option(
    "--scheduled",
    is_flag=True,
    help="Run only if it is due and not done yet, as followup schedule writes it.",
)


@contextmanager
def attended(
    session: Session,
    command: str,
    locators: Sequence[str],
    *,
    given: str | None = None,
    scheduled: bool = False,
) -> Iterator[Attendance]:
    """Attend a run: nobody else works on its sources, and its end is known.

    With ``scheduled`` the block is left out, by `click.exceptions.Exit`, when nothing
    is due or the slot has been kept already.

    Args:
        session: The invocation.
        command: What is run, as in ``sync``.
        locators: What it works on, as history knows it: each is locked.
        given: The source on the command line, if one was given.
        scheduled: Whether a scheduler started it, rather than a person.

    Raises:
        AlreadyRunningError: If another run is at work on one of them.
        TimeLimitError: If the block took longer than the configuration allows.
    """
    job = job_name(session.settings.path, locators[0] if given else None)
    attendance = Attendance(job=job, began=session.now())
    with ExitStack() as stack:
        listeners = None
        if scheduled:
            listeners = stack.enter_context(heard(session, attendance))
            attendance.slot = _due(session, job)
        for locator in sorted(set(locators)):
            stack.enter_context(locked(session, locator))
        stack.enter_context(_known(session, attendance, command))
        if listeners:
            listeners.hear_start()
        stack.enter_context(stopped_by_terminate())
        minutes = session.config.schedule.time_limit_minutes
        stack.enter_context(within(timedelta(minutes=minutes)))
        yield attendance


@contextmanager
def locked(session: Session, what: str) -> Iterator[None]:
    """Let nobody else work on one thing while the block runs.

    Args:
        session: The invocation.
        what: A source's locator, or what else only one run may change.

    Raises:
        AlreadyRunningError: If another run is at work on it.
        HistoryError: If the state folder cannot be used.
    """
    with ExitStack() as stack:
        try:
            folder, stale = state_folder() / "locks", _stale_after(session)
            lock = alone(folder, what, session.now(), stale)
            left = stack.enter_context(lock)
        except OSError as error:
            raise HistoryError(
                Text(
                    "无法创建锁文件：{why}",
                    "the lock cannot be made: {why}",
                    {"why": cause(error)},
                ),
                where=str(error.filename or ""),
                hint=Text(
                    "请用环境变量 FOLLOWUP_STATE 指定一个可以写入的文件夹",
                    "name a folder you may write to in FOLLOWUP_STATE",
                ),
            ) from error
        if left:
            session.say(_TAKEN_OVER.fill(owner=left.told).in_(session.speaks))
        yield


def _due(session: Session, job: str) -> str:
    """Give the slot this firing is for, or leave: there is nothing to do."""
    timetable = timetable_of(session.config, job, socket.gethostname())
    slot = timetable.due(session.now())
    if slot is None:
        raise click.exceptions.Exit(0)
    # Before the lock: somebody at work by hand is no reason to complain then.
    with session.history() as history:
        if history.rounds.kept(job, slot.name):
            raise click.exceptions.Exit(0)
    return slot.name


@contextmanager
def _known(session: Session, attendance: Attendance, command: str) -> Iterator[None]:
    """Enter the run in the history and the log when it begins and when it ends."""
    beginning = Beginning(
        job=attendance.job,
        command=command,
        slot=attendance.slot,
        host=socket.gethostname(),
        pid=os.getpid(),
        at=attendance.began,
    )
    with session.history() as history:
        stale = _stale_after(session)
        number = history.rounds.begin(beginning, stale_after=stale)
    if isinstance(number, Round):
        raise _elsewhere(number, stale)
    facts = {"job": attendance.job, "command": command, "slot": attendance.slot}
    _log(session, attendance.began, "started", facts)
    try:
        yield
    except BaseException as problem:
        attendance.broke_off(problem)
        raise
    finally:
        end = End(
            at=session.now(),
            outcome=attendance.outcome,
            exit_code=attendance.exit_code,
            error=attendance.error,
            counts=attendance.counts,
        )
        _enter(session, number, end)
        took = round((end.at - attendance.began).total_seconds(), 1)
        _log(session, end.at, "finished", facts | asdict(end) | {"seconds": took})


def _stale_after(session: Session) -> timedelta:
    """Tell after how long a run on another machine cannot be at work any more.

    Every container has a name of its own, and so is another machine to the next one.
    """
    minutes = session.config.schedule.time_limit_minutes
    return timedelta(minutes=minutes) + _MARGIN if minutes else STALE_AFTER


def _elsewhere(held: Round, stale: timedelta) -> BaseException:
    """Say why a slot is not run here: it is done, or another machine is at it."""
    if held.finished_at is not None:
        return click.exceptions.Exit(0)
    since = f"{held.started_at.astimezone():%Y-%m-%d %H:%M:%S}"
    return AlreadyRunningError(
        Text(
            "另一次运行正在进行：{host}（进程 {pid}），开始于 {since}",
            "another run is at work: {host} (process {pid}) since {since}",
            {"host": held.host, "pid": held.pid, "since": since},
        ),
        where=Text("定时 {slot}", "slot {slot}", {"slot": held.slot}),
        hint=Text(
            "如果那次运行已被强行终止，从它开始算起过 {stale} 后就可以运行",
            "if it was killed, this one goes ahead {stale} after its start",
            {"stale": stale},
        ),
    )


def _enter(session: Session, number: int, end: End) -> None:
    """Enter the end; a history that fails now takes nothing back of what was done."""
    try:
        with session.history() as history:
            history.rounds.end(number, end)
    except HistoryError as problem:
        session.say(problem.in_(session.speaks))


def _log(
    session: Session, at: datetime, event: str, facts: Mapping[str, object]
) -> None:
    """Write to the log; a full disk is no reason to lose a run that is done."""
    try:
        write_line(state_folder(), at, event, facts)
    except OSError as problem:
        session.say(_NO_LOG.fill(why=cause(problem)).in_(session.speaks))
