"""Public holidays and make-up workdays of a country, from the `holidays` library."""

import re
from datetime import date
from importlib import import_module
from typing import Any, NamedTuple

from sync.config.complaints import UnfitError
from sync.wording import Text

_CODE = re.compile(r"(?P<country>[A-Z]{2})(?:-(?P<part>[A-Z0-9]{1,3}))?")
_YEARS_AROUND = 2
"""A plan may have begun two years ago and run for two more."""


class DaysOff(NamedTuple):
    """Which days differ from an ordinary week."""

    holidays: frozenset[date]
    workdays: frozenset[date]
    """Saturdays and Sundays on which people work, to make up for a holiday."""


def known_country(code: str) -> str:
    """Check that the holidays of a country, or of a part of it, are known.

    Raises:
        ValueError: If they are not.
    """
    found = _CODE.fullmatch(code)
    if found:
        parts = _library().list_supported_countries().get(found["country"])
        if parts is not None and (not found["part"] or found["part"] in parts):
            return code
    raise UnfitError(
        Text(
            '应是已知节假日的国家或地区，例如 "CN"',
            'should be a country whose holidays are known, as in "CN"',
        )
    )


def country_days(country: str, today: date) -> DaysOff:
    """Give the public holidays and make-up workdays of a country.

    Args:
        country: A code that `known_country` accepts.
        today: Two years before and after its year are looked up.

    Source:
        The library holds what governments announce, for China the yearly notice of the
        State Council with its make-up workdays. Years not announced yet have the
        holidays of the law alone.

    >>> found = country_days("CN", date(2026, 5, 1))
    >>> date(2026, 10, 7) in found.holidays, date(2026, 10, 10) in found.workdays
    (True, True)
    """
    code = _CODE.fullmatch(country)
    assert code
    years = range(today.year - _YEARS_AROUND, today.year + _YEARS_AROUND + 1)
    known = _library().country_holidays(
        code["country"], subdiv=code["part"], years=years
    )
    made_up = frozenset(getattr(known, "weekend_workdays", ()))
    return DaysOff(frozenset(known), made_up)


def _library() -> Any:
    # Most offices name no country: its hundred modules are not theirs to wait for.
    return import_module("holidays")
