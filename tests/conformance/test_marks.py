"""What is hung on cells: metadata, protection, conditional formats, charts."""

import pytest

from tests.conformance.scratch import RefusedError, Scratch
from tests.sheets_server.refusals import Json

GUIDE = "https://developers.google.com/workspace/sheets/api/guides/metadata"
REFERENCE = "discovery document sheets.v4"


def hang(key: str, location: Json, **more: object) -> Json:
    metadata = {
        "metadataKey": key,
        "location": location,
        "visibility": "DOCUMENT",
        **more,
    }
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}


def column(scratch: Scratch, at: int) -> Json:
    return {"dimensionRange": scratch.span("COLUMNS", at, at + 1)}


def lookup(key: str) -> Json:
    return {"developerMetadataLookup": {"metadataKey": key}}


@pytest.mark.documented(GUIDE)
def test_metadata_follows_its_column(scratch: Scratch) -> None:
    scratch.put("A1", [["a", "b"]])
    scratch.batch(hang("mark", column(scratch, 1), metadataValue="v"))
    scratch.batch({"insertDimension": {"range": scratch.span("COLUMNS", 0, 2)}})
    body = {"dataFilters": [lookup("mark")]}
    found = scratch.call("POST", "/developerMetadata:search", body)
    values = scratch.call("POST", "/values:batchGetByDataFilter", body)

    (match,) = found["matchedDeveloperMetadata"]
    metadata = match["developerMetadata"]
    assert metadata["metadataValue"] == "v"
    assert metadata["location"] == {
        "locationType": "COLUMN",
        "dimensionRange": scratch.span("COLUMNS", 3, 4),
    }
    assert values["valueRanges"][0]["valueRange"]["values"] == [["b"]]


@pytest.mark.documented(GUIDE)
def test_metadata_goes_with_its_column(scratch: Scratch) -> None:
    scratch.batch(hang("gone", column(scratch, 1)))
    scratch.batch({"deleteDimension": {"range": scratch.span("COLUMNS", 1, 2)}})
    found = scratch.call(
        "POST", "/developerMetadata:search", {"dataFilters": [lookup("gone")]}
    )

    assert found == {}


@pytest.mark.documented(REFERENCE)
def test_an_id_that_is_in_use_refuses_the_whole_batch(scratch: Scratch) -> None:
    location = {"sheetId": scratch.sheet_id}
    number = 5_000_000 + scratch.sheet_id % 1_000_000
    scratch.batch(hang("token", location, metadataId=number))
    with pytest.raises(RefusedError) as refused:
        scratch.batch(
            hang("other", location),
            hang("token", location, metadataId=number),
        )

    assert refused.value.status == 400
    assert f"{number}" in refused.value.message
    found = scratch.call(
        "POST", "/developerMetadata:search", {"dataFilters": [lookup("other")]}
    )
    assert found == {}


@pytest.mark.documented(GUIDE)
def test_metadata_that_is_not_there_is_not_found(scratch: Scratch) -> None:
    with pytest.raises(RefusedError) as refused:
        scratch.call("GET", "/developerMetadata/4242")

    assert refused.value.status == 404


@pytest.mark.documented(REFERENCE)
def test_deleted_metadata_is_given_back(scratch: Scratch) -> None:
    scratch.batch(hang("old", {"sheetId": scratch.sheet_id}))
    (reply,) = scratch.batch({"deleteDeveloperMetadata": {"dataFilter": lookup("old")}})

    (gone,) = reply["deleteDeveloperMetadata"]["deletedDeveloperMetadata"]
    assert gone["metadataKey"] == "old"
    assert gone["location"] == {"locationType": "SHEET", "sheetId": scratch.sheet_id}


@pytest.mark.documented(REFERENCE)
def test_a_write_reaches_a_column_by_its_mark(scratch: Scratch) -> None:
    scratch.batch(hang("mine", column(scratch, 2)))
    answer = scratch.call(
        "POST",
        "/values:batchUpdateByDataFilter",
        {
            "valueInputOption": "RAW",
            "data": [
                {
                    "dataFilter": lookup("mine"),
                    "majorDimension": "COLUMNS",
                    "values": [["x", "y"]],
                }
            ],
        },
    )

    assert answer["totalUpdatedCells"] == 2
    assert scratch.get("C1:C2") == [["x"], ["y"]]


def rule(scratch: Scratch, formula: str) -> Json:
    return {
        "ranges": [scratch.box(1, 100, 0, 2)],
        "booleanRule": {
            "condition": {
                "type": "CUSTOM_FORMULA",
                "values": [{"userEnteredValue": formula}],
            },
            "format": {"textFormat": {"bold": True}},
        },
    }


@pytest.mark.documented(REFERENCE)
def test_rules_are_told_apart_by_their_place_only(scratch: Scratch) -> None:
    for index, formula in enumerate(("=$A2=1", "=$A2=2", "=$A2=3")):
        added = {"rule": rule(scratch, formula), "index": index}
        scratch.batch({"addConditionalFormatRule": added})
    deleted = {"sheetId": scratch.sheet_id, "index": 1}
    (reply,) = scratch.batch({"deleteConditionalFormatRule": deleted})

    condition = reply["deleteConditionalFormatRule"]["rule"]["booleanRule"]["condition"]
    assert condition["values"] == [{"userEnteredValue": "=$A2=2"}]
    assert len(scratch.tab("conditionalFormats")["conditionalFormats"]) == 2


@pytest.mark.documented(REFERENCE)
def test_rules_grow_with_the_rows_inside_them(scratch: Scratch) -> None:
    scratch.batch({"addConditionalFormatRule": {"rule": rule(scratch, "=$A2=1")}})
    scratch.batch({"insertDimension": {"range": scratch.span("ROWS", 5, 7)}})

    (kept,) = scratch.tab("conditionalFormats")["conditionalFormats"]
    assert kept["ranges"] == [scratch.box(1, 102, 0, 2)]


