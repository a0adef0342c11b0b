"""Several workbooks judged as one organisation: who is who, and what is where."""

from datetime import date
from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sync import pipeline
from sync.assess.joined.join import join
from sync.assess.joined.parts import Part, label_in, labels_of, original
from sync.assess.model import Assessment, Past
from sync.cells import CellRef
from sync.config.model import Config
from sync.workbooks.memory import MemoryWorkbook

TODAY = date(2026, 11, 22)
HEADS = ["Goal ID", "Employee", "Employee ID", "E-mail", "Manager", "Manager e-mail"]
MORE = ["Goal", "Target", "Actual", "Weight", "Start", "Due"]


def goal(  # noqa: PLR0917 - a row
    number: str, name: str, badge: str = "", email: str = "", manager: str = ""
) -> list[Any]:
    boss = f"{manager.split(maxsplit=1)[0].lower()}@example.com" if manager else ""
    return [number, name, badge, email, manager, boss,
            f"Raise sales of line {number} by 20 % by December", 20, 5, 0.5,
            date(2026, 1, 1), date(2026, 12, 31)]  # fmt: skip


def part(name: str, *goals: list[Any]) -> Part:
    book = MemoryWorkbook({"Goals": [HEADS + MORE, *goals]}, locator=f"/hr/{name}.xlsx")
    config = Config()
    understood = pipeline.understand(book, config, ())
    judged = pipeline.judge(understood, config, past=Past(), today=TODAY)
    return Part(
        label=f"{name}.xlsx",
        locator=f"/hr/{name}.xlsx",
        assessment=judged,
        past=Past(),
    )


def owners(judged: Assessment) -> dict[str, list[str]]:
    """Person → the goals that are theirs."""
    return {
        one.person.key: sorted(goal.goal.goal_id for goal in one.goals)
        for one in judged.people
        if one.goals
    }


def test_one_person_with_one_number_in_two_workbooks_is_one() -> None:
    joined = join(
        [
            part("east", goal("G1", "Ann Lee", "E7")),
            part("west", goal("G2", "Ann Lee", "e7", "ann@example.com")),
        ],
        Config(),
    )
    (ann,) = (one for one in joined.people if one.goals)

    assert owners(joined) == {"E7": ["G1", "G2"]}
    assert ann.person.email == "ann@example.com"


def test_homonyms_without_a_number_or_an_address_stay_two_people() -> None:
    joined = join(
        [
            part("east", goal("G1", "Ann Lee")),
            part("west", goal("G2", "Ann Lee", "E7")),
        ],
        Config(),
    )

    assert sorted(owners(joined).values()) == [["G1"], ["G2"]]


def test_numbers_that_each_department_counts_for_itself_merge_nobody() -> None:
    joined = join(
        [
            part("east", goal("G1", "Ann Lee", "1")),
            part("west", goal("G2", "Bo Chen", "1")),
            part("north", goal("G3", "Bo Chen", "1")),
        ],
        Config(),
    )

    assert sorted(owners(joined).values()) == [["G1"], ["G2", "G3"]]


def test_a_contradiction_keeps_two_people_apart() -> None:
    joined = join(
        [
            part("east", goal("G1", "Ann Lee", "7", "ann@example.com")),
            part("west", goal("G2", "Ann Lee", "7", "lee@example.com")),
        ],
        Config(),
    )

    assert sorted(owners(joined).values()) == [["G1"], ["G2"]]


def test_two_rows_of_one_workbook_are_never_made_one_by_another() -> None:
    joined = join(
        [
            part(
                "east",
                goal("G1", "Ann Lee", "1", "ann@example.com"),
                goal("G2", "Ann Lee", "2", "ann@example.com"),
            ),
            part("west", goal("G3", "Ann Lee", "", "ann@example.com")),
        ],
        Config(),
    )

    assert sorted(owners(joined).values()) == [["G1"], ["G2"], ["G3"]]


