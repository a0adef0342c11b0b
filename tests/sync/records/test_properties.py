from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.records.model import Goal, Person, Place, Records
from sync.workbooks.snapshot import CellError, Percent, RawValue, Uncalculated

Read = Callable[..., Records]
Cells = tuple[RawValue, ...]

GOAL_FIELDS = (
    "goal_id", "employee_id", "employee_name", "department", "period", "goal_title",
    "measure", "target", "actual", "weight", "start_date", "due_date", "progress_pct",
    "status", "direction", "unit", "acknowledged", "max_points", "category",
)  # fmt: skip
PEOPLE_FIELDS = ("employee_id", "employee_name", "email", "manager", "hire_date")
NO_PLACE = Place("", 0, {})

RAW: st.SearchStrategy[RawValue] = st.one_of(
    st.none(),
    st.text(max_size=12).filter(bool),
    st.sampled_from(
        ["E1", "E2", "王小明", "Ann Lee", "2026H1", "20%", "≥98%", "6月底", "03/04/2026",
         "13/04/2026", "进行中", "已完成80%", "1", "2", "-", "N/A", "a@x.com", "是"]
    ),
    st.integers(),
    st.floats(),
    st.floats(0, 1).map(Percent),
    st.booleans(),
    st.dates(),
    st.just(CellError("#REF!")),
    st.just(Uncalculated("=A1")),
)  # fmt: skip
GOALS = st.lists(st.tuples(*[RAW] * len(GOAL_FIELDS)), max_size=6)
PEOPLE = st.lists(st.tuples(*[RAW] * len(PEOPLE_FIELDS)), max_size=4)
SETTINGS = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _goals(records: Records) -> list[str]:
    return sorted(repr(replace(goal, place=NO_PLACE)) for goal in records.goals)


def _people(records: Records) -> list[str]:
    return sorted(repr(replace(it, place=NO_PLACE)) for it in records.people)


@SETTINGS
@given(goals=GOALS, people=PEOPLE)
def test_no_sheet_crashes_and_every_finding_has_its_place(
    read: Read, goals: list[Cells], people: list[Cells]
) -> None:
    records = read(goals=[GOAL_FIELDS, *goals], people=[PEOPLE_FIELDS, *people])

    assert len(records.goals) <= len(goals)
    assert len({it.key for it in records.people}) == len(records.people)
    for finding in records.findings:
        assert finding.at is not None
        for lang in ("zh", "en"):
            assert finding.what.in_(lang)
            assert finding.fix.in_(lang)


@SETTINGS
@given(goals=GOALS, people=PEOPLE, data=st.data())
def test_the_order_of_the_rows_changes_no_record(
    read: Read, goals: list[Cells], people: list[Cells], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(goals))
    moved = data.draw(st.permutations(people))
    before = read(goals=[GOAL_FIELDS, *goals], people=[PEOPLE_FIELDS, *people])
    after = read(goals=[GOAL_FIELDS, *shuffled], people=[PEOPLE_FIELDS, *moved])

    assert _goals(before) == _goals(after)
    assert _people(before) == _people(after)
    assert sorted(it.code for it in before.findings) == sorted(
        it.code for it in after.findings
    )


@SETTINGS
@given(goals=GOALS, data=st.data())
def test_without_a_list_of_people_the_order_does_not_matter_either(
    read: Read, goals: list[Cells], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(goals))
    before = read(goals=[GOAL_FIELDS, *goals])
    after = read(goals=[GOAL_FIELDS, *shuffled])

    assert _goals(before) == _goals(after)
    assert _people(before) == _people(after)


def test_records_of_an_ordinary_sheet_are_the_same_in_any_order(read: Read) -> None:
    fields = ("goal_id", "employee_name", "goal_title", "due_date", "weight")
    rows = [
        (1, "王小明", "a", "03/04/2026", 30),
        (2, "王小明", "b", "13/04/2026", 70),
        (3, "李四", "a", date(2026, 6, 30), 1),
    ]
    goals: list[Goal] = []
    people: list[Person] = []
    for order in (rows, rows[::-1]):
        records = read(goals=[fields, *order])
        goals += [replace(it, place=NO_PLACE) for it in records.goals]
        people += records.people

    assert goals[:3] == goals[:2:-1]
    assert goals[0].due_on == date(2026, 4, 3)
    assert people[:2] == people[2:]
