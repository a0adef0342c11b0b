"""``followup watch``: sync again whenever somebody has changed the workbook."""

import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from sync.cli.attend import attended
from sync.cli.gather import gather
from sync.cli.round import run
from sync.cli.session import NeedsYesError, Session, current, source_argument
from sync.cli.several import tell_failures
from sync.cli.sync import note, report
from sync.errors import ChangedSinceReadError, FollowupError, InUseError
from sync.schedule.limit import stopped_by_terminate
from sync.schedule.lock import AlreadyRunningError
from sync.schedule.watching import FileLook, Look, RemoteLook, Watcher
from sync.wording import Text

LOOK_EVERY = 1.0
"""Seconds between two looks at a file: one question to the file system each."""

_WATCHING = Text(
    "正在留意 {n} 个工作簿，改动保存后自动同步；按 Ctrl-C 结束",
    "watching, workbooks: {n}; a saved change is synced; Ctrl-C ends it",
)
_ASK = Text(
    "每次保存后不再询问，直接写回 {n} 个工作簿？",
    "Write after every save without asking again, into workbooks: {n}?",
)
_STOPPED = Text("已停止留意", "no longer watching")
_PASSING = (AlreadyRunningError, ChangedSinceReadError, InUseError)
"""What is over soon by itself: the round is made again."""


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of a round."""

    left: Mapping[str, str]
    """Locator → what its content is now."""
    waiting: Sequence[str]
    """Those for which it was the wrong moment."""


@click.command("watch")
@source_argument
@click.option("--yes", "-y", is_flag=True, help="Write without asking, from the start.")
@click.option(
    "--settle",
    type=click.FloatRange(2.5, 3600),
    default=3.0,
    show_default=True,
    help="Seconds for which a file must be left alone after a change.",
)
@click.option(
    "--every",
    type=click.IntRange(30, 86_400),
    default=300,
    show_default=True,
    help="Seconds between two looks at a Google Sheet.",
)
@click.pass_context
def command(
    ctx: click.Context, source: str | None, settle: float, every: int, *, yes: bool
) -> int:
    """Sync now, and again shortly after every change that somebody saves.

    Letters are written into the outbox and not sent. Ctrl-C ends it: exit code 0 while
    it waits, 130 in the middle of a round.
    """
    session = current(ctx)
    n = len(session.locators(source))
    _agree(session, n, yes=yes)
    with stopped_by_terminate():
        return _watch(session, source, Watcher(settle), every)


def _agree(session: Session, n: int, *, yes: bool) -> None:
    """Ask once for all the rounds that follow."""
    lang = session.speaks
    if not yes:
        if not sys.stdin.isatty():
            raise NeedsYesError(
                Text(
                    "这会在每次有人保存时写入，但没有人可以确认",
                    "this writes whenever somebody saves, and nobody is there to ask",
                ),
                where="followup watch",
                hint=Text(
                    "请先用 followup plan 查看，再运行 followup watch --yes",
                    "look with followup plan, then run followup watch --yes",
                ),
            )
        click.confirm(_ASK.fill(n=n).in_(lang), abort=True, err=True)
    session.say(_WATCHING.fill(n=n).in_(lang))


def _watch(session: Session, source: str | None, watcher: Watcher, every: float) -> int:
    def look_of(locator: str) -> Look:
        if "://" in locator:
            today = partial(session.today, None)
            return RemoteLook(every, session.workbook(locator), today)
        return FileLook(Path(locator))

    said = ""
    while True:
        now = time.monotonic()
        # A pattern may fit more workbooks than it did a round ago.
        names = session.locators(source)
        watcher.follow(names, look_of)
        try:
            done = _round(session, source)
            watcher.rounded(done.left)
            watcher.again(done.waiting, now)
            said = ""
        except FollowupError as problem:
            # What is tried again every few seconds is said once.
            if (shown := problem.in_(session.speaks)) != said:
                said = shown
                click.echo(said, err=True)
            watcher.rounded({})
            if isinstance(problem, _PASSING):
                watcher.again(names, now)
        try:
            while not watcher.due(time.monotonic()):
                time.sleep(LOOK_EVERY)
        except KeyboardInterrupt:
            session.say(_STOPPED.in_(session.speaks))
            return 0


def _round(session: Session, source: str | None) -> _Done:
    """Sync once.

    Raises:
        FollowupError: If nothing could be done.
    """
    locators = session.locators(source)
    with attended(session, "watch", locators, given=source) as attendance:
        with session.history() as history:
            gathered = gather(session, source, history, session.today(None))
            outcome = run(session, gathered, history, yes=True)
        assert outcome is not None
        note(attendance, outcome)
        tell_failures(session, outcome.gathered.failures)
        report(session, outcome, session.lang or gathered.lang)
        attendance.ended(outcome.gathered.code(0))
    return _Done(
        {
            one.judged.locator: one.committed.fingerprint
            for one in outcome.written
            # Of a URL we know when it was looked at, not what its bytes are.
            if "://" not in one.judged.locator
        },
        [
            one.locator
            for one in outcome.gathered.failures
            if isinstance(one.error, _PASSING)
        ],
    )
