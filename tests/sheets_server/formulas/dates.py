"""Functions of days; a day is its serial number."""

import calendar
from collections.abc import Callable
from datetime import date, datetime, timedelta

from tests.sheets_server.entered import DAY_0, moment_of
from tests.sheets_server.formulas import coercion
from tests.sheets_server.formulas.results import Scalar, Shown


def moment(value: Scalar) -> datetime:
    return moment_of(coercion.number(value))


def serial(day: date) -> int:
    return (day - DAY_0).days


def made(year: Scalar, month: Scalar, date_: Scalar) -> int:
    """Make a day; months and days may run over."""
    months = int(coercion.number(year)) * 12 + int(coercion.number(month)) - 1
    first = date(months // 12, months % 12 + 1, 1)
    return serial(first + timedelta(days=int(coercion.number(date_)) - 1))


def months_later(value: Scalar, months: Scalar) -> date:
    day = moment(value).date()
    count = day.year * 12 + day.month - 1 + int(coercion.number(months))
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def end_of_month(value: Scalar, months: Scalar) -> int:
    then = months_later(value, months)
    return serial(then.replace(day=calendar.monthrange(then.year, then.month)[1]))


def weekday(value: Scalar, kind: Scalar = 1) -> Scalar:
    number = moment(value).isoweekday()
    return {1: number % 7 + 1, 2: number, 3: number - 1}[int(coercion.number(kind))]


def now() -> float:
    passed = datetime.now() - datetime(DAY_0.year, DAY_0.month, DAY_0.day)  # noqa: DTZ001, DTZ005
    return passed / timedelta(days=1)


def day(function: Callable[..., float]) -> Callable[..., Scalar]:
    """Let a function's result be shown as a day."""
    return lambda *arguments: Shown(function(*arguments), {"type": "DATE"})


MAPPED: dict[str, Callable[..., Scalar]] = {
    "TODAY": day(lambda: int(now())),
    "NOW": lambda: Shown(now(), {"type": "DATE_TIME"}),
    "DATE": day(made),
    "YEAR": lambda value: moment(value).year,
    "MONTH": lambda value: moment(value).month,
    "DAY": lambda value: moment(value).day,
    "WEEKDAY": weekday,
    "DAYS": lambda end, start: coercion.number(end) - coercion.number(start),
    "EDATE": day(lambda value, months: serial(months_later(value, months))),
    "EOMONTH": day(end_of_month),
}
