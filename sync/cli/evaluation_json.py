"""The part of the status document that is for HR alone."""

from collections.abc import Iterable

from sync.assess.evaluation.model import (
    Evaluation,
    Feedback360,
    GroupFigure,
    Marks,
    Wording,
)
from sync.assess.model import Assessment
from sync.wording import Lang

_PLACES = 4
_NOTE = (
    "HR only. Shares are 0-1 of the scale. A group is suppressed below the minimum of "
    "raters and frozen until as many new raters have answered; its figure keeps a "
    "quarter of the scale, divided among its raters, away from both ends."
)


def evaluation_json(
    assessment: Assessment, feedback: Iterable[Feedback360], lang: Lang
) -> dict[str, object]:
    """Give marks, scores and published feedback; suppressed figures are null."""
    found = assessment.evaluation or Evaluation()
    names = {one.person.key: one.person.name for one in assessment.people}
    scales = {one.why.in_(lang): None for marks in found.marks for one in marks.scales}
    return {
        "note": _NOTE,
        "people": [_marks(one) for one in found.marks],
        "scales": list(scales),
        "kpi": [
            {
                "employee": names.get(one.person_key),
                "period": one.cycle or None,
                "score": _rounded(one.score),
                "coverage": _rounded(one.coverage),
                "scored": one.n_scored,
                "goals": one.n,
            }
            for one in found.kpis
        ],
        "raters": [
            {
                "manager": one.rater,
                "people": one.n,
                "difference": _rounded(one.difference),
                "leaning": one.leaning,
                "central_tendency": one.central,
                "halo": one.halo,
                "recency": one.recent,
            }
            for one in found.tendencies
        ],
        "distribution": [
            {
                "period": one.cycle or None,
                "grade": one.grade,
                "people": one.n,
                "guideline": one.guideline,
                "of": one.pool,
                "rounding": "largest remainder",
            }
            for one in found.grades
        ],
        "feedback_360": [_feedback(one) for one in feedback],
        "feedback_texts": {
            "read": found.n_texts,
            "incomplete": [_wording(one) for one in found.wordings],
        },
    }


def _marks(one: Marks) -> dict[str, object]:
    return {
        "employee": one.employee,
        "period": one.cycle or None,
        "self": one.own,
        "manager": one.manager,
        "final": one.final,
        "grade": one.grade or None,
        "final_share": _rounded(one.final_share),
        "gap": _rounded(one.gap),
        "direction": one.direction,
        "composite": _rounded(one.composite),
        "components_used": list(one.components),
        "nine_box": list(one.box) if one.box else None,
    }


def _feedback(one: Feedback360) -> dict[str, object]:
    return {
        "employee": one.ratee,
        "period": one.cycle or None,
        "composite": _rounded(one.composite),
        "self_gap": _rounded(one.self_gap),
        "groups": [_group(group) for group in one.groups],
    }


def _group(group: GroupFigure) -> dict[str, object]:
    return {
        "relation": group.relation,
        "suppressed": group.share is None,
        "raters": group.n,
        "share": _rounded(group.share),
        "score": _rounded(group.mark),
        "frozen": group.is_frozen,
        "low_n": group.is_low_n,
        "never_enough": group.is_infeasible,
        "comments": list(group.comments),
    }


def _wording(one: Wording) -> dict[str, object]:
    return {
        "sheet": one.at.sheet,
        "cell": one.at.a1,
        "missing": list(one.missing),
        "vague": list(one.vague),
        "traits": list(one.traits),
        "confidential": one.is_confidential,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _PLACES)
