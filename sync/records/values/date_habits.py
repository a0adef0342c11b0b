"""How one column writes dates in small numbers: which is the day?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sync.records.values.date_grammar import bare_date, full_year
from sync.records.values.spans import Written
from sync.workbooks.snapshot import RawValue

NUMBERS = re.compile(r"(\d{1,2})\s?([-./])\s?(\d{1,2})(?:\s?[-./]\s?(\d{4}|\d{1,2}))?")
"""Two or three numbers without a year of four digits in front."""


@dataclass(frozen=True, slots=True)
class DateHabits:
    """How one column writes its dates."""

    order: Literal["", "dmy", "mdy"] = ""
    """Which of two small numbers is the day; empty when nothing in the column tells."""
    chinese: bool = False
    """Whether the month comes first because the sheet is Chinese."""
    fiscal_year_starts: int = 1
    """The month in which Q1 begins."""
    date_system: Literal[1900, 1904] = 1900
    edge: Literal["first", "last"] = "last"
    """Which day a period stands for: the last as a due date, the first as a start."""


def habits_of(
    values: Iterable[RawValue],
    *,
    chinese: bool = False,
    fiscal_year_starts: int = 1,
    date_system: Literal[1900, 1904] = 1900,
    edge: Literal["first", "last"] = "last",
) -> DateHabits:
    """Learn from a whole column whether its numbers are day/month or month/day.

    One day beyond 12 proves the order; proofs of both orders prove nothing.
    """
    proofs = set()
    for value in set(filter(_is_text, values)):
        match = NUMBERS.fullmatch(bare_date(str(value)))
        if match:
            first, second = int(match[1]), int(match[3])
            if first > 12 >= second:  # noqa: PLR2004
                proofs.add("dmy")
            elif second > 12 >= first:  # noqa: PLR2004
                proofs.add("mdy")
    order: Literal["", "dmy", "mdy"] = ""
    if len(proofs) == 1:
        order = "dmy" if "dmy" in proofs else "mdy"
    return DateHabits(order, chinese, fiscal_year_starts, date_system, edge)


def _is_text(value: RawValue) -> bool:
    return isinstance(value, str)


def orders_of(
    match: re.Match[str], habits: DateHabits, this_year: int
) -> list[Written]:
    """Give the readings of two or three small numbers that remain possible."""
    one, two, last = int(match[1]), int(match[3]), match[4]
    year = full_year(last) if last else None
    orders = {}
    if not last or len(last) > 1:
        orders["dmy"] = Written("day", year, two, one)
        orders["mdy"] = Written("day", year, one, two)
    if last and len(last) <= 2:  # noqa: PLR2004
        orders["ymd"] = Written("day", full_year(match[1]), two, int(last))
    orders = {name: order for name, order in orders.items() if _exists(order)}
    orders = {
        name: order
        for name, order in orders.items()
        if abs((order.year or this_year) - this_year) < 4  # noqa: PLR2004
    } or orders
    first = ("ymd" if last else "mdy") if habits.chinese else habits.order
    for name in (first, habits.order):
        if name in orders:
            return [orders[name]]
    if match[2] == "." and "dmy" in orders:
        orders.pop("mdy", None)
    return list(dict.fromkeys(orders.values()))


def _exists(order: Written) -> bool:
    try:
        # 2000 is a leap year: without a year, 29 February may exist.
        order.span(2000)
    except ValueError:
        return False
    return True
