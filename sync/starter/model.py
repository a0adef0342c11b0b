"""What a sheet of the starter workbook is made of."""

from dataclasses import dataclass
from typing import Literal

from sync.wording import Text

Kind = Literal["text", "long", "number", "share", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it is called, how wide it is, and what to type into it."""

    key: str
    head: Text
    width: int
    """In characters."""
    kind: Kind = "text"
    ask: Text | None = None
    """Shown when a cell is selected."""
    choices: Text | None = None
    """What may be chosen, parted by ``|``; ``@people``: the names on the first sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sheet with one table."""

    key: str
    name: Text
    colour: str
    hint: Text
    """One line above the table."""
    about: Text
    """What the guide says of it."""
    columns: tuple[Column, ...]
    names_first: int = 1
    """Columns that stay in sight when people scroll to the right."""
