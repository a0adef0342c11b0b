from collections.abc import Callable

import pytest

from sync.config.model import Smart
from sync.findings import Finding
from sync.smart.model import Lint

LintRows = Callable[..., Lint]
CodesOf = Callable[[Lint], list[str]]
Row = dict[str, str]


def weights(*shares: str, person: str = "王芳", cycle: str = "2026") -> list[Row]:
    return [
        {
            "employee": person,
            "cycle": cycle,
            "title": f"复购率达到 {30 + at}%",
            "weight": share,
        }
        for at, share in enumerate(shares)
    ]


def of_code(result: Lint, code: str) -> list[Finding]:
    return [finding for finding in result.findings if finding.code == code]


def test_weights_short_of_100_name_the_person_the_period_and_the_sum(
    lint_rows: LintRows,
) -> None:
    found = of_code(lint_rows(*weights("60%", "30%")), "R302")

    assert len(found) == 1
    assert found[0].severity == "error"
    assert found[0].what.in_("zh") == "王芳 2026 的 2 条目标权重合计 90%，不是 100%"
    assert found[0].at is not None
    assert found[0].at.a1 == "C2"


@pytest.mark.parametrize(
    "shares", [["10%"] * 10, ["33.3%", "33.3%", "33.4%"], ["100%"]]
)
def test_full_weights_pass_exactly(shares: list[str], lint_rows: LintRows) -> None:
    assert not of_code(lint_rows(*weights(*shares)), "R302")


def test_the_tolerance_of_the_config_counts(lint_rows: LintRows) -> None:
    rows = weights("33%", "33%", "33%")

    assert of_code(lint_rows(*rows), "R302")
    assert not of_code(lint_rows(*rows, options=Smart(weight_tolerance=0.01)), "R302")


def test_each_period_of_a_person_is_summed_by_itself(lint_rows: LintRows) -> None:
    rows = weights("60%", "40%", cycle="2026H1") + weights("50%", "50%", cycle="2026H2")

    assert not of_code(lint_rows(*rows), "R302")


def test_cancelled_goals_may_count_or_not(lint_rows: LintRows) -> None:
    cancelled = {**weights("40%")[0], "status": "closed", "title": "门店扩张"}

    assert not of_code(lint_rows(*weights("60%", "40%"), cancelled), "R302")
    assert not of_code(lint_rows(*weights("60%"), cancelled), "R302")


def test_each_category_may_be_full_by_itself(lint_rows: LintRows) -> None:
    business = [{**row, "category": "业绩"} for row in weights("60%", "40%")]
    conduct = [{**row, "category": "行为"} for row in weights("70%", "30%")]

    assert not of_code(lint_rows(*business, *conduct), "R302")


def test_missing_weights_are_counted_in_the_message(lint_rows: LintRows) -> None:
    found = of_code(lint_rows(*weights("60%", "")), "R302")

    assert found[0].what.in_("en") == (
        "the weights of 王芳 add up to 60%, and 1 goals have none"
    )


def test_a_sheet_without_weights_is_left_alone(lint_rows: LintRows) -> None:
    assert not of_code(lint_rows({"employee": "王芳", "title": "复购率 30%"}), "R302")


def test_marks_on_another_scale_are_not_weights(lint_rows: LintRows) -> None:
    rows = [{"title": f"能力 {n}", "weight": f"{n}%"} for n in range(1, 8)]
    codes = {finding.code for finding in lint_rows(*rows).findings}

    assert not codes & {"R302", "A302", "A303"}


def test_two_goals_are_never_told_that_one_weighs_too_much(lint_rows: LintRows) -> None:
    assert not of_code(lint_rows(*weights("60%", "40%")), "A302")


def test_duplicates_point_to_the_first_row(lint_rows: LintRows) -> None:
    row = {"employee": "王芳", "title": "招聘 8 名客服"}
    found = of_code(lint_rows(row, {**row, "title": "招聘８名客服"}), "S301")

    assert [finding.at.a1 for finding in found if finding.at] == ["B3"]
    assert "B2" in found[0].what.in_("en")


def test_the_same_goal_of_two_people_is_no_duplicate(lint_rows: LintRows) -> None:
    rows = [{"employee": name, "title": "招聘 8 名客服"} for name in ("王芳", "李雷")]

    assert not of_code(lint_rows(*rows), "S301")


