"""The two properties a sync stands on: order means nothing, and once is enough."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sync import pipeline
from sync.assess.model import Assessment, Past
from sync.config.model import Config
from sync.history.store import History
from sync.workbooks.memory import MemoryWorkbook

TODAY = date(2026, 11, 22)
HEADS = ["编号", "姓名", "目标", "目标值", "当前值", "权重", "开始日期", "截止日期", "完成进度", "状态"]  # fmt: skip

texts = st.sampled_from(
    ["提升客户满意度", "华东区销售额从1000万提升到1200万", "缺货率从6%降到3%",
     "Open two stores", "6月底前完成系统上线并通过验收", "做好本职工作", "学习新技术"]
)  # fmt: skip
days = st.dates(date(2025, 6, 1), date(2027, 3, 1))
rows = st.tuples(
    st.sampled_from(["王芳", "李雷", "韩梅梅"]),
    texts,
    st.one_of(st.none(), st.sampled_from(["3%", 1200, "≥95%", "待定", 20])),
    st.one_of(st.none(), st.sampled_from(["5%", 900, "97%", 21, "已完成80%"])),
    st.one_of(st.none(), st.sampled_from([0.2, 0.4, "30%", 1])),
    st.one_of(st.none(), days),
    st.one_of(st.none(), days, st.sampled_from(["6月底", "Q3", "尽快", "2026.12.31"])),
    st.one_of(st.none(), st.sampled_from([0.4, "80%", "约一半", "未开始"])),
    st.one_of(st.none(), st.sampled_from(["正常", "进行中", "已完成", "滞后", "暂停"])),
)
tables = st.lists(rows, min_size=3, max_size=9)


def workbook(goals: list[list[Any]]) -> MemoryWorkbook:
    return MemoryWorkbook({"2026年目标": [HEADS, *goals]})


def numbered(table: list[tuple[Any, ...]]) -> list[list[Any]]:
    return [[f"G-{n:03}", *row] for n, row in enumerate(table, 101)]


def assessed(book: MemoryWorkbook) -> tuple[pipeline.Understood, Assessment]:
    understood = pipeline.understand(book, Config(), ())
    assessment = pipeline.judge(understood, Config(), past=Past(), today=TODAY)
    return understood, assessment


def told_of(assessment: Assessment) -> dict[str, Any]:
    """Everything said of each goal, without the row it stands in."""
    return {
        judged.goal.goal_id: (
            judged.status,
            judged.rule,
            judged.reason.in_("zh"),
            judged.progress,
            judged.expected,
            judged.next_on,
            judged.verdict.score,
            sorted((f.code, f.what.in_("en")) for f in judged.verdict.findings),
        )
        for judged in assessment.goals
    }


@settings(max_examples=40)
@given(table=tables, seed=st.randoms(use_true_random=False))
def test_permuting_the_rows_changes_nothing_that_is_said_of_a_goal(
    table: list[tuple[Any, ...]], seed: Any
) -> None:
    goals = numbered(table)
    shuffled = [*goals]
    seed.shuffle(shuffled)

    assert told_of(assessed(workbook(goals))[1]) == told_of(
        assessed(workbook(shuffled))[1]
    )


@settings(max_examples=40)
@given(table=tables)
def test_syncing_twice_is_syncing_once(table: list[tuple[Any, ...]]) -> None:
    book = workbook(numbered(table))
    understood, assessment = assessed(book)
    with History.open("sqlite://") as history:
        first = pipeline.plan(
            understood, assessment, Config(), history.written("memory")
        )
        book.commit(first.plan)
        history.remember_written("memory", first.texts)
        understood, again = assessed(book)
        second = pipeline.plan(understood, again, Config(), history.written("memory"))

    assert told_of(again) == told_of(assessment)
    assert second.plan.is_empty
    assert not second.plan.skipped


@settings(max_examples=10)
@given(table=tables)
def test_the_same_letters_come_of_the_same_judgement(
    table: list[tuple[Any, ...]],
) -> None:
    _, assessment = assessed(workbook(numbered(table)))
    origin = pipeline.Origin(source="memory", name="memory", lang="en")
    with History.open("sqlite://") as history:
        written = [
            pipeline.letters(assessment, Config(), history, origin) for _ in range(2)
        ]

    assert written[0] == written[1]
    assert len({letter.key for letter in written[0]}) == len(written[0])
