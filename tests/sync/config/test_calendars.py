"""China's official calendar of 2026, and what an office says on top of it."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from sync.config.model import Config
from sync.config.off import days_off

TODAY = date(2026, 5, 1)

# The State Council's notice for 2026 (国办发明电〔2025〕7号): first and last day of each
# holiday, and the weekend days worked to make up for them.
HOLIDAYS = (
    ("01-01", "01-03"),
    ("02-15", "02-23"),
    ("04-04", "04-06"),
    ("05-01", "05-05"),
    ("06-19", "06-21"),
    ("09-25", "09-27"),
    ("10-01", "10-07"),
)
MADE_UP = {"01-04", "02-14", "02-28", "05-09", "09-20", "10-10"}


def days_of(first: str, last: str) -> set[date]:
    start, end = (date.fromisoformat(f"2026-{day}") for day in (first, last))
    return {start + timedelta(n) for n in range((end - start).days + 1)}


def test_every_day_of_2026_is_off_or_worked_as_the_notice_says() -> None:
    found = days_off(Config.model_validate({"office": {"country": "CN"}}), TODAY)
    off = set().union(*(days_of(*each) for each in HOLIDAYS))
    made_up = {date.fromisoformat(f"2026-{day}") for day in MADE_UP}

    for n in range(365):
        day = date(2026, 1, 1) + timedelta(n)
        worked = day in made_up or (day.weekday() < 5 and day not in off)
        ours = day in found.workdays or (
            day.weekday() < 5 and day not in found.holidays
        )

        assert ours == worked, day


def test_the_office_outranks_its_country() -> None:
    config = Config.model_validate(
        {
            "office": {"country": "CN"},
            "holidays": ["2026-10-10", "2026-12-25"],
            "workdays": ["2026-10-07"],
        }
    )
    found = days_off(config, TODAY)

    assert date(2026, 10, 10) not in found.workdays
    assert {date(2026, 10, 10), date(2026, 12, 25)} <= found.holidays
    assert date(2026, 10, 7) not in found.holidays
    assert date(2026, 10, 7) in found.workdays


def test_a_part_of_a_country_has_its_own_days() -> None:
    bavaria = days_off(Config.model_validate({"office": {"country": "DE-BY"}}), TODAY)
    germany = days_off(Config.model_validate({"office": {"country": "DE"}}), TODAY)

    assert date(2026, 1, 6) in bavaria.holidays
    assert date(2026, 1, 6) not in germany.holidays


def test_no_country_means_only_the_days_that_are_listed() -> None:
    config = Config.model_validate({"holidays": ["2026-10-01"]})
    found = days_off(config, TODAY)

    assert found.holidays == {date(2026, 10, 1)}
    assert not found.workdays


@pytest.mark.parametrize("code", ["XX", "China", "DE-ZZ"])
def test_an_unknown_country_is_said_when_the_file_is_read(code: str) -> None:
    with pytest.raises(ValidationError, match="whose holidays are known"):
        Config.model_validate({"office": {"country": code}})
