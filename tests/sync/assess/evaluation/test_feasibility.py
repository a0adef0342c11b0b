"""Groups of raters that can never be shown, said before the questionnaires go out."""

import pytest

from sync.assess.evaluation.evaluate import evaluate
from sync.config.model import Evaluation
from sync.findings import Finding
from sync.records.model import Feedback, Place, Records


def asked(
    *raters: str, relation: str = "peer", score: float | None = None, first: int = 2
) -> list[Feedback]:
    columns = {"ratee": 1, "rater": 2, "relationship": 3, "score": 4}
    return [
        Feedback(
            place=Place("360", first + n, columns),
            ratee_key="p1",
            ratee="Li",
            rater=rater,
            relationship=relation,
            score=score,
        )
        for n, rater in enumerate(raters)
    ]


def found(*rows: Feedback, minimum: int = 3) -> list[Finding]:
    options = Evaluation(min_raters=minimum)
    return list(evaluate(Records(feedback=rows), (), options).findings)


def test_two_peers_asked_are_too_few_before_anybody_has_answered() -> None:
    (one,) = found(*asked("Ann", "Bob"))

    assert (one.code, str(one.at)) == ("P220", "'360'!C2")
    assert "2" in one.what.in_("zh")
    assert one.fix.in_("en").startswith("ask 1 more")
    # It is HR's to mend: whoever is rated must not hear who was asked.
    assert one.subject == ""


@pytest.mark.parametrize("score", [None, 4.0])
def test_it_counts_who_was_asked_and_no_answers(score: float | None) -> None:
    assert found(*asked("Ann", "Bob", "Cy", score=score)) == []
    assert found(*asked("Ann", "Bob", "Cy", score=score), minimum=5) != []


def test_one_rater_of_many_questions_is_one() -> None:
    assert len(found(*asked("Ann", "Ann", "Ann", "Ann"))) == 1


@pytest.mark.parametrize("relation", ["manager", "self"])
@pytest.mark.parametrize("score", [None, 4.0])
def test_the_manager_and_the_person_are_no_group(
    relation: str, score: float | None
) -> None:
    assert found(*asked("Ann", relation=relation, score=score)) == []


def test_each_group_is_said_once_at_its_first_row_in_any_order() -> None:
    rows = [
        *asked("Ann", "Bob"),
        *asked("Cy", relation="report", first=4),
        *asked("Di", "Ed", "Flo", relation="other", first=5),
    ]
    places = [str(one.at) for one in found(*rows)]

    assert places == ["'360'!C2", "'360'!C4"]
    assert [str(one.at) for one in found(*reversed(rows))] == places
