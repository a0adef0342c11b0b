from datetime import date

import pytest

from sync.assess.changes import facts_of
from sync.assess.expected import Window
from sync.assess.ledger import moves_of, undone_confirmation
from sync.assess.model import Observation
from sync.assess.process import Move
from sync.records.model import Direction, Goal, Origin, Place, Status
from sync.records.values.quantities import read_quantity

JAN, DEC = date(2026, 1, 1), date(2026, 12, 31)
WINDOW = Window(JAN, DEC)
EARLY, LATE = date(2026, 3, 2), date(2026, 9, 7)
"""Two thirds of the year are over on 1 September."""


def goal(target: str = "100", **fields: object) -> Goal:
    known: dict[str, object] = {
        "due_on": DEC,
        "start_on": JAN,
        "person_key": "p1",
        "title": "销售额",
    }
    return Goal(
        key="a",
        place=Place("目标", 2, {"goal_title": 1}),
        origin=Origin("目标", 1),
        target=read_quantity(target),
        **{**known, **fields},  # type: ignore[arg-type]
    )


def on(day: date, one: Goal, status: Status = Status.ON_TRACK) -> Observation:
    return facts_of(one, status, 0.3, day)


def ledger(before: Observation, now: Goal, today: date) -> tuple[Move, ...]:
    return moves_of(now, on(today, now), (before,), WINDOW)


def test_every_kind_of_change_is_in_the_ledger_with_both_days() -> None:
    before = goal("100", baseline=read_quantity("40"), weight=0.3)
    now = goal(
        "90",
        baseline=read_quantity("45"),
        weight=0.2,
        due_on=date(2027, 1, 31),
        person_key="p2",
        title="销售总额",
    )
    moves = ledger(on(EARLY, before), now, date(2026, 3, 9))

    assert [one.field for one in moves] == [
        "target",
        "baseline",
        "due",
        "weight",
        "owner",
        "title",
    ]
    assert {(one.since, one.on) for one in moves} == {(EARLY, date(2026, 3, 9))}
    assert (moves[0].before, moves[0].after) == ("100", "90")


@pytest.mark.parametrize(
    ("before", "after", "direction", "easier"),
    [
        ("100", "90", None, True),
        ("100", "110", None, False),
        ("3%", "5%", Direction.LOWER, True),
        ("5%", "3%", Direction.LOWER, False),
        ("≤3天", "≤5天", None, True),
        ("100万元", "90家", None, False),
        ("完成", "基本完成", None, False),
        ("100", "", None, True),
        ("", "100", None, False),
    ],
)
def test_a_target_is_cut_in_the_direction_that_is_better(
    before: str, after: str, direction: Direction | None, *, easier: bool
) -> None:
    now = goal(after, direction=direction)
    (move,) = ledger(on(EARLY, goal(before, direction=direction)), now, LATE)

    assert move.easier is easier
    assert (move.late == "last-third") is easier


@pytest.mark.parametrize(
    ("day", "late"), [(date(2026, 8, 31), None), (date(2026, 9, 1), "last-third")]
)
def test_late_begins_with_the_last_third_of_the_days(
    day: date, late: str | None
) -> None:
    (move,) = ledger(on(EARLY, goal("100")), goal("90"), day)

    assert move.late == late


def test_a_cut_after_the_goal_turned_red_is_late_on_any_day() -> None:
    before = on(EARLY, goal("100"), Status.BEHIND)
    (move,) = ledger(before, goal("90"), date(2026, 3, 9))

    assert move.late == "after-red"


def test_a_due_date_put_off_or_removed_is_easier_and_one_brought_forward_is_not() -> (
    None
):
    before = on(EARLY, goal())
    moves = [
        ledger(before, goal(due_on=due), LATE)[0]
        for due in (date(2027, 3, 31), None, date(2026, 11, 30))
    ]

    assert [one.late for one in moves] == ["last-third", "last-third", None]


def test_a_target_made_harder_late_is_no_moved_goalpost() -> None:
    before = on(EARLY, goal("100"), Status.OVERDUE)
    (move,) = ledger(before, goal("120"), LATE)

    assert (move.easier, move.late) == (False, None)


def test_the_reason_in_the_sheet_belongs_to_the_latest_change() -> None:
    days = [on(EARLY, goal("100")), on(date(2026, 4, 6), goal("95"))]
    now = goal("90", adjustment_reason="地铁施工，客流减少")
    moves = moves_of(now, on(date(2026, 5, 4), now), days, WINDOW)

    assert [one.why for one in moves] == ["", "地铁施工，客流减少"]


def test_the_same_number_written_in_another_way_is_no_change() -> None:
    assert ledger(on(EARLY, goal("100")), goal(" １００ "), LATE) == ()


def test_what_was_not_remembered_is_no_change() -> None:
    old = Observation(
        on=EARLY,
        status=Status.ON_TRACK,
        progress=0.3,
        target="100",
        due_on=DEC,
        title="销售额",
        person_key="p1",
    )

    assert ledger(old, goal(baseline=read_quantity("40")), LATE) == ()


def confirmed(days: list[tuple[date, str, bool | None]]) -> list[str]:
    *before, (today, target, said) = days
    now = goal(target, acknowledged=said)
    seen = [on(day, goal(value, acknowledged=ack)) for day, value, ack in before]
    today_ = on(today, now)
    moves = moves_of(now, today_, seen, WINDOW)
    return [one.field for one in undone_confirmation(today_, seen, moves)]


A, B, C = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)


@pytest.mark.parametrize(
    ("days", "undone"),
    [
        ([(A, "100", True), (B, "90", True)], ["target"]),
        ([(A, "100", True), (B, "90", True), (C, "90", True)], ["target"]),
        ([(A, "100", False), (B, "90", True)], []),
        ([(A, "100", True), (B, "90", False)], []),
        ([(A, "100", True), (B, "90", False), (C, "90", True)], []),
        ([(A, "100", None), (B, "90", True), (C, "80", True)], ["target"]),
    ],
)
def test_a_confirmation_is_for_what_was_confirmed(
    days: list[tuple[date, str, bool | None]], undone: list[str]
) -> None:
    assert confirmed(days) == undone


def test_another_wording_leaves_the_confirmation_alone() -> None:
    before = goal(acknowledged=True)
    now = goal(title="全年销售额", acknowledged=True)
    seen = [on(A, before)]
    moves = moves_of(now, on(B, now), seen, WINDOW)

    assert moves
    assert undone_confirmation(on(B, now), seen, moves) == ()
