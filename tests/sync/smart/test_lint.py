from collections.abc import Callable

import pytest

from sync.config.model import Smart
from sync.smart.model import Lint

LintRows = Callable[..., Lint]
CodesOf = Callable[[Lint], list[str]]

VAGUE = {"title": "提升售后服务质量", "target": "", "due": ""}
GOOD = {
    "title": "售后响应时间从 8 小时缩短到 2 小时",
    "target": "2小时",
    "due": "2026-06-30",
}


def codes(result: Lint, row: int) -> set[str]:
    return {finding.code for finding in result.verdicts[row].findings}


def test_findings_stand_at_the_cell_to_be_mended(lint_rows: LintRows) -> None:
    verdict = lint_rows(VAGUE, GOOD).verdicts[0]
    cells = {f.code: f.at.a1 for f in verdict.findings if f.at}

    assert cells == {"S101": "A2", "M001": "B2", "T001": "C2"}
    assert verdict.missing == ("S", "M", "T")


def test_a_good_goal_has_a_high_score_and_nothing_to_say(lint_rows: LintRows) -> None:
    verdict = lint_rows(VAGUE, GOOD).verdicts[1]

    assert verdict.score >= 90
    assert not verdict.findings
    assert verdict.suggestion_zh == ""


@pytest.mark.parametrize("title", ["提升客户满意度", "Improve customer satisfaction"])
def test_a_verb_is_never_flagged_when_the_columns_say_the_rest(
    title: str, lint_rows: LintRows
) -> None:
    row = {"title": title, "metric": "CSAT", "target": "92%", "due": "2026-06-30"}
    verdict = lint_rows(row).verdicts[0]

    assert verdict.missing == ()
    assert not verdict.findings


def test_a_period_column_is_time_enough(lint_rows: LintRows) -> None:
    verdict = lint_rows({"title": "招聘 8 名客服", "cycle": "2026H1"}).verdicts[0]

    assert "T" not in verdict.missing


@pytest.mark.parametrize("status", ["achieved", "closed"])
def test_what_is_over_is_not_nagged_about_wording(
    status: str, lint_rows: LintRows
) -> None:
    verdict = lint_rows({**VAGUE, "status": status}, GOOD).verdicts[0]

    assert verdict.findings == ()
    assert verdict.suggestion_zh == ""


def test_a_finished_goal_still_hears_of_contradictions(lint_rows: LintRows) -> None:
    row = {"title": "招聘 8 名客服", "start": "2026-07-01", "due": "2026-06-30"}

    assert codes(lint_rows({**row, "status": "achieved"}), 0) == {"T203"}
    assert codes(lint_rows({**row, "status": "closed"}), 0) == set()


def test_ignored_rules_and_letters_are_silent(lint_rows: LintRows) -> None:
    result = lint_rows(VAGUE, GOOD, options=Smart(ignore=("m001", "T")))

    assert codes(result, 0) == {"S101"}
    assert result.verdicts[0].missing == ("S", "M", "T")


def test_the_config_sets_the_severity(lint_rows: LintRows) -> None:
    options = Smart(severity={"M001": "error"})
    found = lint_rows(VAGUE, GOOD, options=options).verdicts[0].findings

    assert {f.code: f.severity for f in found}["M001"] == "error"


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("6月底", set()),
        ("Q3", set()),
        ("尽快", {"T101"}),
        ("TBD", {"T101"}),
        ("by end of Q2", set()),
    ],
)
def test_a_due_cell_in_words_is_read(
    due: str, expected: set[str], lint_rows: LintRows
) -> None:
    result = lint_rows({"title": "招聘 8 名客服", "due": due}, GOOD)

    assert codes(result, 0) == expected
    assert ("T" in result.verdicts[0].missing) == bool(expected)


@pytest.mark.parametrize(
    ("title", "due", "starts", "agrees"),
    [
        ("Q2 前招聘 8 人", "2026-06-30", 1, True),
        ("Q2 前招聘 8 人", "2026-09-30", 1, False),
        ("Q2 前招聘 8 人", "2026-09-30", 4, True),
        ("6月底前招聘 8 人", "2026-07-01", 1, True),
        ("6月底前招聘 8 人", "2026-08-15", 1, False),
        ("三个月内招聘 8 人", "2026-12-31", 1, True),
        ("24小时内响应率达到 98%", "2026-12-31", 1, True),
        ("Hire 8 people by December 31", "2026-12-31", 1, True),
        ("Hire 8 people by July 2027", "2026-12-31", 1, False),
    ],
)
def test_the_due_cell_and_the_text_must_agree(
    title: str, due: str, starts: int, *, agrees: bool, lint_rows: LintRows
) -> None:
    result = lint_rows({"title": title, "due": due}, starts=starts)

    assert ("T201" not in codes(result, 0)) == agrees


