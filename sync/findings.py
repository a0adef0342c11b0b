"""A finding: what is wrong with one cell, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sync.cells import CellRef
from sync.wording import Text

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From the worst to the mildest."""
SEVERITY_NAMES: Mapping[Severity, Text] = {
    "error": Text("必须改", "error"),
    "warning": Text("建议改", "warning"),
    "info": Text("供参考", "info"),
}
"""What people call them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Bad data as a value: it is located, it says how to fix it, it stops nothing."""

    code: str
    """Letter and three digits: S M A R T for the lint, D for unreadable data,
    P for the people and rows the data speak of, L for the layout of a sheet."""
    severity: Severity
    what: Text
    """What is wrong, in one short sentence that quotes the offending text."""
    fix: Text
    """What to write instead, as an instruction."""
    at: CellRef | None = None
    """The offending cell; ``None`` when it speaks of the whole workbook."""
    subject: str = ""
    """The key of the goal or person it speaks of, or empty."""
    letter: str | None = None
    """S, M, A, R or T for the lint's rules."""


def reading_order(finding: Finding) -> tuple[str, int, int, str]:
    """Sort key: by sheet, row, column and code, findings without a cell first."""
    at = finding.at
    return (
        (at.sheet, at.row, at.column, finding.code) if at else ("", 0, 0, finding.code)
    )
