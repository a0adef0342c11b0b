"""One cell read: its value, or the finding it becomes."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Generic, NamedTuple, TypeVar

from sync.cells import CellRef
from sync.findings import Finding
from sync.records.values import wording
from sync.records.values.unreadable import UnreadableCell
from sync.workbooks.snapshot import CellError, RawValue, Uncalculated

T = TypeVar("T")


class Outcome(NamedTuple, Generic[T]):
    """What came of reading one cell."""

    value: T
    problem: UnreadableCell | None = None


def outcome_of(
    parse: Callable[[RawValue, Hashable], T], raw: RawValue, hint: Hashable, empty: T
) -> Outcome[T]:
    """Read one cell once; error values and formulas without a result are no values."""
    try:
        if isinstance(raw, CellError):
            raise wording.ERROR_VALUE.about(raw)
        if isinstance(raw, Uncalculated):
            raise wording.NEVER_CALCULATED.about(raw)
        return Outcome(parse(raw, hint))
    except UnreadableCell as problem:
        return Outcome(empty, problem)


def finding_of(
    problem: UnreadableCell, at: CellRef | None, subject: str = ""
) -> Finding:
    """Give a problem its place."""
    return Finding(
        code=problem.code,
        severity=problem.severity,
        what=problem.what,
        fix=problem.fix,
        at=at,
        subject=subject,
    )


def with_subject(finding: Finding, subject: str) -> Finding:
    """Say of whom or what a finding speaks."""
    return replace(finding, subject=subject)
