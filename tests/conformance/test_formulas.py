"""What formulas come to, in particular the one that lookup mode writes."""

from typing import Any

import pytest

from tests.conformance.scratch import Scratch

HELP = "https://support.google.com/docs/table/25273"


@pytest.mark.documented(HELP)
@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=1+2*3^2", 19),
        ("=-2^2", 4),
        ('="a"&1.5&TRUE', "a1.5TRUE"),
        ('="ABC"="abc"', True),
        ('=EXACT("ABC";"abc")', False),
        ("=1/0", "#DIV/0!"),
        ("=NOSUCH(1)", "#NAME?"),
        ("=1+", "#ERROR!"),
        ('=IFERROR(1/0;"e")', "e"),
        ('=N("followup:late")', 0),
        ('=IF(A1="";"blank";"full")', "blank"),
        ("=ISBLANK(A1)", True),
        ('=COUNTIF({"x";"y";"x"};"x")', 2),
        ("=LET(a;2;a*3)", 6),
        ('=TEXT(46024;"yyyy-mm-dd")', "2026-01-02"),
        ('=XLOOKUP("*";{"a";"*"};{1;2};"")', 2),
        ('=VLOOKUP("*";{"a"\\1};2;FALSE)', 1),
        ('=XLOOKUP("B";{"a";"b"};{1;2};"")', 2),
        ('=XLOOKUP("z";{"a";"b"};{1;2};"none")', "none"),
        ('=XLOOKUP("1";{1;2};{3;4};"")', ""),
        ('=HYPERLINK("#gid=0&range=A1";"here")', "here"),
    ],
)
def test_a_formula_comes_to_its_value(
    scratch: Scratch, formula: str, value: Any
) -> None:
    scratch.type("C1", formula)

    assert (scratch.raw("C1") or [[""]]) == [[value]]


@pytest.mark.documented(HELP)
def test_an_array_fills_the_cells_below(scratch: Scratch) -> None:
    scratch.put("A1", [["a"], ["b"], [""], ["c"]])
    scratch.type("B1", '=ARRAYFORMULA(IF(A1:A="";"";A1:A&"!"))')

    assert scratch.get("B1:B5") == [["a!"], ["b!"], [], ["c!"]]
    assert scratch.typed("B1:B2") == [
        ['=ARRAYFORMULA(IF(A1:A="";"";A1:A&"!"))'],
        ["b!"],
    ]


@pytest.mark.documented(HELP)
def test_an_array_that_meets_somebodys_text_says_so_and_writes_nothing(
    scratch: Scratch,
) -> None:
    scratch.put("B3", [["mine"]])
    scratch.type("B1", "=SEQUENCE(5)")
    ((cell,),) = scratch.cells("B1", "effectiveValue")

    assert scratch.get("B1:B5") == [["#REF!"], [], ["mine"]]
    assert cell["effectiveValue"]["errorValue"]["type"] == "REF"
    assert "overwrite data in B3" in cell["effectiveValue"]["errorValue"]["message"]


@pytest.mark.documented(HELP)
def test_a_status_stands_beside_its_key_wherever_rows_go(scratch: Scratch) -> None:
    scratch.put("F1", [["key", "status"], ["G-1", "late"], ["G-2", "done"]])
    scratch.put("A1", [["ID"], ["G-2"], ["G-1"], ["G-9"]])
    scratch.type(
        "B1",
        '=ARRAYFORMULA(IF(ROW(A1:A)=ROW(A1);"Status";'
        'IF(A1:A="";"";XLOOKUP(A1:A;F$2:F;G$2:G;""))))',
    )
    shown = [["ID", "Status"], ["G-2", "done"], ["G-1", "late"], ["G-9"]]

    assert scratch.get("A1:B9") == shown
    spec = {"dimensionIndex": 0, "sortOrder": "ASCENDING"}
    scratch.batch(
        {"sortRange": {"range": scratch.box(1, 4, 0, 1), "sortSpecs": [spec]}}
    )
    assert scratch.get("A1:B9") == [shown[0], shown[2], shown[1], shown[3]]


