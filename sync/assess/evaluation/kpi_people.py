"""The KPI score of one person in one review period."""

from collections.abc import Iterable, Sequence

from sync.assess.evaluation.kpi import score_goal
from sync.assess.evaluation.model import KpiScore
from sync.assess.model import GoalAssessment, PersonAssessment
from sync.config.model import Evaluation
from sync.records.model import Status


def score_people(
    people: Iterable[PersonAssessment], options: Evaluation
) -> tuple[KpiScore, ...]:
    """Score everybody who has goals, each review period apart."""
    scores: list[KpiScore] = []
    for one in people:
        cycles: dict[str, list[GoalAssessment]] = {}
        for goal in one.goals:
            if goal.status is not Status.CLOSED:
                cycles.setdefault(goal.goal.review_cycle, []).append(goal)
        scores.extend(
            _score(one.person.key, cycle, goals, options)
            for cycle, goals in cycles.items()
        )
    return tuple(scores)


def weighted(
    scores: Sequence[float | None], weights: Sequence[float | None]
) -> tuple[float | None, float]:
    """Weigh scores over what is scored: Σ wᵢ·sᵢ / Σ wᵢ of the goals with a score.

    One missing weight makes all equal: what it would have been is not known.

    Args:
        scores: Points; ``None`` for no value, which is not zero.
        weights: Shares or any other measure, one a score.

    Returns:
        The score, or ``None`` when nothing with weight is scored; and the coverage,
        Σ wᵢ scored / Σ wᵢ, 0–1.
    """
    known = [weight for weight in weights if weight is not None and weight >= 0]
    if len(known) < len(weights) or not sum(known):
        known = [1.0] * len(weights)
    scored = [(w, s) for w, s in zip(known, scores, strict=True) if s is not None]
    total, covered = sum(known), sum(weight for weight, _ in scored)
    if not covered:
        return None, 0.0
    return sum(weight * score for weight, score in scored) / covered, covered / total


def _score(
    person_key: str, cycle: str, goals: Sequence[GoalAssessment], options: Evaluation
) -> KpiScore:
    scores = [score_goal(goal, options) for goal in goals]
    score, coverage = weighted(scores, [goal.goal.weight for goal in goals])
    enough = coverage >= options.kpi_coverage
    return KpiScore(
        person_key=person_key,
        cycle=cycle,
        score=score if enough else None,
        coverage=coverage,
        n_scored=sum(score is not None for score in scores),
        n=len(goals),
    )
