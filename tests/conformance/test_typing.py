"""What typed text becomes, and how it is shown."""

from typing import Any

import pytest

from tests.conformance.scratch import Scratch

CASSETTES = "gspread's cassettes"
FORMATS = "https://developers.google.com/workspace/sheets/api/guides/formats"


@pytest.mark.recorded(CASSETTES)
@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        ("12", 12, "12"),
        ("1.50", 1.5, "1.5"),
        ("TRUE", True, "TRUE"),
        ("=2*3", 6, "6"),
        ("2026-01-02", 46024, "2026-01-02"),
    ],
)
def test_typed_text_becomes_a_value(
    scratch: Scratch, typed: str, value: Any, shown: str
) -> None:
    scratch.type("A1", typed)

    assert scratch.raw("A1") == [[value]]
    assert scratch.get("A1") == [[shown]]


@pytest.mark.assumed("what the editor does with the same text")
@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        ("1,234", 1234, "1,234"),
        ("1,234.5", 1234.5, "1,234.50"),
        ("7%", 0.07, "7%"),
        ("7.5%", 0.075, "7.50%"),
        ("$12", 12, "$12"),
        ("1/2/2026", 46024, "1/2/2026"),
        ("1e5", 100_000, "1.00E+05"),
        ("1e400", "1e400", "1e400"),
        ("0042", 42, "42"),
        ("'0042", "0042", "0042"),
        ("+49 30", "+49 30", "+49 30"),
        ("12:30", 0.5208333333333334, "12:30"),
        (" x ", " x ", " x "),
    ],
)
def test_typed_text_becomes_a_value_as_in_the_editor(
    scratch: Scratch, typed: str, value: Any, shown: str
) -> None:
    scratch.type("A1", typed)

    assert scratch.raw("A1") == [[value]]
    assert scratch.get("A1") == [[shown]]


@pytest.mark.documented("reference of ValueInputOption")
@pytest.mark.parametrize("text", ["=1+1", "0042", "TRUE", "2026-01-02", "'x", "+x"])
def test_raw_text_stays_text(scratch: Scratch, text: str) -> None:
    scratch.put("A1", [[text]])

    assert scratch.raw("A1") == [[text]]
    assert scratch.typed("A1") == [[text]]


@pytest.mark.documented("reference of DateTimeRenderOption")
def test_days_are_numbers_unless_texts_are_asked_for(scratch: Scratch) -> None:
    scratch.type("A1", "2026-01-02")
    texts = scratch.get(
        "A1",
        valueRenderOption="UNFORMATTED_VALUE",
        dateTimeRenderOption="FORMATTED_STRING",
    )

    assert scratch.raw("A1") == [[46024]]
    assert texts == [["2026-01-02"]]


@pytest.mark.documented(FORMATS)
@pytest.mark.parametrize(
    ("number", "kind", "pattern", "shown"),
    [
        (12345.125, "NUMBER", "####.#", "12345.1"),
        (12, "NUMBER", "000.0#", "012.0"),
        (12345, "NUMBER", "#,##0.00", "12,345.00"),
        (0.356, "PERCENT", "0.0%", "35.6%"),
        (12345, "SCIENTIFIC", "0.00E+00", "1.23E+04"),
        (-5, "NUMBER", '0;"("0")"', "(5)"),
        (46024, "DATE", "yyyy-mm-dd", "2026-01-02"),
        (46024, "DATE", "d mmmm yyyy", "2 January 2026"),
        (46024.5, "DATE_TIME", "yyyy-mm-dd hh:mm:ss", "2026-01-02 12:00:00"),
        (0.75, "TIME", "h:mm am/pm", "6:00 PM"),
        (1.5, "TIME", "[h]:mm", "36:00"),
    ],
)
def test_a_number_is_shown_in_its_format(
    scratch: Scratch, *, number: float, kind: str, pattern: str, shown: str
) -> None:
    cell = {
        "userEnteredValue": {"numberValue": number},
        "userEnteredFormat": {"numberFormat": {"type": kind, "pattern": pattern}},
    }
    scratch.batch(
        {
            "repeatCell": {
                "range": scratch.box(0, 1, 0, 1),
                "cell": cell,
                "fields": "userEnteredValue,userEnteredFormat.numberFormat",
            }
        }
    )

    assert scratch.get("A1") == [[shown]]


@pytest.mark.assumed("what the editor does in cells that are formatted as text")
def test_a_cell_formatted_as_text_takes_typed_text_as_it_is(scratch: Scratch) -> None:
    text = {"userEnteredFormat": {"numberFormat": {"type": "TEXT", "pattern": "@"}}}
    scratch.batch(
        {
            "repeatCell": {
                "range": scratch.box(0, 1, 0, 1),
                "cell": text,
                "fields": "userEnteredFormat.numberFormat",
            }
        }
    )
    scratch.type("A1", "0042")

    assert scratch.raw("A1") == [["0042"]]


@pytest.mark.assumed("ten digits, as the editor shows")
@pytest.mark.parametrize(
    ("number", "shown"),
    [(1 / 3, "0.3333333333"), (1e20, "1E+20"), (123456789.5, "123456789.5")],
)
def test_a_number_without_a_format_shows_ten_digits(
    scratch: Scratch, number: float, shown: str
) -> None:
    scratch.put("A1", [[number]])

    assert scratch.get("A1") == [[shown]]
