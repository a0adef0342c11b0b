"""Reading and writing values."""

import pytest

from tests.conformance.scratch import RefusedError, Scratch

GUIDE = "https://developers.google.com/workspace/sheets/api/guides/values"
REFERENCE = "discovery document sheets.v4"
CASSETTES = "gspread's cassettes"
MEASURED = "answers of the real API that projects on GitHub quote or test against"


@pytest.mark.recorded(CASSETTES)
def test_blank_ends_are_cut_off(scratch: Scratch) -> None:
    scratch.put("A1", [["a", "", "b", ""], ["", ""], ["c"]])

    assert scratch.get("A1:D9") == [["a", "", "b"], [], ["c"]]


@pytest.mark.recorded(CASSETTES)
def test_a_blank_range_has_no_values_at_all(scratch: Scratch) -> None:
    answer = scratch.call("GET", scratch.path("B2:C3"))

    assert answer == {"range": scratch.a1("B2:C3"), "majorDimension": "ROWS"}


@pytest.mark.recorded(CASSETTES)
def test_columns_come_as_asked(scratch: Scratch) -> None:
    scratch.put("A1", [["a", "b"], ["", "c"]])

    assert scratch.get("A1:C3", majorDimension="COLUMNS") == [["a"], ["b", "c"]]


@pytest.mark.recorded(CASSETTES)
def test_an_answer_cuts_its_range_to_the_grid(scratch: Scratch) -> None:
    answer = scratch.call("GET", scratch.path("A1:Z"))

    assert answer["range"] == scratch.a1("A1:J100")


@pytest.mark.documented(GUIDE)
def test_a_null_leaves_its_cell_and_an_empty_text_clears_it(scratch: Scratch) -> None:
    scratch.put("A1", [["a", "b", "c"]])
    answer = scratch.put("A1:C1", [[None, "", "d"]])

    assert scratch.get("A1:C1") == [["a", "", "d"]]
    assert answer["updatedCells"] == 2


@pytest.mark.recorded(CASSETTES)
def test_a_write_says_what_it_wrote(scratch: Scratch) -> None:
    assert scratch.put("B2", [["a", 1], ["b", 2]]) == {
        "spreadsheetId": scratch.spreadsheet,
        "updatedRange": scratch.a1("B2:C3"),
        "updatedRows": 2,
        "updatedColumns": 2,
        "updatedCells": 4,
    }


@pytest.mark.documented(MEASURED)
def test_a_write_past_the_grid_is_refused(scratch: Scratch) -> None:
    with pytest.raises(RefusedError) as beyond:
        scratch.put("L1", [["far"]])
    with pytest.raises(RefusedError) as over:
        scratch.put("A99", [["in"], ["in"], ["out"]])

    assert beyond.value.message == (
        f"Range ({scratch.a1('L1')}) exceeds grid limits. "
        "Max rows: 100, max columns: 10"
    )
    assert over.value.message == (
        f"Requested writing within range [{scratch.a1('A99')}], "
        "but tried writing to row [101]"
    )


@pytest.mark.documented("guide of values.append")
def test_an_append_makes_room_for_itself(scratch: Scratch) -> None:
    scratch.put("A100", [["last"]])
    scratch.call(
        "POST",
        scratch.path("A1:A100") + ":append",
        {"values": [["more"], ["and more"]]},
        valueInputOption="RAW",
    )

    grid = scratch.tab("properties")["properties"]["gridProperties"]
    assert grid["rowCount"] == 102


@pytest.mark.documented(MEASURED)
def test_more_rows_than_the_range_has_are_refused(scratch: Scratch) -> None:
    with pytest.raises(RefusedError) as refused:
        scratch.put("A1:B2", [["a"], ["b"], ["c"]])

    assert refused.value.message == (
        f"Requested writing within range [{scratch.a1('A1:B2')}], "
        "but tried writing to row [3]"
    )
    assert scratch.get("A1:B3") == []


@pytest.mark.documented(MEASURED)
def test_a_value_inside_a_value_is_refused(scratch: Scratch) -> None:
    with pytest.raises(RefusedError, match=r"^Invalid values\[0\]\[0\]: list_value"):
        scratch.put("A1", [[["x"]]])