@pytest.mark.parametrize(
    ("title", "target", "agrees"),
    [
        ("合格率达到 98%", "98%", True),
        ("合格率达到 98%", "95%", False),
        ("合格率从 90% 提升到 98%", "98%", True),
        ("合格率提升 5%", "98%", True),
        ("营收达到 1850 万元", "1850万元", True),
        ("在 3 家门店上线，合格率达到 98%", "98%", True),
        ("Close 40 deals", "40", True),
        ("Yield reaches 98%", "0.5 days", True),
    ],
)
def test_numbers_in_text_and_target_must_agree(
    title: str, target: str, *, agrees: bool, lint_rows: LintRows
) -> None:
    result = lint_rows({"title": title, "target": target, "due": "2026-06-30"})

    assert ("M201" not in codes(result, 0)) == agrees


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"title": "降低退货率", "baseline": "3%", "target": "5%"}, True),
        ({"title": "降低退货率", "baseline": "5%", "target": "3%"}, False),
        ({"title": "Increase output", "baseline": "60件", "target": "50件"}, True),
        ({"title": "Improve lead time", "baseline": "9天", "target": "5天"}, False),
        ({"title": "提高响应速度", "baseline": "9天", "target": "5天"}, False),
        ({"title": "将退货率从 3% 降低到 5%"}, True),
        ({"title": "将单店利润从-6万元做到3万元"}, False),
        ({"title": "Reduced fuel cost", "baseline": "0%", "target": "15%"}, False),
        (
            {
                "title": "将损耗率降到 3%",
                "metric": "达标门店数",
                "baseline": "1家",
                "target": "3家",
            },
            False,
        ),
        ({"title": "Increase sign-ups from 500 to 300 users"}, False),
        ({"title": "Increase sign-ups from 500 users to 300 users"}, True),
    ],
)
def test_the_wrong_side_of_the_baseline_needs_a_plain_direction(
    row: dict[str, str], *, wrong: bool, lint_rows: LintRows
) -> None:
    assert ("A201" in codes(lint_rows(row), 0)) == wrong


def test_the_sheet_is_linted_the_same_in_any_order(lint_rows: LintRows) -> None:
    rows = [VAGUE, GOOD, {**GOOD, "title": "持续学习", "target": ""}]
    forward, backward = lint_rows(*rows), lint_rows(*reversed(rows))

    assert [v.score for v in forward.verdicts] == [
        v.score for v in reversed(backward.verdicts)
    ]
    assert codes(forward, 0) == codes(backward, 2)


def test_an_empty_workbook_has_an_empty_lint(lint_rows: LintRows) -> None:
    assert lint_rows() == Lint(verdicts=(), findings=())


@pytest.mark.parametrize("metric", ["采购成本降幅", "Reduction in cost"])
def test_a_measure_that_is_a_change_needs_no_start(
    metric: str, lint_rows: LintRows
) -> None:
    row = {"title": "采购成本下降 4%", "metric": metric, "target": "4%"}

    assert "M004" not in codes(lint_rows(row), 0)
    assert "M004" in codes(lint_rows({**row, "metric": "采购成本"}), 0)


def test_only_somebody_learns(lint_rows: LintRows) -> None:
    result = lint_rows(
        {"title": "Competency Based Training System", "target": ""},
        {"title": "Learn new skills", "target": ""},
        GOOD,
    )
    what = [
        next(f for f in v.findings if f.code == "M001").what.in_("en")
        for v in result.verdicts[:2]
    ]

    assert "learning" not in what[0]
    assert "learning" in what[1]


def test_a_limit_to_hold_has_no_wrong_side(lint_rows: LintRows) -> None:
    row = {"title": "控制费用", "baseline": "98件", "target": "≤100件"}

    assert "A201" not in codes(lint_rows(row), 0)
    assert "A201" in codes(lint_rows({**row, "title": "减少费用"}), 0)


def test_net_retention_may_exceed_100_percent(lint_rows: LintRows) -> None:
    net = {"title": "净收入留存率从104%提升到110%", "target": "110%"}
    plain = {"title": "客户留存率从94%提升到110%", "target": "110%"}
    result = lint_rows(net, plain)

    assert "A103" not in codes(result, 0)
    assert "A103" in codes(result, 1)
