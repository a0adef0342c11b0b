from random import Random

from sync.assess.alignment import alignment_of
from sync.assess.process import Alignment
from sync.records.model import Goal, Origin, Person, Place, Status
from sync.records.values.quantities import read_quantity

PLACE = Place("目标", 2, {"goal_title": 1, "relevance": 2})


def goal(
    goal_id: str, supports: str = "", person: str | None = None, **fields: object
) -> Goal:
    known: dict[str, object] = {"title": f"目标{goal_id}", "place": PLACE}
    return Goal(
        key=goal_id,
        goal_id=goal_id,
        origin=Origin("目标", 1),
        supports=supports,
        person_key=person,
        employee=person or "",
        **{**known, **fields},  # type: ignore[arg-type]
    )


def people(*keys: str) -> list[Person]:
    return [Person(key=key, name=key, place=None) for key in keys]


def align(*goals: Goal, staff: tuple[str, ...] = ()) -> Alignment:
    found = alignment_of(goals, people(*staff))

    assert found is not None
    return found


def ids(goals: tuple[Goal, ...]) -> list[str]:
    return [one.goal_id for one in goals]


def test_orphans_and_dangling_references_are_counted_apart() -> None:
    found = align(
        goal("C1"),
        goal("G1", "C1", "p1"),
        goal("G2", "目标c1", "p2"),
        goal("G3", "", "p1"),
        goal("G4", "C9", "p3"),
        staff=("p1", "p2", "p3"),
    )

    assert (found.n_goals, found.n_linked) == (4, 2)
    assert (ids(found.orphans), ids(found.dangling)) == (["G3"], ["G4"])
    assert [one.key for one in found.unaligned] == ["p3"]


def test_company_goals_nobody_carries_are_named() -> None:
    found = align(
        goal("C1"),
        goal("C2"),
        goal("C3", person="boss", category="公司级"),
        goal("G1", "C1", "p1"),
    )

    assert found.n_company == 3
    assert ids(found.uncarried) == ["C2", "C3"]


def test_several_goals_above_in_one_cell_are_all_found() -> None:
    found = align(goal("C1"), goal("C2"), goal("G1", "C1、C2", "p1"))

    assert (found.n_linked, found.uncarried) == (1, ())


def test_each_circle_is_told_once() -> None:
    found = align(
        goal("A", "B", "p"),
        goal("B", "C", "p"),
        goal("C", "A", "p"),
        goal("D", "A", "p"),
        goal("E", "E", "p"),
    )

    assert [sorted(ids(one)) for one in found.circles] == [["A", "B", "C"]]


def test_a_quarter_lies_in_its_year_and_another_year_does_not() -> None:
    found = align(
        goal("C1", review_cycle="2026"),
        goal("G1", "C1", "p1", review_cycle="2026Q3"),
        goal("G2", "C1", "p2", review_cycle="2025Q4"),
        goal("G3", "C1", "p3", review_cycle="上半年"),
    )

    assert ids(found.other_period) == ["G2"]


def targets(parent: str, *children: str, metric: str = "") -> list[tuple[float, float]]:
    found = align(
        goal("C1", target=read_quantity(parent), metric="销售额"),
        *(
            goal(f"G{n}", "C1", "p", target=read_quantity(one), metric=metric)
            for n, one in enumerate(children)
        ),
    )
    return [(one.total, one.target) for one in found.short]


def test_targets_below_that_add_up_to_less_are_told_where_they_can_be_added() -> None:
    assert targets("500万元", "200万元", "250万元") == [(4_500_000, 5_000_000)]
    assert targets("500万元", "200万元", "300万元") == []
    assert targets("500万元", "200万元", "40家") == []
    assert targets("98%", "30%", "40%") == []
    assert targets("500万元", "200万元", metric="毛利") == []


def test_closed_goals_are_not_asked_and_a_sheet_without_the_column_says_nothing() -> (
    None
):
    bare = Place("目标", 2, {"goal_title": 1})
    closed = goal("G2", person="p2", claimed_status=Status.CLOSED)
    found = align(goal("C1"), goal("G1", "C1", "p1"), closed)

    assert found.orphans == ()
    assert alignment_of([goal("G1", person="p1", place=bare)], people("p1")) is None
    assert alignment_of([goal("G1", person="p1")], people("p1")) is None


def test_the_order_of_rows_changes_nothing_but_the_order_of_the_lists() -> None:
    goals = [
        goal("C1"),
        goal("C2"),
        *(goal(f"G{n}", f"C{n % 3}", f"p{n}") for n in range(30)),
    ]
    staff = people(*(f"p{n}" for n in range(30)))
    one = alignment_of(goals, staff)
    Random(3).shuffle(goals)
    other = alignment_of(goals, staff)

    assert one
    assert other
    assert sorted(ids(one.dangling)) == sorted(ids(other.dangling))
    assert (one.n_linked, one.n_company, one.unaligned) == (
        other.n_linked,
        other.n_company,
        other.unaligned,
    )


def test_ten_thousand_goals_in_one_chain_are_followed() -> None:
    goals = [goal("G0"), *(goal(f"G{n}", f"G{n - 1}", "p") for n in range(1, 10_000))]
    found = align(*goals)

    assert (found.n_linked, found.circles) == (9_999, ())