@pytest.mark.assumed("a row put in below the header does not move the range's start")
def test_a_row_put_in_below_the_header_is_covered(scratch: Scratch) -> None:
    scratch.put("A1", [["ID"], ["G-1"]])
    scratch.type("B1", '=ARRAYFORMULA(IF(ROW(A1:A)=1;"Status";A1:A&"!"))')
    scratch.batch({"insertDimension": {"range": scratch.span("ROWS", 1, 2)}})
    scratch.put("A2", [["G-0"]])

    assert scratch.get("B1:B3") == [["Status"], ["G-0!"], ["G-1!"]]


MEASURED = "cells that a project on GitHub wrote to the real API and read back"


@pytest.mark.documented(MEASURED)
@pytest.mark.parametrize(
    ("formula", "kind", "message"),
    [
        ("=1/0", "DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero."),
        ("=NotARealFunction()", "NAME", "Unknown function: 'NotARealFunction'."),
        ("=1+", "ERROR", "Formula parse error."),
        ('=VLOOKUP("nope";D1:D2;1;FALSE)', "N_A",
         "Did not find value 'nope' in VLOOKUP evaluation."),
        ('="a"+1', "VALUE",
         ("Function ADD parameter 1 expects number values. But 'a' is a text and cannot "
          "be coerced to a number.")),
        ("=LAMBDA(x;x+1)", "N_A",
         "Function LAMBDA should be followed by a call containing the actual values."),
        ("=SEQUENCE(1;11)", "REF",
         "Result was not automatically expanded, please insert more columns (1)."),
    ],
)  # fmt: skip
def test_an_error_says_what_is_wrong(
    scratch: Scratch, formula: str, kind: str, message: str
) -> None:
    scratch.type("A1", formula)
    ((cell,),) = scratch.cells("A1", "effectiveValue")

    assert cell["effectiveValue"]["errorValue"] == {"type": kind, "message": message}


@pytest.mark.documented(MEASURED)
def test_an_empty_text_looks_like_a_blank_and_is_none(scratch: Scratch) -> None:
    scratch.type("A1", '=""', "=IF(;;)", "=ISBLANK(A1)", "=ISBLANK(A2)", "=A1=A2")
    rows = scratch.cells("A1:A2", "effectiveValue,formattedValue")

    assert rows in ([], [[{}], [{}]], [[], []])
    assert scratch.raw("A3:A5") == [[False], [True], [True]]


@pytest.mark.documented(MEASURED)
def test_a_link_shows_in_the_format_that_a_cell_ends_up_with(scratch: Scratch) -> None:
    scratch.type("A1", '=HYPERLINK("https://example.com";"click")')
    fields = (
        "hyperlink,effectiveFormat(hyperlinkDisplayType,textFormat(link,underline))"
    )
    ((cell,),) = scratch.cells("A1", fields)

    assert cell == {
        "hyperlink": "https://example.com",
        "effectiveFormat": {
            "hyperlinkDisplayType": "LINKED",
            "textFormat": {"underline": True, "link": {"uri": "https://example.com"}},
        },
    }


@pytest.mark.documented(MEASURED)
def test_a_day_is_shown_as_a_day_wherever_it_is_looked_up(scratch: Scratch) -> None:
    scratch.type("A1", "=DATE(2023;3;19)", "=A1", "2026-01-02", "=A3", "=A3+1")

    assert scratch.get("A1:A2") == [["3/19/2023"], ["3/19/2023"]]
    assert scratch.get("A4") == [["2026-01-02"]]
    assert scratch.raw("A1:A5") == [[45004], [45004], [46024], [46024], [46025]]


@pytest.mark.assumed("numbers keep their format through lookups as well")
def test_a_day_is_shown_as_a_day_through_a_lookup(scratch: Scratch) -> None:
    scratch.put("F1", [["G-1"]])
    scratch.type("G1", "2026-01-02")
    scratch.put("A1", [["G-0"], ["G-1"]])
    scratch.type("B1", '=ARRAYFORMULA(IF(A1:A="";"";XLOOKUP(A1:A;F1:F;G1:G;"")))')

    assert scratch.get("B1:B3") == [[], ["2026-01-02"]]
    assert scratch.raw("B2") == [[46024]]
