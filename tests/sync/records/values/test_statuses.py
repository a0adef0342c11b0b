import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.records.model import Status
from sync.records.values.statuses import Claim, read_status

CLAIMS = {
    Status.ACHIEVED: "完成 已完成 达标 已达成 Completed COMPLETED Complete done Achieved met ✅",
    Status.AHEAD: "超前 提前 ahead",
    Status.ON_TRACK: "正常 按计划 绿 绿灯 on-track On_Track Green g 🟢",
    Status.NOT_STARTED: "未开始 未启动 待启动 not_started Not-Started",
    Status.AT_RISK: "风险 有风险 黄 amber Yellow at-risk A 🟡",
    Status.BEHIND: "滞后 延期 未达标 红 Behind Delayed off-track R 🔴",
    Status.OVERDUE: "逾期 已超期 Overdue past-due",
    Status.CLOSED: "暂停 取消 撤销 终止 on-hold OnHold Cancelled canceled Suspended closed",
}
WORDS = [(word, status) for status, words in CLAIMS.items() for word in words.split()]


@pytest.mark.parametrize(("word", "status"), WORDS)
def test_status_words_of_both_languages_are_known(word: str, status: Status) -> None:
    assert read_status(word) == Claim(status)


@pytest.mark.parametrize(
    "word",
    [
        "进行中",
        "进行中 ",
        "In Progress",
        "Inprogress",
        "In-Progress",
        "ONGOING",
        "已开始",
        "WIP",
    ],
)
def test_words_that_merely_say_work_goes_on_are_weak_claims(word: str) -> None:
    assert read_status(word) == Claim(Status.ON_TRACK, is_weak=True)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Complted", Status.ACHIEVED),
        ("In Progess", Status.ON_TRACK),
        ("Not Strated", Status.NOT_STARTED),
        ("已完成，待验收", Status.ACHIEVED),
        ("延期（供应商原因）", Status.BEHIND),
        ("🟢 On track", Status.ON_TRACK),
        ("1. Completed", Status.ACHIEVED),
        ("At risk - waiting for IT", Status.AT_RISK),
    ],
)
def test_slips_and_asides_are_forgiven(text: str, status: Status) -> None:
    claim = read_status(text)

    assert claim is not None
    assert claim.status is status


@pytest.mark.parametrize(
    "text", ["未完成", "incomplete", "not completed", "待确认", "否"]
)
def test_some_words_take_no_side(text: str) -> None:
    assert read_status(text) == Claim(None)


@pytest.mark.parametrize(
    "text", ["uncompleted", "Awaiting client input", "50%", "完成4条", "see mail", ""]
)
def test_other_words_are_unknown(text: str) -> None:
    assert read_status(text) is None


def test_yes_is_a_claim_only_where_the_header_asks() -> None:
    assert read_status("是") is None
    assert read_status("是", is_question=True) == Claim(Status.ACHIEVED)
    assert read_status("否", is_question=True) == Claim(None)


@given(st.text(max_size=40))
def test_any_text_can_be_asked(text: str) -> None:
    claim = read_status(text)

    assert claim is None or claim.status in {None, *Status}
