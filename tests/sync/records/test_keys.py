from collections.abc import Callable

import pytest

from sync.records.keys import merely_number_rows
from sync.records.model import Records

Read = Callable[..., Records]


@pytest.mark.parametrize(
    ("ids", "counts"),
    [
        (["1", "2", "3"], True),
        (["3", "1", "2"], True),
        (["1", "2", "1", "2", "3"], True),
        (["1", "3", "4", ""], True),
        (["0042", "0043"], False),
        (["G-1", "G-2"], False),
        (["1001", "1002"], False),
        (["", ""], False),
        ([], False),
    ],
)
def test_running_numbers_are_told_from_ids(ids: list[str], counts: bool) -> None:
    assert merely_number_rows(ids) is counts


def test_an_id_is_the_key_and_keeps_its_zeros(read: Read) -> None:
    rows = [("goal_id", "goal_title"), ("0042", "a"), (" g-7 ", "b"), (1001.0, "c")]

    assert [it.key for it in read(goals=rows).goals] == ["0042", "G-7", "1001"]


def test_running_numbers_are_kept_as_ids_but_not_as_keys(read: Read) -> None:
    rows = [
        ("goal_id", "employee_name", "period", "goal_title"),
        (1, "王小明", "2026H1", "减少返工。"),
        (2, "李四", "2026年上半年", "减少返工"),
    ]
    goals = read(goals=rows).goals

    assert [it.goal_id for it in goals] == ["1", "2"]
    assert [it.key for it in goals] == [
        "王小明|减少返工|2026h1",
        "李四|减少返工|2026h1",
    ]
    assert not any(it.duplicate for it in goals)


def test_an_id_used_twice_is_a_finding_at_both_cells(read: Read) -> None:
    rows = [("goal_id", "goal_title"), ("G-1", "a"), ("G-2", "b"), ("g-1", "c")]
    records = read(goals=rows)

    assert [it.duplicate for it in records.goals] == [True, False, True]
    assert [(str(it.at), it.code) for it in records.findings] == [
        ("'goals'!A2", "P102"),
        ("'goals'!A4", "P102"),
    ]
    assert "'goals'!A4" in records.findings[0].what.in_("zh")


def test_an_id_that_programs_turn_into_a_number_is_a_finding(read: Read) -> None:
    rows = [("goal_id", "goal_title"), ("0042", "a"), ("1e5", "b"), ("G-3", "c")]
    records = read(goals=rows)

    assert [(str(it.at), it.code) for it in records.findings] == [
        ("'goals'!A2", "P104"),
        ("'goals'!A3", "P104"),
    ]
    assert records.findings[0].fix.in_("en").endswith("G-0042")


def test_a_goal_written_twice_is_a_finding(read: Read) -> None:
    rows = [
        ("employee_name", "goal_title"),
        ("a", "Hire  5 people"),
        ("a", "hire 5 people"),
        ("b", "hire 5 people"),
    ]
    records = read(goals=rows)

    assert [it.duplicate for it in records.goals] == [True, True, False]
    assert {it.code for it in records.findings} == {"P103"}


def test_one_id_on_two_sheets_of_different_periods_is_not_used_twice(
    read: Read,
) -> None:
    records = read(
        goals=[("goal_id", "goal_title", "period"), ("G-1", "a", "2025H2")],
        kpi=[("goal_id", "goal_title", "period"), ("G-1", "a", "2026H1")],
    )

    assert [it.key for it in records.goals] == ["G-1|2025H2", "G-1|2026H1"]
    assert not records.findings


def test_one_title_on_two_sheets_is_told_apart_by_the_sheet(read: Read) -> None:
    records = read(goals=[("goal_title",), ("a",)], kpi=[("goal_title",), ("a",)])

    assert len({it.key for it in records.goals}) == 2
    assert not any(it.duplicate for it in records.goals)


def test_key_results_below_one_objective_are_goals_of_their_own(read: Read) -> None:
    records = read(
        goals=[
            ("goal_title", "measure"),
            ("提升服务", "满意度"),
            (None, "响应时间"),
        ],
        filled_down=[1],
    )

    assert [it.title for it in records.goals] == ["提升服务", "提升服务"]
    assert len({it.key for it in records.goals}) == 2
    assert not records.findings


def test_a_column_that_repeats_itself_is_no_id(read: Read) -> None:
    rows = [(f"A{n // 3}", f"goal {n}") for n in range(9)]
    records = read(goals=[("goal_id", "goal_title"), *rows])

    assert [it.key for it in records.goals] == [f"|goal {n}|" for n in range(9)]
    assert not records.findings


def test_where_titles_repeat_the_metric_tells_the_rows_apart(read: Read) -> None:
    rows = [(f"area {n // 3}", f"kpi {n}") for n in range(9)]
    records = read(goals=[("goal_title", "measure"), *rows])

    assert len({it.key for it in records.goals}) == 9
    assert not records.findings
