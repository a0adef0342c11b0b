from datetime import date

import pytest

from sync.records.values.absences import merged, overlap, read_absences
from sync.records.values.cadences import read_cadence
from sync.records.values.confidence import read_confidence, top_of
from sync.records.values.date_habits import DateHabits
from sync.records.values.dates import Around
from sync.records.values.spans import Span
from sync.records.values.unreadable import UnreadableCell
from sync.workbooks.snapshot import Percent, RawValue

AROUND = Around(date(2026, 8, 31))


def span(first: str, last: str) -> Span:
    return Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("raw", "days"),
    [
        ("每周", 7),
        ("双周", 14),
        ("每两周一次", 14),
        ("每月2次", 15),
        ("2次/月", 15),
        ("every other week", 14),
        ("every 3 weeks", 21),
        ("fortnightly", 14),
        ("每季度", 91),
        (10, 10),
        ("10", 10),
        (None, None),
        ("-", None),
    ],
)
def test_a_cadence_is_read_in_days(raw: RawValue, days: int | None) -> None:
    assert read_cadence(raw) == days


@pytest.mark.parametrize("raw", ["视情况", "月", "as needed"])
def test_a_cadence_without_a_time_is_said(raw: str) -> None:
    with pytest.raises(UnreadableCell):
        read_cadence(raw)


@pytest.mark.parametrize(
    ("raw", "spans"),
    [
        ("2026-08-03至2026-08-21", [("2026-08-03", "2026-08-21")]),
        ("8月3日-8月21日", [("2026-08-03", "2026-08-21")]),
        ("8月3日至21日", [("2026-08-03", "2026-08-21")]),
        ("2026.8.3-2026.8.21", [("2026-08-03", "2026-08-21")]),
        ("12月28日至1月3日", [("2026-12-28", "2027-01-03")]),
        ("2026年3月", [("2026-03-01", "2026-03-31")]),
        (date(2026, 8, 3), [("2026-08-03", "2026-08-03")]),
        (
            "2026-10-12; 2026-08-03 to 2026-08-21",
            [("2026-08-03", "2026-08-21"), ("2026-10-12", "2026-10-12")],
        ),
        ("无", []),
        (None, []),
    ],
)
def test_leave_is_read_as_spans_in_order(
    raw: RawValue, spans: list[tuple[str, str]]
) -> None:
    found = read_absences(raw, DateHabits(chinese=True), AROUND)

    assert found == tuple(span(*each) for each in spans)


@pytest.mark.parametrize("raw", ["产假", "2026-08-21至2026-08-03", "a to b to c"])
def test_leave_without_both_ends_is_said_and_not_guessed(raw: str) -> None:
    with pytest.raises(UnreadableCell):
        read_absences(raw, DateHabits(), AROUND)


def test_spans_that_touch_are_one_and_each_day_counts_once() -> None:
    found = merged([span("2026-08-10", "2026-08-12"), span("2026-08-03", "2026-08-09")])

    assert found == (span("2026-08-03", "2026-08-12"),)
    assert overlap(found[0], date(2026, 8, 3), date(2026, 8, 10)) == 7
    assert overlap(found[0], date(2026, 8, 12), date(2026, 8, 20)) == 0


@pytest.mark.parametrize(
    ("raw", "top", "share"),
    [
        (7, 10, 0.7),
        (4, 5, 0.8),
        ("7/10", 5, 0.7),
        ("80%", 10, 0.8),
        ("八成", 5, 0.8),
        ("高", 10, 0.9),
        (Percent(0.6), 10, 0.6),
        (11, 10, None),
        ("约120万元", 10, None),
        (None, 10, None),
    ],
)
def test_a_confidence_is_a_share_of_being_certain(
    raw: RawValue, top: float, share: float | None
) -> None:
    assert read_confidence(raw, top) == share


@pytest.mark.parametrize(
    ("values", "header", "top"),
    [
        ([3, 4, 5], "信心指数（1-5）", 5),
        ([3, 4, 5], "信心指数", 10),
        ([0.3, 1], "Confidence", 1),
        ([60, 80], "Confidence", 100),
        ([8], "信心（10分制）", 10),
    ],
)
def test_the_column_says_which_number_is_certain(
    values: list[RawValue], header: str, top: float
) -> None:
    assert top_of(values, header) == top
