"""The review cycle around a day, and how people write its dates."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sync.wording import Text

MONTHS = 6
BEHIND = 4
"""Whole months of the cycle that lie before the current one: late enough that a goal
can be behind, early enough that something can still be done about it."""
QUARTER = 3


def month_start(day: date, months: int) -> date:
    """Give the first day of the month ``months`` after the one of ``day``."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def month_end(day: date, months: int) -> date:
    """Give the last day of the month ``months`` after the one of ``day``."""
    first = month_start(day, months)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


@dataclass(frozen=True, slots=True)
class Cycle:
    """Half a year that began four months before the month of ``today``."""

    today: date
    on: date | None = None
    """The day the workbook is seen on, when that is before ``today``."""

    @property
    def now(self) -> date:
        """The day the workbook is seen on."""
        return self.on or self.today

    @property
    def days_ago(self) -> int:
        """How many days before ``today`` it is seen."""
        return (self.today - self.now).days

    @property
    def start(self) -> date:
        """Its first day."""
        return month_start(self.today, -BEHIND)

    @property
    def end(self) -> date:
        """Its last day."""
        return month_end(self.today, MONTHS - BEHIND - 1)

    @property
    def before(self) -> "Cycle":
        """The cycle that ended the day before this one began."""
        return Cycle(month_start(self.today, -MONTHS))

    def expected(self, start: date, due: date) -> float:
        """Share of the way from ``start`` to ``due`` that lies behind us, 0–1."""
        return self.expected_on(self.now, start, due)

    def expected_on(self, day: date, start: date, due: date) -> float:
        """Share of the way from ``start`` to ``due`` that lies behind a day, 0–1."""
        elapsed = (day - start).days / max((due - start).days, 1)
        return min(max(elapsed, 0.0), 1.0)

    def name(self, half: Text, span: Text) -> Text:
        """Name it, by its half of the year if it is one, else by its months."""
        if self.start.month in (1, 7):
            first = self.start.month == 1
            return half.fill(
                year=self.start.year,
                half=1 if first else 2,
                half_zh="上半年" if first else "下半年",
            )
        return span.fill(
            year=self.start.year,
            month=self.start.month,
            name=calendar.month_abbr[self.start.month],
            year2=self.end.year,
            month2=self.end.month,
            name2=calendar.month_abbr[self.end.month],
        )


def write_day(
    day: date,
    form: Literal["date", "words", "dots", "iso_text", "quarter"],
    words: dict[str, Text],
) -> date | Text:
    """Write a day in one of the forms people use side by side in one column.

    Args:
        day: The day; for ``words`` and ``quarter`` the last of a month.
        form: ``date`` stays a date; the others become text.
        words: The labels' phrases.
    """
    match form:
        case "date":
            return day
        case "dots":
            return Text(f"{day:%Y.%m.%d}", f"{day.day} {_abbr(day)} {day.year}")
        case "iso_text":
            return Text(f"{day.year}年{day.month}月{day.day}日", day.isoformat())
        case "quarter" if day.month % QUARTER == 0:
            return words["quarter"].fill(quarter=day.month // QUARTER)
        case _:
            return words["month_end"].fill(
                month=day.month, name=calendar.month_name[day.month]
            )


def _abbr(day: date) -> str:
    return calendar.month_abbr[day.month]
