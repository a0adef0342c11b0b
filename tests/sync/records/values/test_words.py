from datetime import date

import pytest

from sync.records import wording as of_people
from sync.records.model import Direction
from sync.records.values import wording as of_values
from sync.records.values.booleans import read_boolean
from sync.records.values.directions import direction_of, read_direction
from sync.records.values.names import (
    family_name_of_title,
    name_key,
    read_address,
    split_names,
)
from sync.records.values.numerals import with_digits
from sync.records.values.relationships import read_relationship
from sync.records.values.spelling import is_slip_of
from sync.records.values.texts import id_of, name_of, number_text, text_of
from sync.records.values.unreadable import Notice, UnreadableCell
from sync.workbooks.snapshot import Percent, RawValue


@pytest.mark.parametrize(
    ("raw", "direction"),
    [
        ("越低越好", Direction.LOWER),
        ("越高越好", Direction.HIGHER),
        ("min", Direction.LOWER),
        ("maximize", Direction.HIGHER),
        ("reduce", Direction.LOWER),
        ("Grow", Direction.HIGHER),
        ("≤", Direction.LOWER),
        ("target", Direction.TARGET_IS_BEST),
        ("里程碑", Direction.MILESTONE),
        ("是/否", Direction.YES_NO),
        ("UNKNOWN", None),
        ("滞后/结果性指标", None),
        ("", None),
    ],
)
def test_directions_are_read_from_words(raw: str, direction: Direction | None) -> None:
    assert read_direction(raw) is direction


def test_an_unknown_direction_is_a_finding() -> None:
    with pytest.raises(UnreadableCell):
        read_direction("看情况")


def test_a_comparator_tells_the_direction() -> None:
    assert direction_of("<=") is Direction.LOWER
    assert direction_of(">") is Direction.HIGHER
    assert direction_of("=") is None
    assert direction_of("") is None


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("是", True), ("√", True), ("Y", True), ("已签字", True), (True, True), (1, True),
        (date(2026, 1, 1), True), ("否", False), ("No", False), ("×", False), (0, False),
        ("未确认", False), (False, False), (None, None), ("-", None),
    ],
)  # fmt: skip
def test_yes_and_no_in_many_spellings(raw: RawValue, answer: bool | None) -> None:
    assert read_boolean(raw) is answer


def test_neither_yes_nor_no_is_a_finding() -> None:
    with pytest.raises(UnreadableCell):
        read_boolean("改天再说")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("廖梦洁、夏宇轩", ("廖梦洁", "夏宇轩")),
        ("Marcus Brandt/Tomas Fischer", ("Marcus Brandt", "Tomas Fischer")),
        ("Ann Lee; Bob Ray", ("Ann Lee", "Bob Ray")),
        ("Ann Lee & Bob Ray", ("Ann Lee", "Bob Ray")),
        ("Ann Lee and Bob Ray", ("Ann Lee", "Bob Ray")),
        ("Ann Lee, Bob Ray", ("Ann Lee", "Bob Ray")),
        ("Smith, John", ("Smith, John",)),
        ("张 三，李四", ("张三", "李四")),
        ("张三\n李四", ("张三", "李四")),
        ("Anderson", ("Anderson",)),
        ("", ()),
    ],
)
def test_cells_with_several_names_are_split(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann  LEE", "ann lee"),
        ("Smith, John", "John Smith"),
        ("王小明（总部）", "王小明"),
    ],
)
def test_names_compare_without_case_order_and_additions(one: str, other: str) -> None:
    assert name_key(name_of(one)) == name_key(other)


def test_forms_of_address_give_the_family_name() -> None:
    assert family_name_of_title("王工") == "王"
    assert family_name_of_title("李经理") == "李"
    assert family_name_of_title("王小明") == ""


def test_addresses_are_lower_case_and_without_a_name() -> None:
    assert read_address(" Ann Lee <Ann.Lee@Example.COM> ") == "ann.lee@example.com"
    assert read_address("-") == ""


@pytest.mark.parametrize(
    "text", ["ann.lee", "ann@lee", "ann lee@example.com", "@x.com"]
)
def test_a_broken_address_is_a_finding(text: str) -> None:
    with pytest.raises(UnreadableCell) as caught:
        read_address(text)

    assert caught.value.code == "D170"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("自评", "self"), ("直属上级", "manager"), ("同事", "peer"), ("下属", "report"),
        ("Direct report", "report"), ("Peer", "peer"), ("客户", "other"), ("导师", "导师"),
    ],
)  # fmt: skip
def test_relationships_have_one_spelling(raw: str, name: str) -> None:
    assert read_relationship(raw) == name


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("二〇二六年", "2026年"), ("十二月", "12月"), ("二十五", "25"), ("一百零五", "105"),
        ("1.5万", "1.5万"), ("三万五千", "35000"), ("没有", "没有"),
    ],
)  # fmt: skip
def test_chinese_numerals_become_digits(text: str, digits: str) -> None:
    assert with_digits(text) == digits


def test_slips_are_small() -> None:
    assert is_slip_of("complted", "completed")
    assert is_slip_of("on tarck", "on track")
    assert not is_slip_of("done", "none")
    assert not is_slip_of("started", "not started")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (20417.0, "20417"),
        ("0042", "0042"),
        ("２０４", "204"),
        (0.1 + 0.2, "0.3"),
        (Percent(0.985), "98.5%"),
    ],
)
def test_numbers_are_shown_as_the_sheet_shows_them(raw: RawValue, text: str) -> None:
    assert id_of(raw) == text


def test_texts_of_odd_numbers_do_not_crash() -> None:
    assert text_of(float("inf")) == "inf"
    assert number_text(Percent(float("nan"))) == "nan"
    assert number_text(1e300) == "1e+300"


def test_every_notice_has_its_own_code_and_both_languages() -> None:
    said = (*vars(of_values).values(), *vars(of_people).values())
    notices = [one for one in said if isinstance(one, Notice)]
    codes = [it.code for it in notices]

    assert len(set(codes)) == len(codes)
    for notice in notices:
        slots = {
            "text": "x",
            "one": "1",
            "other": "2",
            "year": 1,
            "listed": "l",
            "name": "n",
            "total": "3",
            "first": "5",
            "last": "6",
            "target": "4",
        }
        filled = notice.about(**slots)  # type: ignore[arg-type]
        assert filled.what.in_("zh")
        assert filled.what.in_("en")[0].islower() or filled.what.in_("en")[0] in "\"'"
        assert not filled.what.in_("en").endswith(".")
        assert not filled.what.in_("zh").endswith("。")
