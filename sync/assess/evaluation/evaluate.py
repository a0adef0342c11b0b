"""Marks, KPI scores and feedback of one workbook, together."""

from collections.abc import Iterable, Iterator

from sync.assess.evaluation import feasibility
from sync.assess.evaluation.distribution import compare_grades
from sync.assess.evaluation.feedback import gather
from sync.assess.evaluation.kpi_people import score_people
from sync.assess.evaluation.model import Evaluation
from sync.assess.evaluation.publishing import is_short
from sync.assess.evaluation.quality import SHORTEST, review_wording
from sync.assess.evaluation.raters import tendencies_of
from sync.assess.evaluation.ratings import read_marks
from sync.assess.model import PersonAssessment
from sync.cells import CellRef
from sync.config import model as config
from sync.records.model import Records


def evaluate(
    records: Records,
    people: Iterable[PersonAssessment],
    options: config.Evaluation,
    *,
    fiscal_year_starts: int = 1,
) -> Evaluation:
    """Evaluate what the sheets for HR hold; each of them may be missing.

    Args:
        records: Everything parsed.
        people: Everybody with their judged goals.
        options: The office's rules.
        fiscal_year_starts: The month in which Q1 begins, 1–12.
    """
    kpis = score_people(people, options)
    marks = read_marks(records.ratings, kpis, options)
    texts = [*_answers(records), *_appraisals(records)]
    groups = gather(records.feedback)
    reviewed = (review_wording(*text) for text in texts)
    return Evaluation(
        kpis=kpis,
        marks=marks,
        tendencies=tendencies_of(
            marks,
            records.people,
            records.feedback,
            records.check_ins,
            fiscal_year_starts=fiscal_year_starts,
        ),
        grades=compare_grades(marks, options.grade_guideline),
        groups=groups,
        n_short=sum(is_short(one, options.min_raters) for one in groups),
        n_texts=len(texts),
        wordings=tuple(one for one in reviewed if one is not None),
        findings=tuple(feasibility.findings_of(groups, options.min_raters)),
    )


def _answers(records: Records) -> Iterator[tuple[str, CellRef, bool]]:
    """Give what raters wrote; only a manager's and one's own is not confidential."""
    for answer in records.feedback:
        if len(answer.comment.strip()) > SHORTEST:
            open_ = answer.relationship in {"self", "manager"}
            yield answer.comment, answer.place.at("comment"), not open_


def _appraisals(records: Records) -> Iterator[tuple[str, CellRef, bool]]:
    for rating in records.ratings:
        if len(rating.comments.strip()) > SHORTEST:
            yield rating.comments, rating.place.at("comments"), False
