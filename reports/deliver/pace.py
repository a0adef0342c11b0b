"""Not more letters in a minute than the mail server likes."""

import time
from collections import deque
from collections.abc import Callable, Sequence

MINUTE = 60.0
"""Seconds."""


class Pace:
    """Waits as long as needed so that no minute holds more than so many letters."""

    def __init__(
        self,
        per_minute: int,
        *,
        recent: Sequence[float] = (),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Begin.

        Args:
            per_minute: The most letters in any sixty seconds.
            recent: How many seconds ago letters were sent before, oldest first.
            clock: Seconds from any beginning.
            sleep: Waits for so many seconds.
        """
        self._clock = clock
        self._sleep = sleep
        now = clock()
        before = (now - max(seconds, 0) for seconds in recent)
        self._recent: deque[float] = deque(before, maxlen=per_minute)

    def wait(self) -> None:
        """Wait for the next letter's turn, and count it."""
        recent = self._recent
        if len(recent) == recent.maxlen:
            pause = recent[0] + MINUTE - self._clock()
            if pause > 0:
                self._sleep(pause)
        recent.append(self._clock())
