import pytest

from sync.smart.text import lint_text


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("提高客户满意度", "在【截止日期】前，将客户满意度从【基线】提高到【目标】"),
        (
            "尽快完成报告",
            "在【截止日期】前，完成报告，以【衡量指标】达到【目标值】为准",
        ),
        ("学习Python", "在【截止日期】前，学习Python，以【考试、作品或证书】为证"),
        ("6月底前线上订单量提升15%", "6月底前线上订单量提升15%（基线：【当前值】）"),
        (
            "Improve customer satisfaction",
            "By [due date], improve customer satisfaction from [baseline] to [target]",
        ),
        (
            "Reduce shipping cost by 10%",
            "By [due date], reduce shipping cost by 10% (baseline: [current value])",
        ),
        ("Cut waste from 5% to 3% by June 30", ""),
    ],
)
def test_the_suggestion_keeps_the_words_and_leaves_slots(
    text: str, suggestion: str
) -> None:
    assert lint_text(text).suggestion == suggestion


@pytest.mark.parametrize("text", ["提高客户满意度", "Improve sales", "尽快完成报告"])
def test_a_suggestion_never_invents_a_number(text: str) -> None:
    assert not any(char.isdigit() for char in lint_text(text).suggestion)


def test_findings_of_a_text_have_no_cell() -> None:
    verdict = lint_text("提升服务意识")

    assert {finding.code for finding in verdict.findings} >= {"S101", "M001", "T001"}
    assert all(finding.at is None for finding in verdict.findings)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("提高 Q1 NPS 到 50", "zh"),
        ("Raise NPS to 50", "en"),
        ("", "en"),
        ("在 Jira 中关闭 20 个 P1 bug", "zh"),
    ],
)
def test_the_language_is_recognised(text: str, lang: str) -> None:
    assert lint_text(text).lang == lang


@pytest.mark.parametrize("text", ["", " ", "\n\t", "🎯", "…"])
def test_nothing_said_misses_what_can_be_said(text: str) -> None:
    verdict = lint_text(text)

    assert verdict.missing[:2] == ("S", "M")
    assert verdict.score < 30
    assert verdict.suggestion in ("", verdict.suggestion)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("合格率从 90% 提升到 98%", "合格率提升到 98%"),
        ("合格率提升到 98%", "提升合格率"),
        ("方案提交并通过评审", "提交方案"),
        ("Raise CSAT from 82 to 88 by June 30", "Raise CSAT to 88 by June 30"),
        ("Raise CSAT to 88 by June 30", "Raise CSAT to 88"),
        ("Launch the portal, signed off by IT", "Launch the portal"),
        ("Reach 200 qualified leads", "Attend 3 fairs"),
    ],
)
def test_every_part_that_is_added_raises_the_score(better: str, worse: str) -> None:
    assert lint_text(better).score > lint_text(worse).score
