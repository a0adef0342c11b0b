"""Slots: which there are, and which one a firing is for."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from sync.schedule.timetable import WEEKDAYS, Timetable

ZONES = (
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "UTC",
)
MONDAYS = Timetable(
    weekdays=("mon",),
    at=time(7, 30),
    zone=ZoneInfo("Asia/Shanghai"),
    catch_up=timedelta(hours=10),
)


def timetables() -> st.SearchStrategy[Timetable]:
    return st.builds(
        Timetable,
        weekdays=st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True).map(
            tuple
        ),
        at=st.times().map(lambda at: time(at.hour, at.minute)),
        zone=st.sampled_from(ZONES).map(ZoneInfo),
        catch_up=st.integers(0, 160).map(lambda hours: timedelta(hours=hours)),
        spread=st.integers(0, 240).map(lambda minutes: timedelta(minutes=minutes)),
    )


def moments() -> st.SearchStrategy[datetime]:
    return st.integers(0, 18 * 365 * 86_400).map(
        lambda seconds: datetime(2012, 2, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    )


def test_a_slot_is_a_time_on_the_wall_of_the_office() -> None:
    friday = datetime(2026, 11, 20, 12, tzinfo=UTC)
    slots = list(islice(MONDAYS.after(friday), 2))

    assert [slot.name for slot in slots] == ["2026-11-23T07:30", "2026-11-30T07:30"]
    assert slots[0].moment.astimezone(UTC) == datetime(2026, 11, 22, 23, 30, tzinfo=UTC)


def test_a_run_is_due_from_its_slot_until_it_is_not_made_up_for_any_more() -> None:
    slot = MONDAYS.on(date(2026, 11, 23))

    assert MONDAYS.due(slot.moment - timedelta(seconds=1)) is None
    assert MONDAYS.due(slot.moment) == slot
    assert MONDAYS.due(slot.moment + timedelta(hours=11)) == slot
    assert MONDAYS.due(slot.moment + timedelta(hours=11, seconds=1)) is None


def test_a_time_that_comes_twice_is_one_slot() -> None:
    berlin = Timetable(
        weekdays=WEEKDAYS,
        at=time(2, 30),
        zone=ZoneInfo("Europe/Berlin"),
        catch_up=timedelta(hours=10),
    )
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    again = first + timedelta(hours=1)

    assert berlin.due(first) == berlin.due(again) == berlin.on(date(2026, 10, 25))


def test_in_the_hour_that_comes_twice_the_second_is_after_the_first() -> None:
    zone = ZoneInfo("Europe/Berlin")
    berlin = Timetable(
        weekdays=WEEKDAYS, at=time(2, 30), zone=zone, catch_up=timedelta(hours=1)
    )
    # By the wall it is twenty minutes before the slot, in truth forty after it.
    later = datetime(2026, 10, 25, 2, 10, fold=1, tzinfo=zone)

    assert berlin.due(later) == berlin.on(date(2026, 10, 25))


def test_a_time_that_is_left_out_is_one_slot_all_the_same() -> None:
    berlin = Timetable(
        weekdays=WEEKDAYS,
        at=time(2, 30),
        zone=ZoneInfo("Europe/Berlin"),
        catch_up=timedelta(hours=10),
    )
    # 02:30 would be half an hour after the clocks went from 02:00 to 03:00.
    due = berlin.due(datetime(2026, 3, 29, 1, 30, tzinfo=UTC))

    assert due
    assert due.name == "2026-03-29T02:30"


@given(timetables(), moments())
def test_whatever_was_missed_is_one_slot_the_last(
    timetable: Timetable, moment: datetime
) -> None:
    slot = timetable.before(moment)
    following = next(timetable.after(moment))

    assert slot.moment.timestamp() <= moment.timestamp()
    assert following.moment.timestamp() > moment.timestamp()
    assert slot.day < following.day
    assert next(timetable.after(slot.moment)) == following
    assert timetable.due(moment) in {slot, None}


@given(timetables(), moments())
def test_hourly_firings_keep_every_slot_exactly_once(
    timetable: Timetable, start: datetime
) -> None:
    """Every hour for three weeks, whatever the clocks do in between."""
    kept: list[str] = []
    hours = 24 * 21
    for n in range(hours):
        slot = timetable.due(start + timedelta(hours=n))
        if slot and slot.name not in kept:
            kept.append(slot.name)
    end = start + timedelta(hours=hours - 2)
    wanted = []
    for slot in timetable.after(start):
        if slot.moment.timestamp() > end.timestamp():
            break
        wanted.append(slot.name)

    assert kept == sorted(set(kept))
    assert set(wanted) <= set(kept)
