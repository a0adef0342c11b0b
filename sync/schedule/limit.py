"""A run that takes too long is ended, as Ctrl-C would end it: nothing is left torn."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType

from sync.errors import FollowupError

if sys.platform == "win32":
    from _thread import interrupt_main


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
            f"the run was ended after {minutes:g} minutes, as it took too long",
            where="config.toml: schedule.time_limit_minutes",
            hint="nothing was left half-done; look for what is slow (a network drive, "
            "the mail server's pace), or allow more minutes",
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

        before = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before or signal.SIG_DFL)
