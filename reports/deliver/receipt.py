"""What became of one letter."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sync.wording import Text

State = Literal["written", "held", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One letter's fate; nothing vanishes without one."""

    key: str
    """The letter's key."""
    state: State
    """``written``: in the outbox, ready to send. ``held``: in the outbox, without an
    address. ``skipped``: told before."""
    why: Text
    path: Path | None = None
    """The file in the outbox, if there is one."""
