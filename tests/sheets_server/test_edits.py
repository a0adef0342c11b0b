"""People's edits, and the formula that has to survive them."""

import random

import pytest

from sync.workbooks.google.formula import lookup_formula
from tests.sheets_server import edits
from tests.sheets_server.batch import batch_update
from tests.sheets_server.book import Book
from tests.sheets_server.cells import Formula
from tests.sheets_server.edits import Edit
from tests.sheets_server.refusals import RefusalError
from tests.sheets_server.rights import Caller
from tests.sheets_server.server import SheetFile, SheetsServer

N = 12
KEYS = [f"G-{number}" for number in range(N)]
OWNER = Caller("hr@example.com", "owner")


@pytest.fixture
def file(sheets_server: SheetsServer) -> SheetFile:
    goals: list[list[object]] = [
        ["ID", "Goal", "Share"],
        *([key, f"goal {key}", 1] for key in KEYS),
    ]
    results = [["key", "status"], *([key, f"status of {key}"] for key in KEYS)]
    made = sheets_server.spreadsheet({"Goals": goals, "_followup": results})
    formula = lookup_formula("Status", (1, None), [1], key_at=1, value_at=2)
    made.tab().change(0, 3, value=Formula(formula))
    made.book.changed()
    return made


def statuses(file: SheetFile) -> dict[str, str]:
    """Read key → status as the sheet shows them, wherever the columns went."""
    rows = file.rows(file.book.sheets[0].title)
    key, status = rows[0].index("ID"), rows[0].index("Status")
    padded = [[*row, *[""] * (max(key, status) + 1 - len(row))] for row in rows]
    return {row[key]: row[status] for row in padded[1:] if row[key]}


@pytest.mark.parametrize("seed", range(60))
def test_a_status_never_stands_beside_another_key(file: SheetFile, seed: int) -> None:
    for step in range(4):
        heads = file.rows(file.book.sheets[0].title)[0]
        theirs = [at for at, head in enumerate(heads) if head not in {"ID", "Status"}]
        key = heads.index("ID")
        file.edit(edits.at_random(seed * 10 + step, key=key, columns=theirs))

    shown = statuses(file)
    assert set(shown) & set(KEYS)
    assert all(
        status == (f"status of {key}" if key in KEYS else "")
        for key, status in shown.items()
    )


@pytest.mark.parametrize(
    "edit",
    [
        edits.sort_rows(1, descending=True),
        edits.insert_rows(1, [["G-new", "new"]]),
        edits.insert_rows(5, [["G-new", "new"]]),
        edits.delete_rows(3, 2),
        edits.move_rows(9, 2, 1),
        edits.insert_column(1, ["Owner"]),
        edits.insert_column(3, ["Note"]),
        edits.delete_column(1),
        edits.move_column(2, 1),
        edits.rename_tab("Goals 2027"),
        edits.type_value(0, 0, "ID"),
        edits.filter_rows(0, ["G-1"]),
    ],
)
def test_the_lookup_survives_what_people_do(file: SheetFile, edit: Edit) -> None:
    file.edit(edit)
    shown = statuses(file)

    assert shown
    assert all(
        status == (f"status of {key}" if key in KEYS else "")
        for key, status in shown.items()
    )


def test_a_text_in_our_column_breaks_it_for_all_to_see(file: SheetFile) -> None:
    file.edit(edits.type_value(4, 3, "my own opinion"))

    assert file.rows()[0][3] == "#REF!"
    assert file.rows()[4][3] == "my own opinion"
    assert file.rows()[5][3:] == []


def test_an_edit_is_the_same_each_time(file: SheetFile) -> None:
    twin = file.book.copy()
    for seed in range(20):
        edits.at_random(seed)(twin)
        file.edit(edits.at_random(seed))

    assert [sheet.rows for sheet in file.book.sheets] == [
        sheet.rows for sheet in twin.sheets
    ]


def test_rows_that_a_filter_hides_stay_where_they_are(file: SheetFile) -> None:
    file.edit(edits.filter_rows(0, ["G-0"]))
    file.edit(edits.sort_rows(0, descending=True))

    assert file.rows()[1][0] == "G-0"
    assert file.rows()[2][0] == "G-9"


REQUESTS = [
    {"addSheet": {}},
    {"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 3}},
    {"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 2, "endIndex": 4}}},
    {"deleteDimension": {"range": {"dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}}},
    {"mergeCells": {"range": {"startRowIndex": 3, "endRowIndex": 5}}},
    {"repeatCell": {"range": {"endRowIndex": 4}, "fields": "userEnteredValue",
                    "cell": {"userEnteredValue": {"numberValue": 1}}}},
    {"createDeveloperMetadata": {"developerMetadata": {
        "metadataKey": "k", "visibility": "DOCUMENT", "location": {"sheetId": 0}}}},
    {"addProtectedRange": {"protectedRange": {"range": {"endRowIndex": 1}}}},
    {"updateSheetProperties": {"properties": {"title": "Other"}, "fields": "title"}},
]  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_a_refused_batch_leaves_every_part_as_it_was(
    file: SheetFile, seed: int
) -> None:
    chance = random.Random(seed)
    good = chance.sample(REQUESTS, 4)
    before = told(file.book)
    bad = {"deleteSheet": {"sheetId": 999}}
    with pytest.raises(RefusalError):
        batch_update(file.book.copy(), {"requests": [*good, bad]}, {}, OWNER)

    assert told(file.book) == before
    batch_update(file.book.copy(), {"requests": good}, {}, OWNER)


def told(book: Book) -> list[object]:
    """Say everything about a book that a write could change."""
    return [
        book.properties,
        book.named,
        book.metadata,
        *[
            (sheet.properties, sheet.rows, sheet.columns, sheet.merges,
             sheet.protected, sheet.metadata, sheet.conditional_formats)
            for sheet in book.sheets
        ],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "to", "columns"),
    [(3, 1, (1, 2)), (0, 4, (2, 3)), (1, 3, (3, 4)), (4, 0, (4, 5))],
)
def test_what_lies_over_a_column_moves_with_it(
    file: SheetFile, at: int, to: int, columns: tuple[int, int]
) -> None:
    over = {"sheetId": 0, "startColumnIndex": 3, "endColumnIndex": 4}
    file.tab().protected.append({"protectedRangeId": 1, "range": over})
    file.edit(edits.move_column(at, to))

    (moved,) = file.tab().protected
    found = moved["range"]["startColumnIndex"], moved["range"]["endColumnIndex"]
    assert found == columns
