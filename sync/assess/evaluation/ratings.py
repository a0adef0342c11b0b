"""Marks made comparable: shares of their scale, gaps, and the declared composite."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from sync.assess.evaluation.kpi_people import weighted
from sync.assess.evaluation.model import Direction, KpiScore, Marks, Scale
from sync.assess.evaluation.nine_box import box_of
from sync.assess.evaluation.scales import scale_of, share_of_grades
from sync.config.model import Evaluation
from sync.records.model import Rating

AGREE = 0.10
"""Half a point on a scale of 1–5 is 0.125: less than that is no gap to talk about."""

_SMALL = 10
_Three = tuple[Scale | None, Scale | None, Scale | None]


def read_marks(
    ratings: Sequence[Rating], kpis: Iterable[KpiScore], options: Evaluation
) -> tuple[Marks, ...]:
    """Make the marks of every appraisal comparable, in the order of the records.

    Columns of one sheet share a scale: one in which nobody got more than 3 is still on
    that of its neighbours. Only points beside marks up to 10 stay apart from them.
    """
    sheets: dict[str, list[Rating]] = {}
    for rating in ratings:
        sheets.setdefault(rating.place.sheet, []).append(rating)
    scales = {sheet: _scales(found) for sheet, found in sheets.items()}
    grades = {
        sheet: share_of_grades(one.grade for one in found)
        for sheet, found in sheets.items()
    }
    scores: dict[str, list[KpiScore]] = {}
    for score in kpis:
        scores.setdefault(score.person_key, []).append(score)
    found = []
    for rating in ratings:
        sheet = rating.place.sheet
        marks = _marks(rating, scales[sheet], grades[sheet])
        marks = _combined(marks, scores.get(marks.person_key or "", ()), options)
        if options.nine_box and marks.final_share is not None:
            box = box_of(marks.final_share, rating.potential)
            marks = replace(marks, box=box)
        found.append(marks)
    return tuple(found)


def gap_of(
    own: float | None, manager: float | None
) -> tuple[float | None, Direction | None]:
    """Compare the own mark with the manager's.

    Args:
        own: Share of the scale.
        manager: Share of the scale.

    Returns:
        Own minus manager, and who marked higher; nothing when one is missing.

    Source:
        Own marks run higher than supervisors' (van der Heijden & Nijhof 2004): a gap is
        a subject for a talk, no mistake of either.
    """
    if own is None or manager is None:
        return None, None
    gap = round(own - manager, 9)
    if abs(gap) < AGREE:
        return gap, "agree"
    return gap, "self_higher" if gap > 0 else "manager_higher"


def _numbers(rating: Rating) -> tuple[float | None, float | None, float | None]:
    return rating.self_rating, rating.manager_rating, rating.final_rating


def _scales(ratings: Sequence[Rating]) -> _Three:
    """Recognise the scales of the three columns of marks."""
    columns = tuple(zip(*map(_numbers, ratings), strict=True))
    alone = [scale_of(column) for column in columns]
    together = {
        small: scale_of(
            mark
            for column, scale in zip(columns, alone, strict=True)
            if scale and (scale.high <= _SMALL) is small
            for mark in column
        )
        for small in (True, False)
    }
    own, manager, final = (
        together[scale.high <= _SMALL] if scale else None for scale in alone
    )
    return own, manager, final


def _marks(rating: Rating, scales: _Three, grades: Mapping[str, float]) -> Marks:
    own, manager, final = (
        scale.share(mark) if scale else None
        for scale, mark in zip(scales, _numbers(rating), strict=True)
    )
    gap, direction = gap_of(own, manager)
    return Marks(
        person_key=rating.person_key,
        employee=rating.employee,
        cycle=rating.review_cycle,
        scales=tuple({(one.low, one.high): one for one in scales if one}.values()),
        own=rating.self_rating,
        manager=rating.manager_rating,
        final=rating.final_rating,
        grade=rating.grade,
        own_share=own,
        manager_share=manager,
        final_share=final if final is not None else grades.get(rating.grade),
        gap=gap,
        direction=direction,
    )


def _combined(marks: Marks, kpis: Sequence[KpiScore], options: Evaluation) -> Marks:
    """Combine KPI score and mark by the declared weights, over what is there."""
    weight = options.kpi_weight
    if weight is None:
        return marks
    same = [kpi for kpi in kpis if kpi.cycle == marks.cycle]
    if not same and len(kpis) == 1 and not (kpis[0].cycle and marks.cycle):
        # One of the sheets does not say its period, and there is no other.
        same = [*kpis]
    score = same[0].score if same else None
    judged = marks.final_share if marks.final_share is not None else marks.manager_share
    parts = None if score is None else score / 100, judged
    composite, _ = weighted(parts, (weight, 1 - weight))
    names: tuple[Literal["kpi", "rating"], ...] = ("kpi", "rating")
    return replace(
        marks,
        composite=composite,
        components=tuple(
            name for name, part in zip(names, parts, strict=True) if part is not None
        ),
    )
