"""Tabs, rows and columns, and what moves with them."""

import pytest

from tests.conformance.scratch import RefusedError, Scratch, flat

CASSETTES = "gspread's cassettes"
REFERENCE = "discovery document sheets.v4"
MEASURED = "answers of the real API that projects on GitHub quote or test against"
LETTERS = [["a", 1], ["b", 2], ["c", 3]]


@pytest.mark.documented(REFERENCE)
def test_a_batch_is_carried_out_as_a_whole_or_not_at_all(scratch: Scratch) -> None:
    write = {
        "updateCells": {
            "start": {"sheetId": scratch.sheet_id},
            "rows": [{"values": [{"userEnteredValue": {"stringValue": "x"}}]}],
            "fields": "userEnteredValue",
        }
    }
    nowhere = {"sheetId": 987654321}
    with pytest.raises(RefusedError) as refused:
        scratch.batch(write, {"setBasicFilter": {"filter": {"range": nowhere}}})

    assert refused.value.message == (
        "Invalid requests[1].setBasicFilter: No grid with id: 987654321"
    )
    assert scratch.get("A1") == []


@pytest.mark.documented(REFERENCE)
def test_an_empty_batch_is_refused(scratch: Scratch) -> None:
    with pytest.raises(RefusedError, match=r"^Must specify at least one request"):
        scratch.batch()


@pytest.mark.documented(MEASURED)
def test_two_tabs_cannot_have_one_name(scratch: Scratch) -> None:
    with pytest.raises(RefusedError) as refused:
        scratch.batch({"addSheet": {"properties": {"title": scratch.title.upper()}}})

    assert "already exists. Please enter another name." in refused.value.message


@pytest.mark.documented("https://support.google.com/docs/answer/63175")
@pytest.mark.parametrize(
    "name", ["two words", "B7", "abc12", "R1C1", "1st", "True_name", "x-y", ""]
)
def test_a_name_of_a_range_that_could_be_read_otherwise_is_refused(
    scratch: Scratch, name: str
) -> None:
    named = {"name": name, "range": scratch.box(0, 1, 0, 1)}
    with pytest.raises(RefusedError) as refused:
        scratch.batch({"addNamedRange": {"namedRange": named}})

    assert refused.value.status == 400


@pytest.mark.recorded(CASSETTES)
def test_rows_go_in_before_the_row_named(scratch: Scratch) -> None:
    scratch.put("A1", LETTERS)
    scratch.batch({"insertDimension": {"range": scratch.span("ROWS", 1, 3)}})

    assert scratch.get("A1:A6") == [["a"], [], [], ["b"], ["c"]]


@pytest.mark.recorded(CASSETTES)
def test_deleted_rows_close_up(scratch: Scratch) -> None:
    scratch.put("A1", LETTERS)
    scratch.batch({"deleteDimension": {"range": scratch.span("ROWS", 1, 2)}})

    grid = scratch.tab("properties.gridProperties")["properties"]["gridProperties"]
    assert scratch.get("A1:A6") == [["a"], ["c"]]
    assert grid["rowCount"] == 99


@pytest.mark.documented(REFERENCE)
def test_moved_columns_count_from_before_they_leave(scratch: Scratch) -> None:
    scratch.put("A1", [["a", "b", "c", "d"]])
    scratch.batch(
        {
            "moveDimension": {
                "source": scratch.span("COLUMNS", 0, 1),
                "destinationIndex": 3,
            }
        }
    )

    assert scratch.get("A1:D1") == [["b", "c", "a", "d"]]


@pytest.mark.documented(MEASURED)
def test_sorting_puts_numbers_before_texts_and_blanks_last(scratch: Scratch) -> None:
    scratch.put("A1", [["b"], [""], [2], ["A"], [1]])
    for order, result in (
        ("ASCENDING", ["1", "2", "A", "b"]),
        ("DESCENDING", ["b", "A", "2", "1"]),
    ):
        spec = {"dimensionIndex": 0, "sortOrder": order}
        scratch.batch(
            {"sortRange": {"range": scratch.box(0, 5, 0, 1), "sortSpecs": [spec]}}
        )

        assert list(flat(scratch.get("A1:A5"))) == result


