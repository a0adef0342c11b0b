"""Days, months, quarters, halves and years as spans of days."""

import calendar
from datetime import date, timedelta
from typing import Literal, NamedTuple

Unit = Literal["day", "month", "third", "quarter", "half", "year"]


class Span(NamedTuple):
    """From the first to the last day, both inclusive."""

    first: date
    last: date


class Written(NamedTuple):
    """A day or period as people wrote it, perhaps without its year."""

    unit: Unit
    year: int | None
    """For quarters, halves and fiscal years, the year the fiscal year ends in."""
    number: int = 0
    """The month of a day, month or third; which quarter or half; 0 for a year."""
    part: int = 0
    """The day of the month, or 1–3 for the third of the month."""
    is_end: bool = False
    """Whether the words say its end, as in ``end of Q2``."""
    fiscal: bool = False
    """Whether a year is the office's fiscal year rather than the calendar's."""

    def span(self, year: int, fiscal_year_starts: int = 1) -> Span:
        """Give its days in a year.

        Args:
            year: Used when the words name none.
            fiscal_year_starts: The month in which Q1 begins; a fiscal year is called
                after the calendar year in which it ends.

        Raises:
            ValueError: If there is no such day.
        """
        year = self.year if self.year is not None else year
        if self.unit == "day":
            day = date(year, self.number, self.part)
            return Span(day, day)
        if self.unit == "third":
            first = date(year, self.number, 10 * (self.part - 1) + 1)
            last = first + timedelta(9) if self.part < 3 else _month_end(first)  # noqa: PLR2004
            return Span(first, last)
        if self.unit == "month":
            return _months(year, date(year, self.number, 1).month, 1)
        if self.unit == "year" and not self.fiscal:
            return _months(year, 1, 12)
        length = {"quarter": 3, "half": 6, "year": 12}[self.unit]
        offset = max(self.number - 1, 0) * length
        start_year = year - 1 if fiscal_year_starts > 1 else year
        return _months(start_year, fiscal_year_starts + offset, length)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _months(year: int, month: int, length: int) -> Span:
    """Span ``length`` months from a month on; months after 12 are next year's."""
    first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    last = month + length - 1
    return Span(
        first, _month_end(date(year + (last - 1) // 12, (last - 1) % 12 + 1, 1))
    )
