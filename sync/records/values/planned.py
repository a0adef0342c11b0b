"""What one month or quarter has of a whole."""

from typing import NamedTuple


class PlannedPart(NamedTuple):
    """One of several that add up."""

    period: str
    """As `Column.period`: ``2026-07``, or ``07`` and ``Q3`` without a year."""
    amount: float
