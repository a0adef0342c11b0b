"""Calls: as they come in, as the log keeps them, and what waits for them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple


@dataclass
class Received:
    """A call as it came in."""

    verb: str
    path: str
    query: dict[str, list[str]]
    length: int
    body: Any = None
    authorization: str | None = None


class Entry(NamedTuple):
    """One call, as the log has it."""

    verb: str
    path: str
    query: dict[str, list[str]]
    body: Any
    status: int
    """0 when the connection broke before an answer."""
    received: int
    """Bytes of the request's body."""
    sent: int
    """Bytes of the answer's body on the wire."""

    @property
    def call(self) -> str:
        return f"{self.verb} {self.path}"


@dataclass
class Meeting:
    """Something that waits for a call."""

    match: str
    act: Callable[[], None]
    skip: int
    after: bool
    done: bool = field(default=False, init=False)