def test_rows_without_a_person_differ_by_their_numbers(lint_rows: LintRows) -> None:
    row = {"title": "道路里程", "baseline": "10公里", "target": "20公里"}

    assert not of_code(lint_rows(row, {**row, "baseline": "12公里"}), "S301")
    assert of_code(lint_rows(row, row), "S301")


def test_a_copied_period_is_said_once_a_person(lint_rows: LintRows) -> None:
    titles = ("员工培训覆盖率 90%", "招聘 8 名客服")
    rows = [
        {"employee": "王芳", "cycle": cycle, "title": title}
        for cycle in ("2025H2", "2026H1")
        for title in titles
    ]
    found = of_code(lint_rows(*rows), "S302")

    assert len(found) == 1
    assert "2 条" in found[0].what.in_("zh")


def test_standing_monthly_measures_are_meant_to_repeat(lint_rows: LintRows) -> None:
    rows = [
        {"employee": "王芳", "cycle": cycle, "title": "产量达成率", "target": "100%"}
        for cycle in ("2026-05", "2026-06")
    ]

    assert not of_code(lint_rows(*rows), "S302")


def test_a_table_without_any_date_says_so_once_at_the_header(
    lint_rows: LintRows,
) -> None:
    result = lint_rows(*({"title": f"招聘 {n} 名客服", "due": ""} for n in range(2, 9)))
    found = of_code(result, "T301")

    assert [(f.at.row, f.at.column) for f in found if f.at] == [(1, 2)]
    assert all("T" in verdict.missing for verdict in result.verdicts)
    assert all(f.code != "T001" for v in result.verdicts for f in v.findings)


def test_a_hint_that_most_goals_share_is_said_once(lint_rows: LintRows) -> None:
    rows = [{"title": f"订单量提升 {n}%", "due": "2026-06-30"} for n in range(11, 18)]
    result = lint_rows(*rows)

    assert len(of_code(result, "M004")) == 1
    assert all(not verdict.findings for verdict in result.verdicts)
    assert "7" in of_code(result, "M004")[0].what.in_("en")


def test_a_column_of_equal_targets_has_no_outlier(
    lint_rows: LintRows, codes_of: CodesOf
) -> None:
    row = {"title": "New accounts", "metric": "New accounts", "target": "12"}
    rows = [{**row, "employee": name} for name in ("A", "B", "C", "D", "E", "F")]

    assert "A304" not in codes_of(lint_rows(*rows))
    assert "A304" in codes_of(
        lint_rows(*rows, {**row, "employee": "G", "target": "37"})
    )
    assert "A304" not in codes_of(lint_rows(*rows[:4], {**row, "target": "37"}))


def test_a_standing_target_may_be_met_period_after_period(
    lint_rows: LintRows, codes_of: CodesOf
) -> None:
    row = {"employee": "A", "metric": "On-time rate", "target": "98%"}
    rows = [
        {**row, "title": "On-time rate", "cycle": "2025Q3", "current": "99%"},
        {**row, "title": "On-time rate", "cycle": "2025Q4", "current": "97%"},
    ]

    assert "A305" not in codes_of(lint_rows(*rows))


def test_a_library_of_measures_needs_no_dates(
    lint_rows: LintRows, codes_of: CodesOf
) -> None:
    rows = [
        {"title": name, "metric": name, "target": "98%"}
        for name in ("Yield", "On-time rate", "Uptime")
    ]
    followed = [{**row, "status": ""} for row in rows]

    assert "T301" not in codes_of(lint_rows(*rows))
    assert "T301" in codes_of(lint_rows(*followed))


def test_key_results_may_share_out_the_weight_of_their_objective(
    lint_rows: LintRows, codes_of: CodesOf
) -> None:
    rows = [
        {"employee": "A", "title": title, "metric": metric, "weight": weight}
        for title, metric, weight in (
            ("Win the north", "New accounts", "50%"),
            ("Win the north", "Revenue", "50%"),
            ("Ship faster", "Lead time", "40%"),
            ("Ship faster", "Builds", "60%"),
        )
    ]
    short = [*rows[:3], {**rows[3], "weight": "50%"}]
    each = [{**row, "title": row["metric"], "weight": "100%"} for row in rows]

    assert not {"R302", "A302"} & set(codes_of(lint_rows(*rows)))
    assert "R302" in codes_of(lint_rows(*short))
    assert "R302" in codes_of(lint_rows(*each))
