from collections.abc import Callable
from datetime import date

import pytest

from sync.records.model import Records

Read = Callable[..., Records]

PEOPLE = [
    ("employee_id", "employee_name", "email", "department", "manager", "manager_email"),
    ("E1", "Ann Lee", "ann@x.com", "Sales", None, None),
    ("E2", "Bob Ray", "bob@x.com", "Sales", "Ann Lee", None),
    ("E3", "Bob Ray", "bob.ray@x.com", "IT", None, "ann@x.com"),
    ("0042", "Cy Fox", None, "IT", "E1", None),
]


def goals(
    *rows: tuple[str | float | None, ...],
) -> list[tuple[str | float | None, ...]]:
    return [
        ("employee_id", "email", "employee_name", "department", "goal_title"),
        *rows,
    ]


def test_people_are_read_with_their_managers(read: Read) -> None:
    records = read(people=PEOPLE)

    assert [it.key for it in records.people] == ["E1", "E2", "E3", "0042"]
    assert [it.manager_key for it in records.people] == [None, "E1", "E1", "E1"]
    assert not records.findings


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (("E2", None, None, None), "E2"),
        (("e2", None, "bob ray", None), "E2"),
        ((None, "BOB.RAY@x.com", None, None), "E3"),
        ((None, None, "Ann  Lee", None), "E1"),
        ((None, None, "Lee, Ann", None), "E1"),
        ((None, None, "Bob Ray", "IT"), "E3"),
        ((42, None, "Cy Fox", None), "0042"),
    ],
)
def test_a_goal_finds_its_person(
    read: Read, row: tuple[str | None, ...], key: str
) -> None:
    records = read(people=PEOPLE, goals=goals((*row, "a goal")))

    assert records.goals[0].person_key == key
    assert not records.findings


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (("E9", None, "Ann Lee", None), "P120", "A2"),
        (("E1", None, "Cy Fox", None), "P123", "A2"),
        ((None, "ann@x.com", "Cy Fox", None), "P123", "B2"),
        ((None, None, "Bob Ray", None), "P122", "C2"),
        ((None, None, "Zed", None), "P121", "C2"),
        ((42, None, None, None), "P120", "A2"),
        ((None, None, "Ann Lee/Cy Fox", None), "P125", "C2"),
    ],
)
def test_what_fits_nobody_or_several_is_a_finding_and_no_guess(
    read: Read, row: tuple[str | None, ...], code: str, cell: str
) -> None:
    records = read(people=PEOPLE, goals=goals((*row, "a goal")))

    assert records.goals[0].person_key is None
    assert [(it.code, it.at and it.at.a1) for it in records.findings] == [(code, cell)]


def test_a_number_used_twice_names_both_cells_and_keeps_the_two_apart(
    read: Read,
) -> None:
    records = read(
        people=[("employee_id", "employee_name"), ("E1", "Ann"), ("E1", "Bob")],
        goals=goals(("E1", None, "Bob", None, "x"), ("E1", None, None, None, "y")),
    )
    first, second = (it for it in records.findings if it.code == "P101")

    assert [it.key for it in records.people] == ["E1|ann", "E1|bob"]
    assert [it.person_key for it in records.goals] == ["E1|bob", None]
    assert first.at is not None
    assert second.at is not None
    assert str(second.at) in first.what.in_("en")
    assert str(first.at) in second.what.in_("zh")


@pytest.mark.parametrize("turned", [False, True])
def test_whoever_is_called_like_a_number_shares_none(read: Read, turned: bool) -> None:
    rows = [(None, "1"), ("1", "Ann"), ("1", "Bob")]
    fields = ("employee_id", "employee_name")
    records = read(people=[fields, *(rows[::-1] if turned else rows)])

    assert [it.code for it in records.findings] == ["P101", "P101"]
    assert len({it.key for it in records.people}) == 3


def test_a_name_that_reads_like_a_number_is_no_second_use_of_it(read: Read) -> None:
    records = read(people=[("employee_id", "employee_name"), ("1", "Ann"), (None, "1")])

    assert not records.findings


def test_the_same_person_listed_twice_stays_two_rows(read: Read) -> None:
    rows = [("employee_id", "employee_name"), ("E1", "Ann"), ("E1", "Ann")]
    records = read(people=rows)

    assert len({it.key for it in records.people}) == 2


