"""Whatever a sheet holds, the lint gives one verdict a goal, quickly."""

from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.config.model import Smart
from sync.findings import SEVERITIES
from sync.records.model import (
    Direction,
    Goal,
    Origin,
    Place,
    Quantity,
    Records,
    Status,
)
from sync.smart.catalogue import RULES
from sync.smart.lint import lint
from sync.wording import LANGS

TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "",
            "提升客户满意度",
            "6月30日前合格率从 90% 提升到 98%",
            "Reduce turnover by 50% in one month",
            "G-1",
            "G-2",
            "尽快",
            "Q3",
            "12月底",
        ]
    ),
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=32)
QUANTITIES = st.none() | st.builds(
    Quantity,
    TEXTS,
    st.none() | NUMBERS,
    st.sampled_from(["", "%", "天", "万元", "件", "days"]),
)
COLUMNS = st.sets(
    st.sampled_from(
        [
            "goal_title",
            "target",
            "baseline",
            "due_date",
            "relevance",
            "weight",
            "measure",
            "data_source",
            "unit",
            "scoring_criteria",
            "period",
        ]
    )
).map(lambda names: {name: at for at, name in enumerate(sorted(names), 1)})
CYCLES = st.sampled_from(
    ["", "2026", "2026H1", "2026Q9", "2026-13", "0000", "FY", "2025Q4"]
)
PLACES = st.builds(Place, st.just("Goals"), st.integers(2, 60), COLUMNS)
GOALS = st.builds(
    Goal,
    key=st.sampled_from(["a", "b", "c"]),
    place=PLACES,
    origin=st.just(Origin("Goals", 1)),
    goal_id=st.sampled_from(["", "G-1", "G-2"]),
    person_key=st.sampled_from([None, "p", "q"]),
    employee=st.sampled_from(["", "王芳", "Ann"]),
    review_cycle=CYCLES,
    title=TEXTS,
    description=TEXTS,
    metric=TEXTS,
    unit=st.sampled_from(["", "%", "元", "?"]),
    direction=st.none() | st.sampled_from(Direction),
    baseline=QUANTITIES,
    target=QUANTITIES,
    current=QUANTITIES,
    progress=st.none() | NUMBERS,
    weight=st.none() | st.floats(0, 2),
    supports=st.sampled_from(["", "G-1", "G-2", "G-7", "公司战略"]),
    start_on=st.none() | st.dates(),
    due_on=st.none() | st.dates(),
    due_text=TEXTS,
    claimed_status=st.none() | st.sampled_from(Status),
)


@settings(max_examples=120, deadline=None)
@given(goals=st.lists(GOALS, max_size=8), starts=st.integers(1, 12))
def test_any_goals_get_a_readable_verdict(goals: list[Goal], starts: int) -> None:
    result = lint(
        Records(goals=tuple(goals)),
        Smart(),
        today=date(2026, 3, 2),
        fiscal_year_starts=starts,
    )

    assert len(result.verdicts) == len(goals)
    assert all(0 <= verdict.score <= 100 for verdict in result.verdicts)
    known = {rule.code for rule in RULES}
    findings = [f for verdict in result.verdicts for f in verdict.findings]
    for finding in (*findings, *result.findings):
        assert finding.code in known
        assert finding.severity in SEVERITIES
        for lang in LANGS:
            assert finding.what.in_(lang)
            assert finding.fix.in_(lang)


@settings(max_examples=60, deadline=None)
@given(goals=st.lists(GOALS, min_size=2, max_size=6), order=st.randoms())
def test_the_order_of_the_rows_changes_no_verdict(
    goals: list[Goal], order: Random
) -> None:
    shuffled = list(goals)
    order.shuffle(shuffled)
    options, today = Smart(), date(2026, 3, 2)
    before = lint(Records(goals=tuple(goals)), options, today=today).verdicts
    after = lint(Records(goals=tuple(shuffled)), options, today=today).verdicts

    for goal, verdict in zip(goals, before, strict=True):
        at = next(i for i, other in enumerate(shuffled) if other is goal)

        assert after[at].score == verdict.score
        assert after[at].missing == verdict.missing
