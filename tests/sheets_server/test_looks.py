"""What people see: colours by rule, links, hidden rows."""

import pytest

from sync.workbooks.google.formula import mark_rule
from tests.sheets_server import edits
from tests.sheets_server.answers import book_json
from tests.sheets_server.batch import batch_update
from tests.sheets_server.files import SheetFile
from tests.sheets_server.masks import read_mask
from tests.sheets_server.refusals import Json, RefusalError
from tests.sheets_server.rights import Caller
from tests.sheets_server.server import SheetsServer

OWNER = Caller("hr@example.com", "owner")
RED = {"red": 1}


@pytest.fixture
def file(sheets_server: SheetsServer) -> SheetFile:
    rows = [["ID", "Status"], ["G-1", "late"], ["G-2", "done"], ["G-3", "late"]]
    return sheets_server.spreadsheet({"Goals": rows})


def send(file: SheetFile, *requests: Json) -> Json:
    """Carry requests out as the file's owner."""
    book = file.book.copy()
    answer = batch_update(book, {"requests": list(requests)}, {}, OWNER)
    file.keep(book)
    return answer


def rule(condition: Json, *, index: int = 0, color: Json | None = None) -> Json:
    return {
        "addConditionalFormatRule": {
            "index": index,
            "rule": {
                "ranges": [{"startRowIndex": 1, "startColumnIndex": 0}],
                "booleanRule": {
                    "condition": condition,
                    "format": {"backgroundColor": color or RED},
                },
            },
        }
    }


def condition(kind: str, *values: str) -> Json:
    return {"type": kind, "values": [{"userEnteredValue": value} for value in values]}


def red_rows(file: SheetFile) -> list[str]:
    """Name the keys whose first cell is red."""
    return [
        row[0]
        for number, row in enumerate(file.rows())
        if file.look(number, 0)["backgroundColor"] == RED
    ]


def test_a_rule_colours_the_rows_its_formula_means(file: SheetFile) -> None:
    formula = mark_rule('$B2="late"', "bad")
    send(file, rule(condition("CUSTOM_FORMULA", formula)))

    assert red_rows(file) == ["G-1", "G-3"]


def test_colours_follow_their_rows(file: SheetFile) -> None:
    send(file, rule(condition("CUSTOM_FORMULA", '=$B2="late"')))
    file.edit(edits.sort_rows(0, descending=True))
    file.edit(edits.insert_rows(1, [["G-9", "done"]]))

    assert [row[0] for row in file.rows()] == ["ID", "G-9", "G-3", "G-2", "G-1"]
    assert red_rows(file) == ["G-3", "G-1"]


@pytest.mark.parametrize("formula", ["=Other!A1=1", "=AND(", "$B2=1", "=SUM(Names)>1"])
def test_a_rule_refuses_a_formula_that_it_cannot_work_with(
    file: SheetFile, formula: str
) -> None:
    send(
        file,
        {"addSheet": {"properties": {"title": "Other"}}},
        {"addNamedRange": {"namedRange": {"name": "Names", "range": {"sheetId": 0}}}},
    )

    with pytest.raises(RefusalError, match=r"Invalid ConditionValue\.userEnteredValue"):
        send(file, rule(condition("CUSTOM_FORMULA", formula)))


def test_the_first_of_two_rules_counts(file: SheetFile) -> None:
    late = condition("CUSTOM_FORMULA", '=$B2="late"')
    send(file, rule(late), rule(late, color={"blue": 1}))

    assert file.look(1, 0)["backgroundColor"] == {"blue": 1}


@pytest.mark.parametrize(
    ("kind", "values", "red"),
    [
        ("TEXT_CONTAINS", ["g-2"], ["G-2"]),
        ("TEXT_STARTS_WITH", ["G"], ["G-1", "G-2", "G-3"]),
        ("TEXT_EQ", ["G-1"], ["G-1"]),
        ("NOT_BLANK", [], ["G-1", "G-2", "G-3"]),
        ("NUMBER_GREATER", ["0"], []),
    ],
)
def test_conditions_without_a_formula(
    file: SheetFile, kind: str, values: list[str], red: list[str]
) -> None:
    send(file, rule(condition(kind, *values)))

    assert red_rows(file) == red


def test_a_link_colours_and_underlines_its_text(file: SheetFile) -> None:
    link = {"link": {"uri": "#gid=0&range=A1"}}
    cell = {"userEnteredFormat": {"textFormat": link}}
    send(
        file,
        {
            "repeatCell": {
                "range": {"endRowIndex": 1, "endColumnIndex": 1},
                "cell": cell,
                "fields": "userEnteredFormat.textFormat.link",
            }
        },
    )

    mask = read_mask("sheets.data.rowData.values(hyperlink,effectiveFormat.textFormat)")
    answer = book_json(file.book, mask, caller=OWNER)
    first = answer["sheets"][0]["data"][0]["rowData"][0]["values"][0]
    assert first["hyperlink"] == "#gid=0&range=A1"
    assert first["effectiveFormat"]["textFormat"]["underline"] is True
    assert "hyperlink" not in answer["sheets"][0]["data"][0]["rowData"][1]["values"][0]


def test_rows_that_a_filter_hides_are_said_to_be_hidden(file: SheetFile) -> None:
    file.edit(edits.filter_rows(1, ["late"]))
    mask = read_mask("sheets.data.rowMetadata.hiddenByFilter")
    rows = book_json(file.book, mask, caller=OWNER)["sheets"][0]["data"][0][
        "rowMetadata"
    ]

    assert [row.get("hiddenByFilter", False) for row in rows[:4]] == [
        False,
        True,
        False,
        True,
    ]
