"""Cells as CellData: typed values, notes, formats, validation."""

import pytest

from tests.conformance.scratch import RefusedError, Scratch
from tests.sheets_server.refusals import Json

CASSETTES = "gspread's cassettes"
MEASURED = "answers of the real API that projects on GitHub quote or test against"
REFERENCE = "discovery document sheets.v4"


def update(scratch: Scratch, fields: str, *cells: Json) -> Json:
    return {
        "updateCells": {
            "range": scratch.box(0, 1, 0, max(len(cells), 1)),
            "rows": [{"values": list(cells)}],
            "fields": fields,
        }
    }


@pytest.mark.documented(REFERENCE)
def test_a_typed_text_never_becomes_a_formula(scratch: Scratch) -> None:
    text = {"userEnteredValue": {"stringValue": "=1+1"}}
    formula = {"userEnteredValue": {"formulaValue": "=1+1"}}
    scratch.batch(update(scratch, "userEnteredValue", text, formula))

    assert scratch.raw("A1:B1") == [["=1+1", 2]]
    assert scratch.cells("A1:B1", "userEnteredValue,effectiveValue") == [
        [
            text | {"effectiveValue": {"stringValue": "=1+1"}},
            formula | {"effectiveValue": {"numberValue": 2}},
        ]
    ]


@pytest.mark.recorded(CASSETTES)
def test_a_mask_of_notes_leaves_values_alone(scratch: Scratch) -> None:
    scratch.put("A1", [["kept"]])
    scratch.batch(update(scratch, "note", {"note": "remember"}))

    assert scratch.cells("A1:B1", "note") == [[{"note": "remember"}]]
    assert scratch.get("A1") == [["kept"]]


@pytest.mark.documented(REFERENCE)
def test_fields_named_but_not_given_are_cleared(scratch: Scratch) -> None:
    scratch.put("A1", [["gone", "gone too"]])
    scratch.batch(update(scratch, "userEnteredValue", {}, {}))

    assert scratch.get("A1:B1") == []


@pytest.mark.documented(MEASURED)
def test_a_write_without_a_mask_is_refused(scratch: Scratch) -> None:
    with pytest.raises(RefusedError) as refused:
        scratch.batch(update(scratch, "", {"note": "x"}))

    assert refused.value.message == (
        "Invalid requests[0].updateCells: At least one field must be listed in "
        "'fields'. (Use '*' to indicate all fields.)"
    )


@pytest.mark.recorded(CASSETTES)
def test_a_format_comes_back_with_both_spellings_of_its_colour(
    scratch: Scratch,
) -> None:
    format_ = {
        "backgroundColor": {"red": 1, "green": 0.5},
        "textFormat": {"bold": True},
    }
    scratch.batch(update(scratch, "userEnteredFormat", {"userEnteredFormat": format_}))

    kept = {"red": 1, "green": 0.49803922}
    assert scratch.cells("A1", "userEnteredFormat") == [
        [
            {
                "userEnteredFormat": {
                    "backgroundColor": kept,
                    "backgroundColorStyle": {"rgbColor": kept},
                    "textFormat": {"bold": True},
                }
            }
        ]
    ]


@pytest.mark.documented(REFERENCE)
def test_appended_cells_go_below_the_last_row_with_data(scratch: Scratch) -> None:
    scratch.put("B2", [["x"]])
    scratch.batch(
        {
            "appendCells": {
                "sheetId": scratch.sheet_id,
                "rows": [{"values": [{"userEnteredValue": {"numberValue": 7}}]}],
                "fields": "userEnteredValue",
            }
        }
    )

    assert scratch.raw("A3") == [[7]]


@pytest.mark.documented("quoted in many threads")
def test_a_cell_holds_fifty_thousand_characters(scratch: Scratch) -> None:
    with pytest.raises(RefusedError, match="maximum of 50000 characters"):
        scratch.put("A1", [["x" * 50_001]])

    scratch.put("A1", [["x" * 50_000]])
    assert len(scratch.get("A1")[0][0]) == 50_000


@pytest.mark.documented(REFERENCE)
@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"addSheet": {"propertis": {}}},
         ('Invalid JSON payload received. Unknown name "propertis" at '
          "'requests[0].add_sheet': Cannot find field.")),
        ({"deleteSheet": {"sheetId": "x"}},
         "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), \"x\""),
    ],
)  # fmt: skip
def test_what_the_schema_does_not_know_is_refused(
    scratch: Scratch, request_: Json, message: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        scratch.batch(request_)

    assert refused.value.message == message


@pytest.mark.documented(MEASURED)
def test_fields_that_do_not_exist_cannot_be_read(scratch: Scratch) -> None:
    fields = "sheets.data.rowData.values.effectiveFormat.type"
    reply = scratch.session.get(scratch.base, params={"fields": fields}, timeout=60)
    error = reply.json()["error"]

    assert reply.status_code == 400
    assert error["message"] == "Request contains an invalid argument."
    assert error["details"][0]["fieldViolations"] == [
        {
            "field": fields,
            "description": "Error expanding 'fields' parameter. Cannot find matching "
            f"fields for path '{fields}'.",
        }
    ]


@pytest.mark.assumed("in the words of requests with an invalid argument")
def test_fields_that_do_not_exist_cannot_be_written(scratch: Scratch) -> None:
    with pytest.raises(RefusedError, match="nosuch"):
        scratch.batch(
            {
                "updateSheetProperties": {
                    "properties": {"sheetId": scratch.sheet_id},
                    "fields": "gridProperties.nosuch",
                }
            }
        )


@pytest.mark.documented(MEASURED)
def test_a_typed_address_becomes_a_link_and_a_text_does_not(scratch: Scratch) -> None:
    address = "https://example.com/goals"
    text = {"userEnteredValue": {"stringValue": address}}
    scratch.batch(update(scratch, "userEnteredValue", {}, text))
    scratch.type("A1", address)
    scratch.type("C1", f'=HYPERLINK("{address}";"here")')
    ((typed, plain, formula),) = scratch.cells("A1:C1", "hyperlink,formattedValue")

    assert typed == {"hyperlink": address, "formattedValue": address}
    assert plain == {"formattedValue": address}
    assert formula == {"hyperlink": address, "formattedValue": "here"}


@pytest.mark.assumed("replace as the editor does, without the case")
def test_find_and_replace_counts_what_it_did(scratch: Scratch) -> None:
    scratch.put("A1", [["on track", "On Track, on track"], ["other"]])
    (reply,) = scratch.batch(
        {
            "findReplace": {
                "find": "on track",
                "replacement": "late",
                "sheetId": scratch.sheet_id,
            }
        }
    )

    assert scratch.get("A1:B2") == [["late", "late, late"], ["other"]]
    assert reply["findReplace"] == {
        "valuesChanged": 2,
        "rowsChanged": 1,
        "sheetsChanged": 1,
        "occurrencesChanged": 3,
    }