@pytest.mark.documented(MEASURED)
@pytest.mark.parametrize(
    ("cells", "named"),
    [("A101", "A101"), ("K1:L", "K1:L"), ("101:102", "101:102"), ("A101:Z", "A101:Z")],
)
def test_a_range_past_the_grid_is_named_as_it_is_open(
    scratch: Scratch, cells: str, named: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        scratch.get(cells)

    assert refused.value.message == (
        f"Range ({scratch.a1(named)}) exceeds grid limits. "
        "Max rows: 100, max columns: 10"
    )


@pytest.mark.recorded(CASSETTES)
def test_a_text_where_rows_belong_is_refused_in_these_words(scratch: Scratch) -> None:
    with pytest.raises(RefusedError) as refused:
        scratch.call("PUT", scratch.path("A1"), {"values": "X"}, valueInputOption="RAW")

    assert refused.value.message == (
        "Invalid value at 'data.values' "
        '(type.googleapis.com/google.protobuf.ListValue), "X"'
    )


@pytest.mark.documented(REFERENCE)
def test_a_write_must_say_how_it_means_its_values(scratch: Scratch) -> None:
    with pytest.raises(RefusedError, match="'valueInputOption' is required"):
        scratch.call("PUT", scratch.path("A1"), {"values": [["a"]]})


@pytest.mark.documented(REFERENCE)
def test_clearing_keeps_formats_and_names_the_range(scratch: Scratch) -> None:
    scratch.type("A1", "7%")
    answer = scratch.call("POST", scratch.path("A1:B") + ":clear")
    scratch.put("A1", [[0.5]])

    assert answer["clearedRange"] == scratch.a1("A1:B100")
    assert scratch.get("A1") == [["50%"]]


@pytest.mark.recorded(CASSETTES)
def test_an_append_goes_below_the_table_that_its_range_touches(
    scratch: Scratch,
) -> None:
    scratch.put("A1", [["x", "", "y"]])
    answer = scratch.call(
        "POST",
        scratch.path("A1") + ":append",
        {"values": [["z"]]},
        valueInputOption="RAW",
    )

    assert answer["tableRange"] == scratch.a1("A1")
    assert answer["updates"]["updatedRange"] == scratch.a1("A2")


@pytest.mark.documented(GUIDE)
def test_a_batch_of_writes_is_counted_together(scratch: Scratch) -> None:
    data = [
        {"range": scratch.a1("A1"), "values": [["a", "b"]]},
        {"range": scratch.a1("A2"), "values": [["c"]]},
    ]
    answer = scratch.call(
        "POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data}
    )

    assert answer["totalUpdatedCells"] == 3
    assert answer["totalUpdatedRows"] == 2
    assert answer["totalUpdatedColumns"] == 2
    assert answer["totalUpdatedSheets"] == 1
    assert [one["updatedRange"] for one in answer["responses"]] == [
        scratch.a1("A1:B1"),
        scratch.a1("A2"),
    ]


@pytest.mark.documented(GUIDE)
def test_a_batch_of_writes_with_one_bad_range_writes_nothing(scratch: Scratch) -> None:
    data = [
        {"range": scratch.a1("A1"), "values": [["a"]]},
        {"range": scratch.a1("A1:A2"), "values": [["a"], ["b"], ["c"]]},
    ]
    with pytest.raises(RefusedError):
        scratch.call(
            "POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data}
        )

    assert scratch.get("A1:A9") == []


@pytest.mark.recorded(CASSETTES)
def test_several_ranges_come_in_the_order_asked_for(scratch: Scratch) -> None:
    scratch.put("A1", [["a", "b"], ["c", "d"]])
    answer = scratch.call(
        "GET", "/values:batchGet", ranges=[scratch.a1("B:B"), scratch.a1("A1")]
    )

    assert [one.get("values") for one in answer["valueRanges"]] == [
        [["b"], ["d"]],
        [["a"]],
    ]


@pytest.mark.documented(REFERENCE)
def test_a_write_can_give_back_what_stands_there_now(scratch: Scratch) -> None:
    answer = scratch.call(
        "PUT",
        scratch.path("A1"),
        {"values": [["=1+1"]]},
        valueInputOption="USER_ENTERED",
        includeValuesInResponse="true",
        responseValueRenderOption="UNFORMATTED_VALUE",
    )

    assert answer["updatedData"] == {
        "range": scratch.a1("A1"),
        "majorDimension": "ROWS",
        "values": [[2]],
    }


@pytest.mark.parametrize("cells", ["nowhere", "A1:B2:C3", "A0", "!A1", "A1:", "1A"])
@pytest.mark.documented(MEASURED)
def test_what_is_no_range_cannot_be_parsed(scratch: Scratch, cells: str) -> None:
    with pytest.raises(RefusedError, match=r"^Unable to parse range: "):
        scratch.get(cells)


@pytest.mark.assumed("R1C1 is accepted by the grammar in the guide of cells")
def test_a_range_may_count_rows_and_columns(scratch: Scratch) -> None:
    scratch.put("B2", [["x"]])

    assert scratch.get("R2C2") == [["x"]]
