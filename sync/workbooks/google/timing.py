"""How long calls are waited for, and what they amount to."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long to wait for what, in seconds, and by which clock."""

    connect: float = 10.0
    silence: float = 60.0
    """How long the server may say nothing."""
    call: float = 180.0
    """How long one answer may take in all; Google itself gives up after 180."""
    tries: int = 6
    patience: float = 300.0
    """How long one call is tried in all before it is given up."""
    first_wait: float = 1.0
    longest_wait: float = 64.0
    longest_asked: float = 120.0
    """A longer ``Retry-After`` is not waited for."""
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[], float] = random.random
    """Gives a share of the wait, so that clients do not come back all at once."""


@dataclass(slots=True)
class Traffic:
    """What was sent and received so far."""

    calls: list[str] = field(default_factory=list)
    """Each attempt, as in ``POST :batchUpdate``."""
    sent: int = 0
    received: int = 0
    """Bytes of bodies, decompressed."""