@pytest.mark.documented("quoted in threads about deleting rules in ascending order")
def test_a_rule_that_is_not_there_cannot_be_deleted(scratch: Scratch) -> None:
    with pytest.raises(RefusedError) as refused:
        scratch.batch(
            {"deleteConditionalFormatRule": {"sheetId": scratch.sheet_id, "index": 0}}
        )

    assert refused.value.message == (
        "Invalid requests[0].deleteConditionalFormatRule: No conditional format on "
        f"sheet: {scratch.sheet_id} at index: 0"
    )


@pytest.mark.documented("quoted by projects on GitHub, with other condition types too")
def test_a_rules_formula_must_be_one(scratch: Scratch) -> None:
    with pytest.raises(RefusedError) as refused:
        scratch.batch({"addConditionalFormatRule": {"rule": rule(scratch, "=AND(")}})

    assert refused.value.message == (
        "Invalid requests[0].addConditionalFormatRule: Invalid "
        "ConditionValue.userEnteredValue: =AND( for ConditionType: CUSTOM_FORMULA"
    )


@pytest.mark.recorded("gspread's cassettes")
def test_who_protects_a_range_stays_its_editor(scratch: Scratch) -> None:
    protected = {
        "range": scratch.box(0, 2, 0, 2),
        "editors": {"users": [], "groups": []},
    }
    (reply,) = scratch.batch({"addProtectedRange": {"protectedRange": protected}})
    (kept,) = scratch.tab("protectedRanges")["protectedRanges"]

    made = reply["addProtectedRange"]["protectedRange"]
    assert made["editors"] == {}
    assert made["requestingUserCanEdit"] is True
    assert len(kept["editors"]["users"]) >= 1


@pytest.mark.documented(REFERENCE)
def test_a_chart_keeps_its_id_and_its_new_spec(scratch: Scratch) -> None:
    anchor = {"sheetId": scratch.sheet_id, "rowIndex": 3}
    source = {"sources": [scratch.box(0, 4, 0, 1)]}
    spec = {
        "title": "How many",
        "basicChart": {
            "chartType": "COLUMN",
            "series": [{"series": {"sourceRange": source}}],
        },
    }
    position = {"overlayPosition": {"anchorCell": anchor}}
    (reply,) = scratch.batch(
        {"addChart": {"chart": {"spec": spec, "position": position}}}
    )
    number = reply["addChart"]["chart"]["chartId"]
    scratch.batch(
        {"updateChartSpec": {"chartId": number, "spec": spec | {"title": "Now"}}}
    )

    (chart,) = scratch.tab("charts(chartId,spec.title)")["charts"]
    assert chart == {"chartId": number, "spec": {"title": "Now"}}
    scratch.batch({"deleteEmbeddedObject": {"objectId": number}})
    assert scratch.tab("charts") == {}


@pytest.mark.assumed("cells move when they are sorted, rows do not")
def test_metadata_of_a_row_does_not_follow_a_sort(scratch: Scratch) -> None:
    scratch.put("A1", [["b"], ["a"]])
    row = {"dimensionRange": scratch.span("ROWS", 0, 1)}
    scratch.batch(hang("row", row))
    spec = {"dimensionIndex": 0, "sortOrder": "ASCENDING"}
    scratch.batch(
        {"sortRange": {"range": scratch.box(0, 2, 0, 1), "sortSpecs": [spec]}}
    )
    body = {"dataFilters": [lookup("row")]}
    found = scratch.call("POST", "/values:batchGetByDataFilter", body)

    assert found["valueRanges"][0]["valueRange"]["values"] == [["a"]]


@pytest.mark.assumed("how a sync can see in one call that keys stayed where they were")
def test_a_write_of_nothing_gives_back_what_its_mark_holds(scratch: Scratch) -> None:
    scratch.put("A1", [["k"], ["G-1"]])
    scratch.batch(hang("key", column(scratch, 0)))
    nothing = {
        "dataFilter": lookup("key"),
        "majorDimension": "COLUMNS",
        "values": [],
    }
    answer = scratch.call(
        "POST",
        "/values:batchUpdateByDataFilter",
        {
            "valueInputOption": "RAW",
            "includeValuesInResponse": True,
            "data": [nothing],
        },
    )

    assert answer["responses"][0]["updatedData"]["values"] == [["k"], ["G-1"]]


@pytest.mark.assumed("a rule's formula is written for the first cell of its range")
def test_a_rules_formula_follows_its_range(scratch: Scratch) -> None:
    scratch.batch({"addConditionalFormatRule": {"rule": rule(scratch, "=$A2=1")}})
    scratch.batch({"insertDimension": {"range": scratch.span("ROWS", 0, 1)}})

    (kept,) = scratch.tab("conditionalFormats")["conditionalFormats"]
    assert kept["ranges"][0]["startRowIndex"] == 2
    condition = kept["booleanRule"]["condition"]
    assert condition["values"] == [{"userEnteredValue": "=$A3=1"}]


@pytest.mark.assumed("the effective format holds what rules add")
def test_a_rule_shows_in_the_format_that_a_cell_ends_up_with(scratch: Scratch) -> None:
    scratch.put("A1", [["head"], [1], [2]])
    scratch.batch({"addConditionalFormatRule": {"rule": rule(scratch, "=$A2=1")}})
    rows = scratch.cells("A1:A3", "effectiveFormat.textFormat.bold")

    assert [row[0]["effectiveFormat"]["textFormat"]["bold"] for row in rows] == [
        False,
        True,
        False,
    ]