@pytest.mark.documented("help page of sorting: formulas follow their row")
def test_formulas_follow_the_row_that_is_sorted(scratch: Scratch) -> None:
    scratch.put("A1", [["b"], ["a"]])
    scratch.type("B1", "=A1&1", "=A2&2")
    spec = {"dimensionIndex": 0, "sortOrder": "ASCENDING"}
    scratch.batch(
        {"sortRange": {"range": scratch.box(0, 2, 0, 2), "sortSpecs": [spec]}}
    )

    assert scratch.typed("A1:B2") == [["a", "=A1&2"], ["b", "=A2&1"]]


@pytest.mark.documented("help page of rows: references are adjusted")
@pytest.mark.parametrize(
    ("formula", "afterwards"),
    [
        ("=SUM(A2:A5)", "=SUM(A2:A6)"),
        ("=A3+1", "=A4+1"),
        ("=$A$3", "=$A$4"),
        ("=COUNTA(A:A)", "=COUNTA(A:A)"),
        ("=SUM(A3:A)", "=SUM(A4:A)"),
        ('="A3"&A3', '="A3"&A4'),
    ],
)
def test_references_follow_an_inserted_row(
    scratch: Scratch, formula: str, afterwards: str
) -> None:
    scratch.type("C1", formula)
    scratch.batch({"insertDimension": {"range": scratch.span("ROWS", 2, 3)}})

    assert scratch.typed("C1") == [[afterwards]]


@pytest.mark.documented("help page of #REF!")
def test_a_reference_to_a_deleted_row_is_broken(scratch: Scratch) -> None:
    scratch.type("C1", "=A3", "=SUM(A2:A4)")
    scratch.batch({"deleteDimension": {"range": scratch.span("ROWS", 2, 3)}})

    assert scratch.typed("C1:C2") == [["=#REF!"], ["=SUM(A2:A3)"]]


@pytest.mark.documented(MEASURED)
def test_a_row_past_the_end_can_only_be_like_the_one_before(scratch: Scratch) -> None:
    insert = {"range": scratch.span("ROWS", 100, 101)}
    with pytest.raises(RefusedError, match="if inheritFromBefore is false"):
        scratch.batch({"insertDimension": insert})

    scratch.batch({"insertDimension": {**insert, "inheritFromBefore": True}})
    grid = scratch.tab("properties.gridProperties")["properties"]["gridProperties"]
    assert grid["rowCount"] == 101


@pytest.mark.documented(MEASURED)
def test_some_row_below_the_frozen_ones_must_stay(scratch: Scratch) -> None:
    scratch.batch(
        {
            "updateSheetProperties": {
                "properties": {
                    "sheetId": scratch.sheet_id,
                    "gridProperties": {"frozenRowCount": 1},
                },
                "fields": "gridProperties.frozenRowCount",
            }
        }
    )
    with pytest.raises(RefusedError, match="delete all non-frozen rows"):
        scratch.batch({"deleteDimension": {"range": scratch.span("ROWS", 1, 100)}})


@pytest.mark.documented(MEASURED)
@pytest.mark.parametrize(
    ("top", "bottom", "named"), [(100, None, "A101:B"), (105, 106, "A106:B106")]
)
def test_cells_past_the_grid_are_refused_and_cells_up_to_it_taken(
    scratch: Scratch, top: int, bottom: int | None, named: str
) -> None:
    def repeat(first: int, last: int | None) -> None:
        box = scratch.box(first, 0, 0, 2) | {"endRowIndex": last}
        cell = {"userEnteredValue": {"stringValue": "x"}}
        scratch.batch(
            {"repeatCell": {"range": box, "cell": cell, "fields": "userEnteredValue"}}
        )

    with pytest.raises(RefusedError) as refused:
        repeat(top, bottom)
    repeat(99, 103)

    assert refused.value.message == (
        f"Invalid requests[0].repeatCell: Range ({scratch.a1(named)}) exceeds grid "
        "limits. Max rows: 100, max columns: 10"
    )
    assert scratch.get("A100:B100") == [["x", "x"]]


