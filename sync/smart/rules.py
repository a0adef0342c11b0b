"""What a rule of the lint is, and what it hands back."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sync.cells import CellRef
from sync.findings import Severity
from sync.smart.case import Case, World
from sync.smart.model import Letter
from sync.wording import NOTHING, Lang, Text

Scope = Literal["text", "goal", "set", "table"]
"""What a rule looks at: the words alone, the goal's row, the goals of one person and
period, or the whole table."""


class Hit(NamedTuple):
    """A rule found something in one cell of one goal."""

    field: str
    """The vocabulary's name of the cell's field."""
    slots: Mapping[str, object] = NOTHING
    variant: str = ""
    """Which of the rule's messages to use; empty for its first."""


class SetHit(NamedTuple):
    """A rule found something about several goals."""

    at: CellRef
    subject: str
    """The key of the person or goal it speaks of, or empty."""
    slots: Mapping[str, object] = NOTHING
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, without its words: those stand in ``wording/``, see `sync.smart.docs`."""

    code: str
    name: str
    """Reads well after "allow"."""
    letter: Letter
    severity: Severity
    """Unless the config says otherwise."""
    scope: Scope
    check: Callable[[Case], Hit | None] | None = None
    """For one goal; ``None`` for a rule about sets."""
    check_set: Callable[[World], Iterable[SetHit]] | None = None
    """For many goals; ``None`` for a rule about one."""


class Grade(NamedTuple):
    """How far one letter is met."""

    points: int
    missing: bool
    unreachable: bool = False
    """Whether nobody can meet the goal; then its score is capped."""


Row = Mapping[str, str]
"""One row of an example: field of `Goal` → what its cell says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doc:
    """What `followup rules CODE` prints, in one language."""

    checks: str
    why: str
    example: tuple[Row, ...]
    """Rows that raise the code."""
    instead: tuple[Row, ...]
    """The same rows, written so that they do not."""
    options: str
    """Keys of the config that matter, or empty."""
    gaps: str
    """What the rule does not see, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a finding says."""

    what: Text
    fix: Text


Docs = Mapping[Lang, Doc]