def test_a_manager_of_two_workbooks_sees_the_reports_of_both() -> None:
    joined = join(
        [
            part("east", goal("G1", "Ann Lee", "E1", manager="Cy Moss")),
            part("west", goal("G2", "Bo Chen", "E2", manager="Cy Moss")),
        ],
        Config(),
    )
    (team,) = (one for one in joined.teams if one.manager)

    assert team.manager is not None
    assert team.manager.name == "Cy Moss"
    assert sorted(one.person.name for one in team.people) == ["Ann Lee", "Bo Chen"]


def test_two_managers_of_one_person_are_a_finding_and_neither_is_told() -> None:
    joined = join(
        [
            part("east", goal("G1", "Ann Lee", "E1", manager="Cy Moss")),
            part("west", goal("G2", "Ann Lee", "E1", manager="Di Wu")),
        ],
        Config(),
    )
    (found,) = (one for one in joined.findings if one.code == "P131")

    assert owners(joined) == {"E1": ["G1", "G2"]}
    assert next(o for o in joined.people if o.goals).person.manager_key is None
    assert "east.xlsx, west.xlsx" in found.what.in_("en")


def test_every_cell_names_its_workbook_and_leads_back_to_it() -> None:
    joined = join(
        [part("east", goal("G1", "Ann")), part("west", goal("G1", "Bo"))], Config()
    )
    cells = [one.goal.at("goal_title") for one in joined.goals]
    located = [one.at.sheet for one in joined.findings if one.at]

    assert [str(at) for at in cells] == [
        "'[east.xlsx]Goals'!G2",
        "'[west.xlsx]Goals'!G2",
    ]
    assert [original(at) for at in cells] == [CellRef("Goals", 2, 7)] * 2
    assert located
    assert {label_in(sheet) for sheet in located} <= {"east.xlsx", "west.xlsx"}


def test_joining_judges_no_goal_anew() -> None:
    parts = [part("east", goal("G1", "Ann", "E1")), part("west", goal("G2", "Bo"))]
    joined = join(parts, Config())
    alone = [goal for one in parts for goal in one.assessment.goals]

    assert [(one.status, one.reason) for one in joined.goals] == [
        (one.status, one.reason) for one in alone
    ]
    assert len(joined.findings) == sum(len(one.assessment.findings) for one in parts)


def test_workbooks_are_called_by_as_much_of_their_path_as_tells_them_apart() -> None:
    assert labels_of(["/a/x.xlsx", "/b/x.xlsx", "/b/[y].xlsx"]) == (
        "a/x.xlsx",
        "b/x.xlsx",
        "(y).xlsx",
    )
    assert labels_of(["/a/x.xlsx"]) == ("x.xlsx",)
    assert len(set(labels_of(["x.xlsx", "x.xlsx", "q/x.xlsx"]))) == 3


PEOPLE = st.tuples(
    st.sampled_from(["Ann Lee", "Bo Chen"]),
    st.sampled_from(["", "1", "2"]),
    st.sampled_from(["", "a@example.com", "b@example.com"]),
)


@given(st.lists(PEOPLE, min_size=2, max_size=3))
def test_whoever_shares_goals_agrees_in_number_or_address(
    people: list[tuple[str, str, str]],
) -> None:
    books = [part(f"b{n}", goal(f"G{n}", *one)) for n, one in enumerate(people)]
    divisions = set()
    for order in permutations(books):
        found = [tuple(goals) for goals in owners(join(order, Config())).values()]
        divisions.add(tuple(sorted(found)))
        for together in found:
            rows = [people[int(it[1:])] for it in together]
            shared = [
                any(a and a == b for a, b in zip(one[1:], other[1:], strict=True))
                for one in rows
                for other in rows
                if one is not other
            ]
            clashes = [
                any(a and b and a != b for a, b in zip(one[1:], other[1:], strict=True))
                for one in rows
                for other in rows
            ]

            assert len(rows) == 1 or any(shared)
            assert not any(clashes)

    assert len(divisions) == 1