@pytest.mark.parametrize(
    ("manager", "email", "code"),
    [
        ("Zed", None, "P110"),
        ("Bob Ray", None, "P111"),
        ("Ann Lee", "bob@x.com", "P113"),
    ],
)
def test_a_manager_who_cannot_be_told_is_a_finding(
    read: Read, manager: str, email: str | None, code: str
) -> None:
    records = read(people=[*PEOPLE, ("E5", "Eve", None, "IT", manager, email)])

    assert records.people[-1].manager_key is None
    assert [(it.code, str(it.at)) for it in records.findings] == [(code, "'people'!E6")]


def test_homonymous_managers_are_told_apart_by_their_address(read: Read) -> None:
    rows = [*PEOPLE, ("E5", "Eve", None, "IT", "Bob Ray", "bob.ray@x.com")]

    assert read(people=rows).people[-1].manager_key == "E3"


def test_a_circle_of_managers_is_found_once_and_cut(read: Read) -> None:
    records = read(
        people=[
            ("employee_name", "manager"),
            ("a", "b"),
            ("b", "c"),
            ("c", "a"),
            ("d", "a"),
        ]
    )

    assert [it.code for it in records.findings] == ["P112"]
    assert [it.manager_key for it in records.people] == [None, None, None, "a"]


def test_the_head_may_stand_as_their_own_manager(read: Read) -> None:
    records = read(people=[("employee_name", "manager"), ("a", "a")])

    assert records.people[0].manager_key is None
    assert not records.findings


def test_bad_addresses_and_dates_of_people_are_findings(read: Read) -> None:
    records = read(
        people=[
            ("employee_name", "email", "hire_date", "language"),
            ("a", "a at x.com", "2020.5.1", "中文"),
            ("b", "b@x.com", 2020, "English"),
        ]
    )

    assert [it.email for it in records.people] == ["", "b@x.com"]
    assert [it.hired_on for it in records.people] == [date(2020, 5, 1), None]
    assert [it.language for it in records.people] == ["zh", "en"]
    assert [it.code for it in records.findings] == ["D170", "D104"]


def test_without_a_list_the_goals_tell_who_there_is(read: Read) -> None:
    records = read(
        goals=[
            ("employee_id", "employee_name", "department", "manager", "goal_title"),
            ("E1", "Ann", "Sales", "Bob", "x"),
            ("E1", "Ann", "Sales", "Bob", "y"),
            (None, "Cy", None, "Ann", "z"),
        ]
    )

    assert {it.key: it.manager_key for it in records.people} == {
        "E1": "bob",
        "bob": None,
        "cy": "E1",
    }
    assert [it.person_key for it in records.goals] == ["E1", "E1", "cy"]
    assert all(it.place is None for it in records.people)
    assert not records.findings


def test_without_a_list_people_of_one_name_are_told_apart_by_department(
    read: Read,
) -> None:
    records = read(
        goals=[
            ("employee_name", "department", "goal_title"),
            ("王芳", "销售部", "x"),
            ("王芳", "研发部", "y"),
            ("王芳", None, "z"),
        ]
    )

    assert [it.person_key for it in records.goals] == [
        "王芳|销售部",
        "王芳|研发部",
        None,
    ]
    assert [it.code for it in records.findings] == ["P122"]


def test_a_form_of_address_is_no_match(read: Read) -> None:
    records = read(
        goals=[("employee_name", "goal_title"), ("王小明", "a"), ("李四", "b")],
        people=[("employee_name",), ("王小明",), ("李四",)],
        actions=[("action", "owner"), ("改进", "王工"), ("跟进", "王小明、李四")],
    )

    assert [it.owner_key for it in records.actions] == [None, None]
    assert [(it.code, it.severity) for it in records.findings] == [
        ("P124", "info"),
        ("P125", "warning"),
    ]
    assert "王小明" in records.findings[0].what.in_("zh")


def test_without_a_list_a_doubtful_manager_is_told_once_beside_the_goal(
    read: Read,
) -> None:
    records = read(
        goals=[
            ("employee_name", "department", "manager", "goal_title"),
            ("王芳", "销售部", None, "x"),
            ("王芳", "研发部", None, "y"),
            ("李四", "研发部", "王芳", "z"),
            ("李四", "研发部", "王芳", "w"),
        ]
    )

    assert [(it.code, str(it.at)) for it in records.findings] == [
        ("P111", "'goals'!C4")
    ]


def test_a_row_that_names_nobody_is_a_finding_where_others_do(read: Read) -> None:
    rows = [("employee_name", "goal_title"), ("Ann", "a"), (None, "b")]
    nobody = [("employee_name", "goal_title"), (None, "a"), (None, "b")]

    assert [(it.code, str(it.at)) for it in read(goals=rows).findings] == [
        ("P126", "'goals'!A3")
    ]
    assert not read(goals=nobody).findings
