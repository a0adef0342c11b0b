"""Google's quotas kept on our side, so that a run of many sheets is never refused."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Literal

Side = Literal["read", "write"]

PER_USER = 60
PER_PROJECT = 300
WINDOW = 60.0
"""Calls a minute. Source: Sheets API, "Usage limits"; reads and writes count apart."""


class Quota:
    """How many calls were made in the last minute, over all sheets of a run."""

    def __init__(
        self,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        *,
        per_user: int = PER_USER,
        per_project: int = PER_PROJECT,
    ) -> None:
        """Start with nothing used.

        Args:
            clock: Tells seconds that only go up.
            sleep: Waits that many seconds.
            per_user: What one account may do in a minute.
            per_project: What all accounts of the project may do together.
        """
        self._clock = clock
        self._sleep = sleep
        self._limit = min(per_user, per_project)
        # One process signs in as one account: its calls are what both limits count.
        self._made: dict[Side, deque[float]] = {"read": deque(), "write": deque()}
        self._lock = threading.Lock()

    def spend(self, side: Side) -> float:
        """Count one call, after waiting until the quota allows it.

        Returns:
            How many seconds were waited.
        """
        waited = 0.0
        while pause := self._taken(side):
            self._sleep(pause)
            waited += pause
        return waited

    def _taken(self, side: Side) -> float:
        """Take a place; 0, or how long to wait for one."""
        with self._lock:
            now, made = self._clock(), self._made[side]
            while made and made[0] <= now - WINDOW:
                made.popleft()
            if len(made) < self._limit:
                made.append(now)
                return 0.0
            return max(made[0] + WINDOW - now, 0.001)
