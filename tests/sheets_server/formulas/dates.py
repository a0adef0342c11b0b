"""Functions of days; a day is its serial number."""

import calendar
from collections.abc import Callable
from datetime import date, datetime, timedelta

from tests.sheets_server.entered import DAY_0, moment_of
from tests.sheets_server.formulas import coercion
from tests.sheets_server.formulas.results import Scalar


def moment(value: Scalar) -> datetime:
    return moment_of(coercion.number(value))


def serial(day: date) -> int:
    return (day - DAY_0).days


def made(year: Scalar, month: Scalar, day: Scalar) -> Scalar:
    """Make a day; months and days may run over."""
    months = int(coercion.number(year)) * 12 + int(coercion.number(month)) - 1
    first = date(months // 12, months % 12 + 1, 1)
    return serial(first + timedelta(days=int(coercion.number(day)) - 1))


def months_later(value: Scalar, months: Scalar) -> date:
    day = moment(value).date()
    count = day.year * 12 + day.month - 1 + int(coercion.number(months))
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def end_of_month(value: Scalar, months: Scalar) -> Scalar:
    day = months_later(value, months)
    return serial(day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def weekday(value: Scalar, kind: Scalar = 1) -> Scalar:
    number = moment(value).isoweekday()
    return {1: number % 7 + 1, 2: number, 3: number - 1}[int(coercion.number(kind))]


def now() -> float:
    passed = datetime.now() - datetime(DAY_0.year, DAY_0.month, DAY_0.day)  # noqa: DTZ001, DTZ005
    return passed / timedelta(days=1)


MAPPED: dict[str, Callable[..., Scalar]] = {
    "TODAY": lambda: int(now()),
    "NOW": now,
    "DATE": made,
    "YEAR": lambda value: moment(value).year,
    "MONTH": lambda value: moment(value).month,
    "DAY": lambda value: moment(value).day,
    "WEEKDAY": weekday,
    "DAYS": lambda end, start: coercion.number(end) - coercion.number(start),
    "EDATE": lambda value, months: serial(months_later(value, months)),
    "EOMONTH": end_of_month,
}
