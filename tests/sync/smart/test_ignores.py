"""One goal asks the lint to leave something unsaid."""

from dataclasses import replace
from datetime import date

import pytest

from sync.cells import CellRef
from sync.config.model import Smart
from sync.records.model import Goal, Origin, Place, Records
from sync.records.parse import parse
from sync.smart.lint import lint
from sync.smart.model import Lint
from sync.tables.recognise import recognise
from sync.workbooks.snapshot import Row, Sheet, Snapshot

TODAY = date(2026, 3, 2)
HEADER = ("编号", "姓名", "目标内容", "衡量指标", "目标值", "截止日期", "备注")
VAGUE = ("提升售后服务质量", None, None, date(2026, 12, 31))
PLAIN = ("缺货率从 6% 降到 3%", "缺货率", "3%", date(2026, 12, 31))
NAMES = ("王芳", "李明", "赵云", "陈晨", "孙莉")


def run(
    first: tuple[object, ...],
    *extra: str,
    header: str = "",
    note: str = "",
    options: Smart | None = None,
) -> Lint:
    """Lint a sheet whose first goal asks for something and whose others do not."""
    more = (header,) if header else ()
    rows: list[tuple[object, ...]] = [(*HEADER, *more)]
    for at, name in enumerate(NAMES, 1):
        rest = (*first, *(extra or ("",))) if at == 1 else PLAIN
        rows.append((f"G{at}", name, *rest))
    sheet = Sheet(
        name="目标",
        index=0,
        rows=tuple(Row(at, values) for at, values in enumerate(rows, 1)),  # type: ignore[arg-type]
        notes={(2, 3): note} if note else {},
    )
    snapshot = Snapshot(locator="m", format="memory", fingerprint="1", sheets=(sheet,))
    records = parse(snapshot, recognise(snapshot, ()), today=TODAY)
    return lint(records, options or Smart(), today=TODAY)


def said(result: Lint) -> set[str]:
    return {it.code for it in (*result.verdicts[0].findings, *result.findings)}


def remarks(result: Lint) -> dict[str, str]:
    return {it.code: it.at.a1 for it in result.findings if it.code[0] == "X" and it.at}


def test_without_an_ignore_the_goal_is_spoken_of() -> None:
    assert said(run(VAGUE)) == {"S101", "M001"}


@pytest.mark.parametrize(
    "words",
    [
        "忽略 S101、M001",
        "已和主管说好，忽略规则：S101，M001。",
        "followup: ignore S101, M001",
        "Agreed in May. Followup: ignore s101 and m001",
        "忽略 S M",
    ],
)
def test_a_comment_or_a_note_keeps_findings_back(words: str) -> None:
    assert said(run(VAGUE, words)) == set()
    assert said(run(VAGUE, note=words)) == set()


@pytest.mark.parametrize(
    "header", ["忽略规则", "Ignore rules", "忽略规则 ignore rules"]
)
def test_a_column_of_its_own_keeps_findings_back(header: str) -> None:
    assert said(run(VAGUE, "", "S101 m001", header=header)) == set()


def test_only_what_was_asked_for_is_kept_back() -> None:
    assert said(run(VAGUE, "忽略 S101")) == {"M001"}


@pytest.mark.parametrize("words", ["这条可以忽略", "please ignore", "忽略供应商 A100"])
def test_ordinary_words_ask_for_nothing(words: str) -> None:
    assert said(run(VAGUE, words)) == {"S101", "M001"}


def test_an_ignore_that_is_no_longer_needed_is_reported_at_its_cell() -> None:
    result = run(PLAIN, "忽略 M001")

    assert remarks(result) == {"X001": "G2"}
    assert "忽略 M001" in result.findings[0].what.in_("zh")


def test_an_unknown_code_is_reported_at_its_cell() -> None:
    result = run(VAGUE, "", "S101 M001 M999", header="忽略规则")

    assert remarks(result) == {"X002": "H2"}


def test_an_ignore_of_a_rule_that_the_config_silences_is_let_be() -> None:
    result = run(PLAIN, "忽略 M001", options=Smart(ignore=("M001",)))

    assert remarks(result) == {}


def test_findings_about_sets_heed_the_row_they_stand_in() -> None:
    place = Place("Goals", 2, {"goal_title": 1})
    goals = [
        Goal(
            key=str(row),
            place=replace(place, row=row),
            origin=Origin("Goals", 1),
            employee="Ann",
            title="Stock-outs from 6% to 3% by June 30",
        )
        for row in (2, 3)
    ]
    twice = lint(Records(goals=tuple(goals)), Smart(), today=TODAY)
    goals[1] = replace(goals[1], ignored={"S301": CellRef("Goals", 3, 2)})
    ignored = lint(Records(goals=tuple(goals)), Smart(), today=TODAY)

    assert [it.code for it in twice.findings] == ["S301"]
    assert ignored.findings == ()
