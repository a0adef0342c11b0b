from collections.abc import Callable, Sequence
from datetime import date

import pytest

from sync.records.model import Records
from sync.records.values.spans import Span
from sync.workbooks.snapshot import RawValue

Read = Callable[..., Records]

PEOPLE = [
    ("employee_id", "employee_name", "away"),
    ("E1", "Ann Lee", None),
    ("E2", "Bob Ray", "2026-08-10 to 2026-08-12"),
]
FIELDS = (
    "employee_id",
    "employee_name",
    "leave_kind",
    "away_start",
    "away_end",
    "leave_days",
    "leave_status",
)


def leave(*rows: Sequence[RawValue]) -> list[Sequence[RawValue]]:
    return [FIELDS, *rows]


def away(records: Records) -> dict[str, tuple[Span, ...]]:
    return {one.name: one.away for one in records.people if one.away}


def span(first: int, last: int) -> Span:
    return Span(date(2026, 8, first), date(2026, 8, last))


def row(
    *,
    who: tuple[RawValue, RawValue] = ("E1", "Ann Lee"),
    kind: RawValue = "Annual leave",
    first: RawValue = date(2026, 8, 3),
    last: RawValue = date(2026, 8, 7),
    days: RawValue = 5,
    status: RawValue = None,
) -> Sequence[RawValue]:
    return (*who, kind, first, last, days, status)


def test_leave_sheet_adds_to_what_stands_beside_the_people(read: Read) -> None:
    rows = leave(
        row(),
        row(who=("E2", "Bob Ray"), first=date(2026, 8, 13), last=date(2026, 8, 14)),
    )

    found = read(people=PEOPLE, leave=rows)

    assert away(found) == {"Ann Lee": (span(3, 7),), "Bob Ray": (span(10, 14),)}
    assert found.findings == ()


@pytest.mark.parametrize(
    "given",
    [
        {"status": "已驳回"},
        {"status": "Cancelled"},
        {"status": "审批中"},
        {"kind": "出差"},
        {"kind": "Working from home"},
        {"last": date(2026, 8, 3), "days": 0.5},
        {"last": date(2026, 8, 3), "days": "4小时"},
    ],
)
def test_what_is_not_granted_or_no_whole_day_off_is_not_counted(
    read: Read, given: dict[str, RawValue]
) -> None:
    found = read(people=PEOPLE, leave=leave(row(**given)))  # type: ignore[arg-type]

    assert "Ann Lee" not in away(found)
    assert found.findings == ()


def test_days_off_in_hours_count_by_the_header(read: Read) -> None:
    rows = leave(row(last=None, days=8), row(first=date(2026, 8, 5), last=None, days=3))

    found = read(people=PEOPLE, leave=rows, headers={"leave_days": "时长(小时)"})

    assert away(found)["Ann Lee"] == (span(3, 3),)


@pytest.mark.parametrize(
    ("first", "last", "want"),
    [
        ("2026-08-03 上午", "2026-08-04 下午", span(3, 4)),
        ("8月3日（下午）", "8月5日", span(3, 5)),
        ("2026-08-03 AM", "2026-08-03 PM", span(3, 3)),
        ("2026-08-03 09:00", "2026-08-03 18:00", span(3, 3)),
    ],
)
def test_parts_of_a_day_count_as_the_day(
    read: Read, first: str, last: str, want: Span
) -> None:
    found = read(people=PEOPLE, leave=leave(row(first=first, last=last, days=None)))

    assert away(found)["Ann Lee"] == (want,)
    assert found.findings == ()


def test_one_column_may_hold_both_ends(read: Read) -> None:
    rows = [("employee_name", "away"), ("Ann Lee", "2026-08-03至2026-08-07")]

    assert away(read(people=PEOPLE, leave=rows))["Ann Lee"] == (span(3, 7),)


@pytest.mark.parametrize(
    ("given", "code", "cell"),
    [
        ({"last": None}, "D106", "E2"),
        ({"last": date(2026, 8, 1)}, "D106", "E2"),
        ({"last": "soon"}, "D106", "E2"),
        ({"last": "2026-08-32"}, "D103", "E2"),
        ({"who": ("E9", "Zoe Fox")}, "P120", "A2"),
        ({"who": (None, None)}, "P126", "B2"),
        ({"who": ("E1", "Bob Ray")}, "P123", "A2"),
    ],
)
def test_what_cannot_be_counted_is_said_at_its_cell(
    read: Read, given: dict[str, RawValue], code: str, cell: str
) -> None:
    found = read(people=PEOPLE, leave=leave(row(**given)))  # type: ignore[arg-type]

    assert [(one.code, str(one.at)) for one in found.findings] == [
        (code, f"'leave'!{cell}")
    ]
    assert "Ann Lee" not in away(found)


def test_leave_of_somebody_known_from_goals_alone_counts(read: Read) -> None:
    goals = [("employee_name", "goal_title"), ("Ann Lee", "Sell more")]
    rows = [
        ("employee_name", "away_start", "away_end"),
        ("Ann Lee", date(2026, 8, 3), date(2026, 8, 7)),
    ]

    assert away(read(goals=goals, leave=rows))["Ann Lee"] == (span(3, 7),)
