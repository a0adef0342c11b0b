from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.assess.evaluation.distribution import compare_grades, largest_remainder
from sync.assess.evaluation.model import KpiScore, Marks
from sync.assess.evaluation.nine_box import box_of, third_of
from sync.assess.evaluation.raters import shrunken, tendencies_of
from sync.assess.evaluation.ratings import read_marks
from sync.assess.evaluation.scales import scale_of, share_of_grades
from sync.config.model import Evaluation
from sync.records.model import Feedback, Person, Place, Rating

PLACE = Place("评分", 2, {"employee_name": 1})


def rating(key: str, **fields: object) -> Rating:
    return Rating(place=PLACE, person_key=key, employee=key, **fields)  # type: ignore[arg-type]


def marks(
    *ratings: Rating, kpis: Sequence[KpiScore] = (), **options: object
) -> tuple[Marks, ...]:
    return read_marks(ratings, kpis, Evaluation.model_validate(options))


@pytest.mark.parametrize(
    ("found", "low", "high"),
    [
        ((1, 5), 1, 5), ((2, 3), 1, 5), ((0, 4), 0, 5), ((3, 8), 1, 10),
        ((0, 9), 0, 10), ((71, 93), 0, 100), ((88, 112), 0, 120),
    ],
)  # fmt: skip
def test_the_scale_is_the_narrowest_usual_one_that_holds_all_marks(
    found: tuple[float, float], low: float, high: float
) -> None:
    scale = scale_of((*found, None))

    assert scale is not None
    assert (scale.low, scale.high) == (low, high)
    assert f"{low:g}–{high:g}" in scale.why.in_("zh")


def test_a_typing_error_is_off_the_scale_and_said() -> None:
    scale = scale_of([1, 2, 3, 4, 5, 4, 3, 2, 1, 555])

    assert scale is not None
    assert (scale.low, scale.high) == (1, 5)
    assert scale.share(555) is None
    assert "1 off it" in scale.why.in_("en")
    assert "另有 1 个" in scale.why.in_("zh")


def test_points_beside_marks_have_a_scale_of_their_own() -> None:
    found = marks(
        rating("a", self_rating=5.0, manager_rating=2.0, final_rating=60.0),
        rating("b", self_rating=3.0, manager_rating=3.0, final_rating=90.0),
    )

    assert (found[0].own_share, found[0].final_share) == (1.0, 0.6)
    assert [(one.low, one.high) for one in found[0].scales] == [(1, 5), (0, 100)]


def test_numbers_of_no_scale_are_not_squeezed_into_one() -> None:
    assert scale_of([130, 2]) is None
    assert scale_of([-1, 2]) is None
    assert scale_of([None]) is None


def test_grades_take_equal_steps_on_the_shortest_ladder_that_knows_them() -> None:
    assert share_of_grades(["A", "C", "B", "d", ""]) == pytest.approx(
        {"A": 1, "B": 2 / 3, "C": 1 / 3, "d": 0}
    )
    assert share_of_grades(["S", "A"])["A"] == pytest.approx(2 / 3)
    assert share_of_grades(["优秀", "合格"])["合格"] == pytest.approx(1 / 3)
    assert share_of_grades(["A", "金牌"]) == {}


@pytest.mark.parametrize(
    ("own", "manager", "gap", "direction"),
    [
        (5.0, 3.0, 0.5, "self_higher"),
        (2.0, 4.0, -0.5, "manager_higher"),
        (4.0, 4.0, 0.0, "agree"),
        (None, 4.0, None, None),
        (4.0, None, None, None),
    ],
)
def test_the_gap_has_a_direction_and_needs_both_marks(
    own: float | None, manager: float | None, gap: float | None, direction: str | None
) -> None:
    (first, _) = marks(
        rating("a", self_rating=own, manager_rating=manager),
        rating("b", self_rating=1.0, manager_rating=5.0),
    )

    assert (first.gap, first.direction) == (gap, direction)


def test_a_composite_uses_what_is_there_and_says_so() -> None:
    kpis = [
        KpiScore(person_key=key, cycle="", score=score, coverage=1, n_scored=1, n=1)
        for key, score in (("both", 80.0), ("kpi", 80.0), ("mark", None))
    ]
    found = marks(
        rating("both", final_rating=3.0),
        rating("kpi"),
        rating("mark", manager_rating=5.0, final_rating=None),
        rating("none", self_rating=1.0),
        kpis=kpis,
        kpi_weight=0.6,
    )

    assert [(one.composite, one.components) for one in found] == [
        (pytest.approx(0.6 * 0.8 + 0.4 * 0.5), ("kpi", "rating")),
        (pytest.approx(0.8), ("kpi",)),
        (pytest.approx(1.0), ("rating",)),
        (None, ()),
    ]


def test_without_declared_weights_there_is_no_composite() -> None:
    (found,) = marks(rating("a", final_rating=4.0))

    assert found.composite is None


