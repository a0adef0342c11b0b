import pytest

from sync.assess.evaluation.quality import review_wording
from sync.cells import CellRef

AT = CellRef("360", 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "上周的客户会议上，您提前整理了报价并说明了风险，因此客户当场确认了订单。",
        "3月大促期间主动协调仓库加班，缩短了两天发货时间。",
        "在联调阶段能及时同步风险",
        "Shares risks early during integration",
        "Replies slowly, which delays our planning",
        "In the March release you wrote the rollback guide, which saved us two hours.",
        "During the sprint review she explained the delay openly, so the team could replan.",
    ],
)
def test_feedback_with_situation_behaviour_and_impact_is_left_alone(text: str) -> None:
    assert review_wording(text, AT) is None


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("上周例会", ("behaviour", "impact")),
        ("Always on schedule.", ("situation", "behaviour", "impact")),
        ("Wrote the guide.", ("situation", "impact")),
        ("ok then", ("situation", "behaviour", "impact")),
    ],
)
def test_what_a_text_lacks_is_named(text: str, missing: tuple[str, ...]) -> None:
    found = review_wording(text, AT)

    assert found is not None
    assert found.missing == missing
    assert found.at == AT


def test_empty_phrases_and_judged_persons_are_found_in_both_languages() -> None:
    zh = review_wording("提供了帮助，各方面表现不错，就是有点懒。", AT)
    en = review_wording("Good job overall, though lazy and careless.", AT)

    assert zh is not None
    assert en is not None
    assert zh.vague == ("提供了帮助", "各方面", "表现不错")
    assert (zh.traits, en.traits) == (("懒",), ("lazy", "careless"))
    assert en.vague == ("good job",)


def test_no_word_of_a_confidential_text_is_given() -> None:
    found = review_wording("Good job overall, though lazy.", AT, is_confidential=True)

    assert found is not None
    assert (found.vague, found.traits) == ((), ())
    assert found.is_confidential


def test_words_are_not_found_inside_other_words() -> None:
    found = review_wording("Smartphones and the misled led display.", AT)

    assert found is None or "smart" not in found.traits
