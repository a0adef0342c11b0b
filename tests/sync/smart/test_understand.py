import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.smart.text import lint_text
from sync.smart.understand import Amount, Sort, Span, understand


def only(text: str) -> Amount:
    amounts = understand(text).amounts
    assert len(amounts) == 1, amounts

    return amounts[0]


@pytest.mark.parametrize(
    ("text", "value", "sort"),
    [
        ("合格率达到９８％", 0.98, Sort.PERCENT),
        ("成本下降百分之十五", 0.15, Sort.PERCENT),
        ("成本下降百分之 15", 0.15, Sort.PERCENT),
        ("满意度提高15个百分点", 15, Sort.POINTS),
        ("销量提升三成", 0.3, Sort.PERCENT),
        ("新增用户1.5万人", 15_000, Sort.COUNT),
        ("回款一百二十万元", 1_200_000, Sort.MONEY),
        ("签约额达到 10 万元", 100_000, Sort.MONEY),
        ("粉丝突破五万", 50_000, Sort.BARE),
        ("线索量翻番", 2, Sort.TIMES),
        ("线索量翻两番", 4, Sort.TIMES),
        ("线索量达到3倍", 3, Sort.TIMES),
        ("培训两场", 2, Sort.COUNT),
        ("三分之一的门店完成改造", 1 / 3, Sort.PERCENT),
        ("安全事故为零", 0, Sort.COUNT),
        ("行业排名前三", 3, Sort.RANK),
        ("提升業績兩成", 0.2, Sort.PERCENT),
        ("Reach 10,000 readers", 10_000, Sort.COUNT),
        ("Reach $10M of ARR", 10_000_000, Sort.MONEY),
        ("Hire two engineers", 2, Sort.COUNT),
        ("Answer a third of requests", 1 / 3, Sort.PERCENT),
        ("Double the inbound requests", 2, Sort.TIMES),
        ("Cut costs by twenty-five percent", 0.25, Sort.PERCENT),
        ("Zero accidents on site", 0, Sort.COUNT),
        ("Raise it by 5 percentage points", 5, Sort.POINTS),
    ],
)
def test_numbers_are_read_in_every_writing(text: str, value: float, sort: Sort) -> None:
    amount = only(text)

    assert amount.value == pytest.approx(value)
    assert amount.sort is sort


@pytest.mark.parametrize(
    "text",
    [
        "通过 ISO9001 认证",
        "统一管理口径",
        "进一步加强协作",
        "完成 P95 优化",
        "6月30日前提交",
        "24小时内响应",
        "1. 提升服务",
        "Implement version 2.0",
        "One team",
    ],
)
def test_names_and_times_are_not_amounts(text: str) -> None:
    assert understand(text).amounts == ()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("响应时间从 8 小时缩短到 2 小时", 8, 2),
        ("周转天数由45天压缩至38天", 45, 38),
        ("当前复购率20%，提升至26%", 0.20, 0.26),
        ("Reduce turnover from 18% to 12%", 0.18, 0.12),
        ("月利润从-6万元做到3万元", -60_000, 30_000),
        ("reduce our current turnover rate of 25% to 15%", 0.25, 0.15),
    ],
)
def test_a_change_has_a_start_and_an_end(text: str, start: float, end: float) -> None:
    roles = {amount.role: amount.value for amount in understand(text).amounts}

    assert roles == {"from": pytest.approx(start), "to": pytest.approx(end)}