def test_a_kpi_score_of_another_period_is_not_mixed_in() -> None:
    kpi = KpiScore(person_key="a", cycle="2025", score=10, coverage=1, n_scored=1, n=1)
    (found,) = marks(
        rating("a", final_rating=4.0, review_cycle="2026"), kpis=[kpi], kpi_weight=0.5
    )

    assert found.components == ("rating",)


def test_a_sheet_that_does_not_say_its_period_is_combined_with_the_only_one() -> None:
    kpi = KpiScore(person_key="a", cycle="2026", score=80, coverage=1, n_scored=1, n=1)
    found = marks(rating("a", final_rating=3.0), kpis=[kpi], kpi_weight=0.5)

    assert found[0].composite == pytest.approx(0.65)


def test_the_nine_box_is_drawn_only_when_asked_for() -> None:
    row = rating("a", final_rating=4.5, manager_rating=1.0, potential="高")

    assert marks(row)[0].box is None
    assert marks(row, nine_box=True)[0].box == (3, 3)
    assert marks(rating("a", final_rating=4.5), nine_box=True)[0].box is None


@pytest.mark.parametrize(
    ("mark", "third"),
    [(1, 1), (2.4, 1), (2.45, 1), (2.5, 2), (3.95, 2), (4, 3), (5, 3)],
)
def test_the_bands_of_the_nine_box_leave_no_value_out(mark: float, third: int) -> None:
    assert third_of((mark - 1) / 4) == third
    assert box_of(0.0, str(mark)) == (1, third)


def test_a_potential_that_is_no_mark_is_no_box() -> None:
    assert box_of(0.5, "") is None
    assert box_of(0.5, "80") is None
    assert box_of(0.5, "ready next year") is None


@pytest.mark.parametrize(
    ("shares", "n", "people"),
    [
        ((0.3, 0.6, 0.1), 5, (2, 3, 0)),
        ((0.3, 0.6, 0.1), 4, (1, 2, 1)),
        ((0.3, 0.6, 0.1), 7, (2, 4, 1)),
        ((0.2, 0.7, 0.1), 10, (2, 7, 1)),
        ((0.0, 0.0), 3, (0, 0)),
    ],
)
def test_people_are_divided_by_largest_remainder(
    shares: tuple[float, ...], n: int, people: tuple[int, ...]
) -> None:
    assert largest_remainder(shares, n) == people


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=6), st.integers(0, 300))
def test_nobody_is_lost_or_invented_by_rounding(shares: list[float], n: int) -> None:
    assert sum(largest_remainder(tuple(shares), n)) == n


def test_grades_are_compared_with_a_guideline_from_ten_people_on() -> None:
    guideline = {"A": 0.2, "B": 0.7, "C": 0.1}
    ten = marks(*(rating(str(n), grade="A" if n < 6 else "B") for n in range(10)))

    assert compare_grades(ten, {}) == ()
    assert compare_grades(ten[:9], guideline) == ()
    assert [(one.grade, one.n, one.guideline) for one in compare_grades(ten, guideline)] == [
        ("A", 6, 2), ("B", 4, 7), ("C", 0, 1),
    ]  # fmt: skip


def team(manager: str, *given: float) -> tuple[list[Person], list[Rating]]:
    keys = [f"{manager}{n}" for n in range(len(given))]
    people = [Person(key=k, name=k, place=PLACE, manager=manager) for k in keys]
    return people, [
        rating(key, manager_rating=mark) for key, mark in zip(keys, given, strict=True)
    ]


def test_leniency_severity_and_central_tendency_are_reported() -> None:
    teams = [
        team("kind", 5, 5, 4, 5, 5),
        team("hard", 1, 2, 1, 2, 1),
        team("flat", 3, 3, 3, 3, 3, 3),
        team("few", 5),
    ]
    people = [one for members, _ in teams for one in members]
    found = {
        one.rater: one
        for one in tendencies_of(
            marks(*(one for _, given in teams for one in given)), people, ()
        )
    }

    assert found["kind"].leaning == "lenient"
    assert found["hard"].leaning == "severe"
    assert (found["flat"].leaning, found["flat"].central) == ("usual", True)
    assert not found["kind"].central or found["kind"].n >= 5
    assert 0 < found["few"].difference < found["kind"].difference


def test_a_difference_counts_for_half_after_five_people() -> None:
    assert shrunken([1.0] * 5, 0.5) == pytest.approx(0.25)
    assert shrunken([1.0], 0.5) == pytest.approx(0.5 / 6)


def test_the_same_mark_for_every_competency_is_a_halo() -> None:
    answers = [
        Feedback(
            place=PLACE,
            ratee_key=f"{rater}{ratee}",
            ratee="",
            rater=rater,
            relationship="manager",
            competency=str(item),
            score=float(score),
        )
        for rater, scores in (("flat", (4, 4, 4)), ("fair", (2, 4, 5)))
        for ratee in range(3)
        for item, score in enumerate(scores)
    ]
    flat, fair = team("flat", 4, 3), team("fair", 4, 3)
    found = tendencies_of(marks(*flat[1], *fair[1]), [*flat[0], *fair[0]], answers)

    assert {one.rater: one.halo for one in found} == {"flat": True, "fair": False}
