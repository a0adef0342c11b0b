"""Marks and feedback in HR's letter, and in no other."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.audience import views
from reports.letters import Letter, compose
from sync.assess.evaluation.model import Evaluation, Group, Marks, Rater, Tendency
from sync.assess.model import Assessment
from sync.config.mail import Mail
from sync.wording import LANGS, Lang

SHARES = st.floats(0, 1)
DIRECTIONS = st.sampled_from(("self_higher", "manager_higher", "agree", None))


def marks(name: str, gap: float | None, direction: Any) -> Marks:
    return Marks(
        person_key="E1",
        employee=name,
        cycle="2026",
        scales=(),
        own=None,
        manager=None,
        final=None,
        grade="",
        own_share=None,
        manager_share=None,
        final_share=None,
        gap=gap,
        direction=direction,
    )


def tendency(name: str, **more: Any) -> Tendency:
    known = {"leaning": "usual", "central": False, "halo": False, **more}
    return Tendency(rater=name, n=7, difference=0.1, **known)


GROUP = Group(
    ratee_key="E1",
    ratee="Zebra",
    cycle="",
    relation="peer",
    raters=(Rater("d", 0.5, ("Okapi",)),),
    n_nominated=1,
    scale=None,
)


EVALUATIONS = st.builds(
    lambda gaps, leaning, n: Evaluation(
        marks=tuple(marks("Ann", gap, direction) for gap, direction in gaps),
        tendencies=(tendency("Max", leaning=leaning),),
        groups=(GROUP,) * n,
        n_short=n,
    ),
    st.lists(st.tuples(SHARES, DIRECTIONS), max_size=4),
    st.sampled_from(("lenient", "severe", "usual")),
    st.integers(0, 3),
)


def letters(judged: Assessment, lang: Lang) -> tuple[Letter, ...]:
    return compose(
        judged,
        Mail(hr=("hr@example.com",)),
        source_name="x",
        lang=lang,
        today=judged.today,
    )


def hr(judged: Assessment, lang: Lang) -> Letter:
    (found,) = (one for one in letters(judged, lang) if one.audience == "hr")
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_hr_reads_of_gaps_tendencies_and_suppressed_groups(
    company: Any, lang: Lang
) -> None:
    found = Evaluation(
        marks=(marks("Ann", 0.3, "self_higher"), marks("Bo", -0.5, "manager_higher")),
        tendencies=(tendency("Max", leaning="severe", central=True, halo=True),),
        groups=(GROUP, GROUP),
        n_short=1,
    )
    letter = hr(replace(company.judge(), evaluation=found), lang)
    expected = {
        "zh": (
            "Ann的自评比主管评分高 30 分",
            "Max给 7 人的评分整体偏低",
            "其中 1 组",
        ),
        "en": ("Ann's own mark is 30 points", "Max marks lower", "1 of 2 groups"),
    }[lang]

    for sentence in expected:
        assert sentence in letter.text
    assert letter.text.index("Bo") < letter.text.index(expected[0])
    assert "Okapi" not in letter.text
    assert "Zebra" not in letter.text


@pytest.mark.parametrize("lang", LANGS)
def test_a_workbook_without_marks_has_no_such_section(company: Any, lang: Lang) -> None:
    judged = company.judge()

    assert (
        hr(judged, lang).text == hr(replace(judged, evaluation=Evaluation()), lang).text
    )
    assert "360" not in hr(judged, lang).text


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_mark_or_feedback_reaches_what_anybody_else_may_see(
    company: Any, data: st.DataObject
) -> None:
    judged = company.judge()
    without, within = (
        views(one)
        for one in (judged, replace(judged, evaluation=data.draw(EVALUATIONS)))
    )

    assert without.employees == within.employees
    assert without.managers == within.managers


@pytest.mark.parametrize("lang", LANGS)
def test_marks_change_no_byte_of_anybody_elses_letter(company: Any, lang: Lang) -> None:
    judged = company.judge()
    found = Evaluation(
        marks=(marks("Ann", 0.3, "self_higher"),), groups=(GROUP,), n_short=1
    )
    without, within = (
        [one for one in letters(each, lang) if one.audience != "hr"]
        for each in (judged, replace(judged, evaluation=found))
    )

    assert len(without) > 1
    assert without == within
