"""Not more letters in a minute than the mail server likes."""

import time
from collections import deque
from collections.abc import Callable

_MINUTE = 60.0


class Pace:
    """Waits as long as needed so that no minute holds more than so many letters."""

    def __init__(
        self,
        per_minute: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Begin with nothing sent.

        Args:
            per_minute: The most letters in any sixty seconds.
            clock: Seconds from any beginning.
            sleep: Waits for so many seconds.
        """
        self._clock = clock
        self._sleep = sleep
        self._recent: deque[float] = deque(maxlen=per_minute)

    def wait(self) -> None:
        """Wait for the next letter's turn, and count it."""
        recent = self._recent
        if len(recent) == recent.maxlen:
            pause = recent[0] + _MINUTE - self._clock()
            if pause > 0:
                self._sleep(pause)
        recent.append(self._clock())
