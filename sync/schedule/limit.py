"""A run that takes too long is ended, as Ctrl-C would end it: nothing is left torn."""

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType

from sync.errors import FollowupError
from sync.wording import Text

if sys.platform == "win32":
    from _thread import interrupt_main


_AT_ONCE = 0.001
"""Seconds; none at all would switch the timer off."""
_PUT_OFF = tuple(
    getattr(signal, name) for name in ("SIGALRM", "SIGTERM") if hasattr(signal, name)
)


class TimeLimitError(FollowupError):
    """The run took longer than it may."""

    code = "F304"


class _TimeUp(BaseException):
    """Not an `Exception`: what goes on after one source's error must not go on now."""


@contextmanager
def within(limit: timedelta | None) -> Iterator[None]:
    """End the block with an error when it takes longer than ``limit``.

    It is ended wherever it is. Workbook, history and letters are written so that even
    a power cut leaves no half thing behind; the next run goes on from there.

    Args:
        limit: ``None`` or nothing at all: as long as it takes.

    Raises:
        TimeLimitError: If the time was up.
    """
    if not limit or threading.current_thread() is not threading.main_thread():
        yield
        return
    try:
        with _alarm(limit.total_seconds()):
            yield
    except _TimeUp:
        minutes = limit.total_seconds() / 60
        raise TimeLimitError(
            Text(
                "运行超过 {minutes:g} 分钟的时限，已被终止",
                "the run was ended at its time limit of {minutes:g} min",
                {"minutes": minutes},
            ),
            where="config.toml: schedule.time_limit_minutes",
            hint=Text(
                "没有留下做到一半的东西；请查查是什么慢（网络盘、邮件服务"
                "器的速度），或放宽时限",
                "nothing was left half-done; look for what is slow (a "
                "network drive, the mail server's pace), or allow more "
                "minutes",
            ),
        ) from None


@contextmanager
def stopped_by_terminate() -> Iterator[None]:
    """Take the system's request to end as Ctrl-C, so that the run is closed properly."""

    def stop(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put off the end of the run until the block is over.

    Nothing would tear without it. But a letter whose answer nobody waited for is of
    unknown fate, and somebody has to find out; a workbook that is written and not yet
    remembered costs the next run a second look.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        came.append(number)

    before = {number: signal.signal(number, note) for number in _PUT_OFF}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
        for number in dict.fromkeys(came):
            signal.raise_signal(number)


if sys.platform == "win32":

    @contextmanager
    def _alarm(seconds: float) -> Iterator[None]:
        # Windows has no alarm: another thread presses Ctrl-C in our place.
        rung = threading.Event()

        def ring() -> None:
            rung.set()
            interrupt_main()

        timer = threading.Timer(seconds, ring)
        timer.daemon = True
        timer.start()
        try:
            yield
        except KeyboardInterrupt:
            if rung.is_set():
                raise _TimeUp from None
            raise
        finally:
            timer.cancel()

else:

    @contextmanager
    def _alarm(seconds: float) -> Iterator[None]:
        def ring(_: int, __: FrameType | None) -> None:
            raise _TimeUp

        handler = signal.signal(signal.SIGALRM, ring)
        began = time.monotonic()
        others, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            # There is one timer: whoever had set it goes on waiting.
            left = max(others - (time.monotonic() - began), _AT_ONCE) if others else 0
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, handler or signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, left)