@pytest.mark.recorded(CASSETTES)
def test_merged_cells_keep_their_first_value(scratch: Scratch) -> None:
    scratch.put("A1", LETTERS)
    scratch.batch(
        {"mergeCells": {"range": scratch.box(0, 2, 0, 2), "mergeType": "MERGE_ALL"}}
    )

    assert scratch.get("A1:B3") == [["a"], [], ["c", "3"]]
    assert scratch.tab("merges")["merges"] == [scratch.box(0, 2, 0, 2)]


@pytest.mark.recorded(CASSETTES)
def test_properties_that_are_off_are_left_out(scratch: Scratch) -> None:
    for hidden in (True, False):
        scratch.batch(
            {
                "updateSheetProperties": {
                    "properties": {"sheetId": scratch.sheet_id, "hidden": hidden},
                    "fields": "hidden",
                }
            }
        )

    assert "hidden" not in scratch.tab("properties")["properties"]


@pytest.mark.recorded(CASSETTES)
def test_colours_come_back_in_eight_bits(scratch: Scratch) -> None:
    color = {"red": 0.5, "green": 0, "blue": 1}
    scratch.batch(
        {
            "updateSheetProperties": {
                "properties": {
                    "sheetId": scratch.sheet_id,
                    "tabColorStyle": {"rgbColor": color},
                },
                "fields": "tabColorStyle",
            }
        }
    )

    kept = {"red": 0.49803922, "blue": 1}
    assert scratch.tab("properties(tabColor,tabColorStyle)")["properties"] == {
        "tabColor": kept,
        "tabColorStyle": {"rgbColor": kept},
    }


@pytest.mark.recorded(CASSETTES)
def test_groups_say_where_their_control_is(scratch: Scratch) -> None:
    (reply,) = scratch.batch(
        {"addDimensionGroup": {"range": scratch.span("ROWS", 1, 3)}}
    )

    group = {"range": scratch.span("ROWS", 1, 3), "depth": 1}
    assert reply == {"addDimensionGroup": {"dimensionGroups": [group]}}
    grid = scratch.tab("properties.gridProperties")["properties"]["gridProperties"]
    assert grid["rowGroupControlAfter"] is True


@pytest.mark.recorded(CASSETTES)
def test_a_filter_without_ends_covers_the_grid(scratch: Scratch) -> None:
    scratch.batch(
        {"setBasicFilter": {"filter": {"range": {"sheetId": scratch.sheet_id}}}}
    )

    filter_ = scratch.tab("basicFilter")["basicFilter"]
    assert filter_["range"] == scratch.box(0, 100, 0, 10)


@pytest.mark.documented(REFERENCE)
def test_a_batch_can_show_what_stands_there_afterwards(scratch: Scratch) -> None:
    write = {
        "updateCells": {
            "start": {"sheetId": scratch.sheet_id},
            "rows": [{"values": [{"userEnteredValue": {"stringValue": "x"}}]}],
            "fields": "userEnteredValue",
        }
    }
    answer = scratch.call(
        "POST",
        ":batchUpdate",
        {
            "requests": [write],
            "includeSpreadsheetInResponse": True,
            "responseRanges": [scratch.a1("A1")],
        },
        fields="updatedSpreadsheet.sheets.data.rowData.values.effectiveValue",
    )

    data = answer["updatedSpreadsheet"]["sheets"][0]["data"][0]
    assert data == {"rowData": [{"values": [{"effectiveValue": {"stringValue": "x"}}]}]}
