"""Worked examples of KPI scoring: what is put in, the formula, what comes out."""

from datetime import date

import pytest

from sync.assess.assess import assess
from sync.assess.evaluation.kpi import between, by_grades, five_points, linear
from sync.assess.evaluation.kpi_people import score_people, weighted
from sync.assess.evaluation.model import KpiScore
from sync.assess.model import Past
from sync.config.model import Evaluation, Followup
from sync.records.model import (
    Direction,
    Goal,
    Origin,
    Person,
    Place,
    Quantity,
    Records,
    Status,
)
from sync.smart.model import Lint, Verdict

PLACE = Place("KPI", 2, {"goal_title": 1})
TODAY = date(2026, 7, 1)


def kpi(key: str, target: float, current: float | None, **fields: object) -> Goal:
    known: dict[str, object] = {"person_key": "p", "weight": 0.5, **fields}
    now = None if current is None else Quantity(f"{current:g}", current)
    return Goal(
        key=key,
        place=PLACE,
        origin=Origin("KPI", 1),
        title=key,
        target=Quantity(f"{target:g}", target),
        current=now,
        **known,  # type: ignore[arg-type]
    )


def scored(*goals: Goal, **options: object) -> tuple[KpiScore, ...]:
    people = (Person(key="p", name="p", place=PLACE),)
    verdict = Verdict(score=50, missing=(), findings=())
    judged = assess(
        Records(goals=goals, people=people),
        Lint(verdicts=(verdict,) * len(goals), findings=()),
        Past(),
        Followup(),
        today=TODAY,
    )
    return score_people(judged.people, Evaluation.model_validate(options))


@pytest.mark.parametrize(
    ("attainment", "points"), [(0.8, 80), (1, 100), (4, 120), (-0.5, 0), (1.1, 110)]
)
def test_linear_scores_are_capped_and_never_negative(
    attainment: float, points: float
) -> None:
    assert linear(attainment, cap=1.2) == pytest.approx(points)


@pytest.mark.parametrize(
    ("deviation", "points"),
    [(0, 100), (0.05, 105), (-0.05, 95), (0.025, 102.5), (0.5, 120), (-2, 0)],
)
def test_five_points_are_gained_or_lost_for_every_five_percent(
    deviation: float, points: float
) -> None:
    assert five_points(deviation) == pytest.approx(points)


@pytest.mark.parametrize(
    ("attainment", "grade"),
    [(0.59, 0), (0.6, 1), (0.7, 1.5), (0.8, 2), (0.95, 3.5), (1, 4), (3, 4)],
)
def test_four_grades_are_interpolated_between_neighbours(
    attainment: float, grade: float
) -> None:
    assert by_grades(attainment, (0.6, 0.8, 0.9, 1.0)) == pytest.approx(grade)


@pytest.mark.parametrize(
    ("actual", "worst", "best", "share"),
    [(75, 50, 100, 0.5), (4, 10, 2, 0.75), (99, 10, 2, 0), (1, 10, 2, 1)],
)
def test_worst_and_best_case_normalise_both_directions(
    actual: float, worst: float, best: float, share: float
) -> None:
    assert between(actual, worst=worst, best=best) == pytest.approx(share)


@pytest.mark.parametrize(
    ("rule", "fields", "current", "points"),
    [
        ("linear", {}, 80, 80),
        ("linear", {"baseline": Quantity("50", 50.0)}, 75, 50),
        ("linear", {"direction": Direction.LOWER}, 120, 80),
        ("linear", {"direction": Direction.TARGET_IS_BEST}, 100, 100),
        ("linear", {"direction": Direction.TARGET_IS_BEST}, 110, 90),
        ("linear", {"direction": Direction.YES_NO}, 99, 0),
        ("linear", {"direction": Direction.YES_NO}, 100, 100),
        ("linear", {"direction": Direction.MILESTONE}, 150, 100),
        ("five-points", {}, 110, 110),
        ("five-points", {"direction": Direction.LOWER}, 110, 90),
        ("five-points", {"direction": Direction.TARGET_IS_BEST}, 95, 95),
        ("grades", {}, 85, 62.5),
        ("range", {"baseline": Quantity("50", 50.0)}, 90, 80),
        ("range", {}, 90, 90),
    ],
)
def test_a_kpi_against_a_target_of_100_is_scored_by_the_chosen_rule(
    rule: str, fields: dict[str, object], current: float, points: float
) -> None:
    (score,) = scored(kpi("a", 100, current, **fields), kpi_rule=rule)

    assert score.score == pytest.approx(points)


def test_a_runaway_kpi_does_not_hide_others_at_zero() -> None:
    goals = [kpi("a", 100, 400, weight=0.25)]
    goals += [kpi(key, 100, 0, weight=0.25) for key in "bcd"]
    (score,) = scored(*goals)

    assert score.score == pytest.approx(30)


def test_a_missing_value_is_not_a_zero_but_lowers_the_coverage() -> None:
    (score,) = scored(kpi("a", 100, 90, weight=0.7), kpi("b", 100, None, weight=0.3))

    assert score.score == pytest.approx(90)
    assert score.coverage == pytest.approx(0.7)
    assert (score.n_scored, score.n) == (1, 2)


def test_too_little_coverage_gives_no_score_at_all() -> None:
    (score,) = scored(kpi("a", 100, 90, weight=0.59), kpi("b", 100, None, weight=0.41))

    assert score.score is None


def test_closed_goals_are_not_scored_and_periods_stay_apart() -> None:
    closed = kpi("c", 100, 0, claimed_status=Status.CLOSED)
    scores = scored(
        kpi("a", 100, 90, review_cycle="2026Q1"),
        kpi("b", 100, 50, review_cycle="2026Q2"),
        closed,
    )

    assert [one.cycle for one in scores] == ["2026Q1", "2026Q2"]
    assert [one.score for one in scores] == pytest.approx([90, 50])


def test_one_missing_weight_makes_all_equal() -> None:
    assert weighted((100.0, 50.0), (0.9, None)) == (75.0, 1.0)
    assert weighted((100.0, 50.0), (0.0, 0.0)) == (75.0, 1.0)
    assert weighted((None, None), (0.5, 0.5)) == (None, 0.0)
