"""Names for tabs of ours."""

import pytest

from sync.workbooks.tabnames import free_name


def test_a_name_that_nobody_has_is_taken_as_it_is() -> None:
    assert free_name("Followup", {"goals"}) == "Followup"


def test_a_name_that_is_taken_in_any_case_is_numbered() -> None:
    assert free_name("Followup", {"followup"}) == "Followup 2"
    assert free_name("Followup", {"followup", "followup 2"}) == "Followup 3"


@pytest.mark.parametrize(
    ("wanted", "name"), [("Q1/Q2", "Q1 Q2"), ("'goals'", "goals"), ("[]", "Followup")]
)
def test_signs_that_excel_refuses_are_left_out(wanted: str, name: str) -> None:
    assert free_name(wanted, set()) == name


def test_a_long_name_keeps_room_for_its_number() -> None:
    long = "x" * 40

    assert free_name(long, set()) == "x" * 31
    assert free_name(long, {"x" * 31}) == "x" * 29 + " 2"
