"""The evaluation section: figures as published, what is hidden said to be hidden."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.page.appraisal import appraisal
from reports.page.charts import sides, spokes
from reports.page.edition import Edition, edition, with_feedback
from reports.page.figures import figures
from reports.page.render import page
from sync.assess.evaluation.model import (
    Evaluation,
    Feedback360,
    GradeCount,
    GroupFigure,
    Marks,
    Tendency,
)


def marks(name: str, own: float, manager: float, **more: Any) -> Marks:
    known: dict[str, Any] = {
        "final": None,
        "final_share": None,
        "grade": "",
        "direction": "self_higher" if own > manager else "manager_higher",
    } | more
    return Marks(
        person_key=None,
        employee=name,
        cycle="2026",
        scales=(),
        own=own,
        manager=manager,
        own_share=own / 100,
        manager_share=manager / 100,
        gap=(own - manager) / 100,
        **known,
    )


def shown_of(org: Any, found: Evaluation, *feedback: Feedback360) -> Edition:
    judged = replace(org.judge(), evaluation=found)
    return with_feedback(edition(judged, "hr"), feedback)


def about(name: str, *groups: GroupFigure, **more: Any) -> Feedback360:
    facts: dict[str, Any] = {"composite": 0.5, "self_gap": 0.1} | more
    return Feedback360(ratee_key=name, ratee=name, cycle="", groups=groups, **facts)


def island(html: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html)

    assert found

    return json.loads(found[1])


def test_a_suppressed_group_is_said_to_be_and_has_no_point(org: Any) -> None:
    one = about(
        "Ada",
        GroupFigure(relation="self", n=1, share=0.75, mark=4.0),
        GroupFigure(relation="peer", n=None, share=None, mark=None),
    )
    shown = shown_of(org, Evaluation(), one)
    laid = appraisal(shown)
    html = page(shown, source_name="G.xlsx", lang="zh")

    assert laid
    peer = next(it for it in laid.radars[0].axes if it.label.en == "Peers")
    report = next(it for it in laid.radars[0].axes if it.label.en == "Reports")
    assert (peer.spoke.dot_x, laid.n_suppressed) == (None, 1)
    assert report.figure is None
    assert "人数不足，不显示" in html
    assert island(html)["feedback"][0][4][1][1:] == [None, None]


def test_the_widest_gaps_come_first_with_the_sheets_own_marks(org: Any) -> None:
    found = Evaluation(
        marks=(marks("Ada", 80, 78), marks("Ben", 90, 60), marks("Cy", 70, 70))
    )
    laid = appraisal(shown_of(org, found))

    assert laid
    assert [(gap.name, gap.points) for gap in laid.gaps] == [("Ben", 30), ("Ada", 2)]
    assert (laid.gaps[0].own_mark, laid.gaps[0].manager_mark) == (90, 60)


def test_grades_stand_beside_the_guideline(org: Any) -> None:
    graded = tuple(
        marks(name, 80, 70, grade=grade, final_share=share)
        for name, grade, share in (
            ("Ada", "B", 0.7),
            ("Ben", "A", 0.9),
            ("Cy", "B", 0.6),
        )
    )
    counted = tuple(
        GradeCount(cycle="", grade=grade, n=0, guideline=n, pool=3)
        for grade, n in (("A", 1), ("B", 1), ("C", 1))
    )
    plain = appraisal(shown_of(org, Evaluation(marks=graded)))
    guided = appraisal(shown_of(org, Evaluation(marks=graded, grades=counted)))

    assert plain
    assert [(one.label, one.n) for one in plain.slices] == [("A", 1), ("B", 2)]
    assert guided
    assert [(one.label, one.n, one.guideline) for one in guided.slices] == [
        ("A", 1, 1),
        ("B", 2, 1),
        ("C", 0, 1),
    ]


def test_marks_without_grades_are_counted_by_tenths(org: Any) -> None:
    found = Evaluation(
        marks=tuple(
            marks("x", 1, 1, final_share=share) for share in (0.0, 0.09, 0.5, 1.0)
        )
    )
    laid = appraisal(shown_of(org, found))

    assert laid
    assert [one.n for one in laid.slices] == [2, 0, 0, 0, 0, 1, 0, 0, 0, 1]


def test_managers_that_lean_come_first(org: Any) -> None:
    def _rater(name: str, **more: Any) -> Tendency:
        known: dict[str, Any] = {"leaning": "usual", "central": False, "halo": False}
        return Tendency(rater=name, n=5, difference=0.01, **(known | more))

    found = Evaluation(
        marks=(marks("Ada", 80, 70),),
        tendencies=(_rater("Usual"), _rater("Halo", halo=True)),
    )
    laid = appraisal(shown_of(org, found))

    assert laid
    assert [one.rater for one in laid.raters] == ["Halo", "Usual"]


def test_hostile_words_in_marks_and_feedback_stay_words(org: Any) -> None:
    bad = "</script><img src=x onerror=window.hit=1>\u202e\u2028"
    group = GroupFigure(relation=bad, n=3, share=0.5, mark=3.0, comments=(bad,))
    found = Evaluation(
        marks=(marks(bad, 90, 10, grade=bad),),
        tendencies=(
            Tendency(
                rater=bad, n=3, difference=0, leaning="usual", central=True, halo=False
            ),
        ),
    )
    html = page(
        shown_of(org, found, about(bad, group)), source_name="G.xlsx", lang="en"
    )

    assert "<img" not in html
    assert html.count("</script>") == 2
    assert "\u202e" not in html
    assert "\u2028" not in html


@pytest.mark.parametrize(
    "audience", ["manager:e001@example.com", "employee:e002@example.com"]
)
def test_nobody_but_hr_has_the_section(company: Any, audience: str) -> None:
    judged = replace(
        company.judge(), evaluation=Evaluation(marks=(marks("Zebra", 91.25, 10),))
    )
    seen = with_feedback(edition(judged, audience), (about("Okapi"),))
    html = page(seen, source_name="G.xlsx", lang="zh")

    assert appraisal(seen) is None
    assert figures(seen, "zh")["evaluation"] is None
    assert not re.search('Zebra|Okapi|91.25|id="evaluation"', html)


def test_figures_count_and_name_nobody(org: Any) -> None:
    found = Evaluation(marks=(marks("Zebra", 90, 60, grade="A", final_share=0.9),))
    told: Any = figures(shown_of(org, found), "en")["evaluation"]

    assert told["self_higher"] == 1
    assert told["distribution"] == [{"name": "A", "n": 1, "guideline": None}]
    assert "Zebra" not in json.dumps(told)


@given(st.lists(st.none() | st.floats(0, 1), min_size=3, max_size=8))
def test_points_lie_on_their_axis_and_lines_join_known_neighbours(
    shares: list[float | None],
) -> None:
    laid = spokes(shares, 60, 12)
    n = len(shares)
    joined = sum(
        shares[i] is not None and shares[(i + 1) % n] is not None for i in range(n)
    )

    assert sides(laid).count("M") == joined
    for share, one in zip(shares, laid, strict=True):
        if share is None or one.dot_x is None or one.dot_y is None:
            assert share is one.dot_x is one.dot_y is None
        else:
            assert abs(one.dot_x - one.x * share) < 0.02
            assert abs(one.dot_y - one.y * share) < 0.02
