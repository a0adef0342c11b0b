"""A run from its beginning to its end: due, alone, in time, and known afterwards."""

import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from os import getpid

import click

from sync.cli.session import Session, identity
from sync.errors import FollowupError, HistoryError
from sync.history.folder import state_folder
from sync.history.rounds import Beginning, End, Round
from sync.schedule.job import job_name, timetable_of
from sync.schedule.limit import stopped_by_terminate, within
from sync.schedule.lock import STALE_AFTER, AlreadyRunningError, alone
from sync.schedule.log import write_line
from sync.wording import Text

INTERRUPTED, BUG = 130, 3

_TAKEN_OVER = Text(
    "上一次运行没有正常结束（{owner}），现在接手",
    "an earlier run ended without finishing ({owner}); this one takes over",
)

scheduled_option = click.option(
    "--scheduled",
    is_flag=True,
    help="Run only if it is due and not done yet, as followup schedule writes it.",
)


@dataclass(slots=True, kw_only=True)
class Attendance:
    """What a run says about itself while it is attended."""

    slot: str | None = None
    """The occasion it is for; ``None`` for a run that a person started."""
    counts: dict[str, int] = field(default_factory=dict)
    """What was counted, such as ``goals``; never anything about one person."""
    exit_code: int = 0

    def count(self, **numbers: int) -> None:
        """Add to what was counted; a second source adds to the first one's."""
        for name, number in numbers.items():
            self.counts[name] = self.counts.get(name, 0) + number

    def ended(self, exit_code: int) -> int:
        """Note the exit code of a run that came to its end, and give it back."""
        self.exit_code = exit_code
        return exit_code


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
    name = job_name(session.settings.path, given and identity(given))
    slot = _due(session, name) if scheduled else None
    with ExitStack() as stack:
        for locator in sorted(set(locators)):
            stack.enter_context(locked(session, locator))
        attendance = Attendance(slot=slot)
        stack.enter_context(_known(session, attendance, name, command))
        minutes = session.config.schedule.time_limit_minutes
        stack.enter_context(stopped_by_terminate())
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
            lock = alone(state_folder() / "locks", what, session.now())
            left = stack.enter_context(lock)
        except OSError as error:
            raise HistoryError(
                f"the lock cannot be made: {error.strerror}",
                where=str(error.filename or ""),
                hint="name a folder you may write to in FOLLOWUP_STATE",
            ) from error
        if left:
            session.say(_TAKEN_OVER.fill(owner=left).in_(session.lang or "en"))
        yield


def _due(session: Session, name: str) -> str:
    """Give the slot this firing is for, or leave: there is nothing to do."""
    now = session.now()
    slot = timetable_of(session.config, name, socket.gethostname()).due(now)
    if slot is None:
        raise click.exceptions.Exit(0)
    with session.history() as history:
        if history.rounds.kept(name, slot.name):
            raise click.exceptions.Exit(0)
    return slot.name


@contextmanager
def _known(
    session: Session, attendance: Attendance, name: str, command: str
) -> Iterator[None]:
    """Enter the run in the history and the log when it begins and when it ends."""
    began = session.now()
    beginning = Beginning(
        job=name,
        command=command,
        slot=attendance.slot,
        host=socket.gethostname(),
        pid=getpid(),
        at=began,
    )
    with session.history() as history:
        number = history.rounds.begin(beginning, stale_after=STALE_AFTER)
    if isinstance(number, Round):
        raise _elsewhere(number)
    facts = {"job": name, "command": command, "slot": attendance.slot, "run": number}
    _log(session, began, "started", facts)
    error = ""
    try:
        yield
    except BaseException as problem:
        attendance.exit_code, error = _fate(problem)
        raise
    finally:
        at = session.now()
        end = End(
            at=at,
            outcome=_outcome(attendance.exit_code),
            exit_code=attendance.exit_code,
            error=error,
            counts=attendance.counts,
        )
        _enter(session, number, end)
        seconds = round((at - began).total_seconds(), 1)
        ended = asdict(end) | {"seconds": seconds}
        del ended["at"]
        _log(session, at, "finished", facts | ended)


def _elsewhere(held: Round) -> BaseException:
    """Say why a slot is not run here: it is done, or another machine is at it."""
    if held.finished_at is not None:
        return click.exceptions.Exit(0)
    since = f"{held.started_at.astimezone():%Y-%m-%d %H:%M:%S}"
    return AlreadyRunningError(
        f"another run is at work: {held.host} (process {held.pid}) since {since}",
        where=f"slot {held.slot}",
        hint=f"if it was killed, this one goes ahead {STALE_AFTER} after its start",
    )


def _enter(session: Session, number: int, end: End) -> None:
    """Enter the end; a history that fails now takes nothing back of what was done."""
    try:
        with session.history() as history:
            history.rounds.end(number, end)
    except HistoryError as problem:
        session.say(str(problem))


def _fate(problem: BaseException) -> tuple[int, str]:
    """Give the exit code that a way out leads to, and its code or kind for the log."""
    if isinstance(problem, click.exceptions.Exit):
        return problem.exit_code, ""
    if isinstance(problem, KeyboardInterrupt | click.Abort):
        return INTERRUPTED, ""
    if isinstance(problem, FollowupError):
        return problem.exit_code, problem.code
    if isinstance(problem, click.ClickException):
        return problem.exit_code, "usage"
    # Its words may quote a cell; its kind does not.
    return BUG, type(problem).__name__


def _outcome(exit_code: int) -> str:
    """Say in a word what became of a run; findings and waiting letters are no failure."""
    if exit_code == INTERRUPTED:
        return "interrupted"
    return "done" if exit_code in {0, 1} else "failed"


def _log(
    session: Session, at: datetime, event: str, facts: Mapping[str, object]
) -> None:
    """Write to the log; a full disk is no reason to lose a run that is done."""
    try:
        write_line(state_folder(), at, event, **facts)
    except OSError as problem:
        session.say(f"the log cannot be written: {problem.strerror}")
