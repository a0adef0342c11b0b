from collections.abc import Callable, Mapping
from datetime import date

import pytest

from sync.records.model import Goal, Records
from sync.records.values.milestones import read_milestones
from sync.workbooks.snapshot import RawValue

Read = Callable[..., Records]

SALES = (80, 70, 60, 70, 80, 90, 90, 80, 100, 110, 80, 90)
TOTALS = tuple(sum(SALES[: n + 1]) for n in range(12))
TODAY = date(2026, 8, 31)
DUE = date(2026, 12, 31)


def read_months(
    read: Read,
    field: str | None,
    months: tuple[RawValue, ...],
    *,
    groups: Mapping[int, str] | None = None,
    target: RawValue = 1000,
    unit: str = "万元",
) -> Goal:
    fields = ["employee_name", "goal_title", "unit", "target", "actual"]
    row = ["Ann", "全年销售额", unit, target, 640]
    (goal,) = read(
        goals=[[*fields, *[field] * len(months)], [*row, *months]],
        months={6 + n: f"{n + 1:02}" for n in range(len(months))},
        groups=groups,
    ).goals
    return goal


@pytest.mark.parametrize("field", ["target", None])
def test_months_that_add_up_to_the_target_are_its_plan(
    read: Read, field: str | None
) -> None:
    goal = read_months(read, field, SALES)

    assert [part.amount for part in goal.planned] == list(SALES)
    assert goal.target
    assert goal.target.text == "1000"


def test_totals_that_rise_to_the_target_are_its_plan(read: Read) -> None:
    goal = read_months(read, None, TOTALS)

    assert [part.amount for part in goal.planned] == list(SALES)


@pytest.mark.parametrize(
    ("months", "unit"),
    [
        ((0.98,) * 12, ""),  # a rate does not add up
        ((50, 48, 52, 51), "万元"),  # results of the months so far
        ((80, "暂无", *SALES[2:]), "万元"),
    ],
)
def test_months_that_prove_nothing_are_no_plan(
    read: Read, months: tuple[RawValue, ...], unit: str
) -> None:
    assert read_months(read, None, months, unit=unit).planned == ()


def test_last_years_months_are_a_curve_and_no_starting_value(read: Read) -> None:
    groups = {6 + n: "去年实绩" for n in range(12)}
    goal = read_months(read, "baseline", tuple(s * 0.9 for s in SALES), groups=groups)

    assert [part.amount for part in goal.last_year] == [s * 0.9 for s in SALES]
    assert (goal.planned, goal.baseline) == ((), None)


def results(read: Read, target: float) -> Goal:
    fields = ["employee_name", "goal_title", "target"]
    cells: list[RawValue] = ["Ann", "全年销售额", target]
    done = (85, 66, 58)
    months: dict[int, str] = {}
    for n, amount in enumerate(SALES):
        fields += ["target", "actual"]
        cells += [amount, done[n] if n < len(done) else None]
        months |= {4 + 2 * n: f"{n + 1:02}", 5 + 2 * n: f"{n + 1:02}"}
    (goal,) = read(goals=[fields, cells], months=months).goals
    return goal


def test_results_of_months_that_are_parts_add_up_against_the_year(read: Read) -> None:
    parts = results(read, 1000)

    assert parts.target
    assert parts.current
    assert (parts.target.value, parts.current.value) == (1000, 209)
    assert str(parts.at("target")) == "'goals'!C2"
    assert parts.results_until == "03"


def test_results_of_months_that_are_no_parts_are_judged_by_their_own_target(
    read: Read,
) -> None:
    level = results(read, 90)

    assert level.target
    assert level.current
    assert (level.target.value, level.current.value) == (60, 58)
    assert level.results_until == ""


@pytest.mark.parametrize(
    ("text", "shares", "done"),
    [
        (
            "3月31日 选型（30%）；6月30日 上线（50%）；9月30日 验收（20%）",
            [0.3, 0.5, 0.2],
            [None, None, None],
        ),
        (
            "2026-03-31 30% ✓\n2026-06-30 80% 未完成\n2026-09-30 100%",
            [0.3, 0.5, 0.2],
            [True, False, None],
        ),
        ("31 March draft, done; 30 June launch", [0.5, 0.5], [True, None]),
    ],
)
def test_a_list_of_milestones_is_read_with_its_shares(
    text: str, shares: list[float], done: list[bool | None]
) -> None:
    found, are_shares = read_milestones(text, TODAY, date(2026, 1, 1))

    assert [one.share for one in found] == pytest.approx(shares)
    assert [one.done for one in found] == done
    assert are_shares == ("%" in text)
    assert found[0].due_on == date(2026, 3, 31)


@pytest.mark.parametrize(
    "text", ["", "每月拜访10家客户", "6月30日 上线", "2月30日 选型；6月30日 上线"]
)
def test_what_is_no_list_of_days_is_no_milestones(text: str) -> None:
    assert read_milestones(text, TODAY, None) == ((), False)
