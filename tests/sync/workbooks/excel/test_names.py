"""Defined names as Excel rewrites them when people move, rename and delete."""

from xml.sax.saxutils import escape

import pytest

from sync.workbooks.excel.elements import parse
from sync.workbooks.excel.names import marks
from sync.workbooks.snapshot import OwnMark

SHEETS = ["Tom's goals", "看板"]


def found(name: str, reference: str, sheet: str = "0") -> tuple[OwnMark, ...]:
    workbook = (
        f'<workbook><definedNames><definedName name="{name}" localSheetId="{sheet}" '
        f'hidden="1">{escape(reference)}</definedName></definedNames></workbook>'
    )
    return marks(parse(workbook.encode(), "workbook"), SHEETS)[0].own


@pytest.mark.parametrize(
    "reference", ["'Tom''s goals'!$F$3", "'TOM''S GOALS'!F3", " 'Tom''s goals'!$F$3 "]
)
def test_mark_is_found_under_a_quoted_sheet_name(reference: str) -> None:
    assert found("_followup_status_1", reference) == (OwnMark("status", 3, 6),)


@pytest.mark.parametrize(
    "reference",
    ["'Tom''s goals'!#REF!", "#REF!", "看板!$F$3", "'Tom''s goals'!$F:$F", "1", ""],
)
def test_mark_that_points_nowhere_or_elsewhere_is_none(reference: str) -> None:
    assert found("_followup_status_1", reference) == ()


def test_name_of_the_whole_workbook_or_an_unknown_sheet_is_no_mark() -> None:
    assert found("_followup_status_1", "'Tom''s goals'!$F$3", sheet="") == ()
    assert found("_followup_status_1", "'Tom''s goals'!$F$3", sheet="9") == ()


def test_other_peoples_names_are_no_marks() -> None:
    assert found("status", "'Tom''s goals'!$F$3") == ()