def test_a_range_keeps_both_ends() -> None:
    amount = only("及格率 80-90%")

    assert (amount.value, amount.upper) == (0.8, 0.9)


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("销量同比提升 5%", True),
        ("Grow sales 5% year over year", True),
        ("销量提升 5%", False),
    ],
)
def test_a_comparison_is_a_baseline_too(text: str, reference: bool) -> None:
    assert (understand(text).baseline == "reference") == reference


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2025年6月30日前提交", (Span.DATE, 2025, 6, 30)),
        ("2025.6.30 前提交", (Span.DATE, 2025, 6, 30)),
        ("6 月 30 日前提交", (Span.DATE, None, 6, 30)),
        ("６月底前上线", (Span.MONTH, None, 6, None)),
        ("2024年第三季度", (Span.QUARTER, 2024, 3, None)),
        ("在2024年Q3季度将销售额提高", (Span.QUARTER, None, 3, None)),
        ("上半年完成", (Span.HALF, None, 1, None)),
        ("年底前完成", (Span.YEAR, None, None, None)),
        ("三个月内上线", (Span.DURATION, None, None, None)),
        ("试用期内掌握", (Span.EVENT, None, None, None)),
        ("by June 30", (Span.DATE, None, 6, 30)),
        ("by 30 June 2026", (Span.DATE, 2026, 6, 30)),
        ("by 6/30/2026", (Span.DATE, 2026, 6, 30)),
        ("by end of Q2", (Span.QUARTER, None, 2, None)),
        ("by Q4 2025", (Span.QUARTER, 2025, 4, None)),
        ("by year-end", (Span.YEAR, None, None, None)),
        ("within the next quarter", (Span.DURATION, None, None, None)),
        ("over the next six weeks", (Span.DURATION, None, None, None)),
        ("In May we launch", (Span.MONTH, None, 5, None)),
    ],
)
def test_deadlines_are_read(
    text: str, when: tuple[Span, int | None, int | None, int | None]
) -> None:
    deadlines = understand(text).deadlines

    assert when in [(t.kind, t.year, t.number, t.day) for t in deadlines]


@pytest.mark.parametrize(
    "text",
    [
        "客户问题24小时内响应",
        "新用户在注册后7天内完成核心操作",
        "招聘周期缩短至20天以内",
        "respond within 12 hours of request",
        "尽快完成",
        "as soon as possible",
        "We may improve it",
        "比去年提高",
        "每月巡店",
    ],
)
def test_response_times_rhythms_and_vague_times_are_no_deadlines(text: str) -> None:
    assert understand(text).deadlines == ()


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("1. 完成招聘 2. 完成培训 3. 完成盘点", 3),
        ("降低成本 5%，同时提高及时率到 98%", 2),
        ("Reduce costs by 5% and increase yield to 98%", 2),
        ("提交方案并通过评审", 1),
        ("优化招聘流程，使通过率提高到 80%", 1),
        ("通过优化流程，将处理量从 50 单提高到 70 单", 1),
        ("Improve process quality", 1),
    ],
)
def test_several_goals_are_counted_only_when_plain(text: str, n: int) -> None:
    assert understand(text).goals == n


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("提升业绩", "提升業績"),
        ("缩短响应时间", "縮短響應時間"),
        ("第三季度完成", "第三季度完成"),
    ],
)
def test_traditional_characters_read_like_simplified_ones(
    simplified: str, traditional: str
) -> None:
    one, other = understand(simplified), understand(traditional)

    assert one.folded == other.folded
    assert lint_text(simplified).score == lint_text(traditional).score


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_understood_and_spans_stay_inside_it(text: str) -> None:
    read = understand(text)

    assert len(read.folded) == len(read.text)
    spans = [(amount.start, amount.end) for amount in read.amounts]
    spans += [(time.start, time.end) for time in read.times]
    for start, end in spans:
        assert 0 <= start <= end <= len(read.text)
    assert 0 <= lint_text(text).score <= 100


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "1",
                "9",
                "一",
                "百",
                "万",
                "从",
                "到",
                "年",
                "月",
                "日",
                "内",
                "前",
                " ",
                ",",
                "%",
                "Q3",
                "from ",
                "to ",
                "by ",
                "[",
                "]",
                "_",
                "x",
                "第",
                "每",
                ".",
                "-",
                "half",
                "٠",
                "😀",
                "\u200b",
                "\x00",
                "ﷺ",
                "İ",
            ]
        ),
        max_size=200,
    )
)
def test_any_mixture_of_the_grammar_is_understood(pieces: list[str]) -> None:
    assert 0 <= lint_text("".join(pieces)).score <= 100


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "1,111",
        "一",
        "百",
        "1 月",
        "每",
        "从1到",
        "a",
        "a ",
        "[",
        "【",
        "_",
        "通过",
        "持续 ",
        "通过a",
        "from 1 to ",
        "Q1",
        "2026年",
        "每1",
        "x",
        "?",
        "。",
        "\n",
        "1.",
        "in the next ",
        "😀",
    ],
)
def test_ten_thousand_characters_do_not_stall_it(piece: str) -> None:
    verdict = lint_text((piece * 10_000)[:10_000])

    assert 0 <= verdict.score <= 100
